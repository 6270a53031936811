"""The ministry's first day: a list becomes invitations, and each prefecture's state is told."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from assises.accounts.accept import accept
from assises.accounts.first_administrators import EXPIRED, IN_PLACE, INVITED, NOBODY, invite_first, standings
from assises.accounts.invite import cancel
from assises.accounts.models import Invitation
from assises.outbox.models import OutboundMail
from assises.tenancy.context import as_ministry, as_prefecture
from assises.testing import make_member, make_person, make_prefecture

pytestmark = pytest.mark.django_db
LIST = "/ministere/prefectures/liste/"


@pytest.fixture
def lead():
    return make_member(None, "lead")


@pytest.fixture
def client(lead):
    client = Client()
    client.force_login(lead)
    return client


def upload(client, text):
    return client.post(LIST, {"file": SimpleUploadedFile("liste.csv", text.encode())})


def confirm(client, page):
    return client.post(LIST + "envoyer/", {"list": page.context["list"]})


def state_of(code):
    with as_ministry():
        return next(standing.state for standing in standings() if standing.prefecture.code == code)


def invite_one(code, email, by):
    with as_ministry():
        return invite_first(make_prefecture(code), email=email, by=by)


def test_a_list_is_shown_first_and_sent_when_confirmed(client):
    page = upload(client, "code;adresse\n02;a@essai.invalid\n03;b@essai.invalid")
    assert (page.context["sending"], page.context["kept"]) == (2, 0)
    with as_ministry():
        assert not OutboundMail.objects.exists()
    confirm(client, page)
    with as_ministry():
        assert set(OutboundMail.objects.values_list("to", flat=True)) == {"a@essai.invalid", "b@essai.invalid"}
    assert state_of("02") == INVITED


def test_one_wrong_line_holds_back_the_whole_list(client):
    page = upload(client, "02;a@essai.invalid\n99;b@essai.invalid")
    assert "Ligne 2" in page.content.decode()
    with as_ministry():
        assert not Invitation.objects.exists()


def test_nobody_is_invited_twice(client, lead):
    invite_one("02", "a@essai.invalid", lead)
    page = upload(client, "02;A@essai.invalid\n03;b@essai.invalid")
    assert (page.context["sending"], page.context["kept"]) == (1, 1)
    confirm(client, page)
    confirm(client, page)
    with as_ministry():
        assert OutboundMail.objects.filter(to="a@essai.invalid").count() == 1
        assert OutboundMail.objects.filter(to="b@essai.invalid").count() == 1


def test_a_prefecture_with_an_administrator_is_left_alone(client, lead):
    accept(invite_one("02", "a@essai.invalid", lead), person=make_person())
    page = upload(client, "02;b@essai.invalid")
    assert page.context["sending"] == 0
    assert "Administrateur déjà en place" in page.content.decode()


def test_what_comes_back_from_the_preview_is_checked_again(client):
    client.post(LIST + "envoyer/", {"list": "02;a@essai.invalid\n99;b@essai.invalid"})
    with as_ministry():
        assert not Invitation.objects.exists()


def test_each_state_is_told(lead):
    assert state_of("02") == NOBODY
    invitation = invite_one("02", "a@essai.invalid", lead)
    assert state_of("02") == INVITED
    with as_ministry():
        Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())
    assert state_of("02") == EXPIRED
    with as_ministry():
        cancel(invitation, by=lead)
    assert state_of("02") == NOBODY
    accept(invite_one("02", "a@essai.invalid", lead), person=make_person())
    assert state_of("02") == IN_PLACE


def test_every_address_that_was_invited_can_be_cancelled(client, lead):
    invite_one("02", "juste@essai.invalid", lead)
    invite_one("02", "erronee@essai.invalid", lead)
    page = client.get("/ministere/prefectures/", {"recherche": "aisne"}).content.decode()
    assert page.count("/annuler/") == 2
    assert "juste@essai.invalid" in page
    assert "erronee@essai.invalid" in page


def test_all_expired_invitations_are_sent_again_at_once(client, lead):
    for code in ("02", "03"):
        invite_one(code, f"{code}@essai.invalid", lead)
    with as_ministry():
        Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    client.post("/ministere/prefectures/relancer/")
    assert (state_of("02"), state_of("03")) == (INVITED, INVITED)


@pytest.mark.parametrize("words", ["cote-d'or", "Côte-d’Or", "COTE OR", "21"])
def test_a_prefecture_is_found_as_people_type_it(client, words):
    found = client.get("/ministere/prefectures/", {"recherche": words}).context["standings"]
    assert [standing.prefecture.code for standing in found] == ["21"]


def test_the_list_of_prefectures_is_complete_and_cheap(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        page = client.get("/ministere/prefectures/")
    assert len(page.context["standings"]) == page.context["total"] >= 101


def test_the_home_counts_what_waits(client):
    assert "préfectures sans invitation" in client.get("/ministere/").content.decode()


def test_a_reader_reads_and_changes_nothing():
    client = Client()
    client.force_login(make_member(None, "reader"))
    assert client.get("/ministere/prefectures/").status_code == 200
    assert client.post("/ministere/prefectures/relancer/").status_code == 403
    assert upload(client, "02;a@essai.invalid").status_code == 403


def test_a_teams_own_invitation_is_out_of_the_ministrys_reach(client):
    aisne = make_prefecture("02")
    administrator = Client()
    administrator.force_login(make_member(aisne, "administrator"))
    administrator.post("/aisne/prefecture/equipe/inviter/", {"email": "a@essai.invalid", "role": "agent"})
    with as_prefecture(aisne):
        number = Invitation.objects.get().pk
    assert client.post(f"/ministere/prefectures/invitations/{number}/annuler/").status_code == 404
