"""Publishing freezes what is asked; dates, not people, open and close."""

from datetime import UTC, datetime, timedelta

import pytest

from assises import clock
from assises.tenancy.context import as_ministry, as_prefecture, as_public
from assises.testing import make_campaign, make_member, make_prefecture
from assises.workflow import IllegalMoveError, changes_of
from consultations.around.advice import advice
from consultations.asking.content import content_of
from consultations.models import Announcement, Consultation, Kind, Question, QuestionnaireVersion, ReservePeriod
from consultations.publish import NotReadyError, missing, publish
from consultations.steering.launch import launch

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def here():
    return make_prefecture("02")


@pytest.fixture
def editor(here):
    return make_member(here, "editor")


@pytest.fixture
def draft(here):
    """A draft that could be published: from an hour ago to in an hour."""
    with as_ministry():
        launch(make_campaign(), [here], actor=make_member(None, "lead"))
    with as_prefecture(here):
        made = Consultation.objects.select_related("campaign", "prefecture").get()
        made.opens_at, made.closes_at = clock.now() - HOUR, clock.now() + HOUR
        made.save()
    return made


def test_what_is_asked_is_frozen(draft, editor):
    with as_prefecture("02"):
        publish(draft, actor=editor)
        frozen = QuestionnaireVersion.objects.get().content
        Question.objects.update(label="autre chose")
        assert QuestionnaireVersion.objects.get().content == frozen
        assert frozen != content_of(draft)


def test_a_published_version_cannot_be_changed_even_by_its_prefecture(draft, editor):
    from django.db import ProgrammingError

    with as_prefecture("02"):
        publish(draft, actor=editor)
    with pytest.raises(ProgrammingError, match="permission denied"), as_prefecture("02"):
        QuestionnaireVersion.objects.update(content={})


def test_the_public_sees_it_from_then_on_and_not_before(draft, editor):
    with as_public():
        assert not Consultation.objects.exists()
    with as_prefecture("02"):
        publish(draft, actor=editor)
    with as_public():
        assert Consultation.objects.open_at(clock.now()).count() == 1
        assert QuestionnaireVersion.objects.count() == 1
        assert not Question.objects.exists()


def test_publishing_twice_is_refused_and_leaves_one_version(draft, editor):
    with as_prefecture("02"):
        publish(draft, actor=editor)
        with pytest.raises(IllegalMoveError):
            publish(draft, actor=editor)
        assert QuestionnaireVersion.objects.count() == 1
        assert [change.actor for change in changes_of(draft)] == [editor]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"introduction": " "}, "introduction"),
        ({"opens_at": None}, "ouverture"),
        ({"closes_at": None}, "clôture"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_published(draft, editor, change, word):
    with as_prefecture("02"):
        for name, value in change.items():
            setattr(draft, name, value)
        with pytest.raises(NotReadyError) as refusal:
            publish(draft, actor=editor)
        assert word in refusal.value.missing[0].text
        assert not QuestionnaireVersion.objects.exists()


def test_a_closing_that_has_passed_is_named(draft):
    with as_prefecture("02"):
        draft.opens_at, draft.closes_at = clock.now() - 2 * HOUR, clock.now() - HOUR
        assert [str(each) for each in missing(draft, content_of(draft))] == ["Une date de clôture à venir"]


def test_each_missing_thing_leads_to_the_field_that_mends_it(draft):
    with as_prefecture("02"):
        draft.introduction, draft.opens_at = "", None
        found = missing(draft, content_of(draft))
    assert [(each.url_name, each.anchor) for each in found] == [
        ("consultation_edit", "id_introduction"),
        ("consultation_edit", "id_opens_at"),
    ]


def test_a_questionnaire_may_be_empty_when_there_is_another_way_to_contribute(draft, editor):
    with as_prefecture("02"):
        Question.objects.all().delete()
        draft.is_online, draft.mail_address = False, "avis@allier.invalid"
        draft.save()
        assert publish(draft, actor=editor) is None
        assert not QuestionnaireVersion.objects.exists()
    assert draft.is_published


def test_without_any_way_to_contribute_nothing_is_published(draft):
    with as_prefecture("02"):
        draft.is_online = False
        found = missing(draft, content_of(draft))
    assert [each.url_name for each in found] == ["consultation_channels"]


def test_an_online_questionnaire_without_questions_is_refused(draft):
    with as_prefecture("02"):
        Question.objects.all().delete()
        assert [each.url_name for each in missing(draft, content_of(draft))] == ["builder"]


def test_by_invitation_somebody_must_be_invited(draft):
    with as_prefecture("02"):
        draft.is_by_invitation = True
        assert [each.url_name for each in missing(draft, content_of(draft))] == ["partners"]


def test_a_broken_condition_stops_publication(draft):
    with as_prefecture("02"):
        Question.objects.update(shown_on="theme-1.disparue", shown_if=["oui"])
        found = missing(draft, content_of(draft))
    assert "n’existe plus" in found[0].text


def test_the_opening_will_be_announced_when_it_comes(draft, editor):
    with as_prefecture("02"):
        draft.opens_at = clock.now() + HOUR / 2
        draft.save()
        publish(draft, actor=editor)
        assert [owed.due_at for owed in Announcement.objects.all()] == [draft.opens_at]


@pytest.mark.parametrize(("offset", "is_open"), [(-1, True), (0, False), (1, False)])
def test_closing_is_exclusive_to_the_second(draft, editor, offset, is_open):
    moment = draft.closes_at + timedelta(seconds=offset)
    with as_prefecture("02"):
        publish(draft, actor=editor)
        assert draft.is_open_at(moment) is is_open
        assert Consultation.objects.open_at(moment).exists() is is_open
        assert draft.has_closed_at(moment) is not is_open


@pytest.mark.parametrize(("offset", "is_open"), [(-1, False), (0, True), (1, True)])
def test_opening_is_inclusive_to_the_second(draft, editor, offset, is_open):
    moment = draft.opens_at + timedelta(seconds=offset)
    with as_prefecture("02"):
        publish(draft, actor=editor)
        assert draft.is_open_at(moment) is is_open
        assert Consultation.objects.open_at(moment).exists() is is_open


def test_a_yes_or_no_question_brings_its_own_answers(draft):
    with as_prefecture("02"):
        Question.objects.filter(theme__consultation=draft).update(kind=Kind.YES_NO, choices=[])
        question = content_of(draft)["steps"][0]["questions"][0]
    assert [choice["label"] for choice in question["choices"]] == ["Oui", "Non"]


def test_an_electoral_reserve_and_a_holiday_are_said_and_block_nothing(draft, editor):
    ReservePeriod.objects.create(title="Élections municipales", starts_on="2030-04-01", ends_on="2030-05-31")
    with as_prefecture("02"):
        draft.opens_at = datetime(2030, 5, 1, 8, 0, tzinfo=UTC)
        draft.closes_at = datetime(2030, 6, 4, 16, 0, tzinfo=UTC)
        draft.save()
        said = [str(each) for each in advice(draft)]
        assert any("férié" in each for each in said)
        assert any("Élections municipales" in each for each in said)
        publish(draft, actor=editor)
    assert draft.is_published


def test_a_notice_that_lacks_facts_is_said(draft):
    with as_prefecture("02"):
        draft.prefecture.dpo_email = ""
        assert any("délégué à la protection des données" in str(each) for each in advice(draft))
