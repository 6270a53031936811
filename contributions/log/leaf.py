"""What the log commits to: an event of a contribution, in one spelling only, salted so that it cannot be guessed.

Without the salt nobody can tell what a leaf says, not even by trying every likely text: withdrawing erases it.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

from contributions.log import tree

SALT_BYTES = 32
# An event without anybody's words needs no secret: anyone may check what its leaf says.
OPEN_SALT = bytes(SALT_BYTES)
SPELLER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class Said(Protocol):
    """What is read of a contribution."""

    id: UUID
    prefecture_id: str
    consultation_id: int
    version_id: int | None
    channel: str
    audience: str
    answers: dict[str, Any]
    may_publish: bool


class Passage(Protocol):
    """What is read of a statement."""

    theme_key: str
    question_key: str
    kind: str
    text: str


def canonical(facts: Mapping[str, Any]) -> bytes:
    """JSON with one spelling: keys sorted, no spaces, UTF-8. Facts hold texts, whole numbers, lists, true and false."""
    return SPELLER.encode(facts).encode()


def instant(moment: datetime) -> str:
    """`2027-02-05T17:00:00.000000Z`: always UTC, always six decimals."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def received(
    contribution: Said, passages: Iterable[Passage], *, acted_at: datetime, recorded_at: datetime
) -> dict[str, Any]:
    """The event that a contribution was received, with all that was said in it."""
    return {
        "event": "received",
        "prefecture": contribution.prefecture_id,
        "consultation": contribution.consultation_id,
        "version": contribution.version_id,
        "contribution": str(contribution.id),
        "channel": str(contribution.channel),
        "audience": str(contribution.audience),
        "answers": contribution.answers,
        "statements": [
            {"theme": p.theme_key, "question": p.question_key, "kind": str(p.kind), "text": p.text} for p in passages
        ],
        "may_publish": contribution.may_publish,
        "acted_at": instant(acted_at),
        "recorded_at": instant(recorded_at),
    }


def open_event(
    event: str,
    *,
    prefecture: str,
    consultation: int,
    contribution: UUID,
    acted_at: datetime,
    recorded_at: datetime,
    about: str = "",
    reason: str = "",
) -> dict[str, Any]:
    """That a contribution was corrected, withdrawn or entered late. `about`: the correction, or the late one's leaf."""
    return {
        "event": str(event),
        "prefecture": prefecture,
        "consultation": consultation,
        "contribution": str(contribution),
        "about": about,
        "reason": reason,
        "acted_at": instant(acted_at),
        "recorded_at": instant(recorded_at),
    }


def leaf_hash(event: Mapping[str, Any], salt: bytes) -> bytes:
    """The event's leaf in the tree."""
    if len(salt) != SALT_BYTES:
        raise ValueError("A salt has 32 bytes")
    return tree.leaf_hash(salt + canonical(event))
