"""How many said it: contributions, passages, with and without echoes, meetings, by channel, audience and place."""

from collections import Counter
from collections.abc import Iterable

from syntheses.analysis.shape import Counts, Said


def counted(passages: Iterable[tuple[Said, str]]) -> Counts:
    """Of each passage, the statement it belongs to and its echo. Breakdowns count contributions, each once."""
    passages = list(passages)
    contributions = {said.contribution: said for said, _ in passages}
    echoes = {echo for _, echo in passages if echo}
    meetings = {said.meeting for said, _ in passages if said.meeting}
    of = {
        "channel": Counter(said.channel for said in contributions.values()),
        "audience": Counter(said.audience for said in contributions.values()),
        "place": Counter(said.place for said in contributions.values()),
    }
    return Counts(
        contributions=len(contributions),
        passages=len(passages),
        without_echoes=len(echoes) + sum(not echo for _, echo in passages),
        meetings=len(meetings),
        of={name: dict(sorted(held.items())) for name, held in of.items()},
    )
