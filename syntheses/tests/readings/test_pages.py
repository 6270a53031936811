"""« Ce qui a été dit » : everything on a page leads to its statements, and texts are shown as text."""

import pytest
from django.utils.html import escape

from assises.tenancy.context import as_prefecture
from contributions.words_sought import fill
from syntheses.models import Idea, Reading
from syntheses.tests.building import said, staff
from syntheses.tests.readings.read import heard, read, reading_of

pytestmark = pytest.mark.django_db
HOSTILE = (
    "<script>alert('lu')</script> & <b>gras</b>",
    '=HYPERLINK("http://x.invalid";"clic")',
    "{{ secret }} {% load x %} ${7*7} `rm -rf`",
    "'; DROP TABLE contributions_statement; --",
)


def address(consultation, *rest):
    parts = [f"/{consultation.prefecture.slug}/prefecture/lecture/{consultation.campaign.slug}", *map(str, rest), ""]
    return "/".join(parts)


def page(client, consultation, *rest, **query):
    response = client.get(address(consultation, *rest), query)
    assert response.status_code == 200, (rest, response.status_code)
    return response.content.decode()


@pytest.fixture
def agent():
    return staff("02", "agent")


def sought(consultation):
    with as_prefecture(consultation.prefecture_id):
        fill(consultation.prefecture_id)
    return consultation


def test_the_only_consultation_opens_at_once(agent):
    consultation = read(heard())
    assert agent.get("/aisne/prefecture/lecture/").url == address(consultation)


def test_the_whole_is_told_from_its_counts(agent):
    consultation = read(heard())
    told = page(agent, consultation)
    assert "2\u00a0passages" in told or "2 passages" in told
    assert "La présence près de chez vous" in told
    assert "Hors sujet ou sans thème" in told


def test_from_the_whole_to_a_statement_in_two_clicks(agent):
    consultation = read(heard())
    one = reading_of(consultation, "plus personne")
    theme = address(consultation, "themes", one.theme_key) if one.theme_key else address(consultation, "hors-sujet")
    assert theme in page(agent, consultation)
    assert f"?theme={one.theme_key or '-'}" in agent.get(theme).content.decode()
    listed = page(agent, consultation, "recherche", theme=one.theme_key or "-")
    assert "On ne voit plus personne le soir." in listed
    assert address(consultation, "textes", one.statement_id) in listed


def test_an_idea_shows_all_its_passages(agent):
    consultation = read(heard())
    with as_prefecture("02"):
        ideas = list(Idea.objects.of(consultation))
    for idea in ideas:
        told = page(agent, consultation, "idees", idea.key)
        with as_prefecture("02"):
            for one in Reading.objects.of(consultation).filter(idea_key=idea.key).select_related("statement"):
                assert escape(one.statement.text) in told


def test_every_page_answers(agent):
    consultation = sought(read(heard()))
    one = reading_of(consultation, "plus personne")
    for rest in (
        ("croisements",), ("textes-repris",), ("textes", one.statement_id), ("recherche",), ("a-relire",),
        ("decisions",), ("compte-rendu",), ("avancement",), ("hors-sujet",),
    ):  # fmt: skip
        page(agent, consultation, *rest)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_markup_or_code_is_shown_as_text(agent, text):
    consultation = heard(findings=())
    said(consultation, finding=f"Je signale ceci : {text}")
    sought(read(consultation))
    one = reading_of(consultation, "signale")
    for rest, query in (
        (("textes", one.statement_id), {}),
        (("recherche",), {}),
        (("recherche",), {"mots": "signale"}),
        (("a-relire",), {}),
        (("themes", "presence"), {}),
    ):
        told = page(agent, consultation, *rest, **query).replace("<mark>", "").replace("</mark>", "")
        if "signale" in told:
            assert text not in told or text == escape(text), rest
    assert escape(text) in page(agent, consultation, "textes", one.statement_id)
