"""Around one consultation: where paper is, who is invited, what can be read, and what was announced."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from assises.clock import TransactionNow
from assises.jobs.models import Owed
from assises.tenancy.models import TenantModel

from .consultation import Consultation
from .facts import Audience
from .national import CampaignExtension, FileFacts


class Place(TenantModel):
    """Where paper forms are handed out and taken back, or where somebody writes down what is said."""

    class Kind(models.TextChoices):
        PAPER = "paper", "questionnaires papier"
        COUNTER = "counter", "guichet"

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="places")
    kind = models.CharField("ce qu’on y trouve", max_length=10, choices=Kind, default=Kind.PAPER)
    name = models.CharField("lieu", max_length=120)
    address = models.CharField("adresse", max_length=200)
    hours = models.CharField("jours et heures", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("rang", default=1)

    class Meta:
        verbose_name = "lieu"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Partner(TenantModel):
    """A body that is invited by name. Whoever holds its link answers for it."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField("organisme", max_length=150)
    audience = models.CharField("public", max_length=20, choices=Audience, default=Audience.ASSOCIATION)
    mail = models.EmailField("courriel", blank=True)
    key = models.CharField("clé", max_length=43, editable=False)
    key_hash = models.CharField(max_length=64, editable=False)
    invited_at = models.DateTimeField("invité le", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "partenaire"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "consultation", "name"],
                name="partner_is_invited_once",
                violation_error_message="Ce partenaire est déjà dans la liste.",
            ),
            models.UniqueConstraint(fields=["prefecture", "key_hash"], name="partner_key_is_unique"),
        ]

    def __str__(self) -> str:
        return self.name


class Attachment(TenantModel, FileFacts):
    """A document offered to the public beside the questionnaire."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="attachments")

    class Meta(FileFacts.Meta):
        verbose_name = "document"


class Extension(TenantModel):
    """A later closing, by the prefecture or by the ministry for all; its note is public. Append-only."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="extensions")
    national = models.ForeignKey(CampaignExtension, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    former_closes_at = models.DateTimeField("clôture d’avant")
    closes_at = models.DateTimeField("nouvelle clôture")
    note = models.TextField("note publique")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("le", db_default=TransactionNow())

    class Meta:
        verbose_name = "prolongation"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="extension_closes_later",
                condition=Q(closes_at__gt=F("former_closes_at")),
                violation_error_message="La nouvelle clôture doit suivre l’ancienne.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.consultation}, {self.closes_at}"


class Announcement(Owed):
    """What followers are told, by mail (a job) and in the feed: an opening, a later closing, a withdrawal, results."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="announcements")
    title = models.CharField("titre", max_length=150)
    text = models.TextField("texte")

    class Meta(Owed.Meta):
        verbose_name = "annonce"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def said_at(self) -> datetime:
        """An attempt moves the due date: once done, that moment is the date."""
        return self.done_at or self.due_at


class Follower(TenantModel):
    """An address that asked for the announcements, and proved that it is its own. Its key is in every mail."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="followers")
    mail = models.EmailField("courriel")
    key = models.CharField("clé", max_length=43, editable=False)
    key_hash = models.CharField(max_length=64, editable=False)
    asked_at = models.DateTimeField("demandé le", db_default=Now())
    confirmed_at = models.DateTimeField("confirmé le", null=True, blank=True)

    class Meta:
        verbose_name = "abonné"
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "key_hash"], name="follower_key_is_unique"),
        ]

    def __str__(self) -> str:
        return self.mail


class ShortLink(TenantModel):
    """An address short enough for a poster; by audience or partner, so that each can be counted."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="links")
    code = models.CharField("code", max_length=12)
    label = models.CharField("pour", max_length=80)
    audience = models.CharField("public", max_length=20, choices=Audience, blank=True)
    # A partner's own key, when the link is made for one body: whoever has the code then has the invitation.
    invitation = models.CharField("clé de l’invitation", max_length=43, blank=True, editable=False)

    class Meta:
        verbose_name = "lien court"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["prefecture", "code"], name="short_link_code_is_unique")]

    def __str__(self) -> str:
        return self.label


class Passing(TenantModel):
    """How often a point of the journey was passed on one day: counters, no cookie, nobody's trace.

    Visitors add rows of one; a routine adds them up.
    """

    class Point(models.IntegerChoices):
        """Steps of the questionnaire are their number."""

        PAGE = 0, "page de la concertation"
        SENT = 1000, "contribution envoyée"

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="passings")
    link = models.ForeignKey(ShortLink, on_delete=models.CASCADE, null=True, blank=True, related_name="passings")
    day = models.DateField("jour")
    point = models.PositiveSmallIntegerField("étape")
    number = models.PositiveIntegerField("passages", default=1)

    class Meta:
        verbose_name = "passage compté"
        indexes = [models.Index(name="passing_of_consultation", fields=["consultation", "day"])]

    def __str__(self) -> str:
        return f"{self.consultation_id}, {self.day}, {self.point}: {self.number}"
