"""One act of one person or body, made by `contributions/intake/record.py` and by nothing else.

What it says never changes. A correction is another contribution under the same code; a withdrawal takes the words and
leaves the row.
"""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from assises.clock import TransactionNow
from assises.tenancy.models import TenantModel
from consultations.models import Audience, Consultation, Partner, QuestionnaireVersion


class Channel(models.TextChoices):
    """How it reached the prefecture."""

    WEB = "web", "questionnaire en ligne"
    MAIL = "mail", "courriel"
    LETTER = "letter", "lettre"
    PAPER = "paper", "formulaire papier"
    PHONE = "phone", "téléphone ou guichet"
    MEETING = "meeting", "réunion"
    SURVEY = "survey", "enquête de proximité"


class Flag(models.TextChoices):
    """What staff should know before they read; nothing is refused or removed for it."""

    FAST = "fast", "envoyée très vite"
    HONEYPOT = "honeypot", "champ invisible rempli"
    SURGE = "surge", "beaucoup d’envois d’une même adresse"
    URGENT = "urgent", "danger ou infraction"


class Contribution(TenantModel):
    """Closed and short answers, by `theme-key.question-key`; free texts are `Statement` rows, and only there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="contributions")
    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField("canal", max_length=10, choices=Channel)
    audience = models.CharField("public", max_length=20, choices=Audience, default=Audience.PUBLIC)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answers = models.JSONField("réponses", default=dict)
    may_publish = models.BooleanField("citation autorisée", default=False)
    flags = ArrayField(models.CharField(max_length=10, choices=Flag), default=list, db_default=[], blank=True)
    submission_key = models.UUIDField("clé d’envoi", editable=False)
    receipt_hash = models.CharField("empreinte du code de suivi", max_length=64, editable=False)
    salt = models.BinaryField("sel", max_length=32, null=True, editable=False)
    received_at = models.DateTimeField("reçue le", db_default=TransactionNow(), editable=False)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+", editable=False
    )
    replaced_at = models.DateTimeField("corrigée le", null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True, editable=False)
    unquoted_at = models.DateTimeField("plus citée depuis le", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "contribution"
        ordering = ["received_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "submission_key"], name="contribution_is_one_a_submission"),
            models.UniqueConstraint(
                fields=["prefecture", "receipt_hash"],
                condition=Q(replaced_at=None),
                name="contribution_code_has_one_current",
            ),
            models.UniqueConstraint(
                fields=["prefecture", "replaces"],
                condition=Q(replaces__isnull=False),
                name="contribution_is_replaced_once",
            ),
        ]
        indexes = [
            models.Index(name="contribution_of_consultation", fields=["consultation", "received_at"]),
            # Those that were corrected, found again by their code; costs nothing when one is received.
            models.Index(
                name="contribution_was_replaced",
                fields=["prefecture", "receipt_hash"],
                condition=Q(replaced_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}, {self.received_at:%d/%m/%Y}"

    @property
    def is_current(self) -> bool:
        """Neither corrected nor withdrawn since."""
        return self.replaced_at is None and self.withdrawn_at is None


class Statement(TenantModel):
    """One passage of free text: the unit that is moderated, themed and cited.

    `theme_key` and `question_key` say where it was written; a mail or a letter has neither.
    """

    class Kind(models.TextChoices):
        FINDING = "finding", "constat"
        PROPOSAL = "proposal", "proposition"

    class Withheld(models.TextChoices):
        PERSONAL = "personal", "données personnelles"
        URGENT = "urgent", "danger ou infraction"

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="statements")
    theme_key = models.CharField("thème", max_length=40, blank=True)
    question_key = models.CharField("question", max_length=60, blank=True)
    kind = models.CharField("nature", max_length=10, choices=Kind)
    position = models.PositiveSmallIntegerField("rang", default=1)
    text = models.TextField("texte")
    withheld = models.CharField("tenu à l’écart", max_length=10, choices=Withheld, blank=True, db_default="")
    looked_at = models.DateTimeField("regardé le", null=True, blank=True, editable=False)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    receipt_hash = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = "passage"
        ordering = ["contribution", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "contribution", "position"], name="statement_has_its_own_place"
            ),
            models.CheckConstraint(
                name="statement_says_something",
                condition=~Q(text=""),
                violation_error_message="Un passage ne peut pas être vide.",
            ),
        ]
        indexes = [
            models.Index(
                name="statement_to_be_looked_at",
                fields=["prefecture", "contribution"],
                condition=~Q(withheld="") & Q(looked_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_to_be_looked_at(self) -> bool:
        return bool(self.withheld) and self.looked_at is None
