"""A prefecture accepts what the ministry changed in the core, in one act."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from django.db import transaction
from django.db.models import Max

from assises import clock
from assises.look.templatetags.french import typo
from consultations.asking.content import Content
from consultations.models import Consultation, Question, QuestionnaireVersion, Theme
from consultations.publish import freeze
from consultations.steering.core_changes import Difference, acceptable, differences
from consultations.steering.launch import copy_of_question, copy_of_theme, unused_key
from consultations.touch import touch


def accept(consultation: Consultation) -> list[Difference]:
    """Take over all that may still change; returns what was. Twice at once: the second finds nothing left."""
    with transaction.atomic():
        mine = Consultation.objects.for_prefecture(consultation.prefecture_id)
        locked = mine.select_for_update(of=("self",)).get(pk=consultation.pk)
        found = acceptable(locked, differences(locked), clock.now())
        if not found:
            return []
        if locked.state == Consultation.State.DRAFT:
            apply_all(locked, found)
        else:
            apply_words(found)
            freeze_words(locked, found)
        touch(locked)
    return found


def apply_all(consultation: Consultation, found: Sequence[Difference]) -> None:
    """Themes first: new questions stand in them."""
    for difference in found:
        if difference.is_theme:
            apply_theme(consultation, difference)
    themes = {
        theme.national_id: theme
        for theme in Theme.objects.for_prefecture(consultation.prefecture_id)
        .filter(consultation=consultation)
        .exclude(national=None)
    }
    for difference in found:
        if not difference.is_theme:
            apply_question(difference, themes)


def apply_theme(consultation: Consultation, difference: Difference) -> None:
    if difference.kind != "new":
        write(difference.copy, difference.core, [change.name for change in difference.changes])
        return
    theme = copy_of_theme(difference.core, consultation)
    mine = Theme.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    for local in mine.filter(key=theme.key):
        local.key = unused_key(local.title, mine.values_list("key", flat=True), longest=40)
        local.save(update_fields=["key"])
        for question in local.questions.all():
            rename(consultation, f"{theme.key}.{question.key}", f"{local.key}.{question.key}")
    theme.position = next_position(mine)
    theme.save()


def apply_question(difference: Difference, themes: dict[int, Theme]) -> None:
    core, copy = difference.core, difference.copy
    if difference.kind == "removed":
        copy.delete()
    elif difference.kind == "changed":
        write(copy, core, [change.name for change in difference.changes])
    else:
        place(copy or copy_of_question(core, themes[core.theme_id]), themes[core.theme_id])


def place(question: Question, theme: Theme) -> None:
    """At the end of its theme. A national key is the same everywhere: a local question that has it takes another."""
    consultation, siblings = theme.consultation, theme.questions.all()
    for local in siblings.filter(key=question.key).exclude(pk=question.pk):
        local.key = unused_key(local.label, siblings.values_list("key", flat=True), longest=60)
        local.save(update_fields=["key"])
        rename(consultation, f"{theme.key}.{question.key}", f"{theme.key}.{local.key}")
    if question.pk:
        rename(consultation, f"{question.theme.key}.{question.key}", f"{theme.key}.{question.key}")
    question.theme, question.position = theme, next_position(siblings)
    question.save()


def rename(consultation: Consultation, before: str, after: str) -> None:
    """Conditions follow the question that decides them."""
    mine = Question.objects.for_prefecture(consultation.prefecture_id).filter(theme__consultation=consultation)
    mine.filter(shown_on=before).update(shown_on=after)


def apply_words(found: Sequence[Difference]) -> None:
    for difference in found:
        write(difference.copy, difference.core, [change.name for change in difference.words])


def write(copy: Theme | Question | None, core: Any, names: Sequence[str]) -> None:
    for name in names:
        setattr(copy, name, getattr(core, name))
    copy.save(update_fields=names)


def next_position(rows: Any) -> int:
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def freeze_words(consultation: Consultation, found: Sequence[Difference]) -> None:
    """A version that differs from the last by these words only: what the team has not published stays so."""
    versions = QuestionnaireVersion.objects.for_prefecture(consultation.prefecture_id)
    last = versions.filter(consultation=consultation).order_by("number").last()
    if last is None:
        return
    content = reworded(last.content, found)
    if content != last.content:
        freeze(consultation, content)


def reworded(content: Content, found: Sequence[Difference]) -> Content:
    content = deepcopy(content)
    steps = {step["theme"]["key"]: step for step in content["steps"]}
    for difference in found:
        copy = difference.copy
        step = steps.get(copy.key if difference.is_theme else copy.theme.key)
        if step is None:
            continue
        if difference.is_theme:
            reword(step["theme"], difference)
        else:
            for question in step["questions"]:
                if question["key"] == copy.key:
                    reword(question, difference)
    return content


def reword(frozen: dict[str, Any], difference: Difference) -> None:
    """Only what was frozen: keywords, for one, are not shown to anybody."""
    for change in difference.words:
        value = getattr(difference.core, change.name)
        if change.name == "choices":
            labels = {choice["key"]: typo(choice["label"]) for choice in value}
            frozen["choices"] = [
                {**each, "label": labels.get(each["key"], each["label"])} for each in frozen["choices"]
            ]
        elif change.name in frozen:
            frozen[change.name] = typo(value)
