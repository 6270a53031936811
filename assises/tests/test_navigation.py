"""The staff bar says where one is and offers only what may be opened."""

import pytest
from django.test import Client

from assises.navigation import section_of
from assises.testing import make_member, make_prefecture

URLS = ["/aisne/prefecture/", "/aisne/prefecture/equipe/", "/aisne/prefecture/concertations/"]


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("/aisne/prefecture/", URLS[0]),
        ("/aisne/prefecture/equipe/inviter/", URLS[1]),
        ("/aisne/prefecture/concertations/assises-2027/publier/", URLS[2]),
        ("/compte/", ""),
    ],
)
def test_a_page_stands_under_the_entry_whose_address_its_own_begins_with(path, section):
    assert section_of(path, URLS) == section


@pytest.mark.django_db
def test_the_current_section_is_said():
    client = Client()
    client.force_login(make_member(make_prefecture("02"), "agent"))
    page = client.get("/aisne/prefecture/concertations/").content.decode()
    assert 'aria-current="' in page
