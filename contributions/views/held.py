"""What a code opens, for every page that is reached with one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assises.clock import TransactionNow
from assises.tenancy.context import current, set_scope
from contributions import bodies, codes, guesses
from contributions.decisions import Decision, decisions_on
from contributions.models import Contribution, Leaf, LogEntry, Request, Statement

TOO_MANY = 429


@dataclass(frozen=True)
class Held:
    """All that one code opens: the contribution as it was last sent, and what became of it."""

    code: str
    contribution: Contribution
    statements: list[Statement]
    entry: LogEntry
    events: list[LogEntry]
    place: Leaf | None
    requests: list[Request]
    now: datetime

    @property
    def has_closed(self) -> bool:
        return self.contribution.consultation.has_closed_at(self.now)

    @property
    def may_change(self) -> bool:
        """Until the closing, whoever has the code decides alone."""
        is_open = self.contribution.consultation.is_open_at(self.now)
        return is_open and self.contribution.is_current

    @property
    def may_correct(self) -> bool:
        """Through the questionnaire: what came without one is withdrawn and sent again."""
        return self.may_change and self.contribution.version_id is not None

    @property
    def decisions(self) -> list[Decision]:
        """What was decided on it, by people or by a pattern."""
        return decisions_on(self.contribution, self.statements, self.requests)

    @property
    def may_ask(self) -> bool:
        return self.has_closed and self.contribution.is_current


class TooManyGuessesError(Exception):
    """This address has typed too many wrong codes: it waits for a minute."""


View = Callable[..., HttpResponse]


def with_code(view: View) -> View:
    """The view of one contribution: finds it by its code, written in full in the address."""

    @wraps(view)
    def opened(request: HttpRequest, code: str, **more: Any) -> HttpResponse:
        try:
            found = held(request, code)
        except TooManyGuessesError:
            return wait(request)
        if found.code != code:
            return redirect(request.resolver_match.url_name, request.prefecture.slug, found.code)
        return view(request, found, **more)

    return opened


def wait(request: HttpRequest) -> HttpResponse:
    response = render(request, "429.html", status=TOO_MANY)
    response.headers["Retry-After"] = "60"
    return response


def held(request: HttpRequest, typed: str) -> Held:
    """The contribution of this code in this department, and nothing else in the world."""
    if guesses.must_wait(request):
        raise TooManyGuessesError
    code = codes.read(typed)
    found = None
    if code and codes.department_of(code) == request.prefecture.code:
        set_scope(replace(current(), holder=codes.hash_of(code)))
        found = current_one(request, code)
    if code is None or found is None:
        guesses.note_wrong(request)
        raise Http404
    entries = LogEntry.objects.for_prefecture(request.prefecture).filter(contribution_id=found.pk)
    events = list(entries.prefetch_related("leaves"))
    entry = next(entry for entry in events if entry.event == LogEntry.Event.RECEIVED)
    has_asked = found.consultation.has_closed_at(found.moment)
    return Held(
        code=code,
        contribution=found,
        statements=list(found.statements.for_prefecture(request.prefecture)),
        entry=entry,
        events=events,
        place=next(iter(entry.leaves.all()), None),
        requests=list(found.requests.for_prefecture(request.prefecture)) if has_asked else [],
        now=found.moment,
    )


def current_one(request: HttpRequest, code: str) -> Contribution | None:
    """As it was last sent."""
    rows = Contribution.objects.for_prefecture(request.prefecture)
    rows = rows.filter(receipt_hash=codes.hash_of(code), replaced_at=None)
    rows = rows.annotate(moment=TransactionNow(), speaks_for=bodies.name_in(request.prefecture.pk))
    found = rows.select_related("consultation__campaign", "version").first()
    if found:
        found.consultation.prefecture = found.prefecture = request.prefecture
    return found


def page(found: Held, **more: Any) -> dict[str, Any]:
    """What every page of a contribution knows."""
    contribution = found.contribution
    return {
        "found": found,
        "contribution": contribution,
        "consultation": contribution.consultation,
        "campaign": contribution.consultation.campaign,
        "exercise": contribution.consultation.campaign.title,
        "code": found.code,
        "place": found.place,
        **more,
    }
