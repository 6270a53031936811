"""Hands one mail over: to the mail server of EMAIL_URL, or in the demo to a table that everyone may read."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend

from assises.outbox.models import DemoMail, OutboundMail

TIMEOUT_SECONDS = 10


def deliver(mail: OutboundMail) -> None:
    """At least once; a mail server that sees it twice sees the same Message-ID."""
    if settings.MAIL_SERVER:
        EmailBackend(**settings.MAIL_SERVER, timeout=TIMEOUT_SECONDS).send_messages([message(mail)])
    else:
        received = DemoMail(
            message_id=mail.message_id, to=mail.to, subject=mail.subject, text=mail.text, html=mail.html
        )
        DemoMail.objects.bulk_create([received], ignore_conflicts=True)


def message(mail: OutboundMail) -> EmailMultiAlternatives:
    made = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        settings.DEFAULT_FROM_EMAIL,
        [mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    if mail.html:
        made.attach_alternative(mail.html, "text/html")
    return made
