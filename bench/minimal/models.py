from django.db import models


class Answer(models.Model):
    """One submission."""

    said = models.JSONField()
    sent_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.pk)
