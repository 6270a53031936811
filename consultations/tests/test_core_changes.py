"""What the lead changes after a launch: seen as a difference, accepted in one click; only words once people answer."""

from datetime import timedelta

import pytest
from django.test import Client

from assises import clock
from assises.tenancy.context import as_ministry, as_prefecture
from assises.testing import make_campaign, make_member, make_prefecture, statements
from consultations.asking.choices import keyed
from consultations.asking.content import content_of
from consultations.models import (
    Consultation,
    CoreQuestion,
    CoreTheme,
    Correction,
    Question,
    QuestionnaireVersion,
    Theme,
)
from consultations.publish import freeze, publish
from consultations.steering.accept import accept
from consultations.steering.core_changes import acceptable, differences, log_correction, may_change
from consultations.steering.launch import launch
from consultations.steering.wording import compare

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return make_prefecture("02")


@pytest.fixture
def lead():
    return make_member(None, "lead")


@pytest.fixture
def campaign(here, lead):
    made = make_campaign(themes=2, questions=2)
    with as_ministry():
        launch(made, [here, make_prefecture("03")], actor=lead)
    made.refresh_from_db()
    return made


@pytest.fixture
def draft(campaign, here):
    with as_prefecture(here):
        yield Consultation.objects.select_related("campaign", "prefecture").get(campaign=campaign)


@pytest.fixture
def opened(draft, here):
    """Published by its team, open for an hour."""
    now = clock.now()
    Consultation.objects.filter(pk=draft.pk).update(
        opens_at=now - timedelta(hours=1), closes_at=now + timedelta(days=1)
    )
    draft.refresh_from_db()
    publish(draft, actor=make_member(here, "editor"))
    return draft


def core(label):
    return CoreQuestion.objects.get(label=label)


def change(row, **facts):
    type(row).objects.filter(pk=row.pk).update(**facts)


def told(consultation):
    return [(each.kind, each.subject) for each in differences(consultation)]


def versions(consultation):
    return list(QuestionnaireVersion.objects.filter(consultation=consultation).order_by("number"))


def test_a_fresh_draft_differs_in_nothing(draft):
    assert told(draft) == []


def test_every_kind_of_change_is_found(draft, campaign):
    change(core("Question 1.1"), label="Question 1.1 corrigée")
    change(core("Question 1.2"), retired_at=clock.now())
    change(core("Question 2.1"), theme=CoreTheme.objects.get(key="theme-1", campaign=campaign), key="deplacee")
    theme = CoreTheme.objects.create(campaign=campaign, key="neuf", position=3, title="Un thème neuf")
    CoreQuestion.objects.create(theme=theme, key="q", kind="text", label="Une question neuve")
    change(CoreTheme.objects.get(key="theme-2", campaign=campaign), keywords=["accueil"])
    assert sorted(told(draft)) == [
        ("changed", "Question 1.1"),
        ("changed", "Thème 2"),
        ("moved", "Question 2.1"),
        ("new", "Un thème neuf"),
        ("new", "Une question neuve"),
        ("removed", "Question 1.2"),
    ]


def test_another_order_is_no_difference(draft):
    change(core("Question 1.1"), position=9)
    assert told(draft) == []


def test_a_draft_accepts_everything_in_one_act(draft, campaign):
    change(core("Question 1.1"), label="Question 1.1 corrigée", required=True)
    change(core("Question 1.2"), retired_at=clock.now())
    theme = CoreTheme.objects.create(campaign=campaign, key="neuf", position=3, title="Un thème neuf")
    CoreQuestion.objects.create(theme=theme, key="q", kind="text", label="Une question neuve")
    assert len(accept(draft)) == 4
    assert told(draft) == []
    steps = content_of(draft)["steps"]
    assert [question["label"] for question in steps[0]["questions"]] == ["Question 1.1 corrigée"]
    assert [question["label"] for question in steps[2]["questions"]] == ["Une question neuve"]
    draft.refresh_from_db()
    assert draft.touched_at is not None


def test_a_question_moved_in_the_core_moves_in_the_draft(draft, campaign):
    change(core("Question 2.1"), theme=CoreTheme.objects.get(key="theme-1", campaign=campaign), key="deplacee")
    accept(draft)
    assert told(draft) == []
    assert Question.objects.get(label="Question 2.1").theme.key == "theme-1"


def test_what_is_local_is_left_alone_and_gives_way_when_a_key_is_taken(draft, here, campaign):
    theme = Theme.objects.get(key="theme-1")
    for key, more in (("neuve", {}), ("suite", {"shown_on": "theme-1.neuve", "shown_if": ["oui"]})):
        Question.objects.create(prefecture=here, theme=theme, key=key, kind="yes_no", label=f"À nous, {key}", **more)
    national = CoreTheme.objects.get(key="theme-1", campaign=campaign)
    CoreQuestion.objects.create(theme=national, key="neuve", kind="text", label="Au ministère")
    accept(draft)
    assert Question.objects.get(label="Au ministère").key == "neuve"
    ours = Question.objects.get(label="À nous, neuve")
    assert Question.objects.get(label="À nous, suite").shown_on == f"theme-1.{ours.key}"


def test_another_prefecture_is_not_touched(draft, campaign):
    change(core("Question 1.1"), label="Corrigée")
    accept(draft)
    with as_prefecture("03"):
        assert Question.objects.filter(label="Question 1.1").exists()


def test_accepting_twice_finds_nothing_left(draft):
    change(core("Question 1.1"), label="Corrigée")
    assert len(accept(draft)) == 1
    assert accept(draft) == []


def test_what_is_open_takes_mended_words_in_a_new_version(opened):
    change(core("Question 1.1"), label="Corrigée", help="Une précision.")
    accept(opened)
    first, second = versions(opened)
    assert first.content["steps"][0]["questions"][0]["label"] == "Question 1.1"
    assert second.content["steps"][0]["questions"][0]["label"] == "Corrigée"
    assert second.content["steps"][0]["questions"][0]["help"] == "Une précision."
    assert told(opened) == []


def test_what_is_open_takes_the_words_of_an_answer_and_keeps_its_key(opened):
    question = core("Question 1.1")
    change(question, choices=keyed(["Oui", "Non", "Quelquefois"], question.choices))
    accept(opened)
    choices = versions(opened)[-1].content["steps"][0]["questions"][0]["choices"]
    assert choices[2] == {"key": "parfois", "label": "Quelquefois"}


@pytest.mark.parametrize(
    "facts",
    [{"required": True}, {"kind": "text"}, {"audiences": ["elected"]}, {"choices": keyed(["Oui", "Non"])}],
    ids=lambda facts: next(iter(facts)),
)
def test_what_is_open_takes_nothing_else(opened, facts):
    change(core("Question 1.1"), **facts)
    assert accept(opened) == []
    assert len(versions(opened)) == 1
    assert told(opened) == [("changed", "Question 1.1")]


def test_a_question_changed_in_both_ways_takes_its_words_only(opened):
    change(core("Question 1.1"), label="Corrigée", required=True)
    accept(opened)
    asked = versions(opened)[-1].content["steps"][0]["questions"][0]
    assert (asked["label"], asked["required"]) == ("Corrigée", False)


def test_what_the_team_has_not_published_yet_stays_unpublished(opened, here):
    theme = Theme.objects.get(key="theme-1")
    Question.objects.create(prefecture=here, theme=theme, key="a-nous", kind="text", label="Pas encore publiée")
    change(core("Question 1.1"), label="Corrigée")
    accept(opened)
    labels = [question["label"] for question in versions(opened)[-1].content["steps"][0]["questions"]]
    assert labels == ["Corrigée", "Question 1.2"]


def test_once_closed_nothing_is_to_accept(opened):
    change(core("Question 1.1"), label="Corrigée")
    later = opened.closes_at
    assert acceptable(opened, differences(opened), later) == []
    assert len(acceptable(opened, differences(opened), later - timedelta(seconds=1))) == 1


def test_the_difference_costs_a_bounded_number_of_statements(draft):
    with statements() as asked:
        differences(draft)
    assert len(asked) <= 4


def test_until_something_opens_the_lead_may_change_everything(campaign, draft):
    assert may_change(campaign) == "all"


def test_once_something_is_open_the_lead_may_mend_words(campaign, opened):
    with as_ministry():
        assert may_change(campaign) == "words"
        assert may_change(make_campaign()) == "all"


def test_what_is_mended_after_the_launch_is_kept(campaign, lead):
    changes = [{"what": "Question", "before": "Ou ?", "after": "Où ?"}]
    log_correction(campaign, "Question 1.1", changes, is_typo=True, by=lead)
    kept = Correction.objects.get()
    assert (kept.changes, kept.by, kept.is_typo) == (changes, lead, True)


def test_before_the_launch_nothing_is_kept(lead):
    log_correction(make_campaign(), "Q", [{"what": "Question", "before": "a", "after": "b"}], is_typo=True, by=lead)
    assert not Correction.objects.exists()


def test_words_are_compared_one_by_one():
    gone, come = compare("Ou vivez vous ?", "Où vivez vous ?")
    assert [part.text for part in gone if part.is_changed] == ["Ou"]
    assert [part.text for part in come if part.is_changed] == ["Où"]
    assert "".join(part.text for part in come) == "Où vivez vous ?"


def page_of(person, path="changements/", method="get"):
    client = Client()
    client.force_login(person)
    return getattr(client, method)(f"/aisne/prefecture/concertations/{path}", follow=True)


def test_the_editor_sees_before_and_after_and_accepts(campaign, draft, here):
    change(core("Question 1.1"), label="Question 1.1 corrigée")
    editor = make_member(here, "editor")
    page = page_of(editor, f"{campaign.slug}/changements/").content.decode()
    assert "<ins>corrigée</ins>" in page
    assert "Tout accepter" in page
    after = page_of(editor, f"{campaign.slug}/changements/accepter/", "post").content.decode()
    assert "Votre brouillon est à jour." in after
    assert "Tout accepter" not in after


def test_an_agent_sees_and_cannot_accept(campaign, draft, here):
    change(core("Question 1.1"), label="Corrigée")
    agent = make_member(here, "agent")
    assert "Tout accepter" not in page_of(agent, f"{campaign.slug}/changements/").content.decode()
    assert page_of(agent, f"{campaign.slug}/changements/accepter/", "post").status_code == 403


def test_what_cannot_enter_is_said_to_be_kept(campaign, opened, here):
    change(core("Question 1.1"), required=True)
    page = page_of(make_member(here, "editor"), f"{campaign.slug}/changements/").content.decode()
    assert "Gardé pour la prochaine fois" in page
    assert "Réponse obligatoire" in page


def test_the_editor_finds_it_in_what_is_to_do_today(campaign, draft, here):
    editor = make_member(here, "editor")
    client = Client()
    client.force_login(editor)
    assert "du ministère à accepter" not in client.get("/aisne/prefecture/").content.decode()
    change(core("Question 1.1"), label="Corrigée")
    assert "changement du ministère à accepter" in client.get("/aisne/prefecture/").content.decode()


def test_freezing_anew_leaves_the_former_version_as_it_was(opened):
    """The negative control of the words-only version: freezing everything would publish what the team keeps back."""
    change(core("Question 1.1"), label="Corrigée")
    Question.objects.filter(label="Question 1.2").update(label="Brouillon de l’équipe")
    freeze(opened, content_of(opened))
    assert versions(opened)[-1].content["steps"][0]["questions"][1]["label"] == "Brouillon de l’équipe"
