"""Letters that the document's fonts can print. PDF/UA forbids a letter without a shape, so one emoji would stop a whole
document; what cannot be printed is replaced by a word in brackets, and the page shows the original.
"""

import re
import unicodedata
from typing import Any

UNPRINTABLE = "[signe]"
DASHES = {ord(dash): "-" for dash in "\u2010\u2011"}
SPACES = {ord(space): " " for space in "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u200a\u205f\u3000\t"}
THIN = {0x2009: "\u202f"}
PLAINER = {**DASHES, **SPACES, **THIN}
# Latin with its accents, Greek, Cyrillic, punctuation and the signs of a keyboard: a test prints each of them.
PRINTABLE = (
    "\n\u0020-\u007e\u00a0-\u017e\u0218-\u021b\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f"
    "\u1ea0-\u1ef9\u2012-\u2015\u2018-\u201e\u2020-\u2022\u2026\u202f\u2030\u2032\u2033\u2039\u203a\u2044"
    "\u2070\u2074-\u2079\u2080-\u2089\u20ac\u2116\u2122\u2190-\u2193\u2212\u2260\u2264\u2265\u25ca"
)
NOT_PRINTABLE = re.compile(f"[^{re.escape(PRINTABLE).replace(chr(92) + '-', '-')}]+")


def printable(text: str) -> str:
    """The same text, with what has no shape named as such; invisible marks (direction, joining) are left out."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).translate(PLAINER)
    visible = "".join(letter for letter in text if letter == "\n" or unicodedata.category(letter) not in {"Cf", "Cc"})
    return NOT_PRINTABLE.sub(UNPRINTABLE, visible)


def printable_data(value: Any) -> Any:
    """Every text in nested data."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [printable_data(item) for item in value]
    if isinstance(value, dict):
        return {key: printable_data(item) for key, item in value.items()}
    return value
