"""Checks whole registers without the portal: needs the files and the public key, nothing else. Pure.

Several files of one consultation, written on different days by whoever kept them, must tell the same story.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from contributions.log import keys, tree, verify
from contributions.log.leaf import OPEN_SALT, leaf_hash

Register = Mapping[str, Any]
Signed = Mapping[str, Any]
AFTER_CLOSING = {"late", "withdrawn"}


def faults(registers: Sequence[Register], public_key: bytes, proofs: Sequence[Mapping[str, Any]] = ()) -> list[str]:
    """What does not hold in the registers of one consultation, in French; nothing when all of it does."""
    return list(_faults(registers, public_key, proofs))


def _faults(registers: Sequence[Register], public_key: bytes, proofs: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    longest = max(registers, key=lambda register: len(register["leaves"]))
    leaves = [bytes.fromhex(leaf) for leaf in longest["leaves"]]
    for register in registers:
        yield from same_beginning(register, longest)
    signed = signed_by_all(registers, proofs)
    for checkpoint in signed:
        yield from signature_faults(checkpoint, longest, public_key)
    yield from order_faults(signed)
    yield from root_faults(leaves, signed)
    yield from open_faults(longest, leaves)
    yield from closing_faults(longest, signed)
    for register in registers:
        yield from growth_faults(register)
    for proof in proofs:
        yield from proof_faults(proof, longest, public_key)


def same_beginning(register: Register, longest: Register) -> Iterator[str]:
    for number, (one, other) in enumerate(zip(register["leaves"], longest["leaves"], strict=False), 1):
        if one != other:
            yield f"Deux fichiers ne disent pas la même chose à partir de la ligne {number} du registre."
            return


def signed_by_all(registers: Sequence[Register], proofs: Sequence[Mapping[str, Any]]) -> list[Signed]:
    """Every signature that somebody kept, in the order of the sizes; the same one once."""
    found = [checkpoint for register in registers for checkpoint in register["checkpoints"]]
    found += [proof["inclusion"]["checkpoint"] for proof in proofs if proof["inclusion"]]
    once = {checkpoint["signature"]: checkpoint for checkpoint in found}
    return sorted(once.values(), key=lambda c: (c["facts"]["size"], c["facts"]["signed_at"]))


def told(checkpoint: Signed) -> str:
    """How a signature is named to people."""
    return f"La signature du {checkpoint['facts']['signed_at']} ({checkpoint['facts']['size']} lignes)"


def signature_faults(checkpoint: Signed, longest: Register, public_key: bytes) -> Iterator[str]:
    facts, about = checkpoint["facts"], longest["consultation"]
    if not keys.is_signed(facts, bytes.fromhex(checkpoint["signature"]), public_key):
        yield f"{told(checkpoint)} n’a pas été faite avec cette clé."
    if any(facts[name] != about[name] for name in ("prefecture", "consultation")):
        yield f"{told(checkpoint)} est celle d’une autre concertation."


def order_faults(signed: Sequence[Signed]) -> Iterator[str]:
    for before, after in pairwise(signed):
        if before["facts"]["signed_at"] > after["facts"]["signed_at"]:
            yield f"{told(after)} est plus ancienne que celle d’un registre plus court."
        if before["facts"]["size"] == after["facts"]["size"] and before["facts"]["root"] != after["facts"]["root"]:
            yield f"{told(after)} contredit une autre signature du même nombre de lignes."


def root_faults(leaves: Sequence[bytes], signed: Sequence[Signed]) -> Iterator[str]:
    """Each signature describes the beginning of one and the same list: so the register only ever grew."""
    roots = tree.roots_at(leaves, (checkpoint["facts"]["size"] for checkpoint in signed))
    for checkpoint in signed:
        size = checkpoint["facts"]["size"]
        if size > len(leaves):
            yield f"Il manque {size - len(leaves)} lignes : une signature en couvre {size}, il y en a {len(leaves)}."
        elif roots[size].hex() != checkpoint["facts"]["root"]:
            yield f"{told(checkpoint)} ne correspond pas aux lignes : une ligne a été changée, retirée ou déplacée."
    covered = max((checkpoint["facts"]["size"] for checkpoint in signed), default=0)
    if covered < len(leaves):
        yield f"{len(leaves) - covered} lignes ne sont couvertes par aucune signature."


def open_faults(longest: Register, leaves: Sequence[bytes]) -> Iterator[str]:
    for number, event in longest["open"].items():
        place = int(number)
        if not 0 <= place < len(leaves) or leaf_hash(event, OPEN_SALT) != leaves[place]:
            yield f"La ligne {place + 1} ne dit pas ce que le fichier prétend."


def closing_faults(longest: Register, signed: Sequence[Signed]) -> Iterator[str]:
    """After the signature of the closing, only what says that it is late, or that something was withdrawn."""
    closings = [checkpoint for checkpoint in signed if "closing_at" in checkpoint["facts"]]
    closes_at = longest["consultation"]["closes_at"]
    if not any(checkpoint["facts"]["closing_at"] == closes_at for checkpoint in closings):
        if any(checkpoint["facts"]["signed_at"] >= closes_at for checkpoint in signed):
            yield f"La clôture du {closes_at} n’a pas de signature."
        return
    closing = closings[-1]["facts"]
    for checkpoint in signed:
        if checkpoint["facts"]["size"] < closing["size"] and checkpoint["facts"]["signed_at"] >= closing["closing_at"]:
            yield f"{told(checkpoint)} est postérieure à la clôture, mais précède sa signature."
    if closing["signed_at"] < closing["closing_at"]:
        yield "La signature de la clôture a été faite avant la clôture."
    events = longest["open"]
    announced = {event["about"] for event in events.values() if event["event"] == "late"}
    for place in range(closing["size"], len(longest["leaves"])):
        event = events.get(str(place))
        is_allowed = event["event"] in AFTER_CLOSING if event else longest["leaves"][place] in announced
        if not is_allowed:
            yield f"La ligne {place + 1} a été ajoutée après la clôture sans être déclarée tardive."


def growth_faults(register: Register) -> Iterator[str]:
    """The proof that goes with a file that was asked « depuis » a size, if it has one."""
    asked = register.get("consistency")
    if not asked:
        return
    roots = {c["facts"]["size"]: bytes.fromhex(c["facts"]["root"]) for c in register["checkpoints"]}
    old, new = roots.get(asked["old_size"]), roots.get(asked["size"])
    path = [bytes.fromhex(one) for one in asked["path"]]
    if old is None or new is None:
        return
    if not tree.grew(old_size=asked["old_size"], old_root=old, size=asked["size"], new_root=new, proof=path):
        yield f"Le registre de {asked['size']} lignes ne prolonge pas celui de {asked['old_size']} lignes."


def proof_faults(proof: Mapping[str, Any], longest: Register, public_key: bytes) -> Iterator[str]:
    """A personal proof stands by itself, and its line is in the register."""
    yield from verify.faults(proof, public_key)
    place = proof["inclusion"]
    if place is None:
        return
    number, leaves = place["number"], longest["leaves"]
    if number >= len(leaves) or leaves[number] != proof["attestation"]["facts"]["leaf"]:
        yield f"La contribution de la preuve n’est pas à la ligne {number + 1} du registre."


def summary(registers: Sequence[Register]) -> dict[str, int]:
    """What a sound register says, in numbers."""
    longest = max(registers, key=lambda register: len(register["leaves"]))
    events = [event["event"] for event in longest["open"].values()]
    return {
        "lines": len(longest["leaves"]),
        "received": len(longest["leaves"]) - len(events),
        **{name: events.count(name) for name in ("replaced", "withdrawn", "late")},
        "signatures": len({c["signature"] for register in registers for c in register["checkpoints"]}),
        "closings": sum("closing_at" in c["facts"] for c in longest["checkpoints"]),
    }
