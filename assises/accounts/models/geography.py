"""The 101 departments and the overseas collectivities, their arrondissements and communes."""

from datetime import date
from zoneinfo import ZoneInfo

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils import timezone


# What it was before: the row itself says what it is now, so that the first change can be shown as well as the last.
@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Prefecture(models.Model):
    """A tenant: the State's services in one department. Its code is its key everywhere."""

    class Kind(models.TextChoices):
        METROPOLE = "metropole", "département de métropole"
        OVERSEAS = "outre-mer", "département d’outre-mer"
        COLLECTIVITY = "collectivite", "collectivité d’outre-mer"

    code = models.CharField("code", max_length=3, primary_key=True)
    slug = models.SlugField("adresse", max_length=40, unique=True)
    name = models.CharField("département", max_length=60)
    office_name = models.CharField("nom du service", max_length=100)
    kind = models.CharField("catégorie", max_length=12, choices=Kind)
    region = models.CharField("région", max_length=60)
    population = models.PositiveIntegerField("population", default=0)
    time_zone = models.CharField("fuseau horaire", max_length=40)
    address = models.CharField("adresse postale", max_length=200, blank=True)
    postal_code = models.CharField("code postal", max_length=5, blank=True)
    city = models.CharField("ville", max_length=80, blank=True)
    telephone = models.CharField("téléphone", max_length=20, blank=True)
    website = models.URLField("site internet", blank=True)
    functional_email = models.EmailField("boîte fonctionnelle", blank=True)
    dpo_email = models.EmailField("délégué à la protection des données", blank=True)

    class Meta:
        verbose_name = "préfecture"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("prefecture_home", args=[self.slug])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def today(self) -> date:
        """The day it is there: from one end of the country to the other it differs."""
        return timezone.localdate(timezone=self.zone)


class Arrondissement(models.Model):
    code = models.CharField("code", max_length=4, primary_key=True)
    name = models.CharField("nom", max_length=60)
    prefecture = models.ForeignKey(Prefecture, on_delete=models.PROTECT, related_name="arrondissements")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Commune(models.Model):
    code = models.CharField("code", max_length=5, primary_key=True)
    name = models.CharField("nom", max_length=80)
    prefecture = models.ForeignKey(Prefecture, on_delete=models.PROTECT, related_name="communes")
    arrondissement = models.ForeignKey(Arrondissement, on_delete=models.PROTECT, null=True, related_name="communes")
    postal_codes = ArrayField(models.CharField(max_length=5), verbose_name="codes postaux", default=list)
    population = models.PositiveIntegerField("population", default=0)

    class Meta:
        ordering = ["name"]
        indexes = [GinIndex(name="commune_postal_codes", fields=["postal_codes"])]

    def __str__(self) -> str:
        return self.name
