"""The verifiable log: entries as they happen, leaves once they have their place, signed checkpoints. Append-only."""

from django.db import models

from assises.clock import TransactionNow
from assises.tenancy.models import TenantModel
from consultations.models import Consultation


class LogEntry(TenantModel):
    """An event of a contribution. It names the contribution without holding on to it: an erasure leaves the entry."""

    class Event(models.TextChoices):
        RECEIVED = "received", "reçue"
        REPLACED = "replaced", "corrigée"
        WITHDRAWN = "withdrawn", "retirée"
        LATE = "late", "saisie après la clôture"

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="log")
    contribution_id = models.UUIDField()
    event = models.CharField("fait", max_length=10, choices=Event)
    leaf_hash = models.BinaryField(max_length=32)
    about = models.CharField("à propos de", max_length=64, blank=True)  # an open event: the other contribution or leaf
    reason = models.CharField("raison", max_length=200, blank=True)
    acted_at = models.DateTimeField("date de l’acte")
    recorded_at = models.DateTimeField("date d’enregistrement", db_default=TransactionNow())

    class Meta:
        verbose_name = "fait du registre"
        ordering = ["pk"]
        indexes = [
            models.Index(name="log_entry_of_consultation", fields=["consultation", "recorded_at"]),
            models.Index(name="log_entry_of_contribution", fields=["prefecture", "contribution_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_event_display()} {self.contribution_id}"


class Leaf(TenantModel):
    """The place of an entry in its consultation's tree, given once by the sealing job."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="leaves")
    entry = models.ForeignKey(LogEntry, on_delete=models.PROTECT, related_name="leaves")
    number = models.PositiveBigIntegerField("rang")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "consultation", "number"], name="leaf_has_its_own_place"),
            models.UniqueConstraint(fields=["prefecture", "entry"], name="leaf_is_one_an_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.consultation} n° {self.number}"


class Checkpoint(TenantModel):
    """A signed promise about the first `size` leaves. That of the closing names the hour of the closing."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="checkpoints")
    size = models.PositiveBigIntegerField("nombre de feuilles")
    root = models.BinaryField("racine", max_length=32)
    signed_at = models.DateTimeField("signé le", db_default=TransactionNow())
    closing_at = models.DateTimeField("clôture", null=True, blank=True)
    key_id = models.CharField("clé", max_length=16)
    signature = models.BinaryField("signature", max_length=64)

    class Meta:
        verbose_name = "point de contrôle"
        ordering = ["size", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "consultation", "size", "closing_at"],
                name="checkpoint_is_one_a_size",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.consultation}, {self.size} feuilles"

    @property
    def root_hex(self) -> str:
        return bytes(self.root).hex()
