"""One exercise open today, whatever the day, so that every state can be visited at once."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from assises.accounts.models import Membership
from assises.tenancy.context import as_prefecture
from consultations.around.short import make_link
from consultations.demo.asked_now import OUTLINE, PRESENCE, ROADS, TALK, WELCOME
from consultations.demo.cases import At, Case, Exercise, make_exercise, part_of
from consultations.demo.lead import demo_lead
from consultations.demo.meetings import add_to_come
from consultations.extend import extend
from consultations.models import Audience, Campaign

SLUG = "securite-du-quotidien"
LATER = "Un cyclone est passé au large : des réunions ont été reportées, et la concertation dure trois jours de plus."


# Numbers of the range that is set aside for fiction.
BY_EVERY_WAY = {
    "mail_address": "concertation@aisne.invalid",
    "postal_address": "Préfecture de l’Aisne, Concertation sécurité, 2 rue Paul-Doumer, 02000 Laon",
    "telephone": "03 53 01 00 00",
    "telephone_hours": "Du lundi au vendredi, de 9 h à 12 h",
    "meetings": "Une réunion par arrondissement ; celles de Laon et de Saint-Quentin seront annoncées ici.",
    "contact_name": "Mission sécurité du quotidien",
    "contact_mail": "securite@aisne.invalid",
    "contact_telephone": "03 53 01 00 01",
}
IN_AISNE = (
    At("paper", "Préfecture de l’Aisne", "2 rue Paul-Doumer, Laon", "Du lundi au vendredi, de 8 h 45 à 16 h"),
    At("paper", "Mairie de Soissons", "Place de l’Hôtel-de-Ville, Soissons", "Aux heures d’ouverture"),
    At("counter", "Maison France services de Vervins", "Rue du Traité-de-Paix, Vervins", "Le mardi, de 14 h à 17 h"),
)


def fill_now() -> None:
    """Made once, around the day of the first start."""
    if Campaign.objects.filter(slug=SLUG).exists():
        return
    today = timezone.localdate()
    exercise = Exercise(
        slug=SLUG,
        title="Assises de la sécurité du quotidien",
        purpose="Vous vivez ici : dites ce que vous constatez, proposez ce qui peut changer. Tout est lu.",
        opens_on=today - timedelta(days=30),
        closes_on=today + timedelta(days=25),
        synthesis_due_on=today + timedelta(days=39),
        themes=(PRESENCE, WELCOME, TALK),
        outline=OUTLINE,
        synthesis_pages=12,
        ranked_proposals=10,
    )
    campaign = make_exercise(exercise, cases(today), lead=demo_lead())
    add_links(campaign)
    add_later_closing(campaign)
    with as_prefecture("02"):
        add_to_come(part_of("02", campaign))


def add_links(campaign: Campaign) -> None:
    with as_prefecture("02"):
        mine = part_of("02", campaign)
        make_link(mine, label="Affiches en mairie")
        make_link(mine, label="Lettre aux maires", audience=Audience.ELECTED)


def add_later_closing(campaign: Campaign) -> None:
    """La Réunion took three days more, and says why."""
    with as_prefecture("974"):
        mine = part_of("974", campaign)
        editors = Membership.objects.for_prefecture("974").filter(role="editor").select_related("user")
        extend(mine, mine.closes_at + timedelta(days=3), LATER, actor=editors.earliest("pk").user)


def cases(today: date) -> list[Case]:
    """Every state of a concertation, two of them overseas."""

    def at(days: int, hour: int = 18) -> datetime:
        return datetime.combine(today + timedelta(days=days), time(hour))

    last_minute = datetime.combine(today, time(23, 59))
    return [
        Case("02", opens=at(-10, 9), closes=at(12), more=(ROADS,), how=BY_EVERY_WAY, places=IN_AISNE),
        Case("974", opens=at(-8, 9), closes=at(15), how={"mail_address": "concertation@la-reunion.invalid"}),
        Case("19", opens=at(-14, 9), closes=last_minute),
        Case("23", opens=at(5, 9), closes=at(24)),
        Case("03"),
        Case("32", opens=at(-20, 9), closes=at(-1)),
        Case("14", opens=at(-18, 9), closes=at(-1)),
        Case("47", opens=at(-28, 9), closes=at(-6)),
        Case("75", opens=at(-28, 9), closes=at(-8)),
        Case("987", opens=at(-25, 9), closes=at(-5)),
    ]
