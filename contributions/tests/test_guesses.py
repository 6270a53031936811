"""Wrong codes are slowed for a minute; nothing is barred for good, nor depends on the broker."""

from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client

from assises.testing import make_open_consultation
from contributions import codes, guesses
from contributions.tests.changing import address
from contributions.tests.journey import Visitor


@pytest.fixture
def code(db):
    return Visitor(make_open_consultation()).contribute()


def wrong():
    return codes.code_for("02", 1, uuid4())


def find(typed, **more):
    return Client().post("/ma-contribution/", {"suivi": typed}, **more)


def guess_often(by=find):
    return [by(wrong()).status_code for _ in range(guesses.MOST)]


def test_after_so_many_wrong_codes_the_address_waits(code):
    assert set(guess_often()) == {200}
    answer = find(wrong())
    assert answer.status_code == 429
    assert answer["Retry-After"] == "60"
    assert find(code).status_code == 429, "a right one as well: otherwise nothing would be slowed"


def test_typing_codes_into_the_address_is_guessing_too(code):
    assert set(guess_often(lambda typed: Client().get(address(typed)))) == {404}
    assert Client().get(address(wrong())).status_code == 429
    assert Client().post(address(wrong(), "retirer")).status_code == 429


def test_another_address_is_not_slowed(code):
    guess_often()
    assert find(code, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_the_pause_ends_by_itself(code, monkeypatch):
    monkeypatch.setattr(guesses, "MINUTE", -1)  # the count is forgotten as soon as it is kept
    guess_often()
    assert find(code).status_code == 302


def test_what_is_tried_during_the_pause_does_not_prolong_it(code, monkeypatch):
    guess_often()
    kept = []
    monkeypatch.setattr(cache, "set", lambda *what: kept.append(what))
    find(wrong())
    assert kept == []


def test_right_codes_are_never_counted(code):
    assert {find(code).status_code for _ in range(guesses.MOST + 5)} == {302}


def test_what_is_no_code_is_not_counted(code):
    assert {find("bonjour").status_code for _ in range(guesses.MOST + 5)} == {200}


def test_without_the_count_guessing_would_go_on(code, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(guesses, "note_wrong", lambda request: None)
    guess_often()
    assert find(code).status_code == 302


def test_codes_open_when_nothing_can_be_counted(code, monkeypatch):
    def fail(*what):
        raise DatabaseError

    monkeypatch.setattr(cache, "get", fail)
    assert find(wrong()).status_code == 200
    assert find(code).status_code == 302


def test_no_network_address_is_kept(code):
    from django.db import connection

    find(wrong(), REMOTE_ADDR="198.51.100.7")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(*) FILTER (WHERE row::text LIKE '%%198.51%%') FROM assises_cache AS row")
        kept, told = cursor.fetchone()
    assert kept
    assert not told
