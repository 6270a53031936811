"""What looks like personal data in a text: enough to ask whether it is needed, never enough to refuse. Pure."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

LONGEST_EXCERPT = 60


@dataclass(frozen=True)
class Seen:
    """What it looks like, in words, and where: the very characters."""

    label: str
    excerpt: str


MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\d.,])(?:(?:\+|00)33[\s.-]?(?:\(0\)[\s.-]?)?|0)[1-9](?:[\s.-]?\d{2}){4}(?!\d)")
NIR = re.compile(r"(?<!\d)[12478]\s?\d{2}\s?(?:0[1-9]|1[0-2]|[2-9]\d)\s?(?:\d{2}|2[AB])\s?\d{3}\s?\d{3}\s?\d{2}(?!\d)")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[0-9A-Z]{4}){3,7}(?:\s?[0-9A-Z]{1,3})?\b")
LETTERS = "A-HJ-NP-TV-Z"
PLATE = re.compile(
    rf"\b[{LETTERS}]{{2}}(?P<gap>[ -]?)\d{{3}}(?P=gap)[{LETTERS}]{{2}}\b"
    rf"|\b[{LETTERS.lower()}]{{2}}-\d{{3}}-[{LETTERS.lower()}]{{2}}\b"
)
OLD_PLATE = re.compile(r"\b\d{2,4}[ -](?!EUR|TTC|HT|KM|CV|CC|ML)[A-Z]{2,3}[ -](?:\d{2}|2[AB])\b")
STREET = (
    "rue|avenue|av\\.|boulevard|bd|place|impasse|allée|chemin|route|quai|cours|square|résidence|lotissement|faubourg"
)
ADDRESS = re.compile(
    rf"(?<!\d)\d{{1,4}}\s?(?:bis|ter|quater)?,?\s(?:{STREET})\s"
    r"(?!de (?:parking|stationnement|travail|police|jeux?)\b)"
    r"(?:(?:de la|de l['’]|du|des|de|d['’]|la|le|les)\s?)?[A-Za-zÀ-ÿ][\w’'-]{2,}",
    re.IGNORECASE,
)
OFFICES = (
    "Maire|Préfet|Préfète|Ministre|Présidente?|Députée?|Sénateur|Sénatrice|Commissaire|Commandante?|Directeur|Directrice"
    "|Procureure?|Juge|Le|La|Les"
)
PERSON = re.compile(
    rf"\b(?:M\.|Mr|MM\.|Mme|Mlle|Monsieur|Madame|Mademoiselle)\s(?!(?:{OFFICES})\b)"
    r"[A-ZÀ-Ý][\wÀ-ÿ’'-]+(?:\s[A-ZÀ-Ý][\wÀ-ÿ’'-]+)?"
)


def is_nir(text: str) -> bool:
    """A number of the social security: its last two digits are the key of the others."""
    bare = re.sub(r"\s", "", text)
    number = int(bare[:-2].replace("2A", "19").replace("2B", "18"))
    return 97 - number % 97 == int(bare[-2:])


def is_iban(text: str) -> bool:
    """An account: moved and spelt in digits, it leaves 1 when divided by 97."""
    bare = re.sub(r"\s", "", text)
    return int("".join(str(int(letter, 36)) for letter in bare[4:] + bare[:4])) % 97 == 1


AT, DIGIT, CAPITAL = re.compile("@"), re.compile(r"\d"), re.compile("M")
# In words; what it looks like; whether it really is one; and what it cannot be without, which is quickly looked for.
PATTERNS: tuple[tuple[str, re.Pattern[str], Callable[[str], bool], re.Pattern[str]], ...] = (
    ("une adresse électronique", MAIL, bool, AT),
    ("un numéro de sécurité sociale", NIR, is_nir, DIGIT),
    ("un compte bancaire", IBAN, is_iban, DIGIT),
    ("un numéro de téléphone", PHONE, bool, DIGIT),
    ("une plaque d’immatriculation", PLATE, bool, DIGIT),
    ("une plaque d’immatriculation", OLD_PLATE, bool, DIGIT),
    ("une adresse", ADDRESS, bool, DIGIT),
    ("le nom d’une personne", PERSON, bool, CAPITAL),
)


def seen_in(text: str) -> list[Seen]:
    """Each kind once, in the order in which it matters."""
    found: dict[str, Seen] = {}
    for seen in _all_in(text):
        found.setdefault(seen.label, seen)
    return list(found.values())


def is_in(text: str) -> bool:
    return next(_all_in(text), None) is not None


def _all_in(text: str) -> Iterator[Seen]:
    for label, pattern, holds, sign in PATTERNS:
        if not sign.search(text):
            continue
        for match in pattern.finditer(text):
            if holds(match[0]):
                yield Seen(label, " ".join(match[0].split())[:LONGEST_EXCERPT])
