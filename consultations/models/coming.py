"""Who comes to a meeting: partners that are invited, people who register, and the lots that were drawn among them."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from assises.tenancy.models import TenantModel, TenantQuerySet

from .around import Partner
from .meetings import Meeting


class MeetingInvitation(TenantModel):
    """A partner that is asked to come, and what it answered. Its own key, that of the partner, opens the answer."""

    class Answer(models.TextChoices):
        NONE = "none", "pas encore de réponse"
        PRESENT = "present", "présent"
        REPRESENTED = "represented", "représenté"
        EXCUSED = "excused", "excusé"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="meeting_invitations")
    answer = models.CharField("réponse", max_length=11, choices=Answer, default=Answer.NONE)
    note = models.CharField("par qui", max_length=150, blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True, editable=False)
    written_at = models.DateTimeField("invité le", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "partenaire invité à une réunion"
        ordering = ["partner__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "meeting", "partner"],
                name="meeting_invites_a_partner_once",
                violation_error_message="Ce partenaire est déjà invité à cette réunion.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.partner_id}, {self.answer}"


class Draw(TenantModel):
    """A draw by lot: its seed is hidden until it is used, then public for ever, with everything that replays it."""

    class State(models.TextChoices):
        READY = "ready", "à tirer"
        DRAWN = "drawn", "tiré"

    TRANSITIONS = {State.READY: {State.DRAWN}}

    state = models.CharField("état", max_length=5, choices=State, default=State.READY)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="draws")
    seed = models.CharField("graine", max_length=64)
    drawn_at = models.DateTimeField("tiré le", null=True, blank=True)
    seats = models.PositiveIntegerField("places", null=True, blank=True)
    order = ArrayField(models.PositiveIntegerField(), verbose_name="numéros dans l’ordre", default=list, blank=True)

    class Meta:
        verbose_name = "tirage au sort"
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "meeting"], name="draw_is_one_a_meeting"),
            models.CheckConstraint(
                name="draw_is_whole",
                condition=Q(state="ready", drawn_at=None)
                | Q(state="drawn", drawn_at__isnull=False, seats__isnull=False),
                violation_error_message="Un tirage a une date et un nombre de places.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}, {self.drawn_at}"


class RegistrationQuerySet(TenantQuerySet):
    def seated(self) -> Self:
        """Who has a seat."""
        return self.filter(state__in=[Registration.State.CONFIRMED, Registration.State.DRAWN])

    def queueing(self) -> Self:
        """Who gets the next one, in order: by rank where lots were drawn, then by number."""
        waiting = self.filter(state__in=[Registration.State.WAITING, Registration.State.NOT_DRAWN])
        return waiting.order_by(F("rank").asc(nulls_last=True), "ticket")

    def living(self) -> Self:
        return self.exclude(state=Registration.State.CANCELLED)


class Registration(TenantModel):
    """Somebody who wants to come. A `ticket` stands for them where names must not; a cancelled row has none."""

    class State(models.TextChoices):
        CONFIRMED = "confirmed", "place réservée"
        WAITING = "waiting", "sur la liste d’attente"
        ENTERED = "entered", "inscrit au tirage au sort"
        DRAWN = "drawn", "tiré au sort"
        NOT_DRAWN = "not_drawn", "sur la liste d’attente, dans l’ordre du tirage"
        CANCELLED = "cancelled", "annulé"

    TRANSITIONS = {
        State.CONFIRMED: {State.CANCELLED},
        State.WAITING: {State.CONFIRMED, State.CANCELLED},
        State.ENTERED: {State.DRAWN, State.NOT_DRAWN, State.CANCELLED},
        State.DRAWN: {State.CANCELLED},
        State.NOT_DRAWN: {State.DRAWN, State.CANCELLED},
    }
    # Everything that says who somebody is: emptied by a cancellation, gone with the row at its date.
    PERSONAL = ("name", "mail", "telephone", "organisation", "needs", "identity")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="registrations")
    state = models.CharField("état", max_length=10, choices=State)
    ticket = models.PositiveIntegerField("numéro")
    rank = models.PositiveIntegerField("rang au tirage", null=True, blank=True)
    name = models.CharField("nom", max_length=120, blank=True)
    mail = models.EmailField("courriel", blank=True)
    telephone = models.CharField("téléphone", max_length=20, blank=True)
    organisation = models.CharField("organisme", max_length=150, blank=True)
    audience = models.CharField("public", max_length=20, blank=True)
    needs = models.CharField("ce qu’il faut prévoir", max_length=300, blank=True)
    identity = models.CharField("date et lieu de naissance", max_length=120, blank=True)
    key = models.CharField("clé", max_length=43, editable=False)
    key_hash = models.CharField(max_length=64, editable=False)
    form_hash = models.CharField(max_length=64, blank=True, editable=False)
    is_by_staff = models.BooleanField("inscrit par l’équipe", default=False)
    is_here = models.BooleanField("présent", default=False)
    registered_at = models.DateTimeField("inscrit le", db_default=Now())
    written_at = models.DateTimeField("dernier courriel demandé le", null=True, blank=True)
    reminded_at = models.DateTimeField("rappel envoyé le", null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = "inscription"
        ordering = ["ticket"]
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "meeting", "ticket"], name="registration_has_its_number"),
            models.UniqueConstraint(fields=["prefecture", "key_hash"], name="registration_key_is_unique"),
            models.CheckConstraint(
                name="registration_cancelled_names_nobody",
                condition=~Q(state="cancelled")
                | Q(name="", mail="", telephone="", organisation="", identity="", needs=""),
                violation_error_message="Une inscription annulée ne garde aucun nom.",
            ),
        ]
        indexes = [models.Index(name="registration_of_meeting", fields=["meeting", "state"])]

    def __str__(self) -> str:
        return f"n° {self.ticket}"

    @property
    def is_seated(self) -> bool:
        return self.state in {self.State.CONFIRMED, self.State.DRAWN}

    def nobody(self) -> dict[str, Any]:
        """The values that empty it."""
        return dict.fromkeys(self.PERSONAL, "")
