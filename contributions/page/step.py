"""The page of a step: rendered once for each version, place and set of questions, then filled."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from contributions.page.pieces import Pieces, Slots
from contributions.questionnaire import Asked, Option, Rank

TEMPLATE = "contributions/public/answer_step.html"
MOST_KEPT = 256
# What the version's number, the step and the names of the questions tell already.
TOLD_BY_VERSION = {"consultation", "campaign", "steps", "theme", "questions"}
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


class Kept:
    """The latest pages, in this process; `MOST_KEPT` of some 30 kB."""

    def __init__(self) -> None:
        self.pages: OrderedDict[Hashable, Pieces] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Pieces]) -> Pieces:
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


def step_page(request: HttpRequest, context: Context, *, version: int, draft: str) -> HttpResponse:
    """The page as its template makes it, faster; what is particular to one visitor is rendered for them."""
    return HttpResponse(step_html(request, context, version=version, draft=draft))


def step_html(request: HttpRequest, context: Context, *, version: int, draft: str) -> str:
    key = key_of(request, context, version)
    if key is None:
        return render_to_string(TEMPLATE, context, request)
    pieces = KEPT.get(key, lambda: made(request, context, draft))
    return pieces.filled([draft, *values(context["questions"])])


def key_of(request: HttpRequest, context: Context, version: int) -> Hashable | None:
    """All that the page depends on besides its slots; None when there is more to it than that.

    What somebody has to mend or to be told is theirs alone. A session may hold messages.
    """
    if context["errors"] or context.get("concern") or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return None
    questions = tuple((question.name, question.warns) for question in context["questions"])
    facts = sorted((name, told(value)) for name, value in context.items() if name not in TOLD_BY_VERSION)
    key = (version, context["theme"]["key"], questions, tuple(facts))
    return key if is_hashable(key) else None


def told(value: Any) -> Any:
    """Nothing is nothing, whatever it is made of."""
    return value if value or isinstance(value, str | int) else None


def is_hashable(key: Any) -> bool:
    try:
        hash(key)
    except TypeError:
        return False
    return True


def made(request: HttpRequest, context: Context, draft: str) -> Pieces:
    slots = Slots()
    numbers = iter(range(1, 1_000_000))
    questions = [emptied(question, lambda: slots.slot(next(numbers))) for question in context["questions"]]
    html = render_to_string(TEMPLATE, context | {"questions": questions}, request)
    return slots.cut(html.replace(draft, slots.slot(0)))


def emptied(question: Asked, slot: Callable[[], str]) -> Asked:
    """A slot for each value, in the order of `values`."""
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


def values(questions: Sequence[Asked]) -> Iterator[str]:
    """What one visitor has answered, in the order of the slots."""
    for question in questions:
        yield from (question.value, question.detail, question.declined)
        for option in question.options:
            yield option.checked
        for rank in question.ranks:
            for option in rank.options:
                yield option.selected
