"""Follow a consultation by mail: an address is asked for, proves that it is its own, and can leave at any moment."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from assises import clock
from assises.outbox.post import post
from assises.tenancy.context import as_prefecture
from consultations.around.keys import hash_of, hold, is_key, new_key
from consultations.models import Consultation, Follower

PATIENCE = timedelta(minutes=10)  # somebody who asks again at once is not written to again


def ask(consultation: Consultation, mail: str) -> None:
    """Write to an address that does not follow yet. Whoever asks learns nothing of who follows.

    Visitors may neither read followers nor owe mails: it is done as the prefecture, behind this one function.
    """
    office = consultation.prefecture
    with as_prefecture(office):
        # Two requests at once: the second finds the first one's row.
        Consultation.objects.for_prefecture(office).select_for_update(no_key=True).get(pk=consultation.pk)
        rows = Follower.objects.for_prefecture(office).filter(consultation=consultation, mail__iexact=mail)
        row = rows.order_by("pk").first()
        now = clock.now()
        if row is None:
            key = new_key()
            row = Follower.objects.create(
                prefecture=office, consultation=consultation, mail=mail, key=key, key_hash=hash_of(key)
            )
        elif row.confirmed_at or now - row.asked_at < PATIENCE:
            return
        else:
            rows.filter(pk=row.pk).update(asked_at=now)
        post(
            kind="follow_confirm",
            to=row.mail,
            prefecture=office,
            campaign=consultation.campaign,
            link=settings.BASE_URL + reverse("follow_confirm", args=[office.slug, consultation.campaign.slug, row.key]),
        )


def held(consultation: Consultation, key: str) -> Follower | None:
    """The row of whoever has this key."""
    if not is_key(key):
        return None
    hold(consultation.prefecture_id, key)
    rows = Follower.objects.for_prefecture(consultation.prefecture_id)
    return rows.filter(consultation=consultation, key_hash=hash_of(key)).first()


def confirm(consultation: Consultation, key: str) -> bool:
    """The address is its own; false when nobody has this key. Twice is harmless."""
    row = held(consultation, key)
    if row is None:
        return False
    if row.confirmed_at is None:
        Follower.objects.for_prefecture(consultation.prefecture_id).filter(pk=row.pk).update(confirmed_at=clock.now())
    return True


def leave(consultation: Consultation, key: str) -> None:
    """Not a mail more, and no trace of the address. Twice is harmless."""
    if row := held(consultation, key):
        row.delete()
