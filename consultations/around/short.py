"""Short links: an address for a poster, for one audience or one partner, each counted apart."""

import secrets

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from consultations.models import Consultation, Partner, Passing, ShortLink
from consultations.touch import touch

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is misread on a poster
LETTERS = 5
LETTERS_OF_INVITATION = 12  # it opens a questionnaire: hopeless to guess


def links_of(consultation: Consultation) -> QuerySet[ShortLink]:
    return ShortLink.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)


def make_link(
    consultation: Consultation, *, label: str, audience: str = "", partner: Partner | None = None
) -> ShortLink:
    """A new code; a partner's carries its invitation."""
    letters = LETTERS_OF_INVITATION if partner else LETTERS
    taken = set(ShortLink.objects.for_prefecture(consultation.prefecture_id).values_list("code", flat=True))
    code = next(code for code in iter(lambda: new_code(letters), "") if code not in taken)
    link = ShortLink.objects.create(
        prefecture_id=consultation.prefecture_id,
        consultation=consultation,
        code=code,
        label=label,
        audience=audience or (partner.audience if partner else ""),
        invitation=partner.key if partner else "",
    )
    touch(consultation)
    return link


def remove_link(link: ShortLink) -> None:
    """What was counted stays, without the link's name."""
    passings = Passing.objects.for_prefecture(link.prefecture_id)
    passings.filter(link=link).update(link=None)
    link.delete()
    touch(link.consultation)


def new_code(letters: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(letters))


def address_of(link: ShortLink) -> str:
    """« https://…/l/02-7kq4m/ »."""
    return settings.BASE_URL + reverse("short_link", args=[f"{link.prefecture_id.lower()}-{link.code}"])


def target_of(link: ShortLink) -> str:
    """The consultation's page, which counts the visit and knows who is meant."""
    given = {"lien": link.code, "public": link.audience, "invitation": link.invitation}
    query = urlencode({name: value for name, value in given.items() if value})
    return f"{link.consultation.get_absolute_url()}?{query}"


def find(name: str) -> ShortLink | None:
    """The link of that code, anywhere in the country; only of what is published."""
    code, _, letters = name.partition("-")
    rows = ShortLink.objects.for_prefecture(code.upper()).select_related("consultation__campaign", "prefecture")
    found = rows.filter(code=letters.lower(), consultation__published_at__isnull=False).first()
    if found:
        found.consultation.prefecture = found.prefecture
    return found
