"""Signs of life: the sweep says "I ran", `/sante/pret/` looks how long ago."""

from datetime import timedelta

from django.db.models import ExpressionWrapper, F, fields
from django.db.models.functions import Now

from assises.jobs.models import Heartbeat


def beat(name: str) -> None:
    if not Heartbeat.objects.filter(name=name).update(at=Now()):
        Heartbeat.objects.bulk_create([Heartbeat(name=name)], ignore_conflicts=True)


def silence(name: str) -> timedelta | None:
    """How long ago, by the database's clock; None when never."""
    age = ExpressionWrapper(Now() - F("at"), output_field=fields.DurationField())
    return Heartbeat.objects.filter(name=name).annotate(age=age).values_list("age", flat=True).first()
