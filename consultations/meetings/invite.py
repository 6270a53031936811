"""Partners that are asked to come, and what they answer: by their own key, or noted by the team."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from assises import clock
from assises.outbox.post import post
from assises.tenancy.context import as_prefecture
from consultations.around.keys import hash_of, is_key
from consultations.meetings.mails import facts_of
from consultations.models import Meeting, MeetingInvitation, Partner


def invitations_of(meeting: Meeting) -> QuerySet[MeetingInvitation]:
    rows = MeetingInvitation.objects.for_prefecture(meeting.prefecture_id)
    return rows.filter(meeting=meeting).select_related("partner")


def invite(meeting: Meeting, partners: Iterable[Partner]) -> int:
    """Those who were not invited yet; returns how many."""
    known = set(invitations_of(meeting).values_list("partner_id", flat=True))
    new = [partner for partner in partners if partner.pk not in known]
    MeetingInvitation.objects.bulk_create(
        MeetingInvitation(prefecture_id=meeting.prefecture_id, meeting=meeting, partner=partner) for partner in new
    )
    return len(new)


def write_to_all(meeting: Meeting, *, actor: Any) -> int:
    """Those who have an address and were not written to; returns how many mails."""
    waiting = invitations_of(meeting).filter(written_at=None).exclude(partner__mail="")
    for invitation in waiting.select_for_update(of=("self",)):
        post(
            kind="meeting_partner",
            to=invitation.partner.mail,
            prefecture=meeting.consultation.prefecture,
            reply_to=actor.email,
            partner=invitation.partner,
            link=link_of(meeting, invitation.partner),
            **facts_of(meeting),
        )
        invitation.written_at = clock.now()
        invitation.save(update_fields=["written_at"])
    return len(waiting)


def link_of(meeting: Meeting, partner: Partner) -> str:
    consultation = meeting.consultation
    where = [consultation.prefecture.slug, consultation.campaign.slug, meeting.pk, partner.key]
    return settings.BASE_URL + reverse("meeting_answer", args=where)


def held(meeting: Meeting, key: str) -> MeetingInvitation | None:
    """The invitation of the partner that has this key. Visitors may read none: the prefecture looks for them."""
    if not is_key(key):
        return None
    with as_prefecture(meeting.prefecture_id):
        return invitations_of(meeting).filter(partner__key_hash=hash_of(key)).first()


def answer(invitation: MeetingInvitation, said: str, note: str = "") -> None:
    """May change its mind; the latest answer counts."""
    with as_prefecture(invitation.prefecture_id):
        rows = MeetingInvitation.objects.for_prefecture(invitation.prefecture_id).filter(pk=invitation.pk)
        rows.update(answer=said, note=note.strip()[:150], answered_at=clock.now())
