"""What the lead does around an exercise: periods of reserve, kit, messages, a later closing, mended words."""

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now
from django.db.models.lookups import LessThanOrEqual

from .campaign import Campaign

LARGEST_BYTES = 20 * 1024 * 1024


class ReservePeriod(models.Model):
    """Before an election the State's services keep silent: letters, meetings and results wait."""

    title = models.CharField("élection", max_length=120)
    starts_on = models.DateField("début de la réserve")
    ends_on = models.DateField("fin de la réserve")

    class Meta:
        verbose_name = "période de réserve électorale"
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                name="reserve_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="La fin de la réserve doit suivre son début.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class FileFacts(models.Model):
    """A file of at most 20 MB, in the database like everything else."""

    title = models.CharField("titre", max_length=120)
    name = models.CharField("nom du fichier", max_length=120)
    media_type = models.CharField("type", max_length=100)
    content = models.BinaryField("contenu")
    added_at = models.DateTimeField("ajouté le", db_default=Now(), editable=False)

    class Meta:
        abstract = True
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_is_at_most_20_mb",
                condition=LessThanOrEqual(Func(F("content"), function="octet_length"), LARGEST_BYTES),
                violation_error_message="Un document ne dépasse pas 20 Mo.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class KitDocument(FileFacts):
    """What the ministry gives every team: a guide, a model of press release."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="kit")

    class Meta(FileFacts.Meta):
        verbose_name = "document du kit"


class CampaignMessage(models.Model):
    """A message of the lead to every team of an exercise, kept as it was sent."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="messages")
    subject = models.CharField("objet", max_length=150)
    text = models.TextField("message")
    reach = models.CharField("à qui", max_length=20)
    mails = models.PositiveIntegerField("courriels", default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("le", db_default=Now())

    class Meta:
        verbose_name = "message aux équipes"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.subject


class CampaignExtension(models.Model):
    """A later closing for everybody, in one act, with a note for the public."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="extensions")
    former_closes_on = models.DateField("clôture d’avant")
    closes_on = models.DateField("nouvelle clôture")
    note = models.TextField("note publique")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("le", db_default=Now())

    class Meta:
        verbose_name = "prolongation nationale"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.campaign}, {self.closes_on}"


class Correction(models.Model):
    """What the lead changed in the core of a launched exercise; prefectures accept it or, once open, its words only."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="corrections")
    subject = models.CharField("où", max_length=300)
    changes = models.JSONField("ce qui change")  # [{"what", "before", "after"}], in words
    is_typo = models.BooleanField("faute corrigée", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("le", db_default=Now())

    class Meta:
        verbose_name = "correction"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.subject
