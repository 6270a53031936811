"""The values of the look, read from the one sheet that holds them, and the contrast between two of them."""

import re
from functools import cache

from django.conf import settings

LINEAR_BELOW = 0.04045  # sRGB is a straight line near black


@cache
def colours() -> dict[str, str]:
    """Every colour of tokens.css by its name, in its first (light, ordinary contrast) definition."""
    sheet = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()
    found: dict[str, str] = {}
    for name, value in re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", sheet):
        found.setdefault(name, value)
    return found


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio between two tokens."""
    lighter, darker = sorted((_luminance(colours()[one]), _luminance(colours()[other])), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(value: str) -> float:
    digits = value.lstrip("#")
    if len(digits) == len("fff"):
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (_linear(int(digits[start : start + 2], 16) / 255) for start in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= LINEAR_BELOW else ((channel + 0.055) / 1.055) ** 2.4
