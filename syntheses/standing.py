"""How far a synthesis is, in one word and one shape, for the tables of both sides; and what comes next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Prefetch, Subquery

from assises.look.templatetags.french import day, local_day, moment
from consultations.models import Campaign, Consultation
from syntheses.models import Document, Synthesis

State = Synthesis.State


@dataclass(frozen=True)
class Word:
    """`kind` is the shape of `components/state.html`."""

    kind: str
    label: str


TO_READ = Word("open", "Reçue, à lire")
ACKNOWLEDGED = Word("done", "Réception accusée")
RETURNED = Word("bad", "Renvoyée")
VALIDATED = Word("mid", "Validée, à transmettre")
IN_WRITING = Word("hatch", "En rédaction")
NOT_CLOSED = Word("", "Concertation non close")
# In the order of the legend: what calls for an act of the ministry comes first.
WORDS = (TO_READ, RETURNED, VALIDATED, IN_WRITING, NOT_CLOSED, ACKNOWLEDGED)
OF_STATE = {
    State.DRAFT: IN_WRITING,
    State.VALIDATED: VALIDATED,
    State.TRANSMITTED: TO_READ,
    State.RETURNED: RETURNED,
    State.ACKNOWLEDGED: ACKNOWLEDGED,
}


def word_of(state: str) -> str:
    """What was decided, in a list of decisions."""
    return Synthesis.SAID.get(State(state)) or State(state).label


@dataclass(frozen=True)
class Row:
    """One department of a campaign."""

    consultation: Consultation
    synthesis: Synthesis | None
    word: Word
    contributions: int | None
    is_late: bool
    last_fact: str

    @property
    def is_readable(self) -> bool:
        return self.synthesis is not None and self.synthesis.transmitted_at is not None


def rows_of(campaign: Campaign, now: datetime) -> list[Row]:
    """Every department asked, those that wait for an act first. For the ministry: nothing that was not transmitted."""
    sent = Document.objects.filter(transmissions__synthesis=OuterRef("pk")).order_by("-number")
    syntheses = Synthesis.objects.annotate(sent_contributions=Subquery(sent.values("contributions")[:1]))
    consultations = (
        Consultation.objects.filter(campaign=campaign)
        .select_related("prefecture")
        .prefetch_related(Prefetch("syntheses", queryset=syntheses, to_attr="found"))
        .order_by("prefecture")
    )
    rows = [row_of(consultation, campaign, now) for consultation in consultations]
    return sorted(rows, key=lambda row: (row.word != TO_READ, not row.is_late, row.word == ACKNOWLEDGED))


def row_of(consultation: Any, campaign: Campaign, now: datetime) -> Row:
    synthesis = consultation.found[0] if consultation.found else None
    word = word_for(consultation, synthesis, now)
    return Row(
        consultation=consultation,
        synthesis=synthesis,
        word=word,
        contributions=synthesis.sent_contributions if synthesis else None,
        is_late=is_late(consultation, synthesis, campaign, now),
        last_fact=last_fact(consultation, synthesis, word),
    )


def word_for(consultation: Consultation, synthesis: Synthesis | None, now: datetime) -> Word:
    if synthesis:
        return OF_STATE[State(synthesis.state)]
    return IN_WRITING if consultation.has_closed_at(now) else NOT_CLOSED


def is_late(consultation: Consultation, synthesis: Synthesis | None, campaign: Campaign, now: datetime) -> bool:
    """The day on which it was expected has ended there, and it is not with the ministry."""
    if synthesis and synthesis.state in {State.TRANSMITTED, State.ACKNOWLEDGED}:
        return False
    return now.astimezone(consultation.prefecture.zone).date() > campaign.synthesis_due_on


def last_fact(consultation: Consultation, synthesis: Synthesis | None, word: Word) -> str:
    zone = consultation.prefecture.time_zone
    if synthesis and word in {ACKNOWLEDGED, RETURNED}:
        return f"{word.label} le {local_day(synthesis.answered_at)}"
    if synthesis and word == TO_READ:
        return f"Transmise le {local_day(synthesis.transmitted_at)}"
    if synthesis and word == VALIDATED:
        return f"Validée le {local_day(synthesis.validated_at)}"
    if word == NOT_CLOSED:
        return f"Clôture le {local_day(consultation.closes_at, zone)}" if consultation.closes_at else "Non publiée"
    return f"Close le {local_day(consultation.closes_at, zone)}"


def legend_of(rows: list[Row]) -> list[dict[str, Any]]:
    """Each state with its number, those that nobody is in left out."""
    numbers = {word: sum(row.word == word for row in rows) for word in WORDS}
    return [{"kind": word.kind, "label": word.label, "number": n} for word, n in numbers.items() if n]


def stages_of(
    consultation: Consultation, synthesis: Synthesis | None, *, is_ready: bool, now: datetime
) -> list[dict[str, str]]:
    """What is done, what comes now, what comes later, with the date of each."""
    zone, state = consultation.prefecture.time_zone, synthesis.state if synthesis else State.DRAFT
    is_sent = state in {State.TRANSMITTED, State.ACKNOWLEDGED}
    is_validated = is_sent or state == State.VALIDATED
    due = f"Attendue le {day(consultation.campaign.synthesis_due_on)}."
    document = "Une nouvelle version est attendue." if state == State.RETURNED else "Construit après la clôture."
    facts = [
        ("Clôture", at(consultation.closes_at, zone), consultation.has_closed_at(now)),
        ("Document", "Prêt." if is_ready or is_validated else document, is_ready or is_validated),
        (
            "Validation par le préfet",
            at(synthesis.validated_at, zone) if synthesis and is_validated else "Après lecture.",
            is_validated,
        ),
        ("Transmission au ministère", at(synthesis.transmitted_at, zone) if synthesis and is_sent else due, is_sent),
        (
            "Accusé de réception",
            at(synthesis.answered_at, zone) if synthesis and state == State.ACKNOWLEDGED else "Par le ministère.",
            state == State.ACKNOWLEDGED,
        ),
    ]
    first = next((number for number, (_, _, is_done) in enumerate(facts) if not is_done), len(facts))
    return [
        {"title": title, "text": text, "state": "done" if is_done else "now" if number == first else ""}
        for number, (title, text, is_done) in enumerate(facts)
    ]


def at(value: datetime | None, zone: str) -> str:
    return f"Le {moment(value, zone)}" if value else ""
