"""When the database does not answer, what was written is in the page; what is secret is not."""

from unittest import mock

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.db import OperationalError
from django.test import Client, RequestFactory

from assises import errors, kept_words
from assises.testing import make_open_consultation
from assises.tests.routes import routes
from contributions.tests.journey import Visitor

STEP = "/aisne/essai/reponse/aaaaaaaaaaaaaaaaaaaaaa/etape/1/"
FORM = "application/x-www-form-urlencoded"
WORDS = {"presence.constat": "On ne voit <b>personne</b> ici."}


def down(method, path, typed=None):
    with mock.patch("assises.tenancy.middleware.scoped", side_effect=OperationalError("down")):
        return getattr(Client(), method)(path, typed)


def test_words_come_back_as_text_ready_to_be_sent_again():
    answer = down("post", STEP, WORDS | {"presence.lieux": ["a", "b"]})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert f'action="{STEP}"' in page
    assert 'name="presence.constat" value="On ne voit &lt;b&gt;personne&lt;/b&gt; ici."' in page
    assert page.count('name="presence.lieux"') == 2
    assert "<b>personne" not in page


def test_a_page_that_was_only_asked_for_says_the_same_to_everybody():
    assert down("get", STEP).content == down("get", "/inconnu/").content == down("post", "/inconnu/", WORDS).content
    assert "Envoyer de nouveau" not in down("get", STEP).content.decode()


@pytest.mark.parametrize("path", ["/compte/connexion/", "/aisne/prefecture/equipe/inviter/"])
def test_a_password_or_a_form_of_the_team_is_never_given_back(path):
    page = down("post", path, {"password": "ma phrase secrète", "csrfmiddlewaretoken": "jeton"}).content.decode()
    assert "secrète" not in page
    assert "jeton" not in page


def test_only_the_publics_own_forms_are_given_back():
    declared = [route for route in routes() if getattr(route.view, "keeps_words", False)]
    assert {route.access.audience for route in declared} == {"public"}
    assert {"answer_step", "review_answers", "consultation"} <= {route.name for route in declared}


@pytest.mark.django_db
def test_what_is_too_large_to_be_read_is_refused_with_the_limit():
    visitor = Visitor(make_open_consultation())
    visitor.begin()
    step = visitor.step(1)
    answer = Client().post(step, b"presence.constat=" + b"a" * 13_000_000, content_type=FORM)
    assert answer.status_code == 400
    assert "4\u202f000 caractères" in answer.content.decode()
    assert Client().post(step, WORDS).status_code == 200, "the negative control"


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "multipart/form-data", "application/json"])
def test_a_form_that_cannot_be_read_is_answered_with_the_plain_page(kind):
    request = RequestFactory().generic("POST", STEP, b"--x\r\nrien", content_type=kind)
    assert isinstance(request, WSGIRequest)
    assert kept_words.fields_of(request) == []
    assert errors.unavailable(request).status_code == 503
