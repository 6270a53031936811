"""The people of the demo. All are invented, and no mail can reach an address in « .invalid »."""

import unicodedata
from dataclasses import dataclass
from datetime import timedelta

import pghistory
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db.models.functions import Now

from assises.accounts.delegate import give
from assises.accounts.demo import add_step
from assises.accounts.invite import invite
from assises.accounts.models import Delegation, Invitation, Membership, Prefecture, Role, User
from assises.tenancy.context import as_ministry, as_prefecture

PASSWORD = "concertation-de-demonstration"  # noqa: S105 (it opens invented accounts of a demo, and is printed)
MINISTRY_DOMAIN = "pilotage.invalid"
MINISTRY = (("Hélène Morvan", Role.LEAD, ""), ("Bastien Laval", Role.READER, ""))
CAST = {
    "02": ("Claire Aubrac", "Marc Vallin", "Inès Toulet", "Odile Garancher"),
    "03": ("Julien Mazerolle", "Soraya Benhamou", "Thibault Crozet", "Philippe Estrange"),
    "14": ("Solène Vaucelles", "Yann Courseulles", "Amel Troarn", "Régis Bellengreville"),
    "19": ("Nadège Lespinat", "Adrien Coudert", "Maïa Ferrolles", "Bertrand Salviac"),
    "23": ("Gilles Aubusson", "Camille Nouhaud", "Rémi Bourganelle", "Hortense Lavalade"),
    "32": ("Sabine Castéra", "Hugo Marsan", "Leïla Dartigues", "Étienne Montaut"),
    "47": ("Pascal Duras", "Élodie Nérac", "Karim Tonnelier", "Agnès Villereal"),
    "75": ("Virginie Sauvageot", "Maxime Bréard", "Aïcha Delorme", "Laurent Chastenet"),
    "974": ("Jean-Rémy Hoarau", "Stéphanie Payet", "Fabrice Grondin", "Solange Rivière"),
    "987": ("Moana Teriitahi", "Vaea Tumahai", "Teva Maraetefau", "Hervé Quélennec"),
}
ROLES = (Role.ADMINISTRATOR, Role.EDITOR, Role.AGENT, Role.PREFECT)
TITLES = {"02": "Préfète", "23": "Préfète", "47": "Préfète", "974": "Préfète", "75": "Préfet de police",
          "987": "Haut-commissaire"}  # fmt: skip
WAITING = ("10", "cabinet@aube.invalid")
EXPIRED = ("01", "cabinet@ain.invalid")
NEWCOMER = "paul.rivart@aisne.invalid"


@dataclass(frozen=True)
class Person:
    """Somebody of the demo, as the login page names them."""

    name: str
    email: str
    role: str
    place: str


def address(name: str, domain: str) -> str:
    letters = unicodedata.normalize("NFD", name.casefold().replace(" ", "."))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)) + f"@{domain}"


def domain_of(prefecture: Prefecture) -> str:
    return f"{prefecture.slug}.invalid"


def people() -> list[Person]:
    """Who can log in as what, the ministry first."""
    found = [
        Person(name, address(name, MINISTRY_DOMAIN), role.label, "Pilotage national") for name, role, _ in MINISTRY
    ]
    prefectures = Prefecture.objects.in_bulk(CAST)
    for code, names in CAST.items():
        domain, place = domain_of(prefectures[code]), prefectures[code].name
        found += [Person(n, address(n, domain), r.label, place) for n, r in zip(names, ROLES, strict=True)]
    return found


@add_step("Personnes")
def fill_people() -> None:
    hashed = make_password(PASSWORD)
    with as_ministry():
        for name, role, title in MINISTRY:
            join(None, person(name, MINISTRY_DOMAIN, hashed), role, title)
        lead = User.objects.get(email=address(MINISTRY[0][0], MINISTRY_DOMAIN))
    for code in CAST:
        fill_prefecture(Prefecture.objects.get(code=code), hashed, lead)
    fill_invitations(lead)
    fill_delegation(Prefecture.objects.get(code="02"))


def person(name: str, domain: str, hashed: str) -> User:
    email = address(name, domain)
    made, is_new = User.objects.get_or_create(email=email, defaults={"full_name": name, "password": hashed})
    if is_new:
        EmailAddress.objects.create(user=made, email=email, verified=True, primary=True)
    return made


def join(prefecture: Prefecture | None, user: User, role: str, title: str) -> None:
    if not Membership.objects.for_prefecture(prefecture).filter(user=user).exists():
        Membership.objects.create(prefecture=prefecture, user=user, role=role, title=title)


def fill_prefecture(prefecture: Prefecture, hashed: str, lead: User) -> None:
    domain = domain_of(prefecture)
    team = [person(name, domain, hashed) for name in CAST[prefecture.code]]
    accepted_invitation(prefecture, team[0].email, lead)
    who = {"person": team[0].pk, "name": team[0].get_full_name()}
    with as_prefecture(prefecture), pghistory.context(**who):
        for user, role in zip(team, ROLES, strict=True):
            title = TITLES.get(prefecture.code, "Préfet") if role == Role.PREFECT else ""
            join(prefecture, user, role, title)
        if not prefecture.functional_email:
            prefecture.functional_email, prefecture.dpo_email = f"concertation@{domain}", f"donnees@{domain}"
            prefecture.save(update_fields=["functional_email", "dpo_email"])


def accepted_invitation(prefecture: Prefecture, email: str, lead: User) -> None:
    """How the first administrator came: the ministry knows of teams by its own invitations only."""
    facts = {"role": Role.ADMINISTRATOR, "invited_by": lead, "by_ministry": True, "expires_at": Now()}
    with as_ministry():
        rows = Invitation.objects.filter(prefecture=prefecture, email=email)
        if not rows.exists():
            Invitation.objects.create(prefecture=prefecture, email=email, state=Invitation.State.ACCEPTED, **facts)


def fill_invitations(lead: User) -> None:
    """One that waits, one that nobody followed in time, and a newcomer in a team."""
    with as_ministry():
        for code, email in (WAITING, EXPIRED):
            if not Invitation.objects.filter(prefecture_id=code).exists():
                prefecture = Prefecture.objects.get(code=code)
                made = invite(prefecture=prefecture, email=email, role=Role.ADMINISTRATOR, by=lead)
                if (code, email) == EXPIRED:
                    let_expire(made)
    aisne = Prefecture.objects.get(code="02")
    with as_prefecture(aisne):
        if not Invitation.objects.for_prefecture(aisne).filter(email=NEWCOMER).exists():
            by = Membership.objects.for_prefecture(aisne).get(user__email=people_of(aisne)[0]).user
            invite(prefecture=aisne, email=NEWCOMER, role=Role.AGENT, by=by)


def let_expire(invitation: Invitation) -> None:
    sent_at = Now() - settings.INVITATION_LASTS - timedelta(days=3)
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=sent_at, expires_at=Now() - timedelta(days=3))


def people_of(prefecture: Prefecture) -> list[str]:
    return [address(name, domain_of(prefecture)) for name in CAST[prefecture.code]]


def fill_delegation(prefecture: Prefecture) -> None:
    """The prefect's signature is in other hands for a month."""
    _, editor, _, prefect = people_of(prefecture)
    today = prefecture.today()
    with as_prefecture(prefecture):
        members = Membership.objects.for_prefecture(prefecture).select_related("user", "prefecture")
        if Delegation.objects.for_prefecture(prefecture).in_force_on(today).exists():
            return
        by = members.get(user__email=prefect).user
        with pghistory.context(person=by.pk, name=by.get_full_name()):
            give(to=members.get(user__email=editor), starts_on=today, ends_on=today + timedelta(days=30), by=by)
