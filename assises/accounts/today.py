"""What waits for the team itself: people to invite, facts to complete, mail that could not leave."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from assises.accounts.first_administrators import EXPIRED, NOBODY, standings
from assises.accounts.models import Invitation, Membership, Prefecture, Role
from assises.outbox.models import OutboundMail

WANTED_FACTS = ("telephone", "functional_email", "dpo_email")


def prefecture_tasks(request: HttpRequest) -> list[dict[str, Any]]:
    """An administrator's chores."""
    if Role.ADMINISTRATOR not in request.roles:
        return []
    prefecture = request.prefecture
    tasks = [
        _missing_facts(prefecture),
        _expired(Invitation.objects.for_prefecture(prefecture), reverse("team", args=[prefecture.slug])),
        _nobody_signs(prefecture),
        _stuck_mails(prefecture, reverse("prefecture_mails", args=[prefecture.slug])),
    ]
    return [task for task in tasks if task]


def ministry_tasks(request: HttpRequest) -> list[dict[str, Any]]:
    """What keeps the country from being complete."""
    if Role.LEAD not in request.roles:
        return []
    states = [standing.state for standing in standings()]
    tasks = [
        _not_invited(states.count(NOBODY)),
        _not_followed(states.count(EXPIRED)),
        _expired(Invitation.objects.for_prefecture(None), reverse("ministry_team")),
        _stuck_mails(None, reverse("ministry_mails")),
    ]
    return [task for task in tasks if task]


def _task(number: int, words: str, note: str, url: str, action: str) -> dict[str, Any] | None:
    """`words`: one|many. Nothing to do, no task."""
    one, _, many = words.partition("|")
    title = one if number == 1 else many
    return {"number": number, "title": title, "note": note, "url": url, "action": action} if number else None


def _not_invited(number: int) -> dict[str, Any] | None:
    words = "préfecture sans invitation|préfectures sans invitation"
    note = "Leur premier administrateur invitera ensuite toute l’équipe."
    return _task(number, words, note, f"{reverse('prefectures')}?etat={NOBODY}", "Inviter")


def _not_followed(number: int) -> dict[str, Any] | None:
    words = "invitation de préfecture expirée|invitations de préfectures expirées"
    note = "Personne n’a suivi le lien à temps."
    return _task(number, words, note, f"{reverse('prefectures')}?etat={EXPIRED}", "Relancer")


def _expired(invitations: Any, url: str) -> dict[str, Any] | None:
    number = invitations.waiting().expired().count()
    note = "Le lien ne sert plus. Renvoyez l’invitation, ou annulez-la."
    return _task(number, "invitation expirée|invitations expirées", note, url, "Voir l’équipe")


def _stuck_mails(prefecture: Prefecture | None, url: str) -> dict[str, Any] | None:
    number = OutboundMail.objects.for_prefecture(prefecture).given_up().count()
    note = "Le portail a essayé plusieurs fois. La raison est écrite en face de chacun."
    task = _task(number, "courriel qui n’a pas pu partir|courriels qui n’ont pas pu partir", note, url, "Voir")
    return {**task, "late": True} if task else None


def _missing_facts(prefecture: Prefecture) -> dict[str, Any] | None:
    fields = [prefecture._meta.get_field(name) for name in WANTED_FACTS if not getattr(prefecture, name)]
    note = f"Il manque : {', '.join(str(field.verbose_name) for field in fields)}. Le public en aura besoin."
    url = reverse("edit_facts", args=[prefecture.slug])
    return _task(len(fields), "coordonnée à compléter|coordonnées à compléter", note, url, "Compléter")


def _nobody_signs(prefecture: Prefecture) -> dict[str, Any] | None:
    is_filled = Membership.objects.for_prefecture(prefecture).filter(role=Role.PREFECT).exists()
    if is_filled or Invitation.objects.for_prefecture(prefecture).waiting().filter(role=Role.PREFECT).exists():
        return None
    note = "Quelqu’un doit pouvoir valider la synthèse et la transmettre."
    return _task(1, "rôle à pourvoir : préfet", note, reverse("invite_to_team", args=[prefecture.slug]), "Inviter")
