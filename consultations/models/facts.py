"""What themes and questions are made of, national or local: the same facts, so that a copy can be compared."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Kind(models.TextChoices):
    """What a question asks for."""

    CHOICE = "choice", "un choix"
    CHOICES = "choices", "plusieurs choix"
    YES_NO = "yes_no", "oui ou non"
    SCALE = "scale", "échelle"
    TEXT = "text", "réponse courte"
    FINDING = "finding", "constat"
    PROPOSAL = "proposal", "proposition"


WITH_CHOICES = {Kind.CHOICE, Kind.CHOICES, Kind.SCALE}
FREE_TEXT = {Kind.FINDING, Kind.PROPOSAL}


class ThemeFacts(models.Model):
    """A theme: `key` is stable across years, so that departments and exercises can be compared."""

    key = models.SlugField("clé", max_length=40)
    position = models.PositiveSmallIntegerField("rang", default=1)
    title = models.CharField("titre", max_length=120)
    description = models.TextField("description", blank=True)
    keywords = ArrayField(models.CharField(max_length=60), verbose_name="mots-clés", default=list, blank=True)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class QuestionFacts(models.Model):
    """A question: `key` names its answers for ever."""

    key = models.SlugField("clé", max_length=60)
    position = models.PositiveSmallIntegerField("rang", default=1)
    kind = models.CharField("type de réponse", max_length=10, choices=Kind)
    label = models.CharField("question", max_length=300)
    help = models.CharField("précision", max_length=300, blank=True)
    choices = ArrayField(models.CharField(max_length=200), verbose_name="réponses proposées", default=list, blank=True)
    required = models.BooleanField("réponse obligatoire", default=False)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_choices_when_it_needs_them",
                condition=~models.Q(kind__in=sorted(WITH_CHOICES)) | models.Q(choices__len__gte=2),
                violation_error_message="Proposez au moins deux réponses.",
            )
        ]

    def __str__(self) -> str:
        return self.label
