"""A launch puts the same draft into every chosen prefecture, once."""

import pytest

from assises.accounts.models import Prefecture
from assises.tenancy.context import as_ministry, as_prefecture
from assises.testing import make_campaign, make_member, make_prefecture
from consultations.launch import NothingToAskError, launch, unused_key
from consultations.models import Campaign, Consultation, Question, Theme

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
        assert launch(campaign, [make_prefecture("02"), make_prefecture("987")], actor=lead) == 2
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
        assert launch(campaign, [make_prefecture("02"), make_prefecture("03")], actor=lead) == 1
    assert [draft.introduction for draft in drafts("02")] == ["La nôtre."]
    assert Campaign.objects.get().launched_at == first


def test_nothing_to_ask_is_not_launched(lead):
    campaign = make_campaign(themes=0)
    with as_ministry(), pytest.raises(NothingToAskError):
        launch(campaign, [make_prefecture("02")], actor=lead)
    assert drafts("02") == []


def test_the_whole_country_is_launched_in_one_go(lead):
    with as_ministry():
        assert launch(make_campaign(), Prefecture.objects.all(), actor=lead) == 109


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
