"""After the closing: what somebody asks of the prefecture with their code, and what a person there decides."""

from typing import Any

from django.db import IntegrityError, transaction

from assises import clock
from assises.tenancy.context import PUBLIC, Scope, scoped
from assises.workflow import move
from contributions.decisions import Decision, contestable, decisions_on, release
from contributions.erase import erase
from contributions.models import Contribution, Request


class AskedAlreadyError(Exception):
    """The same request waits for an answer."""


class NotNowError(Exception):
    """Before the closing one decides alone; what was withdrawn, or never decided on, leaves nothing to ask about."""


def ask(contribution: Contribution, kind: str, text: str) -> Request:
    """Keep the request, with its reason, for the prefecture. To be called with a row found by its code."""
    office, moment = contribution.prefecture_id, clock.now()
    if not contribution.consultation.has_closed_at(moment) or not contribution.is_current:
        raise NotNowError
    with scoped(Scope(PUBLIC, office, holder=contribution.receipt_hash)):
        if kind == Request.Kind.APPEAL and not contestable(_decided(contribution)):
            raise NotNowError
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


def _decided(contribution: Contribution) -> list[Decision]:
    office = contribution.prefecture_id
    statements, requests = contribution.statements.for_prefecture(office), contribution.requests.for_prefecture(office)
    return decisions_on(contribution, statements, requests)


def decide(request: Request, *, accepts: bool, answer: str, actor: Any) -> None:
    """Answer once, in words that the person will read; what was accepted is done in the same transaction."""
    state = str(Request.State.ACCEPTED if accepts else Request.State.REFUSED)
    with transaction.atomic():
        move(request, state, actor=actor, comment=answer, answer=answer, answered_by=actor, answered_at=clock.now())
        if accepts:
            _do(request, actor)


def _do(request: Request, actor: Any) -> None:
    rows = Contribution.objects.for_prefecture(request.prefecture_id).filter(pk=request.contribution_id)
    contribution = rows.select_for_update(of=("self",)).get()
    wanted, moment = {request.kind}, clock.now()
    if request.kind == Request.Kind.APPEAL:
        # Whatever was decided against this person is undone: what they had been refused is done.
        asked = Request.objects.for_prefecture(request.prefecture_id).filter(contribution=contribution)
        wanted = set(asked.filter(state=Request.State.REFUSED).values_list("kind", flat=True))
        release(contribution, actor=actor, moment=moment)
    if Request.Kind.ERASURE in wanted and contribution.withdrawn_at is None:
        erase(contribution, moment)
    if Request.Kind.OBJECTION in wanted:
        rows.filter(unquoted_at=None).update(unquoted_at=moment)
