"""Figures of the kinds of question that are not simple choices, and of questions that not everybody was asked."""

import pytest

from consultations.asking.choices import DECLINED
from contributions.tests.asking import question, step
from syntheses.compose import question_blocks, spread_of
from syntheses.documents.blocks import Bars
from syntheses.figures import Received, by_commune, count_answers, count_asked

CONTACT = question("yes_no", key="contact")
WAIT = question("number", key="attente", unit="minutes", decline=True, shown_on="t.contact", shown_if=["oui"])
RANKED = question("ranking", "Bruit", "Vols", "Vitesse", key="ordre")
WHERE = question("commune", key="ou")
ELECTED_ONLY = question("text", key="elus", audiences=["elected"])
CONTENT = {1: {"steps": [step(CONTACT, WAIT, RANKED, WHERE, ELECTED_ONLY)]}}


def said(audience="public", **answers):
    named = {f"t.{name}": value for name, value in answers.items()}
    return Received("key", 1, "web", audience, may_publish=False, received_at=None, answers=named)


def counts(*rows):
    return {each.key.removeprefix("t."): each for each in count_answers(list(rows), CONTENT)}


def test_a_conditional_question_is_asked_of_those_whose_answer_showed_it():
    rows = [said(contact="oui", attente="20"), said(contact="oui"), said(contact="non"), said()]
    found = counts(*rows)["attente"]
    assert (found.asked, found.answered, found.missing) == (2, 1, 1)
    assert count_asked(rows, CONTENT)["t.contact"] == 4


def test_a_question_for_one_audience_is_asked_of_it_alone():
    assert counts(said("elected"), said("public"), said("forces"))["elus"].asked == 1


def test_the_forces_are_not_counted_among_those_asked_where():
    assert counts(said("forces"), said("public"))["ou"].asked == 1


def test_a_ranking_counts_first_places_and_mentions_apart():
    found = counts(said(ordre=["vols", "bruit"]), said(ordre=["vols"]), said(ordre=["bruit", "vitesse"]))["ordre"]
    assert found.firsts == [("Bruit", 1), ("Vols", 2), ("Vitesse", 0)]
    assert found.choices == [("Bruit", 2), ("Vols", 2), ("Vitesse", 1)]
    assert [block.unit for block in question_blocks(found) if isinstance(block, Bars)] == [
        "Placée en premier",
        "Citée dans le classement",
    ]


def test_numbers_are_sorted_and_those_who_declined_are_no_number():
    found = counts(*(said(contact="oui", attente=n) for n in ("30", "7.5", DECLINED, "60")))["attente"]
    assert found.numbers == [7.5, 30, 60]
    assert found.answered == 4


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([10, 20], "Valeur du milieu : 15 minutes"),
        ([0, 10, 20, 30, 600], "La moitié des réponses se tient entre 10 minutes et 30 minutes"),
    ],
)
def test_numbers_are_told_by_their_middle_which_one_slip_does_not_move(numbers, said):
    assert said in spread_of(numbers, "minutes").replace("\u00a0", " ")


def test_a_commune_of_which_few_speak_is_not_named():
    stored = ["47001 Agen"] * 5 + ["47157 Marmande"] * 4 + ["02722 Soissons"] * 6
    assert by_commune(stored) == [("Soissons", 6), ("Agen", 5), ("Autres communes", 4)]


def test_communes_are_ordered_whatever_the_order_of_arrival():
    stored = ["47001 Agen"] * 5 + ["02722 Soissons"] * 5
    assert by_commune(stored) == by_commune(stored[::-1])
