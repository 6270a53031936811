"""What staff do to a questionnaire: add, change, move, copy, remove. Every act is refused when a condition would break.

The caller has locked the consultation or the campaign (`consultations.asking.sheet`): two people never reorder at once.
"""

from collections.abc import Sequence
from typing import Any

from assises import clock
from assises.accounts.models import User
from consultations.asking.conditions import Fault
from consultations.asking.sheet import ALL, WORDS, AnyQuestion, AnyTheme, Sheet, name_of
from consultations.models import CoreQuestion, CoreTheme, Question, Theme
from consultations.models.facts import QUESTION_FACTS
from consultations.steering.core_changes import Change, log_correction
from consultations.steering.launch import unused_key
from consultations.touch import touch

OPENED = (
    "La consultation est ouverte\u00a0: on peut corriger les mots d’une question, mais ni l’ajouter, ni la retirer, "
    "ni la déplacer, pour que toutes les réponses répondent à la même chose."
)
OVER = "La consultation est terminée\u00a0: son questionnaire ne change plus."
LOCKED = "C’est une question nationale\u00a0: elle est posée avec les mêmes mots partout."
LOCKED_THEME = "C’est un thème national\u00a0: il est le même partout."
IS_NEEDED = "D’autres questions dépendent d’elle\u00a0: {}. Changez d’abord leur condition."
THEME_IS_NEEDED = "Des questions d’autres thèmes dépendent de celui-ci\u00a0: {}. Changez d’abord leur condition."
HAS_NATIONAL = "Ce thème contient des questions nationales\u00a0: il reste."
IS_LAUNCHED = "L’exercice est lancé\u00a0: les préfectures ont déjà ce thème. Retirez plutôt ses questions."


class RefusedError(Exception):
    """Not done; `reasons` says why and what to do, in French."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def limit_of(sheet: Sheet) -> str:
    """What may not change any more, and why; nothing when everything may."""
    return {ALL: "", WORDS: OPENED}.get(sheet.freedom, OVER)


def must_be_free(sheet: Sheet) -> None:
    if reason := limit_of(sheet):
        raise RefusedError(reason)


def must_be_removable(sheet: Sheet, name: str) -> None:
    if not sheet.may_remove(name):
        must_be_free(sheet)


def must_be_ours(sheet: Sheet, row: AnyTheme | AnyQuestion) -> None:
    if not sheet.is_ours(row):
        raise RefusedError(LOCKED if isinstance(row, Question | CoreQuestion) else LOCKED_THEME)


def refuse_new_faults(sheet: Sheet, before: Sequence[Fault]) -> None:
    if found := new_faults(sheet, before):
        raise RefusedError(*(fault.text for fault in found))


def new_faults(sheet: Sheet, before: Sequence[Fault]) -> list[Fault]:
    """What this very act would break: an old fault elsewhere does not stop it."""
    return [fault for fault in sheet.faults() if fault not in before and not fault.is_warning]


def worked(sheet: Sheet) -> None:
    if not sheet.is_core:
        touch(sheet.owner)


def changed(sheet: Sheet, by: User, subject: str, *changes: Change, is_typo: bool = False) -> None:
    """The trace of an act: for the prefectures when the core of a launched exercise changes."""
    if sheet.is_core:
        log_correction(sheet.campaign, subject, changes, is_typo, by)
    worked(sheet)


def insert(sheet: Sheet, question: AnyQuestion, theme: AnyTheme, *, at: int | None = None) -> None:
    """Into the sheet, with a key of its own; saved by `store`."""
    siblings = sheet.rows[theme.pk]
    question.theme = theme
    if isinstance(question, Question):
        question.prefecture_id = theme.prefecture_id
    question.key = unused_key(question.key or question.label, taken_keys(sheet, theme), longest=60)
    siblings.insert(len(siblings) if at is None else at, question)


def taken_keys(sheet: Sheet, theme: AnyTheme) -> list[str]:
    """A retired question keeps its key: its answers of other years are still named so."""
    keys = [question.key for question in sheet.rows[theme.pk]]
    if isinstance(theme, CoreTheme):
        keys += CoreQuestion.objects.filter(theme=theme).exclude(retired_at=None).values_list("key", flat=True)
    return keys


def store(sheet: Sheet, theme: AnyTheme) -> None:
    """The order of a theme's questions as the sheet has it, and those that are new."""
    rows = sheet.rows[theme.pk]
    for position, question in enumerate(rows, 1):
        if question.pk is None:
            question.position = position
            question.save()
    _number(rows)


def _number(rows: Sequence[Any]) -> None:
    moved = [(position, row) for position, row in enumerate(rows, 1) if row.position != position]
    for position, row in moved:
        row.position = position
    if moved:
        type(rows[0]).objects.bulk_update([row for _, row in moved], ["position"])


def copy(sheet: Sheet, question: AnyQuestion, *, by: User) -> AnyQuestion:
    """A twin below it, to be changed; a prefecture's twin of a national question is local."""
    must_be_free(sheet)
    facts = {name: getattr(question, name) for name in QUESTION_FACTS if name not in {"key", "position"}}
    twin = type(question)(**{**facts, "label": f"{facts['label'][:290]} (copie)"})
    theme = sheet.theme_of(question)
    insert(sheet, twin, theme, at=sheet.rows[theme.pk].index(question) + 1)
    store(sheet, theme)
    changed(sheet, by, twin.label, {"what": "question ajoutée", "before": "", "after": twin.label})
    return twin


def move(sheet: Sheet, question: AnyQuestion, by_places: int) -> None:
    """Up or down among its theme's questions; at an edge it stays."""
    must_be_free(sheet)
    must_be_ours(sheet, question)
    before, rows = sheet.faults(), sheet.rows[question.theme_id]
    _shift(rows, question, by_places)
    refuse_new_faults(sheet, before)
    _number(rows)
    worked(sheet)


def _shift(rows: list[Any], row: Any, by_places: int) -> None:
    here = rows.index(row)
    rows.insert(max(here + by_places, 0), rows.pop(here))


def carry(sheet: Sheet, question: AnyQuestion, theme: AnyTheme) -> None:
    """To the end of another theme, in the sheet; its new name is told to the questions that depend on it."""
    former = sheet.theme_of(question)
    name = name_of(former, question)
    waiting = sheet.dependents(name)
    sheet.rows[former.pk].remove(question)
    insert(sheet, question, theme)
    for each in waiting:
        each.shown_on = name_of(theme, question)


def store_carried(sheet: Sheet, question: AnyQuestion) -> None:
    _number(sheet.rows[question.theme_id])
    waiting = sheet.dependents(sheet.name(question))
    type(question).objects.bulk_update([question, *waiting], ["theme", "key", "shown_on"])


def remove(sheet: Sheet, question: AnyQuestion, *, by: User) -> None:
    """Gone; a national one of a launched exercise is retired, since prefectures have copies of it."""
    must_be_removable(sheet, sheet.name(question))
    must_be_ours(sheet, question)
    refuse_if_needed(sheet.dependents(sheet.name(question)), IS_NEEDED)
    if sheet.is_core and sheet.campaign.launched_at:
        type(question).objects.filter(pk=question.pk).update(retired_at=clock.now())
    else:
        question.delete()
    changed(sheet, by, question.label, {"what": "question retirée", "before": question.label, "after": ""})


def refuse_if_needed(waiting: Sequence[AnyQuestion], reason: str) -> None:
    if waiting:
        raise RefusedError(reason.format(", ".join(f"«\u00a0{each.label}\u00a0»" for each in waiting)))


def add_theme(sheet: Sheet, theme: AnyTheme, *, by: User) -> AnyTheme:
    must_be_free(sheet)
    theme.key = unused_key(theme.title, (other.key for other in sheet.themes), longest=40)
    theme.position = max((other.position for other in sheet.themes), default=0) + 1
    if isinstance(theme, Theme):
        theme.prefecture_id, theme.consultation = sheet.owner.prefecture_id, sheet.owner
    else:
        theme.campaign = sheet.owner
    theme.save()
    changed(sheet, by, theme.title, {"what": "thème ajouté", "before": "", "after": theme.title})
    return theme


def move_theme(sheet: Sheet, theme: AnyTheme, by_places: int) -> None:
    must_be_free(sheet)
    must_be_ours(sheet, theme)
    before = sheet.faults()
    _shift(sheet.themes, theme, by_places)
    refuse_new_faults(sheet, before)
    _number(sheet.themes)
    worked(sheet)


def remove_theme(sheet: Sheet, theme: AnyTheme, *, by: User) -> None:
    """With its questions."""
    must_be_removable(sheet, theme.key)
    must_be_ours(sheet, theme)
    if sheet.is_core and sheet.campaign.launched_at:
        raise RefusedError(IS_LAUNCHED)
    if any(not sheet.is_ours(question) for question in sheet.rows[theme.pk]):
        raise RefusedError(HAS_NATIONAL)
    refuse_if_needed(sheet.decided_by(theme), THEME_IS_NEEDED)
    theme.delete()
    changed(sheet, by, theme.title, {"what": "thème retiré", "before": theme.title, "after": ""})
