"""A prefecture publishes its consultation: what is asked is frozen as a version, and the dates do the rest."""

from django.db.models import Max

from assises import clock
from assises.accounts.models import User
from assises.workflow import move
from consultations.content import Content, content_of
from consultations.models import Consultation, QuestionnaireVersion


class NotReadyError(Exception):
    """Something is missing; `missing` says what, in French."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__("; ".join(missing))
        self.missing = missing


def missing(consultation: Consultation, content: Content) -> list[str]:
    """What must be there before the public sees it."""
    lacking = []
    if not consultation.introduction.strip():
        lacking.append("Une introduction qui dit pourquoi l’on consulte")
    if consultation.opens_at is None:
        lacking.append("La date d’ouverture")
    if consultation.closes_at is None:
        lacking.append("La date de clôture")
    elif consultation.closes_at <= clock.now():
        lacking.append("Une date de clôture à venir")
    if not any(step["questions"] for step in content["steps"]):
        lacking.append("Au moins une question")
    return lacking


def publish(consultation: Consultation, *, actor: User) -> QuestionnaireVersion:
    """Freeze the questionnaire and publish; open at once if the opening has passed."""
    content = content_of(consultation)
    if lacking := missing(consultation, content):
        raise NotReadyError(lacking)
    move(consultation, Consultation.State.PUBLISHED, actor=actor, published_at=clock.now())
    return freeze(consultation, content)


def freeze(consultation: Consultation, content: Content) -> QuestionnaireVersion:
    versions = QuestionnaireVersion.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    last = versions.aggregate(last=Max("number"))["last"] or 0
    return QuestionnaireVersion.objects.create(
        prefecture_id=consultation.prefecture_id, consultation=consultation, number=last + 1, content=content
    )
