"""How a use case says "this mail is owed"."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from assises.jobs.nudge import nudge_all
from assises.jobs.registry import Job, register
from assises.jobs.run import nudge
from assises.outbox.deliver import deliver
from assises.outbox.models import OutboundMail

SEND = register(Job(name="outbox.send", model=OutboundMail, perform=deliver, label="Envoi d’un courriel", attempts=12))


def post(*, kind: str, to: str, prefecture: Any = None, reply_to: str = "", **context: Any) -> OutboundMail:
    """Write the mail of `templates/mails/<kind>.txt` (first line: its subject) in the running transaction."""
    subject, text = written(kind, prefecture, context)
    return enqueue(kind=kind, to=to, prefecture=prefecture, reply_to=reply_to, subject=subject, text=text)


def post_all(*, kind: str, to: Sequence[str], prefecture: Any, reply_to: str = "", **context: Any) -> int:
    """The same words to each of a team, written once, in one statement; returns how many mails."""
    if not to:
        return 0
    subject, text = written(kind, prefecture, context)
    facts = {"kind": kind, "prefecture": prefecture, "reply_to": reply_to, "subject": subject[:200], "text": text}
    html = twin(subject, text, office=prefecture.office_name)
    OutboundMail.objects.bulk_create(OutboundMail(to=address, html=html, **facts) for address in to)
    nudge_all(SEND, prefecture.pk)
    return len(to)


def written(kind: str, prefecture: Any, context: dict[str, Any]) -> tuple[str, str]:
    """Subject and text of a kind of mail."""
    rendered = render_to_string(f"mails/{kind}.txt", {**context, "prefecture": prefecture})
    subject, _, text = rendered.strip().partition("\n")
    return subject, text.strip() + "\n"


def enqueue(*, kind: str, to: str, prefecture: Any, subject: str, text: str, reply_to: str = "") -> OutboundMail:
    """Write a mail whose words are ready, with its HTML twin, and nudge a worker after commit."""
    mail = OutboundMail.objects.create(
        kind=kind,
        to=to,
        prefecture=prefecture,
        reply_to=reply_to,
        subject=subject[:200],
        text=text,
        html=twin(subject, text, office=prefecture.office_name if prefecture else ""),
    )
    nudge(SEND, mail)
    return mail


def twin(subject: str, text: str, *, office: str) -> str:
    """The same words as a quiet page; the portal's name, which ends the text, ends the page too."""
    body = text.rstrip().removesuffix(settings.PORTAL_NAME).rstrip()
    context = {"subject": subject, "text": body, "office": office, "demo": settings.DEMO}
    return render_to_string("mails/twin.html", context)
