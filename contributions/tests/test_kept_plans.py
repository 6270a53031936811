"""Functions whose plans are kept: they write every column, and see no more than whoever calls them."""

import re

import pytest
from django.db import connection

from assises.tenancy.context import PUBLIC, Scope, scoped
from assises.testing import make_open_consultation
from contributions import codes, drafts
from contributions.models import Contribution, LogEntry, Statement
from contributions.tests.journey import Visitor

pytestmark = pytest.mark.django_db
FUNCTIONS = ("asked_now", "begin_draft", "take_draft", "keep_answers", "receive", "count_passing")


def facts_of(name):
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc, prosecdef FROM pg_proc WHERE proname = %s", [name])
        [found] = cursor.fetchall()
    return found


@pytest.mark.parametrize("model", [Contribution, Statement, LogEntry])
def test_a_contribution_is_written_with_every_column(model):
    source, _ = facts_of("receive")
    table = model._meta.db_table
    [written, read] = re.search(rf"INSERT INTO {table} \(([^)]+)\)\s+SELECT\s+(.+?)\s+FROM", source, re.DOTALL).groups()
    columns = [field.column for field in model._meta.concrete_fields if not field.db_returning]
    given = [name.strip() for name in written.split(",")]
    assert given == [name.strip() for name in read.split(",")]
    numbered = [] if model is Contribution else ["id"]
    everything = {field.column for field in model._meta.concrete_fields} - set(numbered)
    assert set(given) == everything >= set(columns)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_they_run_as_whoever_calls_them(name):
    _, is_of_the_owner = facts_of(name)
    assert not is_of_the_owner


def test_a_draft_is_seen_and_taken_by_its_holder_only():
    consultation = make_open_consultation()
    visitor = Visitor(consultation).write_all()
    asked = ["asked", codes.hash_of(visitor.key), "02", consultation.campaign.slug]
    taken = [codes.hash_of(visitor.key), "02", consultation.pk, ""]
    for holder, is_found in (("", False), (codes.hash_of("x"), False), (codes.hash_of(visitor.key), True)):
        with scoped(Scope(PUBLIC, "02", holder=holder)):
            with connection.cursor() as cursor:
                cursor.execute("SELECT (draft).id IS NOT NULL FROM asked_now(%s, %s, %s)", asked[1:])
                assert cursor.fetchone()[0] is is_found
            assert (drafts.read(drafts.TAKE, taken) is not None) is is_found
