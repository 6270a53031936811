"""Days on which the State's services are closed: in all of France, or in a part of it. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

MONDAY_TO_FRIDAY = 5


@dataclass(frozen=True)
class Local:
    """A holiday that only some departments keep."""

    name: str
    where: str
    departments: frozenset[str]


ALSACE_MOSELLE = ("en Alsace et en Moselle", frozenset({"57", "67", "68"}))
ABOLITION = "abolition de l’esclavage"
# Month, day, name, where, departments.
ELSEWHERE = (
    (3, 5, "arrivée de l’Évangile", "en Polynésie française", "987"),
    (4, 27, ABOLITION, "à Mayotte", "976"),
    (4, 28, "Saint-Pierre-Chanel", "à Wallis-et-Futuna", "986"),
    (5, 22, ABOLITION, "en Martinique", "972"),
    (5, 27, ABOLITION, "en Guadeloupe", "971"),
    (5, 28, ABOLITION, "à Saint-Martin", "978"),
    (6, 10, ABOLITION, "en Guyane", "973"),
    (7, 29, "fête du territoire", "à Wallis-et-Futuna", "986"),
    (9, 24, "fête de la citoyenneté", "en Nouvelle-Calédonie", "988"),
    (10, 9, ABOLITION, "à Saint-Barthélemy", "977"),
    (12, 20, ABOLITION, "à La Réunion", "974"),
)


@cache
def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@cache
def national_holidays(year: int) -> dict[date, str]:
    sunday = easter(year)
    return {
        date(year, 1, 1): "jour de l’An",
        sunday + timedelta(days=1): "lundi de Pâques",
        date(year, 5, 1): "fête du Travail",
        date(year, 5, 8): "victoire de 1945",
        sunday + timedelta(days=39): "Ascension",
        sunday + timedelta(days=50): "lundi de Pentecôte",
        date(year, 7, 14): "fête nationale",
        date(year, 8, 15): "Assomption",
        date(year, 11, 1): "Toussaint",
        date(year, 11, 11): "armistice de 1918",
        date(year, 12, 25): "Noël",
    }


@cache
def local_holidays(year: int) -> dict[date, list[Local]]:
    found = {
        easter(year) - timedelta(days=2): [Local("Vendredi saint", *ALSACE_MOSELLE)],
        date(year, 12, 26): [Local("Saint-Étienne", *ALSACE_MOSELLE)],
    }
    for month, day, name, where, department in ELSEWHERE:
        found.setdefault(date(year, month, day), []).append(Local(name, where, frozenset({department})))
    return found


def is_working_day(day: date) -> bool:
    return day.weekday() < MONDAY_TO_FRIDAY and day not in national_holidays(day.year)


def working_day_before(day: date, number: int) -> date:
    """That many working days earlier."""
    while number:
        day -= timedelta(days=1)
        number -= is_working_day(day)
    return day


def working_days(first: date, last: date) -> int:
    """How many there are, both ends included."""
    return sum(is_working_day(first + timedelta(days=n)) for n in range((last - first).days + 1))
