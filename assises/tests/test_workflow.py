"""Only declared moves happen, one at a time, each with its author."""

import threading

import pytest
from django.db import connections

from assises.tenancy.context import as_prefecture
from assises.testing import make_person
from assises.tests.sample.models import Note
from assises.workflow import IllegalMoveError, changes_of, move

READY, DRAFT = Note.State.READY, Note.State.DRAFT


@pytest.fixture
def note():
    with as_prefecture("02"):
        return Note.objects.create(prefecture_id="02", text="projet")


@pytest.mark.django_db
def test_a_declared_move_is_written_with_who_and_why(note):
    person = make_person()
    with as_prefecture("02"):
        move(note, READY, actor=person, comment="relu deux fois", text="relu")
        note.refresh_from_db()
        assert (note.state, note.text) == ("ready", "relu")
        (change,) = changes_of(note)
    assert (change.before, change.after, change.actor, change.comment) == ("draft", "ready", person, "relu deux fois")


@pytest.mark.django_db
def test_a_move_that_is_not_declared_changes_nothing_and_says_so(note):
    with as_prefecture("02"):
        move(note, READY, actor=None)
        with pytest.raises(IllegalMoveError):
            move(note, DRAFT, actor=None)
        note.refresh_from_db()
        assert note.state == "ready"
        assert changes_of(note).count() == 1


@pytest.mark.django_db
def test_what_counts_is_the_stored_state_and_not_the_page_that_was_open(note):
    with as_prefecture("02"):
        stale = Note.objects.get(pk=note.pk)
        move(note, READY, actor=None)
        with pytest.raises(IllegalMoveError):
            move(stale, READY, actor=None)
        assert stale.state == "ready"


@pytest.mark.django_db(transaction=True)
def test_two_people_who_decide_at_once_decide_once(note):
    outcomes = []

    def decide():
        try:
            with as_prefecture("02"):
                move(Note.objects.get(pk=note.pk), READY, actor=None)
            outcomes.append("moved")
        except IllegalMoveError:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=decide) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["moved", "refused", "refused", "refused"]
    with as_prefecture("02"):
        assert changes_of(note).count() == 1


@pytest.mark.django_db
def test_the_log_of_decisions_is_the_tenants(note):
    with as_prefecture("02"):
        move(note, READY, actor=None)
    with as_prefecture("03"):
        assert not changes_of(note).exists()
