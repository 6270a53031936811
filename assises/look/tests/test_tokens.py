"""The promises of docs/design.md about colours, kept by measuring them."""

import gzip
import re

import pytest
from django.conf import settings

from assises.look.examples import COLOURS
from assises.look.tokens import colours, contrast

CSS = settings.BASE_DIR / "static" / "css"


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        *[(text, surface) for text in ("ink", "ink-soft") for surface in ("ground", "paper", "sunken", "ink-tint")],
        *[("accent", surface) for surface in ("ground", "paper", "accent-tint")],
        *[(kind, f"{kind}-tint") for kind in ("good", "warn", "bad")],
        ("bad", "paper"),
        ("good", "ground"),
        ("paper", "ink"),
        ("paper", "ink-hover"),
        ("paper", "bad"),
    ],
)
def test_text_can_be_read(text, surface):
    assert contrast(text, surface) >= 4.5


@pytest.mark.parametrize(
    ("shape", "surface"),
    [
        ("field", "paper"),
        ("field", "ground"),
        ("accent-line", "ground"),
        ("accent-fill", "ground"),
        ("ink-mid", "ground"),
        ("focus", "ink"),
    ],
)
def test_shapes_can_be_told_apart(shape, surface):
    assert contrast(shape, surface) >= 3


def test_a_pale_colour_would_be_caught():
    assert contrast("rule", "ground") < 3


def test_colours_live_in_the_sheet_of_values_only():
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", (CSS / "components.css").read_text())


def test_the_sheets_stay_light():
    weight = sum(len(gzip.compress(sheet.read_bytes())) for sheet in CSS.glob("*.css"))
    assert weight < 25_000


def test_every_colour_is_shown_among_the_components():
    assert {name for name, _ in COLOURS} | {"ink-hover"} == set(colours())
