"""What every answer carries."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/compte/connexion/", "/rien-de-tel/", "/aisne/"])
def test_every_answer_carries_its_headers(path):
    headers = Client().get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in headers["Permissions-Policy"]


def test_staff_pages_are_not_kept_by_the_browser():
    from assises.testing import make_member, make_prefecture

    client = Client()
    client.force_login(make_member(make_prefecture("02"), "agent"))
    assert "no-store" in client.get("/aisne/prefecture/").headers["Cache-Control"]


def test_an_address_that_is_not_ours_is_refused(settings):
    settings.ALLOWED_HOSTS = ["concertations.exemple.invalid"]
    assert Client().get("/", headers={"host": "pirate.invalid"}).status_code == 400
