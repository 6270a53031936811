"""The ministry extends an exercise for everybody, in one act, with a note for the public."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import transaction

from assises import clock
from assises.accounts.models import Prefecture, User
from assises.look.templatetags.french import day as in_words
from assises.tenancy.context import as_prefecture
from consultations.extend import INSTANT, extend
from consultations.models import Campaign, CampaignExtension, Consultation
from consultations.steering.teams import mail_team


class CannotExtendError(Exception):
    """`text` says why, in French; `field` names what to mend."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field, self.text = field, text


@dataclass(frozen=True)
class Reach:
    """How many consultations move, wait for their dates, or are left as they are."""

    moved: int
    drafts: int
    closed: int


def extend_nationally(
    campaign: Campaign, closes_on: date, note: str, *, actor: User, synthesis_due_on: date | None = None
) -> Reach:
    """A later last day for all; each open or coming consultation closes on it, at the hour at which it closed."""
    with transaction.atomic():
        locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
        due = synthesis_due_on or locked.synthesis_due_on
        refuse_what_does_not_hold(locked, closes_on, note, due)
        national = CampaignExtension.objects.create(
            campaign=locked, former_closes_on=locked.closes_on, closes_on=closes_on, note=note, by=actor
        )
        locked.closes_on, locked.synthesis_due_on = closes_on, due
        locked.save(update_fields=["closes_on", "synthesis_due_on"])
        return extend_each(locked, national, actor=actor)


def refuse_what_does_not_hold(campaign: Campaign, closes_on: date, note: str, due: date) -> None:
    if campaign.launched_at is None:
        raise CannotExtendError("closes_on", "L’exercice n’est pas lancé\u00a0: changez simplement ses dates.")
    if closes_on <= campaign.closes_on:
        raise CannotExtendError(
            "closes_on", f"Choisissez un jour après le {in_words(campaign.closes_on)}, la clôture actuelle."
        )
    if due <= closes_on:
        raise CannotExtendError(
            "synthesis_due_on", "Les synthèses sont attendues après la clôture\u00a0: repoussez aussi leur date."
        )
    if not note.strip():
        raise CannotExtendError("note", "Écrivez ce qui sera dit au public.")


def extend_each(campaign: Campaign, national: CampaignExtension, *, actor: User) -> Reach:
    moment = clock.now()
    moved = drafts = closed = 0
    words = {"campaign": campaign, "note": national.note}
    for consultation in Consultation.objects.filter(campaign=campaign).select_related("prefecture", "campaign"):
        office = consultation.prefecture
        if consultation.state == Consultation.State.DRAFT:
            drafts += 1
            with as_prefecture(office):
                mail_team(office, "campaign_extended", **words)
        elif not consultation.is_published or consultation.has_closed_at(moment):
            closed += 1
        else:
            moved += 1
            closes_at = same_hour_on(national.closes_on, consultation.closes_at, office)
            with as_prefecture(office):
                extend(consultation, closes_at, national.note, actor=actor, national=national)
                mail_team(office, "campaign_extended", closes_at=closes_at, **words)
    return Reach(moved, drafts, closed)


def same_hour_on(day: date, moment: datetime, office: Prefecture) -> datetime:
    """What the clocks there show when it closes stays the same; what ends at midnight ends with the day before."""
    local = moment.astimezone(office.zone)
    last_day = (moment - INSTANT).astimezone(office.zone).date()
    return (local + (day - last_day)).astimezone(UTC)
