"""A team has worked on its consultation: said once a save, by the database's clock."""

from django.db.models.functions import Now

from consultations.models import Consultation


def touch(consultation: Consultation) -> None:
    """Remember now as the team's last work."""
    rows = Consultation.objects.for_prefecture(consultation.prefecture_id)
    rows.filter(pk=consultation.pk).update(touched_at=Now())
