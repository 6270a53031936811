"""What is owed lives in rows: a job's queue is its table, and Celery only says "look now"."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from assises.tenancy.models import TenantQuerySet


class OwedQuerySet(TenantQuerySet):
    def owed(self) -> Self:
        """Still to do, whether due now or later."""
        return self.filter(done_at=None, given_up_at=None)

    def due(self, moment: datetime | None = None) -> Self:
        """To do now."""
        return self.owed().filter(due_at__lte=moment or Now())

    def given_up(self) -> Self:
        """Waits for a person: tried often enough."""
        return self.exclude(given_up_at=None)


class Owed(models.Model):
    """A row that asks for work. One index finds what is due; the outcome is written beside it."""

    prefecture = models.ForeignKey(
        "accounts.Prefecture",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        verbose_name="préfecture",
    )
    created_at = models.DateTimeField("demandé le", db_default=Now(), editable=False)
    due_at = models.DateTimeField("à faire à partir du", db_default=Now())
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    last_error = models.TextField("dernière erreur", blank=True)
    done_at = models.DateTimeField("fait le", null=True, blank=True)
    given_up_at = models.DateTimeField("abandonné le", null=True, blank=True)

    objects = OwedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_done_or_given_up",
                condition=Q(done_at=None) | Q(given_up_at=None),
                violation_error_message="Un travail est fait ou abandonné, pas les deux.",
            )
        ]
        indexes = [
            models.Index(
                name="%(app_label)s_%(class)s_due", fields=["due_at"], condition=Q(done_at=None, given_up_at=None)
            )
        ]


class Progress(models.Model):
    """How far a long job is, for the page that waits for it."""

    prefecture = models.ForeignKey(
        "accounts.Prefecture", on_delete=models.CASCADE, null=True, blank=True, db_index=False
    )
    job = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    step = models.CharField(max_length=120, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "avancement"
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "job", "subject"], name="progress_is_one_row_a_subject", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.job} {self.subject}: {self.done}/{self.total}"


class Heartbeat(models.Model):
    """The last time something that must go on for ever went on."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.name}, {self.at}"
