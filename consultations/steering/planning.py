"""From two dates to a whole calendar: counted back in working days, with what gets in the way said in words. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from assises.look.templatetags.french import day as in_words
from assises.look.templatetags.french import short_day
from consultations.steering.holidays import (
    is_working_day,
    local_holidays,
    national_holidays,
    working_day_before,
    working_days,
)

DAYS_OF_DRAFTING = 10  # at most; a short exercise gives a fifth of its working days
MINISTRY, PREFECTURE, PREFECT, PUBLIC = "le ministère", "la préfecture", "le préfet", "le public"


# What happens, who does it, and what it is.
WHAT = {
    "launch": ("Lancement", MINISTRY, "Chaque préfecture reçoit son brouillon et un courriel."),
    "untouched": (
        "Relance des brouillons intacts",
        MINISTRY,
        "Un courriel aux équipes qui n’ont rien commencé depuis cinq jours.",
    ),
    "publication": (
        "Publication",
        PREFECTURE,
        "La concertation est relue et publiée\u202f; elle ouvrira d’elle-même.",
    ),
    "opening": ("Ouverture au plus tôt", PUBLIC, "Les premières contributions arrivent."),
    "reminder": (
        "Rappel à mi-parcours",
        PREFECTURE,
        "Presse, mairies et partenaires\u00a0: il reste la moitié du temps.",
    ),
    "last-reminder": ("Dernier rappel", PREFECTURE, "Dire la date de clôture partout où l’on peut contribuer."),
    "closing": ("Clôture au plus tard", PUBLIC, "Les dernières contributions arrivent."),
    "validation": ("Synthèse validée", PREFECT, "Le préfet relit la synthèse et la valide."),
    "transmission": ("Synthèse transmise", PREFECT, "Elle parvient au ministère, qui en accuse réception."),
}
TYPED = {"opening", "closing", "transmission"}  # the dates that the lead chooses


class Reserve(Protocol):
    """A period of electoral reserve, both days included."""

    title: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Step:
    """What must be done, by whom, on which day; `warnings` are sentences."""

    key: str
    day: date
    title: str
    who: str
    text: str
    warnings: list[str]
    is_typed: bool


def proposed_closing(opens_on: date, synthesis_due_on: date) -> date:
    """As late as leaves time to write: ten working days, or a fifth of a short exercise."""
    span = working_days(opens_on, synthesis_due_on)
    drafting = max(2, min(DAYS_OF_DRAFTING, span // 5))
    return max(opens_on, working_day_before(synthesis_due_on, drafting))


def calendar(
    opens_on: date,
    synthesis_due_on: date,
    *,
    closes_on: date | None = None,
    launched_on: date | None = None,
    reserves: Sequence[Reserve] = (),
) -> list[Step]:
    """Every step, in order of days. The last day to close is proposed unless it is given."""
    closes_on = closes_on or proposed_closing(opens_on, synthesis_due_on)
    launch = launched_on or working_day_before(opens_on, 15)
    half = opens_on + (closes_on - opens_on) / 2
    days = {
        "launch": launch,
        "untouched": launch + timedelta(weeks=1) if launched_on else working_day_before(opens_on, 10),
        "publication": working_day_before(opens_on, 3),
        "opening": opens_on,
        "reminder": half if is_working_day(half) else max(opens_on, working_day_before(half, 1)),
        "last-reminder": max(opens_on, working_day_before(closes_on, 5)),
        "closing": closes_on,
        "validation": max(closes_on, working_day_before(synthesis_due_on, 1)),
        "transmission": synthesis_due_on,
    }
    order = sorted(days, key=lambda key: days[key])
    return [Step(key, days[key], *WHAT[key], warnings_on(days[key], reserves), key in TYPED) for key in order]


def warnings_on(day: date, reserves: Iterable[Reserve] = (), department: str = "") -> list[str]:
    """Why this day is a poor one: nobody at work, or silence before an election. Never more than a warning."""
    found = []
    if name := national_holidays(day.year).get(day):
        found.append(f"C’est un jour férié ({name}).")
    elif not is_working_day(day):
        found.append(f"C’est un {in_words(day).partition(' ')[0]}.")
    found += [
        f"Jour férié {where.where} ({where.name})."
        for where in local_holidays(day.year).get(day, [])
        if not department or department in where.departments
    ]
    found += [reserve_in_words(reserve) for reserve in reserves if reserve.starts_on <= day <= reserve.ends_on]
    return found


def reserve_in_words(reserve: Reserve) -> str:
    return (
        f"Réserve électorale du {short_day(reserve.starts_on)} au {short_day(reserve.ends_on)} {reserve.ends_on.year} "
        f"({reserve.title})\u00a0: ni courrier, ni réunion, ni publication de résultats."
    )


def overall_warnings(steps: Sequence[Step], reserves: Iterable[Reserve], *, today: date) -> list[str]:
    """What is wrong with the calendar as a whole rather than with one of its days."""
    by_key = {step.key: step for step in steps}
    launch, opening, closing = by_key["launch"].day, by_key["opening"].day, by_key["closing"].day
    due = by_key["transmission"].day
    found = []
    if launch < today <= opening:
        found.append(
            f"Pour laisser quinze jours ouvrés aux préfectures, il aurait fallu lancer le {in_words(launch)}. "
            "Lancez dès que possible, ou repoussez l’ouverture."
        )
    if (writing := working_days(closing, due) - 1) < DAYS_OF_DRAFTING // 2:
        found.append(
            f"Il ne reste que {writing} jour{'s' if writing > 1 else ''} ouvré{'s' if writing > 1 else ''} entre la "
            "clôture et la transmission pour écrire, relire et signer la synthèse."
        )
    found += [
        f"Une partie de l’exercice tombe dans une période de réserve. {reserve_in_words(reserve)}"
        for reserve in reserves
        if reserve.starts_on <= due and reserve.ends_on >= opening
    ]
    return found


def shifted(dates: Sequence[date], *, after: date) -> list[date]:
    """The same days of the week, whole weeks later: a year on, and as often again as it takes to be to come."""
    weeks = timedelta(weeks=52)
    moved = [day + weeks for day in dates]
    while moved[0] <= after:
        moved = [day + weeks for day in moved]
    return moved
