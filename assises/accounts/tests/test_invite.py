"""Inviting, sending again, cancelling; what the links hold."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assises.accounts.invite import (
    AlreadyInvitedError,
    AlreadyMemberError,
    cancel,
    invite,
    link_of,
    read_link,
    send_again,
    send_expired_again,
)
from assises.accounts.models import Invitation
from assises.outbox.models import OutboundMail
from assises.tenancy.context import as_ministry, as_prefecture
from assises.testing import make_member, make_prefecture
from assises.workflow import IllegalMoveError

pytestmark = pytest.mark.django_db


@pytest.fixture
def aisne():
    return make_prefecture("02")


@pytest.fixture
def administrator(aisne):
    return make_member(aisne, "administrator")


def token(invitation):
    return link_of(invitation).rstrip("/").rpartition("/")[2]


def test_an_invitation_owes_a_mail_that_says_who_writes_and_until_when(aisne, administrator):
    with as_prefecture(aisne):
        invitation = invite(prefecture=aisne, email="Paul.Rivart@Essai.invalid ", role="agent", by=administrator)
        mail = OutboundMail.objects.get()
    assert (mail.to, mail.reply_to) == ("paul.rivart@essai.invalid", administrator.email)
    assert mail.subject == "Préfecture de l’Aisne : rejoignez l’équipe de la concertation".replace(" :", "\u00a0:")
    assert link_of(invitation) in mail.text
    assert administrator.get_full_name() in mail.text
    assert "heure de Paris" in mail.text


def test_an_invitation_lasts_fourteen_days(aisne, administrator):
    with as_prefecture(aisne):
        invitation = invite(prefecture=aisne, email="a@essai.invalid", role="agent", by=administrator)
    assert abs(invitation.expires_at - timezone.now() - timedelta(days=14)) < timedelta(minutes=1)


def test_the_same_address_is_not_invited_twice(aisne, administrator):
    with as_prefecture(aisne):
        invite(prefecture=aisne, email="a@essai.invalid", role="agent", by=administrator)
        with pytest.raises(AlreadyInvitedError):
            invite(prefecture=aisne, email="A@essai.invalid", role="editor", by=administrator)
        assert OutboundMail.objects.count() == 1


def test_a_member_is_not_invited(aisne, administrator):
    with as_prefecture(aisne), pytest.raises(AlreadyMemberError):
        invite(prefecture=aisne, email=administrator.email.upper(), role="agent", by=administrator)


def test_sending_again_gives_a_new_link_and_a_new_term(aisne, administrator):
    with as_prefecture(aisne):
        invitation = invite(prefecture=aisne, email="a@essai.invalid", role="agent", by=administrator)
        Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
        first = token(invitation)
        send_again(invitation, by=administrator)
        assert token(invitation) != first
        assert read_link(first).serial + 1 == read_link(token(invitation)).serial
        assert invitation.expires_at > timezone.now()
        assert OutboundMail.objects.count() == 2


def test_what_was_cancelled_is_not_sent_again(aisne, administrator):
    with as_prefecture(aisne):
        invitation = invite(prefecture=aisne, email="a@essai.invalid", role="agent", by=administrator)
        cancel(invitation, by=administrator)
        with pytest.raises(IllegalMoveError):
            send_again(invitation, by=administrator)
        assert OutboundMail.objects.count() == 1


def test_a_cancelled_address_can_be_invited_again(aisne, administrator):
    with as_prefecture(aisne):
        cancel(invite(prefecture=aisne, email="a@essai.invalid", role="agent", by=administrator), by=administrator)
        assert invite(prefecture=aisne, email="a@essai.invalid", role="editor", by=administrator).pk


def test_the_ministry_chases_only_what_has_expired():
    lead = make_member(None, "lead")
    with as_ministry():
        late = invite(prefecture=make_prefecture("03"), email="a@essai.invalid", role="administrator", by=lead)
        invite(prefecture=make_prefecture("19"), email="b@essai.invalid", role="administrator", by=lead)
        Invitation.objects.filter(pk=late.pk).update(expires_at=timezone.now() - timedelta(days=1))
        assert send_expired_again(by=lead) == 1
        assert OutboundMail.objects.filter(to="a@essai.invalid").count() == 2
        assert OutboundMail.objects.filter(to="b@essai.invalid").count() == 1


def test_the_ministry_does_not_see_whom_a_prefecture_invites(aisne, administrator):
    with as_prefecture(aisne):
        invite(prefecture=aisne, email="a@essai.invalid", role="agent", by=administrator)
    with as_ministry():
        assert not Invitation.objects.exists()


@pytest.mark.parametrize("link", ["", "abc", "abc:def:ghi", "WyIwMiIsMSwxXQ:1abc:falsified"])
def test_a_link_that_we_did_not_sign_names_nothing(link):
    assert read_link(link) is None
