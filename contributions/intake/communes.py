"""The commune that somebody typed: a name, a postal code, or what this portal wrote in the field itself."""

import re

from assises.accounts import places
from assises.accounts.models import Commune
from contributions.intake.kinds import FindPlaces, Place, Places

STORED = re.compile(r"(\d[\dAB]\d{3}) .+")
SHOWN = re.compile(r"(.+?)\s*\((\d{2,3}|2[AB])\)")
MOST_OFFERED = 12


def finder(department: str) -> FindPlaces:
    """Those of the department first; one that is elsewhere has to be confirmed."""

    def find(typed: str) -> Places:
        if stored := STORED.fullmatch(typed):
            return Places(found=[place(commune) for commune in Commune.objects.filter(code=stored[1])])
        if shown := SHOWN.fullmatch(typed):
            return Places(found=offered(places.search(shown[1]), shown[2]))
        found = places.search(typed)
        if here := offered(found, department):
            return Places(alike=here) if found.is_guess else Places(found=here)
        return Places(alike=[place(commune) for commune in named(found)][:MOST_OFFERED])

    return find


def offered(found: places.Found, department: str) -> list[Place]:
    return [place(commune) for commune in named(found) if commune.prefecture_id == department][:MOST_OFFERED]


def named(found: places.Found) -> list[Commune]:
    return found.named_communes or found.communes


def place(commune: Commune) -> Place:
    postal = f", {commune.postal_codes[0]}" if commune.postal_codes else ""
    return Place(f"{commune.code} {commune.name}", f"{commune.name} ({commune.prefecture_id}{postal})")


def in_words(stored: str) -> str:
    """« 47001 Agen » is shown as « Agen (47) »: what is read can be typed again."""
    if not STORED.fullmatch(stored):
        return stored
    code, _, name = stored.partition(" ")
    return f"{name} ({code[:3] if code.startswith(('97', '98')) else code[:2]})"
