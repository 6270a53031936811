"""By invitation: only who holds a partner's link starts, and what they say is theirs."""

import pytest
from django.test import Client

from assises.tenancy.context import as_prefecture
from assises.testing import make_open_consultation, make_prefecture
from consultations.around.partners import make, remove
from consultations.models import Consultation, Partner
from contributions.models import Contribution, Draft
from contributions.tests.visiting import written

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation():
    made = make_open_consultation()
    with as_prefecture("02"):
        Consultation.objects.update(is_by_invitation=True)
    return made


def make_partner(consultation, code="02"):
    with as_prefecture(code):
        partner = make(consultation, name="CCI de l’Aisne", mail="", audience="business")
        partner.save()
    return partner


def start(consultation, **more):
    return Client().post(consultation.get_absolute_url(), {"public": "business", **more})


def drafts():
    with as_prefecture("02"):
        return list(Draft.objects.all())


def test_without_a_key_nothing_can_be_started_and_the_page_explains(consultation):
    answer = start(consultation)
    assert answer.status_code == 200
    assert "Sur invitation" in answer.content.decode()
    assert "Commencer" not in answer.content.decode()
    assert drafts() == []


@pytest.mark.parametrize("key", ["", "x" * 22, "../../..", "'; DROP TABLE", "é" * 22])
def test_a_key_of_nobody_starts_nothing(consultation, key):
    make_partner(consultation)
    start(consultation, invitation=key)
    assert drafts() == []


def test_an_invited_body_sees_its_own_name_on_its_pages(consultation):
    begun = start(consultation, invitation=make_partner(consultation).key)
    assert "CCI de l’Aisne" in Client().get(begun.url).content.decode()


def test_the_key_of_another_consultation_starts_nothing(consultation):
    other = make_open_consultation(make_prefecture("03"))
    start(consultation, invitation=make_partner(other, "03").key)
    assert drafts() == []


def test_a_partner_is_named_and_its_draft_is_its_own(consultation):
    partner = make_partner(consultation)
    page = Client().get(f"{consultation.get_absolute_url()}?invitation={partner.key}").content.decode()
    assert "CCI de l’Aisne" in page
    answer = start(consultation, invitation=partner.key)
    assert answer.status_code == 302
    assert [(draft.partner_id, draft.audience) for draft in drafts()] == [(partner.pk, "business")]


def test_where_everybody_may_answer_no_key_is_asked():
    """The negative control."""
    consultation = make_open_consultation()
    assert start(consultation).status_code == 302
    assert [draft.partner_id for draft in drafts()] == [None]


def test_a_partner_that_has_answered_stays_named_and_its_link_stops(consultation):
    partner = make_partner(consultation)
    stopped = partner.key
    key = written("02", consultation.campaign.slug)
    with as_prefecture("02"):
        Draft.objects.update(partner=partner)
    Client().post(f"{consultation.get_absolute_url()}reponse/{key}/relire/")
    with as_prefecture("02"):
        assert Contribution.objects.get().partner == partner
        assert remove(consultation, partner) is False
        assert Partner.objects.get().name == "CCI de l’Aisne"
        assert Contribution.objects.get().partner == partner
    start(consultation, invitation=stopped)
    assert drafts() == []
