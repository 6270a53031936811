"""In whose name somebody speaks: in the draft until it is sent, then in a row apart with a date to be erased on."""

from datetime import timedelta
from typing import Any

from django.db.models import OuterRef, Subquery

from assises.tenancy.context import as_prefecture
from consultations.models import Consultation
from contributions import codes, drafts
from contributions.models import Contact, Contribution, Draft, Enclosure

KEPT_FOR = timedelta(days=365)  # after the closing


def say(consultation: Consultation, key: str, body: dict[str, Any]) -> None:
    """Whoever holds this draft speaks for this body: name, represented, wants_attribution."""
    drafts.hold(consultation, key)
    rows = Draft.objects.for_prefecture(consultation.prefecture_id)
    rows.filter(consultation=consultation, key_hash=codes.hash_of(key)).update(body=body)
    if not body:
        enclosures(consultation, key).delete()


def join(consultation: Consultation, key: str, file: tuple[str, str, bytes]) -> None:
    """One document a draft; the last one joined takes the place of the former."""
    name, media_type, content = file
    drafts.hold(consultation, key)
    Enclosure.objects.update_or_create(
        prefecture_id=consultation.prefecture_id,
        key_hash=codes.hash_of(key),
        defaults={"consultation": consultation, "name": name, "media_type": media_type, "content": content},
    )


def enclosures(consultation: Consultation, key: str) -> Any:
    rows = Enclosure.objects.for_prefecture(consultation.prefecture_id)
    return rows.filter(consultation=consultation, key_hash=codes.hash_of(key), contact=None)


def keep(consultation: Consultation, draft: Draft, *, contribution: Any, code: str) -> None:
    """Beside the contribution that was just received; that of a correction keeps the name it had."""
    office = consultation.prefecture_id
    with as_prefecture(office):
        contacts = Contact.objects.for_prefecture(office)
        if draft.replaces_id and contacts.filter(contribution=draft.replaces_id).update(contribution=contribution):
            return
        if not draft.body.get("name"):
            return
        made = contacts.create(
            prefecture_id=office,
            contribution_id=contribution,
            body=draft.body["name"],
            represented=draft.body.get("represented"),
            wants_attribution=bool(draft.body.get("wants_attribution")),
            purge_on=(consultation.closes_at + KEPT_FOR).date(),
            receipt_hash=codes.hash_of(code),
        )
        if draft.body.get("has_file"):
            rows = Enclosure.objects.for_prefecture(office).filter(key_hash=draft.key_hash)
            rows.update(contact=made)


def name_in(prefecture: str) -> Subquery:
    """In whose name each contribution of a query speaks."""
    rows = Contact.objects.for_prefecture(prefecture).filter(contribution=OuterRef("pk"))
    return Subquery(rows.values("body")[:1])


def name_of(contribution: Contribution) -> str:
    """For whoever may read this contribution; nothing when somebody spoke in their own name."""
    rows = Contact.objects.for_prefecture(contribution.prefecture_id).filter(contribution=contribution)
    return rows.values_list("body", flat=True).first() or ""
