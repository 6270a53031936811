"""From what somebody types (a postal code, a commune, a department) to the department's page."""

import re
import unicodedata
from dataclasses import dataclass, field

from django.contrib.postgres.lookups import TrigramSimilar
from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import Case, Func, IntegerField, Q, QuerySet, TextField, When

from assises.accounts.models import Commune, Prefecture

LONGEST = 80
MOST_SHOWN = 20
MOST_SUGGESTED = 6
ARTICLES = ("le", "la", "les", "l")
ALIKE = 0.45  # « Marseile » is at 0.64 of Marseille
POSTAL_CODE = re.compile(r"\b(\d{5})\b")
DEPARTMENT = re.compile(r"\d{2,3}|2[ab]")
NUMBERED = re.compile(r"\b(?:\d+(?:er|e|eme|nd|nde)?|cedex|arrondissement)\b")
OF = {
    "75": "de Paris",
    "977": "de Saint-Barthélemy",
    "978": "de Saint-Martin",
    "984": "des Terres australes et antarctiques françaises",
    "987": "de la Polynésie française",
    "988": "de la Nouvelle-Calédonie",
    "989": "de l’île de Clipperton",
}
EXACT, EXACT_WITH_ARTICLE, BEGINS, BEGINS_WITH_ARTICLE = range(4)


class PlaceKey(Func):
    """A name as one would type it: accounts.0004_place_key."""

    function = "place_key"
    output_field = TextField()


@dataclass
class Found:
    """What was found, the best first. `is_guess`: nothing was called that, this only looks alike."""

    departments: list[Prefecture] = field(default_factory=list)
    communes: list[Commune] = field(default_factory=list)
    is_guess: bool = False
    has_more: bool = False

    @property
    def straight(self) -> Prefecture | None:
        """The one department that everything leads to, when there is no doubt."""
        if self.is_guess or self.has_more:
            return None
        places = {place.pk: place for place in self.departments}
        places |= {commune.prefecture_id: commune.prefecture for commune in self.communes}
        return next(iter(places.values())) if len(places) == 1 else None

    @property
    def longer(self) -> list[Commune]:
        """Those whose name goes on after what was typed."""
        return [commune for commune in self.communes if getattr(commune, "rank", EXACT) >= BEGINS]

    @property
    def named_communes(self) -> list[Commune]:
        return [commune for commune in self.communes if getattr(commune, "rank", EXACT) < BEGINS]

    @property
    def named(self) -> bool:
        return bool(self.departments or self.named_communes)

    def __bool__(self) -> bool:
        return bool(self.departments or self.communes)


def search(text: str) -> Found:
    """Accents, capitals, hyphens, « st » for « saint » and a missing article make no difference."""
    key = key_of("".join(character for character in text if character.isprintable())[:LONGEST])
    if postal := POSTAL_CODE.search(key):
        return by_postal_code(postal[1], key.replace(postal[1], "").strip())
    if DEPARTMENT.fullmatch(key):
        return Found(departments=list(Prefecture.objects.filter(code=key.upper())))
    if re.fullmatch(r"\d{4}", key):
        return by_postal_code(f"0{key}", "")
    if not re.search("[a-z]", key):
        return Found()
    plain_name = without_number(key)
    return by_name(key) or (plain_name != key and by_name(plain_name)) or alike(key)


def key_of(text: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT place_key(%s)", [text])
        return cursor.fetchone()[0]


def without_number(key: str) -> str:
    """« marseille 8e arrondissement », « paris cedex 11 »."""
    return re.sub(r"\s+", " ", NUMBERED.sub(" ", key)).strip()


def communes() -> QuerySet[Commune]:
    return Commune.objects.select_related("prefecture").order_by("-population", "name", "code")


def by_postal_code(code: str, rest: str) -> Found:
    """Its communes; those of the name typed beside it when there are; else the departments its digits stand for."""
    there = list(communes().annotate(key=PlaceKey("name")).filter(postal_codes__contains=[code]))
    if rest:
        named = [commune for commune in there if commune.key.startswith(rest)]
        there = named or there
    if there:
        return Found(communes=there)
    return Found(departments=list(Prefecture.objects.filter(code__in=departments_of(code))), is_guess=True)


def departments_of(postal_code: str) -> list[str]:
    """By its first digits: a large firm's own code is in no list."""
    if postal_code.startswith("20"):
        return ["2A"] if postal_code[2] in "01" else ["2B"]
    return [postal_code[:3]] if postal_code[:2] in {"97", "98"} else [postal_code[:2]]


def by_name(key: str) -> Found:
    if not key:
        return Found()
    departments = list(ranked(Prefecture.objects.all(), key))
    places = list(ranked(communes(), key).order_by("rank", "-population", "name", "code")[: MOST_SHOWN + 1])
    exact = Found(
        departments=[place for place in departments if place.rank == EXACT],
        communes=[place for place in places if place.rank == EXACT],
    )
    if exact.straight:
        return exact
    return Found(departments=departments, communes=places[:MOST_SHOWN], has_more=len(places) > MOST_SHOWN)


def ranked(rows: QuerySet, key: str) -> QuerySet:
    """Those whose name is this, or begins with it, with or without an article."""
    with_article = [f"{article} {key}" for article in ARTICLES]
    begins = [Q(key__startswith=name) for name in (key, *with_article)]
    rank = Case(
        When(key=key, then=EXACT),
        When(key__in=with_article, then=EXACT_WITH_ARTICLE),
        When(begins[0], then=BEGINS),
        default=BEGINS_WITH_ARTICLE,
        output_field=IntegerField(),
    )
    condition = begins[0] | begins[1] | begins[2] | begins[3] | begins[4]
    return rows.annotate(key=PlaceKey("name")).filter(condition).annotate(rank=rank).order_by("rank", "name")


def alike(key: str) -> Found:
    """Slips of the finger. Trigrams need a few letters to say anything."""
    name = PlaceKey("name")
    near = (
        communes()
        .filter(TrigramSimilar(name, key))  # the operator that the index serves
        .annotate(likeness=TrigramSimilarity(name, key))
        .filter(likeness__gte=ALIKE)
        .order_by("-likeness", "-population")
    )
    return Found(communes=list(near[:MOST_SUGGESTED]), is_guess=True)


def plain(text: str) -> str:
    """For sorting: « Île-de-France » beside « Hauts-de-France »."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def of_department(prefecture: Prefecture) -> str:
    """« de l’Aisne », « des Landes »: from the service’s name, save the few that are not named after their place."""
    name = prefecture.office_name.removeprefix("Préfecture ")
    return OF.get(prefecture.code) or (name if name.startswith("d") else f"de {prefecture.name}")
