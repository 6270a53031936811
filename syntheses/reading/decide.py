"""What people decide about how a passage was read. It is kept apart from what the machine proposed, and outlives it.

A decision shows at once on the passage it is about; what it teaches, and what it changes in the numbers, comes with the
run that it owes.
"""

from collections.abc import Callable, Sequence
from typing import Any

from assises import clock
from consultations.models import Consultation, Theme
from syntheses.models import Decision, Reading
from syntheses.models.reading import Nature
from syntheses.reading.owe import owe_after_decision

THEME, KIND, GROUP = str(Decision.About.THEME), str(Decision.About.KIND), str(Decision.About.GROUP)
MOST_THEMES = 3
FLAGS = {THEME: "by_theme", KIND: "by_kind", GROUP: "by_group"}


class UndecidableError(Exception):
    """What was asked cannot be done; the message says why, in French."""


def decide_theme(consultation: Consultation, readings: Sequence[Reading], themes: Sequence[str], *, actor: Any) -> None:
    """The main theme first; none at all: off the subject. An idea of another theme is left behind."""
    chosen = list(dict.fromkeys(themes))
    if not set(theme_keys(consultation)).issuperset(chosen) or len(chosen) > MOST_THEMES:
        raise UndecidableError("Choisissez au plus trois thèmes, parmi ceux de la concertation.")
    main = chosen[0] if chosen else ""
    note(readings, THEME, lambda one: {"themes": themes_of(one), "sure": one.sure}, actor=actor, themes=chosen)
    leave_ideas([one for one in readings if one.theme_key != main])
    show(readings, theme_key=main, also=chosen[1:], by_theme=True, sure=100, teaches=0)
    owe_after_decision(consultation)


def decide_kind(consultation: Consultation, readings: Sequence[Reading], kind: str, *, actor: Any) -> None:
    if kind not in Nature.values:
        raise UndecidableError("Choisissez un constat ou une proposition.")
    note(readings, KIND, lambda one: {"kind": one.kind, "sure": one.kind_sure}, actor=actor, kind=kind)
    leave_ideas([one for one in readings if one.kind != kind])
    show(readings, kind=kind, kind_sure=100, by_kind=True)
    owe_after_decision(consultation)


def undo(consultation: Consultation, reading: Reading, about: str) -> None:
    """The machine proposes again: at once what it had proposed, then what it thinks at the next run."""
    found = decisions_on([reading]).filter(about=about).first()
    if found is None:
        return
    proposed = found.proposed
    found.delete()
    facts: dict[str, Any] = {FLAGS[about]: False}
    if about == THEME:
        main, *also = proposed.get("themes") or [""]
        facts |= {"theme_key": main, "also": also, "sure": proposed.get("sure", 0)}
        leave_ideas([reading] if main != reading.theme_key else [])
    elif about == KIND:
        facts |= {"kind": proposed.get("kind", reading.kind), "kind_sure": proposed.get("sure", 0)}
        leave_ideas([reading] if facts["kind"] != reading.kind else [])
    else:
        facts["idea_key"] = ""
    show([reading], **facts)
    owe_after_decision(consultation)


def note(
    readings: Sequence[Reading], about: str, proposed: Callable[[Reading], dict[str, Any]], *, actor: Any, **value: Any
) -> None:
    """One row a passage and matter: the first says what the machine had proposed, and later ones keep saying it."""
    before = {(one.statement_id, one.start): one for one in decisions_on(readings).filter(about=about)}
    now = clock.now()
    made = [
        Decision(
            prefecture_id=one.prefecture_id,
            consultation_id=one.consultation_id,
            statement_id=one.statement_id,
            start=one.start,
            about=about,
            proposed=proposed(one),
            by=actor,
            at=now,
            **value,
        )
        for one in readings
        if (one.statement_id, one.start) not in before
    ]
    for one in before.values():
        one.by, one.at = actor, now
        for fact, said in value.items():
            setattr(one, fact, said)
    Decision.objects.bulk_create(made, batch_size=1_000)
    Decision.objects.bulk_update(before.values(), ["by", "at", *value], batch_size=1_000)


def decisions_on(readings: Sequence[Reading]) -> Any:
    """Those on these passages, whatever they are about."""
    starts = {(one.statement_id, one.start) for one in readings}
    rows = Decision.objects.for_prefecture(readings[0].prefecture_id if readings else None)
    found = rows.filter(statement__in={statement for statement, _ in starts})
    return found if all(start == 0 for _, start in starts) else found.filter(start__in={start for _, start in starts})


def leave_ideas(readings: Sequence[Reading]) -> None:
    """Their idea is of another theme or nature now; what somebody had put there is there no more."""
    if readings:
        decisions_on(readings).filter(about=GROUP).delete()
        show(readings, idea_key="", by_group=False)


def show(readings: Sequence[Reading], **facts: Any) -> None:
    """On the rows at hand and on those of the database."""
    if not readings:
        return
    for one in readings:
        for fact, value in facts.items():
            setattr(one, fact, value)
    rows = Reading.objects.for_prefecture(readings[0].prefecture_id)
    rows.filter(pk__in=[one.pk for one in readings]).update(**facts)


def themes_of(reading: Reading) -> list[str]:
    return [reading.theme_key, *reading.also] if reading.theme_key else []


def theme_keys(consultation: Consultation) -> list[str]:
    rows = Theme.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    return list(rows.order_by("position").values_list("key", flat=True))
