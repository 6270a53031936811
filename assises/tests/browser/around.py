"""What stands around a consultation, made once for pages to be looked at."""

from datetime import timedelta
from typing import Any

from assises import clock
from assises.accounts.models import Prefecture
from assises.tenancy.context import as_prefecture
from assises.testing import make_campaign, make_member, make_open_consultation
from consultations.around.announce import announce
from consultations.around.follow import ask
from consultations.around.partners import make, partners_of
from consultations.around.passings import count
from consultations.around.short import links_of, make_link
from consultations.extend import extend
from consultations.models import Attachment, Consultation, Follower, Passing, Place
from consultations.withdraw import withdraw
from contributions.tests.visiting import written

HERE, ELSEWHERE = "02", "05"


def now_in(code: str) -> Consultation:
    rows = Consultation.objects.for_prefecture(code).select_related("campaign", "prefecture")
    return rows.get(campaign__slug="securite-du-quotidien")


def address(consultation: Consultation, **more: Any) -> dict[str, Any]:
    return {"departement": consultation.prefecture.slug, "campaign": consultation.campaign.slug, **more}


def place() -> dict[str, Any]:
    with as_prefecture(HERE):
        return address(now_in(HERE), number=Place.objects.filter(consultation=now_in(HERE)).earliest("pk").pk)


def place_list() -> dict[str, Any]:
    return listed(place())


def partner_list() -> dict[str, Any]:
    return listed(partner())


def document_list() -> dict[str, Any]:
    return listed(document())


def link_list() -> dict[str, Any]:
    return listed(link())


def listed(where: dict[str, Any]) -> dict[str, Any]:
    """The page above."""
    return {name: value for name, value in where.items() if name != "number"}


def partner() -> dict[str, Any]:
    with as_prefecture(HERE):
        found = now_in(HERE)
        for name, mail in (("Chambre de commerce", "cci@essai.invalid"), ("Conseil citoyen de Presles", "")):
            if not partners_of(found).filter(name=name).exists():
                make(found, name=name, mail=mail, audience="business").save()
        return address(found, number=partners_of(found).earliest("pk").pk)


def document() -> dict[str, Any]:
    facts = {"name": "dossier.pdf", "media_type": "application/pdf", "content": b"%PDF-1.7 essai"}
    with as_prefecture(HERE):
        found = now_in(HERE)
        made, _ = Attachment.objects.get_or_create(
            prefecture_id=HERE, consultation=found, title="Dossier de présentation", defaults=facts
        )
        return address(found, number=made.pk)


def link() -> dict[str, Any]:
    with as_prefecture(HERE):
        found = now_in(HERE)
        made = links_of(found).first() or make_link(found, label="Affiche des mairies", audience="elected")
        return address(found, number=made.pk)


def counted() -> dict[str, Any]:
    where = link()
    with as_prefecture(HERE):
        found = now_in(HERE)
        for point, times in ((Passing.Point.PAGE, 9), (1, 6), (2, 4), (Passing.Point.SENT, 3)):
            for n in range(times):
                count(found, point, where["number"] if n % 2 else None)
    return address(found)


def follower() -> dict[str, Any]:
    mail = "lea@essai.invalid"
    with as_prefecture(HERE):
        found = now_in(HERE)
        ask(found, mail)
        return address(found, key=Follower.objects.get(consultation=found, mail=mail).key)


def elsewhere(**facts: Any) -> Consultation:
    """In a department where nothing else is shown."""
    made = make_open_consultation(Prefecture.objects.get(code=ELSEWHERE), campaign=make_campaign(themes=0))
    with as_prefecture(ELSEWHERE):
        Consultation.objects.filter(pk=made.pk).update(**facts)
    return made


def withdrawn() -> dict[str, Any]:
    made = elsewhere()
    with as_prefecture(ELSEWHERE):
        actor = make_member(made.prefecture, "editor")
        withdraw(made, "Un recours est examiné par le tribunal : la concertation reprendra ensuite.", actor=actor)
    return address(made)


def withdrawn_while_writing() -> dict[str, Any]:
    made = elsewhere()
    key = written(ELSEWHERE, made.campaign.slug)
    with as_prefecture(ELSEWHERE):
        withdraw(made, "Un recours est examiné par le tribunal.", actor=make_member(made.prefecture, "editor"))
    return address(made, draft=key, number=1)


def extended() -> dict[str, Any]:
    made = elsewhere()
    with as_prefecture(ELSEWHERE):
        actor = make_member(made.prefecture, "editor")
        extend(made, made.closes_at + timedelta(days=3), "Les mairies demandent quelques jours de plus.", actor=actor)
    return address(made)


def by_invitation() -> dict[str, Any]:
    return address(elsewhere(is_by_invitation=True))


def in_meetings() -> dict[str, Any]:
    return address(
        elsewhere(is_online=False, meetings="Lundi 4 mai à 18 h, salle des fêtes de Gap", is_readable_by_all=True)
    )


def announced() -> dict[str, Any]:
    made = elsewhere()
    with as_prefecture(ELSEWHERE):
        announce(made, "La concertation est ouverte", f"Depuis le {clock.now():%d}.")
    return address(made)
