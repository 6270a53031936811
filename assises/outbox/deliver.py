"""Hands one mail over: to the mail server of EMAIL_URL, or in the demo to a table that everyone may read."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend

from assises.outbox.models import DemoMail, OutboundMail

TIMEOUT_SECONDS = 10
FORGOTTEN = {
    "attestation",
    "draft_address",
    "meeting_registered",
    "meeting_seat",
    "meeting_drawn",
    "meeting_reminder",
    "meeting_changed",
    "meeting_cancelled",
}  # promised to whoever gave the address: nothing of it is kept once it has left


def deliver(mail: OutboundMail) -> None:
    """At least once; a mail server that sees it twice sees the same Message-ID."""
    if settings.MAIL_SERVER:
        EmailBackend(**settings.MAIL_SERVER, timeout=TIMEOUT_SECONDS).send_messages([message(mail)])
    else:
        received = DemoMail(
            message_id=mail.message_id, to=mail.to, subject=mail.subject, text=mail.text, html=mail.html
        )
        DemoMail.objects.bulk_create([received], ignore_conflicts=True)
    if mail.kind in FORGOTTEN:
        OutboundMail.objects.filter(pk=mail.pk).update(to="", text="", html="")


def message(mail: OutboundMail) -> EmailMultiAlternatives:
    made = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        settings.DEFAULT_FROM_EMAIL,
        [mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=headers(mail),
    )
    if mail.html:
        made.attach_alternative(mail.html, "text/html")
    return made


def headers(mail: OutboundMail) -> dict[str, str]:
    """A mail that one can leave says so to the reader's mail program, which shows a button (RFC 8058)."""
    found = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if mail.leave_url:
        found |= {"List-Unsubscribe": f"<{mail.leave_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return found
