"""What somebody asks of the prefecture with the code of their contribution, once it can no longer be done alone."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from assises.clock import TransactionNow
from assises.tenancy.models import TenantModel

from .contribution import Contribution


class Request(TenantModel):
    """Read by whoever holds the code, decided by the prefecture, answered in words."""

    class Kind(models.TextChoices):
        OBJECTION = "objection", "opposition"
        ERASURE = "erasure", "effacement"
        APPEAL = "appeal", "réclamation"

    class State(models.TextChoices):
        OPEN = "open", "à traiter"
        ACCEPTED = "accepted", "acceptée"
        REFUSED = "refused", "refusée"

    TRANSITIONS: ClassVar = {State.OPEN: {State.ACCEPTED, State.REFUSED}}

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField("demande", max_length=10, choices=Kind)
    text = models.TextField("raison", blank=True, max_length=2000)
    state = models.CharField("état", max_length=10, choices=State, default=State.OPEN, editable=False)
    answer = models.TextField("réponse", blank=True, max_length=2000)
    asked_at = models.DateTimeField("demandée le", db_default=TransactionNow(), editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    answered_at = models.DateTimeField("traitée le", null=True, blank=True, editable=False)
    receipt_hash = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = "demande"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "contribution", "kind"],
                condition=Q(state="open"),
                name="request_is_asked_once_at_a_time",
            ),
            models.CheckConstraint(
                name="request_decided_has_an_answer",
                condition=Q(state="open", answered_at=None) | (~Q(state="open") & ~Q(answer="") & ~Q(answered_at=None)),
                violation_error_message="Une demande traitée a une réponse et une date.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.asked_at:%d/%m/%Y}"
