"""The page of a step: rendered once for each version, place and set of questions, then filled."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from contributions.intake.answers import as_typed, detail_of
from contributions.page.pieces import DRAFT, Pieces, Slots
from contributions.questionnaire import Asked, Option, Rank, is_declined, places_of, value_of

TEMPLATE = "contributions/public/answer_step.html"
MOST_KEPT = 256
Context = dict[str, Any]


@dataclass(frozen=True)
class Unfilled(Option):
    """A choice whose state is a slot."""

    slot: str = ""

    @property
    def checked(self) -> str:
        return self.slot

    @property
    def selected(self) -> str:
        return self.slot


@dataclass(frozen=True)
class Blank:
    """Where one question's answer goes: its slots are numbered from `first`, in the order of `texts`."""

    name: str
    kind: str
    first: int
    options: Sequence[str]
    ranks: int
    ranked: Sequence[str]

    @property
    def size(self) -> int:
        return 3 + len(self.options) + self.ranks * len(self.ranked)

    def texts(self, answers: Mapping[str, Any]) -> Iterator[str]:
        values, detail = as_typed(answers.get(self.name)), as_typed(answers.get(detail_of(self.name)))
        yield value_of(self.kind, values)
        yield detail[-1] if detail else ""
        yield " checked" if is_declined(values) else ""
        for key in self.options:
            yield "checked" if key in values else ""
        for placed in places_of(values, self.ranks):
            for key in self.ranked:
                yield " selected" if key == placed else ""


@dataclass(frozen=True)
class Page:
    """A page without anybody's answers."""

    pieces: Pieces
    blanks: Sequence[Blank]

    def filled(self, draft: str, answers: Mapping[str, Any]) -> bytes:
        values = {DRAFT: draft}
        for blank in self.blanks:
            if blank.name in answers or detail_of(blank.name) in answers:
                texts = enumerate(blank.texts(answers), blank.first)
                values.update((number, text) for number, text in texts if text)
        return self.pieces.filled(values)


class Kept:
    """The latest pages, in this process; `MOST_KEPT` of some 30 kB."""

    def __init__(self) -> None:
        self.pages: OrderedDict[Hashable, Page] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Page]) -> Page:
        with self.lock:
            if key in self.pages:
                self.pages.move_to_end(key)
                return self.pages[key]
        made = make()
        with self.lock:
            self.pages[key] = made
            while len(self.pages) > MOST_KEPT:
                self.pages.popitem(last=False)
        return made


KEPT = Kept()


def plain_page(request: HttpRequest, context: Context) -> HttpResponse:
    """For one visitor: what they have to mend or to be told is theirs alone."""
    return HttpResponse(render_to_string(TEMPLATE, context, request))


def step_page(
    request: HttpRequest, context: Callable[[], Context], *, key: Hashable, draft: str, answers: Mapping[str, Any]
) -> HttpResponse:
    """The page as its template makes it, faster. `key` names all that it depends on besides the draft and answers."""
    page = KEPT.get(key, lambda: made(request, context(), draft))
    return HttpResponse(page.filled(draft, answers))


def made(request: HttpRequest, context: Context, draft: str) -> Page:
    slots, first = Slots(), DRAFT + 1
    blanks, questions = [], []
    for question in context["questions"]:
        blank = Blank(
            name=question.name,
            kind=question.kind,
            first=first,
            options=[option.key for option in question.options],
            ranks=len(question.ranks),
            ranked=[option.key for option in question.ranks[0].options] if question.ranks else [],
        )
        numbers = map(slots.slot, range(first, first + blank.size))
        questions.append(emptied(question, numbers.__next__))
        blanks.append(blank)
        first += blank.size
    html = render_to_string(TEMPLATE, context | {"questions": questions}, request)
    return Page(slots.cut(html.replace(draft, slots.slot(DRAFT))), blanks)


def emptied(question: Asked, slot: Callable[[], str]) -> Asked:
    """A slot for each value, in the order of `Blank.texts`."""
    return replace(
        question,
        value=slot(),
        detail=slot(),
        declined=slot(),
        options=[Unfilled(o.key, o.label, is_chosen=False, slot=slot()) for o in question.options],
        ranks=[
            Rank(rank.label, [Unfilled(o.key, o.label, is_chosen=False, slot=slot()) for o in rank.options])
            for rank in question.ranks
        ],
    )
