"""Mail that is owed: written with the decision that causes it, sent by a job, kept until it left."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from assises.jobs.models import Owed


def new_message_id() -> str:
    """Made once, so that a mail sent twice is seen to be the same one."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    return f"<{uuid.uuid4()}@{domain}>"


class OutboundMail(Owed):
    """One mail to one address."""

    message_id = models.CharField("identifiant", max_length=120, unique=True, default=new_message_id, editable=False)
    kind = models.CharField("nature", max_length=40)
    to = models.EmailField("destinataire")
    reply_to = models.EmailField("adresse de réponse", blank=True)
    subject = models.CharField("objet", max_length=200)
    text = models.TextField("texte")
    html = models.TextField("version HTML", blank=True)
    leave_url = models.URLField("adresse pour ne plus rien recevoir", blank=True)

    class Meta(Owed.Meta):
        verbose_name = "courriel"
        verbose_name_plural = "courriels"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"


class DemoMail(models.Model):
    """The demo's only mail server: a table. Nothing leaves the machine."""

    message_id = models.CharField(max_length=120, unique=True)
    to = models.CharField(max_length=320)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    received_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"
