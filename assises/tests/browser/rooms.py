"""Meetings in every state worth looking at, made once for pages; those that are announced come from the demo."""

from datetime import timedelta
from typing import Any

from assises import clock
from assises.tenancy.context import as_prefecture
from assises.testing import make_member
from assises.tests.browser.around import HERE, address, elsewhere, now_in
from assises.tests.browser.visits import Visit
from consultations.around.partners import make, partners_of
from consultations.meetings import announce, attend
from consultations.meetings.draw import draw
from consultations.meetings.invite import invite
from consultations.models import Consultation, Meeting, Registration
from consultations.tests.meeting import come, make_announced, make_meeting, move_meeting
from contributions.drafts import new_key

FULL, LOT, OVER, DRAFT = "Vervins", "Atelier", "Soissons", "Château-Thierry"


def here(title: str) -> Meeting:
    """One of the demo's, in the open exercise."""
    rows = Meeting.objects.for_prefecture(HERE).select_related("consultation__prefecture", "consultation__campaign")
    return rows.get(consultation=now_in(HERE), title__contains=title)


def named(title: str) -> dict[str, Any]:
    with as_prefecture(HERE):
        return where(here(title))


def where(meeting: Meeting, **more: Any) -> dict[str, Any]:
    return address(meeting.consultation, number=meeting.pk, **more)


def full() -> dict[str, Any]:
    return named(FULL)


def lot() -> dict[str, Any]:
    return named(LOT)


def over() -> dict[str, Any]:
    return named(OVER)


def draft() -> dict[str, Any]:
    return named(DRAFT)


def of_department() -> dict[str, Any]:
    return {"departement": "aisne"}


def of_consultation() -> dict[str, Any]:
    with as_prefecture(HERE):
        return address(now_in(HERE))


def registered(state: str = "confirmed") -> dict[str, Any]:
    """The link of somebody who has that."""
    with as_prefecture(HERE):
        meeting = here(FULL)
        row = Registration.objects.filter(meeting=meeting, state=state).exclude(mail="").earliest("pk")
        return where(meeting, key=row.key)


def waiting() -> dict[str, Any]:
    return registered("waiting")


def caller() -> dict[str, Any]:
    with as_prefecture(HERE):
        meeting = here(FULL)
        return where(meeting, ticket=Registration.objects.filter(meeting=meeting).living().earliest("pk").ticket)


def invited() -> Meeting:
    with as_prefecture(HERE):
        meeting = here(FULL)
        found = now_in(HERE)
        if not partners_of(found).filter(name="Conseil citoyen de Vervins").exists():
            made = make(found, name="Conseil citoyen de Vervins", mail="conseil@essai.invalid", audience="association")
            made.save()
            invite(meeting, [made])
        return meeting


def partners() -> dict[str, Any]:
    return where(invited())


def partner() -> dict[str, Any]:
    meeting = invited()
    with as_prefecture(HERE):
        return where(meeting, invitation=meeting.invitations.earliest("pk").pk)


def partner_key() -> dict[str, Any]:
    meeting = invited()
    with as_prefecture(HERE):
        return where(meeting, key=meeting.invitations.select_related("partner").earliest("pk").partner.key)


def apart() -> Consultation:
    """Where nothing else is shown."""
    return elsewhere()


def cancelled() -> dict[str, Any]:
    made = make_announced(apart())
    with as_prefecture(made.prefecture_id):
        announce.cancel(made, "La salle est fermée par précaution.", actor=make_member(made.prefecture, "editor"))
    return where(made)


def free() -> dict[str, Any]:
    return where(make_announced(apart(), entry="free", capacity=None))


def by_invitation() -> dict[str, Any]:
    return where(make_announced(apart(), is_by_invitation=True, entry="free", capacity=None))


def closed() -> dict[str, Any]:
    made = make_announced(apart())
    move_meeting(made, registration_closes_at=clock.now() - timedelta(hours=1))
    return where(made)


def soon() -> dict[str, Any]:
    made = make_announced(apart(), registration_opens_at=clock.now() + timedelta(days=1))
    return where(made)


def drawn() -> dict[str, Any]:
    made = ready_to_draw(apart())
    with as_prefecture(made.prefecture_id):
        draw(made, actor=make_member(made.prefecture, "editor"))
    return where(made)


def ready_to_draw(consultation: Consultation) -> Meeting:
    made = make_announced(consultation, title="Réunion à tirer au sort", entry="lot", capacity=3)
    for number in range(1, 8):
        come(made, number)
    move_meeting(made, registration_closes_at=clock.now() - timedelta(minutes=1))
    return made


def to_draw() -> dict[str, Any]:
    with as_prefecture(HERE):
        found = now_in(HERE)
    return where(ready_to_draw(found))


def at_the_door() -> dict[str, Any]:
    with as_prefecture(HERE):
        meeting = here(FULL)
        attend.tick(meeting, 1, is_here=True)
        return where(meeting)


def incomplete() -> dict[str, Any]:
    with as_prefecture(HERE):
        found = now_in(HERE)
    return where(
        make_meeting(found, title="Réunion à compléter", starts_at=None, entry="free", capacity=None, place="")
    )


FOR_ANYONE = [
    Visit("meetings", state="some", given=of_department),
    Visit("meetings", state="nothing", given=lambda: {"departement": "ain"}),
    Visit("meeting", state="full", given=full),
    Visit("meeting", state="lot", given=lot),
    Visit("meeting", state="over", given=over),
    Visit("meeting", state="cancelled", given=cancelled),
    Visit("meeting", state="free", given=free),
    Visit("meeting", state="by-invitation", given=by_invitation),
    Visit("meeting", state="registrations-closed", given=closed),
    Visit("meeting", state="registrations-to-come", given=soon),
    Visit("meeting_replay", state="to-come", given=lot),
    Visit("meeting_replay", state="drawn", given=drawn),
    Visit("meeting_register", state="full", given=full),
    Visit("meeting_register", state="lot-with-identity", given=lot),
    Visit("meeting_register", state="closed", given=closed, status=409),
    Visit("meeting_registration", state="seat", given=registered),
    Visit("meeting_registration", state="waiting", given=waiting),
    Visit("meeting_registration", state="gone", given=lambda: {**full(), "key": new_key()}, status=410),
    Visit("meeting_answer", given=partner_key),
    Visit("meeting_answer", state="gone", given=lambda: {**full(), "key": new_key()}, status=410),
]
FOR_THE_TEAM = [
    Visit("prefecture_meetings", "editor", given=of_consultation),
    Visit(
        "prefecture_meetings",
        "agent",
        "nothing",
        lambda: {"departement": "creuse", "campaign": "securite-du-quotidien"},
        code="23",
    ),
    Visit("prefecture_meeting", "editor", "announced", full),
    Visit("prefecture_meeting", "agent", "over", over),
    Visit("prefecture_meeting", "editor", "incomplete", incomplete),
    Visit("meeting_new", "editor", given=of_consultation),
    Visit("meeting_edit", "editor", "draft", draft),
    Visit("meeting_edit", "editor", "announced", full),
    Visit("meeting_publish", "editor", given=draft),
    Visit("meeting_publish", "editor", "incomplete", incomplete),
    Visit("meeting_cancel", "editor", given=full),
    Visit("meeting_registrations", "agent", "full", full),
    Visit("meeting_registrations", "agent", "lot", lot),
    Visit("registration_cancel", "agent", given=caller),
    Visit("meeting_attendance", "agent", "ticked", at_the_door),
    Visit("meeting_attendance", "agent", "nobody", over),
    Visit("meeting_presents", "agent", given=over),
    Visit("meeting_draw", "editor", given=to_draw),
    Visit("meeting_partners", "editor", given=partners),
    Visit("meeting_partner_answer", "agent", given=partner),
]
