"""What the hub of one consultation says: each part in a few lines, with the page where it is changed."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.text import Truncator

from assises.look.templatetags.french import count
from assises.workflow import changes_of
from consultations.around.advice import advice, missing_facts
from consultations.around.contact import contact_of
from consultations.around.partners import partners_of
from consultations.around.short import links_of
from consultations.asking.content import Content, content_of
from consultations.models import Attachment, Consultation, Extension, Follower, Meeting, Place
from consultations.publish import missing
from consultations.steering.core_changes import differences

LONGEST_SUMMARY = 220
DRAFT, PUBLISHED, WITHDRAWN = Consultation.State.DRAFT, Consultation.State.PUBLISHED, Consultation.State.WITHDRAWN


@dataclass(frozen=True)
class Part:
    """One part: its lines, and the page behind « Modifier » or whatever its verb is."""

    title: str
    lines: list[str]
    url_name: str
    verb: str = "Modifier"
    may_change: bool = True


@dataclass(frozen=True)
class Act:
    """One decision, in the history."""

    at: datetime
    title: str
    who: str
    note: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


def hub_of(consultation: Consultation, now: datetime, *, is_editor: bool) -> dict[str, Any]:
    content = content_of(consultation)
    is_draft = consultation.state == DRAFT
    is_over = consultation.state == WITHDRAWN or consultation.has_closed_at(now)
    return {
        "missing": missing(consultation, content) if is_draft else [],
        "advice": advice(consultation) if is_draft else [],
        "parts": parts_of(consultation, content, is_editor=is_editor, may_change=is_editor and not is_over),
        "is_editor": is_editor,
        "is_draft": is_draft,
        "is_over": is_over,
        "may_withdraw": is_editor and consultation.state == PUBLISHED,
        "may_extend": is_editor and consultation.state == PUBLISHED and not is_over,
        "national": differences(consultation) if is_editor else [],
        "history": history_of(consultation),
        "now": now,
    }


def parts_of(consultation: Consultation, content: Content, *, is_editor: bool, may_change: bool) -> list[Part]:
    """In the order in which one prepares it; what only editors open leads nobody else into a closed door."""
    is_draft = consultation.state == DRAFT
    parts = [
        Part("Introduction", [intro(consultation)], "consultation_edit", may_change=may_change and is_draft),
        Part("Questionnaire", questionnaire(consultation, content), "builder", verb="Ouvrir"),
        Part("Façons de contribuer", channels(consultation), "consultation_channels", may_change=may_change),
        Part("Réunions", meetings(consultation), "prefecture_meetings", verb="Ouvrir"),
        Part("Lieux", places(consultation), "places", verb="Ouvrir", may_change=is_editor),
        Part("Qui répond, qui lit", reach(consultation), "consultation_reach", may_change=may_change and is_draft),
    ]
    if consultation.is_by_invitation:
        parts.append(
            Part("Partenaires invités", partners(consultation), "partners", verb="Ouvrir", may_change=is_editor)
        )
    return [
        *parts,
        Part("Aide", [help_line(consultation)], "consultation_contact", may_change=may_change),
        Part("Documents", documents(consultation), "attachments", verb="Ouvrir", may_change=is_editor),
        Part("Données personnelles", [notice(consultation)], "privacy_departement", verb="Lire la notice"),
        Part("Liens courts et QR codes", links(consultation), "links", verb="Ouvrir", may_change=is_editor),
        *([] if is_draft else since_published(consultation)),
    ]


def since_published(consultation: Consultation) -> list[Part]:
    """What can be watched once the public may answer."""
    aside = ["Données personnelles ou danger : à lire avant d’être cité."]
    arrivals = ["Heure par heure, ce qui est signalé, ce que l’on pense du questionnaire."]
    return [
        Part("Fréquentation", followers(consultation), "visits", verb="Ouvrir"),
        Part("Affluence et avis", arrivals, "surge", verb="Ouvrir"),
        Part("Passages à regarder", aside, "withheld", verb="Ouvrir"),
        Part("Organismes", ["Qui a répondu au nom de qui, et les documents joints."], "bodies", verb="Ouvrir"),
    ]


def intro(consultation: Consultation) -> str:
    return Truncator(consultation.introduction).chars(LONGEST_SUMMARY) or "À écrire."


def questionnaire(consultation: Consultation, content: Content) -> list[str]:
    if not consultation.is_online:
        return ["Pas de questionnaire en ligne."]
    themes = [step for step in content["steps"] if step["questions"]]
    questions = sum(len(step["questions"]) for step in themes)
    if not questions:
        return ["Aucune question."]
    return [f"{said(questions, 'question')}, {said(len(themes), 'thème')}."]


def channels(consultation: Consultation) -> list[str]:
    lines = [
        "En ligne." if consultation.is_online else "",
        f"Par courriel\u00a0: {consultation.mail_address}." if consultation.mail_address else "",
        "Par lettre." if consultation.postal_address else "",
        f"Par téléphone\u00a0: {consultation.telephone}." if consultation.telephone else "",
        "En réunion." if consultation.meetings else "",
    ]
    return [line for line in lines if line] or ["Aucune pour l’instant, hors des lieux ci-dessous."]


def places(consultation: Consultation) -> list[str]:
    """Where paper waits, where somebody listens."""
    found = list(Place.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation))
    paper = [place.name for place in found if place.kind == Place.Kind.PAPER]
    counters = [place.name for place in found if place.kind == Place.Kind.COUNTER]
    lines = [f"Sur papier\u00a0: {', '.join(paper)}."] if paper else []
    lines += [f"Au guichet\u00a0: {', '.join(counters)}."] if counters else []
    return lines or ["Aucun pour l’instant."]


def meetings(consultation: Consultation) -> list[str]:
    """How many are announced, how many are being prepared."""
    mine = Meeting.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    states = list(mine.values_list("state", flat=True))
    drafts, announced = states.count(Meeting.State.DRAFT), states.count(Meeting.State.PUBLISHED)
    lines = [f"{said(announced, 'réunion')} annoncée{'s' if announced > 1 else ''}."] if announced else []
    lines += [f"{said(drafts, 'réunion')} en préparation."] if drafts else []
    return lines or ["Aucune pour l’instant."]


def reach(consultation: Consultation) -> list[str]:
    return [
        "Les seuls partenaires invités répondent." if consultation.is_by_invitation else "Tout le monde peut répondre.",
        "Les contributions seront lisibles par tous, sans nom, après relecture."
        if consultation.is_readable_by_all
        else "Les contributions ne sont lues que par les agents chargés de la synthèse.",
    ]


def partners(consultation: Consultation) -> list[str]:
    found = partners_of(consultation).values_list("mail", "invited_at")
    waiting = sum(1 for mail, invited_at in found if mail and not invited_at)
    lines = [f"{said(len(found), 'partenaire')}."] if found else ["Aucun pour l’instant."]
    if waiting:
        lines.append(f"{said(waiting, 'invitation')} à envoyer.")
    return lines


def help_line(consultation: Consultation) -> str:
    contact = contact_of(consultation)
    return ", ".join(part for part in (contact.name, contact.telephone, contact.mail) if part) + "."


def documents(consultation: Consultation) -> list[str]:
    mine = Attachment.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    titles = list(mine.values_list("title", flat=True))
    return [f"{', '.join(titles)}."] if titles else ["Aucun."]


def notice(consultation: Consultation) -> str:
    if lacking := missing_facts(consultation):
        return f"Incomplète\u00a0: il manque {', '.join(lacking)}. L’administrateur de l’équipe peut les ajouter."
    return "Remplie avec les coordonnées de votre service."


def links(consultation: Consultation) -> list[str]:
    number = links_of(consultation).count()
    return [f"{said(number, 'lien')}."] if number else ["Aucun pour l’instant."]


def followers(consultation: Consultation) -> list[str]:
    mine = Follower.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    number = mine.exclude(confirmed_at=None).count()
    if number == 1:
        return ["Une personne suit cette concertation par courriel."]
    return (
        [f"{count(number)}\u00a0personnes suivent cette concertation par courriel."]
        if number
        else ["Personne ne suit encore cette concertation par courriel."]
    )


def said(number: int, word: str) -> str:
    return f"{count(number)}\u00a0{word}{'s' if number > 1 else ''}"


def history_of(consultation: Consultation) -> list[Act]:
    """Decisions and extensions, latest first."""
    titles = {PUBLISHED: "Publiée", WITHDRAWN: "Retirée"}
    acts = [
        Act(change.at, titles.get(change.after, change.after), name_of(change.actor), change.comment)
        for change in changes_of(consultation).select_related("actor")
    ]
    mine = Extension.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    acts += [
        Act(
            extension.at,
            "Prolongée par le ministère" if extension.national_id else "Prolongée",
            name_of(extension.by),
            extension.note,
            {"closes_at": extension.closes_at},
        )
        for extension in mine.select_related("by")
    ]
    return sorted(acts, key=lambda act: act.at, reverse=True)


def name_of(person: Any) -> str:
    return person.get_full_name() if person else ""
