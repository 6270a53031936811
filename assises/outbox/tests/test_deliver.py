"""A mail leaves once, or is kept and tried again; whoever receives it twice can tell. Against a real SMTP server."""

import socket
import time

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from assises.environment import mail_server
from assises.jobs import run
from assises.outbox import deliver
from assises.outbox.models import DemoMail, OutboundMail
from assises.outbox.post import SEND, enqueue
from assises.tenancy.context import as_ministry, as_prefecture
from assises.testing import make_prefecture

pytestmark = pytest.mark.django_db


class Mailbox(Message):
    """Takes what comes; told to, it refuses or dawdles instead."""

    def __init__(self):
        super().__init__()
        self.received = []
        self.refusal = ""
        self.pause = 0

    def handle_message(self, message):
        self.received.append(message)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 (aiosmtpd's name)
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.pause:
            time.sleep(self.pause)
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def mailbox(settings):
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.MAIL_SERVER = mail_server(f"smtp://127.0.0.1:{server.port}")
    settings.DEFAULT_FROM_EMAIL = "concertations@exemple.invalid"
    yield box
    server.stop()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def owe(**facts):
    with as_prefecture("02"):
        return enqueue(
            kind="essai",
            to="claire.aubrac@essai.invalid",
            prefecture=make_prefecture("02"),
            subject="Votre invitation",
            text="Bonjour,\n\nvous êtes attendue à Laon.\n",
            **facts,
        )


def again(mail):
    with as_prefecture("02"):
        return OutboundMail.objects.get(pk=mail.pk)


def test_a_mail_that_is_owed_leaves_whole(mailbox):
    mail = owe(reply_to="prefecture@aisne.invalid")
    run.run_due(SEND, "02")
    (received,) = mailbox.received
    assert received["To"] == "claire.aubrac@essai.invalid"
    assert received["Message-ID"] == mail.message_id
    assert received["Reply-To"] == "prefecture@aisne.invalid"
    assert received["Auto-Submitted"] == "auto-generated"
    text, html = received.get_payload()
    assert "attendue à Laon" in text.get_payload(decode=True).decode()
    assert "attendue" in html.get_payload(decode=True).decode()
    assert again(mail).done_at


def test_the_html_twin_says_the_same_words_and_runs_nothing():
    with as_prefecture("02"):
        html = enqueue(
            kind="essai",
            to="a@essai.invalid",
            prefecture=make_prefecture("02"),
            subject="<b>Bonjour</b>",
            text="Suivez https://exemple.invalid/lien\n\n<script>alert(1)</script>\n\nConcertations départementales\n",
        ).html
    assert '<a href="https://exemple.invalid/lien"' in html
    assert "<script" not in html
    assert "<b>" not in html
    assert "Préfecture de l’Aisne" in html
    assert html.count("Concertations départementales") == 1


def test_a_mail_that_left_does_not_leave_again(mailbox):
    owe()
    run.run_due(SEND, "02")
    run.run_due(SEND, "02")
    assert len(mailbox.received) == 1


def test_a_server_that_is_down_costs_nothing_but_time(settings):
    settings.MAIL_SERVER = mail_server(f"smtp://127.0.0.1:{free_port()}")
    mail = owe()
    run.run_due(SEND, "02")
    mail = again(mail)
    assert (mail.done_at, mail.attempts) == (None, 1)
    assert "refus" in mail.last_error.lower()


def test_a_server_that_refuses_is_quoted_and_asked_again_later(mailbox):
    mailbox.refusal = "550 boîte pleine"
    mail = owe()
    run.run_due(SEND, "02")
    assert "550" in again(mail).last_error
    mailbox.refusal = ""
    with as_prefecture("02"):
        run.retry(SEND, mail)
    run.run_due(SEND, "02")
    assert [received["Message-ID"] for received in mailbox.received] == [mail.message_id]


def test_a_server_that_dawdles_is_left_alone(mailbox, monkeypatch):
    monkeypatch.setattr(deliver, "TIMEOUT_SECONDS", 0.3)
    mailbox.pause = 1
    mail = owe()
    started = time.monotonic()
    run.run_due(SEND, "02")
    assert time.monotonic() - started < 5
    assert again(mail).done_at is None


def test_a_worker_that_dies_after_sending_sends_the_same_message_again(mailbox, monkeypatch):
    """At least once: the mail left, the mark did not; the second copy carries the same identifier."""
    mail = owe()

    def deliver_and_die(row):
        deliver.deliver(row)
        raise RuntimeError("killed before commit")

    monkeypatch.setitem(SEND.__dict__, "perform", deliver_and_die)
    run.run_due(SEND, "02")
    monkeypatch.setitem(SEND.__dict__, "perform", deliver.deliver)
    with as_prefecture("02"):
        run.retry(SEND, mail)
    run.run_due(SEND, "02")
    assert [received["Message-ID"] for received in mailbox.received] == [mail.message_id] * 2


def test_a_header_cannot_be_smuggled_in(mailbox):
    mail = owe()
    with as_prefecture("02"):
        OutboundMail.objects.filter(pk=mail.pk).update(subject="Bonjour\nBcc: tous@essai.invalid")
    run.run_due(SEND, "02")
    assert mailbox.received == []
    assert "newlines" in again(mail).last_error


def test_in_the_demo_nothing_leaves_and_everything_can_be_read(settings):
    settings.MAIL_SERVER = {}
    mail = owe()
    run.run_due(SEND, "02")
    run.run_due(SEND, "02")
    assert [received.message_id for received in DemoMail.objects.all()] == [mail.message_id]
    assert again(mail).done_at


def test_the_ministrys_mail_is_its_own(mailbox):
    with as_ministry():
        enqueue(kind="essai", to="a@essai.invalid", prefecture=None, subject="Bonjour", text="…")
    with as_prefecture("02"):
        assert not OutboundMail.objects.exists()
    run.run_due(SEND, "")
    assert len(mailbox.received) == 1
