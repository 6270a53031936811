"""The attestation as a document: the facts of the page, tagged PDF/UA, the same bytes each time."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from assises.look.templatetags.french import count, moment, typo
from assises.look.typeset import tagged_pdf
from consultations.around import qr
from contributions import bodies
from contributions.log import prove
from contributions.models import Contribution, LogEntry, Statement

TEMPLATE = Path(__file__).with_name("attestation.typ")
LAST_TWO_GROUPS = 9


def halves(code: str) -> tuple[str, str]:
    """The code on two lines."""
    return code[:-LAST_TWO_GROUPS], code[-LAST_TWO_GROUPS:]


def address_of(contribution: Contribution, code: str) -> str:
    return settings.BASE_URL + reverse("receipt", args=[contribution.prefecture.slug, code])


def qr_path(text: str) -> tuple[str, int]:
    """Strokes in a square box, and its side: for `components/receipt.html`."""
    rows = qr.modules(text)
    strokes = (f"M{x} {y}.5h{length}" for y, row in enumerate(rows) for x, length in qr.runs_of(row))
    return "".join(strokes), len(rows)


def pdf(contribution: Contribution, statements: list[Statement], entry: LogEntry, code: str) -> bytes:
    return tagged_pdf(TEMPLATE, content(contribution, statements, entry, code))


def content(contribution: Contribution, statements: list[Statement], entry: LogEntry, code: str) -> dict[str, Any]:
    """What the document says."""
    signed = prove.attestation(contribution, statements, entry)
    office, campaign = contribution.prefecture, contribution.consultation.campaign
    address = address_of(contribution, code)
    return {
        "title": "Attestation de dépôt",
        "office": office.office_name,
        "date": contribution.received_at.astimezone(office.zone).date().isoformat(),
        "is_fictional": settings.DEMO,
        "code": list(halves(code)),
        "qr": qr.svg(address, title=""),
        "address": address,
        "facts": [
            ["Déposée", moment(contribution.received_at, office.zone)],
            ["Concertation", f"{office.name}, {campaign.title}"],
            *([["Au nom de", speaks_for]] if (speaks_for := bodies.name_of(contribution)) else []),
            ["Canal", contribution.get_channel_display().capitalize()],
            ["Contenu", said(signed["facts"])],
            ["Citation", "Autorisée, sans dire qui vous êtes" if contribution.may_publish else "Non autorisée"],
            ["Reçue par", "\n".join(part for part in lines_of(office) if part)],
        ],
        "keep": typo(
            "Gardez ce code : lui seul permet de retrouver votre contribution, de la corriger ou de la retirer jusqu’à"
            " la clôture, et de vérifier qu’elle a été comptée. Personne ne pourra vous le redonner."
        ),
        "proof": [["Empreinte", signed["facts"]["leaf"]], ["Signature", signed["signature"]]],
    }


def lines_of(office: Any) -> list[str]:
    """Who listens, where and at which number."""
    return [office.office_name, office.address, f"{office.postal_code} {office.city}".strip(), office.telephone]


def said(facts: dict[str, Any]) -> str:
    names = (("answers", "réponse"), ("findings", "constat"), ("proposals", "proposition"))
    return ", ".join(f"{count(facts[key])} {name}{'s' if facts[key] > 1 else ''}" for key, name in names)
