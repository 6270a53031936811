"""The kit of an exercise, as it is listed."""

from django.db.models import Func, IntegerField, QuerySet

from consultations.models import Campaign, KitDocument


def documents_of(campaign: Campaign) -> QuerySet[KitDocument]:
    """With their weight, without their bytes."""
    weight = Func("content", function="octet_length", output_field=IntegerField())
    return KitDocument.objects.filter(campaign=campaign).defer("content").annotate(size=weight)
