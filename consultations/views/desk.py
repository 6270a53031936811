"""The desk at which a questionnaire is built: the ministry's and the prefectures' pages are the same ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assises.look.templatetags.french import typo
from consultations.asking import build
from consultations.asking.conditions import in_words
from consultations.asking.content import frozen
from consultations.asking.kinds import FACTS_OF
from consultations.asking.new_version import unpublished
from consultations.asking.preview import audience_links, preview_of
from consultations.asking.sheet import ALL, NOTHING, AnyQuestion, AnyTheme, Sheet, name_of, sheet_of
from consultations.models import Audience, Campaign, Consultation

WRITTEN = ("label", "help", "choices", "title", "description")
FEW = 20  # up to so many questions, every theme stands open


@dataclass
class Desk:
    """Who builds what, and where its pages are: below `base` both audiences have the same addresses."""

    request: HttpRequest
    owner: Campaign | Consultation
    sheet: Sheet
    base: str
    trail: list[tuple[str, str]]  # the pages above
    may_edit: bool = True

    @property
    def can_change(self) -> bool:
        return self.may_edit and self.sheet.freedom != NOTHING

    def question(self, number: int) -> AnyQuestion:
        if (found := self.sheet.question(number)) is None:
            raise Http404
        return found

    def theme(self, number: int) -> AnyTheme:
        if (found := self.sheet.theme(number)) is None:
            raise Http404
        return found

    def back(self, row: AnyQuestion | AnyTheme | None = None) -> HttpResponse:
        """To the same place of the page, its theme unfolded."""
        if row is None:
            return redirect(self.base)
        if hasattr(row, "theme_id"):
            return redirect(f"{self.base}?theme={row.theme_id}&question={row.pk}#question-{row.pk}")
        return redirect(f"{self.base}?theme={row.pk}#theme-{row.pk}")

    @property
    def typed(self) -> list[str]:
        """The words that came with a form that cannot be kept, so that they can be copied."""
        words = [text for name in WRITTEN if (text := " / ".join(self.request.POST.get(name, "").split("\n")).strip())]
        return [f"Vous aviez écrit\u00a0: {typo(' – '.join(words))}"] if words else []

    def refused(self, reasons: Any, row: AnyQuestion | AnyTheme | None = None) -> HttpResponse:
        for reason in [*reasons, *self.typed]:
            messages.warning(self.request, reason)
        return self.back(row)

    def render(self, template: str, **context: Any) -> HttpResponse:
        """A page of the desk."""
        frame = {
            "base": self.base,
            "trail": self.trail,
            "campaign": self.sheet.campaign,
            "is_core": self.sheet.is_core,
            "sheet": self.sheet,
        }
        return render(self.request, f"consultations/builder/{template}.html", {**frame, **context})

    def page(self, *, form: Any = None, number: int = 0) -> HttpResponse:
        """All of it, and one question unfolded into its form; around what was typed stands what is stored."""
        sheet = sheet_of(self.owner) if form is not None and form.is_bound else self.sheet
        editing = sheet.question(number)
        steps = sheet.steps()
        audience = self.audience
        opened = editing.theme_id if editing else int_or_none(self.request.GET.get("theme"))
        context = {
            "themes": themes_of(sheet, steps, opened=opened, can_change=self.can_change),
            "can_change": self.can_change,
            "can_add": self.can_change and sheet.freedom == ALL,
            "limit": build.limit_of(sheet),
            "form": form,
            "editing": editing,
            "kind": FACTS_OF[editing.kind] if editing else None,
            "preview": preview_of(steps, audience, only=key_of(sheet, opened)),
            "audiences": audience_links(sheet.campaign.audiences, audience, theme=opened),
            "spot": int_or_none(self.request.GET.get("question")),
            "opened": opened,
            "preview_url": f"{self.preview_base}?public={audience}",
            "changes": [] if sheet.is_core else unpublished(self.owner),
        }
        return self.render("builder", **context)

    @property
    def audience(self) -> str:
        """The one that is looked at; a name that nobody has is the first of them."""
        asked = self.request.GET.get("public", "")
        audiences = self.sheet.campaign.audiences or [Audience.PUBLIC.value]
        return asked if asked in audiences else audiences[0]

    @property
    def preview_base(self) -> str:
        return f"{self.base}../apercu/" if self.sheet.is_core else f"{self.base}apercu/"


def themes_of(
    sheet: Sheet, steps: list[dict[str, Any]], *, opened: int | None, can_change: bool
) -> list[dict[str, Any]]:
    """What the page shows of each theme and question."""
    faults: dict[str, list[Any]] = {}
    for fault in sheet.faults():
        faults.setdefault(fault.name, []).append(fault)
    number = sum(len(rows) for rows in sheet.rows.values())
    can_move = can_change and sheet.freedom == ALL
    return [
        {
            "row": theme,
            "is_ours": sheet.is_ours(theme),
            "is_open": number <= FEW or theme.pk == opened,
            "can_rise": can_move and sheet.is_ours(theme) and place > 0,
            "can_sink": can_move and sheet.is_ours(theme) and place < len(sheet.themes) - 1,
            "can_change": can_change and sheet.is_ours(theme),
            "can_remove": can_change and sheet.is_ours(theme) and sheet.may_remove(theme.key),
            "questions": [
                question_of(sheet, theme, row, steps, faults, can_move=can_move, can_change=can_change)
                for row in sheet.rows[theme.pk]
            ],
        }
        for place, theme in enumerate(sheet.themes)
    ]


def question_of(
    sheet: Sheet,
    theme: AnyTheme,
    row: AnyQuestion,
    steps: list[dict[str, Any]],
    faults: Mapping[str, list[Any]],
    *,
    can_move: bool,
    can_change: bool,
) -> dict[str, Any]:
    rows, is_ours = sheet.rows[theme.pk], sheet.is_ours(row)
    plain = frozen(row)
    return {
        "row": row,
        "is_ours": is_ours,
        "label": plain["label"],
        "answers": [choice["label"] for choice in plain["choices"]],
        "kind": FACTS_OF[row.kind].title,
        "when": in_words(plain, steps),
        "audiences": ", ".join(Audience(each).label for each in row.audiences),
        "faults": faults.get(name_of(theme, row), []),
        "can_change": can_change and is_ours,
        "can_copy": can_move,
        "can_remove": can_change and is_ours and sheet.may_remove(name_of(theme, row)),
        "can_rise": can_move and is_ours and row is not rows[0],
        "can_sink": can_move and is_ours and row is not rows[-1],
    }


def key_of(sheet: Sheet, number: int | None) -> str:
    theme = sheet.theme(number or 0)
    return theme.key if theme else ""


def int_or_none(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() else None
