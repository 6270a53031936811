"""The national exercise: what every department is asked, and by when."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from .facts import Audience, QuestionFacts, ThemeFacts, audiences_field


def every_audience() -> list[str]:
    return list(Audience.values)


class CampaignQuerySet(models.QuerySet):
    def launched(self):
        return self.exclude(launched_at=None)


class Campaign(models.Model):
    """Run by the ministry. Its dates are days: each prefecture lives them in its own time zone."""

    slug = models.SlugField("adresse", max_length=60, unique=True)
    title = models.CharField("titre", max_length=120)
    purpose = models.TextField("objet", help_text="Dit au public, en quelques phrases, pourquoi on l’interroge.")
    opens_on = models.DateField("ouverture au plus tôt")
    closes_on = models.DateField("clôture au plus tard")
    synthesis_due_on = models.DateField("synthèses attendues le")
    audiences = audiences_field(verbose_name="publics", default=every_audience)
    outline = models.JSONField("plan de la synthèse", default=list, blank=True)  # [{"title", "instruction"}]
    synthesis_pages = models.PositiveSmallIntegerField("pages au plus", null=True, blank=True)
    ranked_proposals = models.PositiveSmallIntegerField("propositions à classer", null=True, blank=True)
    made_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField("créé le", db_default=Now(), editable=False)
    launched_at = models.DateTimeField("lancé le", null=True, blank=True, editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "exercice national"
        verbose_name_plural = "exercices nationaux"
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="campaign_closes_after_it_opens",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message="La clôture doit suivre l’ouverture.",
            ),
            models.CheckConstraint(
                name="campaign_synthesis_is_due_after_closing",
                condition=Q(synthesis_due_on__gt=F("closes_on")),
                violation_error_message="Les synthèses sont attendues après la clôture.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CoreTheme(ThemeFacts):
    """A national theme: each consultation gets its own copy, locked."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="themes")

    class Meta(ThemeFacts.Meta):
        verbose_name = "thème national"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "key"],
                name="core_theme_key_is_unique",
                violation_error_message="Un thème de cet exercice porte déjà ce nom.",
            )
        ]


class CoreQuestion(QuestionFacts):
    """A national question, asked word for word everywhere."""

    theme = models.ForeignKey(CoreTheme, on_delete=models.CASCADE, related_name="questions", verbose_name="thème")
    retired_at = models.DateTimeField("retirée le", null=True, blank=True, editable=False)  # after the launch

    class Meta(QuestionFacts.Meta):
        verbose_name = "question nationale"
        constraints = [
            *QuestionFacts.Meta.constraints,
            models.UniqueConstraint(
                fields=["theme", "key"],
                name="core_question_key_is_unique",
                violation_error_message="Une question de ce thème porte déjà cette clé.",
            ),
        ]
