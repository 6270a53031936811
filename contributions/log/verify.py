"""Checks a proof without the portal: needs the file and the public key, nothing else. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from contributions.log import keys, tree
from contributions.log.leaf import leaf_hash


def faults(proof: Mapping[str, Any], public_key: bytes) -> list[str]:
    """What does not hold in a proof, in French; nothing when all of it does."""
    return list(_faults(proof, public_key))


def _faults(proof: Mapping[str, Any], public_key: bytes) -> Iterator[str]:
    receipt, event = proof["attestation"], proof["event"]
    if not _is_signed(receipt, public_key):
        yield "L’attestation n’est pas signée par cette clé."
    leaf = leaf_hash(event, bytes.fromhex(proof["salt"]))
    if leaf.hex() != receipt["facts"]["leaf"]:
        yield "Ce qui est enregistré n’est pas ce que l’attestation décrit."
    place = proof["inclusion"]
    if place is None:
        yield "La contribution n’est pas encore inscrite au registre."
        return
    checkpoint = place["checkpoint"]
    if not _is_signed(checkpoint, public_key):
        yield "Le point de contrôle n’est pas signé par cette clé."
    facts = checkpoint["facts"]
    if any(facts[name] != event[name] for name in ("prefecture", "consultation")):
        yield "Le point de contrôle est celui d’une autre concertation."
    is_included = tree.includes(
        leaf,
        number=place["number"],
        size=facts["size"],
        proof=[bytes.fromhex(one) for one in place["path"]],
        expected=bytes.fromhex(facts["root"]),
    )
    if not is_included:
        yield "La contribution n’est pas dans le registre que le point de contrôle décrit."


def _is_signed(document: Mapping[str, Any], public_key: bytes) -> bool:
    return keys.is_signed(document["facts"], bytes.fromhex(document["signature"]), public_key)
