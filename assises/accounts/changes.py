"""The history of a team in plain French: rights, delegations, the prefecture's facts, decisions; the latest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.urls import Resolver404, resolve

from assises.accounts.models import Delegation, Membership, Prefecture, Role, StateChange, User
from assises.look.templatetags.french import short_day

LINES_A_PAGE = 30
MEMBERSHIP, DELEGATION, PREFECTURE, DECISION = "membership", "delegation", "prefecture", "decision"
PAGES = {
    "team": "Équipe",
    "edit_member": "Équipe",
    "remove_member": "Équipe",
    "facts": "Préfecture",
    "edit_facts": "Préfecture",
    "delegations": "Délégation",
    "revoke_delegation": "Délégation",
    "invitation": "Invitation reçue",
    "ministry_team": "Équipe",
    "edit_ministry_member": "Équipe",
    "remove_ministry_member": "Équipe",
}
FACTS = ("address", "postal_code", "city", "telephone", "functional_email", "dpo_email", "website", "office_name")


@dataclass(frozen=True)
class Change:
    """One line of the history."""

    at: datetime
    text: str
    details: list[str]
    author: str
    page: str


def history_of(prefecture: Prefecture | None) -> QuerySet:
    """(source, moment, number) of everything that changed: to be cut into pages, then told by `tell`."""
    code = prefecture.code if prefecture else None
    parts = [
        _numbers(Membership.pgh_event_model.objects.filter(prefecture_id=code), MEMBERSHIP, "pgh_created_at", "pgh_id"),
        _numbers(_decisions_of(code), DECISION, "at", "pk"),
    ]
    if code:
        delegations = Delegation.pgh_event_model.objects.filter(prefecture_id=code)
        facts = Prefecture.pgh_event_model.objects.filter(pgh_obj_id=code)
        parts.append(_numbers(delegations, DELEGATION, "pgh_created_at", "pgh_id"))
        parts.append(_numbers(facts, PREFECTURE, "pgh_created_at", "pgh_id"))
    return parts[0].union(*parts[1:], all=True).order_by("-moment", "-number")


def _decisions_of(code: str | None) -> QuerySet:
    """The ministry's history holds what it decided about prefectures too."""
    return StateChange.objects.filter(Q(prefecture_id=code) if code else Q(prefecture=None) | Q(by_ministry=True))


def _numbers(rows: QuerySet, kind: str, at: str, number: str) -> QuerySet:
    return (
        rows.order_by()
        .annotate(source=Value(kind), moment=F(at), number=F(number))
        .values("source", "moment", "number")
    )


def tell(entries: Iterable[dict[str, Any]], prefecture: Prefecture | None) -> list[Change]:
    """The lines of one page, with four queries however many there are."""
    wanted: dict[str, list[int]] = {MEMBERSHIP: [], DELEGATION: [], PREFECTURE: [], DECISION: []}
    entries = list(entries)
    for entry in entries:
        wanted[entry["source"]].append(entry["number"])
    found = {
        MEMBERSHIP: _memberships(wanted[MEMBERSHIP]),
        DELEGATION: _delegations(wanted[DELEGATION]),
        PREFECTURE: _facts(wanted[PREFECTURE], prefecture) if prefecture else {},
        DECISION: _decisions(wanted[DECISION]),
    }
    return [found[entry["source"]][entry["number"]] for entry in entries]


def _memberships(numbers: list[int]) -> dict[int, Change]:
    events = Membership.pgh_event_model.objects
    before = events.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id")).order_by("-pgh_id")
    rows = list(
        events.filter(pgh_id__in=numbers).annotate(
            former_role=Subquery(before.values("role")[:1]), former_title=Subquery(before.values("title")[:1])
        )
    )
    names = _names(row.user_id for row in rows)
    return {row.pgh_id: _change(row, *_about_member(row, names.get(row.user_id, "Une personne"))) for row in rows}


def _about_member(row: Any, name: str) -> tuple[str, list[str]]:
    role = Role(row.role).label
    if row.pgh_label == "insert":
        return f"{name} rejoint l’équipe", [f"Rôle : {role}"]
    if row.pgh_label == "delete":
        return f"{name} quitte l’équipe", [f"Rôle jusque-là : {role}"]
    details = []
    if row.former_role and row.former_role != row.role:
        details.append(f"Rôle : {Role(row.former_role).label}, puis {role}")
    if row.former_title is not None and row.former_title != row.title:
        details.append(f"Fonction affichée : {row.former_title or 'aucune'}, puis {row.title or 'aucune'}")
    return f"Les droits de {name} changent", details


def _delegations(numbers: list[int]) -> dict[int, Change]:
    rows = list(Delegation.pgh_event_model.objects.filter(pgh_id__in=numbers))
    members = Membership.pgh_event_model.objects.filter(pgh_obj_id__in={row.given_to_id for row in rows})
    users = dict(members.values_list("pgh_obj_id", "user_id"))
    names = _names([*users.values(), *(row.given_by_id for row in rows)])
    told = {}
    for row in rows:
        name = names.get(users.get(row.given_to_id, 0), "une personne qui a quitté l’équipe")
        days = f"Du {short_day(row.starts_on)} {row.starts_on.year} au {short_day(row.ends_on)} {row.ends_on.year}"
        verb = "prend fin" if row.revoked_at else "est donnée"
        told[row.pgh_id] = _change(row, f"La délégation du préfet à {name} {verb}", [days])
    return told


def _facts(numbers: list[int], prefecture: Prefecture) -> dict[int, Change]:
    """Each event holds what was before; what came after is in the next one, or in the row."""
    if not numbers:
        return {}
    events = list(
        Prefecture.pgh_event_model.objects.filter(pgh_obj_id=prefecture.code, pgh_id__gte=min(numbers)).order_by(
            "pgh_id"
        )
    )
    told = {}
    for event, after in zip(events, [*events[1:], prefecture], strict=True):
        details = [_about_fact(name, event, after) for name in FACTS if getattr(event, name) != getattr(after, name)]
        told[event.pgh_id] = _change(event, "Les coordonnées de la préfecture changent", details)
    return told


def _about_fact(name: str, before: Any, after: Any) -> str:
    label = str(Prefecture._meta.get_field(name).verbose_name)
    return f"{label.capitalize()} : {getattr(before, name) or 'rien'}, puis {getattr(after, name) or 'rien'}"


def _decisions(numbers: list[int]) -> dict[int, Change]:
    rows = list(StateChange.objects.filter(pk__in=numbers).select_related("actor", "prefecture"))
    subjects = {(row.subject, row.subject_id): "" for row in rows}
    for label in {row.subject for row in rows}:
        ids = [number for subject, number in subjects if subject == label]
        found = apps.get_model(label)._default_manager.filter(pk__in=ids)
        subjects.update({(label, str(subject.pk)): str(subject) for subject in found})
    return {row.pk: _decision(row, subjects[row.subject, row.subject_id]) for row in rows}


def _decision(row: StateChange, subject: str) -> Change:
    model = apps.get_model(row.subject)
    states = dict(model.State.choices) | getattr(model, "SAID", {})
    kind = str(model._meta.verbose_name).capitalize()
    state = states[row.after]
    text = f"{subject} : {state}" if subject.startswith(kind) else f"{kind} {state} : {subject}"
    details = [f"État précédent : {states[row.before]}", *([row.comment] if row.comment else [])]
    author = row.actor.get_full_name() if row.actor else "le portail"
    return Change(row.at, text, details, author, "")


def _change(row: Any, text: str, details: list[str]) -> Change:
    context = row.pgh_context or {}
    return Change(
        row.pgh_created_at, text, details, context.get("name") or "le portail", page_name(context.get("page", ""))
    )


def page_name(path: str) -> str:
    """What the page is called on screen, from its address; nothing when it is not known any more."""
    try:
        return PAGES.get(resolve(path).url_name or "", "") if path else ""
    except Resolver404:
        return ""


def _names(people: Iterable[int]) -> dict[int, str]:
    return {person.pk: person.get_full_name() for person in User.objects.filter(pk__in=set(people))}
