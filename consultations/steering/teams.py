"""The ministry writes to the teams of an exercise: editors and administrators, by the outbox of each prefecture."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from assises import clock
from assises.accounts.models import Membership, Prefecture, Role, User
from assises.outbox.post import post_all
from assises.tenancy.context import as_prefecture
from consultations.models import Campaign, CampaignMessage, Consultation

PATIENCE = timedelta(days=5)
ALL, UNTOUCHED, UNPUBLISHED = "all", "untouched", "unpublished"
REACHES = (
    (ALL, "Toutes les équipes"),
    (UNPUBLISHED, "Celles qui n’ont pas encore publié"),
    (UNTOUCHED, "Celles qui n’ont pas touché à leur brouillon depuis cinq jours"),
)


def mail_team(prefecture: Prefecture, kind: str, *, campaign: Campaign, **context: Any) -> int:
    """One mail to each of those who prepare the consultation; inside the scope of their prefecture."""
    team = Membership.objects.for_prefecture(prefecture).filter(role__in=[Role.EDITOR, Role.ADMINISTRATOR])
    addresses = team.filter(user__is_active=True).order_by("pk").values_list("user__email", flat=True)
    link = settings.BASE_URL + reverse("consultation_draft", args=[prefecture.slug, campaign.slug])
    return post_all(kind=kind, to=list(addresses), prefecture=prefecture, campaign=campaign, link=link, **context)


def reached(campaign: Campaign, reach: str, moment: datetime) -> QuerySet[Consultation]:
    """The consultations whose teams a message is for."""
    rows = Consultation.objects.filter(campaign=campaign).select_related("prefecture").order_by("prefecture")
    if reach == UNTOUCHED:
        return rows.untouched_since(moment - PATIENCE)
    return rows.filter(state=Consultation.State.DRAFT) if reach == UNPUBLISHED else rows


def send_message(campaign: Campaign, *, subject: str, text: str, reach: str, actor: User) -> CampaignMessage:
    """A message of the lead, to be found again with the number of mails it made."""
    prefectures = [each.prefecture for each in reached(campaign, reach, clock.now())]
    words = {"subject": subject, "text": text, "sender": actor}
    mails = mail_teams(prefectures, "campaign_message", campaign=campaign, reply_to=actor.email, **words)
    return CampaignMessage.objects.create(
        campaign=campaign, subject=subject, text=text, reach=reach, mails=mails, by=actor
    )


def remind_untouched(campaign: Campaign, *, actor: User) -> CampaignMessage | None:
    """The one-click reminder; nothing when nobody is waited for."""
    prefectures = [each.prefecture for each in reached(campaign, UNTOUCHED, clock.now())]
    if not prefectures:
        return None
    mails = mail_teams(prefectures, "campaign_reminder", campaign=campaign, reply_to=actor.email, sender=actor)
    names = ", ".join(prefecture.name for prefecture in prefectures)
    return CampaignMessage.objects.create(
        campaign=campaign,
        subject="Votre brouillon vous attend",
        text=f"Rappel envoyé à\u00a0: {names}.",
        reach=UNTOUCHED,
        mails=mails,
        by=actor,
    )


def mail_teams(prefectures: Iterable[Prefecture], kind: str, *, campaign: Campaign, **context: Any) -> int:
    """The same kind of mail to several teams, each in the scope of its prefecture."""
    sent = 0
    for prefecture in prefectures:
        with as_prefecture(prefecture):
            sent += mail_team(prefecture, kind, campaign=campaign, **context)
    return sent
