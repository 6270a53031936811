"""What the policies let through, table by table; each with the control that shows what would happen without them."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from assises.tenancy.context import Scope, as_ministry, as_prefecture, as_public, scoped
from assises.testing import make_prefecture
from assises.tests.database import owner_connection
from assises.tests.sample.models import Note, Notice, Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def notes():
    """One private row in each of two prefectures."""
    here, elsewhere = make_prefecture("02"), make_prefecture("03")
    with as_prefecture(here):
        mine = Note.objects.create(prefecture=here, text="ici")
    with as_prefecture(elsewhere):
        theirs = Note.objects.create(prefecture=elsewhere, text="là-bas")
    return mine, theirs


def texts(model):
    return sorted(model.objects.values_list("text", flat=True))


def test_no_audience_sees_no_rows(notes):
    assert texts(Note) == []


def test_a_prefecture_sees_its_rows_only(notes):
    with as_prefecture("02"):
        assert texts(Note) == ["ici"]
    with as_prefecture("03"):
        assert texts(Note) == ["là-bas"]


@pytest.mark.parametrize("scope", [as_public, as_ministry])
def test_private_rows_are_shown_to_nobody_else(notes, scope):
    with scope():
        assert texts(Note) == []


def test_a_prefecture_named_under_another_audience_opens_nothing(notes):
    for audience in ("public", "ministry", "nonsense"):
        with scoped(Scope(audience, "02")):
            assert texts(Note) == []


def test_raw_sql_is_bound_too(notes):
    with as_prefecture("02"), connection.cursor() as cursor:
        cursor.execute("SELECT text FROM sample_note")
        assert cursor.fetchall() == [("ici",)]


def test_another_tenants_row_cannot_be_changed_or_deleted(notes):
    with as_prefecture("02"):
        assert Note.objects.filter(pk=notes[1].pk).update(text="changé") == 0
        assert Note.objects.filter(pk=notes[1].pk).delete()[0] == 0
    with as_prefecture("03"):
        assert texts(Note) == ["là-bas"]


def test_a_row_cannot_be_written_into_another_tenant(notes):
    with pytest.raises(ProgrammingError, match="row-level security"), as_prefecture("02"):
        Note.objects.create(prefecture_id="03", text="intrus")


def test_a_row_cannot_be_moved_to_another_tenant(notes):
    with pytest.raises(ProgrammingError, match="row-level security"), as_prefecture("02"):
        Note.objects.filter(pk=notes[0].pk).update(prefecture_id="03")


def test_a_row_cannot_point_into_another_tenant(notes):
    with pytest.raises(IntegrityError, match="same_prefecture"), as_prefecture("02"), transaction.atomic():
        Notice.objects.create(prefecture_id="02", note_id=notes[1].pk, text="pointe ailleurs")
        check_constraints_now()


def test_a_row_may_point_within_its_tenant(notes):
    with as_prefecture("02"):
        Notice.objects.create(prefecture_id="02", note_id=notes[0].pk, text="pointe ici")
        check_constraints_now()
        assert texts(Notice) == ["pointe ici"]


def test_published_rows_are_shown_to_the_public_and_the_ministry_once_published():
    with as_prefecture("02"):
        Notice.objects.create(prefecture_id="02", text="projet")
        Notice.objects.create(prefecture_id="02", text="paru", published_at=timezone.now())
    for scope in (as_public, as_ministry):
        with scope():
            assert texts(Notice) == ["paru"]
    with as_prefecture("03"):
        assert texts(Notice) == []


def test_the_public_may_read_but_not_write_what_is_published():
    with as_prefecture("02"):
        Notice.objects.create(prefecture_id="02", text="paru", published_at=timezone.now())
    with as_public():
        assert Notice.objects.update(text="graffiti") == 0


def test_transmitted_rows_are_shown_to_the_ministry_once_transmitted():
    with as_prefecture("02"):
        Report.objects.create(prefecture_id="02", text="projet")
        Report.objects.create(prefecture_id="02", text="transmis", transmitted_at=timezone.now())
    with as_ministry():
        assert texts(Report) == ["transmis"]
    with as_public():
        assert texts(Report) == []


def test_append_only_rows_cannot_be_changed_or_deleted():
    with as_prefecture("02"):
        Report.objects.create(prefecture_id="02", text="transmis", transmitted_at=timezone.now())
    for action in (lambda: Report.objects.update(text="autre"), lambda: Report.objects.all().delete()):
        with pytest.raises(ProgrammingError, match="permission denied"), as_prefecture("02"):
            action()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["reading", "writing", "pointing"])
def test_without_the_policies_each_of_these_doors_stands_open(notes, what):
    """The negative control: the same acts, with the seal taken off by the owner."""
    with seal_taken_off():
        if what == "reading":
            assert texts(Note) == ["ici", "là-bas"]
        elif what == "writing":
            Note.objects.create(prefecture_id="03", text="intrus")
            assert "intrus" in texts(Note)
        else:
            Notice.objects.create(prefecture_id="02", note_id=notes[1].pk, text="pointe ailleurs")
            assert texts(Notice) == ["pointe ailleurs"]


@contextmanager
def seal_taken_off():
    owner = owner_connection(connection.settings_dict["NAME"])
    cursor = owner.cursor()
    cursor.execute("ALTER TABLE sample_note DISABLE ROW LEVEL SECURITY")
    cursor.execute("ALTER TABLE sample_notice DISABLE ROW LEVEL SECURITY")
    cursor.execute("ALTER TABLE sample_notice DROP CONSTRAINT sample_notice_note_id_same_prefecture")
    try:
        yield
    finally:
        owner.close()  # the database is thrown away after a transaction test


def check_constraints_now():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
