"""One prefecture's part of a campaign. Dates say whether it is open; only decisions are stored as states."""

from datetime import datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from assises.tenancy.models import TenantModel, TenantQuerySet

from .campaign import Campaign


class ConsultationQuerySet(TenantQuerySet):
    def published(self) -> Self:
        return self.exclude(published_at=None)

    def open_at(self, moment: datetime) -> Self:
        """Opening included, closing excluded, to the second."""
        return self.filter(state=Consultation.State.PUBLISHED, opens_at__lte=moment, closes_at__gt=moment)

    def closed_at(self, moment: datetime) -> Self:
        return self.filter(state=Consultation.State.PUBLISHED, closes_at__lte=moment)

    def untouched_since(self, moment: datetime) -> Self:
        """Drafts that nobody has worked on since then; a younger one has not waited yet."""
        drafts = self.filter(state=Consultation.State.DRAFT, launched_at__lt=moment)
        return drafts.filter(Q(touched_at=None) | Q(touched_at__lt=moment))

    def to_come_at(self, moment: datetime) -> Self:
        return self.filter(state=Consultation.State.PUBLISHED, opens_at__gt=moment)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())
class Consultation(TenantModel):
    """The tenant's main object; may have no questionnaire at all."""

    class State(models.TextChoices):
        DRAFT = "draft", "en préparation"
        PUBLISHED = "published", "publiée"
        WITHDRAWN = "withdrawn", "retirée"

    TRANSITIONS = {State.DRAFT: {State.PUBLISHED}, State.PUBLISHED: {State.WITHDRAWN}}

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="consultations")
    state = models.CharField("état", max_length=10, choices=State, default=State.DRAFT)
    introduction = models.TextField("introduction", blank=True)
    opens_at = models.DateTimeField("ouverture", null=True, blank=True)
    closes_at = models.DateTimeField("clôture", null=True, blank=True)
    published_at = models.DateTimeField("publiée le", null=True, blank=True, editable=False)
    withdrawn_reason = models.TextField("pourquoi elle est retirée", blank=True)
    is_pilot = models.BooleanField("préfecture pilote", default=False, editable=False)
    launched_at = models.DateTimeField("lancée le", db_default=Now(), editable=False)
    touched_at = models.DateTimeField("dernier travail de l’équipe", null=True, blank=True, editable=False)
    # How people can contribute; meetings and places have their rows.
    is_online = models.BooleanField("questionnaire en ligne", default=True)
    is_by_invitation = models.BooleanField("sur invitation", default=False)
    is_readable_by_all = models.BooleanField("contributions lisibles par tous", default=False)
    mail_address = models.EmailField("adresse électronique", blank=True)
    postal_address = models.TextField("adresse postale", blank=True)
    telephone = models.CharField("téléphone", max_length=20, blank=True)
    telephone_hours = models.CharField("heures d’appel", max_length=120, blank=True)
    meetings = models.TextField("réunions", blank=True)
    # Who helps, said at every step; the prefecture's own when empty.
    contact_name = models.CharField("service qui renseigne", max_length=120, blank=True)
    contact_mail = models.EmailField("courriel du service", blank=True)
    contact_telephone = models.CharField("téléphone du service", max_length=20, blank=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = "concertation départementale"
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "campaign"],
                name="consultation_is_one_a_campaign",
                violation_error_message="Cette préfecture a déjà une concertation dans cet exercice.",
            ),
            models.CheckConstraint(
                name="consultation_closes_after_it_opens",
                condition=Q(closes_at__gt=F("opens_at")),
                violation_error_message="La clôture doit suivre l’ouverture.",
            ),
            models.CheckConstraint(
                name="consultation_published_has_dates",
                condition=Q(state="draft")
                | Q(published_at__isnull=False, opens_at__isnull=False, closes_at__isnull=False),
                violation_error_message="Une concertation publiée a une ouverture et une clôture.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign} ({self.prefecture_id})"

    def get_absolute_url(self) -> str:
        return reverse("consultation", args=[self.prefecture.slug, self.campaign.slug])

    def is_open_at(self, moment: datetime) -> bool:
        """The same rule as the QuerySet's, for a row at hand."""
        return self.is_published and self.opens_at <= moment < self.closes_at

    def has_closed_at(self, moment: datetime) -> bool:
        return self.is_published and moment >= self.closes_at

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED
