"""One table of each policy, a reference between two of them, a job and a workflow."""

from django.db import models

from assises.jobs.models import Owed
from assises.tenancy.models import TenantModel


class Note(TenantModel):
    """private"""

    class State(models.TextChoices):
        DRAFT = "draft"
        READY = "ready"

    TRANSITIONS = {State.DRAFT: {State.READY}}

    text = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)


class Notice(TenantModel):
    """published"""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, null=True)
    text = models.CharField(max_length=100)
    published_at = models.DateTimeField(null=True)


class Report(TenantModel):
    """transmitted, append-only"""

    text = models.CharField(max_length=100)
    transmitted_at = models.DateTimeField(null=True)


class Chore(Owed):
    """private, owed"""

    text = models.CharField(max_length=100)

    class Meta(Owed.Meta):
        pass


class Effect(TenantModel):
    """What performing a chore leaves behind: counted by the tests."""

    chore = models.ForeignKey(Chore, on_delete=models.CASCADE)
