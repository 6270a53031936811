"""Concertations around this hour, and what a page says of them."""

import re
from datetime import timedelta
from html import unescape

from assises import clock
from assises.tenancy.context import as_public
from assises.testing import make_open_consultation, make_prefecture
from syntheses.country import CLOSED, NOTHING, OPEN, STANDINGS, TO_COME, TRANSMITTED

HOUR = timedelta(hours=1)
LOOKS = {"open": OPEN, "soon": TO_COME, "hatch": CLOSED, "done": TRANSMITTED, "none": NOTHING}


def stand(campaign, code, *, opens, closes):
    """A consultation so many hours from now."""
    with as_public():
        moment = clock.now()
    return make_open_consultation(
        make_prefecture(code), opens_at=moment + opens * HOUR, closes_at=moment + closes * HOUR, campaign=campaign
    )


def text_of(response):
    """What is read, without the drawing, that nobody but the eye sees."""
    page = re.sub(r"<svg class=\"map-svg\".*?</svg>", "", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)).replace("\u202f", " ").replace("\u00a0", " "))


def on_the_map(page):
    found = re.findall(r'<path class="map-(\w+)"[^>]*><title>(.*?)\u00a0:', page)
    return {unescape(name): LOOKS[look] for look, name in found}


def in_the_list(page):
    place = r'class="standings-code">(\w+) ?</span>\s*(.*?)</a>\s*<span class="state[^"]*">(.*?)</span>'
    found = re.findall(place, page)
    by_label = {standing.label: standing for standing in STANDINGS}
    return {unescape(name): by_label[label] for _, name, label in found}


def in_the_legend(page):
    found = re.findall(r'<dt>\s*<span class="state[^"]*">(.*?)</span>\s*</dt>\s*<dd>\s*(\d+)', page)
    return {label: int(number) for label, number in found}
