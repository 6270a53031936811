"""The national bank, and what is taken from it or from another questionnaire."""

import pytest

from assises.tenancy.context import as_prefecture
from assises.testing import make_campaign, make_member, make_open_consultation, make_prefecture
from consultations.asking.bank import BANK, facts_of
from consultations.asking.conditions import faults
from consultations.asking.content import content_of
from consultations.models import Consultation, Kind, Question
from consultations.models.facts import WITH_CHOICES
from consultations.steering.launch import launch
from consultations.tests.building import address, local, signed_in, stored, text_of, themes

ALL = [(shelf, question) for shelf in BANK for question in shelf.questions]


@pytest.fixture
def aisne(db):
    return make_prefecture("02")


@pytest.fixture
def draft(aisne):
    campaign = make_campaign(themes=2, questions=1)
    launch(campaign, [aisne], actor=make_member(None, "lead"))
    return campaign.slug


@pytest.fixture
def editor(aisne):
    return signed_in(make_member(aisne, "editor"))


def take(client, slug, theme, *names, source="banque"):
    return client.post(address(slug, f"reprendre/?source={source}"), {"questions": names, "theme": theme.pk})


def test_the_bank_has_about_thirty_questions_of_which_no_two_have_one_key():
    keys = [question.key for _, question in ALL]
    assert 28 <= len(keys) == len(set(keys)) <= 35


def test_every_shelf_holds_together():
    for shelf in BANK:
        facts = [facts_of(question, shelf.questions) for question in shelf.questions]
        for each in facts:
            each["shown_on"] = f"t.{each['shown_on']}" if each["shown_on"] else ""
            each["choices"] = each["choices"] or [{"key": "oui", "label": "Oui"}, {"key": "non", "label": "Non"}]
        assert faults([{"theme": {"key": "t"}, "questions": facts}]) == []


@pytest.mark.parametrize(("shelf", "question"), ALL, ids=lambda each: getattr(each, "key", ""))
def test_a_question_of_the_bank_is_whole(shelf, question):
    facts = facts_of(question, shelf.questions)
    assert len(question.label) <= 300
    assert (len(facts["choices"]) >= 2) is (question.kind in WITH_CHOICES)
    assert bool(facts["shown_on"]) is bool(facts["shown_if"])
    assert len(facts["shown_if"]) == len(question.shown_if)


def test_the_bank_uses_many_kinds():
    assert {Kind.SCALE, Kind.RANKING, Kind.NUMBER, Kind.CHOICES, Kind.YES_NO} <= {each.kind for _, each in ALL}


def test_several_are_taken_at_once_with_their_condition(editor, aisne, draft):
    theme = themes(aisne, draft)[1]
    take(editor, draft, theme, "route-dangereuse", "route-dangereuse-ou")
    decides, waits = stored(aisne, draft, national=None)
    assert (decides.theme, decides.key) == (theme, "route-dangereuse")
    assert (waits.shown_on, waits.shown_if) == ("theme-2.route-dangereuse", ["oui"])


def test_what_decides_left_behind_is_said(editor, aisne, draft):
    answer = take(editor, draft, themes(aisne, draft)[0], "route-dangereuse-ou")
    assert "dépendait d’une question que vous n’avez pas reprise" in text_of(editor.get(answer.url))
    assert stored(aisne, draft, national=None)[0].shown_on == ""


def test_the_same_question_taken_twice_has_two_keys(editor, aisne, draft):
    for _ in range(2):
        take(editor, draft, themes(aisne, draft)[0], "qui-appeler")
    assert [each.key for each in stored(aisne, draft, national=None)] == ["qui-appeler", "qui-appeler-2"]


def test_audiences_that_the_exercise_does_not_ask_are_left_out(editor, aisne, draft):
    consultation = stored(aisne, draft)[0].theme.consultation_id
    with as_prefecture(aisne):
        campaign = Consultation.objects.for_prefecture(aisne).get(pk=consultation).campaign
    campaign.audiences = ["public", "elected"]
    campaign.save()
    take(editor, draft, themes(aisne, draft)[0], "interlocuteur-elus")
    assert stored(aisne, draft, national=None)[0].audiences == ["elected"]


@pytest.mark.parametrize(("names", "words"), [([], "Cochez au moins une question."), (["inconnue"], "Cochez au moins")])
def test_nothing_ticked_is_said(editor, aisne, draft, names, words):
    assert words in text_of(take(editor, draft, themes(aisne, draft)[0], *names))


def test_without_a_theme_what_was_ticked_is_kept(editor, aisne, draft):
    page = text_of(editor.post(address(draft, "reprendre/"), {"questions": ["qui-appeler"], "theme": ""}))
    assert "Choisissez le thème qui les reçoit." in page
    assert page.count("checked") == 1


def test_an_own_former_questionnaire_can_be_taken_from(editor, aisne, draft):
    former = make_open_consultation(aisne)
    take(editor, draft, themes(aisne, draft)[0], "accueil.plainte", source=f"02:{former.campaign.slug}")
    assert stored(aisne, draft, national=None)[0].label == "Avez-vous déposé une plainte cette année ?"


def test_what_another_prefecture_published_can_be_taken_from_as_anybody_may_read_it(editor, aisne, draft):
    other = make_open_consultation(make_prefecture("03"))
    source = f"03:{other.campaign.slug}"
    assert source in text_of(editor.get(address(draft, "reprendre/")))
    take(editor, draft, themes(aisne, draft)[0], "presence.jugement", source=source)
    (taken,) = stored(aisne, draft, national=None)
    assert (taken.kind, len(taken.choices), taken.prefecture_id) == ("scale", 3, "02")


def test_what_another_prefecture_has_not_published_cannot(editor, aisne, draft):
    other = make_open_consultation(make_prefecture("03"))
    with as_prefecture(make_prefecture("03")):
        local(make_prefecture("03"), other.campaign.slug, label="Encore secrète ?")
    page = editor.get(address(draft, f"reprendre/?source=03:{other.campaign.slug}"))
    assert "Encore secrète" not in text_of(page)


def test_a_draft_of_another_prefecture_is_not_there(editor, draft):
    secret = make_campaign()
    launch(secret, [make_prefecture("03")], actor=make_member(None, "lead"))
    unknown = editor.get(address(draft, "reprendre/?source=03:inconnue"))
    assert editor.get(address(draft, f"reprendre/?source=03:{secret.slug}")).content == unknown.content
    assert unknown.status_code == 404


def test_what_was_taken_holds_together(editor, aisne, draft):
    every = [question.key for _, question in ALL]
    take(editor, draft, themes(aisne, draft)[1], *every)
    with as_prefecture(aisne):
        consultation = Consultation.objects.for_prefecture(aisne).get(campaign__slug=draft)
        content = content_of(consultation)
        assert Question.objects.for_prefecture(aisne).filter(national=None).count() == len(every)
    assert [fault for fault in faults(content["steps"]) if not fault.is_warning] == []
