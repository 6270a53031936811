"""The lead prepares and launches an exercise from its pages."""

import pytest
from django.test import Client

from assises.tenancy.context import as_ministry
from assises.testing import make_campaign, make_member
from consultations.models import Campaign, Consultation, CoreQuestion, Correction, ReservePeriod

pytestmark = pytest.mark.django_db
CAMPAIGN = {
    "title": "Assises 2027",
    "purpose": "Dire ce que l’on attend.",
    "opens_on": "2027-01-11",
    "closes_on": "2027-02-05",
    "synthesis_due_on": "2027-02-19",
    "audiences": ["public", "elected"],
    "themes": "Se parler\n\nL’accueil\n",
}

DUE_2020 = {"synthesis_due_on": "2020-01-27"}


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
        ({"audiences": []}, "Cochez au moins un public."),
        ({"opens_on": "2027-02-20", "closes_on": ""}, "Les synthèses sont attendues après l’ouverture."),
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


def test_the_closing_is_proposed_from_two_dates(lead):
    lead.post("/ministere/exercices/nouveau/", {**CAMPAIGN, "opens_on": "2019-12-16", "closes_on": "", **DUE_2020})
    assert str(Campaign.objects.get().closes_on) == "2020-01-20"


def test_the_calendar_is_shown_before_anything_is_created(lead):
    typed = {**CAMPAIGN, "opens_on": "2019-12-16", "closes_on": "", **DUE_2020, "propose": "1"}
    page = lead.post("/ministere/exercices/nouveau/", typed).content.decode()
    assert "lundi 25\u00a0novembre 2019" in page
    assert 'value="2020-01-20"' in page
    assert "Dire ce que l’on attend." in page
    assert "Se parler" in page
    assert not Campaign.objects.exists()


def test_a_calendar_without_dates_asks_for_them_and_keeps_the_rest(lead):
    page = lead.post("/ministere/exercices/nouveau/", {**CAMPAIGN, "opens_on": "", "propose": "1"}).content.decode()
    assert "Il manque une date" in page
    assert "Dire ce que l’on attend." in page


def test_dates_change_until_the_launch(lead):
    campaign = make_campaign()
    facts = {**CAMPAIGN, "title": "Autre titre"}
    lead.post(f"/ministere/exercices/{campaign.slug}/modifier/", facts)
    campaign.refresh_from_db()
    assert (campaign.title, str(campaign.closes_on)) == ("Autre titre", "2027-02-05")


def test_after_the_launch_words_change_and_are_kept_but_dates_do_not(lead):
    campaign = make_campaign()
    lead.post(f"/ministere/exercices/{campaign.slug}/lancer/", {"reach": "some", "prefectures": ["02"]})
    lead.post(f"/ministere/exercices/{campaign.slug}/modifier/", {**CAMPAIGN, "title": "Corrigé"})
    campaign.refresh_from_db()
    assert (campaign.title, str(campaign.closes_on)) == ("Corrigé", "2035-01-19")
    assert Correction.objects.get().changes[0]["after"] == "Corrigé"


def test_the_second_lead_is_told_what_the_first_has_changed(lead):
    campaign = make_campaign()
    address = f"/ministere/exercices/{campaign.slug}/modifier/"
    seen = lead.get(address).context["form"].initial["seen"]
    Campaign.objects.filter(pk=campaign.pk).update(title="Écrit par l’autre")
    page = lead.post(address, {**CAMPAIGN, "title": "Le mien", "seen": seen}).content.decode()
    assert "Écrit par l’autre" in page
    assert "Le mien" in page
    campaign.refresh_from_db()
    assert campaign.title == "Écrit par l’autre"


def outline_of(*titles):
    boxes = {f"title_{n}": title for n, title in enumerate(titles)}
    return boxes | {f"instruction_{n}": "" for n in range(len(titles))}


def test_the_outline_is_kept_in_its_order_without_empty_sections(lead):
    campaign = make_campaign()
    sent = {**outline_of("Constats", "", "Propositions"), "synthesis_pages": "12", "ranked_proposals": "5"}
    lead.post(f"/ministere/exercices/{campaign.slug}/plan-de-la-synthese/", {**sent, "act": "save"})
    campaign.refresh_from_db()
    assert [section["title"] for section in campaign.outline] == ["Constats", "Propositions"]
    assert (campaign.synthesis_pages, campaign.ranked_proposals) == (12, 5)


@pytest.mark.parametrize(
    ("act", "titles"),
    [
        ("add", ["Un", "Deux", ""]),
        ("up-1", ["Deux", "Un"]),
        ("down-0", ["Deux", "Un"]),
        ("remove-0", ["Deux"]),
        ("up-0", ["Un", "Deux"]),
        ("down-9", ["Un", "Deux"]),
        ("nonsense", ["Un", "Deux"]),
    ],
)
def test_buttons_rearrange_what_is_typed_without_saving(lead, act, titles):
    campaign = make_campaign()
    address = f"/ministere/exercices/{campaign.slug}/plan-de-la-synthese/"
    page = lead.post(address, {**outline_of("Un", "Deux"), "act": act, "synthesis_pages": "7"})
    form = page.context["form"]
    assert [section["title"] for section in form.sections] == titles
    assert form["synthesis_pages"].value() == "7"
    campaign.refresh_from_db()
    assert campaign.outline == []


def test_an_instruction_without_a_title_is_asked_for_one(lead):
    campaign = make_campaign()
    sent = {"title_0": "", "instruction_0": "Deux pages.", "act": "save"}
    page = lead.post(f"/ministere/exercices/{campaign.slug}/plan-de-la-synthese/", sent).content.decode()
    assert "Donnez un titre à cette section, ou retirez-la." in page
    assert "Deux pages." in page


def test_an_outline_that_somebody_else_changed_is_not_overwritten_in_silence(lead):
    campaign = make_campaign()
    address = f"/ministere/exercices/{campaign.slug}/plan-de-la-synthese/"
    seen = lead.get(address).context["form"].initial["seen"]
    Campaign.objects.filter(pk=campaign.pk).update(outline=[{"title": "De l’autre", "instruction": ""}])
    page = lead.post(address, {**outline_of("Le mien"), "seen": seen, "act": "save"}).content.decode()
    assert "De l’autre" in page
    assert "Le mien" in page
    campaign.refresh_from_db()
    assert campaign.outline[0]["title"] == "De l’autre"


def test_last_years_exercise_is_made_again_at_the_dates_proposed(lead):
    campaign = make_campaign(themes=2, questions=2)
    Campaign.objects.filter(pk=campaign.pk).update(title="Assises 2020")
    address = f"/ministere/exercices/{campaign.slug}/refaire/"
    form = lead.get(address).context["form"]
    assert form["title"].value() != "Assises 2020"
    sent = {name: form[name].value() for name in ("title", "opens_on", "closes_on", "synthesis_due_on")}
    response = lead.post(address, {**sent, "with_kit": "on"})
    made = Campaign.objects.exclude(pk=campaign.pk).get()
    assert response.url == f"/ministere/exercices/{made.slug}/"
    assert made.made_from == campaign
    assert CoreQuestion.objects.filter(theme__campaign=made).count() == 4


def test_a_few_chosen_first_are_pilots_and_those_who_follow_are_not(lead):
    campaign = make_campaign()
    address = f"/ministere/exercices/{campaign.slug}/lancer/"
    lead.post(address, {"reach": "some", "prefectures": ["02"]})
    lead.post(address, {"reach": "all"})
    with as_ministry():
        pilots = Consultation.objects.filter(campaign=campaign, is_pilot=True)
        assert [each.prefecture_id for each in pilots] == ["02"]


def test_several_exercises_stand_side_by_side(lead):
    first, second = make_campaign(), make_campaign()
    for campaign in (first, second):
        lead.post(f"/ministere/exercices/{campaign.slug}/lancer/", {"reach": "some", "prefectures": ["02"]})
    page = lead.get("/ministere/exercices/").content.decode()
    assert first.title in page
    assert second.title in page
    assert "Aisne" in lead.get(f"/ministere/exercices/{second.slug}/prefectures/").content.decode()


def test_a_period_of_reserve_is_added_changed_and_removed(lead):
    period = {"title": "municipales", "starts_on": "2026-02-01", "ends_on": "2026-03-22"}
    lead.post("/ministere/exercices/reserve-electorale/nouvelle/", period)
    kept = ReservePeriod.objects.get()
    lead.post(f"/ministere/exercices/reserve-electorale/{kept.pk}/", {**period, "title": "municipales de 2026"})
    assert "municipales de 2026" in lead.get("/ministere/exercices/reserve-electorale/").content.decode()
    lead.post(f"/ministere/exercices/reserve-electorale/{kept.pk}/retirer/")
    assert not ReservePeriod.objects.exists()


def test_a_reserve_that_ends_before_it_starts_is_refused(lead):
    period = {"title": "municipales", "starts_on": "2026-03-22", "ends_on": "2026-02-01"}
    page = lead.post("/ministere/exercices/reserve-electorale/nouvelle/", period).content.decode()
    assert "La fin de la réserve doit suivre son début." in page


def test_a_calendar_warns_of_the_reserve(lead):
    ReservePeriod.objects.create(title="sénatoriales", starts_on="2035-01-20", ends_on="2035-02-20")
    page = lead.get(f"/ministere/exercices/{make_campaign().slug}/").content.decode()
    assert "sénatoriales" in page
