"""One act of one person or body: immutable. Made by `contributions/intake/record.py` and by nothing else."""

import uuid

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
    submission_key = models.UUIDField("clé d’envoi", editable=False)
    receipt_hash = models.CharField("empreinte du code de suivi", max_length=64, editable=False)
    salt = models.BinaryField("sel", max_length=32, null=True, editable=False)
    received_at = models.DateTimeField("reçue le", db_default=TransactionNow(), editable=False)

    class Meta:
        verbose_name = "contribution"
        ordering = ["received_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "submission_key"], name="contribution_is_one_a_submission"),
            models.UniqueConstraint(fields=["prefecture", "receipt_hash"], name="contribution_code_is_unique"),
        ]
        indexes = [models.Index(name="contribution_of_consultation", fields=["consultation", "received_at"])]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}, {self.received_at:%d/%m/%Y}"


class Statement(TenantModel):
    """One passage of free text: the unit that is moderated, themed and cited.

    `theme_key` and `question_key` say where it was written; a mail or a letter has neither.
    """

    class Kind(models.TextChoices):
        FINDING = "finding", "constat"
        PROPOSAL = "proposal", "proposition"

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="statements")
    theme_key = models.CharField("thème", max_length=40, blank=True)
    question_key = models.CharField("question", max_length=60, blank=True)
    kind = models.CharField("nature", max_length=10, choices=Kind)
    position = models.PositiveSmallIntegerField("rang", default=1)
    text = models.TextField("texte")
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

    def __str__(self) -> str:
        return self.text[:60]
