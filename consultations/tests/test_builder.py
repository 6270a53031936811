"""An editor builds a prefecture's questionnaire: local questions among the national ones, which stay as they are."""

import pytest

from assises.tenancy.context import as_prefecture
from assises.testing import make_campaign, make_member, make_prefecture, statements
from consultations.asking.choices import keyed, labels_of
from consultations.asking.conditions import faults
from consultations.asking.content import content_of
from consultations.models import Consultation, Question
from consultations.steering.launch import launch
from consultations.tests.building import address, change, labels, local, said, signed_in, stored, text_of, themes, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def aisne():
    return make_prefecture("02")


@pytest.fixture
def draft(aisne):
    campaign = make_campaign(themes=2, questions=1)
    launch(campaign, [aisne], actor=make_member(None, "lead"))
    return campaign.slug


@pytest.fixture
def editor(aisne):
    return signed_in(make_member(aisne, "editor"))


@pytest.mark.parametrize(
    ("kind", "facts", "stores"),
    [
        ("choice", {"choices": "Oui\nNon", "accepts_other": "on"}, {"accepts_other": True}),
        ("choices", {"choices": "A\nB\nC", "most": "2"}, {"most": 2}),
        ("yes_no", {"may_decline": "on"}, {"may_decline": True}),
        ("scale", {"choices": "Peu\nAssez\nBeaucoup"}, {}),
        ("ranking", {"choices": "A\nB\nC", "most": "3"}, {"most": 3}),
        ("number", {"lowest": "0", "highest": "120", "unit": "minutes"}, {"lowest": 0, "highest": 120}),
        ("commune", {}, {}),
        ("text", {}, {}),
        ("long_text", {}, {}),
        ("finding", {}, {}),
        ("proposal", {"required": "on", "audiences": ["elected"]}, {"required": True, "audiences": ["elected"]}),
    ],
)
def test_a_question_of_each_kind_is_added_to_a_theme(editor, aisne, draft, kind, facts, stores):  # noqa: PLR0917
    theme = themes(aisne, draft)[1]
    url = address(draft, f"nouvelle/?type={kind}&theme={theme.pk}")
    answer = editor.post(url, {"label": "Une question d’ici ?", "theme": theme.pk, **facts})
    assert answer.status_code == 302, answer.context["form"].errors
    (question,) = stored(aisne, draft, national=None)
    assert (question.kind, question.theme, question.position) == (kind, theme, 2)
    assert {name: getattr(question, name) for name in stores} == stores


def test_each_kind_is_explained_before_its_form(editor, draft):
    page = text_of(editor.get(address(draft, "nouvelle/")))
    assert "Les réponses préférées, dans l’ordre" in page
    assert page.count("Exemple :") == 11


def test_a_form_asks_only_what_its_kind_needs(editor, draft):
    fields = editor.get(address(draft, "nouvelle/?type=number")).context["form"].fields
    assert {"lowest", "highest", "unit"} <= set(fields)
    assert not {"choices", "most", "accepts_other"} & set(fields)


@pytest.mark.parametrize(
    ("kind", "facts", "field", "words"),
    [
        ("choice", {"choices": "Partout"}, "choices", "au moins deux réponses"),
        ("choice", {"choices": "Oui\noui"}, "choices", "Deux lignes disent la même chose"),
        ("choices", {"choices": "A\nB", "most": "5"}, "most", "entre 2 et 2"),
        ("number", {"lowest": "10", "highest": "5"}, "highest", "plus grand que 10"),
        ("text", {"label": ""}, "label", "Écrivez la question."),
    ],
)
def test_what_does_not_hold_is_said_at_its_field(editor, aisne, draft, kind, facts, field, words):  # noqa: PLR0917
    sent = {"label": "Une question d’ici ?", "help": "Une aide.", "theme": themes(aisne, draft)[0].pk, **facts}
    page = editor.post(address(draft, f"nouvelle/?type={kind}"), sent)
    assert words in " ".join(page.context["form"].errors[field])
    assert "Une aide." in text_of(page)
    assert stored(aisne, draft, national=None) == []


def test_a_question_is_changed_at_its_place_in_the_page(editor, aisne, draft):
    question = local(aisne, draft)
    page = editor.get(address(draft, f"{question.pk}/"))
    assert page.templates[0].name == "consultations/builder/builder.html"
    answer = change(editor, draft, question, label="Roulez-vous à vélo ?")
    assert answer.url == f"{address(draft)}?theme={question.theme_id}&question={question.pk}#question-{question.pk}"
    assert "La question est enregistrée." in text_of(editor.get(answer.url)).split(f'id="question-{question.pk}"')[1]
    assert labels(aisne, draft, national=None) == ["Roulez-vous à vélo ?"]


def test_an_answer_keeps_its_key_when_its_words_are_mended(editor, aisne, draft):
    question = local(aisne, draft, "choice", choices=keyed(["Jamais", "Souvant"]))
    change(editor, draft, question, choices="Jamais\nSouvent")
    (changed,) = stored(aisne, draft, national=None)
    assert [choice["key"] for choice in changed.choices] == ["jamais", "souvant"]
    assert labels_of(changed.choices) == ["Jamais", "Souvent"]


def test_a_question_moves_up_and_down_and_stays_at_the_edge(editor, aisne, draft):
    for label in ("A", "B"):
        local(aisne, draft, label=label)
    (_, a, b) = stored(aisne, draft, theme__position=1)
    editor.post(address(draft, f"{b.pk}/deplacer/"), {"vers": "haut"})
    assert labels(aisne, draft, theme__position=1) == ["Question 1.1", "B", "A"]
    for _ in range(3):
        editor.post(address(draft, f"{a.pk}/deplacer/"), {"vers": "bas"})
    assert labels(aisne, draft, theme__position=1) == ["Question 1.1", "B", "A"]


def test_a_local_question_can_stand_above_a_national_one(editor, aisne, draft):
    question = local(aisne, draft, label="A")
    editor.post(address(draft, f"{question.pk}/deplacer/"), {"vers": "haut"})
    assert labels(aisne, draft, theme__position=1) == ["A", "Question 1.1"]


def test_a_question_goes_to_another_theme_and_what_waits_for_it_follows(editor, aisne, draft):
    decides = local(aisne, draft, label="A", theme=1)
    waits = local(aisne, draft, label="B", theme=1, shown_on=f"theme-2.{decides.key}", shown_if=["oui"])
    assert change(editor, draft, decides, theme=str(themes(aisne, draft)[0].pk)).status_code == 302
    assert labels(aisne, draft, theme__position=1) == ["Question 1.1", "A"]
    assert stored(aisne, draft, pk=waits.pk)[0].shown_on == f"theme-1.{decides.key}"


def test_a_question_does_not_go_to_a_theme_below_what_waits_for_it(editor, aisne, draft):
    decides = local(aisne, draft, label="A", theme=0)
    local(aisne, draft, label="B", theme=0, shown_on=f"theme-1.{decides.key}", shown_if=["oui"])
    refused = change(editor, draft, decides, theme=str(themes(aisne, draft)[1].pk))
    assert "qui vient après elle" in " ".join(refused.context["form"].errors["theme"])
    assert labels(aisne, draft, theme__position=1) == ["Question 1.1", "A", "B"]


def test_a_copy_stands_below_and_is_local_even_of_a_national_question(editor, aisne, draft):
    (national, *_) = stored(aisne, draft)
    editor.post(address(draft, f"{national.pk}/copier/"))
    first, twin = stored(aisne, draft, theme__position=1)
    assert (twin.label, twin.is_national) == ("Question 1.1 (copie)", False)
    assert twin.choices == first.choices
    assert twin.key != first.key


def test_a_question_is_removed_after_a_page_that_asks(editor, aisne, draft):
    question = local(aisne, draft)
    assert "Aucune autre question ne dépend d’elle" in text_of(editor.get(address(draft, f"{question.pk}/retirer/")))
    editor.post(address(draft, f"{question.pk}/retirer/"))
    assert stored(aisne, draft, national=None) == []


def test_a_question_that_another_needs_is_not_removed(editor, aisne, draft):
    question = local(aisne, draft, label="Avez-vous un vélo ?")
    local(aisne, draft, "text", "Lequel ?", shown_on=f"theme-1.{question.key}", shown_if=["oui"])
    assert "Lequel ?" in text_of(editor.get(address(draft, f"{question.pk}/retirer/")))
    answer = editor.post(address(draft, f"{question.pk}/retirer/"))
    assert "D’autres questions dépendent d’elle : « Lequel ? »" in said(editor, answer)
    assert len(stored(aisne, draft, national=None)) == 2


@pytest.mark.parametrize("act", ["", "deplacer/", "retirer/"])
def test_a_national_question_is_locked(editor, aisne, draft, act):
    (national, *_) = stored(aisne, draft)
    answer = editor.post(address(draft, f"{national.pk}/{act}"), {"vers": "bas", "label": "Autre chose ?"})
    assert "C’est une question nationale" in said(editor, answer)
    assert labels(aisne, draft, theme__position=1) == ["Question 1.1"]


def test_a_national_question_says_so_on_the_page(editor, draft):
    assert "question nationale" in text_of(editor.get(address(draft)))


def test_a_local_theme_is_added_changed_moved_and_removed(editor, aisne, draft):
    editor.post(address(draft, "theme/nouveau/"), {"title": "Le fleuve", "keywords": "berges\ncrues"})
    river = themes(aisne, draft)[2]
    assert (river.title, river.keywords, river.is_national) == ("Le fleuve", ["berges", "crues"], False)
    editor.post(address(draft, f"theme/{river.pk}/deplacer/"), {"vers": "haut"})
    assert [theme.title for theme in themes(aisne, draft)] == ["Thème 1", "Le fleuve", "Thème 2"]
    url = address(draft, f"theme/{river.pk}/")
    editor.post(url, {**typed(editor.get(url)), "title": "La rivière"})
    assert themes(aisne, draft)[1].title == "La rivière"
    editor.post(address(draft, f"theme/{river.pk}/retirer/"))
    assert len(themes(aisne, draft)) == 2


def test_a_national_theme_is_locked(editor, aisne, draft):
    theme = themes(aisne, draft)[0]
    for act in ("", "deplacer/", "retirer/"):
        answer = editor.post(address(draft, f"theme/{theme.pk}/{act}"), {"vers": "bas", "title": "Autre"})
        assert "C’est un thème national" in said(editor, answer)
    assert themes(aisne, draft)[0].title == "Thème 1"


def test_a_question_waits_for_an_answer_to_an_earlier_one(editor, aisne, draft):
    local(aisne, draft, label="Avez-vous un vélo ?")
    lequel = local(aisne, draft, "text", "Lequel ?")
    change(editor, draft, lequel, condition=["theme-1.locale-2=oui"])
    assert "Posée si la réponse à « Avez-vous un vélo ? » est « Oui »" in text_of(editor.get(address(draft)))
    change(editor, draft, lequel, condition=None)
    assert stored(aisne, draft, key=lequel.key)[0].shown_on == ""


def test_answers_to_two_questions_cannot_decide_together(editor, aisne, draft):
    local(aisne, draft)
    waits = local(aisne, draft, "text", "Lequel ?")
    refused = change(editor, draft, waits, condition=["theme-1.locale-2=oui", "theme-1.question-1=non"])
    assert "Gardez celles d’une seule question" in " ".join(refused.context["form"].errors["condition"])


def test_an_answer_that_another_question_waits_for_is_not_taken_away(editor, aisne, draft):
    decides = local(aisne, draft, "choice", "Comment ?", choices=keyed(["À vélo", "À pied", "En car"]))
    local(aisne, draft, "text", "Quel vélo ?", shown_on=f"theme-1.{decides.key}", shown_if=["a-velo"])
    refused = change(editor, draft, decides, choices="À pied\nEn car")
    assert "« Quel vélo ? » dépend d’une réponse que « Comment ? » ne propose plus" in text_of(refused)
    assert "choices" in refused.context["form"].errors
    assert len(stored(aisne, draft, key=decides.key)[0].choices) == 3


def test_a_question_does_not_move_above_the_one_that_decides_it(editor, aisne, draft):
    decides = local(aisne, draft, label="A")
    waits = local(aisne, draft, label="B", shown_on=f"theme-1.{decides.key}", shown_if=["oui"])
    answer = editor.post(address(draft, f"{waits.pk}/deplacer/"), {"vers": "haut"})
    assert "« B » dépend de « A », qui vient après elle" in said(editor, answer)
    assert labels(aisne, draft, theme__position=1) == ["Question 1.1", "A", "B"]


def test_a_ring_of_conditions_is_refused(editor, aisne, draft):
    a = local(aisne, draft, label="A")
    b = local(aisne, draft, label="B", shown_on=f"theme-1.{a.key}", shown_if=["oui"])
    with as_prefecture(aisne):  # the page does not offer it: somebody forges the form
        Question.objects.for_prefecture(aisne).filter(pk=a.pk).update(shown_on=f"theme-1.{b.key}", shown_if=["oui"])
        found = faults(content_of(Consultation.objects.for_prefecture(aisne).get(campaign__slug=draft))["steps"])
    assert [fault.name for fault in found] == [f"theme-1.{a.key}", f"theme-1.{b.key}"]
    assert "qui dépend d’elle" in text_of(editor.get(address(draft)))


def test_the_second_editor_is_told_what_the_first_changed(editor, aisne, draft):
    question = local(aisne, draft)
    url = address(draft, f"{question.pk}/")
    seen = typed(editor.get(url))
    change(signed_in(make_member(aisne, "editor")), draft, question, label="Celle d’une collègue ?")
    refused = editor.post(url, {**seen, "label": "La mienne ?"})
    assert "Enregistré entre-temps : Celle d’une collègue ?" in text_of(refused)
    assert "La mienne ?" in text_of(refused)
    assert labels(aisne, draft, national=None) == ["Celle d’une collègue ?"]
    editor.post(url, {**typed(refused)})
    assert labels(aisne, draft, national=None) == ["La mienne ?"]


def test_without_what_was_seen_the_first_would_be_overwritten(editor, aisne, draft):
    """The negative control: the form's memory is what stops it."""
    question = local(aisne, draft)
    url = address(draft, f"{question.pk}/")
    seen = typed(editor.get(url))
    change(signed_in(make_member(aisne, "editor")), draft, question, label="Celle d’une collègue ?")
    editor.post(url, {**seen, "seen": "", "label": "La mienne ?"})
    assert labels(aisne, draft, national=None) == ["La mienne ?"]


def test_a_condition_that_a_colleague_changed_is_said_in_words(editor, aisne, draft):
    local(aisne, draft)
    waits = local(aisne, draft, "text", "Lequel ?")
    url = address(draft, f"{waits.pk}/")
    seen = typed(editor.get(url))
    change(editor, draft, waits, condition=["theme-1.locale-2=oui"])
    assert "Enregistré entre-temps : Oui" in text_of(editor.post(url, seen))


def test_the_second_editor_of_a_theme_is_told_too(editor, aisne, draft):
    editor.post(address(draft, "theme/nouveau/"), {"title": "Le fleuve"})
    url = address(draft, f"theme/{themes(aisne, draft)[2].pk}/")
    seen = typed(editor.get(url))
    editor.post(url, {**seen, "title": "La rivière"})
    assert "Enregistré entre-temps : La rivière" in text_of(editor.post(url, {**seen, "title": "L’eau"}))


def test_an_agent_reads_but_does_not_change(aisne, draft):
    question = local(aisne, draft)
    agent = signed_in(make_member(aisne, "agent"))
    assert "Modifier" not in text_of(agent.get(address(draft))).split('id="acts"')[1]
    assert agent.post(address(draft, f"{question.pk}/retirer/")).status_code == 403
    assert len(stored(aisne, draft, national=None)) == 1


def test_saving_says_that_the_team_has_worked(editor, aisne, draft):
    change(editor, draft, local(aisne, draft), label="Autre ?")
    with as_prefecture(aisne):
        assert Consultation.objects.for_prefecture(aisne).get(campaign__slug=draft).touched_at


def test_a_large_questionnaire_takes_no_more_statements_than_a_small_one(editor, aisne, draft):
    decides = local(aisne, draft)
    with statements() as few:
        editor.get(address(draft))
    for number in range(60):
        condition = {"shown_on": f"theme-1.{decides.key}", "shown_if": ["oui"]} if number < 20 else {}
        local(aisne, draft, label=f"Question {number} ?", **condition)
    with statements() as many:
        page = editor.get(address(draft))
    assert text_of(page).count("Posée si") >= 20
    assert len(many) == len(few) <= 12


def test_every_statement_of_an_act_comes_after_the_lock(editor, aisne, draft):
    question = local(aisne, draft)
    with statements() as asked:
        editor.post(address(draft, f"{question.pk}/deplacer/"), {"vers": "haut"})
    locks = [place for place, sql in enumerate(asked) if "FOR NO KEY UPDATE" in sql]
    reads = [place for place, sql in enumerate(asked) if 'FROM "consultations_question"' in sql]
    assert locks[0] < reads[0]
