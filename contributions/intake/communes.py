"""The commune that somebody typed: a name, a postal code, or what this portal wrote in the field itself."""

import re

from assises.accounts import places
from assises.accounts.models import Commune
from contributions.intake.kinds import Place, Places

STORED = re.compile(r"(\d[\dAB]\d{3}) .+")
SHOWN = re.compile(r"(.+?)\s*\((\d{2,3}|2[AB])\)")
MOST_OFFERED = 12


def find(typed: str) -> Places:
    """The one commune that it names; else those to choose from."""
    if stored := STORED.fullmatch(typed):
        return Places(found=[place(commune) for commune in Commune.objects.filter(code=stored[1])])
    if shown := SHOWN.fullmatch(typed):
        found = places.search(shown[1])
        there = [commune for commune in found.communes if commune.prefecture_id == shown[2]]
        exact = [commune for commune in there if commune.name == shown[1]]
        return Places(found=[place(commune) for commune in exact or there][:MOST_OFFERED])
    found = places.search(typed)
    if found.is_guess:
        return Places(alike=[place(commune) for commune in found.communes][:MOST_OFFERED])
    named = found.named_communes or found.communes
    return Places(found=[place(commune) for commune in named][:MOST_OFFERED])


def place(commune: Commune) -> Place:
    postal = f", {commune.postal_codes[0]}" if commune.postal_codes else ""
    return Place(f"{commune.code} {commune.name}", f"{commune.name} ({commune.prefecture_id}{postal})")


def in_words(stored: str) -> str:
    """« 47001 Agen » is shown as « Agen (47) »: what is read can be typed again."""
    if not STORED.fullmatch(stored):
        return stored
    code, _, name = stored.partition(" ")
    return f"{name} ({code[:3] if code.startswith(('97', '98')) else code[:2]})"
