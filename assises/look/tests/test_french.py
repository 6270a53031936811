from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from assises.look.templatetags.french import (
    clock,
    count,
    day,
    file_size,
    local_day,
    moment,
    pluralize,
    short_day,
    typo,
    zone_name,
)

CLOSING = datetime(2027, 2, 5, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (0, "0"),
        (999, "999"),
        (84217, "84\u202f217"),
        (1234567, "1\u202f234\u202f567"),
        (-1284, "−1\u202f284"),
        (12.5, "12,5"),
        (Decimal("1284.5"), "1\u202f284,5"),
        (None, "–"),
    ],
)
def test_numbers_are_grouped_by_three_and_have_a_comma(number, printed):
    assert count(number) == printed


@pytest.mark.parametrize(
    ("zone", "printed"),
    [
        ("Europe/Paris", "vendredi 5\u00a0février 2027 à\u00a018\u00a0h (heure de Paris)"),
        ("Indian/Reunion", "vendredi 5\u00a0février 2027 à\u00a021\u00a0h (heure de La Réunion)"),
        ("Pacific/Tahiti", "vendredi 5\u00a0février 2027 à\u00a07\u00a0h (heure de Tahiti)"),
        ("Pacific/Noumea", "samedi 6\u00a0février 2027 à\u00a04\u00a0h (heure de Nouvelle-Calédonie)"),
        ("Pacific/Marquesas", "vendredi 5\u00a0février 2027 à\u00a07\u00a0h\u00a030 (heure des Marquises)"),
    ],
)
def test_a_moment_is_said_in_full_with_its_zone(zone, printed):
    assert moment(CLOSING, zone) == printed


def test_summer_time_is_followed():
    assert clock(datetime(2027, 7, 5, 17, 5, tzinfo=UTC), "Europe/Paris") == "19\u00a0h\u00a005"


def test_midnight_belongs_to_the_day_that_begins():
    midnight = datetime(2027, 2, 5, 23, 0, tzinfo=UTC)
    assert moment(midnight) == "samedi 6\u00a0février 2027 à\u00a00\u00a0h (heure de Paris)"


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        moment(datetime(2027, 2, 5, 17, 0))  # noqa: DTZ001


def test_nothing_is_printed_for_a_missing_date():
    assert moment(None) == day(None) == short_day(None) == clock(None) == local_day(None) == ""


def test_the_first_of_a_month_is_ordinal():
    assert day(date(2027, 3, 1)) == "lundi 1er\u00a0mars 2027"
    assert short_day(date(2027, 3, 2)) == "2\u00a0mars"


def test_the_date_is_the_one_on_the_wall_there():
    late = datetime(2027, 2, 5, 23, 30, tzinfo=UTC)
    assert local_day(late, "Pacific/Tahiti") == "vendredi 5\u00a0février 2027"
    assert local_day(late) == "samedi 6\u00a0février 2027"


def test_an_unknown_zone_is_named_by_its_city():
    assert zone_name("America/New_York") == "heure de New York"
    assert zone_name("") == zone_name(None) == "heure de Paris"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("l'accueil", "l’accueil"),
        ("Que faire ?", "Que faire\u202f?"),
        ("Que faire?", "Que faire\u202f?"),
        ("Vraiment ?!", "Vraiment\u202f?!"),
        ("98 %", "98\u202f%"),
        ("Horaires : de 9 h", "Horaires\u00a0: de 9\u00a0h"),
        ("Horaires: de 9 h", "Horaires\u00a0: de 9\u00a0h"),
        ("de 8 h 45 à 16 h 30", "de 8\u00a0h\u00a045 à 16\u00a0h\u00a030"),
        ("3 hommes", "3 hommes"),
        ("à 18:30", "à 18:30"),
        ('dit "non" ; puis part', "dit «\u00a0non\u00a0»\u202f; puis part"),
        ("« oui »", "«\u00a0oui\u00a0»"),
        ("1 284 contributions", "1\u202f284 contributions"),
        ("en 2027 350 réponses", "en 2027 350 réponses"),
        ("", ""),
    ],
)
def test_spaces_and_quotes_are_those_of_a_printer(typed, printed):
    assert typo(typed) == printed


def test_setting_type_twice_changes_nothing():
    once = typo('Il a dit "non" : 98 % d\'accord ?')
    assert typo(once) == once


@pytest.mark.parametrize(
    ("octets", "printed"),
    [(0, "1\u00a0ko"), (95_148, "95\u00a0ko"), (1_449_000, "1,4\u00a0Mo"), (20_000_000, "20,0\u00a0Mo")],
)
def test_a_file_is_weighed_in_words(octets, printed):
    assert file_size(octets) == printed


@pytest.mark.parametrize(("number", "words"), [(0, "0 envoi"), (1, "1 envoi"), (2, "2 envois"), ([1, 2], "2 envois")])
def test_nought_is_singular(number, words):
    shown = len(number) if isinstance(number, list) else number
    assert f"{shown} envoi{pluralize(number)}" == words


def test_two_endings_are_told_apart():
    assert [pluralize(number, "al,aux") for number in (0, 1, 3)] == ["al", "al", "aux"]
