"""A consultation's themes and questions, and the version that was frozen when it was published."""

from django.db import models
from django.db.models.functions import Now

from assises.tenancy.models import TenantModel

from .campaign import CoreQuestion, CoreTheme
from .consultation import Consultation
from .facts import QuestionFacts, ThemeFacts


class Theme(TenantModel, ThemeFacts):
    """National (copied from the campaign, locked) or local."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="themes")
    national = models.ForeignKey(CoreTheme, on_delete=models.PROTECT, null=True, blank=True, related_name="copies")

    class Meta(ThemeFacts.Meta):
        verbose_name = "thème"
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "consultation", "key"],
                name="theme_key_is_unique",
                violation_error_message="Un thème de cette concertation porte déjà ce nom.",
            )
        ]

    @property
    def is_national(self) -> bool:
        return self.national_id is not None


class Question(TenantModel, QuestionFacts):
    """National (locked) or local."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="questions", verbose_name="thème")
    national = models.ForeignKey(CoreQuestion, on_delete=models.PROTECT, null=True, blank=True, related_name="copies")

    class Meta(QuestionFacts.Meta):
        verbose_name = "question"
        constraints = [
            *QuestionFacts.Meta.constraints,
            models.UniqueConstraint(
                fields=["prefecture", "theme", "key"],
                name="question_key_is_unique",
                violation_error_message="Une question de ce thème porte déjà cette clé.",
            ),
        ]

    @property
    def is_national(self) -> bool:
        return self.national_id is not None


class QuestionnaireVersion(TenantModel):
    """The questionnaire as the public saw it. Never changed: contributions refer to it for ever."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("version")
    content = models.JSONField("contenu")
    published_at = models.DateTimeField("publiée le", db_default=Now(), editable=False)

    class Meta:
        verbose_name = "version du questionnaire"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "consultation", "number"], name="questionnaire_version_number_is_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.consultation}, version {self.number}"
