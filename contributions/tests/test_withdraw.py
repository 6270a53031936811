"""A withdrawal takes every word away and leaves its leaf; until the closing, with the code alone."""

import pytest
from django.db import connection
from django.test import Client

from assises.tenancy.context import as_prefecture
from assises.testing import make_open_consultation
from contributions.log import seal
from contributions.models import Contribution, Draft, Leaf, LogEntry, Statement
from contributions.tests.changing import address, ask, begin_correction, close, correct, rows, sealed
from contributions.tests.journey import Visitor

SENTINEL = "Quarante-deux sentinelles"


@pytest.fixture
def consultation(db):
    return make_open_consultation()


@pytest.fixture
def code(consultation):
    return Visitor(consultation).contribute()


def text_of(path):
    return Client().get(path).content.decode()


def anywhere(word):
    """The tables in which a word stands, whatever the column."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" AS row WHERE row::text LIKE %s', [f"%{word}%"])
            found += [table] if cursor.fetchone()[0] else []
    return found


def test_a_page_says_what_will_happen_and_changes_nothing(code):
    page = text_of(address(code, "retirer"))
    assert "aussitôt et pour toujours" in page
    assert rows(Contribution)[0].withdrawn_at is None


def test_withdrawn_it_says_so_and_shows_nothing_of_it(code):
    assert ask(code, "retirer").url == address(code)
    page = text_of(address(code))
    assert "Cette contribution est retirée" in page
    assert "On ne voit plus personne" not in page


def test_answers_words_and_salt_are_erased_and_the_leaf_stays(code):
    sealed()
    before = [bytes(entry.leaf_hash) for entry in rows(LogEntry)]
    ask(code, "retirer")
    sealed()
    (left,) = rows(Contribution)
    assert (left.answers, left.salt, left.may_publish) == ({}, None, False)
    assert rows(Statement) == []
    assert [bytes(entry.leaf_hash) for entry in rows(LogEntry)][:1] == before
    assert [entry.event for entry in rows(LogEntry)] == ["received", "withdrawn"]
    assert [leaf.number for leaf in rows(Leaf)] == [0, 1]


def test_no_word_is_left_in_any_table_not_even_of_what_was_corrected(code):
    correct(code, **{"presence.jugement": "bonne", "presence.constat": f"{SENTINEL} ici."})
    correct(code, **{"presence.jugement": "bonne", "presence.constat": "Autre chose."})
    begin_correction(code)
    with as_prefecture("02"):
        assert anywhere(SENTINEL) == ["contributions_statement"], "the negative control: there is something to find"
    ask(code, "retirer")
    with as_prefecture("02"):
        assert anywhere(SENTINEL) == []
    assert rows(Statement) == rows(Draft) == []


def test_twice_is_once(code):
    ask(code, "retirer")
    assert ask(code, "retirer").url == address(code)
    assert [entry.event for entry in rows(LogEntry)] == ["received", "withdrawn"]


def test_after_the_closing_one_is_told_what_can_be_done(consultation, code):
    close(consultation)
    refused = ask(code, "retirer")
    assert refused.status_code == 409
    assert "Faire une demande" in refused.content.decode()
    assert rows(Contribution)[0].withdrawn_at is None


@pytest.mark.parametrize("page", ["verifier/", "preuve.json", "attestation.pdf", "courriel/"])
def test_nothing_else_is_left_behind_the_code(code, page):
    ask(code, "retirer")
    assert Client().get(address(code) + page).url == address(code)


def test_only_the_code_withdraws(consultation, code):
    assert ask("02-0000-0000-0000-0000", "retirer").status_code == 404
    assert rows(Contribution)[0].withdrawn_at is None


def test_a_new_one_may_be_sent_after(consultation, code):
    ask(code, "retirer")
    assert Visitor(consultation).contribute() != code


def test_the_closing_is_still_signed(consultation, code):
    ask(code, "retirer")
    close(consultation)
    sealed()
    assert seal.owing() == []
