"""Withdrawing a contribution with its code, until the closing.

The public's scope may not change what was received: it is done as the prefecture, behind this one function, which is
called with a row that was found by its code.
"""

from assises import clock
from assises.tenancy.context import as_prefecture
from contributions.erase import erase
from contributions.intake.record import ClosedError, ReplacedError
from contributions.models import Contribution, Draft


def withdraw(contribution: Contribution) -> None:
    """Erase what was said; the leaf of the log stays. Twice is harmless."""
    with as_prefecture(contribution.prefecture_id):
        # First the drafts, as sending does: a correction on its way is waited for, not run into.
        Draft.objects.for_prefecture(contribution.prefecture_id).filter(replaces=contribution).delete()
        rows = Contribution.objects.for_prefecture(contribution.prefecture_id).select_related("consultation")
        stored = rows.select_for_update(of=("self",)).get(pk=contribution.pk)
        if stored.withdrawn_at:
            return
        if stored.replaced_at:
            raise ReplacedError
        moment = clock.now()
        if not stored.consultation.is_open_at(moment):
            raise ClosedError
        erase(stored, moment)
