"""Who speaks for a body, kept apart from what they say and erased on its own date."""

from django.db import models

from assises.clock import TransactionNow
from assises.tenancy.models import TenantModel
from consultations.models import Consultation

from .contribution import Contribution

LONGEST_NAME = 160


class Contact(TenantModel):
    """In whose name a contribution speaks. Nothing else says who anybody is."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="contacts")
    body = models.CharField("organisme", max_length=LONGEST_NAME)
    represented = models.PositiveIntegerField("personnes représentées", null=True, blank=True)
    wants_attribution = models.BooleanField("souhaite être nommé", default=False)
    purge_on = models.DateField("effacé le")
    receipt_hash = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = "organisme"
        verbose_name_plural = "organismes"
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "contribution"], name="contact_is_one_a_contribution"),
            models.CheckConstraint(
                name="contact_has_a_name",
                condition=~models.Q(body=""),
                violation_error_message="Un organisme a un nom.",
            ),
        ]

    def __str__(self) -> str:
        return self.body


class Enclosure(TenantModel):
    """The document that a body joins: held by the key of its draft, then by its contribution's row of `Contact`."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, null=True, blank=True, related_name="enclosures")
    key_hash = models.CharField(max_length=64, editable=False)
    name = models.CharField("nom", max_length=120)
    media_type = models.CharField("type", max_length=100)
    content = models.BinaryField("contenu")
    joined_at = models.DateTimeField("jointe le", db_default=TransactionNow(), editable=False)

    class Meta:
        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"
        constraints = [models.UniqueConstraint(fields=["prefecture", "key_hash"], name="enclosure_is_one_a_draft")]

    def __str__(self) -> str:
        return self.name
