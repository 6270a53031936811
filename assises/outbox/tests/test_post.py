"""One kind of mail to a whole team: the same words, a row and a Message-ID each, in one statement."""

import pytest

from assises.outbox.models import OutboundMail
from assises.outbox.post import post_all
from assises.tenancy.context import as_prefecture
from assises.testing import make_campaign, make_person, make_prefecture, statements

pytestmark = pytest.mark.django_db
KIND = "campaign_reminder"


def send(addresses, office):
    context = {"campaign": make_campaign(), "link": "https://portail.invalid/", "sender": make_person()}
    with statements() as asked:
        sent = post_all(kind=KIND, to=addresses, prefecture=office, reply_to="lead@essai.invalid", **context)
    return sent, asked


def test_each_of_a_team_has_its_own_mail():
    office = make_prefecture("02")
    with as_prefecture(office):
        sent, asked = send(["a@essai.invalid", "b@essai.invalid"], office)
        mails = list(OutboundMail.objects.for_prefecture(office).order_by("to"))
    assert (sent, len(asked)) == (2, 1)
    assert [mail.to for mail in mails] == ["a@essai.invalid", "b@essai.invalid"]
    assert len({mail.message_id for mail in mails}) == 2
    assert mails[0].html


def test_nobody_to_write_to_writes_nothing():
    office = make_prefecture("02")
    with as_prefecture(office):
        assert send([], office) == (0, [])
        assert not OutboundMail.objects.for_prefecture(office).exists()
