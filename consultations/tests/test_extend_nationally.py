"""One act, and everybody has more time: as in 2017, when two weeks were given to the whole country."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from assises import clock
from assises.outbox.models import OutboundMail
from assises.tenancy.context import as_ministry, as_prefecture
from assises.testing import make_campaign, make_member, make_open_consultation, make_prefecture
from consultations.models import CampaignExtension, Consultation, Extension
from consultations.steering.extend_nationally import CannotExtendError, extend_nationally
from consultations.steering.launch import launch

pytestmark = pytest.mark.django_db
NOTE = "Vous êtes nombreux à répondre. Deux semaines de plus."
PARIS, TAHITI = ZoneInfo("Europe/Paris"), ZoneInfo("Pacific/Tahiti")
LATER = {"closes_on": date(2035, 2, 2), "synthesis_due_on": date(2035, 2, 12)}


@pytest.fixture
def lead():
    return make_member(None, "lead")


@pytest.fixture
def campaign():
    """To 19 January 2035: open in Aisne and in Polynesia, closed in Allier, a draft in Corrèze."""
    made = make_campaign(themes=1)
    make_open_consultation(make_prefecture("02"), campaign=made, closes_at=datetime(2035, 1, 19, 18, tzinfo=PARIS))
    make_open_consultation(make_prefecture("987"), campaign=made, closes_at=datetime(2035, 1, 15, 9, tzinfo=TAHITI))
    past = clock.now() - timedelta(minutes=1)
    make_open_consultation(make_prefecture("03"), campaign=made, closes_at=past)
    with as_ministry():
        launch(made, [make_prefecture("19")], actor=make_member(None, "lead"), tells=False)
    made.refresh_from_db()
    return made


def extend_it(campaign, lead, **changes):
    with as_ministry():
        return extend_nationally(campaign, **{"note": NOTE, "actor": lead, **LATER, **changes})


def closing(code):
    with as_prefecture(code):
        return Consultation.objects.select_related("prefecture").get().closes_at


def test_each_consultation_closes_on_the_new_day_at_its_own_hour(campaign, lead):
    extend_it(campaign, lead)
    assert closing("02") == datetime(2035, 2, 2, 18, tzinfo=PARIS)
    assert closing("987") == datetime(2035, 2, 2, 9, tzinfo=TAHITI)


def test_what_ends_at_midnight_ends_with_the_new_day(lead):
    campaign = make_campaign()
    make_open_consultation(campaign=campaign, closes_at=datetime(2035, 1, 20, 0, tzinfo=PARIS))
    with as_ministry():
        launch(campaign, [], actor=lead)
    extend_it(campaign, lead)
    assert closing("02") == datetime(2035, 2, 3, 0, tzinfo=PARIS)


def test_the_hour_stays_across_summer_time(lead):
    campaign = make_campaign(closes_on="2035-03-20", synthesis_due_on="2035-03-30")
    make_open_consultation(campaign=campaign, closes_at=datetime(2035, 3, 20, 18, tzinfo=PARIS))
    with as_ministry():
        launch(campaign, [], actor=lead)
    extend_it(campaign, lead, closes_on=date(2035, 4, 3), synthesis_due_on=date(2035, 4, 20))
    assert closing("02").astimezone(PARIS).hour == 18


def test_what_is_closed_stays_closed(campaign, lead):
    before = closing("03")
    assert extend_it(campaign, lead).closed == 1
    assert closing("03") == before


def test_what_is_withdrawn_is_left_alone(campaign, lead):
    with as_prefecture("02"):
        Consultation.objects.update(state="withdrawn")
    assert extend_it(campaign, lead).moved == 1


def test_the_campaign_and_its_synthesis_move_and_the_note_is_kept(campaign, lead):
    extend_it(campaign, lead)
    campaign.refresh_from_db()
    assert (campaign.closes_on, campaign.synthesis_due_on) == (date(2035, 2, 2), date(2035, 2, 12))
    kept = CampaignExtension.objects.get()
    assert (kept.former_closes_on, kept.note, kept.by) == (date(2035, 1, 19), NOTE, lead)


def test_the_synthesis_date_may_be_kept(campaign, lead):
    extend_it(campaign, lead, closes_on=date(2035, 1, 22), synthesis_due_on=None)
    campaign.refresh_from_db()
    assert campaign.synthesis_due_on == date(2035, 1, 27)


def test_each_prefecture_keeps_its_extension_with_the_national_one(campaign, lead):
    extend_it(campaign, lead)
    for code, number in (("02", 1), ("987", 1), ("03", 0), ("19", 0)):
        with as_prefecture(code):
            mine = Extension.objects.for_prefecture(code)
            assert [each.national.note for each in mine.select_related("national")] == [NOTE] * number


def test_teams_are_told_of_their_own_new_closing(campaign, lead):
    make_member(make_prefecture("987"), "editor")
    make_member(make_prefecture("19"), "editor")
    extend_it(campaign, lead)
    with as_prefecture("987"):
        assert "vendredi 2\u00a0février 2035 à\u00a09\u00a0h (heure de Tahiti)" in OutboundMail.objects.get().text
    with as_prefecture("19"):
        assert "vous pouvez fixer sa clôture jusqu’au vendredi 2\u00a0février 2035" in OutboundMail.objects.get().text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"closes_on": date(2035, 1, 19)}, "closes_on"),
        ({"synthesis_due_on": date(2035, 2, 2)}, "synthesis_due_on"),
        ({"synthesis_due_on": None}, "synthesis_due_on"),
        ({"note": " "}, "note"),
    ],
)
def test_what_does_not_hold_names_its_field_and_changes_nothing(campaign, lead, changes, field):
    before = closing("02")
    with pytest.raises(CannotExtendError) as error:
        extend_it(campaign, lead, **changes)
    assert error.value.field == field
    assert closing("02") == before
    assert not CampaignExtension.objects.exists()


def test_what_is_not_launched_has_dates_that_simply_change(lead):
    with pytest.raises(CannotExtendError) as error:
        extend_it(make_campaign(), lead)
    assert "changez simplement ses dates" in error.value.text


def test_the_lead_extends_on_a_page_that_says_what_will_happen(campaign, lead):
    client = Client()
    client.force_login(lead)
    address = f"/ministere/exercices/{campaign.slug}/prolonger/"
    assert "2 concertations publiées et non closes" in client.get(address).content.decode()
    page = client.post(address, {"closes_on": "2035-01-10", "synthesis_due_on": "2035-02-12", "note": NOTE})
    assert "Choisissez un jour après le" in page.content.decode()
    assert NOTE in page.content.decode()
    page = client.post(address, {**LATER, "note": NOTE}, follow=True).content.decode()
    assert "2 concertations restent ouvertes plus longtemps" in page
    assert "Prolongé pour tout le monde" in page
