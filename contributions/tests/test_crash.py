"""The web worker is killed while it receives, the database goes away, the broker is dead: a receipt has one row."""

import pytest
from django.db import connection

from assises.embedded.tests.running import eventually, free_port
from assises.tenancy.context import as_prefecture
from assises.testing import make_open_consultation
from assises.tests.database import disconnect_everyone, run_as_owner
from contributions.models import Contribution, Draft, LogEntry
from contributions.tests.journey import Visitor
from contributions.tests.serving import Journal, asked, rows, served, write_on

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
POINTS = ("before insert", "after insert", "before commit", "after commit")
AT_ONCE_SECONDS = 2


@pytest.fixture
def visitor():
    return Visitor(make_open_consultation())


@pytest.fixture
def journal(tmp_path):
    return Journal(tmp_path / "receipts.txt")


@pytest.fixture
def marker(tmp_path):
    path = tmp_path / "fault"
    path.touch()
    return path


def faulty(fault, marker):
    return served("contributions.tests.crashing:application", FAULT=fault, FAULT_MARKER=str(marker))


def send(port, visitor):
    return asked(port, "POST", visitor.review, {"citation": "on"})


@pytest.mark.parametrize("point", POINTS)
def test_a_worker_killed_while_it_receives_leaves_one_row_for_one_receipt(point, visitor, journal, marker):
    with faulty(point, marker) as port:
        write_on(port, visitor)
        assert send(port, visitor).status == 0
        assert not marker.exists()
        assert len(rows()) == (1 if point == "after commit" else 0)
        assert eventually(lambda: asked(port, "GET", "/sante/").status)
        first = journal.note(send(port, visitor))
        again = journal.note(send(port, visitor))
    assert first == again
    assert rows() == list(journal.promised())
    with as_prefecture("02"):
        assert Contribution.objects.count() == LogEntry.objects.count() == 1
        assert not Draft.objects.exists()


def test_a_promise_made_before_the_commit_is_found_out(visitor, journal, marker):
    """The negative control: a portal that forgets to commit; the journal has a receipt that no row bears."""
    with faulty("commit forgotten", marker) as port:
        write_on(port, visitor)
        journal.note(send(port, visitor))
    assert journal.promised()
    assert rows() == []


def test_with_a_dead_broker_the_receipt_comes_at_once(visitor, journal):
    with served(REDIS_URL=f"redis://127.0.0.1:{free_port()}/0") as port:
        write_on(port, visitor)
        sent = send(port, visitor)
        journal.note(sent)
    assert sent.seconds < AT_ONCE_SECONDS
    assert rows() == list(journal.promised())


def test_without_the_database_nothing_is_promised_and_all_is_there_afterwards(visitor, journal):
    name = connection.settings_dict["NAME"]
    with served() as port:
        write_on(port, visitor)
        connection.close()
        run_as_owner(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS false')
        try:
            disconnect_everyone(name)
            refused = send(port, visitor)
        finally:
            run_as_owner(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS true')
        assert refused.status == 503
        assert rows() == []
        journal.note(send(port, visitor))
    assert rows() == list(journal.promised())
