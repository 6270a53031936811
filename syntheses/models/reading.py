"""How what was said was read: by the machine (`Reading`, `Echo`, `Idea`, written anew by each run) and by people
(`Decision`, `Grouping`, which no run touches)."""

from typing import Self

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from assises.clock import TransactionNow
from assises.jobs.models import Owed
from assises.tenancy.models import TenantModel, TenantQuerySet
from consultations.models import Consultation
from contributions.models import Statement

Nature = Statement.Kind
NAME_OF_AN_IDEA = 200
PLAIN = 80  # a theme that is as sure as this needs nobody


class Analysis(Owed):
    """A run that is owed: everything that one consultation had received by `read_until`, or only what is new."""

    class Extent(models.TextChoices):
        NEW = "new", "les nouveaux textes"
        WHOLE = "whole", "tous les textes"

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="analyses")
    extent = models.CharField("étendue", max_length=5, choices=Extent)
    read_until = models.DateTimeField("lu jusqu’au")
    # Entries of the log that it saw, of the hour before: what was then on its way is noticed by their number.
    recent = models.PositiveIntegerField("faits de la dernière heure", default=0)
    seconds = models.FloatField("durée", default=0)
    # What went in, by which code, what came out: two runs with the same `input` have the same `output`.
    manifest = models.JSONField("compte rendu", default=dict)
    memory = models.JSONField("ce qui permet de lire la suite", null=True, blank=True)

    class Meta(Owed.Meta):
        verbose_name = "analyse"
        ordering = ["pk"]
        constraints = [
            *Owed.Meta.constraints,
            models.UniqueConstraint(
                fields=["prefecture", "consultation"],
                condition=Q(done_at=None, given_up_at=None),
                name="analysis_is_owed_once",
            ),
        ]
        indexes = [
            *Owed.Meta.indexes,
            models.Index(name="analysis_of_consultation", fields=["consultation", "read_until"]),
        ]

    def __str__(self) -> str:
        return f"{self.consultation}, {self.get_extent_display()}"


class ReadingQuerySet(TenantQuerySet):
    def of(self, consultation: Consultation) -> Self:
        return self.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)

    def unsure(self) -> Self:
        """What a person had better look at, that which teaches most first; what is plain teaches a little as well."""
        return self.filter(teaches__gt=0, sure__lt=PLAIN).order_by("-teaches", "pk")


class Reading(TenantModel):
    """How one passage is read now: what people decided, and for the rest what the machine proposes."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="readings", db_index=False)
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="readings", db_index=False)
    start = models.PositiveIntegerField("début", default=0)
    end = models.PositiveIntegerField("fin")
    theme_key = models.CharField("thème principal", max_length=40, blank=True)  # empty: off the subject
    also = ArrayField(models.CharField(max_length=40), verbose_name="autres thèmes", default=list, blank=True)
    sure = models.PositiveSmallIntegerField("sûreté du thème", default=0)
    kind = models.CharField("nature", max_length=10, choices=Nature)
    kind_sure = models.PositiveSmallIntegerField("sûreté de la nature", default=0)
    echo_key = models.CharField("texte quasi identique à", max_length=40, blank=True)
    idea_key = models.CharField("idée", max_length=40, blank=True)
    teaches = models.PositiveIntegerField("ce qu’une décision apprendrait", default=0)
    by_theme = models.BooleanField("thème choisi par une personne", default=False)
    by_kind = models.BooleanField("nature choisie par une personne", default=False)
    by_group = models.BooleanField("regroupée par une personne", default=False)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = "lecture"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "statement", "start"], name="reading_is_one_a_passage"),
            models.CheckConstraint(name="reading_ends_after_it_begins", condition=Q(end__gt=F("start"))),
        ]
        indexes = [
            models.Index(name="reading_of_theme", fields=["consultation", "theme_key", "kind"]),
            models.Index(name="reading_of_idea", fields=["consultation", "idea_key"], condition=~Q(idea_key="")),
            models.Index(name="reading_of_echo", fields=["consultation", "echo_key"], condition=~Q(echo_key="")),
            models.Index(name="reading_that_teaches", fields=["consultation", "-teaches"], condition=Q(teaches__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.start}–{self.end}"


class FoundQuerySet(TenantQuerySet):
    def of(self, consultation: Consultation) -> Self:
        return self.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)


class Echo(TenantModel):
    """Near-identical texts: disclosed and counted both ways, never removed. Its passages carry its key."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="echoes")
    key = models.CharField("clé", max_length=40)
    is_exact = models.BooleanField("mot pour mot")
    contributions = models.PositiveIntegerField("contributions")
    passages = models.PositiveIntegerField("passages")
    first_on = models.DateField("premier jour")
    last_on = models.DateField("dernier jour")
    of = models.JSONField("par canal et par public", default=dict)  # {"channel": {"mail": 12}, "audience": {…}}

    objects = FoundQuerySet.as_manager()

    class Meta:
        verbose_name = "textes quasi identiques"
        ordering = ["-contributions", "key"]
        constraints = [models.UniqueConstraint(fields=["prefecture", "consultation", "key"], name="echo_key_is_unique")]

    def __str__(self) -> str:
        return f"{self.contributions} contributions quasi identiques"


class Idea(TenantModel):
    """Passages of one theme and nature that say the same thing; they carry its key. `position`: the most said first."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="ideas")
    key = models.CharField("clé", max_length=40)
    theme_key = models.CharField("thème", max_length=40, blank=True)
    kind = models.CharField("nature", max_length=10, choices=Nature)
    position = models.PositiveIntegerField("rang")
    label = models.CharField("intitulé", max_length=NAME_OF_AN_IDEA)
    contributions = models.PositiveIntegerField("contributions")
    passages = models.PositiveIntegerField("passages")
    without_echoes = models.PositiveIntegerField("passages, chaque écho compté une fois")
    meetings = models.PositiveIntegerField("réunions", default=0)
    of = models.JSONField("par canal, public et arrondissement", default=dict)
    quotes = ArrayField(models.BigIntegerField(), verbose_name="citations", default=list)  # statements, in order
    sure = models.PositiveSmallIntegerField("ressemblance", default=0)
    by_person = models.BooleanField("faite ou nommée par une personne", default=False)

    objects = FoundQuerySet.as_manager()

    class Meta:
        verbose_name = "idée"
        ordering = ["theme_key", "kind", "position"]
        constraints = [models.UniqueConstraint(fields=["prefecture", "consultation", "key"], name="idea_key_is_unique")]
        indexes = [models.Index(name="idea_of_theme", fields=["consultation", "theme_key", "kind", "position"])]

    def __str__(self) -> str:
        return self.label


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Grouping(TenantModel):
    """An idea that a person made, named or confirmed; its passages are `Decision` rows. No run changes it."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="groupings")
    key = models.CharField("clé", max_length=40)
    theme_key = models.CharField("thème", max_length=40, blank=True)
    kind = models.CharField("nature", max_length=10, choices=Nature)
    label = models.CharField("intitulé", max_length=NAME_OF_AN_IDEA, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("le", db_default=Now())

    objects = FoundQuerySet.as_manager()

    class Meta:
        verbose_name = "idée d’une personne"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "consultation", "key"], name="grouping_key_is_unique")
        ]

    def __str__(self) -> str:
        return self.label


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Decision(TenantModel):
    """What a person decided about a passage, and what the machine had proposed: stored apart, shown apart."""

    class About(models.TextChoices):
        THEME = "theme", "thème"
        KIND = "kind", "nature"
        GROUP = "group", "regroupement"

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="decisions", db_index=False)
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="decisions", db_index=False)
    start = models.PositiveIntegerField("début", default=0)
    about = models.CharField("sur", max_length=5, choices=About)
    themes = ArrayField(models.CharField(max_length=40), verbose_name="thèmes", default=list, blank=True)
    kind = models.CharField("nature", max_length=10, choices=Nature, blank=True)
    grouping = models.ForeignKey(
        Grouping, on_delete=models.CASCADE, null=True, blank=True, related_name="decisions", verbose_name="idée"
    )
    proposed = models.JSONField("ce que la machine proposait", default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("le", db_default=TransactionNow())

    objects = FoundQuerySet.as_manager()

    class Meta:
        verbose_name = "décision"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "statement", "start", "about"], name="decision_is_one_a_passage_and_matter"
            ),
            models.CheckConstraint(
                name="decision_says_only_its_matter",
                condition=Q(about="theme", kind="", grouping=None)
                | Q(about="kind", themes__len=0, grouping=None) & ~Q(kind="")
                | Q(about="group", themes__len=0, kind=""),
            ),
        ]
        indexes = [models.Index(name="decision_of_consultation", fields=["consultation", "at"])]

    def __str__(self) -> str:
        return f"{self.get_about_display()} de {self.statement_id}"


class Tally(TenantModel):
    """One number that pages show, counted by the job: `about` says of what, `key` and `other` of which."""

    class About(models.TextChoices):
        STATE = "state", "reçues, comptées, corrigées, retirées"
        CHANNEL = "channel", "contributions par canal"
        AUDIENCE = "audience", "contributions par public"
        DAY = "day", "contributions par jour"
        PLACE = "place", "contributions par arrondissement"
        THEME = "theme", "passages par thème et nature"
        THEME_CHANNEL = "theme_channel", "contributions par thème et canal"
        THEME_AUDIENCE = "theme_audience", "contributions par thème et public"
        THEME_PLACE = "theme_place", "contributions par thème et arrondissement"
        READING = "reading", "passages lus, incertains, hors sujet, décidés"

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="tallies")
    about = models.CharField("de quoi", max_length=14, choices=About)
    key = models.CharField("lequel", max_length=101, blank=True)
    other = models.CharField("et lequel", max_length=101, blank=True)
    number = models.PositiveIntegerField("nombre")

    objects = FoundQuerySet.as_manager()

    class Meta:
        verbose_name = "compte"
        ordering = ["about", "key", "other"]
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "consultation", "about", "key", "other"], name="tally_is_one_a_matter"
            )
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.key} {self.other}: {self.number}"
