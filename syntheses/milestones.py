"""The dates of one concertation in words: until when, how long that leaves, what comes next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from assises.look.templatetags.french import FIXED, clock, day, local_day, short_day, zone_name
from consultations.models import Consultation
from syntheses.country import CLOSED, OPEN, STANDINGS, TO_COME, TRANSMITTED, Standing, standing_of


@dataclass(frozen=True)
class Life:
    """A published concertation at a moment, told in the department's own time."""

    consultation: Consultation
    moment: datetime
    zone: ZoneInfo

    @property
    def standing(self) -> Standing:
        return standing_of(self.consultation, self.moment)

    @property
    def is_open(self) -> bool:
        return self.standing is OPEN

    @property
    def date(self) -> str:
        """The date that matters now, to the minute."""
        if self.standing is TO_COME:
            return f"à partir du {at(self.consultation.opens_at, self.zone)}"
        if self.standing is OPEN:
            return f"jusqu’au {until(self.consultation.closes_at, self.zone)}"
        return f"depuis le {until(self.consultation.closes_at, self.zone)}"

    @property
    def precision(self) -> str:
        zone = f"{zone_name(self.zone)}."
        if self.standing is TO_COME:
            zone = f"{zone} Jusqu’au {until(self.consultation.closes_at, self.zone)}."
        if self.standing is OPEN:
            zone = f"{zone} {self.left}"
        return zone[0].upper() + zone[1:]

    @property
    def left(self) -> str:
        """In days of the calendar that hangs on the wall there."""
        last = last_instant(self.consultation.closes_at).astimezone(self.zone).date()
        days = (last - self.moment.astimezone(self.zone).date()).days
        return {0: "C’est le dernier jour.", 1: "Il reste un jour."}.get(days, f"Il reste {days} jours.")

    @property
    def period(self) -> str:
        """« Du 8 janvier au 19 janvier 2020 »."""
        first = self.consultation.opens_at.astimezone(self.zone).date()
        last = last_instant(self.consultation.closes_at).astimezone(self.zone).date()
        if first == last:
            return f"Le {short_day(first)} {first.year}"
        year = "" if first.year == last.year else f" {first.year}"
        return f"Du {short_day(first)}{year} au {short_day(last)} {last.year}"

    @property
    def outcome(self) -> str:
        """What became of it, in a sentence."""
        due = self.consultation.campaign.synthesis_due_on
        if self.standing is TRANSMITTED:
            return f"Synthèse transmise au ministère le {local_day(self.consultation.transmitted_at, self.zone)}."
        if self.is_overdue:
            return f"La synthèse était attendue le {day(due)}. Elle n’a pas encore été transmise sur ce site."
        return f"La préfecture lit, regroupe et rédige. Sa synthèse est attendue le {day(due)}."

    @property
    def is_overdue(self) -> bool:
        due = self.consultation.campaign.synthesis_due_on
        return self.standing is CLOSED and self.moment.astimezone(self.zone).date() > due

    @property
    def state(self) -> str:
        return "Close" if self.is_overdue else self.standing.label

    @property
    def stages(self) -> list[dict[str, str]]:
        """What templates/components/stages.html takes."""
        consultation, zone = self.consultation, self.zone
        due = f"Attendue au ministère le {day(consultation.campaign.synthesis_due_on)}"
        told = self.outcome if self.standing in {CLOSED, TRANSMITTED} else due
        done = {TO_COME: 0, OPEN: 1, CLOSED: 3, TRANSMITTED: 4}[self.standing]
        opening, closing = at(consultation.opens_at, zone), until(consultation.closes_at, zone)
        verb = {TO_COME: "pourra", OPEN: "peut"}.get(self.standing, "pouvait")
        texts = (
            ("Ouverture", opening[0].upper() + opening[1:]),
            ("Réponses", f"Chacun {verb} répondre, sans compte"),
            ("Clôture", closing[0].upper() + closing[1:]),
            ("Synthèse départementale", told),
            ("Suites données", "L’État dit ce qu’il fait des propositions, ou pourquoi il ne les retient pas"),
        )
        states = ["done"] * done + (["now"] if self.standing is not TO_COME else []) + [""] * len(texts)
        return [{"title": t, "text": text, "state": s} for (t, text), s in zip(texts, states, strict=False)]


def at(moment: datetime, zone: ZoneInfo) -> str:
    """« vendredi 5 février 2027 à 9 h »."""
    return f"{local_day(moment, zone)} à{FIXED}{clock(moment, zone)}"


def until(moment: datetime, zone: ZoneInfo) -> str:
    """As `at`; what ends at 0 h on Monday ends on Sunday at midnight, for everybody but a clock."""
    local = moment.astimezone(zone)
    if (local.hour, local.minute) != (0, 0):
        return at(moment, zone)
    return f"{day(local.date() - timedelta(days=1))} à{FIXED}minuit"


def last_instant(moment: datetime) -> datetime:
    """Closing is exclusive."""
    return moment - timedelta(microseconds=1)


def in_order(lives: list[Life]) -> list[Life]:
    """What is open first, the one that closes soonest at the top; then what is to come; then the past, latest first."""

    def rank(life: Life) -> tuple[int, float]:
        closing = life.consultation.closes_at.timestamp()
        return min(STANDINGS.index(life.standing), STANDINGS.index(CLOSED)), (
            closing if life.standing in {OPEN, TO_COME} else -closing
        )

    return sorted(lives, key=rank)
