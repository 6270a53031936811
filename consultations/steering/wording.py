"""Two versions of a text, compared word by word. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Part:
    """Some words, and whether the other version lacks them."""

    text: str
    is_changed: bool


def compare(before: str, after: str) -> tuple[list[Part], list[Part]]:
    """What was, with the words that go; what is, with the words that come."""
    old, new = words(before), words(after)
    gone: list[Part] = []
    come: list[Part] = []
    for what, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        gone += part(old[a:b], is_changed=what != "equal")
        come += part(new[c:d], is_changed=what != "equal")
    return gone, come


def words(text: str) -> list[str]:
    """Words and the spaces between them: joining them gives the text back."""
    return re.findall(r"\s+|\S+", text)


def part(of: Sequence[str], *, is_changed: bool) -> list[Part]:
    """A space before a changed word is not worth a mark."""
    text = "".join(of)
    bare = text.lstrip() if is_changed else text
    found = [Part(text[: len(text) - len(bare)], is_changed=False), Part(bare, is_changed)]
    return [each for each in found if each.text]
