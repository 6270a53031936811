"""The prefecture's pages about itself: facts, delegations, history, what waits."""

from datetime import timedelta

import pytest
from django.test import Client

from assises.accounts.changes import history_of, tell
from assises.accounts.delegate import give, revoke
from assises.accounts.models import Delegation, Membership, Prefecture
from assises.outbox.models import OutboundMail
from assises.tenancy.context import as_prefecture
from assises.testing import make_member, make_prefecture

pytestmark = pytest.mark.django_db


@pytest.fixture
def aisne():
    return make_prefecture("02")


@pytest.fixture
def administrator(aisne):
    return make_member(aisne, "administrator", "Claire Aubrac")


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


def number_of(person):
    return Membership.objects.get(user=person).pk


def lines(prefecture):
    with as_prefecture(prefecture):
        return tell(history_of(prefecture), prefecture)


def change_facts(client, **facts):
    return client.post("/aisne/prefecture/coordonnees/modifier/", facts)


def test_a_change_of_facts_says_who_what_and_from_which_page(aisne, administrator):
    before = aisne.telephone
    client = client_of(administrator)
    kept = {name: getattr(aisne, name) for name in ("address", "postal_code", "city")}
    change_facts(client, **kept, telephone="03 00 00 00 01")
    change_facts(client, **kept, telephone="03 00 00 00 02")
    aisne.refresh_from_db()
    last, first = (change for change in lines(aisne) if "coordonnées" in change.text)
    assert (last.author, last.page) == ("Claire Aubrac", "Préfecture")
    assert [d.replace("\u00a0", " ") for d in first.details] == [f"Téléphone : {before}, puis 03 00 00 00 01"]
    assert [d.replace("\u00a0", " ") for d in last.details] == ["Téléphone : 03 00 00 00 01, puis 03 00 00 00 02"]


def test_only_what_changed_is_written(aisne, administrator):
    """Two administrators who mend two facts at once keep both."""
    client = client_of(administrator)
    kept = {name: getattr(aisne, name) for name in ("address", "postal_code", "city", "telephone")}
    with as_prefecture(aisne):
        Prefecture.objects.filter(code="02").update(dpo_email="dpo@essai.invalid")
    change_facts(client, **kept, dpo_email="dpo@essai.invalid", functional_email="service@essai.invalid")
    stored = Prefecture.objects.get(code="02")
    assert (stored.dpo_email, stored.functional_email) == ("dpo@essai.invalid", "service@essai.invalid")


def test_facts_that_are_not_in_the_form_cannot_be_changed(aisne, administrator):
    change_facts(client_of(administrator), name="Autre", slug="autre", time_zone="UTC", telephone="1")
    stored = Prefecture.objects.get(code="02")
    assert (stored.name, stored.slug, stored.time_zone) == ("Aisne", "aisne", "Europe/Paris")


def test_rights_given_changed_and_removed_are_told(aisne, administrator):
    agent = make_member(aisne, "agent", "Paul Rivart")
    client = client_of(administrator)
    with as_prefecture(aisne):
        number = number_of(agent)
    client.post(f"/aisne/prefecture/equipe/{number}/modifier/", {"role": "editor", "title": "Chef de bureau"})
    client.post(f"/aisne/prefecture/equipe/{number}/retirer/")
    told = [change for change in lines(aisne) if "Paul Rivart" in change.text]
    assert [change.text for change in told] == [
        "Paul Rivart quitte l’équipe",
        "Les droits de Paul Rivart changent",
        "Paul Rivart rejoint l’équipe",
    ]
    assert [d.replace("\u00a0", " ") for d in told[1].details] == [
        "Rôle : agent, puis rédacteur",
        "Fonction affichée : aucune, puis Chef de bureau",
    ]
    assert (told[0].author, told[0].page) == ("Claire Aubrac", "Équipe")


def test_delegations_are_told(aisne):
    prefect, editor = make_member(aisne, "prefect"), make_member(aisne, "editor", "Marc Vallin")
    with as_prefecture(aisne):
        member = Membership.objects.select_related("user", "prefecture").get(user=editor)
        revoke(give(to=member, starts_on=aisne.today(), ends_on=aisne.today(), by=prefect))
    assert [change.text for change in lines(aisne) if "élégation" in change.text] == [
        "La délégation du préfet à Marc Vallin prend fin",
        "La délégation du préfet à Marc Vallin est donnée",
    ]


def test_decisions_are_told_with_their_subject(aisne, administrator):
    client = client_of(administrator)
    client.post("/aisne/prefecture/equipe/inviter/", {"email": "paul@essai.invalid", "role": "agent"})
    with as_prefecture(aisne):
        from assises.accounts.models import Invitation

        number = Invitation.objects.get().pk
    client.post(f"/aisne/prefecture/equipe/invitations/{number}/annuler/")
    texts = [change.text.replace("\u00a0", " ") for change in lines(aisne)]
    assert "Invitation annulée : paul@essai.invalid (agent)" in texts


def test_one_prefectures_history_is_not_in_anothers(aisne, administrator):
    make_member(make_prefecture("03"), "agent", "Odile Ailleurs")
    assert not [change for change in lines(aisne) if "Odile" in change.text]


def test_the_history_is_cut_into_pages_with_a_steady_number_of_queries(
    aisne, administrator, django_assert_max_num_queries
):
    for _ in range(40):
        make_member(aisne, "agent")
    client = client_of(administrator)
    with django_assert_max_num_queries(22):
        page = client.get("/aisne/prefecture/historique/")
    assert len(page.context["changes"]) == 30
    assert len(client.get("/aisne/prefecture/historique/?page=2").context["changes"]) == 11


def test_the_prefect_gives_a_delegation_and_the_delegate_is_told(aisne):
    prefect, editor = make_member(aisne, "prefect"), make_member(aisne, "editor")
    with as_prefecture(aisne):
        number = number_of(editor)
    today = aisne.today()
    given = {"given_to": number, "starts_on": today.isoformat(), "ends_on": (today + timedelta(days=7)).isoformat()}
    assert client_of(prefect).post("/aisne/prefecture/delegation/", given).status_code == 302
    assert "Vous avez la délégation du préfet" in client_of(editor).get("/aisne/prefecture/").content.decode()
    with as_prefecture(aisne):
        assert OutboundMail.objects.get(kind="delegation").to == editor.email


@pytest.mark.parametrize(("first", "last"), [(0, -1), (5, 2), (-9, -3)])
def test_a_delegation_that_would_give_nothing_is_refused(aisne, first, last):
    prefect, editor = make_member(aisne, "prefect"), make_member(aisne, "editor")
    with as_prefecture(aisne):
        number = number_of(editor)
    today = aisne.today()
    days = {
        "starts_on": (today + timedelta(days=first)).isoformat(),
        "ends_on": (today + timedelta(days=last)).isoformat(),
    }
    assert client_of(prefect).post("/aisne/prefecture/delegation/", {"given_to": number, **days}).status_code == 200
    with as_prefecture(aisne):
        assert not Delegation.objects.exists()


def test_a_member_of_another_prefecture_cannot_be_given_the_delegation(aisne):
    prefect, there = make_member(aisne, "prefect"), make_member(make_prefecture("03"), "editor")
    with as_prefecture("03"):
        number = number_of(there)
    today = aisne.today().isoformat()
    client_of(prefect).post("/aisne/prefecture/delegation/", {"given_to": number, "starts_on": today, "ends_on": today})
    with as_prefecture(aisne):
        assert not Delegation.objects.exists()


def test_the_home_names_what_an_administrator_can_do(aisne, administrator):
    page = client_of(administrator).get("/aisne/prefecture/").content.decode()
    assert "coordonnées à compléter" in page
    assert "rôle à pourvoir" in page


def test_the_home_is_kind_when_nothing_waits(aisne):
    page = client_of(make_member(aisne, "agent")).get("/aisne/prefecture/").content.decode()
    assert "Rien ne vous attend aujourd’hui" in page
