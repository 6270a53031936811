"""Rights: who works for which prefecture, in which role, invited or replaced by whom."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now

from assises.tenancy.models import TenantQuerySet

from .geography import Prefecture


class Role(models.TextChoices):
    AGENT = "agent", "agent"
    EDITOR = "editor", "rédacteur"
    ADMINISTRATOR = "administrator", "administrateur local"
    PREFECT = "prefect", "préfet"
    READER = "reader", "lecteur"
    LEAD = "lead", "pilote national"


PREFECTURE_ROLES = (Role.AGENT, Role.EDITOR, Role.ADMINISTRATOR, Role.PREFECT)
MINISTRY_ROLES = (Role.READER, Role.LEAD)

role_fits_its_side = Q(prefecture=None, role__in=MINISTRY_ROLES) | Q(
    prefecture__isnull=False, role__in=PREFECTURE_ROLES
)
WRONG_SIDE = "Ce rôle n’existe pas de ce côté : préfecture ou ministère."


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Membership(models.Model):
    """A person's place in one prefecture's team, or in the ministry's when there is no prefecture."""

    prefecture = models.ForeignKey(Prefecture, on_delete=models.PROTECT, null=True, blank=True, db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField("rôle", max_length=16, choices=Role)
    title = models.CharField("fonction affichée", max_length=80, blank=True, help_text="Préfète, sous-préfet…")
    since = models.DateTimeField("depuis", db_default=Now(), editable=False)

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = "membre de l’équipe"
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "user"],
                name="membership_is_one_a_team",
                nulls_distinct=False,
                violation_error_message="Cette personne fait déjà partie de l’équipe.",
            ),
            models.CheckConstraint(
                name="membership_role_fits_its_side", condition=role_fits_its_side, violation_error_message=WRONG_SIDE
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"


class DelegationQuerySet(TenantQuerySet):
    def in_force_on(self, day):
        return self.filter(revoked_at=None, starts_on__lte=day, ends_on__gte=day)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())
class Delegation(models.Model):
    """The prefect lets a member sign in their place, from one day to another, both included, in local time."""

    prefecture = models.ForeignKey(Prefecture, on_delete=models.PROTECT, db_index=False)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegations_given")
    given_to = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="delegations", verbose_name="à")
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    revoked_at = models.DateTimeField("retirée le", null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = "délégation"
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                name="delegation_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="La délégation doit finir après avoir commencé.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.given_to} du {self.starts_on} au {self.ends_on}"


class InvitationQuerySet(TenantQuerySet):
    def waiting(self):
        return self.filter(state=Invitation.State.PENDING)

    def expired(self):
        """By the database's clock."""
        return self.filter(expires_at__lte=Now())

    def with_expiry(self):
        """Each row knows whether it `has_expired`."""
        return self.annotate(has_expired=models.ExpressionWrapper(Q(expires_at__lte=Now()), models.BooleanField()))


class Invitation(models.Model):
    """A mail to somebody who has no place yet. Its link is signed, holds no secret of ours, and dies when re-sent."""

    class State(models.TextChoices):
        PENDING = "pending", "en attente"
        ACCEPTED = "accepted", "acceptée"
        CANCELLED = "cancelled", "annulée"

    TRANSITIONS = {State.PENDING: {State.ACCEPTED, State.CANCELLED}}

    prefecture = models.ForeignKey(Prefecture, on_delete=models.PROTECT, null=True, blank=True, db_index=False)
    email = models.EmailField("adresse électronique")
    role = models.CharField("rôle", max_length=16, choices=Role)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_ministry = models.BooleanField("envoyée par le ministère", default=False)
    state = models.CharField("état", max_length=10, choices=State, default=State.PENDING)
    serial = models.PositiveSmallIntegerField("numéro d’envoi", default=1)
    sent_at = models.DateTimeField("envoyée le", db_default=Now())
    expires_at = models.DateTimeField("valable jusqu’au")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(
                "prefecture",
                Lower("email"),
                condition=Q(state="pending"),
                name="invitation_waits_once_an_address",
                nulls_distinct=False,
                violation_error_message="Cette adresse a déjà une invitation en attente.",
            ),
            models.CheckConstraint(
                name="invitation_role_fits_its_side", condition=role_fits_its_side, violation_error_message=WRONG_SIDE
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} ({self.get_role_display()})"

    @property
    def time_zone(self) -> str:
        """Whose hours its dates are told in."""
        return self.prefecture.time_zone if self.prefecture else settings.TIME_ZONE
