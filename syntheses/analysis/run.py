"""The whole reading, and that of what is new."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence

from syntheses.analysis.shape import Counts, Decisions, Idea, Name, Reading, Report, Result, Said, ThemeFacts
from syntheses.analysis.words import words


def silent(done: int, total: int, step: str) -> None:
    """Nobody waits."""


def analyse(
    said: Sequence[Said], themes: Sequence[ThemeFacts], decisions: Decisions, report: Report = silent
) -> Result:
    readings = sorted(read_more(said, themes, decisions, {}), key=lambda one: one.name)
    piles: dict[str, list[Reading]] = defaultdict(list)
    for one in readings:
        if one.idea:
            piles[one.idea].append(one)
    report(1, 1, "Les idées sont regroupées")
    texts = {one.name: one.text for one in said}
    ideas = [idea(key, pile, texts) for key, pile in sorted(piles.items(), key=lambda item: (-len(item[1]), item[0]))]
    return Result(readings, [], ideas, {}, {})


def idea(key: str, pile: list[Reading], texts: Mapping[tuple[str, int], str]) -> Idea:
    names = tuple(one.name for one in pile)
    counts = Counts(len({name.contribution for name in names}), len(names), len(names), 0, {})
    theme = pile[0].themes[0] if pile[0].themes else ""
    return Idea(key, theme, pile[0].kind, texts[names[0][:2]][:80], names, names[:3], counts, 100)


def read_more(
    said: Sequence[Said], themes: Sequence[ThemeFacts], decisions: Decisions, memory: Mapping[str, object]
) -> Sequence[Reading]:
    found = []
    for one in said:
        name = Name(one.contribution, one.position)
        chosen = decisions.themes.get(name, (one.asked_theme,) if one.asked_theme else ())
        kind = decisions.kinds.get(name, one.asked_kind)
        key = hashlib.sha256(repr((chosen, kind, words(one.text))).encode()).hexdigest()[:16]
        found.append(
            Reading(
                row=one.row,
                name=name,
                end=len(one.text),
                themes=chosen,
                sure=60,
                kind=kind,
                kind_sure=90,
                idea=decisions.groups.get(name, key),
                teaches=0 if name in decisions.themes else len(one.text),
                by_theme=name in decisions.themes,
                by_kind=name in decisions.kinds,
                by_group=name in decisions.groups,
            )
        )
    return found
