"""One request, one transaction, one tenant."""

import pytest
from django.db import OperationalError, connection
from django.test import Client

from assises.tenancy.context import as_prefecture
from assises.tenancy.middleware import StreamedResponseError, TransactionMiddleware
from assises.testing import make_cast
from assises.tests.sample.models import Note

pytestmark = [pytest.mark.django_db, pytest.mark.urls("assises.tests.sample.urls")]


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def client(cast):
    client = Client(raise_request_exception=False)
    client.force_login(cast.insider)
    return client


def texts():
    with as_prefecture("02"):
        return list(Note.objects.values_list("text", flat=True))


def test_what_a_view_writes_is_its_tenants(client):
    assert client.post("/aisne/essai/ecrire/", {"text": "ici"}).status_code == 200
    assert texts() == ["ici"]


def test_rendering_still_sees_the_tenant(client):
    client.post("/aisne/essai/ecrire/", {"text": "ici"})
    assert client.get("/aisne/essai/tard/").content == b"ici "


@pytest.mark.parametrize("how", ["500", "erreur"])
def test_a_server_error_leaves_nothing_behind(client, how):
    assert client.post(f"/aisne/essai/{how}/").status_code == 500
    assert texts() == []


def test_without_the_rollback_an_answered_500_would_be_kept(client, monkeypatch):
    """The negative control."""
    monkeypatch.setattr("assises.tenancy.middleware.transaction.set_rollback", lambda _: None)
    client.post("/aisne/essai/500/")
    assert texts() == ["perdu"]


def test_after_a_request_the_connection_shows_nothing(client):
    client.post("/aisne/essai/ecrire/", {"text": "ici"})
    assert not Note.objects.exists()


def test_after_a_server_error_the_connection_shows_nothing(client):
    client.post("/aisne/essai/ecrire/", {"text": "ici"})
    client.post("/aisne/essai/erreur/")
    assert not Note.objects.exists()


def test_a_streamed_body_is_refused(cast):
    client = Client()
    client.force_login(cast.insider)
    with pytest.raises(StreamedResponseError):
        client.get("/aisne/essai/flux/")


def test_a_streamed_body_would_read_without_its_tenant(cast, monkeypatch):
    """The negative control: let through, the rows that are there are not in the body."""
    client = Client()
    client.force_login(cast.insider)
    client.post("/aisne/essai/ecrire/", {"text": "ici"})
    monkeypatch.setattr("assises.tenancy.middleware.StreamedResponseError", NeverRaised)
    monkeypatch.setattr(TransactionMiddleware, "__call__", unguarded)
    assert b"ici" not in b"".join(client.get("/aisne/essai/flux/").streaming_content)


def test_a_database_that_is_gone_is_said_kindly(client):
    response = client.get("/aisne/essai/base/")
    assert response.status_code == 503
    assert response.headers["Retry-After"]


def test_a_database_that_cannot_be_reached_is_said_kindly(client, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr("assises.tenancy.middleware.scoped", refuse)
    assert client.get("/").status_code == 503


def test_the_public_is_told_to_the_database_with_the_department_of_the_address():
    assert Client().get("/aisne/essai/public/").content == b"public 02"


def test_a_view_that_declares_nothing_is_not_served():
    assert Client(raise_request_exception=False).get("/essai/non-declaree/").status_code == 500


class NeverRaised(Exception):  # noqa: N818
    pass


def unguarded(middleware, request):
    from assises.tenancy.context import NOBODY, scoped

    with scoped(NOBODY):
        response = middleware.get_response(request)
    assert connection.in_atomic_block
    return response
