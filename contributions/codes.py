"""Codes that open a contribution: readable aloud, found from anywhere in the country, hopeless to guess.

`02-7KQF-M3XD-9R2T-4WHN`: the department, then 16 letters of Crockford's alphabet (80 bits). It has no I, L, O or U:
whoever types I for 1 or O for 0 is understood all the same.
"""

import hashlib
import re
from uuid import UUID

from django.utils.crypto import salted_hmac

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS_A_LETTER = 5
GROUP = 4
LETTERS = 16
MISREAD = str.maketrans("ILO", "110")
TYPED = re.compile(rf"(\d{{2,3}}|2[AB])([0-9A-Z]{{{LETTERS}}})")


def code_for(prefecture: str, consultation: int, submission_key: UUID) -> str:
    """The same form always gets the same code; only this server can tell which, and it keeps no list."""
    said = f"{prefecture}:{consultation}:{submission_key}"
    digest = salted_hmac("contributions.codes", said, algorithm="sha256").digest()
    number = int.from_bytes(digest[: LETTERS * BITS_A_LETTER // 8], "big")
    letters = "".join(ALPHABET[number >> BITS_A_LETTER * place & 31] for place in reversed(range(LETTERS)))
    return spell(prefecture, letters)


def spell(prefecture: str, letters: str) -> str:
    return "-".join([prefecture, *(letters[n : n + GROUP] for n in range(0, len(letters), GROUP))])


def read(typed: str) -> str | None:
    """The code that somebody meant: in small letters, without dashes, with an O for a 0; None when it cannot be one."""
    squeezed = re.sub(r"[\s\-‐‑–—.]+", "", typed[:100]).upper()
    parts = (squeezed[:-LETTERS], squeezed[-LETTERS:].translate(MISREAD))
    found = TYPED.fullmatch(department_of(parts[0]) + parts[1])
    if found is None or not set(found[2]) <= set(ALPHABET):
        return None
    return spell(found[1], found[2])


def department_of(code: str) -> str:
    """The part before the first dash; `2a` and `o2` are meant as `2A` and `02`."""
    return code.partition("-")[0].upper().translate(MISREAD)


def hash_of(code: str) -> str:
    """All that is stored of a code, or of the key in a draft's address."""
    return hashlib.sha256(code.encode()).hexdigest()
