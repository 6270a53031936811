"""The page of a step is the template's, to the byte, whatever people write; their words are escaped once."""

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.backends.db import SessionStore
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import resolve
from hypothesis import given, settings
from hypothesis import strategies as some

from assises.accounts.models import Prefecture
from assises.tenancy.context import as_prefecture
from assises.testing import make_open_consultation
from consultations.models import Campaign, Consultation
from contributions.models import Draft
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


def plainly(**answers):
    return render_to_string(page.TEMPLATE, context_with(**answers), request_for())


def filled(key=1, letter="A", **answers):
    """With what a draft holds: an answer that was not given has no name there."""
    kept = {f"t.{name.replace('_', '.')}": value for name, value in answers.items() if value}
    request = request_for(PATH.replace("A", letter))
    return page.step_page(request, context_with, key=key, draft=letter * 22, answers=kept).content.decode()


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
    assert filled(**answers) == plainly(**answers)


def test_no_markup_comes_through():
    html = filled(constat=NASTY[0], delai=NASTY[1])
    assert "<script>alert" not in html
    assert '" onfocus="' not in html


def test_without_escaping_markup_would_come_through(monkeypatch):
    """The negative control: the same page, filled by something that does not escape."""
    monkeypatch.setattr("contributions.page.pieces.escape", lambda value: value)
    assert "<script>alert" in filled(constat=NASTY[0])


def test_two_visitors_never_see_each_other():
    first = filled(7, constat="secret de l’une", note="a")
    second = filled(7, "B")
    assert "secret" in first
    assert "secret" not in second
    assert "A" * 22 not in second
    assert second.count("B" * 22) == first.count("A" * 22) > 0


def test_it_is_rendered_once(monkeypatch):
    filled(8)
    monkeypatch.setattr(page, "render_to_string", None)
    assert "deuxième" in filled(8, constat="deuxième")


def test_only_so_many_are_kept():
    kept = page.Kept()
    for number in range(page.MOST_KEPT + 5):
        kept.get(number, lambda: page.Page(Slots().cut(""), []))
    assert len(kept.pages) == page.MOST_KEPT
    assert 0 not in kept.pages


@pytest.fixture
def visitor(transactional_db):
    found = Visitor(make_open_consultation())
    found.begin()
    found.answer(1, SAID)
    return found


def shown(visitor, **cookies):
    """The page of the first step; with a session it is the template's own."""
    visitor.client.cookies.load(cookies)
    return visitor.client.get(visitor.step(1)).content.decode()


def by_the_template(visitor):
    return shown(visitor, **{django_settings.SESSION_COOKIE_NAME: "x"})


def test_a_visitor_reads_the_same_from_the_template_and_from_what_is_kept(visitor):
    first, second = shown(visitor), shown(visitor)
    assert first == second == by_the_template(visitor)
    assert SAID["presence.constat"] in second


def in_the_database(model, **facts):
    with as_prefecture("02"):
        model.objects.update(**facts)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda: Campaign.objects.update(title="Un autre titre"), "Un autre titre"),
        (lambda: in_the_database(Consultation, contact_name="Bureau des idées"), "Bureau des idées"),
        (lambda: in_the_database(Prefecture, name="Aisne-la-Belle"), "Aisne-la-Belle"),
        (lambda: in_the_database(Draft, body={"name": "Amis de l’Oise"}), "Amis de l’Oise"),
    ],
)
def test_whatever_the_page_says_besides_the_answers_is_never_a_former_one(visitor, change, words):
    assert words not in shown(visitor)
    change()
    assert words in shown(visitor)
    assert shown(visitor) == by_the_template(visitor)
