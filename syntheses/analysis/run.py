"""The whole analysis, one step after the other: divide, tell the nature, find echoes, themes, ideas."""

from collections.abc import Mapping, Sequence
from typing import Any

from threadpoolctl import threadpool_limits

from syntheses.analysis import echoes, remember
from syntheses.analysis.corpus import Corpus, corpus_of
from syntheses.analysis.gather import Read, found_in
from syntheses.analysis.kinds import kinds_of
from syntheses.analysis.passages import Decided, Passage, divided, resolved, says_nothing
from syntheses.analysis.shape import Decisions, Reading, Report, Result, Said, ThemeFacts
from syntheses.analysis.themes import Theme, is_for_silence, read_more_themes, read_themes
from syntheses.analysis.weights import rows_of, without_reason
from syntheses.analysis.words import bag

STEPS = (
    "Lecture des textes",
    "Constats et propositions",
    "Textes quasi identiques",
    "Thèmes",
    "Regroupement des idées",
)


def analyse(said: Sequence[Said], themes: Sequence[ThemeFacts], decisions: Decisions, report: Report) -> Result:
    """Everything that was said: read, grouped and counted."""
    # Several threads add numbers in an order of their own: the last digit, and then a group, would differ.
    with threadpool_limits(limits=1):
        return _analysed(said, themes, decisions, report)


def _analysed(said: Sequence[Said], themes: Sequence[ThemeFacts], decisions: Decisions, report: Report) -> Result:
    steps = iter(enumerate(STEPS))

    def next_step() -> None:
        number, step = next(steps)
        report(number, len(STEPS), step)

    next_step()
    parts = divided(said)
    texts = [part.text for part in parts]
    corpus = corpus_of(texts)
    decided = resolved(decisions, parts)
    next_step()
    kinds = _kinds(parts, corpus, decided)
    next_step()
    found_echoes = echoes.found_in(parts, corpus)
    echo_of = echoes.by_row(found_echoes)
    next_step()
    read_as = read_themes(texts, [part.said.asked_theme for part in parts], themes, decided.themes)
    read = _unless_silent(read_as.rows, texts, themes, decided)
    next_step()
    words = bag(map(without_reason, texts))
    found = found_in(
        Read(
            parts=parts,
            texts=texts,
            themes=[one.themes[0] if one.themes else "" for one in read],
            kinds=[kind for kind, _ in kinds],
            echoes=echo_of,
            vectors=rows_of(words),
            roots=words.vocabulary,
            decided=decided,
        )
    )
    idea_of = {row: one.idea.key for one in found for row in one.rows}
    report(len(STEPS), len(STEPS), "")
    return Result(
        readings=_readings(parts=parts, read=read, kinds=kinds, echo_of=echo_of, idea_of=idea_of, decided=decided),
        echoes=[one.echo for one in found_echoes],
        ideas=[one.idea for one in found],
        memory={**remember.of(found, found_echoes), "themes": read_as.memory},
        parameters={},
    )


def read_more(
    said: Sequence[Said], themes: Sequence[ThemeFacts], decisions: Decisions, memory: Mapping[str, Any]
) -> Sequence[Reading]:
    """Only what is new, against what the last whole analysis remembers."""
    parts = divided(said)
    texts = [part.text for part in parts]
    corpus = corpus_of(texts)
    decided = resolved(decisions, parts)
    kinds = _kinds(parts, corpus, decided)
    asked = [part.said.asked_theme for part in parts]
    read_as = read_more_themes(texts, asked, decided.themes, memory.get("themes", {}))
    read = _unless_silent(read_as, texts, themes, decided)
    echo_of = remember.echoes_of(corpus, memory)
    idea_of = remember.ideas_of(texts, [(one.themes, kind) for one, (kind, _) in zip(read, kinds, strict=True)], memory)
    for row, key in decided.groups.items():
        idea_of[row] = key
    return _readings(parts=parts, read=read, kinds=kinds, echo_of=echo_of, idea_of=idea_of, decided=decided)


def _kinds(parts: Sequence[Passage], corpus: Corpus, decided: Decided) -> list[tuple[str, int]]:
    kinds = kinds_of(corpus, [part.said.asked_kind for part in parts])
    for row, kind in decided.kinds.items():
        kinds[row] = kind, 100
    return kinds


def _unless_silent(
    read: Sequence[Theme], texts: Sequence[str], themes: Sequence[ThemeFacts], decided: Decided
) -> list[Theme]:
    """What says nothing is off the subject, and surely so; unless a theme is made for it."""
    if any(map(is_for_silence, themes)):
        return list(read)
    return [
        Theme((), 99, 0, one.best) if row not in decided.themes and says_nothing(text) else one
        for row, (one, text) in enumerate(zip(read, texts, strict=True))
    ]


def _readings(
    *,
    parts: Sequence[Passage],
    read: Sequence[Theme],
    kinds: Sequence[tuple[str, int]],
    echo_of: Mapping[int, str],
    idea_of: Mapping[int, str],
    decided: Decided,
) -> list[Reading]:
    return [
        Reading(
            row=part.said.row,
            name=part.name,
            end=part.end,
            themes=one.themes,
            sure=one.sure,
            kind=kind,
            kind_sure=kind_sure,
            echo=echo_of.get(row, ""),
            idea=idea_of.get(row, ""),
            teaches=one.teaches,
            by_theme=row in decided.themes,
            by_kind=row in decided.kinds,
            by_group=row in decided.groups,
        )
        for row, (part, one, (kind, kind_sure)) in enumerate(zip(parts, read, kinds, strict=True))
    ]
