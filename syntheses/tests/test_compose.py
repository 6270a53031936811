"""The sentences of a synthesis: French, plain, true of nothing and of one as of many."""

import pytest

from assises.testing import make_prefecture
from syntheses.compose import quoted_note, shortened, title_for
from syntheses.figures import Pile
from syntheses.tests.building import built, closed_consultation, documents, said

PLACES = [
    ("02", "Synthèse de la concertation de l’Aisne"),
    ("28", "Synthèse de la concertation d’Eure-et-Loir"),
    ("974", "Synthèse de la concertation de La\u00a0Réunion"),
    ("75", "Synthèse de la concertation\u00a0: Paris"),
    ("978", "Synthèse de la concertation\u00a0: Saint-Martin"),
    ("987", "Synthèse de la concertation\u00a0: Polynésie française"),
]


def words_of(consultation):
    """Every text of the document, our own and people's."""
    found, pile = [], [documents(built(consultation=consultation))[0].source]
    while pile:
        value = pile.pop()
        if isinstance(value, dict):
            pile += value.values()
        elif isinstance(value, list):
            pile += value
        elif isinstance(value, str):
            found.append(value)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "title"), PLACES)
def test_the_title_names_the_place_as_people_say_it(code, title):
    assert title_for(make_prefecture(code)) == title


@pytest.mark.django_db
def test_one_contribution_is_singular():
    consultation = closed_consultation()
    said(consultation, finding="Une seule voix")
    words = words_of(consultation)
    assert "1 contribution a été reçue, avec 1 passage de texte libre, compté." in words
    assert "Ce qui est constaté\u00a0: 1 constat" in words


@pytest.mark.django_db
def test_it_says_what_its_figures_are_not_and_when_they_were_stopped():
    words = " ".join(words_of(closed_consultation("987")))
    assert "Ce n’est pas un sondage" in words
    assert "non des personnes" in words
    assert "Chiffres arrêtés le" in words
    assert "(heure de Tahiti)" in words


@pytest.mark.django_db
def test_a_question_that_nobody_answered_has_no_percentage():
    shares = [
        row["share"]
        for part in documents(built())[0].source["parts"]
        for block in part["blocks"]
        if block["kind"] == "bars"
        for row in block["rows"]
    ]
    assert shares
    assert set(shares) == {None}


@pytest.mark.parametrize(
    ("pile", "words"),
    [
        (Pile(3, 0, []), "Ils sont tous comptés. Aucun n’est cité : leurs auteurs ne l’ont pas permis."),
        (Pile(2, 2, [("a", ""), ("b", "")]), ""),
        (Pile(3, 2, [("a", ""), ("b", "")]), "1 passage n’est pas cité, faute de permission."),
        (
            Pile(1200, 1198, [("a", "")] * 5),
            (
                "5 passages cités sur les 1\u202f198 qui peuvent l’être, pris à intervalles réguliers dans l’ordre"
                " d’arrivée. 2 passages ne sont pas cités, faute de permission."
            ),
        ),
    ],
)
def test_what_is_not_quoted_is_said(pile, words):
    assert quoted_note(pile).replace("\u00a0", " ") == words


def test_a_long_text_is_cut_between_two_words_and_it_shows():
    text = shortened("mot " * 400)
    assert text.endswith("mot […]")
    assert len(text) < 920
    assert shortened("Court.\nDeux lignes.") == "Court. Deux lignes."
