"""Where each department stands in the exercise of the moment, by the database's clock. Shown to everyone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, F, Func, Q

from assises.accounts.models import Prefecture
from consultations.models import Campaign, Consultation


@dataclass(frozen=True)
class Standing:
    """A word and a shape (templates/components/state.html, map.html)."""

    key: str
    kind: str
    label: str
    plural: str


OPEN = Standing("open", "open", "Ouverte", "Ouvertes")
TO_COME = Standing("to_come", "", "À venir", "À venir")
CLOSED = Standing("closed", "hatch", "Close, synthèse en cours", "Closes, synthèse en cours")
TRANSMITTED = Standing("transmitted", "done", "Synthèse transmise", "Synthèses transmises")
NOTHING = Standing("nothing", "none", "Sans concertation", "Sans concertation")
# Of two concertations of one department, the first named here is the one to show.
STANDINGS = (OPEN, TO_COME, CLOSED, TRANSMITTED, NOTHING)


@dataclass(frozen=True)
class Place:
    """One department and where it stands."""

    prefecture: Prefecture
    standing: Standing


@dataclass(frozen=True)
class Country:
    """A page's facts: every department once, and the concertations that are being talked of."""

    moment: datetime
    places: list[Place]
    consultations: list[Consultation]

    @property
    def counts(self) -> list[dict[str, Any]]:
        """A legend's entries: each state with its number, together all departments."""
        numbers = [len(self.where(standing)) for standing in STANDINGS]
        return [
            {"kind": standing.kind, "label": standing.plural, "number": number}
            for standing, number in zip(STANDINGS, numbers, strict=True)
        ]

    def where(self, standing: Standing) -> list[Place]:
        return [place for place in self.places if place.standing is standing]

    def exercises(self, standing: Standing) -> list[tuple[Campaign, list[Consultation]]]:
        """The exercises with a concertation in this state, and those concertations."""
        found: dict[int, tuple[Campaign, list[Consultation]]] = {}
        for consultation in self.consultations:
            if standing_of(consultation, self.moment) is standing:
                found.setdefault(consultation.campaign_id, (consultation.campaign, []))[1].append(consultation)
        return list(found.values())


def public_consultations():
    """What is published and has not been withdrawn, with the day its synthesis reached the ministry."""
    outcome = Func(F("pk"), function="synthesis_transmitted_at", output_field=DateTimeField())
    return (
        Consultation.objects.filter(state=Consultation.State.PUBLISHED)
        .select_related("campaign")
        .annotate(transmitted_at=outcome)
        .order_by("closes_at", "pk")
    )


def standing_of(consultation: Consultation, moment: datetime) -> Standing:
    if consultation.opens_at > moment:
        return TO_COME
    if consultation.closes_at > moment:
        return OPEN
    return TRANSMITTED if consultation.transmitted_at else CLOSED


def country_at(moment: datetime) -> Country:
    """Two statements, three between two exercises."""
    current = list(of_the_moment(moment))
    strongest: dict[str, Standing] = {}
    for consultation in current:
        known = strongest.get(consultation.prefecture_id, NOTHING)
        strongest[consultation.prefecture_id] = min(known, standing_of(consultation, moment), key=STANDINGS.index)
    places = [Place(prefecture, strongest.get(prefecture.pk, NOTHING)) for prefecture in Prefecture.objects.all()]
    return Country(moment, places, current)


def of_the_moment(moment: datetime) -> Iterable[Consultation]:
    """Of the exercises that are open, announced, or whose syntheses are still awaited; else of the last one."""
    published = Consultation.objects.filter(state=Consultation.State.PUBLISHED)
    running = Q(campaign__in=published.filter(closes_at__gt=moment).values("campaign"))
    awaited = Q(campaign__synthesis_due_on__gte=moment.date())
    last = published.order_by("-closes_at").values("campaign")[:1]
    rows = public_consultations()
    return list(rows.filter(running | awaited)) or rows.filter(campaign=last)
