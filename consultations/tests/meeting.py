"""Builders for meetings."""

from datetime import timedelta

from assises import clock
from assises.tenancy.context import as_prefecture
from assises.testing import make_member
from consultations.meetings import announce
from consultations.meetings.register import Given, register
from consultations.models import Meeting, Registration

DAY = timedelta(days=1)


def make_meeting(consultation, **facts):
    """In three days, two hours long, on registration, four seats; not announced."""
    with as_prefecture(consultation.prefecture):
        starts_at = facts.pop("starts_at", clock.now() + 3 * DAY)
        facts = {"title": "Réunion de Vervins", "place": "Salle des fêtes", "entry": "first", "capacity": 4, **facts}
        return Meeting.objects.create(
            prefecture=consultation.prefecture,
            consultation=consultation,
            starts_at=starts_at,
            ends_at=starts_at and starts_at + timedelta(hours=2),
            **facts,
        )


def make_announced(consultation, **facts):
    made = make_meeting(consultation, **facts)
    with as_prefecture(consultation.prefecture):
        announce.publish(made, actor=make_member(consultation.prefecture, "editor"))
    return made


def come(meeting, number=1, **facts):
    """One more visitor; gives the state they are shown."""
    given = {"name": f"Personne {number}", "mail": f"p{number}@essai.invalid", **facts}
    return register(meeting, Given(**given), form_key=f"formulaire-numero-{number:04}")


def people(meeting):
    with as_prefecture(meeting.prefecture_id):
        return list(Registration.objects.for_prefecture(meeting.prefecture_id).filter(meeting=meeting))


def states(meeting):
    return [row.state for row in people(meeting)]


def move_meeting(meeting, **facts):
    """As if time had passed."""
    with as_prefecture(meeting.prefecture_id):
        Meeting.objects.filter(pk=meeting.pk).update(**facts)
    for name, value in facts.items():
        setattr(meeting, name, value)
