"""Hands a report of a barrier to the people who run the portal: a mail owed by the ministry's outbox."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from assises.legal.operator import operator
from assises.outbox.models import OutboundMail
from assises.outbox.post import enqueue
from assises.tenancy.context import as_ministry


def report(facts: dict[str, Any]) -> OutboundMail:
    """Kept with the running transaction; the answer goes straight to whoever wrote, if they left an address."""
    with as_ministry():
        return enqueue(
            kind="accessibility_report",
            to=operator().accessibility_email,
            prefecture=None,
            reply_to=facts["email"],
            subject="Accessibilité\u00a0: un problème signalé",
            text=render_to_string("legal/accessibility_report.txt", {**facts, "demo": settings.DEMO}).strip() + "\n",
        )
