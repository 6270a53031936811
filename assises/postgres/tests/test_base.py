"""Fewer journeys, the same transactions."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from assises.accounts.models import Prefecture
from assises.postgres import base
from assises.postgres.base import ACT
from assises.tenancy.context import NOBODY, PREFECTURE, Scope, as_prefecture, scoped, set_scope
from assises.testing import make_open_consultation
from assises.tests.database import connection_as
from consultations.models import Campaign
from contributions.models import Draft
from contributions.tests.journey import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
RENAME = "UPDATE consultations_campaign SET title = %s"


@pytest.fixture
def journeys(monkeypatch):
    """What travels, one entry a journey."""
    # Opening a connection may tell the server the time zone: that is not counted.
    connection.ensure_connection()
    found = []
    say, execute = base.Cursor.say, base.Cursor.execute

    def counted(self, statements):
        found.append(b"; ".join(statements).decode())
        say(self, statements)

    def counted_alone(self, query, values=None):
        if not self.connection.later:
            found.append(str(query))
        execute(self, query, values)

    monkeypatch.setattr(base.Cursor, "say", counted)
    monkeypatch.setattr(base.Cursor, "execute", counted_alone)
    return found


@pytest.fixture
def campaign():
    return make_open_consultation().campaign


def title():
    return Campaign.objects.values_list("title", flat=True).get()


def test_a_transaction_in_which_nothing_is_said_costs_nothing(journeys):
    with transaction.atomic(), transaction.atomic(), as_prefecture("02"):
        pass
    assert journeys == []


def test_opening_and_naming_the_tenant_travel_with_the_first_statement(journeys):
    with transaction.atomic(), as_prefecture("02"):
        Draft.objects.for_prefecture("02").count()
    assert len(journeys) == 2
    assert journeys[0].startswith("BEGIN; SAVEPOINT")
    assert "set_config" in journeys[0]
    assert "count" in journeys[0].lower()
    assert journeys[1].endswith("COMMIT")


def test_a_page_takes_one_journey_and_a_sending_four(journeys):
    visitor = Visitor(make_open_consultation()).write_all()
    visitor.client.get(visitor.step(1))
    journeys.clear()
    assert visitor.client.get(visitor.step(1)).status_code == 200
    assert len(journeys) == 1, journeys
    journeys.clear()
    assert visitor.send().status_code == 302
    assert len(journeys) == 4, journeys


def test_a_savepoint_takes_back_what_was_done_in_it_and_only_that(campaign):
    with transaction.atomic():
        Campaign.objects.update(title="Avant")
        with pytest.raises(IntegrityError), transaction.atomic():
            Campaign.objects.update(title="Dedans")
            Campaign.objects.create(slug=campaign.slug)
        assert title() == "Avant"
    assert title() == "Avant"


def test_a_statement_that_cannot_be_read_leaves_the_transaction_as_it_found_it(campaign):
    """The server reads a whole journey before it does any of it: BEGIN and the savepoint would be lost."""
    with transaction.atomic():
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELEKT 1")
        Campaign.objects.update(title="Après")
    assert title() == "Après"


def test_what_is_put_off_is_done_with_the_commit_even_alone(campaign, journeys):
    with transaction.atomic():
        connection.put_off(ACT, RENAME, ["Un"])
    assert len(journeys) == 1
    assert title() == "Un"


def test_what_is_put_off_is_undone_with_the_rest(campaign):
    with pytest.raises(ValueError, match="non"), transaction.atomic():
        connection.put_off(ACT, RENAME, ["Un"])
        raise ValueError("non")
    assert title() != "Un"


def test_what_is_put_off_twice_is_done_twice(campaign):
    with transaction.atomic():
        for _ in range(2):
            connection.put_off(ACT, "UPDATE consultations_campaign SET title = title || %s", ["+"])
    assert title().endswith("++")


def test_what_is_put_off_is_counted_like_any_statement(campaign):
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        connection.put_off(ACT, RENAME, ["Un"])
    assert any("UPDATE" in query["sql"] for query in asked)


def test_the_log_of_statements_shows_each_alone(campaign):
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        title()
    assert any(query["sql"].startswith("SELECT") and "BEGIN" not in query["sql"] for query in asked)


def test_a_constraint_that_fails_at_the_commit_leaves_a_connection_that_works(campaign):
    with pytest.raises(IntegrityError), as_prefecture("02"):
        Draft.objects.create(prefecture_id="02", consultation_id=999_999, key_hash="a")
    assert title()


def test_rows_that_are_read_bit_by_bit_are_those_of_the_transaction(campaign):
    with transaction.atomic():
        Campaign.objects.update(title="Ici")
        assert [found.title for found in Campaign.objects.iterator(chunk_size=1)] == ["Ici"]


def test_many_values_at_once_are_part_of_the_transaction(campaign):
    with pytest.raises(ValueError, match="non"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.executemany(RENAME, [["Un"], ["Deux"]])
        assert title() == "Deux"
        raise ValueError("non")
    assert title() != "Deux"


def test_a_question_asked_apart_knows_who_is_looking_and_leaves_the_transaction_unopened(journeys):
    Visitor(make_open_consultation()).begin()
    journeys.clear()
    with scoped(NOBODY):
        set_scope(Scope(PREFECTURE, "02"))
        with connection.apart():
            assert Draft.objects.count() == 1
        assert len(journeys) == 1
        assert "BEGIN" not in journeys[0]
        assert Draft.objects.count() == 1  # in the transaction, which is told again who is looking
    assert Draft.objects.count() == 0  # and nobody is looking any more
    assert len(journeys) == 4


def test_a_question_asked_apart_after_something_was_done_sees_it(campaign):
    with transaction.atomic():
        Campaign.objects.update(title="Ici")
        with connection.apart():
            assert title() == "Ici"


def cut():
    """The server ends our connection, as when it restarts."""
    Prefecture.objects.count()
    other = connection_as("default", "postgres")
    other.cursor().execute("SELECT pg_terminate_backend(%s, 2000)", [connection.connection.info.backend_pid])
    other.close()
    connection.close_if_unusable_or_obsolete()
    connection.health_check_enabled, connection.health_check_done = True, False


def test_a_line_that_was_cut_is_noticed_before_anything_is_said():
    cut()
    with transaction.atomic():
        assert Prefecture.objects.count()


def test_without_looking_at_the_line_it_would_be_too_late(monkeypatch):
    """The negative control."""
    monkeypatch.setattr(base.DatabaseWrapper, "is_usable", lambda self: True)
    cut()
    with pytest.raises(DatabaseError), transaction.atomic():
        Prefecture.objects.count()
    connection.close()


def test_a_server_that_was_not_heard_for_long_is_asked(journeys, monkeypatch):
    Prefecture.objects.count()
    monkeypatch.setattr(base, "HEARD_LATELY", -1.0)
    journeys.clear()
    assert connection.is_usable()
    assert journeys == ["SELECT 1"]
