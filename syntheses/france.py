"""The map of departments: contours drawn once (tools/draw_contours.py), coloured by where each one stands."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import reverse

from syntheses.country import STANDINGS, Country

CONTOURS = Path(__file__).with_name("contours.json")


@cache
def contours() -> dict[str, Any]:
    return json.loads(CONTOURS.read_text(encoding="utf-8"))


def draw(country: Country) -> dict[str, Any]:
    """What templates/components/map.html takes."""
    drawn = contours()
    # What matters most is drawn last, so that its outline lies over its neighbours'.
    in_order = sorted(country.places, key=lambda place: -STANDINGS.index(place.standing))
    areas = [
        {
            "path": drawn["areas"][place.prefecture.code],
            "look": place.standing.kind or "soon",
            "name": place.prefecture.name,
            "state": place.standing.label,
            "url": reverse("departement", args=[place.prefecture.slug]),
        }
        for place in in_order
    ]
    return {**drawn, "areas": areas, "legend": country.counts}
