"""Where people speak in a room: what is announced of a meeting, and what is known once it has taken place."""

from datetime import datetime
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from assises.accounts.models import Arrondissement, Commune
from assises.tenancy.models import TenantModel, TenantQuerySet

from .consultation import Consultation


class MeetingQuerySet(TenantQuerySet):
    def shown(self) -> Self:
        """What the public sees: a cancelled meeting stays, and says so."""
        return self.exclude(published_at=None)

    def to_come_at(self, moment: datetime) -> Self:
        return self.filter(state=Meeting.State.PUBLISHED, ends_at__gt=moment)

    def in_order(self) -> Self:
        """By date; those whose day is not known come last."""
        return self.order_by(F("starts_at").asc(nulls_last=True), "pk")


class Meeting(TenantModel):
    """One meeting. Its day may be unknown and only said in words: « courant janvier 2020 »."""

    class Kind(models.TextChoices):
        PUBLIC = "public", "réunion publique"
        DISTRICT = "district", "réunion d’arrondissement"
        PARTNERS = "partners", "réunion de partenaires"
        WORKSHOP = "workshop", "atelier"
        PANEL = "panel", "panel"
        DOORSTEP = "doorstep", "enquête de proximité"

    class State(models.TextChoices):
        DRAFT = "draft", "en préparation"
        PUBLISHED = "published", "annoncée"
        CANCELLED = "cancelled", "annulée"

    class Entry(models.TextChoices):
        """How one gets a seat."""

        FREE = "free", "entrée libre, sans inscription"
        FIRST = "first", "sur inscription, les premiers inscrits ont une place"
        LOT = "lot", "sur inscription, les places sont tirées au sort"

    TRANSITIONS = {State.DRAFT: {State.PUBLISHED}, State.PUBLISHED: {State.CANCELLED}}

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="meeting_rows")
    state = models.CharField("état", max_length=10, choices=State, default=State.DRAFT)
    kind = models.CharField("nature", max_length=10, choices=Kind, default=Kind.PUBLIC)
    title = models.CharField("titre", max_length=120)
    purpose = models.TextField("à quoi elle sert", blank=True)
    theme_keys = ArrayField(models.CharField(max_length=40), verbose_name="thèmes", default=list, blank=True)
    is_by_invitation = models.BooleanField("sur invitation", default=False)

    starts_at = models.DateTimeField("début", null=True, blank=True)
    ends_at = models.DateTimeField("fin", null=True, blank=True)
    when_said = models.CharField("quand, en mots", max_length=80, blank=True)

    place = models.CharField("lieu", max_length=120, blank=True)
    address = models.CharField("adresse", max_length=200, blank=True)
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    arrondissement = models.ForeignKey(
        Arrondissement, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    has_wheelchair_access = models.BooleanField("accès en fauteuil roulant", default=False)
    has_hearing_loop = models.BooleanField("boucle magnétique", default=False)
    has_sign_language = models.BooleanField("interprète en langue des signes", default=False)
    access_note = models.CharField("pour venir et entrer", max_length=300, blank=True)

    entry = models.CharField("entrée", max_length=5, choices=Entry, default=Entry.FREE)
    capacity = models.PositiveIntegerField("places", null=True, blank=True)
    registration_opens_at = models.DateTimeField("ouverture des inscriptions", null=True, blank=True)
    registration_closes_at = models.DateTimeField("clôture des inscriptions", null=True, blank=True)
    asks_identity = models.BooleanField("pièce d’identité demandée à l’entrée", default=False)

    published_at = models.DateTimeField("annoncée le", null=True, blank=True, editable=False)
    cancelled_reason = models.TextField("pourquoi elle est annulée", blank=True, editable=False)
    revision = models.PositiveSmallIntegerField("modifications annoncées", default=0, editable=False)
    # The hash of the seed of the draw, known to all before the first name is: see meetings/draw.py.
    draw_commitment = models.CharField("engagement du tirage", max_length=64, blank=True, editable=False)
    # « présents », by audience and « other »; none until somebody has counted. Never added to contributions.
    present = models.JSONField("présents", null=True, blank=True, editable=False)
    list_printed_at = models.DateTimeField("liste préparée le", null=True, blank=True, editable=False)
    identity_erased_at = models.DateTimeField("identités effacées le", null=True, blank=True, editable=False)
    people_erased_at = models.DateTimeField("inscriptions effacées le", null=True, blank=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "réunion"
        constraints = [
            models.CheckConstraint(
                name="meeting_ends_after_it_starts",
                condition=Q(starts_at=None, ends_at=None) | Q(ends_at__gt=F("starts_at")),
                violation_error_message="La fin doit suivre le début.",
            ),
            models.CheckConstraint(
                name="meeting_says_when",
                condition=Q(starts_at__isnull=False) | ~Q(when_said="") | Q(state="draft"),
                violation_error_message="Dites quand la réunion se tient.",
            ),
            models.CheckConstraint(
                name="meeting_with_registration_has_a_date",
                condition=Q(entry="free") | Q(starts_at__isnull=False),
                violation_error_message="On ne s’inscrit qu’à une réunion dont l’heure est fixée.",
            ),
            models.CheckConstraint(
                name="meeting_draw_has_seats",
                condition=~Q(entry="lot") | Q(capacity__isnull=False),
                violation_error_message="Pour tirer au sort, dites combien de places il y a.",
            ),
            models.CheckConstraint(
                name="meeting_capacity_is_positive",
                condition=Q(capacity=None) | Q(capacity__gt=0),
                violation_error_message="Une réunion a au moins une place.",
            ),
            models.CheckConstraint(
                name="meeting_registration_closes_after_it_opens",
                condition=Q(registration_opens_at=None)
                | Q(registration_closes_at=None)
                | Q(registration_closes_at__gt=F("registration_opens_at")),
                violation_error_message="La clôture des inscriptions doit suivre leur ouverture.",
            ),
            models.CheckConstraint(
                name="meeting_cancelled_says_why",
                condition=~Q(state="cancelled") | ~Q(cancelled_reason=""),
                violation_error_message="Dites pourquoi la réunion est annulée.",
            ),
        ]
        indexes = [models.Index(name="meeting_of_consultation", fields=["consultation", "starts_at"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        consultation = self.consultation
        return reverse("meeting", args=[consultation.prefecture.slug, consultation.campaign.slug, self.pk])

    @property
    def is_announced(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def is_drawn_by_lot(self) -> bool:
        return self.entry == self.Entry.LOT

    @property
    def draw(self) -> Any:
        """The one draw of a meeting whose seats are drawn by lot; made when it is announced."""
        return self.draws.all()[0]

    @property
    def takes_registrations(self) -> bool:
        """From anybody. Staff may write somebody in whoever the meeting is for."""
        return self.entry != self.Entry.FREE and not self.is_by_invitation

    @property
    def registration_ends_at(self) -> datetime | None:
        return self.registration_closes_at or self.starts_at

    def is_registering_at(self, moment: datetime) -> bool:
        """The opening included, the closing excluded, to the second."""
        if not (self.is_announced and self.entry != self.Entry.FREE and self.registration_ends_at):
            return False
        opens_at = self.registration_opens_at or self.published_at
        return opens_at <= moment < self.registration_ends_at

    def is_over_at(self, moment: datetime) -> bool:
        return self.ends_at is not None and self.ends_at <= moment

    @property
    def present_number(self) -> int | None:
        return sum(self.present.values()) if self.present is not None else None
