"""A published questionnaire is changed: a new version is frozen, and what was answered before keeps its own."""

from consultations.asking.build import OVER, RefusedError
from consultations.asking.conditions import faults
from consultations.asking.content import content_of
from consultations.asking.differences import Difference, between
from consultations.asking.sheet import ALL, NOTHING, freedom_of
from consultations.models import Consultation, QuestionnaireVersion
from consultations.publish import freeze
from consultations.touch import touch

ONLY_WORDS = (
    "La consultation est ouverte\u00a0: seuls les mots des questions peuvent changer, pour que toutes les réponses "
    "répondent à la même chose."
)
NO_CHANGE = "Rien n’a changé depuis la dernière version publiée."


def last_version(consultation: Consultation) -> QuestionnaireVersion | None:
    versions = QuestionnaireVersion.objects.for_prefecture(consultation.prefecture_id)
    return versions.filter(consultation=consultation).order_by("-number").first()


def unpublished(consultation: Consultation) -> list[Difference]:
    """What the public does not see yet; nothing for a draft, which nobody sees."""
    if consultation.published_at is None or (last := last_version(consultation)) is None:
        return []
    return between(last.content["steps"], content_of(consultation)["steps"])


def publish_changes(consultation: Consultation) -> QuestionnaireVersion:
    """Freeze what the rows say now. The caller has locked the consultation."""
    freedom = freedom_of(consultation)
    if freedom == NOTHING:
        raise RefusedError(OVER)
    found = unpublished(consultation)
    if not found:
        raise RefusedError(NO_CHANGE)
    content = content_of(consultation)
    if broken := [fault.text for fault in faults(content["steps"]) if not fault.is_warning]:
        raise RefusedError(*broken)
    if freedom != ALL and (others := not_words(found)):
        raise RefusedError(ONLY_WORDS, *(f"«\u00a0{each.subject}\u00a0»\u00a0: {each.what}." for each in others))
    version = freeze(consultation, content)
    touch(consultation)
    return version


def not_words(found: list[Difference]) -> list[Difference]:
    return [difference for difference in found if not difference.is_words]
