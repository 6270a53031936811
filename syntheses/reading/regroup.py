"""Ideas as people make them: named, merged, made of chosen passages. Whoever touches an idea makes it a person's."""

import secrets
from collections.abc import Sequence
from typing import Any

from assises import clock
from consultations.models import Consultation
from syntheses.models import Grouping, Idea, Reading
from syntheses.models.reading import NAME_OF_AN_IDEA
from syntheses.reading.decide import GROUP, UndecidableError, decide_kind, decide_theme, note, show
from syntheses.reading.owe import owe_after_decision

KEY_BYTES = 9


def name_idea(consultation: Consultation, idea: Idea, label: str, *, actor: Any) -> None:
    """With a name of its own it keeps the passages that it has, whatever a later run thinks."""
    label = clean(label)
    made = own(consultation, idea, actor=actor)
    Grouping.objects.of(consultation).filter(pk=made.pk).update(label=label, by=actor, at=clock.now())
    Idea.objects.of(consultation).filter(pk=idea.pk).update(label=label, by_person=True)
    owe_after_decision(consultation)


def put(consultation: Consultation, readings: Sequence[Reading], idea: Idea, *, actor: Any) -> None:
    """These passages say what this idea says: they take its theme and nature."""
    made = own(consultation, idea, actor=actor)
    join(consultation, readings, made, actor=actor)


def take_out(consultation: Consultation, readings: Sequence[Reading], *, actor: Any) -> None:
    """They say something else: they are in no idea until somebody puts them into one."""
    note(readings, GROUP, lambda one: {"idea": one.idea_key}, actor=actor, grouping=None)
    show(readings, idea_key="", by_group=True)
    owe_after_decision(consultation)


def make(consultation: Consultation, readings: Sequence[Reading], label: str, *, actor: Any) -> Idea:
    """An idea of passages that say the same thing: the first gives theme and nature."""
    if not readings:
        raise UndecidableError("Choisissez au moins un passage.")
    label, first = clean(label), readings[0]
    made = grouping(consultation, first.theme_key, first.kind, label, actor=actor)
    pile = Idea.objects.of(consultation).filter(theme_key=made.theme_key, kind=made.kind)
    last = pile.order_by("-position").values_list("position", flat=True).first() or 0
    idea = Idea.objects.create(
        prefecture_id=consultation.prefecture_id,
        consultation=consultation,
        key=made.key,
        theme_key=made.theme_key,
        kind=made.kind,
        position=last + 1,
        label=label,
        contributions=len({one.statement.contribution_id for one in readings}),
        passages=len(readings),
        without_echoes=len(readings),
        sure=100,
        by_person=True,
    )
    join(consultation, readings, made, actor=actor)
    return idea


def merge(consultation: Consultation, idea: Idea, other: Idea, *, actor: Any) -> None:
    """Both say the same thing: what the other held goes into this one, and the other ends."""
    if idea.pk == other.pk:
        raise UndecidableError("Choisissez une autre idée que celle-ci.")
    put(consultation, held_by(consultation, other), idea, actor=actor)
    Grouping.objects.of(consultation).filter(key=other.key).delete()
    other.delete()


def own(consultation: Consultation, idea: Idea, *, actor: Any) -> Grouping:
    """The idea as a person's: the passages it has now stay in it."""
    found = Grouping.objects.of(consultation).filter(key=idea.key).first()
    if found:
        return found
    # Without a label of its own: the machine's is made of people's words, and leaves with them.
    made = grouping(consultation, idea.theme_key, idea.kind, "", actor=actor, key=idea.key)
    join(consultation, held_by(consultation, idea), made, actor=actor)
    Idea.objects.of(consultation).filter(pk=idea.pk).update(by_person=True)
    return made


def join(consultation: Consultation, readings: Sequence[Reading], made: Grouping, *, actor: Any) -> None:
    others = [one for one in readings if one.theme_key != made.theme_key]
    if others:
        decide_theme(consultation, others, [made.theme_key] if made.theme_key else [], actor=actor)
    if others := [one for one in readings if one.kind != made.kind]:
        decide_kind(consultation, others, made.kind, actor=actor)
    note(readings, GROUP, lambda one: {"idea": one.idea_key}, actor=actor, grouping=made)
    show(readings, idea_key=made.key, by_group=True)
    owe_after_decision(consultation)


def held_by(consultation: Consultation, idea: Idea) -> list[Reading]:
    return list(Reading.objects.of(consultation).filter(idea_key=idea.key).order_by("pk"))


def grouping(consultation: Consultation, theme: str, kind: str, label: str, *, actor: Any, key: str = "") -> Grouping:
    return Grouping.objects.create(
        prefecture_id=consultation.prefecture_id,
        consultation=consultation,
        key=key or secrets.token_hex(KEY_BYTES),
        theme_key=theme,
        kind=kind,
        label=label,
        by=actor,
    )


def clean(label: str) -> str:
    label = " ".join(label.split())
    if not label or len(label) > NAME_OF_AN_IDEA:
        raise UndecidableError(f"Écrivez un intitulé de {NAME_OF_AN_IDEA} caractères au plus.")
    return label
