"""What followers are told: a row for the feed, owed to their mailboxes."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.urls import reverse

from assises.jobs.nudge import nudge, nudge_all
from assises.jobs.registry import Job, register
from assises.look.templatetags.french import moment
from assises.outbox.models import OutboundMail
from assises.outbox.post import SEND, twin, written
from consultations.models import Announcement, Consultation, Follower

KEY = "0" * 22  # stands for each follower's own key while the words are written once
MAILS_AT_ONCE = 1_000


def announce(consultation: Consultation, title: str, text: str, *, at: datetime | None = None) -> Announcement:
    """Say it now, or at a later moment."""
    facts = {} if at is None else {"due_at": at}
    made = Announcement.objects.create(
        prefecture_id=consultation.prefecture_id, consultation=consultation, title=title[:150], text=text, **facts
    )
    if at is None:
        nudge(TELL, made)
    return made


def announce_opening(consultation: Consultation) -> Announcement:
    """Owed at the opening, whenever that is."""
    zone = consultation.prefecture.time_zone
    text = f"On peut contribuer jusqu’au {moment(consultation.closes_at, zone)}."
    return announce(consultation, "La concertation est ouverte", text, at=consultation.opens_at)


def keep_silent(consultation: Consultation) -> None:
    """What has not been said yet is not true any more."""
    mine = Announcement.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    mine.owed().delete()


def said(consultation: Consultation) -> QuerySet[Announcement]:
    """What has been announced, latest first; an attempt moves the due date of what is being sent."""
    mine = Announcement.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    return mine.filter(Q(due_at__lte=Now()) | Q(attempts__gt=0) | Q(done_at__isnull=False))


def tell_followers(announcement: Announcement) -> None:
    """One mail to each address, in the transaction that marks the announcement as done: never a second one."""
    consultation = Consultation.objects.select_related("prefecture", "campaign").get(pk=announcement.consultation_id)
    office = consultation.prefecture
    followers = Follower.objects.for_prefecture(office).filter(consultation=consultation, confirmed_at__isnull=False)
    keys = {mail.casefold(): (mail, key) for mail, key in followers.order_by("-pk").values_list("mail", "key")}
    if not keys:
        return
    where = [office.slug, consultation.campaign.slug]
    leave = settings.BASE_URL + reverse("unfollow", args=[*where, KEY])
    subject, text = written(
        "announcement",
        office,
        {
            "announcement": announcement,
            "campaign": consultation.campaign,
            "link": settings.BASE_URL + reverse("consultation", args=where),
            "stop": leave,
        },
    )
    html = twin(subject, text, office=office.office_name)
    OutboundMail.objects.bulk_create(
        (
            OutboundMail(
                kind="announcement",
                prefecture=office,
                to=mail,
                subject=subject[:200],
                text=text.replace(KEY, key),
                html=html.replace(KEY, key),
                leave_url=leave.replace(KEY, key),
            )
            for mail, key in keys.values()
        ),
        batch_size=MAILS_AT_ONCE,
    )
    nudge_all(SEND, office.pk)


TELL = register(
    Job(name="consultations.announce", model=Announcement, perform=tell_followers, label="Annonce aux abonnés")
)
