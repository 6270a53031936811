"""What themes and questions are made of, national or local: the same facts, so that a copy can be compared."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Audience(models.TextChoices):
    """Who speaks."""

    PUBLIC = "public", "habitant"
    ELECTED = "elected", "élu"
    FORCES = "forces", "membre des forces de sécurité"
    BUSINESS = "business", "acteur socio-économique"
    ASSOCIATION = "association", "association"
    CITIZENS_COUNCIL = "citizens_council", "conseil citoyen"


class Kind(models.TextChoices):
    """What a question asks for."""

    CHOICE = "choice", "un choix"
    CHOICES = "choices", "plusieurs choix"
    YES_NO = "yes_no", "oui ou non"
    SCALE = "scale", "échelle"
    RANKING = "ranking", "classement"
    NUMBER = "number", "nombre"
    COMMUNE = "commune", "commune"
    TEXT = "text", "réponse courte"
    LONG_TEXT = "long_text", "réponse longue"
    FINDING = "finding", "constat"
    PROPOSAL = "proposal", "proposition"


ONE_OF = {Kind.CHOICE, Kind.SCALE, Kind.YES_NO}
WITH_CHOICES = {Kind.CHOICE, Kind.CHOICES, Kind.SCALE, Kind.RANKING}
CAN_DECIDE = {Kind.CHOICE, Kind.CHOICES, Kind.SCALE, Kind.YES_NO}  # whose answers may show or hide a later question
FREE_TEXT = {Kind.FINDING, Kind.PROPOSAL}

THEME_FACTS = ("key", "position", "title", "description", "keywords")
QUESTION_FACTS = (
    "key",
    "position",
    "kind",
    "label",
    "help",
    "choices",
    "accepts_other",
    "may_decline",
    "most",
    "lowest",
    "highest",
    "unit",
    "required",
    "audiences",
    "shown_on",
    "shown_if",
)


def audiences_field(**options: Any) -> ArrayField:
    return ArrayField(models.CharField(max_length=20, choices=Audience), **{"default": list, "blank": True, **options})


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
    """A question: `key` names its answers for ever, and each choice has a key of its own: words may be mended.

    `shown_on` names an earlier question (`theme-key.question-key`), `shown_if` the keys of its answers that show this.
    """

    key = models.SlugField("clé", max_length=60)
    position = models.PositiveSmallIntegerField("rang", default=1)
    kind = models.CharField("type de réponse", max_length=10, choices=Kind)
    label = models.CharField("question", max_length=300)
    help = models.CharField("précision", max_length=300, blank=True)
    choices = models.JSONField("réponses proposées", default=list, blank=True)  # [{"key", "label"}]
    accepts_other = models.BooleanField("« Autre, précisez »", default=False)
    may_decline = models.BooleanField("« Je ne souhaite pas répondre »", default=False)
    most = models.PositiveSmallIntegerField("nombre maximal de réponses", null=True, blank=True)
    lowest = models.IntegerField("nombre le plus petit", null=True, blank=True)
    highest = models.IntegerField("nombre le plus grand", null=True, blank=True)
    unit = models.CharField("unité", max_length=30, blank=True)
    required = models.BooleanField("réponse obligatoire", default=False)
    audiences = audiences_field(verbose_name="posée à")  # empty: to everybody
    shown_on = models.CharField("selon la réponse à", max_length=101, blank=True)
    shown_if = ArrayField(models.CharField(max_length=60), verbose_name="réponses", default=list, blank=True)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_choices_when_it_needs_them",
                condition=~Q(kind__in=sorted(WITH_CHOICES)) | Q(choices__1__isnull=False),
                violation_error_message="Proposez au moins deux réponses.",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_condition_is_whole",
                condition=Q(shown_on="", shown_if__len=0) | (~Q(shown_on="") & Q(shown_if__len__gte=1)),
                violation_error_message="Une condition nomme une question et au moins une de ses réponses.",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_bounds_are_in_order",
                condition=Q(lowest__isnull=True) | Q(highest__isnull=True) | Q(highest__gt=F("lowest")),
                violation_error_message="Le plus grand nombre doit dépasser le plus petit.",
            ),
        ]

    def __str__(self) -> str:
        return self.label
