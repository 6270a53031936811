"""What operators and load balancers ask."""

import pytest
from django.db import OperationalError
from django.test import Client, override_settings

from assises import health
from assises.jobs import heartbeat


@pytest.fixture
def client():
    return Client()


def test_alive_asks_nothing_of_the_database(client):
    assert client.get("/sante/").status_code == 200


@pytest.mark.django_db
def test_ready_when_everything_answers(client, monkeypatch):
    monkeypatch.setattr(health, "broker_answers", lambda: True)
    heartbeat.beat("sweep")
    response = client.get("/sante/pret/")
    assert (response.status_code, response.json()["ready"]) == (200, True)


@pytest.mark.django_db
def test_not_ready_while_the_sweep_has_never_run(client, monkeypatch):
    monkeypatch.setattr(health, "broker_answers", lambda: True)
    response = client.get("/sante/pret/")
    assert response.status_code == 503
    assert response.json()["beat"] is False


@pytest.mark.django_db
def test_a_broker_that_is_down_is_said(client):
    heartbeat.beat("sweep")
    with override_settings(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(health.app, "connection_for_read", refuse)
        response = client.get("/sante/pret/")
    assert response.status_code == 503
    assert response.json()["broker"] is False


@pytest.mark.django_db
def test_a_database_that_is_down_is_said(client, monkeypatch):
    monkeypatch.setattr(heartbeat, "silence", refuse)
    monkeypatch.setattr(health.connection, "close", lambda: None)
    response = client.get("/sante/pret/")
    assert response.status_code == 503
    assert response.json()["database"] is False


@pytest.mark.django_db
def test_the_real_broker_answers(client):
    assert health.broker_answers() is True


@pytest.mark.django_db
def test_metrics_need_their_token(client, settings):
    settings.METRICS_TOKEN = "jeton"
    assert client.get("/metrics/").status_code == 401
    assert client.get("/metrics/", headers={"Authorization": "Bearer autre"}).status_code == 401
    page = client.get("/metrics/", headers={"Authorization": "Bearer jeton"})
    assert page.status_code == 200
    assert b"assises_jobs_due" in page.content


def refuse(*_args, **_kwargs):
    raise OperationalError("connection refused")
