"""Questionnaires in the states worth looking at, for pages and addresses that name one of their rows."""

from assises.accounts.models import Prefecture
from assises.tenancy.context import as_prefecture
from assises.testing import make_campaign, make_open_consultation
from consultations.asking.sheet import sheet_of
from consultations.models import Question, Theme


def with_local_question(code, consultation):
    """A question of its own that another one waits for, in the first theme."""
    theme = Theme.objects.for_prefecture(code).filter(consultation=consultation).earliest("position", "pk")
    facts = {"prefecture_id": code, "theme": theme}
    first = Question.objects.create(
        **facts, key="a-velo", position=90, kind="yes_no", label="Vous déplacez-vous à vélo ?"
    )
    Question.objects.create(
        **facts,
        key="ou-a-velo",
        position=91,
        kind="text",
        label="Par quelles rues passez-vous ?",
        shown_on=f"{theme.key}.a-velo",
        shown_if=["oui"],
    )
    return first


def questionnaire(code="23", *, changed=True):
    """Open, with a local theme; words were mended since it was published."""
    prefecture = Prefecture.objects.get(code=code)
    consultation = make_open_consultation(prefecture, campaign=make_campaign())
    with as_prefecture(prefecture):
        question = with_local_question(code, consultation)
        theme = Theme.objects.create(
            prefecture=prefecture, consultation=consultation, key="le-fleuve", position=9, title="Le fleuve"
        )
        if changed:
            rows = Question.objects.for_prefecture(code).filter(theme__consultation=consultation, key="delai")
            rows.update(label="Combien de temps avez-vous attendu au guichet ?")
    return {"campaign": consultation.campaign.slug}, question.pk, theme.pk


def core(*, questions=2):
    """National questions in preparation: the address, a question and a theme."""
    campaign = make_campaign(themes=2, questions=questions)
    sheet = sheet_of(campaign)
    theme = sheet.themes[0]
    return {"campaign": campaign.slug}, sheet.rows[theme.pk][0].pk, theme.pk
