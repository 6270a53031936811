"""Bodies that are invited by name: added one by one or from a list, written to, each with its own link."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import ProtectedError, QuerySet
from django.urls import reverse

from assises import clock
from assises.accounts.models import User
from assises.outbox.post import post
from consultations.around.keys import hash_of, new_key
from consultations.around.short import links_of, remove_link
from consultations.models import Audience, Consultation, Partner
from consultations.touch import touch

LONGEST_NAME = 150


@dataclass(frozen=True)
class Pasted:
    """One line of a list."""

    name: str
    mail: str


class UnreadableLineError(Exception):
    """A line that is no partner; the text says which and what to write."""


def read_lines(text: str) -> list[Pasted]:
    """« nom ; courriel », one a line; the mail may be missing. All lines are read before any is kept."""
    found: dict[str, Pasted] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        name, _, mail = (part.strip() for part in line.replace("\t", ";").partition(";"))
        if not name:
            raise UnreadableLineError(f"Ligne {number}\u00a0: écrivez le nom de l’organisme avant le point-virgule.")
        if len(name) > LONGEST_NAME:
            raise UnreadableLineError(f"Ligne {number}\u00a0: le nom dépasse {LONGEST_NAME} caractères.")
        if mail:
            try:
                validate_email(mail)
            except ValidationError:
                raise UnreadableLineError(
                    f"Ligne {number}\u00a0: «\u00a0{mail}\u00a0» n’est pas une adresse électronique. "
                    "Écrivez-la comme nom@exemple.fr."
                ) from None
        found.setdefault(name.casefold(), Pasted(name, mail))
    return list(found.values())


def make(consultation: Consultation, *, name: str, mail: str, audience: str) -> Partner:
    """Not stored yet."""
    key = new_key()
    return Partner(
        prefecture_id=consultation.prefecture_id,
        consultation=consultation,
        name=name,
        mail=mail,
        audience=audience,
        key=key,
        key_hash=hash_of(key),
    )


def add_all(consultation: Consultation, pasted: list[Pasted], *, audience: str = Audience.ASSOCIATION) -> int:
    """Those that are not in the list yet; returns how many."""
    known = {name.casefold() for name in partners_of(consultation).values_list("name", flat=True)}
    new = [each for each in pasted if each.name.casefold() not in known]
    Partner.objects.bulk_create(make(consultation, name=n.name, mail=n.mail, audience=audience) for n in new)
    touch(consultation)
    return len(new)


def partners_of(consultation: Consultation) -> QuerySet[Partner]:
    return Partner.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)


def link_of(consultation: Consultation, partner: Partner) -> str:
    """The whole personal link."""
    where = reverse("consultation", args=[consultation.prefecture.slug, consultation.campaign.slug])
    return f"{settings.BASE_URL}{where}?invitation={partner.key}"


def invite(consultation: Consultation, partner: Partner, *, actor: User) -> bool:
    """Write to one partner, once more if asked; false when it has no address."""
    if not partner.mail:
        return False
    post(
        kind="partner_invited",
        to=partner.mail,
        prefecture=consultation.prefecture,
        reply_to=actor.email,
        partner=partner,
        consultation=consultation,
        link=link_of(consultation, partner),
        sender=actor,
    )
    partner.invited_at = clock.now()
    partner.save(update_fields=["invited_at"])
    touch(consultation)
    return True


def invite_all(consultation: Consultation, *, actor: User) -> int:
    """Those who have an address and have not been written to."""
    waiting = partners_of(consultation).filter(invited_at=None).exclude(mail="").select_for_update(of=("self",))
    return sum(invite(consultation, partner, actor=actor) for partner in waiting)


def remove(consultation: Consultation, partner: Partner) -> bool:
    """Its link and those made from it stop at once. One that has answered stays, with a new link: false then."""
    for link in links_of(consultation).filter(invitation=partner.key):
        remove_link(link)
    touch(consultation)
    try:
        partner.delete()
    except ProtectedError:
        partner.key = new_key()
        partner.key_hash = hash_of(partner.key)
        partner.invited_at = None
        partner.save(update_fields=["key", "key_hash", "invited_at"])
        return False
    return True
