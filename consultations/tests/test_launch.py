"""A launch puts the same draft into every chosen prefecture, once."""

from datetime import timedelta

import pytest

from assises import clock
from assises.accounts.models import Prefecture
from assises.outbox.models import OutboundMail
from assises.tenancy.context import as_ministry, as_prefecture
from assises.testing import make_campaign, make_member, make_prefecture, statements
from consultations.models import Campaign, Consultation, Question, Theme
from consultations.steering.launch import BrokenConditionsError, NothingToAskError, launch, unused_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return make_member(None, "lead")


def drafts(code):
    with as_prefecture(code):
        return list(Consultation.objects.for_prefecture(code))


def test_each_chosen_prefecture_gets_its_own_copy_of_what_is_asked(lead):
    campaign = make_campaign(themes=2, questions=3)
    with as_ministry():
        assert launch(campaign, [make_prefecture("02"), make_prefecture("987")], actor=lead).drafts == 2
    for code in ("02", "987"):
        with as_prefecture(code):
            (draft,) = Consultation.objects.all()
            assert draft.introduction == campaign.purpose
            assert [theme.is_national for theme in Theme.objects.all()] == [True, True]
            assert Question.objects.filter(theme__consultation=draft).count() == 6
    assert drafts("03") == []


def test_launching_again_adds_prefectures_and_leaves_the_others_alone(lead):
    campaign = make_campaign()
    with as_ministry():
        launch(campaign, [make_prefecture("02")], actor=lead)
    with as_prefecture("02"):
        Consultation.objects.update(introduction="La nôtre.")
    first = Campaign.objects.get().launched_at
    with as_ministry():
        assert launch(campaign, [make_prefecture("02"), make_prefecture("03")], actor=lead).drafts == 1
    assert [draft.introduction for draft in drafts("02")] == ["La nôtre."]
    assert Campaign.objects.get().launched_at == first


def test_nothing_to_ask_is_not_launched(lead):
    campaign = make_campaign(themes=0)
    with as_ministry(), pytest.raises(NothingToAskError):
        launch(campaign, [make_prefecture("02")], actor=lead)
    assert drafts("02") == []


def test_the_whole_country_is_launched_in_one_go(lead):
    with as_ministry():
        assert launch(make_campaign(), Prefecture.objects.all(), actor=lead).drafts == 109


def test_the_ministry_sees_how_far_drafts_are_and_cannot_change_them(lead):
    with as_ministry():
        launch(make_campaign(), [make_prefecture("02")], actor=lead)
        assert Consultation.objects.count() == 1
        assert Consultation.objects.update(introduction="réécrite à Paris") == 0
        assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("text", "taken", "key"),
    [
        ("L’accueil", [], "l-accueil"),
        ("L’accueil", ["l-accueil"], "l-accueil-2"),
        ("…", [], "sans-titre"),
        ("a" * 80, [], "a" * 36),
    ],
)
def test_a_key_is_made_of_the_words_and_is_not_used_twice(text, taken, key):
    assert unused_key(text, taken, 40) == key


def mails_of(code):
    with as_prefecture(code):
        return list(OutboundMail.objects.for_prefecture(code).order_by("pk"))


def test_the_team_of_each_draft_is_told_by_mail(lead):
    here = make_prefecture("02")
    team = [make_member(here, role) for role in ("editor", "administrator")]
    for role in ("agent", "prefect"):
        make_member(here, role)
    campaign = make_campaign()
    with as_ministry():
        done = launch(campaign, [here, make_prefecture("03")], actor=lead)
    assert [mail.to for mail in mails_of("02")] == [person.email for person in team]
    assert f"/aisne/prefecture/concertations/{campaign.slug}/" in mails_of("02")[0].text
    assert mails_of("02")[0].reply_to == lead.email
    assert (done.mails, [office.pk for office in done.without_team]) == (2, ["03"])


def test_launching_again_does_not_tell_the_first_ones_again(lead):
    make_member(make_prefecture("02"), "editor")
    campaign = make_campaign()
    with as_ministry():
        for _ in range(2):
            launch(campaign, [make_prefecture("02")], actor=lead)
    assert len(mails_of("02")) == 1


def test_somebody_whose_account_is_closed_is_not_written_to(lead):
    gone = make_member(make_prefecture("02"), "editor")
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    with as_ministry():
        launch(make_campaign(), [make_prefecture("02")], actor=lead)
    assert mails_of("02") == []


def test_pilots_are_marked(lead):
    campaign = make_campaign()
    with as_ministry():
        launch(campaign, [make_prefecture("02")], actor=lead, pilots=True)
        launch(campaign, [make_prefecture("03")], actor=lead)
    assert [drafts(code)[0].is_pilot for code in ("02", "03")] == [True, False]


def test_a_retired_question_is_not_copied(lead):
    campaign = make_campaign(questions=2)
    campaign.themes.get().questions.filter(key="question-1").update(retired_at="2030-01-01T00:00Z")
    with as_ministry():
        launch(campaign, [make_prefecture("02")], actor=lead)
    with as_prefecture("02"):
        assert [question.key for question in Question.objects.all()] == ["question-2"]


def test_a_condition_that_leads_nowhere_stops_the_launch(lead):
    campaign = make_campaign(questions=2)
    campaign.themes.get().questions.filter(key="question-2").update(shown_on="theme-1.disparue", shown_if=["oui"])
    with as_ministry(), pytest.raises(BrokenConditionsError) as error:
        launch(campaign, [make_prefecture("02")], actor=lead)
    assert "qui n’existe plus" in error.value.reasons[0]
    assert drafts("02") == []


def test_a_draft_costs_the_same_few_statements_however_long_the_questionnaire(lead):
    """109 drafts with their mails must take less than five seconds: nothing may be done question by question."""
    here, there = make_prefecture("02"), make_prefecture("03")
    for office in (here, there):
        make_member(office, "editor")
        make_member(office, "administrator")
    small, large, other = make_campaign(), make_campaign(themes=6, questions=10), make_campaign()
    with as_ministry():
        with statements() as one:
            launch(small, [here], actor=lead)
        with statements() as long:
            launch(large, [here], actor=lead)
        with statements() as two:
            launch(other, [here, there], actor=lead)
    assert len(long) == len(one)
    assert len(two) - len(one) <= 6


def test_a_draft_that_nobody_touches_for_five_days_is_found(lead):
    with as_ministry():
        launch(make_campaign(), [make_prefecture(code) for code in ("02", "03", "974")], actor=lead)
    now = clock.now()
    for code, launched, touched in (("02", 6, None), ("03", 6, 1), ("974", 4, None)):
        with as_prefecture(code):
            Consultation.objects.update(
                launched_at=now - timedelta(days=launched), touched_at=touched and now - timedelta(days=touched)
            )
    with as_ministry():
        waiting = Consultation.objects.untouched_since(now - timedelta(days=5))
        assert [each.prefecture_id for each in waiting] == ["02"]
