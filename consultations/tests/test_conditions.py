"""Conditions: who is asked what, and what does not hold together. Pure."""

import pytest

from consultations.asking.choices import OTHER, YES_OR_NO
from consultations.asking.conditions import applies, asked, depends_on, faults, in_words


def question(key, kind="yes_no", **facts):
    choices = YES_OR_NO if kind == "yes_no" else facts.pop("choices", [])
    plain = {"label": f"{key} ?", "choices": choices, "audiences": [], "shown_on": "", "shown_if": []}
    return {"key": key, "kind": kind, **plain, **facts}


def on(key, *answers, theme="t"):
    return {"shown_on": f"{theme}.{key}", "shown_if": list(answers or ["oui"])}


def steps(*questions, more=()):
    made = [{"theme": {"key": "t"}, "questions": list(questions)}]
    return made + ([{"theme": {"key": "u"}, "questions": list(more)}] if more else [])


def texts(found):
    return [fault.text.replace("\u00a0", " ") for fault in found]


def test_a_condition_on_an_earlier_question_holds():
    assert faults(steps(question("a"), question("b", **on("a")))) == []
    assert faults(steps(question("a"), more=[question("b", "text", **on("a", "non"))])) == []


def test_a_question_that_follows_cannot_decide_and_both_are_named():
    found = faults(steps(question("a", **on("b")), question("b")))
    assert [fault.name for fault in found] == ["t.a"]
    assert "« a ? » dépend de « b ? », qui vient après elle" in texts(found)[0]


def test_a_question_cannot_decide_for_itself():
    assert "« a ? » dépend d’elle-même" in texts(faults(steps(question("a", **on("a")))))[0]


def test_two_that_wait_for_each_other_are_refused_and_both_are_named():
    found = faults(steps(question("a", **on("b")), question("b", **on("a"))))
    assert "« a ? » dépend de « b ? », qui dépend d’elle :" in texts(found)[0]
    assert "« b ? » dépend de « a ? », qui dépend d’elle :" in texts(found)[1]


def test_a_longer_ring_is_found():
    ring = steps(question("a", **on("c")), question("b", **on("a")), question("c", **on("b")))
    assert all("à travers d’autres questions" in text for text in texts(faults(ring)))
    assert len(faults(ring)) == 3


def test_what_hangs_on_a_ring_is_not_said_to_be_part_of_it():
    hanging = steps(question("a", **on("b")), question("b", **on("a")), question("c", **on("a")))
    assert [fault.name for fault in faults(hanging)] == ["t.a", "t.b"]


def test_a_question_that_is_gone_cannot_decide():
    assert "« a ? » dépend d’une question qui n’existe plus" in texts(faults(steps(question("a", **on("x")))))[0]


def test_an_answer_that_is_gone_cannot_decide():
    found = faults(steps(question("a"), question("b", **on("a", "oui", "parfois"))))
    assert "« b ? » dépend d’une réponse que « a ? » ne propose plus" in texts(found)[0]


@pytest.mark.parametrize("kind", ["text", "long_text", "finding", "number", "commune", "ranking"])
def test_what_is_written_freely_cannot_decide(kind):
    assert "Seule une question à choix" in texts(faults(steps(question("a", kind), question("b", **on("a")))))[0]


def test_another_answer_can_decide_as_it_is_a_choice_like_the_others():
    other = question("a", "choice", choices=[*YES_OR_NO, {"key": OTHER, "label": "Autre"}])
    assert faults(steps(other, question("b", **on("a", OTHER)))) == []


def test_an_audience_that_is_not_asked_what_decides_is_a_warning():
    found = faults(
        steps(question("a", audiences=["elected"]), question("b", audiences=["elected", "public"], **on("a")))
    )
    assert [fault.is_warning for fault in found] == [True]
    assert "(habitant)" in found[0].text


def test_no_audience_named_means_everybody():
    assert applies(question("a"), "business", {})
    assert not applies(question("a", audiences=["public"]), "business", {})


def test_members_of_the_forces_are_never_asked_their_commune():
    assert not applies(question("a", "commune"), "forces", {})
    assert not applies(question("a", "commune", audiences=["forces"]), "forces", {})
    assert applies(question("a", "commune"), "public", {})


@pytest.mark.parametrize(
    ("answer", "shown"),
    [("oui", True), ("non", False), (["non", "oui"], True), ([], False), (None, False), ("", False)],
)
def test_a_condition_is_met_by_one_of_its_answers(answer, shown):
    assert applies(question("b", **on("a")), "public", {"t.a": answer}) is shown


def test_an_answer_is_not_taken_for_a_part_of_another():
    assert not applies(question("b", **on("a", "o")), "public", {"t.a": "oui"})


def test_an_answer_to_a_question_that_does_not_apply_does_not_count():
    chain = steps(question("a"), question("b", **on("a")), question("c", **on("b")))
    answers = {"t.a": "non", "t.b": "oui"}
    assert [each["key"] for each in asked(chain, "public", answers)[0]["questions"]] == ["a"]


def test_a_step_without_any_question_is_left_out_and_the_others_keep_their_number():
    two = steps(question("a", audiences=["elected"]), more=[question("b")])
    assert [(step["theme"]["key"], step["number"]) for step in asked(two, "public", {})] == [("u", 2)]


def test_what_is_asked_leaves_the_content_as_it_was():
    content = steps(question("a", audiences=["elected"]), question("b"))
    asked(content, "public", {})
    assert len(content[0]["questions"]) == 2
    assert "number" not in content[0]


def test_a_condition_is_said_in_words():
    both = steps(question("a"), question("b", **on("a")))
    assert in_words(both[0]["questions"][1], both).replace("\u00a0", " ") == "posée si la réponse à « a ? » est « Oui »"
    assert in_words(both[0]["questions"][0], both) == ""


def test_what_depends_on_a_question_can_be_told():
    assert [each["key"] for each in depends_on(steps(question("a"), question("b", **on("a"))), "t.a")] == ["b"]
