"""What deserves a second look before publication, and never blocks it."""

from collections.abc import Iterable

from assises.look.templatetags.french import short_day
from consultations.around.contact import contact_of
from consultations.models import Consultation, ReservePeriod
from consultations.publish import Missing
from consultations.steering.planning import warnings_on

FACTS = (("address", "adresse"), ("city", "ville"), ("dpo_email", "délégué à la protection des données"))


def advice(consultation: Consultation) -> list[Missing]:
    """Each with the page that mends it; facts of the prefecture are mended by its administrator."""
    found = [*about_dates(consultation, list(ReservePeriod.objects.all()))]
    contact = contact_of(consultation)
    if not contact.mail and not contact.telephone:
        found.append(
            Missing("Personne ne peut demander d’aide\u00a0: ni courriel, ni téléphone.", "consultation_contact")
        )
    if lacking := missing_facts(consultation):
        found.append(
            Missing(f"La notice sur les données est incomplète\u00a0: il manque {', '.join(lacking)}.", "edit_facts")
        )
    return found


def missing_facts(consultation: Consultation) -> list[str]:
    return [label for name, label in FACTS if not getattr(consultation.prefecture, name)]


def about_dates(consultation: Consultation, reserves: Iterable[ReservePeriod]) -> list[Missing]:
    """Days on which few read and nobody answers the telephone, and silence before an election."""
    found = []
    zone, code = consultation.prefecture.zone, consultation.prefecture_id
    reserves = list(reserves)
    for name, label in (("opens_at", "Ouverture"), ("closes_at", "Clôture")):
        if moment := getattr(consultation, name):
            day = moment.astimezone(zone).date()
            found += [
                Missing(
                    f"{label} le {short_day(day)}\u00a0: {why[0].lower()}{why[1:]}", "consultation_edit", f"id_{name}"
                )
                for why in warnings_on(day, reserves, department=code)
            ]
    return found
