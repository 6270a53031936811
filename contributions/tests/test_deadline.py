"""The deadline of a submission: to the second, by the database's clock, in every time zone, across summer time.

Python's time is never frozen. The tests put a `transaction_timestamp()` of their own before PostgreSQL's, on the path
where the database looks functions up: what decides the deadline is asked of it and of nothing else.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from assises import clock
from assises.accounts.models import Prefecture
from assises.look.templatetags.french import moment as in_french
from assises.tenancy.context import as_prefecture
from assises.testing import make_open_consultation
from contributions.models import Contribution, Draft
from contributions.tests.journey import SAID, Visitor

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
# The twelve zones that departments and collectivities keep, and three more that islands far from them live by.
HOME = ("02", "971", "972", "973", "974", "975", "976", "977", "978", "986", "987", "988")
FAR = (("984", "Indian/Kerguelen"), ("987", "Pacific/Marquesas"), ("987", "Pacific/Gambier"))
ZONES = [*((code, "") for code in HOME), *FAR]
# The last evening of winter time and the first of summer time in Paris, then the way back; others have no summer time,
# or another one (Saint-Pierre-et-Miquelon).
EVENINGS = (date(2027, 3, 27), date(2027, 3, 28), date(2027, 10, 30), date(2027, 10, 31))
SIX = time(18, 0)


def prefecture_of(code, zone=""):
    if zone:
        with as_prefecture(code):
            Prefecture.objects.filter(code=code).update(time_zone=zone)
    return Prefecture.objects.get(code=code)


def received(code):
    with as_prefecture(code):
        return Contribution.objects.count()


def test_the_tests_clock_is_the_one_that_decides(at):
    at(datetime(2031, 1, 1, tzinfo=UTC))
    assert clock.now() == datetime(2031, 1, 1, tzinfo=UTC)


def test_the_zones_are_all_there():
    zones = {prefecture.time_zone for prefecture in Prefecture.objects.all()}
    tried = {zone or prefecture_of(code).time_zone for code, zone in ZONES}
    assert zones < tried
    assert len(tried) == 15


@pytest.mark.parametrize("evening", EVENINGS, ids=str)
@pytest.mark.parametrize(("code", "zone"), ZONES)
def test_a_second_before_is_in_time_and_the_hour_itself_is_late(at, code, zone, evening):
    prefecture = prefecture_of(code, zone)
    closes_at = datetime.combine(evening, SIX, ZoneInfo(prefecture.time_zone))
    at(closes_at - timedelta(days=1))
    consultation = make_open_consultation(prefecture, closes_at=closes_at)
    visitors = [Visitor(consultation).write_all() for _ in range(3)]
    outcomes = []
    for offset, visitor in zip((-SECOND, timedelta(), SECOND), visitors, strict=True):
        at(closes_at + offset)
        outcomes.append(visitor.send())
    assert [outcome.status_code for outcome in outcomes] == [302, 409, 409]
    assert received(code) == 1
    page = outcomes[1].content.decode()
    assert in_french(closes_at, prefecture.zone) in page
    assert "à\u00a018\u00a0h (heure d" in page
    assert SAID["presence.constat"] in page


def test_opening_counts_to_the_second_too(at):
    opens_at = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
    at(opens_at)
    visitor = Visitor(make_open_consultation(opens_at=opens_at, closes_at=opens_at + timedelta(days=9))).write_all()
    at(opens_at - SECOND)
    assert visitor.send().status_code == 409
    assert visitor.client.get(visitor.step(1)).status_code == 409
    at(opens_at)
    assert visitor.send().status_code == 302


def test_what_was_written_when_it_closed_is_kept_in_the_page_and_in_the_draft(at):
    closes_at = datetime(2027, 2, 5, 17, 0, tzinfo=UTC)
    at(closes_at - SECOND)
    visitor = Visitor(make_open_consultation(closes_at=closes_at, opens_at=closes_at - timedelta(days=9))).write_all()
    at(closes_at)
    for answer in (
        visitor.client.get(visitor.step(1)),
        visitor.client.get(visitor.review),
        visitor.answer(1, {**SAID, "presence.constat": "Ajouté trop tard."}),
    ):
        assert answer.status_code == 409
        assert SAID["presence.proposition"] in answer.content.decode()
    assert "Ajouté trop tard." in answer.content.decode()
    with as_prefecture("02"):
        assert Draft.objects.count() == 1


def test_the_start_page_says_before_during_and_after_in_local_time(at):
    opens_at = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
    at(opens_at)
    consultation = make_open_consultation(
        prefecture_of("974"), opens_at=opens_at, closes_at=opens_at + timedelta(days=9)
    )
    visitor = Visitor(consultation)
    pages = []
    for moment in (opens_at - SECOND, opens_at, consultation.closes_at):
        at(moment)
        pages.append(visitor.client.get(visitor.start).content.decode())
    assert [("Commencer" in page) for page in pages] == [False, True, False]
    assert "à partir du lundi 11\u00a0janvier 2027 à\u00a012\u00a0h" in pages[0]
    assert "jusqu’au mercredi 20\u00a0janvier 2027 à\u00a012\u00a0h" in pages[1]
    assert "depuis le mercredi 20\u00a0janvier 2027 à\u00a012\u00a0h" in pages[2]
    assert all("Heure de La Réunion." in page for page in pages)


@pytest.mark.parametrize("minutes", [-5, 5])
def test_a_web_nodes_clock_that_is_wrong_decides_nothing(at, minutes):
    closes_at = datetime(2027, 2, 5, 17, 0, tzinfo=UTC)
    at(closes_at - SECOND)
    consultation = make_open_consultation(closes_at=closes_at, opens_at=closes_at - timedelta(days=9))
    in_time, late = Visitor(consultation).write_all(), Visitor(consultation).write_all()
    wrong = closes_at + timedelta(minutes=minutes)
    with mock.patch("django.utils.timezone.now", return_value=wrong), mock.patch("time.time", wrong.timestamp):
        outcomes = [in_time.send().status_code]
        at(closes_at)
        outcomes.append(late.send().status_code)
    assert outcomes == [302, 409]


def test_the_machines_own_clock_is_asked_nowhere():
    """However wrong the clock of a web node, it decides nothing."""
    asks = re.compile(r"timezone\.now|datetime\.now|utcnow|localdate|localtime|time\.time\(|\btoday\(")
    for path in Path(settings.BASE_DIR, "contributions").rglob("*.py"):
        if "tests" not in path.parts:
            assert not asks.search(path.read_text(encoding="utf-8")), path
