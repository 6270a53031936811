"""After the closing a person of the prefecture decides, and the answer is read with the code."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError
from django.test import Client

from assises.accounts.models import StateChange
from assises.tenancy.context import Scope, as_ministry, as_prefecture, scoped
from assises.testing import make_member, make_open_consultation, make_prefecture, statements
from contributions import codes
from contributions.look_at import look_at
from contributions.models import Contribution, LogEntry, Request, Statement
from contributions.tests.changing import address, ask, close, rows
from contributions.tests.journey import SAID, Visitor

DESK = "/aisne/prefecture/demandes/"


@pytest.fixture
def consultation(db):
    return make_open_consultation()


@pytest.fixture
def code(consultation):
    code = Visitor(consultation).contribute()
    close(consultation)
    return code


def staff(role="editor", code="02"):
    client = Client()
    client.force_login(make_member(make_prefecture(code), role))
    return client


def keep_aside(withheld="personal"):
    """Somebody of the team has read a passage and kept it from being quoted."""
    with as_prefecture("02"):
        first = Statement.objects.earliest("position")
        Statement.objects.filter(pk=first.pk).update(withheld=withheld)
        first.refresh_from_db()
        look_at(first, actor=make_member(make_prefecture("02"), "agent"), may_be_quoted=False)


def asked(code, kind="erasure", text="J’y nommais mon voisin."):
    if kind == "appeal":
        keep_aside()
    response = ask(code, "demande", kind=kind, text=text)
    assert response.status_code == 302, response.content.decode()
    return rows(Request)[-1]


def decide(row, client=None, accepts="oui", answer="C’est fait."):
    return (client or staff()).post(f"{DESK}{row.pk}/", {"accepts": accepts, "answer": answer})


def text_of(code):
    return Client().get(address(code)).content.decode()


def test_before_the_closing_one_decides_alone(consultation):
    code = Visitor(consultation).contribute()
    assert Client().get(address(code, "demande")).url == address(code)
    assert ask(code, "demande", kind="erasure").url == address(code)
    assert rows(Request) == []


@pytest.mark.parametrize("kind", Request.Kind.values)
def test_a_request_is_kept_with_its_reason_and_shown_with_the_code(code, kind):
    row = asked(code, kind)
    assert (row.kind, row.text, row.state) == (kind, "J’y nommais mon voisin.", "open")
    assert "Attend une réponse" in text_of(code)


def test_the_same_request_waits_once(code):
    asked(code)
    again = ask(code, "demande", kind="erasure", text="Encore")
    assert "attend déjà une réponse" in again.content.decode()
    assert "Encore" in again.content.decode()
    assert len(rows(Request)) == 1


def test_what_is_not_a_request_is_said_and_the_words_stay(code):
    page = ask(code, "demande", kind="autre", text="Mes mots").content.decode()
    assert "Choisissez une des lignes." in page
    assert "Mes mots" in page


def test_staff_are_told_what_waits_and_see_what_had_been_written(code):
    row = asked(code)
    client = staff()
    assert "demande sur une contribution" in client.get("/aisne/prefecture/").content.decode()
    assert "J’y nommais mon voisin." in client.get(DESK).content.decode()
    page = client.get(f"{DESK}{row.pk}/").content.decode()
    assert SAID["presence.constat"] in page
    assert "demande sur une contribution" not in staff("agent").get("/aisne/prefecture/").content.decode()


def test_an_erasure_that_is_accepted_erases_and_the_log_says_so(code):
    decide(asked(code))
    (left,) = rows(Contribution)
    assert left.withdrawn_at
    assert (left.answers, rows(Statement)) == ({}, [])
    assert [entry.event for entry in rows(LogEntry)] == ["received", "withdrawn"]
    assert rows(Request)[0].text == ""
    page = text_of(code)
    assert "Cette contribution est retirée" in page
    assert "C’est fait." in page


def test_an_objection_that_is_accepted_keeps_the_words_and_ends_the_quoting(code):
    decide(asked(code, "objection"))
    (left,) = rows(Contribution)
    assert left.unquoted_at
    assert left.withdrawn_at is None
    assert len(rows(Statement)) == 2


@pytest.mark.parametrize("kind", Request.Kind.values)
def test_what_is_refused_changes_nothing_and_says_why(code, kind):
    decide(asked(code, kind), accepts="non", answer="La loi nous oblige à la garder.")
    (left,) = rows(Contribution)
    assert (left.withdrawn_at, left.unquoted_at) == (None, None)
    assert "La loi nous oblige à la garder." in text_of(code)


def withheld():
    return [row.withheld for row in rows(Statement)]


def test_what_was_decided_is_told_with_the_code(code):
    assert "Ce qui a été décidé" not in text_of(code)
    keep_aside()
    page = text_of(code)
    assert "Un passage n’est pas cité" in page
    assert "données personnelles" in page
    assert SAID["presence.constat"] in page


def test_without_a_decision_there_is_nothing_to_contest(code):
    assert 'value="appeal"' not in Client().get(address(code, "demande")).content.decode()
    assert "Choisissez une des lignes." in ask(code, "demande", kind="appeal").content.decode()
    keep_aside()
    assert 'value="appeal"' in Client().get(address(code, "demande")).content.decode(), "the negative control"


def test_an_appeal_that_is_accepted_lets_the_passage_be_quoted_and_says_so(code):
    row = asked(code, "appeal")
    assert "Ce qu’accepter défait" in staff().get(f"{DESK}{row.pk}/").content.decode()
    assert withheld() == ["personal", ""]
    decide(row)
    assert withheld() == ["", ""]
    page = text_of(code)
    assert "ce qui avait été décidé est défait" in page
    assert "Un passage n’est pas cité" not in page


def test_an_appeal_that_is_refused_undoes_nothing(code):
    """The negative control."""
    decide(asked(code, "appeal"), accepts="non", answer="Le voisin y est nommé.")
    assert withheld() == ["personal", ""]
    assert "Un passage n’est pas cité" in text_of(code)


@pytest.mark.parametrize("kind", ["erasure", "objection"])
def test_an_appeal_against_a_refusal_does_what_had_been_refused(code, kind):
    decide(asked(code, kind), accepts="non", answer="Non.")
    ask(code, "demande", kind="appeal", text="Relisez.")
    decide(rows(Request)[-1])
    (left,) = rows(Contribution)
    assert bool(left.withdrawn_at) == (kind == "erasure")
    assert bool(left.unquoted_at) == (kind == "objection")


def test_words_of_danger_are_not_quoted_even_after_an_appeal(code):
    row = asked(code, "appeal")
    with as_prefecture("02"):
        Statement.objects.filter(position=2).update(withheld="urgent")
    decide(row)
    assert withheld() == ["", "urgent"]


def test_words_that_are_not_quoted_any_more_are_not_said_to_be_quotable(code):
    with as_prefecture("02"):
        Contribution.objects.update(may_publish=True)
    assert "Autorisée, sans dire qui vous êtes" in text_of(code)
    decide(asked(code, "objection"))
    page = text_of(code)
    assert "Autorisée, sans dire qui vous êtes" not in page
    assert "Vos mots ne sont plus cités" in page


def test_a_decision_needs_an_answer_and_keeps_what_was_typed(code):
    row = asked(code)
    page = staff().post(f"{DESK}{row.pk}/", {"accepts": "oui", "answer": ""}).content.decode()
    assert "Écrivez la réponse que la personne lira." in page
    assert rows(Request)[0].state == "open"


def test_a_decision_is_taken_once_and_logged(code):
    row = asked(code)
    decide(row, accepts="non", answer="Non.")
    decide(row, accepts="oui", answer="Oui.")
    assert rows(Request)[0].answer == "Non."
    with as_prefecture("02"):
        assert list(StateChange.objects.filter(subject="contributions.request").values_list("after", flat=True)) == [
            "refused"
        ]


def test_after_an_answer_one_may_ask_again(code):
    decide(asked(code), accepts="non", answer="Non.")
    asked(code)
    assert [row.state for row in rows(Request)] == ["refused", "open"]


def test_who_only_enters_contributions_does_not_decide(code):
    row = asked(code)
    assert decide(row, staff("agent")).status_code == 403
    assert rows(Request)[0].state == "open"


def test_requests_are_read_with_their_code_by_the_team_and_by_nobody_else(code):
    asked(code)
    with scoped(Scope("public", "02", holder=codes.hash_of(code))):
        assert Request.objects.count() == 1
        assert Request.objects.update(state="accepted") == 0
    for scope in (
        Scope("public", "02"),
        Scope("public", "02", holder="0" * 64),
        Scope("ministry"),
        Scope("prefecture", "03"),
    ):
        with scoped(scope):
            assert Request.objects.count() == 0


def test_nobody_asks_in_another_department(code):
    (row,) = rows(Contribution)
    with pytest.raises(ProgrammingError, match="row-level security"), as_ministry():
        Request.objects.create(prefecture_id="02", contribution=row, kind="erasure", receipt_hash="0")


def test_the_list_costs_the_same_for_many(consultation):
    codes_given = [Visitor(consultation).contribute() for _ in range(6)]
    close(consultation)
    client = staff()
    asked(codes_given[0])
    client.get(DESK)
    with statements() as few:
        client.get(DESK)
    for code in codes_given[1:]:
        asked(code)
    with statements() as many:
        client.get(DESK)
    assert len(many) == len(few)


def test_what_waits_too_long_presses(code):
    row = asked(code)
    with as_prefecture("02"):
        Request.objects.update(asked_at=row.asked_at - timedelta(days=25))
    assert "row-late" in staff().get("/aisne/prefecture/").content.decode()
