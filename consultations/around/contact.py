"""Who helps with one consultation: what its editor wrote, else the prefecture's own."""

from dataclasses import dataclass

from consultations.models import Consultation


@dataclass(frozen=True)
class Contact:
    name: str
    mail: str
    telephone: str


def contact_of(consultation: Consultation) -> Contact:
    """A mail box or a number that the editor gave stands alone: nobody is sent to two desks."""
    office = consultation.prefecture
    own_way = consultation.contact_mail or consultation.contact_telephone
    return Contact(
        name=consultation.contact_name or office.office_name,
        mail=consultation.contact_mail or ("" if own_way else office.functional_email),
        telephone=consultation.contact_telephone or ("" if own_way else office.telephone),
    )
