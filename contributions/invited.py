"""Who may start a consultation by invitation: whoever holds the link of a partner, and answers for it."""

from consultations.around.keys import hash_of, hold, is_key
from consultations.models import Consultation, Partner, ShortLink
from contributions import codes, drafts
from contributions.models import Draft


def partner_of(consultation: Consultation, key: str) -> Partner | None:
    """The body whose link this is; nothing for a key of another consultation, or of nobody."""
    if not is_key(key):
        return None
    hold(consultation.prefecture_id, key)
    rows = Partner.objects.for_prefecture(consultation.prefecture_id)
    return rows.filter(consultation=consultation, key_hash=hash_of(key)).first()


def may_start(consultation: Consultation, partner: Partner | None) -> bool:
    return partner is not None or not consultation.is_by_invitation


def note(consultation: Consultation, key: str, *, partner: Partner | None, link: ShortLink | None) -> None:
    """Remember in the draft for whom somebody answers, and by which link they came."""
    if partner is None and link is None:
        return
    drafts.hold(consultation, key)
    rows = Draft.objects.for_prefecture(consultation.prefecture_id)
    body = {"body": {"name": partner.name}} if partner else {}
    rows.filter(consultation=consultation, key_hash=codes.hash_of(key)).update(partner=partner, link=link, **body)
