"""The lead prepares and launches an exercise from its pages."""

import pytest
from django.test import Client

from assises.tenancy.context import as_ministry
from assises.testing import make_campaign, make_member
from consultations.choices import labels_of
from consultations.models import Campaign, Consultation, CoreQuestion

pytestmark = pytest.mark.django_db
CAMPAIGN = {
    "title": "Assises 2027",
    "purpose": "Dire ce que l’on attend.",
    "opens_on": "2027-01-11",
    "closes_on": "2027-02-05",
    "synthesis_due_on": "2027-02-19",
    "themes": "Se parler\n\nL’accueil\n",
}


@pytest.fixture
def lead():
    client = Client()
    client.force_login(make_member(None, "lead"))
    return client


def test_an_exercise_is_made_of_a_title_three_dates_and_themes(lead):
    response = lead.post("/ministere/exercices/nouveau/", CAMPAIGN)
    campaign = Campaign.objects.get()
    assert response.url == f"/ministere/exercices/{campaign.slug}/"
    assert [theme.title for theme in campaign.themes.all()] == ["Se parler", "L’accueil"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"closes_on": "2027-01-01"}, "La clôture doit suivre l’ouverture."),
        ({"synthesis_due_on": "2027-02-05"}, "Les synthèses sont attendues après la clôture."),
        ({"themes": "Se parler\nse parler"}, "Deux lignes disent la même chose."),
        ({"themes": ""}, "Donnez au moins un thème."),
        ({"themes": "x" * 121}, "120 caractères au plus par ligne."),
    ],
)
def test_what_does_not_hold_is_said_and_what_was_typed_is_kept(lead, change, words):
    page = lead.post("/ministere/exercices/nouveau/", {**CAMPAIGN, **change}).content.decode()
    assert words in page
    assert "Dire ce que l’on attend." in page
    assert not Campaign.objects.exists()


def test_two_exercises_of_one_name_have_two_addresses(lead):
    for _ in range(2):
        lead.post("/ministere/exercices/nouveau/", CAMPAIGN)
    assert sorted(Campaign.objects.values_list("slug", flat=True)) == ["assises-2027", "assises-2027-2"]


def test_a_question_is_added_to_its_theme(lead):
    campaign = make_campaign(themes=1, questions=0)
    question = {"theme": campaign.themes.get().pk, "kind": "choice", "label": "Où ?", "choices": "En ville\nAilleurs"}
    lead.post(f"/ministere/exercices/{campaign.slug}/questions/nouvelle/", question)
    assert labels_of(CoreQuestion.objects.get().choices) == ["En ville", "Ailleurs"]


def test_a_choice_needs_two_answers(lead):
    campaign = make_campaign(themes=1, questions=0)
    question = {"theme": campaign.themes.get().pk, "kind": "choice", "label": "Où ?", "choices": "Partout"}
    page = lead.post(f"/ministere/exercices/{campaign.slug}/questions/nouvelle/", question)
    assert "Proposez au moins deux réponses" in page.content.decode()
    assert not CoreQuestion.objects.exists()


def test_once_launched_the_questions_do_not_change(lead):
    campaign = make_campaign()
    lead.post(f"/ministere/exercices/{campaign.slug}/lancer/", {"reach": "some", "prefectures": ["02", "974"]})
    before = CoreQuestion.objects.count()
    question = {"theme": campaign.themes.first().pk, "kind": "text", "label": "Encore ?"}
    lead.post(f"/ministere/exercices/{campaign.slug}/questions/nouvelle/", question)
    assert CoreQuestion.objects.count() == before
    with as_ministry():
        assert sorted(Consultation.objects.values_list("prefecture", flat=True)) == ["02", "974"]


def test_a_launch_offers_only_those_without_a_draft(lead):
    campaign = make_campaign()
    address = f"/ministere/exercices/{campaign.slug}/lancer/"
    lead.post(address, {"reach": "some", "prefectures": ["02"]})
    page = lead.get(address).content.decode()
    assert 'value="03"' in page
    assert 'value="02"' not in page


def test_the_whole_country_is_launched_in_one_gesture(lead):
    campaign = make_campaign()
    lead.post(f"/ministere/exercices/{campaign.slug}/lancer/", {"reach": "all"})
    with as_ministry():
        assert Consultation.objects.count() == 109


def test_some_without_any_is_asked_again(lead):
    campaign = make_campaign()
    page = lead.post(f"/ministere/exercices/{campaign.slug}/lancer/", {"reach": "some"}).content.decode()
    assert "Cochez au moins une préfecture" in page
    with as_ministry():
        assert not Consultation.objects.exists()
