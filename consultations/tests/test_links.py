"""Short links lead to the page, are counted without tracing anybody, and print well."""

import struct
import xml.etree.ElementTree as ET
import zlib

import pytest
from django.test import Client

from assises.jobs.run import run_routine
from assises.tenancy.context import Scope, as_prefecture, scoped
from assises.testing import make_member, make_open_consultation, make_prefecture
from consultations.around import qr
from consultations.around.partners import make
from consultations.around.passings import ADDING, count, owing
from consultations.around.short import address_of, make_link, target_of
from consultations.around.visits import journey_of, visits_by_link
from consultations.models import Passing, ShortLink

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.fixture
def consultation():
    return make_open_consultation()


@pytest.fixture
def link(consultation):
    with as_prefecture("02"):
        return make_link(consultation, label="Affiche des mairies", audience="elected")


def passed():
    with as_prefecture("02"):
        return [(each.link_id, each.point, each.number) for each in Passing.objects.order_by("pk")]


def visit(path, agent=BROWSER, **headers):
    return Client().get(path, headers={"User-Agent": agent, **headers})


def path_of(link):
    return "/l/" + address_of(link).rpartition("/l/")[2]


def test_a_short_link_leads_to_its_page_with_its_audience_ticked(link):
    answer = visit(path_of(link))
    assert answer["Location"] == target_of(link)
    page = visit(answer["Location"]).content.decode()
    assert 'value="elected" checked' in " ".join(page.split())


def test_a_visit_is_counted_with_its_link_and_sets_no_cookie(link):
    answer = visit(target_of(link))
    assert passed() == [(link.pk, Passing.Point.PAGE, 1)]
    assert not answer.cookies


@pytest.mark.parametrize(
    ("agent", "headers"),
    [
        ("Googlebot/2.1 (+http://www.google.com/bot.html)", {}),
        ("curl/8.0", {}),
        (BROWSER, {"Sec-Purpose": "prefetch;prerender"}),
        (BROWSER, {"Purpose": "prefetch"}),
    ],
)
def test_robots_and_looks_ahead_are_not_counted(consultation, agent, headers):
    visit(consultation.get_absolute_url(), agent, **headers)
    assert passed() == []


def test_a_head_request_is_not_counted(consultation):
    Client().head(consultation.get_absolute_url(), headers={"User-Agent": BROWSER})
    assert passed() == []


def test_a_code_of_nobody_is_unknown_and_one_of_another_consultation_counts_for_nothing(consultation):
    other = make_open_consultation(make_prefecture("03"))
    with as_prefecture("03"):
        foreign = make_link(other, label="Ailleurs")
    assert visit("/l/02-zzzzz/").status_code == 404
    visit(f"{consultation.get_absolute_url()}?lien={foreign.code}")
    assert passed() == [(None, Passing.Point.PAGE, 1)]


def test_rows_of_one_are_added_up_once_and_nothing_is_lost(consultation, link):
    with scoped(Scope("public", "02")):
        for _ in range(3):
            count(consultation, 0, link)
        count(consultation, 0)
        count(consultation, 0)
        count(consultation, 1)
    assert [prefecture for prefecture, _, _ in owing()] == ["02"]
    run_routine(ADDING, "02")
    assert sorted(passed(), key=str) == sorted([(link.pk, 0, 3), (None, 0, 2), (None, 1, 1)], key=str)
    assert owing() == []
    run_routine(ADDING, "02")
    with scoped(Scope("public", "02")):
        count(consultation, 0, link)
    run_routine(ADDING, "02")
    assert (link.pk, 0, 4) in passed()


def test_visitors_add_and_read_nothing(consultation):
    with scoped(Scope("public", "02")):
        count(consultation, 0)
        assert not Passing.objects.exists()


def test_the_page_of_visits_says_where_people_stop(consultation, link):
    with as_prefecture("02"):
        for point, times in ((0, 5), (1, 3), (2, 2), (Passing.Point.SENT, 1)):
            for _ in range(times):
                count(consultation, point, link if point == 0 else None)
        assert [number for _, number in journey_of(consultation)] == [5, 3, 2, 1]
        assert visits_by_link(consultation) == [("Affiche des mairies", 5)]
    client = Client()
    client.force_login(make_member(make_prefecture(), "agent"))
    page = client.get(f"/aisne/prefecture/concertations/{consultation.campaign.slug}/frequentation/").content.decode()
    assert "Étape 2" in page


def test_what_was_counted_outlives_its_link(consultation, link):
    visit(target_of(link))
    client = Client()
    client.force_login(make_member(make_prefecture(), "editor"))
    client.post(f"/aisne/prefecture/concertations/{consultation.campaign.slug}/liens/{link.pk}/retirer/")
    assert passed() == [(None, 0, 1)]
    assert visit(path_of(link)).status_code == 404


def test_a_partners_link_carries_its_invitation_and_a_code_that_nobody_guesses(consultation):
    with as_prefecture("02"):
        partner = make(consultation, name="Association des maires", mail="", audience="elected")
        partner.save()
        link = make_link(consultation, label="Lettre aux maires", partner=partner)
    assert len(link.code) == 12
    assert f"invitation={partner.key}" in target_of(link)
    assert "Association des maires" in visit(target_of(link)).content.decode()


def test_the_codes_of_a_link_can_be_downloaded_by_its_editor(consultation, link):
    client = Client()
    client.force_login(make_member(make_prefecture(), "editor"))
    base = f"/aisne/prefecture/concertations/{consultation.campaign.slug}/liens/{link.pk}/qr"
    drawing = client.get(f"{base}.svg")
    assert drawing["Content-Type"] == "image/svg+xml"
    assert b"style" not in drawing.content
    ET.fromstring(drawing.content)
    assert client.get(f"{base}.png").content.startswith(b"\x89PNG")
    assert client.get(f"{base}.gif").status_code == 404


def test_the_picture_holds_the_same_modules_as_the_code():
    text = "https://assises.invalid/l/02-7kq4m/"
    picture = qr.png(text)
    width, height = struct.unpack(">II", picture[16:24])
    rows = qr.modules(text)
    assert (width, height) == (len(rows) * qr.PIXELS,) * 2
    start = picture.index(b"IDAT") + 4
    size = struct.unpack(">I", picture[start - 8 : start - 4])[0]
    lines, stride = zlib.decompress(picture[start : start + size]), 1 + (width + 7) // 8
    middle = qr.PIXELS // 2
    for y, row in enumerate(rows):
        line = lines[(y * qr.PIXELS + middle) * stride + 1 :][: stride - 1]
        read = [
            not line[(x * qr.PIXELS + middle) // 8] >> (7 - (x * qr.PIXELS + middle) % 8) & 1 for x in range(len(row))
        ]
        assert read == row


def test_the_editor_makes_a_link(consultation):
    client = Client()
    client.force_login(make_member(make_prefecture(), "editor"))
    base = f"/aisne/prefecture/concertations/{consultation.campaign.slug}/liens/"
    assert "Dites où ce lien" in client.post(base, {"label": ""}).content.decode()
    client.post(base, {"label": "Bulletin municipal", "audience": ""})
    with as_prefecture("02"):
        link = ShortLink.objects.get()
    assert address_of(link) in client.get(base).content.decode()
