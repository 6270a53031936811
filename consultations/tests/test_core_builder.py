"""The lead builds the national questions, before the launch and after it."""

from datetime import timedelta

import pytest

from assises import clock
from assises.tenancy.context import as_ministry, as_prefecture
from assises.testing import make_campaign, make_member, make_prefecture
from consultations.asking.choices import labels_of
from consultations.models import Consultation, CoreQuestion, CoreTheme, Correction, Question
from consultations.steering.launch import launch
from consultations.tests.building import said, signed_in, text_of, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return make_member(None, "lead")


@pytest.fixture
def lead(boss):
    return signed_in(boss)


def address(campaign, rest=""):
    return f"/ministere/exercices/{campaign.slug}/questions/{rest}"


def send(client, url, **facts):
    return client.post(url, {**typed(client.get(url)), **facts})


def questions(campaign):
    return list(CoreQuestion.objects.filter(theme__campaign=campaign).order_by("theme__position", "position"))


def launched(campaign, boss):
    launch(campaign, [make_prefecture("02")], actor=boss)
    campaign.refresh_from_db()
    return campaign


def opened(campaign, boss):
    launched(campaign, boss)
    moment, day = clock.now(), timedelta(days=1)
    with as_prefecture(make_prefecture("02")):
        Consultation.objects.for_prefecture("02").filter(campaign=campaign).update(
            state="published", published_at=moment, opens_at=moment - day, closes_at=moment + day
        )
    return campaign


def test_a_question_is_added_to_its_theme(lead):
    campaign = make_campaign(themes=1, questions=0)
    theme = campaign.themes.get()
    send(lead, address(campaign, "nouvelle/?type=choice"), label="Où ?", choices="En ville\nAilleurs", theme=theme.pk)
    assert labels_of(questions(campaign)[0].choices) == ["En ville", "Ailleurs"]


def test_a_national_theme_is_added_with_its_keywords(lead):
    campaign = make_campaign(themes=1)
    lead.post(address(campaign, "theme/nouveau/"), {"title": "Se parler", "keywords": "réunion\nmairie"})
    theme = CoreTheme.objects.get(campaign=campaign, title="Se parler")
    assert (theme.key, theme.position, theme.keywords) == ("se-parler", 2, ["réunion", "mairie"])


def test_before_the_launch_a_question_is_removed_for_good(lead):
    campaign = make_campaign()
    lead.post(address(campaign, f"{questions(campaign)[0].pk}/retirer/"))
    assert questions(campaign) == []
    assert not Correction.objects.exists()


def test_after_the_launch_it_is_retired_since_prefectures_have_copies(lead, boss):
    campaign = launched(make_campaign(), boss)
    (question,) = questions(campaign)
    lead.post(address(campaign, f"{question.pk}/retirer/"))
    question.refresh_from_db()
    assert question.retired_at
    assert question.label not in text_of(lead.get(address(campaign))).split('id="acts"')[1]
    assert Correction.objects.get(campaign=campaign).changes[0]["what"] == "question retirée"


def test_the_key_of_a_retired_question_is_not_given_again(lead, boss):
    campaign = launched(make_campaign(), boss)
    (question,) = questions(campaign)
    CoreQuestion.objects.filter(pk=question.pk).update(key="ou")
    lead.post(address(campaign, f"{question.pk}/retirer/"))
    send(lead, address(campaign, "nouvelle/?type=text"), label="Où ?", theme=question.theme_id)
    assert sorted(each.key for each in questions(campaign)) == ["ou", "ou-2"]


def test_after_the_launch_a_theme_stays(lead, boss):
    campaign = launched(make_campaign(), boss)
    answer = lead.post(address(campaign, f"theme/{campaign.themes.get().pk}/retirer/"))
    assert "Retirez plutôt ses questions" in said(lead, answer)
    assert campaign.themes.count() == 1


@pytest.mark.parametrize(("is_launched", "moves"), [(True, False), (False, True)])
def test_after_the_launch_a_question_keeps_its_theme_so_that_answers_compare(lead, boss, is_launched, moves):
    campaign = make_campaign(themes=2)
    if is_launched:
        launched(campaign, boss)
    question, (_, other) = questions(campaign)[0], campaign.themes.all()
    answer = send(lead, address(campaign, f"{question.pk}/"), theme=other.pk)
    question.refresh_from_db()
    assert (question.theme_id == other.pk) is moves
    if not moves:
        assert "cette question garde son thème" in text_of(answer)


def test_what_changes_after_the_launch_is_logged_in_words(lead, boss):
    campaign = launched(make_campaign(), boss)
    url = address(campaign, f"{questions(campaign)[0].pk}/")
    send(lead, url, label="Mieux dit ?")
    (change,) = Correction.objects.get(campaign=campaign).changes
    assert change == {"what": "question", "before": "Question 1.1", "after": "Mieux dit\u202f?"}


def test_before_the_launch_nothing_is_logged(lead):
    campaign = make_campaign()
    send(lead, address(campaign, f"{questions(campaign)[0].pk}/"), label="Mieux dit ?")
    assert not Correction.objects.exists()


def test_once_one_is_open_only_words_are_offered_and_logged_as_such(lead, boss):
    campaign = opened(make_campaign(), boss)
    url = address(campaign, f"{questions(campaign)[0].pk}/")
    form = lead.get(url).context["form"]
    assert set(form.fields) == {"label", "help", "choices", "seen"}
    send(lead, url, choices="Oui\nNon\nParfois oui")
    assert labels_of(questions(campaign)[0].choices)[2] == "Parfois oui"
    assert Correction.objects.get(campaign=campaign).is_typo


@pytest.mark.parametrize("choices", ["Oui\nNon", "Non\nOui\nParfois", "Oui\nNon\nParfois\nJamais"])
def test_once_one_is_open_answers_stay_as_many_and_in_their_order(lead, boss, choices):
    campaign = opened(make_campaign(), boss)
    refused = send(lead, address(campaign, f"{questions(campaign)[0].pk}/"), choices=choices)
    assert "gardez les 3 réponses, dans le même ordre" in text_of(refused)
    assert labels_of(questions(campaign)[0].choices) == ["Oui", "Non", "Parfois"]


@pytest.mark.parametrize("act", ["retirer/", "copier/", "deplacer/"])
def test_once_one_is_open_nothing_comes_goes_or_moves(lead, boss, act):
    campaign = opened(make_campaign(questions=2), boss)
    before = questions(campaign)
    answer = lead.post(address(campaign, f"{before[1].pk}/{act}"), {"vers": "haut"})
    assert "on peut corriger les mots" in said(lead, answer)
    assert [(each.pk, each.retired_at) for each in questions(campaign)] == [(each.pk, None) for each in before]


def test_the_second_lead_is_told_what_the_first_changed(lead):
    campaign = make_campaign()
    url = address(campaign, f"{questions(campaign)[0].pk}/")
    seen = typed(lead.get(url))
    send(lead, url, label="Celle d’un collègue ?")
    assert "Enregistré entre-temps : Celle d’un collègue ?" in text_of(lead.post(url, {**seen, "label": "La mienne ?"}))


def test_what_was_typed_for_a_question_that_is_gone_is_given_back(lead):
    campaign = make_campaign()
    (question,) = questions(campaign)
    url = address(campaign, f"{question.pk}/")
    page = typed(lead.get(url))
    question.delete()
    shown = said(lead, lead.post(url, {**page, "label": "Mieux dit ?"}))
    assert "Quelqu’un vient de retirer cette question." in shown
    assert "Mieux dit" in shown.split("Vous aviez écrit")[1].split("</p>")[0]


def test_the_preview_shows_what_an_audience_is_asked(lead):
    campaign = make_campaign(questions=2)
    _, second = questions(campaign)
    CoreQuestion.objects.filter(pk=second.pk).update(audiences=["elected"])
    preview = f"/ministere/exercices/{campaign.slug}/apercu/"
    assert second.label in text_of(lead.get(f"{preview}?public=elected"))
    assert second.label not in text_of(lead.get(f"{preview}?public=public"))
    assert lead.get(f"{preview}?public=personne").status_code == 200


def test_a_reader_previews_but_does_not_build():
    campaign = make_campaign()
    reader = signed_in(make_member(None, "reader"))
    assert reader.get(f"/ministere/exercices/{campaign.slug}/apercu/").status_code == 200
    assert reader.get(address(campaign)).status_code == 403


def test_questions_of_another_exercise_are_taken_over_with_their_keys(lead):
    former, campaign = make_campaign(questions=2), make_campaign(questions=0)
    url = address(campaign, f"reprendre/?source={former.slug}")
    lead.post(url, {"questions": ["theme-1.question-2"], "theme": campaign.themes.get().pk})
    assert [(each.key, each.label) for each in questions(campaign)] == [("question-2", "Question 1.2")]


def test_a_copy_in_a_prefecture_is_not_touched_by_the_lead(lead, boss):
    campaign = launched(make_campaign(), boss)
    send(lead, address(campaign, f"{questions(campaign)[0].pk}/"), label="Mieux dit ?")
    with as_prefecture(make_prefecture("02")):
        assert Question.objects.for_prefecture("02").get(theme__consultation__campaign=campaign).label == "Question 1.1"
    with as_ministry():
        assert questions(campaign)[0].label == "Mieux dit ?"
