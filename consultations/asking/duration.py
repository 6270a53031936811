"""How long a questionnaire takes, from what each kind of question asks of people. Pure."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from consultations.models.facts import ONE_OF, Kind

SECONDS = {
    **dict.fromkeys(ONE_OF, 15),
    Kind.CHOICES: 25,
    Kind.RANKING: 45,
    Kind.NUMBER: 15,
    Kind.COMMUNE: 15,
    Kind.TEXT: 40,
    Kind.LONG_TEXT: 90,
    Kind.FINDING: 120,
    Kind.PROPOSAL: 120,
}


def minutes(steps: Sequence[Mapping[str, Any]]) -> int:
    """To answer everything, rounded up, the review included."""
    return ceil(sum(SECONDS[q["kind"]] for step in steps for q in step["questions"]) / 60) + 1
