"""After the closing: what somebody asks of the prefecture with their code, and what a person there decides."""

from typing import Any

from django.db import IntegrityError, transaction

from assises import clock
from assises.tenancy.context import PUBLIC, Scope, scoped
from assises.workflow import move
from contributions.erase import erase
from contributions.models import Contribution, Request


class AskedAlreadyError(Exception):
    """The same request waits for an answer."""


class NotNowError(Exception):
    """Before the closing one decides alone; what was withdrawn has nothing left to ask about."""


def ask(contribution: Contribution, kind: str, text: str) -> Request:
    """Keep the request, with its reason, for the prefecture. To be called with a row found by its code."""
    office, moment = contribution.prefecture_id, clock.now()
    if not contribution.consultation.has_closed_at(moment) or not contribution.is_current:
        raise NotNowError
    with scoped(Scope(PUBLIC, office, holder=contribution.receipt_hash)):
        asked = Request(
            prefecture_id=office,
            contribution=contribution,
            kind=kind,
            text=text,
            receipt_hash=contribution.receipt_hash,
        )
        try:
            with transaction.atomic():
                asked.save(force_insert=True)
        except IntegrityError as error:
            raise AskedAlreadyError from error
    return asked


def decide(request: Request, *, accepts: bool, answer: str, actor: Any) -> None:
    """Answer once, in words that the person will read; what was accepted is done in the same transaction."""
    state = str(Request.State.ACCEPTED if accepts else Request.State.REFUSED)
    with transaction.atomic():
        move(request, state, actor=actor, comment=answer, answer=answer, answered_by=actor, answered_at=clock.now())
        if accepts:
            _do(request)


def _do(request: Request) -> None:
    rows = Contribution.objects.for_prefecture(request.prefecture_id).filter(pk=request.contribution_id)
    contribution = rows.select_for_update(of=("self",)).get()
    if request.kind == Request.Kind.ERASURE and contribution.withdrawn_at is None:
        erase(contribution, clock.now())
    if request.kind == Request.Kind.OBJECTION:
        rows.filter(unquoted_at=None).update(unquoted_at=clock.now())
