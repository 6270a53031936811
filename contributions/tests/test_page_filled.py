"""The page of a step is the template's, to the byte, whatever people write; their words are escaped once."""

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.backends.db import SessionStore
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import resolve
from hypothesis import given, settings
from hypothesis import strategies as some

from assises.testing import make_open_consultation
from contributions.page import step as page
from contributions.page.pieces import Slots
from contributions.questionnaire import asked
from contributions.tests.asking import question, step, typing
from contributions.tests.journey import SAID, Visitor

NASTY = (
    "</textarea><script>alert(1)</script>", '" onfocus="alert(1)', "&amp; & &lt;", "'’", "<!--", "{{ 7|add:7 }}",
    "\u202eright to left", "👩‍🚒\u200b", "\n\n  deux lignes\n", "checked", "slot", "n1z", "\\g<1>\\1",
)  # fmt: skip
STEP = step(
    question("finding", key="constat"),
    question("text", key="delai"),
    question("number", key="minutes", unit="minutes"),
    question("scale", "A", "B", "C", "D", "E", key="note"),
    question("choices", "A", "B", key="lieux", other=True, decline=True),
    question("ranking", "A", "B", "C", key="ordre", decline=True),
    question("long_text", key="long", decline=True),
    question("commune", key="lieu"),
)
PATH = "/aisne/essai/reponse/AAAAAAAAAAAAAAAAAAAAAA/etape/1/"
words = some.one_of(some.sampled_from(NASTY), some.text(max_size=60))


def request_for(path=PATH):
    request = RequestFactory().get(path)
    request.session = SessionStore()
    request.resolver_match = resolve(path)
    return request


def context_with(**answers):
    questions = asked(STEP, typing(**answers), earlier={})
    plain = {"number": 1, "total": 3, "aside": "", "errors": [], "contact": "", "remaining": 2, "all_optional": True}
    return plain | {"theme": STEP["theme"], "questions": questions}


def plainly(context):
    return render_to_string(page.TEMPLATE, context, request_for())


def filled(context, version=1):
    return page.step_html(request_for(), context, version=version, draft="A" * 22)


@settings(deadline=None)  # the first one loads the templates
@given(
    constat=words,
    delai=words,
    minutes=words,
    lieux_autre=words,
    long=words,
    lieu=words,
    note=some.sampled_from(["", "a", "c", "nothing-like-it"]),
    lieux=some.lists(some.sampled_from(["a", "b", "_autre", "_sans-reponse"]), unique=True),
    ordre=some.lists(some.sampled_from(["a", "b", "c"]), max_size=3),
)
def test_it_is_what_the_template_makes(**answers):
    context = context_with(**answers)
    assert filled(context) == plainly(context)


def test_no_markup_comes_through():
    html = filled(context_with(constat=NASTY[0], delai=NASTY[1]))
    assert "<script>alert" not in html
    assert '" onfocus="' not in html


def test_without_escaping_markup_would_come_through(monkeypatch):
    """The negative control: the same page, filled by something that does not escape."""
    monkeypatch.setattr("contributions.page.pieces.escape", lambda value: value)
    assert "<script>alert" in filled(context_with(constat=NASTY[0]))


def test_two_visitors_never_see_each_other():
    first = filled(context_with(constat="secret de l’une", note="a"), version=7)
    second = page.step_html(request_for(PATH.replace("A", "B")), context_with(), version=7, draft="B" * 22)
    assert "secret" in first
    assert "secret" not in second
    assert "A" * 22 not in second
    assert second.count("B" * 22) == first.count("A" * 22) > 0


def test_it_is_rendered_once(monkeypatch):
    filled(context_with(), version=8)
    monkeypatch.setattr(page, "render_to_string", None)
    assert "deuxième" in filled(context_with(constat="deuxième"), version=8)


@pytest.mark.parametrize(
    ("name", "value"), [("total", 9), ("aside", "jusqu’au 5"), ("remaining", 4), ("speaks_for", "Association")]
)
def test_what_differs_besides_the_answers_makes_another_page(name, value):
    filled(context_with(), version=9)
    context = context_with() | {name: value}
    assert filled(context, version=9) == plainly(context)


def test_what_has_to_be_mended_is_rendered_for_that_visitor():
    context = context_with() | {"errors": [{"target": "q", "text": "Écrivez."}], "errors_title": "Une réponse"}
    assert page.key_of(request_for(), context, 1) is None
    assert "Écrivez." in filled(context)


def test_somebody_with_a_session_gets_a_page_of_their_own():
    request = request_for()
    request.COOKIES[django_settings.SESSION_COOKIE_NAME] = "x"
    assert page.key_of(request, context_with(), 1) is None


def test_only_so_many_are_kept():
    kept = page.Kept()
    for number in range(page.MOST_KEPT + 5):
        kept.get(number, lambda: Slots().cut(""))
    assert len(kept.pages) == page.MOST_KEPT
    assert 0 not in kept.pages


@pytest.mark.django_db
def test_a_visitor_reads_the_same_from_the_template_and_from_what_is_kept():
    visitor = Visitor(make_open_consultation())
    visitor.begin()
    visitor.answer(1, SAID)
    first, second = (visitor.client.get(visitor.step(1)) for _ in range(2))
    assert first.content == second.content
    assert SAID["presence.constat"] in second.content.decode()
