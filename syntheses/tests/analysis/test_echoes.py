import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syntheses.analysis.judging_echoes import judge, told
from syntheses.tests.analysis.saying import analysed, statement

LETTERS = (
    (
        "La brigade de notre canton doit fermer au printemps. Depuis trente ans elle protège les habitants et les "
        "commerces. Sans elle, les gendarmes mettront quarante minutes à arriver. Nous demandons que la décision soit "
        "suspendue."
    ),
    (
        "Chaque week-end, notre rue devient une piste de course pour motos. Nous réclamons une brigade de nuit et la "
        "saisie immédiate des engins non homologués."
    ),
    (
        "Nous refusons l’installation de nouvelles caméras dans l’espace public. Leur coût représente le salaire de "
        "quatre éducateurs. Nous demandons un moratoire, un débat contradictoire et la publication des études. Les "
        "images ne doivent jamais servir à reconnaître des visages. La confiance ne se filme pas."
    ),
    "Les vols de gazole ruinent nos fermes : des patrouilles pendant les moissons et un référent agricole, vite !",
)
TOWNS = ("Laon", "Saint-Loup-du-Marais", "Château-Thierry", "Hirson", "La Fère")
NAMES = ("Marie Lefort", "Jean-Pierre Da Silva", "Aline Le Goff", "Yves Roux")
OWN = ("Ma mère vit seule et a été cambriolée deux fois.", "J’ai signalé cela à la mairie en mars, sans réponse.")


def filled_in(letter, chance):
    """What people do with a prewritten letter: sign it, name their town, add a sentence, retype it."""
    sentences = letter.split(". ")
    sentences[0] += f" à {chance.choice(TOWNS)}"
    if chance.random() < 0.4 and len(sentences) > 2:
        sentences.insert(chance.randrange(1, len(sentences)), chance.choice(OWN).rstrip("."))
    text = ". ".join(sentences)
    if chance.random() < 0.6:
        text += f" {chance.choice(NAMES)}, {chance.choice(TOWNS)}"
    if chance.random() < 0.5:
        text = "Monsieur le Préfet, " + text
    return text.replace("’", "'") if chance.random() < 0.5 else text


def test_campaigns_are_found_whole_and_apart():
    chance = random.Random(3)
    lines = []
    for _ in range(150):
        one, other = chance.sample(LETTERS, 2)
        lines.append({"a": filled_in(one, chance), "b": filled_in(one, chance), "same": True})
        lines.append({"a": filled_in(one, chance), "b": filled_in(other, chance), "same": False})
    judgement = judge(lines)
    assert judgement.precision >= 0.98
    assert judgement.recall >= 0.95


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Il faudrait plus de patrouilles de police la nuit dans le centre-ville de Laon.",
            "Il faudrait plus de patrouilles de gendarmes le soir dans le village de Vaux.",
        ),
        (
            "La brigade de notre canton doit fermer et nous sommes inquiets pour nos anciens.",
            "On va fermer la gendarmerie du canton, les personnes âgées ont peur.",
        ),
        (
            "Je suis pour la vidéoprotection aux entrées de ville.",
            "Je suis contre la vidéoprotection aux entrées de ville.",
        ),
        (
            "Les vols de gazole se multiplient dans les fermes autour de Vervins.",
            "Les vols de cuivre se multiplient dans les chantiers autour de Vervins.",
        ),
        ("RAS", "RAS"),
        ("plus de police", "plus de police"),
    ],
)
def test_a_text_on_the_same_subject_is_no_echo(one, other):
    assert analysed([statement(one, 1), statement(other, 2)]).echoes == []


def test_somebody_who_repeats_themselves_is_no_echo():
    twice = [statement(LETTERS[1], 1), statement(LETTERS[1], 1, position=1)]
    assert analysed(twice).echoes == []
    assert len(analysed([twice[0], statement(LETTERS[1], 2)]).echoes) == 1


def test_small_differences_do_not_lead_from_one_text_to_another():
    words = [f"mot{chr(97 + place)}" for place in range(16)]
    others = [f"autre{chr(97 + place)}" for place in range(16)]
    chain = [" ".join(others[:step] + words[step:]) for step in range(len(words) + 1)]
    for echo in analysed([statement(text, number) for number, text in enumerate(chain)]).echoes:
        steps = [int(name.contribution[1:]) for name in echo.names]
        assert max(steps) - min(steps) < len(words)


def test_an_echo_says_whether_it_is_word_for_word_and_how_long_it_lasted():
    same = [statement(LETTERS[0], number, day=number) for number in (3, 5, 9)]
    (echo,) = analysed(same).echoes
    assert (echo.is_exact, echo.first_day, echo.last_day) == (True, 3, 9)
    (echo,) = analysed([*same, statement(LETTERS[0] + " Marie Lefort", 12, day=12)]).echoes
    assert (echo.is_exact, echo.last_day) == (False, 12)


def test_what_somebody_adds_to_a_copied_letter_is_not_counted_with_the_echo():
    long = " ".join(LETTERS[:3])
    own = " Par ailleurs, je souhaite raconter que mon voisin garde chez lui une collection de timbres très anciens."
    result = analysed([statement(long, 1), statement(long, 2), statement(long + own, 3)])
    mine = [reading for reading in result.readings if reading.row == 3]
    assert mine[0].echo
    assert not mine[-1].echo


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([*LETTERS, "RAS", "", "?", "\ud800", "Test " * 9]), max_size=12))
def test_any_mixture_is_read(texts):
    result = analysed([statement(text, number) for number, text in enumerate(texts)])
    assert {reading.row for reading in result.readings} == set(range(len(texts)))


def test_a_judgement_shows_what_was_missed_and_what_was_wrong():
    text = "\n".join(told(judge([{"a": LETTERS[0], "b": LETTERS[1], "same": True}])))
    assert "rappel 0,000" in text
    assert "Manquées : 1" in text
