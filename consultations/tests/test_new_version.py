"""A published questionnaire is changed: what is not published yet is said, and what was answered keeps its version."""

from datetime import timedelta

import pytest

from assises import clock
from assises.tenancy.context import as_prefecture
from assises.testing import make_campaign, make_member, make_open_consultation, make_prefecture
from consultations.models import Consultation, Question, QuestionnaireVersion
from consultations.tests.building import address, change, local, said, signed_in, stored, text_of
from contributions.models import Contribution
from contributions.tests.visiting import received

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def aisne():
    return make_prefecture("02")


@pytest.fixture
def editor(aisne):
    return signed_in(make_member(aisne, "editor"))


@pytest.fixture
def opened(aisne):
    return make_open_consultation(aisne, campaign=make_campaign(themes=0)).campaign.slug


@pytest.fixture
def coming(aisne):
    now = clock.now()
    dates = {"opens_at": now + HOUR, "closes_at": now + 2 * HOUR}
    return make_open_consultation(aisne, campaign=make_campaign(themes=0), **dates).campaign.slug


def versions(slug):
    with as_prefecture("02"):
        rows = QuestionnaireVersion.objects.for_prefecture("02").filter(consultation__campaign__slug=slug)
        return list(rows.order_by("number"))


def labels_in(version):
    return [question["label"] for step in version.content["steps"] for question in step["questions"]]


def mended(aisne, slug):
    """Words only."""
    with as_prefecture(aisne):
        question = Question.objects.for_prefecture(aisne).get(theme__consultation__campaign__slug=slug, key="plainte")
        Question.objects.for_prefecture(aisne).filter(pk=question.pk).update(label="Avez-vous porté plainte ?")
    return question


def test_what_is_not_published_yet_is_said_in_words(editor, aisne, opened):
    assert "pas encore publiés" not in text_of(editor.get(address(opened)))
    mended(aisne, opened)
    page = text_of(editor.get(address(opened)))
    assert "Ces changements ne sont pas encore publiés" in page
    assert "avant : Avez-vous déposé une plainte cette année ?" in page
    assert "maintenant : Avez-vous porté plainte ?" in page


def test_publishing_makes_a_new_version_and_leaves_the_first_as_it_was(editor, aisne, opened):
    mended(aisne, opened)
    answer = editor.post(address(opened, "publier/"))
    assert "La version 2 est publiée" in said(editor, answer)
    first, second = versions(opened)
    assert "Avez-vous déposé une plainte cette année\u202f?" in labels_in(first)
    assert "Avez-vous porté plainte\u202f?" in labels_in(second)
    assert "pas encore publiés" not in text_of(editor.get(address(opened)))


def test_a_contribution_keeps_the_version_that_it_answers(editor, aisne, opened):
    received("02", opened)
    mended(aisne, opened)
    editor.post(address(opened, "publier/"))
    received("02", opened)
    with as_prefecture(aisne):
        kept = (
            Contribution.objects.for_prefecture(aisne).order_by("received_at").values_list("version__number", flat=True)
        )
        assert sorted(kept) == [1, 2]


def test_nothing_to_publish_is_said(editor, opened):
    assert "Rien n’a changé" in said(editor, editor.post(address(opened, "publier/")))
    assert len(versions(opened)) == 1


def test_once_open_a_form_offers_words_only(editor, aisne, opened):
    (question,) = stored(aisne, opened, key="plainte")
    form = editor.get(address(opened, f"{question.pk}/")).context["form"]
    assert set(form.fields) == {"label", "help", "seen"}


@pytest.mark.parametrize("rest", ["nouvelle/?type=text", "reprendre/", "theme/nouveau/"])
def test_once_open_nothing_is_added(editor, opened, rest):
    assert "on peut corriger les mots" in said(editor, editor.get(address(opened, rest)))


@pytest.mark.parametrize("act", ["retirer/", "copier/", "deplacer/"])
def test_once_open_nothing_goes_or_moves(editor, aisne, opened, act):
    (question,) = stored(aisne, opened, key="plainte")
    before = [each.pk for each in stored(aisne, opened)]
    answer = editor.post(address(opened, f"{question.pk}/{act}"), {"vers": "haut"})
    assert "on peut corriger les mots" in said(editor, answer)
    assert [each.pk for each in stored(aisne, opened)] == before


@pytest.mark.parametrize(
    ("made", "what"),
    [
        (lambda aisne, slug: local(aisne, slug, label="Nouvelle ?"), "question ajoutée"),
        (lambda aisne, slug: altered(aisne, slug, required=True), "réponse obligatoire"),
        (lambda aisne, slug: altered(aisne, slug, kind="text"), "type de réponse"),
        (lambda aisne, slug: altered(aisne, slug, position=9), "ordre changé"),
    ],
)
def test_what_was_prepared_before_the_opening_cannot_be_published_after_it(editor, aisne, opened, made, what):
    made(aisne, opened)
    page = text_of(editor.get(address(opened, "publier/")))
    assert "Ces changements ne peuvent pas être publiés" in page
    refused = said(editor, editor.post(address(opened, "publier/")))
    assert "seuls les mots des questions peuvent changer" in refused
    assert what in refused
    assert len(versions(opened)) == 1


def test_what_was_prepared_too_late_can_be_removed_so_that_words_can_be_published(editor, aisne, opened):
    late = local(aisne, opened, label="Trop tard ?")
    mended(aisne, opened)
    editor.post(address(opened, f"{late.pk}/retirer/"))
    editor.post(address(opened, "publier/"))
    assert len(versions(opened)) == 2


def altered(aisne, slug, **facts):
    with as_prefecture(aisne):
        rows = Question.objects.for_prefecture(aisne).filter(theme__consultation__campaign__slug=slug)
        rows.filter(key="moyen" if "position" in facts else "plainte").update(**facts)


def test_before_the_opening_everything_may_change(editor, aisne, coming):
    local(aisne, coming, label="Nouvelle ?")
    (question,) = stored(aisne, coming, key="plainte")
    editor.post(address(coming, f"{question.pk}/retirer/"))
    editor.post(address(coming, "publier/"))
    _, second = versions(coming)
    assert "Nouvelle\u202f?" in labels_in(second)
    assert question.label not in labels_in(second)


def test_what_does_not_hold_together_is_not_published(editor, aisne, coming):
    local(aisne, coming, label="Lequel ?", shown_on="presence.disparue", shown_if=["oui"])
    refused = said(editor, editor.post(address(coming, "publier/")))
    assert "« Lequel ? » dépend d’une question qui n’existe plus" in refused
    assert len(versions(coming)) == 1


def test_after_the_closing_nothing_changes(editor, aisne, opened):
    (question,) = stored(aisne, opened, key="plainte")
    with as_prefecture(aisne):
        Consultation.objects.for_prefecture(aisne).filter(campaign__slug=opened).update(
            opens_at=clock.now() - 2 * HOUR, closes_at=clock.now() - HOUR
        )
    assert "La consultation est terminée" in text_of(editor.get(address(opened)))
    answer = editor.post(address(opened, f"{question.pk}/"), {"label": "Trop tard ?"})
    assert "son questionnaire ne change plus" in said(editor, answer)
    assert stored(aisne, opened, key="plainte")[0].label != "Trop tard ?"


def test_a_mended_word_of_a_local_question_is_published(editor, aisne, opened):
    (question,) = stored(aisne, opened, key="plainte")
    change(editor, opened, question, help="Depuis janvier.")
    editor.post(address(opened, "publier/"))
    assert len(versions(opened)) == 2
