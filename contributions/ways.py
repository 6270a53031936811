"""How one takes part, channel by channel, in the order in which most people look. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from consultations.models import Consultation, Place


@dataclass(frozen=True)
class Way:
    """One channel: what to do, then the places or lines of an address."""

    key: str
    title: str
    text: str = ""
    lines: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    mail: str = ""
    telephone: str = ""


def ways_of(
    consultation: Consultation,
    places: Sequence[Place],
    *,
    has_questions: bool,
    is_open: bool,
    online: bool = True,
    meetings: bool = False,
) -> list[Way]:
    """All of them; `online` is left out where the page already offers it; `meetings`: some are announced."""
    found = []
    if online and consultation.is_online and has_questions:
        text = "Un thème par page, sans compte. Vous relisez tout avant d’envoyer."
        found.append(Way("online", "En ligne", text if is_open else "Le questionnaire paraîtra ici à l’ouverture."))
    if consultation.mail_address:
        found.append(
            Way("mail", "Par courriel", "Écrivez avec vos mots, à cette adresse.", mail=consultation.mail_address)
        )
    if consultation.postal_address:
        lines = [line.strip() for line in consultation.postal_address.splitlines() if line.strip()]
        text = "Écrivez à cette adresse\u202f; le cachet de la poste fait foi."
        found.append(Way("letter", "Par lettre", text, lines=lines))
    if paper := [place for place in places if place.kind == Place.Kind.PAPER]:
        text = "Prenez un questionnaire et déposez-le rempli dans l’un de ces lieux."
        found.append(Way("paper", "Sur papier", text, places=paper))
    if counters := [place for place in places if place.kind == Place.Kind.COUNTER]:
        found.append(Way("counter", "Au guichet", "Quelqu’un note ce que vous dites.", places=counters))
    if consultation.telephone:
        lines = [consultation.telephone_hours] if consultation.telephone_hours else []
        text = "Quelqu’un note ce que vous dites."
        found.append(Way("telephone", "Par téléphone", text, lines=lines, telephone=consultation.telephone))
    if consultation.meetings or meetings:
        lines = [line.strip() for line in consultation.meetings.splitlines() if line.strip()]
        text = "Venez dire ce que vous vivez et ce que vous proposez." if meetings else ""
        found.append(Way("meetings", "En réunion", text, lines=lines))
    return found
