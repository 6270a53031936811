"""Every kind of question: what can be stored, what is refused and how one is told."""

import pytest

from consultations.asking.choices import DECLINED, OTHER
from contributions.intake.answers import Person, divide, read_all, read_step
from contributions.intake.kinds import Place, Places, read
from contributions.questionnaire import asked, in_words
from contributions.tests.asking import question, step, typing

MANY = question("choices", "Voirie", "Écoles", "Marchés", most=2)
RANK = question("ranking", "Bruit", "Vols", "Vitesse", most=2)
AGE = question("number", lowest=1, highest=120, unit="minutes")


def test_more_choices_than_allowed_are_refused_with_both_numbers_and_kept_in_the_page():
    found = read(MANY, ["voirie", "ecoles", "marches"])
    assert found.trouble == "Gardez 2 réponses au plus\u00a0: vous en avez coché 3."
    assert found.value == ["voirie", "ecoles", "marches"]
    assert read(MANY, ["voirie", "ecoles"]).trouble == ""


def test_a_ranking_keeps_the_order_and_ignores_places_left_empty():
    assert read(RANK, ["vols", "", "bruit"]).value == ["vols", "bruit"]


def test_a_ranking_with_the_same_thing_twice_says_which():
    assert read(RANK, ["vols", "vols"]).trouble == "« Vols » est placé deux fois. Changez une des deux places."


@pytest.mark.parametrize(
    ("typed", "stored"), [("12", "12"), (" 1 20 ", "120"), ("12,5", "12.5"), ("007", "7"), ("3.50", "3.5")]
)
def test_a_number_is_read_as_people_write_it(typed, stored):
    assert read(AGE, [typed]).value == stored
    assert read(AGE, [typed]).trouble == ""


@pytest.mark.parametrize(
    ("typed", "trouble"),
    [
        ("douze", "Écrivez un nombre, en chiffres."),
        ("1e3", "Écrivez un nombre, en chiffres."),
        ("9" * 40, "Écrivez un nombre, en chiffres."),
        ("0", "Écrivez un nombre d’au moins 1."),
        ("121", "Écrivez un nombre d’au plus 120."),
    ],
)
def test_a_number_that_is_none_or_out_of_bounds_says_what_is_expected(typed, trouble):
    assert read(AGE, [typed]).trouble == trouble


def test_a_number_is_said_with_its_unit_and_a_comma():
    assert in_words(AGE, "12.5") == ["12,5\u00a0minutes"]


def test_other_needs_its_words():
    other = question("choice", "Oui", "Non", other=True)
    assert "Précisez" in read(other, [OTHER]).trouble
    found = read(other, [OTHER], "Cela dépend")
    assert (found.value, found.detail, found.trouble) == (OTHER, "Cela dépend", "")
    assert in_words(other, OTHER, "Cela dépend") == ["Autre\u00a0: Cela dépend"]


def test_words_beside_other_choose_it():
    assert read(question("choice", "Oui", "Non", other=True), [""], "Cela dépend").value == OTHER
    assert read(question("choices", "A", "B", other=True), ["a"], "C").value == ["a", OTHER]


def test_words_beside_another_choice_are_not_dropped_in_silence():
    found = read(question("choice", "Oui", "Non", other=True), ["oui"], "Cela dépend")
    assert "Vous avez choisi « Oui » et précisé une autre réponse" in found.trouble
    assert found.detail == "Cela dépend"


@pytest.mark.parametrize(
    ("kind", "choices", "typed"),
    [
        ("choices", ["A", "B"], ["a", DECLINED]),
        ("ranking", ["A", "B"], ["a", DECLINED]),
        ("text", [], ["Un mot", DECLINED]),
    ],
)
def test_declining_does_not_go_with_an_answer(kind, choices, typed):
    trouble = read(question(kind, *choices, decline=True), typed).trouble
    assert "« Je ne souhaite pas répondre » ne va pas avec" in trouble


def test_declining_answers_a_required_question_and_is_no_passage():
    asked_step = step(question("finding", key="q", decline=True, required=True))
    answers, problems = read_step(asked_step, typing(q=DECLINED))
    assert problems == []
    closed, passages = divide([asked_step], answers)
    assert closed == {"t.q": DECLINED}
    assert passages == ()


def test_declining_where_it_is_not_offered_is_no_answer():
    answers, _ = read_step(step(question("text")), typing(q=DECLINED))
    assert answers == {}


def several(typed):
    return Places(
        found=[Place("93066 Saint-Denis", "Saint-Denis (93)"), Place("97411 Saint-Denis", "Saint-Denis (974)")]
    )


def test_a_commune_of_that_name_is_stored_with_its_code():
    agen = Places(found=[Place("47001 Agen", "Agen (47, 47000)")])
    assert read(question("commune"), ["agen"], find=lambda typed: agen).value == "47001 Agen"


def test_several_communes_of_that_name_are_offered():
    _, (problem,) = read_step(step(question("commune")), typing(q="saint denis"), person=Person(find=several))
    assert "Plusieurs communes" in problem.text
    assert [place.label for place in problem.offers] == ["Saint-Denis (93)", "Saint-Denis (974)"]


def test_an_unknown_commune_says_what_to_try():
    found = read(question("commune"), ["Qzx"], find=lambda typed: Places())
    assert "écrivez le code postal" in found.trouble


def test_a_chosen_commune_wins_over_what_was_typed():
    chosen = read(question("commune"), ["saint denis", "97411 Saint-Denis"], find=lambda t: Places(found=[Place(t, t)]))
    assert chosen.value == "97411 Saint-Denis"


# Conditions ----------------------------------------------------------------

DECIDES = question("yes_no", key="a")
FOLLOWS = question("text", key="b", shown_on="t.a", shown_if=["oui"], required=True)


def test_a_question_that_is_not_asked_is_neither_required_nor_kept():
    answers, problems = read_step(step(DECIDES, FOLLOWS), typing(a="non", b="tapé quand même"))
    assert answers == {"t.a": "non"}
    assert problems == []


def test_a_question_that_is_asked_is_required():
    _, problems = read_step(step(DECIDES, FOLLOWS), typing(a="oui"))
    assert [problem.name for problem in problems] == ["t.b"]


def test_an_answer_from_an_earlier_step_decides():
    later = step(question("text", key="b", shown_on="t.a", shown_if=["oui"]), key="u")
    assert read_all([step(DECIDES), later], {"t.a": "oui", "u.b": "Un mot"})[0] == {"t.a": "oui", "u.b": "Un mot"}
    assert read_all([step(DECIDES), later], {"t.a": "non", "u.b": "Un mot"})[0] == {"t.a": "non"}


def test_questions_that_wait_for_each_other_in_a_chain_fall_together():
    chain = step(
        DECIDES,
        question("yes_no", key="b", shown_on="t.a", shown_if=["oui"]),
        question("text", key="c", shown_on="t.b", shown_if=["oui"]),
    )
    assert read_all([chain], {"t.a": "non", "t.b": "oui", "t.c": "Un mot"})[0] == {"t.a": "non"}


def test_a_question_is_asked_to_its_audiences_only():
    for_elected = step(question("text", audiences=["elected"], required=True))
    assert read_step(for_elected, typing(q=""), person=Person(audience="public")) == ({}, [])
    assert len(read_step(for_elected, typing(q=""), person=Person(audience="elected"))[1]) == 1


def test_the_forces_are_never_asked_where():
    where = step(question("commune", required=True))
    assert read_step(where, typing(q="Agen"), person=Person(audience="forces")) == ({}, [])
    assert asked(where, typing(), audience="forces", earlier={}) == []
    assert len(asked(where, typing(), audience="public", earlier={})) == 1


def test_a_question_that_waits_for_its_neighbour_is_shown_and_says_so():
    _, second = asked(step(DECIDES, FOLLOWS), typing(), earlier={})
    assert second.shown.words == "Seulement si vous avez répondu «\u00a0Oui\u00a0» à «\u00a0Question a\u00a0»."


def test_a_question_that_waits_for_an_earlier_page_is_shown_only_if_it_applies():
    later = step(question("text", key="b", shown_on="t.a", shown_if=["oui"]), key="u")
    assert asked(later, typing(), earlier={"t.a": "non"}) == []
    (one,) = asked(later, typing(), earlier={"t.a": "oui"})
    assert one.shown is None


def test_only_the_first_free_text_warns():
    texts = asked(step(question("finding", key="a"), question("proposal", key="b")), typing(), earlier={})
    assert [text.warns for text in texts] == [True, False]
