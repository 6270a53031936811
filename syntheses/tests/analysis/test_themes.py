import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syntheses.analysis.profiles import why
from syntheses.analysis.shape import ThemeFacts
from syntheses.analysis.themes import is_for_silence, read_more_themes, read_themes

HOME, ROAD, NEAR, SCREEN = "home", "road", "near", "screen"
THEMES = [
    ThemeFacts(HOME, "Lutte contre les violences intrafamiliales"),
    ThemeFacts(ROAD, "Sécurité routière"),
    ThemeFacts(NEAR, "Présence sur le terrain"),
    ThemeFacts(SCREEN, "Escroqueries et cybersécurité"),
]
SAID = [
    "mon voisin bat sa femme",
    "Des femmes battues n’osent pas partir",
    "les voitures roulent trop vite devant l’école",
    "Un radar à l’entrée du village",
    "on ne voit plus jamais un gendarme à pied",
    "Il faudrait des patrouilles la nuit",
    "je me suis fait pirater ma carte bancaire",
    "Ma mère a été victime d’une arnaque sur internet",
    "La recette : six œufs, du beurre et de la patience.",
]
TRUTH = [HOME, HOME, ROAD, ROAD, NEAR, NEAR, SCREEN, SCREEN, None]


def main_themes(texts, decided=None, themes=THEMES, asked=None):
    read = read_themes(texts, asked or [""] * len(texts), themes, decided or {})
    return [one.themes[0] if one.themes else None for one in read.rows]


def test_a_theme_is_found_by_the_concepts_of_its_title():
    assert main_themes(SAID) == TRUTH


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("MON VOISIN BATTAIT SON EPOUSE", HOME),
        ("violances conjugales dans le quartier", HOME),
        ("exces de vitese rue des ecoles", ROAD),
        ("des ralentiseurs", ROAD),
        ("plus de patrouiles", NEAR),
        ("hameçonage et faux conseillers", SCREEN),
    ],
)
def test_without_accents_misspelt_or_inflected_it_is_found_all_the_same(text, theme):
    assert main_themes([*SAID, text])[-1] == theme


def test_what_public_life_holds_besides_is_off_the_subject():
    read = main_themes([*SAID, "Je ne trouve plus de médecin traitant", "Les retraites sont trop basses"])
    assert read[-2:] == [None, None]


def test_what_was_written_under_a_theme_is_not_off_the_subject():
    texts = [*SAID, "Je ne sais pas trop quoi en penser"]
    asked = [""] * len(SAID) + [ROAD]
    assert main_themes(texts, asked=asked)[-1] == ROAD


def test_several_themes_are_possible():
    read = read_themes([*SAID, "Des patrouilles et des radars"], [""] * 10, THEMES, {}).rows[-1]
    assert set(read.themes) == {NEAR, ROAD}


def test_a_decision_holds_whatever_the_machine_thinks():
    read = read_themes(SAID, [""] * len(SAID), THEMES, {0: (ROAD,), 1: (), 2: (SCREEN, HOME)}).rows
    assert [read[row].themes for row in (0, 1, 2)] == [(ROAD,), (), (SCREEN, HOME)]
    assert {read[row].sure for row in (0, 1, 2)} == {100}
    assert {read[row].teaches for row in (0, 1, 2)} == {0}


def test_a_decision_teaches_at_once_and_undone_it_is_forgotten():
    texts = [*SAID, "le zinzolin de la place", "encore ce zinzolin", "zinzolin partout"]
    before, after = main_themes(texts), main_themes(texts, {9: (ROAD,)})
    assert before[-1] != ROAD
    assert after[-2:] == [ROAD, ROAD]
    assert main_themes(texts) == before


def test_what_is_decided_off_the_subject_takes_its_like_along():
    texts = [*SAID, "la vitesse du zinzolin", "zinzolin du matin", "zinzolin du soir"]
    assert main_themes(texts, {9: (), 10: ()})[-1] is None


def test_where_a_decision_would_teach_most_nothing_was_decided_and_the_machine_is_unsure():
    read = read_themes(SAID, [""] * len(SAID), THEMES, {}).rows
    top = max(read, key=lambda one: one.teaches)
    assert top.sure == min(one.sure for one in read)


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(len(SAID))), st.permutations(THEMES))
def test_neither_the_order_of_texts_nor_that_of_themes_matters(order, themes):
    straight = read_themes(SAID, [""] * len(SAID), THEMES, {2: (NEAR,)})
    mixed = read_themes([SAID[row] for row in order], [""] * len(SAID), themes, {order.index(2): (NEAR,)})
    assert [straight.rows[row] for row in order] == mixed.rows
    assert json.dumps(straight.memory, sort_keys=True) == json.dumps(mixed.memory, sort_keys=True)


def test_more_texts_than_can_teach_are_all_read_and_in_any_order():
    chance = random.Random(1)
    words = [
        "radar",
        "patrouille",
        "gendarme",
        "arnaque",
        "internet",
        "femme",
        "battue",
        "vitesse",
        "école",
        "nuit",
        "rue",
        "maire",
    ]
    texts = [" ".join(chance.choices(words, k=5)) + f" {number}" for number in range(1_500)]
    order = chance.sample(range(1_500), 1_500)
    straight = read_themes(texts, [""] * 1_500, THEMES, {}).rows
    mixed = read_themes([texts[row] for row in order], [""] * 1_500, THEMES, {}).rows
    assert [straight[row] for row in order] == mixed


def test_later_texts_are_read_by_what_is_remembered_corrections_included():
    texts = [*SAID, "le zinzolin de la place", "encore ce zinzolin"]
    read = read_themes(texts, [""] * len(texts), THEMES, {9: (ROAD,)})
    memory = json.loads(json.dumps(read.memory))
    later = ["une femme battue", "toujours le zinzolin", "quiche lorraine aux lardons", "un appel", ""]
    found = read_more_themes(later, ["", "", "", NEAR, ""], {}, memory)
    assert [one.themes for one in found] == [(HOME,), (ROAD,), (), (NEAR,), ()]
    assert read_more_themes(["une femme battue"], [""], {0: (ROAD,)}, memory)[0].themes == (ROAD,)


def test_the_words_that_decided_can_be_shown():
    memory = read_themes(SAID, [""] * len(SAID), THEMES, {}).memory
    assert set(why(SAID[0], HOME, memory)[:2]) == {"bat", "femme"}
    assert why(SAID[0], "unknown", memory) == []


@pytest.mark.parametrize(("texts", "themes"), [([], THEMES), (SAID, []), ([], []), (["", "…", "?"], THEMES[:1])])
def test_nothing_to_read_or_no_theme_is_no_error(texts, themes):
    read = read_themes(texts, [""] * len(texts), themes, {})
    assert len(read.rows) == len(texts)
    assert len(read_more_themes(texts, [""] * len(texts), {}, read.memory)) == len(texts)


def test_a_theme_for_those_who_have_nothing_to_say_is_known_by_its_title():
    silent = ["Sans opinion", "Ne se prononce pas", "Aucune difficulté", "Rien à signaler"]
    assert all(is_for_silence(ThemeFacts("x", title)) for title in silent)
    assert not any(map(is_for_silence, THEMES))
