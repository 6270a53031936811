"""A correction takes the place of what it corrects, under the same code, until the closing."""

import threading

import pytest
from django.db import connections
from django.test import Client

from assises.tenancy.context import Scope, as_prefecture, scoped
from assises.testing import make_open_consultation, make_prefecture
from contributions import codes
from contributions import correct as correcting
from contributions.intake import record as door
from contributions.log import keys, verify
from contributions.models import Contribution, Draft, LogEntry, Statement
from contributions.tests.changing import WORDS, address, ask, begin_correction, close, correct, rows, sealed
from contributions.tests.journey import SAID, Visitor, code_in
from contributions.tests.said import contribute, said


@pytest.fixture
def consultation(db):
    return make_open_consultation()


@pytest.fixture
def code(consultation):
    return Visitor(consultation).contribute()


def current():
    return [row for row in rows(Contribution) if row.is_current]


def test_the_draft_holds_what_was_sent(code):
    page = Client().get(begin_correction(code)).content.decode()
    for words in (SAID["presence.constat"], SAID["presence.proposition"], "Moyenne", "Devant les écoles"):
        assert words in page


def test_nothing_changes_until_it_is_sent(code):
    begin_correction(code)
    assert len(rows(Contribution)) == len(current()) == 1


def test_sent_again_it_is_a_new_contribution_under_the_same_code(code):
    assert code_in(correct(code)) == code
    former, correction = sorted(rows(Contribution), key=lambda row: row.replaces_id is not None)
    assert (correction.replaces_id, former.replaced_at is not None) == (former.pk, True)
    assert current() == [correction]
    assert correction.answers["presence.jugement"] == "bonne"
    page = Client().get(address(code)).content.decode()
    assert WORDS["presence.constat"] in page
    assert SAID["presence.constat"] not in page


def test_the_log_says_that_it_was_corrected_and_by_which(code):
    correct(code)
    events = {entry.event: entry for entry in rows(LogEntry) if entry.event != "received"}
    (correction,) = current()
    assert list(events) == ["replaced"]
    assert events["replaced"].contribution_id == correction.replaces_id
    assert events["replaced"].about == str(correction.pk)


def test_a_correction_can_be_corrected(code):
    correct(code)
    assert code_in(correct(code, **{"presence.jugement": "mauvaise"})) == code
    assert len(rows(Contribution)) == 3
    assert [row.answers["presence.jugement"] for row in current()] == ["mauvaise"]


def test_a_correction_is_proved_like_any_other(code):
    correct(code)
    sealed()
    evidence = Client().get(address(code)[:-1] + "/preuve.json").json()
    assert verify.faults(evidence, keys.public_key()) == []
    assert evidence["event"]["statements"][0]["text"] == WORDS["presence.constat"]


def test_the_same_correction_twice_is_one_row_and_one_receipt(code):
    review = begin_correction(code)
    first, second = (Client().post(review) for _ in range(2))
    assert first.url == second.url == address(code)
    assert len(rows(Contribution)) == 2


def test_of_two_corrections_begun_at_once_the_second_is_told_and_keeps_its_words(code):
    one, other = begin_correction(code), begin_correction(code)
    Client().post(other.replace("relire/", "etape/1/"), WORDS)
    assert Client().post(one).status_code == 302
    refused = Client().post(other)
    assert refused.status_code == 409
    assert "corrigée ou retirée entre-temps" in refused.content.decode()
    assert WORDS["presence.constat"] in Client().get(other).content.decode()
    assert len(rows(Contribution)) == 2


def test_what_was_withdrawn_meanwhile_is_not_corrected(code):
    review = begin_correction(code)
    ask(code, "retirer")
    assert Client().post(review).status_code in {409, 410}
    assert current() == []


def test_after_the_closing_nothing_is_corrected(consultation, code):
    review = begin_correction(code)
    close(consultation)
    assert ask(code, "corriger").status_code == 409
    assert Client().post(review).status_code == 409
    assert len(current()) == 1


def test_a_correction_sent_in_time_gives_its_receipt_again_after_the_closing(consultation, code):
    review = begin_correction(code)
    first = Client().post(review)
    close(consultation)
    assert Client().post(review).url == first.url == address(code)


def test_one_cannot_correct_what_another_code_opens(consultation, code):
    """A submission that names another's contribution replaces nothing: the codes must be the same."""
    contribute(consultation, "Les mots d’un autre")
    theirs = next(row for row in rows(Contribution) if codes.hash_of(code) != row.receipt_hash)
    with pytest.raises(door.ReplacedError):
        door.record(said(consultation, replaces=theirs.pk))
    assert len(current()) == 2


def test_a_visitor_may_not_set_a_contribution_aside_without_the_verb(code):
    with scoped(Scope("public", "02", holder=codes.hash_of(code))):
        assert Contribution.objects.update(replaced_at="2020-01-01T00:00Z") == 0
    with as_prefecture("02"):
        assert Contribution.objects.update(replaced_at="2020-01-01T00:00Z") == 1, "the negative control"


def test_the_code_of_a_chain_is_that_of_its_first(consultation, code):
    correct(code)
    correct(code)
    (last,) = current()
    key = correcting.code_key("02", last.pk)
    assert codes.code_for("02", consultation.pk, key) == code
    assert correcting.code_key("03", last.pk) is None


def test_a_letter_is_not_corrected_in_the_questionnaire(consultation):
    code = contribute(consultation, version=None)
    assert ask(code, "corriger").status_code == 409
    assert "Corriger ma contribution" not in Client().get(address(code)).content.decode()


def test_another_department_corrects_nothing(code):
    make_prefecture("03")
    assert Client().post(address("03" + code[2:], "corriger", slug="allier")).status_code == 404


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_guarded", [True, False], ids=["guarded", "negative control"])
def test_ten_corrections_at_once_make_one(monkeypatch, is_guarded):
    """Without the look at what is current the constraint still refuses a second successor, but as an error."""
    code = Visitor(make_open_consultation()).contribute()
    reviews = [begin_correction(code) for _ in range(10)]
    if not is_guarded:
        monkeypatch.setattr(correcting, "take_the_place_of", lambda *_: True)
    gate, answers = threading.Barrier(len(reviews)), []

    def send(review):
        try:
            gate.wait(20)
            answers.append(Client(raise_request_exception=False).post(review).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=[review]) for review in reviews]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if is_guarded:
        assert sorted(answers) == [302] + [409] * 9
        assert len(rows(Contribution)) == 2
        assert len(rows(Draft)) == 9, "nothing typed is lost"
        assert len(rows(Statement)) == 4
    else:
        assert sorted(answers) != [302] + [409] * 9
