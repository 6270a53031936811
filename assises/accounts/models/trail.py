"""The log of human decisions that `assises.workflow` writes: append-only, by the database."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from .geography import Prefecture


class StateChange(models.Model):
    prefecture = models.ForeignKey(Prefecture, on_delete=models.PROTECT, null=True, blank=True, db_index=False)
    subject = models.CharField("objet", max_length=60)
    subject_id = models.CharField("numéro", max_length=40)
    before = models.CharField("avant", max_length=20)
    after = models.CharField("après", max_length=20)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    comment = models.TextField("commentaire", blank=True)
    by_ministry = models.BooleanField("par le ministère", default=False)
    at = models.DateTimeField("le", db_default=Now())

    class Meta:
        verbose_name = "décision"
        indexes = [models.Index(name="state_change_subject", fields=["subject", "subject_id"])]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id}: {self.before} → {self.after}"
