"""What somebody has begun to write: only whoever has its address can read it, and sending it consumes it."""

from django.db import models

from assises.clock import TransactionNow
from assises.tenancy.models import TenantModel
from consultations.models import Audience, Consultation


class Draft(TenantModel):
    """Found by the hash of the key in its address. Counts as nothing until it is sent."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="drafts")
    key_hash = models.CharField(max_length=64, editable=False)
    audience = models.CharField("public", max_length=20, choices=Audience, default=Audience.PUBLIC)
    answers = models.JSONField("réponses", default=dict)
    may_publish = models.BooleanField("citation autorisée", default=False)
    saved_at = models.DateTimeField("enregistré le", db_default=TransactionNow(), editable=False)

    class Meta:
        verbose_name = "brouillon"
        constraints = [models.UniqueConstraint(fields=["prefecture", "key_hash"], name="draft_is_one_a_key")]

    def __str__(self) -> str:
        return f"brouillon {self.pk}"
