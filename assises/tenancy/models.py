"""What every table of a prefecture has in common."""

from typing import Any, Self

from django.db import models


class TenantQuerySet(models.QuerySet):
    """Filters explicitly, as well as the policies do: it is what makes queries fast."""

    def for_prefecture(self, prefecture: Any) -> Self:
        return self.filter(prefecture=prefecture)


class TenantModel(models.Model):
    """A row of one prefecture. Its migration seals it: `Seal("Model", …)`."""

    # No index of its own: the key (prefecture, id) that `Seal` adds serves.
    prefecture = models.ForeignKey(
        "accounts.Prefecture", on_delete=models.PROTECT, db_index=False, verbose_name="préfecture"
    )

    objects = TenantQuerySet.as_manager()

    class Meta:
        abstract = True
