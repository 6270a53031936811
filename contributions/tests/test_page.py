"""The public page of a consultation, in every state and by every channel."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from assises import clock
from assises.tenancy.context import as_prefecture
from assises.testing import make_campaign, make_member, make_open_consultation, make_prefecture, statements
from consultations.extend import extend
from consultations.models import Consultation, Place
from consultations.tests.meeting import make_announced
from consultations.withdraw import withdraw
from contributions.tests.visiting import written

pytestmark = pytest.mark.django_db
EVERY_WAY = {
    "mail_address": "avis@aisne.invalid",
    "postal_address": "Préfecture\n02000 Laon",
    "telephone": "03 53 01 00 00",
    "telephone_hours": "Le matin",
    "meetings": "Le 4 mai à Laon",
    "contact_name": "Mission sécurité",
    "contact_mail": "mission@aisne.invalid",
}


@pytest.fixture
def consultation():
    return make_open_consultation()


@pytest.fixture
def editor():
    return make_member(make_prefecture(), "editor")


def change(**facts):
    with as_prefecture("02"):
        Consultation.objects.update(**facts)


def read(consultation):
    return Client().get(consultation.get_absolute_url()).content.decode()


def test_each_channel_is_explained(consultation):
    change(**EVERY_WAY)
    with as_prefecture("02"):
        Place.objects.create(
            prefecture_id="02",
            consultation=consultation,
            name="Mairie de Soissons",
            address="Soissons",
            hours="Le matin",
        )
        Place.objects.create(
            prefecture_id="02", consultation=consultation, kind="counter", name="France services", address="Vervins"
        )
    page = read(consultation)
    for said in (*EVERY_WAY.values(), "Mairie de Soissons", "France services"):
        assert said.splitlines()[0] in page


def test_without_a_questionnaire_nobody_is_asked_to_answer_online(consultation):
    change(is_online=False, meetings="Le 4 mai à Laon")
    page = read(consultation)
    assert "Le 4 mai à Laon" in page
    assert "Commencer" not in page
    assert Client().post(consultation.get_absolute_url(), {"public": "public"}).status_code == 200


def test_a_consultation_that_never_had_a_questionnaire_has_a_page(editor):
    with as_prefecture("02"):
        made = Consultation.objects.create(
            prefecture_id="02",
            campaign=make_campaign(themes=0),
            introduction="Trois réunions.",
            state="published",
            is_online=False,
            meetings="À Auch",
            opens_at=clock.now() - timedelta(hours=1),
            closes_at=clock.now() + timedelta(hours=1),
            published_at=clock.now(),
        )
    assert "À Auch" in read(made)


def test_an_extension_is_said_with_both_dates_and_its_note(consultation, editor):
    with as_prefecture("02"):
        extend(consultation, consultation.closes_at + timedelta(days=2), "Les mairies le demandent.", actor=editor)
    assert "Les mairies le demandent." in read(consultation)


def test_a_withdrawn_consultation_says_why_and_takes_no_answer(consultation, editor):
    key = written("02", consultation.campaign.slug)
    with as_prefecture("02"):
        withdraw(consultation, "Un recours est examiné.", actor=editor)
    page = read(consultation)
    assert "Un recours est examiné." in page
    assert "Retirée" in page
    assert "Commencer" not in page
    review = f"{consultation.get_absolute_url()}reponse/{key}/relire/"
    refused = Client().post(review)
    assert refused.status_code == 409
    assert "Un recours est examiné." in refused.content.decode()


def test_what_somebody_was_writing_is_given_back_after_a_withdrawal(consultation, editor):
    key = written("02", consultation.campaign.slug)
    with as_prefecture("02"):
        withdraw(consultation, "Un recours est examiné.", actor=editor)
    page = Client().get(f"{consultation.get_absolute_url()}reponse/{key}/etape/1/").content.decode()
    assert "on ne voit plus personne" in page


def test_readable_by_all_is_announced_before_one_writes(consultation):
    assert "lisibles par tous" not in read(consultation)
    change(is_readable_by_all=True)
    assert "lisibles par tous" in read(consultation)


def test_search_engines_and_messages_are_told_what_it_is(consultation):
    page = read(consultation)
    assert f'<link rel="canonical" href="{settings.BASE_URL}{consultation.get_absolute_url()}">' in page
    assert 'property="og:title"' in page
    assert '<meta name="description" content="Dites ce que vous vivez' in page


def test_only_public_pages_may_be_indexed(consultation):
    key = written("02", consultation.campaign.slug)
    client = Client()
    assert "X-Robots-Tag" not in client.get(consultation.get_absolute_url())
    for path in (f"{consultation.get_absolute_url()}reponse/{key}/etape/1/", "/compte/connexion/", "/rien/"):
        assert client.get(path)["X-Robots-Tag"] == "noindex"


def test_the_site_map_names_what_is_published_and_nothing_else(consultation):
    other = make_open_consultation(make_prefecture("03"))
    with as_prefecture("03"):
        Consultation.objects.filter(pk=other.pk).update(state="draft", published_at=None)
    said = Client().get("/sitemap.xml").content.decode()
    assert consultation.get_absolute_url() in said
    assert other.get_absolute_url() not in said
    assert "Sitemap: " in Client().get("/robots.txt").content.decode()


def test_the_page_costs_a_bounded_number_of_statements(consultation):
    with as_prefecture("02"):
        Place.objects.bulk_create(
            Place(prefecture_id="02", consultation=consultation, name=f"Lieu {n}", address="Laon") for n in range(30)
        )
    for n in range(5):
        make_announced(consultation, title=f"Réunion {n}")
    with statements() as asked:
        read(consultation)
    assert len(asked) <= 7, asked
