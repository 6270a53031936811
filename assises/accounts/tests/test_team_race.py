"""Two administrators who leave at the same moment: one of them stays."""

import threading

import pytest
from django.db import connection

from assises.accounts.models import Membership
from assises.accounts.team import LastOfRoleError, remove
from assises.tenancy.context import as_prefecture
from assises.testing import make_member, make_prefecture


def leave_at_once(people):
    """Each removes themself in a transaction of their own; returns how many were refused."""
    start, refused = threading.Barrier(len(people)), []

    def leave(person):
        try:
            with as_prefecture("02"):
                member = Membership.objects.get(user=person)
                start.wait(timeout=10)
                remove(member)
        except LastOfRoleError:
            refused.append(person)
        finally:
            connection.close()

    threads = [threading.Thread(target=leave, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(refused)


def administrators_left():
    with as_prefecture("02"):
        return Membership.objects.filter(role="administrator").count()


@pytest.mark.django_db(transaction=True)
def test_one_of_two_who_leave_at_once_stays():
    people = [make_member(make_prefecture("02"), "administrator") for _ in range(2)]
    assert leave_at_once(people) == 1
    assert administrators_left() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_nobody_stays(monkeypatch):
    """The negative control: the same check, which looks and does not wait."""
    arrived = threading.Barrier(2)

    def look(member):
        others = Membership.objects.filter(role="administrator").exclude(pk=member.pk).exists()
        arrived.wait(timeout=10)
        if not others:
            raise LastOfRoleError

    monkeypatch.setattr("assises.accounts.team.keep_one", look)
    people = [make_member(make_prefecture("02"), "administrator") for _ in range(2)]
    leave_at_once(people)
    assert administrators_left() == 0
