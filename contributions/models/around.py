"""Counted beside contributions and never with them: sendings from one address, what people say of the page."""

from django.db import models

from assises.tenancy.models import TenantModel
from consultations.models import Consultation

LONGEST_FEEDBACK = 500


class Sending(TenantModel):
    """How often an address sent in one hour. The address is sealed with the day's salt; no row knows a contribution.

    Several slots an hour, so that people behind one address do not wait for one another.
    """

    sender = models.CharField(max_length=64)
    hour = models.DateTimeField()
    slot = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "sender", "hour", "slot"], name="sending_is_counted_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} le {self.hour:%d/%m %H h}"


class Feedback(TenantModel):
    """Was it easy? Of a day, of nobody."""

    class Ease(models.TextChoices):
        YES = "yes", "Oui"
        PARTLY = "partly", "Pas tout à fait"
        NO = "no", "Non"

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="feedback")
    ease = models.CharField("facile", max_length=10, choices=Ease)
    text = models.CharField("précision", max_length=LONGEST_FEEDBACK, blank=True)
    given_on = models.DateField("donné le")

    class Meta:
        verbose_name = "avis sur le questionnaire"
        ordering = ["-given_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_ease_display()}, {self.given_on:%d/%m/%Y}"
