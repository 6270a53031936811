"""A consultation closes later than it was announced, and the public is told why."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from assises import clock
from assises.look.templatetags.french import day, moment
from consultations.around.announce import announce
from consultations.models import CampaignExtension, Consultation, Extension
from consultations.touch import touch

INSTANT = timedelta(microseconds=1)  # closing is exclusive: what ends at midnight ends on the day before


class CannotExtendError(Exception):
    """Nothing was changed; `field` and `text` say what to mend."""

    field = "closes_at"
    text = ""

    def __init__(self, text: str = "") -> None:
        self.text = text or self.text
        super().__init__(self.text)


class NotPublishedError(CannotExtendError):
    text = "La concertation n’est pas publiée\u00a0: changez simplement sa clôture."


class AlreadyClosedError(CannotExtendError):
    text = "La concertation est close. Ce qui est clos ne rouvre pas."


class NotLaterError(CannotExtendError):
    text = "Choisissez une clôture après celle qui est annoncée."


class PastTheCampaignError(CannotExtendError):
    """The ministry alone moves the end of the exercise."""


class NoNoteError(CannotExtendError):
    field = "note"
    text = "Écrivez ce qui sera dit au public."


def extend(
    consultation: Consultation,
    closes_at: datetime,
    note: str,
    *,
    actor: Any,
    national: CampaignExtension | None = None,
) -> Extension:
    """Move the closing, keep both dates and the note, tell the followers. Inside the scope of its prefecture."""
    with transaction.atomic():
        mine = Consultation.objects.for_prefecture(consultation.prefecture_id)
        rows = mine.select_related("campaign", "prefecture").select_for_update(of=("self",), no_key=True)
        locked = rows.get(pk=consultation.pk)
        refuse_what_does_not_hold(locked, closes_at, note, is_national=national is not None)
        former = locked.closes_at
        extension = Extension.objects.create(
            prefecture_id=locked.prefecture_id,
            consultation=locked,
            national=national,
            former_closes_at=former,
            closes_at=closes_at,
            note=note.strip(),
            by=actor,
        )
        locked.closes_at = consultation.closes_at = closes_at
        locked.save(update_fields=["closes_at"])
        touch(locked)
        later = moment(closes_at, locked.prefecture.time_zone)
        announce(locked, "La concertation est prolongée", f"On peut contribuer jusqu’au {later}. {note.strip()}")
    return extension


def refuse_what_does_not_hold(
    consultation: Consultation, closes_at: datetime, note: str, *, is_national: bool = False
) -> None:
    if not consultation.is_published:
        raise NotPublishedError
    if consultation.has_closed_at(clock.now()):
        raise AlreadyClosedError
    if closes_at <= consultation.closes_at:
        raise NotLaterError
    last = consultation.campaign.closes_on
    if not is_national and (closes_at - INSTANT).astimezone(consultation.prefecture.zone).date() > last:
        raise PastTheCampaignError(f"L’exercice se termine le {day(last)}\u00a0: choisissez au plus tard ce jour-là.")
    if not note.strip():
        raise NoNoteError
