"""A prefecture publishes its consultation: what is asked is frozen as a version, and the dates do the rest."""

from dataclasses import dataclass

from django.db.models import Max, QuerySet

from assises import clock
from assises.accounts.models import User
from assises.workflow import move
from consultations.around.announce import announce_opening
from consultations.asking.conditions import faults
from consultations.asking.content import Content, content_of
from consultations.models import Consultation, Meeting, Partner, Place, QuestionnaireVersion
from consultations.touch import touch

OWN_WAYS = ("mail_address", "postal_address", "telephone", "meetings")


@dataclass(frozen=True)
class Missing:
    """What lacks, and where it is mended: the name of a page of the consultation, and a place in it."""

    text: str
    url_name: str
    anchor: str = ""

    def __str__(self) -> str:
        return self.text


class NotReadyError(Exception):
    """Something is missing; `missing` says what, in French."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__("; ".join(str(each) for each in missing))
        self.missing = missing


def missing(consultation: Consultation, content: Content) -> list[Missing]:
    """What must be there before the public sees it."""
    found = []
    if not consultation.introduction.strip():
        found.append(Missing("Une introduction qui dit pourquoi l’on consulte", "consultation_edit", "id_introduction"))
    if consultation.opens_at is None:
        found.append(Missing("La date d’ouverture", "consultation_edit", "id_opens_at"))
    if consultation.closes_at is None:
        found.append(Missing("La date de clôture", "consultation_edit", "id_closes_at"))
    elif consultation.closes_at <= clock.now():
        found.append(Missing("Une date de clôture à venir", "consultation_edit", "id_closes_at"))
    found += missing_ways(consultation, content)
    if consultation.is_by_invitation and not rows(Partner, consultation).exists():
        found.append(Missing("Au moins un partenaire invité", "partners", "id_name"))
    found += [Missing(fault.text, "builder") for fault in faults(content["steps"]) if not fault.is_warning]
    return found


def missing_ways(consultation: Consultation, content: Content) -> list[Missing]:
    """A questionnaire is one way among others; without any, nobody could contribute."""
    if consultation.is_online:
        if any(step["questions"] for step in content["steps"]):
            return []
        return [Missing("Au moins une question pour le questionnaire en ligne", "builder")]
    if any(getattr(consultation, name).strip() for name in OWN_WAYS) or rows(Place, consultation).exists():
        return []
    if rows(Meeting, consultation).exclude(state=Meeting.State.CANCELLED).exists():
        return []
    return [Missing("Au moins une façon de contribuer", "consultation_channels", "id_is_online")]


def rows(model: type[Partner | Place | Meeting], consultation: Consultation) -> QuerySet:
    return model.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)


def publish(consultation: Consultation, *, actor: User) -> QuestionnaireVersion | None:
    """Freeze the questionnaire, if there is one, and publish; open at once if the opening has passed."""
    content = content_of(consultation)
    if lacking := missing(consultation, content):
        raise NotReadyError(lacking)
    move(consultation, Consultation.State.PUBLISHED, actor=actor, published_at=clock.now())
    touch(consultation)
    announce_opening(consultation)
    if any(step["questions"] for step in content["steps"]):
        return freeze(consultation, content)
    return None


def freeze(consultation: Consultation, content: Content) -> QuestionnaireVersion:
    versions = QuestionnaireVersion.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    last = versions.aggregate(last=Max("number"))["last"] or 0
    return QuestionnaireVersion.objects.create(
        prefecture_id=consultation.prefecture_id, consultation=consultation, number=last + 1, content=content
    )
