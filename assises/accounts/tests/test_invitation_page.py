"""What the person invited sees, and what taking the invitation up does."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from assises.accounts.invite import cancel, invite, link_of, send_again
from assises.accounts.models import Invitation, Membership, User
from assises.tenancy.context import as_ministry, as_prefecture
from assises.testing import make_member, make_person, make_prefecture
from assises.workflow import changes_of

pytestmark = pytest.mark.django_db
GOOD = {"full_name": "Paul Rivart", "password": "une phrase assez longue"}


@pytest.fixture
def aisne():
    return make_prefecture("02")


@pytest.fixture
def administrator(aisne):
    return make_member(aisne, "administrator", "Claire Aubrac")


@pytest.fixture
def invitation(aisne, administrator):
    return make_invitation(aisne, administrator, "paul@essai.invalid")


def make_invitation(prefecture, by, email, role="agent"):
    with as_prefecture(prefecture):
        return invite(prefecture=prefecture, email=email, role=role, by=by)


def path_of(invitation):
    return "/compte" + link_of(invitation).partition("/compte")[2]


def members_of(prefecture):
    with as_prefecture(prefecture):
        return {m.user.email: m.role for m in Membership.objects.select_related("user")}


def test_somebody_new_gives_a_name_and_a_password_and_is_at_work(aisne, invitation):
    client = Client()
    response = client.post(path_of(invitation), GOOD)
    assert (response.status_code, response.url) == (302, "/aisne/prefecture/")
    assert client.get(response.url).status_code == 200
    assert members_of(aisne)["paul@essai.invalid"] == "agent"
    assert EmailAddress.objects.filter(email="paul@essai.invalid", verified=True, primary=True).exists()


def test_the_acceptance_is_logged_with_its_author(aisne, invitation):
    Client().post(path_of(invitation), GOOD)
    with as_prefecture(aisne):
        change = changes_of(invitation).get()
    assert (change.before, change.after, change.actor.email) == ("pending", "accepted", "paul@essai.invalid")


def test_reading_the_link_changes_nothing(aisne, invitation):
    client = Client()
    for method in (client.get, client.head):
        assert method(path_of(invitation)).status_code == 200
    assert not User.objects.filter(email="paul@essai.invalid").exists()
    with as_prefecture(aisne):
        assert Invitation.objects.get().state == "pending"


@pytest.mark.parametrize("password", ["court", "123456789012", "paul@essai.invalid", ""])
def test_a_weak_password_is_refused_and_nothing_is_made(invitation, password):
    response = Client().post(path_of(invitation), {**GOOD, "password": password})
    assert response.status_code == 200
    assert not User.objects.filter(email="paul@essai.invalid").exists()


def test_somebody_with_an_account_logs_in_and_accepts(aisne, administrator):
    person = make_person("Paul Rivart")
    invitation = make_invitation(aisne, administrator, person.email)
    client = Client()
    page = client.get(path_of(invitation)).content.decode()
    assert "Se connecter" in page
    assert 'name="password"' not in page
    client.force_login(person)
    assert client.post(path_of(invitation)).url == "/aisne/prefecture/"
    assert members_of(aisne)[person.email] == "agent"


def test_nobody_can_take_an_account_over_by_a_link(aisne, administrator):
    """The owner's password is not replaced by whoever holds a link to their address."""
    person = make_person("Paul Rivart")
    invitation = make_invitation(aisne, administrator, person.email)
    before = person.password
    response = Client().post(path_of(invitation), GOOD)
    assert response.url.startswith("/compte/connexion/")
    person.refresh_from_db()
    assert person.password == before
    assert person.email not in members_of(aisne)


def test_another_account_cannot_accept(aisne, invitation):
    client = Client()
    other = make_person("Odile Autre")
    client.force_login(other)
    response = client.post(path_of(invitation), GOOD)
    assert "Déconnectez-vous" in response.content.decode()
    assert other.email not in members_of(aisne)
    assert "paul@essai.invalid" not in members_of(aisne)


def test_pressing_twice_joins_once(aisne, administrator):
    person = make_person("Paul Rivart")
    invitation = make_invitation(aisne, administrator, person.email)
    client = Client()
    client.force_login(person)
    client.post(path_of(invitation))
    assert client.post(path_of(invitation)).status_code == 410
    assert list(members_of(aisne)).count(person.email) == 1


def closed_by(name, aisne, administrator, invitation):
    with as_prefecture(aisne):
        if name == "expired":
            Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        elif name == "cancelled":
            cancel(invitation, by=administrator)
        elif name == "superseded":
            send_again(Invitation.objects.get(), by=administrator)
        else:
            Client().post(path_of(invitation), GOOD)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("expired", "Cette invitation a expiré"),
        ("cancelled", "Cette invitation a été annulée"),
        ("superseded", "Un courriel plus récent remplace celui-ci"),
        ("used", "Cette invitation a déjà été acceptée"),
    ],
)
def test_a_dead_link_says_why_and_whom_to_ask(aisne, administrator, invitation, name, words):
    path = path_of(invitation)
    closed_by(name, aisne, administrator, invitation)
    response = Client().get(path)
    page = response.content.decode()
    assert response.status_code == 410
    assert words in page
    assert administrator.email in page or "connectez-vous" in page
    people = User.objects.count()
    assert Client().post(path, GOOD).status_code == 410
    assert User.objects.count() == people


def test_a_falsified_link_shows_no_invitation(invitation):
    response = Client().get(path_of(invitation)[:-3] + "x/")
    assert response.status_code == 404
    assert "paul@essai.invalid" not in response.content.decode()


def test_a_link_of_one_prefecture_does_not_open_another(aisne, administrator):
    """The prefecture is in the signed part: the same number elsewhere is another invitation, or none."""
    mine = make_invitation(aisne, administrator, "a@essai.invalid")
    mine.prefecture_id = "03"
    assert Client().get(path_of(mine)).status_code == 404


def test_the_ministry_invites_into_its_own_team():
    lead = make_member(None, "lead")
    with as_ministry():
        invitation = invite(prefecture=None, email="paul@essai.invalid", role="reader", by=lead)
    client = Client()
    assert client.post(path_of(invitation), GOOD).url == "/ministere/"
    assert client.get("/ministere/").status_code == 200


def test_the_ministrys_first_administrator_of_a_prefecture_lands_there(aisne):
    lead = make_member(None, "lead")
    with as_ministry():
        invitation = invite(prefecture=aisne, email="paul@essai.invalid", role="administrator", by=lead)
    client = Client()
    assert client.post(path_of(invitation), GOOD).url == "/aisne/prefecture/"
    assert client.get("/aisne/prefecture/equipe/inviter/").status_code == 200


def test_a_member_invited_to_another_role_takes_it(aisne):
    member, lead = make_member(aisne, "agent"), make_member(None, "lead")
    with as_ministry():
        invitation = invite(prefecture=aisne, email=member.email, role="administrator", by=lead)
    client = Client()
    client.force_login(member)
    client.post(path_of(invitation))
    assert members_of(aisne) == {member.email: "administrator"}


def test_a_second_factor_is_asked_for_right_after(settings, invitation):
    settings.SECOND_FACTOR_REQUIRED = True
    client = Client()
    response = client.post(path_of(invitation), GOOD)
    assert client.get(response.url).url == "/compte/second-facteur/"
    assert client.get("/compte/second-facteur/application/").status_code == 200
