"""One door, one row, one receipt."""

import ast
import threading
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import DataError, ProgrammingError, connection, connections, transaction

from assises import clock
from assises.tenancy.context import PUBLIC, Scope, as_ministry, as_prefecture, as_public, scoped
from assises.testing import make_open_consultation, make_prefecture, statements
from contributions import codes
from contributions.intake import record as door
from contributions.intake.record import (
    ClosedError,
    EmptyError,
    KeyTakenError,
    NotOpenYetError,
    NotPublishedError,
    build,
    record,
    record_many,
)
from contributions.log import leaf
from contributions.models import Contribution, LogEntry, Statement
from contributions.tests.journey import SAID, Visitor
from contributions.tests.said import contribute, said

HOUR = timedelta(hours=1)
TOGETHER = 20


def rows(model, code="02"):
    with as_prefecture(code):
        return list(model.objects.for_prefecture(code))


def all_at_once(work, number=TOGETHER):
    """The same work on as many connections, started together; what each gave."""
    gate, given = threading.Barrier(number), []

    def run():
        try:
            gate.wait(20)
            given.append(work())
        except Exception as error:  # noqa: BLE001 (told to the test)
            given.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return given


@pytest.mark.django_db
def test_the_same_submission_twice_is_one_row_and_one_receipt():
    submission = said(make_open_consultation())
    first, second = record(submission), record(submission)
    assert (first.code, first.contribution) == (second.code, second.contribution)
    assert (first.is_new, second.is_new) == (True, False)
    assert [len(rows(model)) for model in (Contribution, Statement, LogEntry)] == [1, 1, 1]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_are_one_row_and_one_receipt():
    submission = said(make_open_consultation())
    receipts = all_at_once(lambda: record(submission))
    assert len({receipt.code for receipt in receipts}) == 1
    assert sum(receipt.is_new for receipt in receipts) == 1
    assert [len(rows(model)) for model in (Contribution, Statement, LogEntry)] == [1, 1, 1]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_without_the_key_twenty_at_once_are_twenty_rows():
    """The negative control: the same race with a key for each."""
    consultation = make_open_consultation()
    receipts = all_at_once(lambda: record(said(consultation)))
    assert len({receipt.code for receipt in receipts}) == len(rows(Contribution)) == TOGETHER


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_twenty_parallel_posts_of_one_form_are_one_row_and_one_receipt():
    visitor = Visitor(make_open_consultation()).write_all()
    answers = all_at_once(visitor.send)
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.url for answer in answers}) == 1
    assert len(rows(Contribution)) == len(rows(LogEntry)) == 1


@pytest.mark.django_db
def test_replaying_the_form_much_later_gives_the_same_receipt():
    visitor = Visitor(consultation := make_open_consultation()).write_all()
    first = visitor.send()
    with as_prefecture("02"):
        type(consultation).objects.update(closes_at=clock.now())
    assert visitor.send().url == first.url
    assert len(rows(Contribution)) == 1


@pytest.mark.django_db
def test_a_key_that_served_for_something_else_says_nothing_about_it():
    consultation, key = make_open_consultation(), uuid4()
    contribute(consultation, submission_key=key)
    with pytest.raises(KeyTakenError):
        contribute(make_open_consultation(), submission_key=key)
    assert len(rows(Contribution)) == 1
    contribute(make_open_consultation(make_prefecture("03")), submission_key=key)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("opens", "closes", "refusal"),
    [(-2, -1, ClosedError), (-1, 0, ClosedError), (1, 2, NotOpenYetError), (0, 1, None)],
)
def test_dates_decide_by_the_databases_clock(opens, closes, refusal):
    moment = clock.now()
    consultation = make_open_consultation(opens_at=moment + opens * HOUR, closes_at=moment + closes * HOUR)
    if refusal is None:
        assert contribute(consultation)
        return
    with pytest.raises(refusal):
        contribute(consultation)
    assert rows(Contribution) == []


@pytest.mark.django_db
def test_what_says_nothing_is_refused():
    with pytest.raises(EmptyError):
        record(said(make_open_consultation(), answers={}, passages=()))


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["withdrawn", "draft"])
def test_a_consultation_that_is_not_published_receives_nothing(state):
    consultation = make_open_consultation()
    with as_prefecture("02"):
        type(consultation).objects.update(state=state)
    with pytest.raises(NotPublishedError):
        contribute(consultation)


@pytest.mark.django_db
def test_only_staff_may_say_that_it_was_sent_earlier():
    consultation = make_open_consultation()
    with as_prefecture("02"):
        yesterday = consultation.opens_at + timedelta(minutes=1)
        record(said(consultation, acted_at=yesterday))
    (contribution,), (entry,) = rows(Contribution), rows(LogEntry)
    assert contribution.received_at == entry.acted_at == yesterday
    assert entry.recorded_at > yesterday
    with pytest.raises(ValueError, match="staff"):
        contribute(consultation, acted_at=yesterday)


@pytest.mark.django_db
def test_a_late_letter_with_its_postmark_is_received_after_closing():
    moment = clock.now()
    consultation = make_open_consultation(opens_at=moment - 3 * HOUR, closes_at=moment - HOUR)
    with as_prefecture("02"):
        assert record(said(consultation, channel="letter", acted_at=moment - 2 * HOUR))
        with pytest.raises(ClosedError):
            record(said(consultation, channel="letter", acted_at=moment - HOUR))


@pytest.mark.django_db
def test_the_prefecture_may_not_record_for_another():
    consultation = make_open_consultation(make_prefecture("03"))
    with as_prefecture("02"), pytest.raises(NotPublishedError):
        # A published consultation is read by the public, not by a neighbour.
        record(said(consultation))


@pytest.mark.django_db
def test_many_are_received_like_one():
    consultation = make_open_consultation()
    batch = [said(consultation, f"Texte {n}") for n in range(5)]
    with as_prefecture("02"):
        receipts = record_many([*batch, batch[0]])
        again = record_many(batch)
    assert len(rows(Contribution)) == len(rows(LogEntry)) == len(rows(Statement)) == 5
    assert receipts[0].code == receipts[5].code == again[0].code
    assert not any(receipt.is_new for receipt in again)


@pytest.mark.django_db
def test_many_are_all_refused_when_one_is():
    consultation = make_open_consultation()
    with as_prefecture("02"), pytest.raises(EmptyError):
        record_many([said(consultation), said(consultation, answers={}, passages=())])
    assert rows(Contribution) == []


@pytest.mark.django_db
def test_recording_one_costs_two_statements():
    submission = said(make_open_consultation())
    with statements() as asked:
        record(submission)
    assert len(asked) == 2, asked


@pytest.mark.django_db
def test_the_builder_asks_the_database_nothing():
    consultation = make_open_consultation()
    submission, moment = said(consultation), consultation.opens_at
    with statements() as asked:
        built = [
            build(submission, code=submission.code, moment=moment, identity=UUID(int=1), salt=b"s" * 32)
            for _ in range(2)
        ]
    assert asked == []
    assert built[0].entry.leaf_hash == built[1].entry.leaf_hash
    assert built[0].contribution.received_at == moment


@pytest.mark.django_db
def test_the_log_describes_exactly_what_is_stored():
    contribute(make_open_consultation(), "Avec des « guillemets », un é et un 👩‍🚒")
    (contribution,), (entry,), passages = rows(Contribution), rows(LogEntry), rows(Statement)
    event = leaf.received(contribution, passages, acted_at=entry.acted_at, recorded_at=entry.recorded_at)
    assert leaf.leaf_hash(event, bytes(contribution.salt)) == bytes(entry.leaf_hash)
    event["statements"][0]["text"] += " "
    assert leaf.leaf_hash(event, bytes(contribution.salt)) != bytes(entry.leaf_hash)


@pytest.mark.django_db
def test_nothing_is_kept_when_the_log_cannot_be_written(monkeypatch):
    consultation = make_open_consultation()

    plain = door.new_rows

    def unwritable(*given):
        made = plain(*given)
        made.entry.event = "x" * 99
        return made

    monkeypatch.setattr(door, "new_rows", unwritable)
    with pytest.raises(DataError):
        contribute(consultation)
    assert rows(Contribution) == []


# Who reads -----------------------------------------------------------------

TABLES = ("contributions_contribution", "contributions_statement", "contributions_draft")


def seen(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


@pytest.fixture
def something(db):
    """A contribution and a draft."""
    consultation = make_open_consultation()
    code = contribute(consultation)
    visitor = Visitor(consultation)
    visitor.begin()
    visitor.answer(1, SAID)
    return code


@pytest.mark.parametrize("table", TABLES)
def test_the_ministry_reaches_no_contribution_by_any_way(something, table):
    with as_ministry():
        assert seen(table) == 0
    for scope in (Scope("ministry", "02"), Scope("ministry", "02", holder=codes.hash_of(something)), Scope()):
        with scoped(scope):
            assert seen(table) == 0
    for change in ("DELETE FROM {}", "UPDATE {} SET prefecture_id = prefecture_id"):
        with as_ministry(), connection.cursor() as cursor:
            cursor.execute(change.format(table))
            assert cursor.rowcount == 0
    with as_prefecture("02"):
        assert seen(table) == 1, "the negative control: there is something to see"


@pytest.mark.parametrize("table", TABLES)
def test_the_ministry_writes_none_either(something, table):
    with pytest.raises(ProgrammingError, match="row-level security"), as_prefecture("02"):
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMPORARY TABLE copy ON COMMIT DROP AS SELECT * FROM {table}")
        with transaction.atomic(), as_ministry(), connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table} SELECT * FROM copy")


def test_visitors_see_only_what_they_hold_the_code_of(something):
    def contributions_with(holder, code="02"):
        with scoped(Scope(PUBLIC, code, holder=holder)):
            return seen("contributions_contribution"), seen("contributions_statement")

    assert contributions_with(codes.hash_of(something)) == (1, 1)
    assert contributions_with("") == contributions_with("0" * 64) == (0, 0)
    assert contributions_with(codes.hash_of(something), "03") == (0, 0)
    with as_public():
        assert seen("contributions_contribution") == 0


def test_a_neighbour_sees_nothing(something):
    with as_prefecture("03"):
        assert [seen(table) for table in TABLES] == [0, 0, 0]


def test_a_visitor_changes_nothing_that_was_received(something):
    with scoped(Scope(PUBLIC, "02", holder=codes.hash_of(something))), connection.cursor() as cursor:
        for table in ("contributions_contribution", "contributions_statement"):
            cursor.execute(f"UPDATE {table} SET prefecture_id = prefecture_id")
            assert cursor.rowcount == 0
            cursor.execute(f"DELETE FROM {table}")
            assert cursor.rowcount == 0


def test_a_visitor_makes_no_row_in_another_department(something):
    with pytest.raises(ProgrammingError, match="row-level security"), scoped(Scope(PUBLIC, "03")):
        LogEntry.objects.bulk_create(
            [LogEntry(prefecture_id="02", consultation_id=1, contribution_id=uuid4(), event="received", leaf_hash=b"")]
        )


# The one door --------------------------------------------------------------

MAKERS = {"create", "bulk_create", "get_or_create", "update_or_create", "acreate", "abulk_create"}
DOOR = Path(settings.BASE_DIR, "contributions/intake/record.py")
NOTES = Path(settings.BASE_DIR, "contributions/log/note.py")  # entries that hold nobody's words
SEALED = {"Contribution", "Statement", "LogEntry"}


def makers_in(source):
    """Lines that make a contribution, a statement or a log entry."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        name, _, verb = called.rpartition(".")
        if called.rpartition(".")[2] in SEALED or (verb in MAKERS and any(f"{m}." in f"{name}." for m in SEALED)):
            found.append(called)
        if verb in MAKERS and name.endswith((".contributions", ".statements", ".log")):
            found.append(called)
    return found


def test_nothing_else_makes_contributions():
    for top in ("assises", "consultations", "contributions", "syntheses"):
        for path in Path(settings.BASE_DIR, top).rglob("*.py"):
            if path != DOOR and not {"tests", "migrations"} & set(path.parts):
                expected = ["LogEntry"] if path == NOTES else []
                assert makers_in(path.read_text(encoding="utf-8")) == expected, path


@pytest.mark.parametrize(
    "line",
    [
        "Contribution(prefecture=p)",
        "models.Statement(text='x')",
        "Contribution.objects.create(x=1)",
        "LogEntry.objects.for_prefecture(p).bulk_create([])",
        "consultation.contributions.create(channel='web')",
    ],
)
def test_a_second_door_would_be_found(line):
    """The negative control; and the door itself is seen."""
    assert makers_in(line)
    assert makers_in(DOOR.read_text(encoding="utf-8"))
