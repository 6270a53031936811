"""The departmental document, the versions that were built, what was transmitted."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Func
from django.db.models.functions import Now
from django.db.models.lookups import LessThanOrEqual

from assises.jobs.models import Owed
from assises.tenancy.models import TenantModel, TenantQuerySet
from consultations.models import Consultation

LARGEST_BYTES = 20 * 1024 * 1024


class Synthesis(TenantModel):
    """The departmental document, one a consultation; its stored states are people's decisions."""

    class State(models.TextChoices):
        DRAFT = "draft", "en rédaction"
        VALIDATED = "validated", "validée"
        TRANSMITTED = "transmitted", "transmise"
        RETURNED = "returned", "renvoyée"
        ACKNOWLEDGED = "acknowledged", "accusée réception"

    SAID = {State.ACKNOWLEDGED: "réception accusée"}  # where the state ends a sentence
    TRANSITIONS = {
        State.DRAFT: {State.VALIDATED},
        State.VALIDATED: {State.DRAFT, State.TRANSMITTED},
        State.TRANSMITTED: {State.RETURNED, State.ACKNOWLEDGED},
        State.RETURNED: {State.VALIDATED},
    }

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="syntheses")
    state = models.CharField("état", max_length=12, choices=State, default=State.DRAFT)
    document = models.ForeignKey(
        "Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="version validée"
    )
    validated_at = models.DateTimeField("validée le", null=True, blank=True)
    transmitted_at = models.DateTimeField("transmise le", null=True, blank=True)
    answered_at = models.DateTimeField("réponse du ministère le", null=True, blank=True)

    class Meta:
        verbose_name = "synthèse"
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "consultation"], name="synthesis_is_one_a_consultation"),
            models.CheckConstraint(
                name="synthesis_validated_names_its_version",
                condition=models.Q(state__in=["draft", "returned"])
                | models.Q(document__isnull=False, validated_at__isnull=False),
                violation_error_message="Une synthèse validée nomme la version validée et porte la date.",
            ),
            models.CheckConstraint(
                name="synthesis_transmitted_has_date",
                condition=~models.Q(state__in=["transmitted", "returned", "acknowledged"])
                | models.Q(transmitted_at__isnull=False),
                violation_error_message="Une synthèse transmise porte sa date.",
            ),
        ]

    def __str__(self) -> str:
        return f"Synthèse, {self.consultation}"

    @property
    def takes_new_versions(self) -> bool:
        """Nobody has validated the last one, or the ministry gave it back."""
        return self.state in {self.State.DRAFT, self.State.RETURNED}


class Build(Owed):
    """A version of the document that is owed: built by a job from what the database holds."""

    synthesis = models.ForeignKey(Synthesis, on_delete=models.CASCADE, related_name="builds")
    number = models.PositiveSmallIntegerField("version")
    figures_at = models.DateTimeField("chiffres arrêtés le")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(Owed.Meta):
        verbose_name = "version à construire"
        ordering = ["pk"]
        constraints = [
            *Owed.Meta.constraints,
            models.UniqueConstraint(fields=["prefecture", "synthesis", "number"], name="build_number_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.synthesis}, version {self.number}"


class DocumentQuerySet(TenantQuerySet):
    def without_content(self) -> Self:
        """For lists: the bytes stay where they are, only their `size` comes."""
        size = Func(F("content"), function="octet_length", output_field=models.IntegerField())
        return self.defer("content", "source").annotate(size=size)


class Document(TenantModel):
    """A file, in the database: one transaction, one backup, one policy. Append-only."""

    synthesis = models.ForeignKey(Synthesis, on_delete=models.PROTECT, related_name="documents")
    build = models.ForeignKey(Build, on_delete=models.PROTECT, related_name="documents")
    name = models.CharField("nom", max_length=120)
    media_type = models.CharField("type", max_length=60)
    number = models.PositiveSmallIntegerField("version")
    content = models.BinaryField("contenu")
    source = models.JSONField("ce que le fichier dit, en blocs")
    contributions = models.PositiveIntegerField("contributions comptées")
    figures_at = models.DateTimeField("chiffres arrêtés le")
    sha256 = models.CharField("empreinte", max_length=64)
    created_at = models.DateTimeField("fait le", db_default=Now())

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "document"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "build", "media_type"], name="document_is_one_a_build_and_type"
            ),
            models.CheckConstraint(
                name="document_is_at_most_20_mb",
                condition=LessThanOrEqual(Func(F("content"), function="octet_length"), LARGEST_BYTES),
                violation_error_message="Un document ne dépasse pas 20 Mo.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Transmission(TenantModel):
    """The bytes that were sent, by whom and when. Append-only: what was transmitted stays."""

    synthesis = models.ForeignKey(Synthesis, on_delete=models.PROTECT, related_name="transmissions")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="transmissions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("le", db_default=Now())

    class Meta:
        verbose_name = "transmission"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.document}, {self.at}"
