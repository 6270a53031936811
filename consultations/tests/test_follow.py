"""Follow without contributing: only who asked and proved it, once an announcement, until they leave."""

import re
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from assises import clock
from assises.jobs.run import run_due
from assises.outbox.deliver import headers
from assises.outbox.models import OutboundMail
from assises.tenancy.context import Scope, as_prefecture, as_public, scoped
from assises.testing import make_open_consultation, make_prefecture
from consultations.around import follow, forget
from consultations.around.announce import TELL, announce, tell_followers
from consultations.models import Announcement, Consultation, Follower

pytestmark = pytest.mark.django_db
MAIL = "lea@essai.invalid"


@pytest.fixture
def consultation():
    return make_open_consultation()


def address(consultation, rest=""):
    return f"/aisne/{consultation.campaign.slug}/{rest}"


def ask(consultation, mail=MAIL):
    return Client().post(address(consultation, "suivre/"), {"mail": mail})


def mails():
    with as_prefecture("02"):
        return list(OutboundMail.objects.order_by("pk"))


def link_in(mail):
    return re.search(r"https?://[^/]+(/\S+)", mail.text)[1]


def make_follower(consultation, mail=MAIL):
    with as_prefecture("02"):
        follow.ask(consultation, mail)
        Follower.objects.filter(mail=mail).update(confirmed_at=clock.now())
        OutboundMail.objects.all().delete()
        return Follower.objects.get(mail=mail)


def test_an_address_is_written_to_and_follows_only_once_it_has_answered(consultation):
    ask(consultation)
    (mail,) = mails()
    client = Client()
    assert "Oui, m’envoyer" in client.get(link_in(mail)).content.decode()
    with as_prefecture("02"):
        assert Follower.objects.get().confirmed_at is None
    client.post(link_in(mail))
    with as_prefecture("02"):
        assert Follower.objects.get().confirmed_at is not None


def test_asking_again_sends_nothing_more_and_says_the_same(consultation):
    first, second = ask(consultation), ask(consultation)
    assert first.content == second.content
    make_follower(consultation, "connue@essai.invalid")
    known, new = ask(consultation, "connue@essai.invalid"), ask(consultation, "inconnue@essai.invalid")
    assert known.content.decode().replace("connue@", "inconnue@") == new.content.decode()
    with as_prefecture("02"):
        assert Follower.objects.filter(mail=MAIL).count() == 1


def test_whoever_lost_the_mail_may_ask_again_later(consultation):
    ask(consultation)
    with as_prefecture("02"):
        Follower.objects.update(asked_at=clock.now() - follow.PATIENCE - timedelta(seconds=1))
    ask(consultation)
    assert len({link_in(mail) for mail in mails()}) == 1
    assert len(mails()) == 2


def test_a_wrong_address_is_named_and_kept(consultation):
    page = ask(consultation, "lea@@essai").content.decode()
    assert "nom@exemple.fr" in page
    assert "lea@@essai" in page


def test_each_follower_gets_one_mail_with_their_own_way_out(consultation):
    followers = [make_follower(consultation, f"p{n}@essai.invalid") for n in range(3)]
    with as_prefecture("02"):
        follow.ask(consultation, "jamais-confirmee@essai.invalid")
        OutboundMail.objects.all().delete()
        announce(consultation, "La concertation est prolongée", "Jusqu’à demain.")
    run_due(TELL, "02")
    sent = {mail.to: mail for mail in mails()}
    assert set(sent) == {follower.mail for follower in followers}
    for follower in followers:
        assert f"/ne-plus-suivre/{follower.key}/" in sent[follower.mail].text
        assert f"/ne-plus-suivre/{follower.key}/" in sent[follower.mail].html


def test_a_job_delivered_again_sends_nothing_more(consultation):
    make_follower(consultation)
    with as_prefecture("02"):
        announced = announce(consultation, "Prolongée", "…")
    for _ in range(3):
        run_due(TELL, "02", announced.pk)
    assert len(mails()) == 1


def test_a_job_that_dies_midway_sends_nothing_at_first_and_one_mail_in_the_end(consultation):
    make_follower(consultation)
    with as_prefecture("02"):
        announced = announce(consultation, "Prolongée", "…")
    with pytest.raises(RuntimeError), as_prefecture("02"), transaction.atomic():
        tell_followers(announced)
        raise RuntimeError
    assert mails() == []
    run_due(TELL, "02", announced.pk)
    assert len(mails()) == 1


def test_an_announcement_of_later_waits(consultation):
    make_follower(consultation)
    with as_prefecture("02"):
        announce(consultation, "Ouverture", "…", at=clock.now() + timedelta(hours=1))
    run_due(TELL, "02")
    assert mails() == []
    assert "Ouverture" not in Client().get(address(consultation, "fil.xml")).content.decode()


def test_one_click_forgets_the_address(consultation):
    follower = make_follower(consultation)
    client = Client()
    where = address(consultation, f"ne-plus-suivre/{follower.key}/")
    assert follower.mail in client.get(where).content.decode()
    assert "effacée" in client.post(where).content.decode()
    with as_prefecture("02"):
        assert not Follower.objects.exists()
    assert client.post(where).status_code == 200


def test_somebody_elses_key_opens_nothing(consultation):
    follower = make_follower(consultation)
    client = Client()
    assert client.get(address(consultation, f"suivre/{follower.key[:-2]}xx/")).status_code == 410
    client.post(address(consultation, f"ne-plus-suivre/{follower.key[:-2]}xx/"))
    with as_prefecture("02"):
        assert Follower.objects.count() == 1


def test_the_public_reads_no_follower_unless_it_holds_the_key(consultation):
    follower = make_follower(consultation)
    with as_public():
        assert not Follower.objects.exists()
    with scoped(Scope("public", "02", holder=follower.key_hash)):
        assert Follower.objects.get() == follower


def test_the_feed_says_what_was_announced_and_is_well_formed(consultation):

    with as_prefecture("02"):
        announce(consultation, "Prolongée <b>", "Jusqu’à « demain » & après.")
    answer = Client().get(address(consultation, "fil.xml"))
    assert answer["Content-Type"] == "application/atom+xml"
    tree = ET.fromstring(answer.content)
    titles = [title.text for title in tree.iter("{http://www.w3.org/2005/Atom}title")]
    assert "Prolongée <b>" in titles


def test_what_is_not_published_cannot_be_followed():
    assert Client().get("/aisne/rien-de-tel/suivre/").status_code == 404
    assert make_prefecture().slug == "aisne"


def test_announcements_are_those_of_their_own_consultation(consultation):
    other = make_open_consultation(make_prefecture("03"))
    make_follower(consultation)
    with as_prefecture("03"):
        announce(other, "Ailleurs", "…")
    run_due(TELL, "03")
    assert mails() == []
    with as_prefecture("03"):
        assert Announcement.objects.get().done_at is not None


def test_a_flood_of_requests_is_slowed_and_keeps_what_was_typed(consultation, monkeypatch):
    from consultations.views import public

    monkeypatch.setattr(public, "FOLLOWS", {"follow": "2/10m/key"})
    answers = [ask(consultation, f"p{n}@essai.invalid") for n in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "p2@essai.invalid" in answers[-1].content.decode()
    assert len(mails()) == 2


@pytest.mark.parametrize(
    ("asked_days_ago", "is_confirmed", "closed_days_ago", "is_forgotten"),
    [(6, False, 0, False), (8, False, 0, True), (300, True, 0, False), (300, True, 364, False), (400, True, 366, True)],
)
def test_addresses_are_forgotten_in_time(consultation, asked_days_ago, is_confirmed, closed_days_ago, is_forgotten):
    make_follower(consultation)
    now = clock.now()
    with as_prefecture("02"):
        Follower.objects.update(
            asked_at=now - timedelta(days=asked_days_ago), confirmed_at=now if is_confirmed else None
        )
        if closed_days_ago:
            Consultation.objects.update(
                opens_at=now - timedelta(days=500), closes_at=now - timedelta(days=closed_days_ago)
            )
    assert bool(forget.owing()) is is_forgotten
    with as_prefecture("02"):
        forget.forget_followers("02")
        assert Follower.objects.exists() is not is_forgotten
    assert forget.owing() == []


def test_the_mail_program_can_leave_with_one_click(consultation):
    make_follower(consultation)
    with as_prefecture("02"):
        tell_followers(announce(consultation, "La concertation est ouverte", "Jusqu’au 3 décembre."))
    (mail,) = mails()
    found = headers(mail)
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = found["List-Unsubscribe"].strip("<>")
    stranger = Client(enforce_csrf_checks=True)  # the mail provider's, without cookie or page
    assert stranger.post(address.removeprefix(settings.BASE_URL), {"List-Unsubscribe": "One-Click"}).status_code == 200
    with as_prefecture("02"):
        assert not Follower.objects.exists()
