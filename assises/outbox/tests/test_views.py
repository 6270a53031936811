"""What became of a team's mails, and the demo's mailbox."""

import pytest
from django.test import Client
from django.utils import timezone

from assises.outbox.models import DemoMail, OutboundMail
from assises.outbox.post import enqueue
from assises.outbox.reasons import NETWORK, OTHERWISE, reason
from assises.tenancy.context import as_ministry, as_prefecture
from assises.testing import make_member, make_prefecture

pytestmark = pytest.mark.django_db
PAGE = "/aisne/prefecture/courriels/"


@pytest.fixture
def aisne():
    return make_prefecture("02")


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


def given_up_mail(prefecture, to="a@essai.invalid"):
    with as_prefecture(prefecture) if prefecture else as_ministry():
        mail = enqueue(kind="essai", to=to, prefecture=prefecture, subject="Un objet", text="Un lien secret\n")
        error = "SMTPRecipientsRefused : {}"
        OutboundMail.objects.filter(pk=mail.pk).update(given_up_at=timezone.now(), attempts=12, last_error=error)
    return mail


def test_a_mail_that_could_not_leave_says_why_in_french(aisne):
    given_up_mail(aisne)
    page = client_of(make_member(aisne, "agent")).get(PAGE).content.decode()
    assert "N’a pas pu partir" in page
    assert "Le serveur du destinataire refuse cette adresse" in page
    assert "SMTPRecipientsRefused" not in page


def test_the_text_of_a_mail_is_not_shown(aisne):
    """It may hold a link that gives rights."""
    given_up_mail(aisne)
    assert "Un lien secret" not in client_of(make_member(aisne, "administrator")).get(PAGE).content.decode()


def test_an_administrator_has_it_tried_again(aisne):
    mail = given_up_mail(aisne)
    client_of(make_member(aisne, "administrator")).post(f"{PAGE}{mail.pk}/reessayer/")
    with as_prefecture(aisne):
        mail.refresh_from_db()
    assert (mail.given_up_at, mail.attempts) == (None, 0)


def test_an_agent_reads_and_does_not_try_again(aisne):
    mail = given_up_mail(aisne)
    client = client_of(make_member(aisne, "agent"))
    assert "Réessayer" not in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}{mail.pk}/reessayer/").status_code == 403


def test_what_has_left_is_not_sent_twice(aisne):
    with as_prefecture(aisne):
        mail = enqueue(kind="essai", to="a@essai.invalid", prefecture=aisne, subject="Un objet", text="…")
        OutboundMail.objects.update(done_at=timezone.now())
    client_of(make_member(aisne, "administrator")).post(f"{PAGE}{mail.pk}/reessayer/")
    with as_prefecture(aisne):
        mail.refresh_from_db()
    assert mail.done_at


def test_another_prefectures_mail_is_an_unknown_page(aisne):
    mail = given_up_mail(make_prefecture("03"))
    client = client_of(make_member(aisne, "administrator"))
    assert client.post(f"{PAGE}{mail.pk}/reessayer/").status_code == 404
    assert "Un objet" not in client.get(PAGE).content.decode()


def test_the_ministry_sees_its_own_and_not_a_prefectures(aisne):
    given_up_mail(aisne, to="la-bas@essai.invalid")
    given_up_mail(None, to="ici@essai.invalid")
    page = client_of(make_member(None, "lead")).get("/ministere/courriels/").content.decode()
    assert "ici@essai.invalid" in page
    assert "la-bas@essai.invalid" not in page


@pytest.mark.parametrize(("state", "shown"), [("abandonnes", 1), ("en-attente", 2), ("partis", 0), ("", 3), ("xyz", 3)])
def test_mails_are_chosen_by_state(aisne, state, shown):
    given_up_mail(aisne)
    with as_prefecture(aisne):
        for _ in range(2):
            enqueue(kind="essai", to="b@essai.invalid", prefecture=aisne, subject="Un objet", text="…")
    page = client_of(make_member(aisne, "agent")).get(PAGE, {"etat": state})
    assert len(page.context["lines"]) == shown


def test_the_home_of_an_administrator_says_that_one_could_not_leave(aisne):
    given_up_mail(aisne)
    page = client_of(make_member(aisne, "administrator")).get("/aisne/prefecture/").content.decode()
    assert "courriel qui n’a pas pu partir" in page


def test_the_demos_mailbox_is_read_without_an_account():
    mail = DemoMail.objects.create(message_id="<1@essai>", to="a@essai.invalid", subject="Un objet", text="Bonjour")
    assert "Un objet" in Client().get("/demo/courriels/").content.decode()
    assert "Bonjour" in Client().get(f"/demo/courriels/{mail.pk}/").content.decode()


def test_markup_in_a_mail_stays_text():
    mail = DemoMail.objects.create(
        message_id="<1@essai>", to="a", subject="<b>Objet</b>", text="<script>alert(1)</script>"
    )
    assert "<script>alert" not in Client().get(f"/demo/courriels/{mail.pk}/").content.decode()


@pytest.mark.parametrize(
    ("error", "words"),
    [("ConnectionRefusedError : [Errno 111]", NETWORK), ("Inconnue : x", OTHERWISE), ("", "")],
)
def test_a_reason_is_plain_french(error, words):
    assert reason(error) == words
