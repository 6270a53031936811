from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from syntheses.analysis.split import passages

LETTER = """Monsieur le Préfet,

Je vous écris au sujet de la sécurité de notre commune. Depuis la fermeture du poste de M. Dupont, art. 12 de \
l’arrêté n° 45, on ne voit plus personne après 18 h 30. Cela inquiète les anciens.

D’abord, il faudrait rouvrir le poste le samedi. Ensuite, poser des ralentisseurs devant l’école. Enfin, lire \
https://exemple.invalid/a.b?c=d pour les horaires.

- éclairer la rue des Lilas
- tailler les haies
- plus de patrouilles

Veuillez agréer, Monsieur le Préfet, mes salutations distinguées.
Jean Martin"""


def cut(text):
    return [text[start:end].strip() for start, end in passages(text)]


@given(st.text())
@example("\ud800")
@example("=SOMME(A1)\t<b>1) a 2) b</b>\r\n\r\n- \n-\n")
@example("1) 2) 3) " * 50)
@example("é" * 2000 + ". Il faut. " * 40)
def test_every_character_is_in_one_passage(text):
    found = passages(text)
    assert found[0][0] == 0
    assert found[-1][1] == len(text)
    assert all(before[1] == after[0] for before, after in pairwise(found))
    assert all(start < end for start, end in found) or text == ""


def test_a_letter_is_divided_where_its_writer_says_something_else():
    found = cut(LETTER)
    assert [said[:24] for said in found] == [
        "Monsieur le Préfet,\n\nJe ",
        "Depuis la fermeture du p",
        "D’abord, il faudrait rou",
        "Ensuite, poser des ralen",
        "Enfin, lire https://exem",
        "- éclairer la rue des Li",
        "- tailler les haies",
        "- plus de patrouilles\n\nV",
    ]


def test_greetings_and_signatures_are_no_passages_and_are_kept():
    found = cut(LETTER)
    assert found[0].startswith("Monsieur le Préfet,")
    assert found[-1].endswith("Jean Martin")


@pytest.mark.parametrize(
    "text",
    [
        "Plus de police.",
        "Les vols à l’étalage deviennent quotidiens dans la rue piétonne. Le chiffre d’affaires en souffre.",
        "On attend. Trop longtemps. Tous les jours. C’est une honte, et personne ne répond au téléphone, jamais. Bref.",
    ],
)
def test_a_short_answer_stays_whole(text):
    assert passages(text) == [(0, len(text))]


@pytest.mark.parametrize(
    "sentence",
    [
        "M. Martin, Mme Petit et le Dr. Roux ont vu l’art. 3 et le n° 12 affichés av. Foch, cf. p. 4, à 18 h 30",
        "Le site https://exemple.invalid/Page.Html?Q=1.2.3 ne marche pas, ni contact@exemple.invalid non plus",
        "Il y a eu 3.5 millions de faits en 2.019 selon M. B. Durand, qui a signé l’av. 4 du contrat",
    ],
)
def test_nothing_is_cut_within_a_sentence(sentence):
    text = f"{sentence}. " * 5
    ends = {len(sentence) * n + 2 * n for n in range(6)}
    assert {end for _, end in passages(text)} <= ends


def test_a_list_in_one_line_is_divided_when_it_counts_from_one():
    assert cut("1) plus de police la nuit 2) des caméras aux entrées 3) former les agents") == [
        "1) plus de police la nuit",
        "2) des caméras aux entrées",
        "3) former les agents",
    ]
    assert len(cut("Appelez le 17) ou le 112) selon le cas")) == 1


def test_lines_broken_by_a_mail_program_are_no_list():
    text = "Depuis la fermeture de la brigade de notre canton, qui a été décidée\nsans nous, plus personne ne vient.\n"
    assert len(cut(text)) == 1
