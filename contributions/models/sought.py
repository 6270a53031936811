"""What a statement can be found by: filled by a routine, so that submitting does not wait for it."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from assises.tenancy.models import TenantModel
from consultations.models import Consultation
from contributions.models.contribution import Statement


class Sought(TenantModel):
    """The roots of the words of one statement; it goes with its statement."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="+", db_index=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+", db_index=False)
    roots = SearchVectorField("racines")

    class Meta:
        verbose_name = "mots d’un passage"
        constraints = [
            models.UniqueConstraint(fields=["prefecture", "statement"], name="sought_is_one_a_statement"),
        ]
        indexes = [GinIndex(name="sought_by_roots", fields=["roots"])]

    def __str__(self) -> str:
        return f"{self.statement_id}"
