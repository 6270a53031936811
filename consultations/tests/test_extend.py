"""A later closing is a public act: dated, explained, kept, told."""

from datetime import timedelta

import pytest

from assises import clock
from assises.outbox.models import OutboundMail
from assises.tenancy.context import as_prefecture
from assises.testing import make_campaign, make_member, make_open_consultation, make_prefecture
from consultations.extend import (
    AlreadyClosedError,
    NoNoteError,
    NotLaterError,
    NotPublishedError,
    PastTheCampaignError,
    extend,
)
from consultations.models import Announcement, CampaignExtension, Consultation, Extension
from consultations.withdraw import NoReasonError, withdraw

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def editor():
    return make_member(make_prefecture(), "editor")


@pytest.fixture
def consultation():
    return make_open_consultation()


def test_both_dates_the_note_and_the_author_are_kept(consultation, editor):
    former = consultation.closes_at
    with as_prefecture("02"):
        extend(consultation, former + DAY, "Les mairies le demandent.", actor=editor)
        kept = Extension.objects.get()
        assert (kept.former_closes_at, kept.closes_at, kept.by) == (former, former + DAY, editor)
        stored = Consultation.objects.get()
    assert stored.closes_at == consultation.closes_at == former + DAY
    assert stored.touched_at is not None


def test_it_is_announced_with_its_note(consultation, editor):
    with as_prefecture("02"):
        extend(consultation, consultation.closes_at + DAY, "Les mairies le demandent.", actor=editor)
        announced = Announcement.objects.get()
    assert "prolongée" in announced.title
    assert "Les mairies le demandent." in announced.text


@pytest.mark.parametrize(
    ("change", "delay", "note", "error"),
    [
        ({"state": "draft"}, DAY, "Note", NotPublishedError),
        ({"state": "withdrawn"}, DAY, "Note", NotPublishedError),
        ({"closes_at": -DAY}, DAY * 3, "Note", AlreadyClosedError),
        ({}, timedelta(0), "Note", NotLaterError),
        ({}, -DAY, "Note", NotLaterError),
        ({}, DAY * 400, "Note", PastTheCampaignError),
        ({}, DAY, "  ", NoNoteError),
    ],
)
def test_what_does_not_hold_is_refused_and_changes_nothing(editor, change, delay, note, error):
    closes_on = (clock.now() + DAY * 30).date()
    campaign = make_campaign(themes=0, closes_on=closes_on, synthesis_due_on=closes_on + DAY)
    consultation = make_open_consultation(campaign=campaign, opens_at=clock.now() - DAY * 3)
    with as_prefecture("02"):
        stored = {name: clock.now() + v if isinstance(v, timedelta) else v for name, v in change.items()}
        if stored:
            Consultation.objects.update(**stored)
            consultation.refresh_from_db()
        before = consultation.closes_at
        with pytest.raises(error) as refusal:
            extend(consultation, before + delay, note, actor=editor)
        assert refusal.value.text
        assert Consultation.objects.get().closes_at == before
        assert not Extension.objects.exists()


def test_the_ministry_may_go_past_the_end_of_the_exercise(editor):
    closes_on = (clock.now() + DAY).date()
    campaign = make_campaign(themes=0, closes_on=closes_on, synthesis_due_on=closes_on + DAY)
    consultation = make_open_consultation(campaign=campaign)
    national = CampaignExtension.objects.create(
        campaign=campaign, former_closes_on=closes_on, closes_on=closes_on + DAY * 9, note="Pour tous.", by=editor
    )
    with as_prefecture("02"):
        extend(consultation, clock.now() + DAY * 9, "Pour tous.", actor=editor, national=national)
        assert Extension.objects.get().national == national


def test_an_extension_cannot_be_rewritten(consultation, editor):
    from django.db import ProgrammingError

    with as_prefecture("02"):
        extend(consultation, consultation.closes_at + DAY, "Note", actor=editor)
    with pytest.raises(ProgrammingError, match="permission denied"), as_prefecture("02"):
        Extension.objects.update(note="autre chose")


def test_a_withdrawal_says_why_and_silences_what_was_not_said_yet(editor):
    consultation = make_open_consultation(opens_at=clock.now() + timedelta(minutes=5))
    with as_prefecture("02"):
        Announcement.objects.create(
            prefecture_id="02", consultation=consultation, title="Ouverture", text="…", due_at=consultation.opens_at
        )
        withdraw(consultation, "Un recours est examiné.", actor=editor)
        assert [each.title for each in Announcement.objects.all()] == ["La concertation est retirée"]
        assert Consultation.objects.get().withdrawn_reason == "Un recours est examiné."
        assert not OutboundMail.objects.exists()


def test_a_withdrawal_without_a_reason_is_refused(consultation, editor):
    with as_prefecture("02"), pytest.raises(NoReasonError):
        withdraw(consultation, " ", actor=editor)
    assert consultation.is_published
