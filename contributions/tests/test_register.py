"""The public register: a page anyone understands, a file anyone can keep; the closing is signed on its own."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client

from assises import clock
from assises.tenancy.context import as_prefecture
from assises.testing import make_open_consultation, make_prefecture, statements
from contributions.intake.record import record
from contributions.log import audit, keys, seal, tree
from contributions.models import Checkpoint, Contribution, LogEntry
from contributions.tests.changing import ask, close, correct, rows, sealed
from contributions.tests.journey import Visitor
from contributions.tests.said import contribute, said

HOUR = timedelta(hours=1)


@pytest.fixture
def consultation(db):
    return make_open_consultation()


def page(consultation, tail="registre/"):
    return Client().get(f"{consultation.get_absolute_url()}{tail}")


def late(consultation, reason="Postée le dernier jour, arrivée le lendemain"):
    """A letter with a postmark before the closing."""
    with as_prefecture(consultation.prefecture_id):
        consultation.refresh_from_db()
        moment = consultation.closes_at - timedelta(minutes=5)
        return record(said(consultation, channel="letter", version=None, acted_at=moment, reason=reason))


def test_an_empty_register_says_what_comes(consultation):
    answer = page(consultation)
    assert "Aucune contribution n’y est encore inscrite" in answer.content.decode()


def test_it_explains_itself_in_five_sentences_without_a_word_of_the_trade(consultation):
    contribute(consultation)
    sealed()
    answer = page(consultation).content.decode()
    explained = answer.split('class="numbered"')[1].split("</ol>")[0]
    assert explained.count("<li>") == 5
    for word in ("merkle", "sha", "hachage", "cryptograph", "ed25519", "racine", "feuille"):
        assert word not in explained.lower()


def test_what_it_holds_is_counted_by_kind(consultation):
    code = Visitor(consultation).contribute()
    correct(code)
    ask(Visitor(consultation).contribute(), "retirer")
    sealed()
    answer = " ".join(page(consultation).content.decode().split())
    for label, number in (("Reçues", 3), ("Corrigées ensuite", 1), ("Retirées", 1), ("Lignes", 5)):
        assert f"<dt>{label}</dt> <dd> {number} </dd>" in answer, label


def test_the_page_costs_few_statements_whatever_it_holds(consultation):
    for n in range(3):
        contribute(consultation, f"Texte {n}")
        sealed()
    with statements() as asked:
        page(consultation)
    assert len(asked) <= 8, asked


def test_the_file_holds_everything_and_nobodys_words(consultation):
    contribute(consultation, "Mot secret")
    sealed()
    answer = page(consultation, "registre.json")
    register = answer.json()
    assert "Mot secret" not in answer.content.decode()
    assert register["public_key"] == keys.public_key().hex()
    assert len(register["leaves"]) == register["checkpoints"][-1]["facts"]["size"] == 1
    assert audit.faults([register], keys.public_key()) == []


def test_a_file_that_did_not_change_is_not_sent_again(consultation):
    contribute(consultation)
    sealed()
    etag = page(consultation, "registre.json")["ETag"]
    address = f"{consultation.get_absolute_url()}registre.json"
    assert Client().get(address, headers={"If-None-Match": etag}).status_code == 304
    contribute(consultation, "Autre")
    sealed()
    assert Client().get(address, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("since", [1, 3, 6, 7])
def test_since_a_size_it_proves_that_it_only_grew(consultation, since):
    for n in range(7):
        contribute(consultation, f"Texte {n}")
        sealed()
    register = page(consultation, f"registre.json?depuis={since}").json()
    roots = {c["facts"]["size"]: bytes.fromhex(c["facts"]["root"]) for c in register["checkpoints"]}
    grown = register["consistency"]
    assert tree.grew(
        old_size=since,
        old_root=roots[since],
        size=7,
        new_root=roots[7],
        proof=[bytes.fromhex(one) for one in grown["path"]],
    )


@pytest.mark.parametrize("since", ["0", "8", "x", "-1", "9" * 30, "1.5"])
def test_since_a_size_that_never_was_there_is_nothing(consultation, since):
    contribute(consultation)
    sealed()
    assert page(consultation, f"registre.json?depuis={since}").status_code == 404


def test_what_is_not_published_has_no_register(consultation):
    with as_prefecture("02"):
        type(consultation).objects.update(state="draft", published_at=None)
    assert page(consultation).status_code == page(consultation, "registre.json").status_code == 404


# The closing -------------------------------------------------------------------


def test_the_closing_has_a_signature_of_its_own(consultation):
    contribute(consultation)
    sealed()
    close(consultation)
    assert [prefecture for prefecture, _, _ in seal.owing()] == ["02"]
    sealed()
    sizes = [(c.size, c.closing_at is not None) for c in rows(Checkpoint)]
    assert sizes == [(1, False), (1, True)]
    assert seal.owing() == []
    assert "porte sa propre signature" in page(consultation).content.decode()


def test_what_comes_late_comes_after_the_closing_with_its_date_and_reason(consultation):
    moment = clock.now()
    closed = make_open_consultation(make_prefecture("03"), opens_at=moment - 3 * HOUR, closes_at=moment - HOUR)
    late(closed)
    with as_prefecture("03"):
        seal.seal_prefecture("03")
        entries = list(LogEntry.objects.order_by("pk"))
    assert [entry.event for entry in entries] == ["received", "late"]
    assert entries[1].reason == "Postée le dernier jour, arrivée le lendemain"
    assert entries[1].about == bytes(entries[0].leaf_hash).hex()
    assert entries[1].acted_at == entries[0].acted_at < closed.closes_at
    assert [(c.size, c.closing_at is not None) for c in rows(Checkpoint, "03")] == [(0, True), (2, False)]


def test_an_extended_consultation_is_closed_again_by_its_new_closing(consultation):
    contribute(consultation)
    moment = clock.now()
    for hours in (2, 1):
        with as_prefecture("02"):
            type(consultation).objects.update(closes_at=moment - hours * HOUR, opens_at=moment - 9 * HOUR)
        sealed()
    assert len([c for c in rows(Checkpoint) if c.closing_at]) == 2


def test_while_somebody_may_still_be_sending_the_closing_waits(consultation, monkeypatch, at):
    contribute(consultation)
    at(consultation.closes_at)
    monkeypatch.setattr(seal, "is_still_receiving", lambda consultation: True)
    sealed()
    assert rows(Checkpoint) == []
    monkeypatch.setattr(seal, "is_still_receiving", lambda consultation: False)
    sealed()
    assert [c.size for c in rows(Checkpoint)] == [1]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_began_before_the_closing_is_seen():
    consultation = make_open_consultation()
    other = connections.create_connection("default")
    try:
        with as_prefecture("02"):
            assert not seal.is_still_receiving(consultation)
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT 1")
            with as_prefecture("02"):
                assert seal.is_still_receiving(consultation)
            cursor.execute("ROLLBACK")
        with as_prefecture("02"):
            assert not seal.is_still_receiving(consultation)
    finally:
        other.close()


# Written to a folder -----------------------------------------------------------


def test_the_command_writes_the_same_file(consultation, tmp_path, capsys):
    contribute(consultation)
    sealed()
    name = f"02/{consultation.campaign.slug}"
    call_command("export_log", str(tmp_path), consultation=name)
    (path,) = tmp_path.glob("*.json")
    written, served = json.loads(path.read_text()), page(consultation, "registre.json").json()
    assert written == served
    assert "1 lignes, 1 signatures" in capsys.readouterr().out


def test_a_consultation_that_does_not_exist_is_named(consultation, tmp_path):
    with pytest.raises(CommandError, match="02/nulle-part"):
        call_command("export_log", str(tmp_path), consultation="02/nulle-part")
    assert len(rows(Contribution)) == 0
