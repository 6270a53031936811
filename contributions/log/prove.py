"""The proof that goes with a code: a file that says everything needed to check it without this portal."""

from typing import Any

from consultations.models import Consultation
from contributions.log import keys, leaf, seal, tree
from contributions.models import Checkpoint, Contribution, Leaf, LogEntry, Statement


def attestation(contribution: Contribution, statements: list[Statement], entry: LogEntry) -> dict[str, Any]:
    """The facts that a receipt promises, and its signature: the same bytes each time."""
    facts = {
        "attestation": "received",
        "prefecture": contribution.prefecture_id,
        "consultation": contribution.consultation_id,
        "contribution": str(contribution.id),
        "channel": contribution.channel,
        "answers": len(contribution.answers),
        "findings": sum(s.kind == Statement.Kind.FINDING for s in statements),
        "proposals": sum(s.kind == Statement.Kind.PROPOSAL for s in statements),
        "may_publish": contribution.may_publish,
        "received_at": leaf.instant(contribution.received_at),
        "leaf": bytes(entry.leaf_hash).hex(),
        "key": keys.key_id(),
    }
    return {"facts": facts, "signature": keys.sign(facts).hex()}


def inclusion(consultation: Consultation, place: Leaf) -> dict[str, Any]:
    """Where the entry stands in the last signed tree, and the way from it to the root."""
    checkpoints = Checkpoint.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    checkpoint = checkpoints.filter(size__gt=place.number).latest("size", "pk")
    hashes = seal.leaf_hashes(consultation, checkpoint.size)
    return {
        "number": place.number,
        "path": [found.hex() for found in tree.inclusion_proof(hashes, place.number)],
        "checkpoint": {"facts": seal.signed_facts(checkpoint), "signature": bytes(checkpoint.signature).hex()},
    }


def proof(
    contribution: Contribution, statements: list[Statement], entry: LogEntry, place: Leaf | None
) -> dict[str, Any]:
    """Everything: the attestation, what was said, its salt, and its place once it has one."""
    event = leaf.received(contribution, statements, acted_at=entry.acted_at, recorded_at=entry.recorded_at)
    return {
        "format": "assises-proof-1",
        "public_key": keys.public_key().hex(),
        "attestation": attestation(contribution, statements, entry),
        "event": event,
        "salt": bytes(contribution.salt or b"").hex(),
        "inclusion": inclusion(contribution.consultation, place) if place else None,
    }
