"""Last year's exercise is prepared again: the same keys, other dates, and nothing of what was said."""

from datetime import date

import pytest

from assises.tenancy.context import as_ministry
from assises.testing import make_campaign, make_member, make_prefecture, statements
from consultations.models import Consultation, CoreQuestion, KitDocument
from consultations.models.facts import QUESTION_FACTS, THEME_FACTS
from consultations.steering.duplicate import duplicate, proposed_dates
from consultations.steering.launch import launch

pytestmark = pytest.mark.django_db
DATES = {"opens_on": date(2036, 1, 7), "closes_on": date(2036, 2, 1), "synthesis_due_on": date(2036, 2, 15)}


def facts(campaign):
    themes = [tuple(getattr(theme, name) for name in THEME_FACTS) for theme in campaign.themes.all()]
    questions = CoreQuestion.objects.filter(theme__campaign=campaign).order_by("theme__position", "position")
    return themes, [[getattr(question, name) for name in QUESTION_FACTS] for question in questions]


@pytest.fixture
def last_year():
    campaign = make_campaign(themes=2, questions=2)
    campaign.outline = [{"title": "Les attentes", "instruction": "En une page."}]
    campaign.ranked_proposals = 5
    campaign.audiences = ["public", "elected"]
    campaign.save()
    question = CoreQuestion.objects.filter(theme__campaign=campaign).last()
    question.shown_on, question.shown_if, question.audiences = "theme-1.question-1", ["oui"], ["elected"]
    question.save()
    campaign.kit.create(title="Guide", name="guide.pdf", media_type="application/pdf", content=b"%PDF-1.7")
    return campaign


def test_themes_and_questions_keep_their_keys_and_all_their_facts(last_year):
    made = duplicate(last_year, title="Encore", **DATES)
    assert facts(made) == facts(last_year)
    assert made.made_from == last_year


def test_outline_audiences_and_limits_come_along(last_year):
    made = duplicate(last_year, title="Encore", **DATES)
    assert (made.outline, made.audiences, made.ranked_proposals) == (last_year.outline, ["public", "elected"], 5)
    assert (made.opens_on, made.launched_at) == (DATES["opens_on"], None)


def test_the_kit_comes_along_unless_it_is_left(last_year):
    made = duplicate(last_year, title="Encore", **DATES)
    assert [bytes(each.content) for each in made.kit.all()] == [b"%PDF-1.7"]
    assert not duplicate(last_year, title="Sans kit", with_kit=False, **DATES).kit.exists()


def test_the_bytes_of_the_kit_do_not_leave_the_database(last_year):
    with statements() as asked:
        duplicate(last_year, title="Encore", **DATES)
    assert not [sql for sql in asked if sql.startswith("SELECT") and '"content"' in sql]
    assert KitDocument.objects.count() == 2


def test_what_was_retired_stays_behind(last_year):
    gone = CoreQuestion.objects.filter(theme__campaign=last_year).first()
    CoreQuestion.objects.filter(pk=gone.pk).update(retired_at="2030-01-01T00:00Z")
    made = duplicate(last_year, title="Encore", **DATES)
    assert CoreQuestion.objects.filter(theme__campaign=made).count() == 3


def test_consultations_stay_behind(last_year):
    with as_ministry():
        launch(last_year, [make_prefecture("02")], actor=make_member(None, "lead"))
        made = duplicate(last_year, title="Encore", **DATES)
        assert not Consultation.objects.filter(campaign=made).exists()


def test_two_copies_of_one_title_have_two_addresses(last_year):
    slugs = {duplicate(last_year, title="Encore", **DATES).slug for _ in range(2)}
    assert slugs == {"encore", "encore-2"}


def test_a_number_of_statements_that_does_not_grow_with_the_questionnaire(last_year):
    big = make_campaign(themes=6, questions=10)
    with statements() as few:
        duplicate(last_year, title="Encore", **DATES)
    with statements() as many:
        duplicate(big, title="Encore", **DATES)
    assert len(few) == len(many)


def test_the_dates_proposed_are_whole_weeks_later(last_year):
    proposed = proposed_dates(last_year, today=date(2026, 11, 21))
    assert {(proposed[name] - getattr(last_year, name)).days % 7 for name in proposed} == {0}
    assert proposed["opens_on"] > date(2026, 11, 21)
