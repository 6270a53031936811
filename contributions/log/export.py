"""The register of a consultation as one file: all that is needed to check it elsewhere, and nobody's words."""

from typing import Any

from assises.clock import now
from consultations.models import Consultation
from contributions.log import keys, seal, tree
from contributions.log.leaf import instant, open_event
from contributions.models import Checkpoint, Leaf, LogEntry

FORMAT = "assises-log-1"


def register_of(consultation: Consultation, since: int | None = None) -> dict[str, Any]:
    """Leaves in their order, what the open ones say, signatures; and the proof that it only grew `since` a size."""
    hashes = seal.leaf_hashes(consultation)
    made = {
        "format": FORMAT,
        "public_key": keys.public_key().hex(),
        "consultation": {
            "prefecture": consultation.prefecture_id,
            "consultation": consultation.pk,
            "campaign": consultation.campaign.slug,
            "title": consultation.campaign.title,
            "closes_at": instant(consultation.closes_at),
        },
        "written_at": instant(now()),
        "leaves": [found.hex() for found in hashes],
        "open": {str(number): facts for number, facts in open_events(consultation)},
        "checkpoints": [as_signed(checkpoint) for checkpoint in checkpoints_of(consultation)],
    }
    if since is not None and 0 < since <= len(hashes):
        path = [found.hex() for found in tree.consistency_proof(hashes, since)]
        made["consistency"] = {"old_size": since, "size": len(hashes), "path": path}
    return made


def open_events(consultation: Consultation) -> list[tuple[int, dict[str, Any]]]:
    """The place and the facts of each event that holds nobody's words."""
    leaves = Leaf.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    told = leaves.exclude(entry__event=LogEntry.Event.RECEIVED).order_by("number")
    facts = [f"entry__{name}" for name in ("event", "contribution_id", "about", "reason", "acted_at", "recorded_at")]
    about = {"prefecture": consultation.prefecture_id, "consultation": consultation.pk}
    return [
        (
            number,
            open_event(
                event, contribution=contribution, about=to, reason=reason, acted_at=acted, recorded_at=at, **about
            ),
        )
        for number, event, contribution, to, reason, acted, at in told.values_list("number", *facts)
    ]


def checkpoints_of(consultation: Consultation) -> Any:
    rows = Checkpoint.objects.for_prefecture(consultation.prefecture_id)
    return rows.filter(consultation=consultation).order_by("size", "pk")


def as_signed(checkpoint: Checkpoint) -> dict[str, Any]:
    return {"facts": seal.signed_facts(checkpoint), "signature": bytes(checkpoint.signature).hex()}
