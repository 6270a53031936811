"""What somebody has begun to write: only whoever has its address can read it, and sending it consumes it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from assises.clock import TransactionNow
from assises.tenancy.models import TenantModel
from consultations.models import Audience, Consultation, Partner, ShortLink

from .contribution import Contribution


class Draft(TenantModel):
    """Found by the hash of the key in its address. Counts as nothing until it is sent."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="drafts")
    key_hash = models.CharField(max_length=64, editable=False)
    audience = models.CharField("public", max_length=20, choices=Audience, default=Audience.PUBLIC)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    link = models.ForeignKey(ShortLink, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    replaces = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, null=True, blank=True, related_name="corrections", editable=False
    )
    answers = models.JSONField("réponses", default=dict)
    body = models.JSONField("au nom de", default=dict, db_default={}, blank=True)
    warned_on = ArrayField(models.PositiveSmallIntegerField(), default=list, db_default=[], blank=True)
    begun_at = models.DateTimeField("commencé le", db_default=TransactionNow(), editable=False)
    furthest = models.PositiveSmallIntegerField("étape la plus lointaine", default=0)
    may_publish = models.BooleanField("citation autorisée", default=False)
    saved_at = models.DateTimeField("enregistré le", db_default=TransactionNow(), editable=False)

    class Meta:
        verbose_name = "brouillon"
        constraints = [models.UniqueConstraint(fields=["prefecture", "key_hash"], name="draft_is_one_a_key")]

    def __str__(self) -> str:
        return f"brouillon {self.pk}"
