"""Passages that a pattern set aside: a person looks, and says whether they may be quoted. None is ever removed."""

from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from assises import clock
from assises.accounts.models import User
from consultations.models import Consultation
from contributions.models import Statement


def waiting(consultation: Consultation) -> QuerySet[Statement]:
    """Danger first, then the oldest; what was corrected or withdrawn since waits for nobody."""
    rows = withheld_in(consultation.prefecture_id).filter(contribution__consultation=consultation)
    first = Case(When(withheld=Statement.Withheld.URGENT, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.select_related("contribution").order_by(first, "contribution__received_at", "pk")


def withheld_in(prefecture: str) -> QuerySet[Statement]:
    """Not looked at yet, in every consultation of a prefecture."""
    rows = Statement.objects.for_prefecture(prefecture).exclude(withheld="").filter(looked_at=None)
    return rows.filter(contribution__replaced_at=None, contribution__withdrawn_at=None)


def look_at(statement: Statement, *, actor: User, may_be_quoted: bool) -> None:
    """Once. Words of danger are never quoted, whoever looks."""
    released = may_be_quoted and statement.withheld == Statement.Withheld.PERSONAL
    facts: dict[str, Any] = {"withheld": ""} if released else {}
    Statement.objects.for_prefecture(statement.prefecture_id).filter(pk=statement.pk, looked_at=None).update(
        looked_at=clock.now(), looked_by=actor, **facts
    )
