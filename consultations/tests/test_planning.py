"""Two dates make a calendar, counted back in working days; what gets in the way is said."""

from dataclasses import dataclass
from datetime import date

import pytest

from consultations.steering.holidays import easter, is_working_day, local_holidays, national_holidays, working_days
from consultations.steering.planning import calendar, overall_warnings, proposed_closing, shifted, warnings_on


@dataclass
class Period:
    title: str
    starts_on: date
    ends_on: date


MUNICIPAL = Period("municipales de mars 2020", date(2020, 1, 20), date(2020, 3, 22))
JANUARY_2020 = (date(2019, 12, 16), date(2020, 1, 27))


def days(steps):
    return {step.key: step.day for step in steps}


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (1999, date(1999, 4, 4)),
        (2008, date(2008, 3, 23)),
        (2011, date(2011, 4, 24)),
        (2020, date(2020, 4, 12)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter_is_computed(year, day):
    assert easter(year) == day


def test_the_eleven_holidays_of_2020():
    assert sorted(national_holidays(2020)) == [
        date(2020, 1, 1), date(2020, 4, 13), date(2020, 5, 1), date(2020, 5, 8), date(2020, 5, 21), date(2020, 6, 1),
        date(2020, 7, 14), date(2020, 8, 15), date(2020, 11, 1), date(2020, 11, 11), date(2020, 12, 25),
    ]  # fmt: skip


def test_alsace_moselle_and_overseas_have_holidays_of_their_own():
    assert [local.where for local in local_holidays(2020)[date(2020, 4, 10)]] == ["en Alsace et en Moselle"]
    assert [local.where for local in local_holidays(2020)[date(2020, 12, 20)]] == ["à La Réunion"]
    assert is_working_day(date(2020, 4, 10))


def test_a_local_holiday_warns_only_where_it_is_kept():
    good_friday = date(2020, 4, 10)
    assert warnings_on(good_friday, department="67") == ["Jour férié en Alsace et en Moselle (Vendredi saint)."]
    assert warnings_on(good_friday, department="02") == []


def test_christmas_and_new_year_are_not_counted():
    assert working_days(date(2019, 12, 23), date(2020, 1, 3)) == 8


def test_january_2020_closes_when_the_departments_did():
    """42 days were left on 16 December 2019; Aisne and Allier closed as 19 January ended."""
    opens_on, due = JANUARY_2020
    assert (due - opens_on).days == 42
    assert proposed_closing(opens_on, due) == date(2020, 1, 20)


def test_the_whole_calendar_of_january_2020():
    assert days(calendar(*JANUARY_2020)) == {
        "launch": date(2019, 11, 25),
        "untouched": date(2019, 12, 2),
        "publication": date(2019, 12, 11),
        "opening": date(2019, 12, 16),
        "reminder": date(2020, 1, 2),
        "last-reminder": date(2020, 1, 13),
        "closing": date(2020, 1, 20),
        "validation": date(2020, 1, 24),
        "transmission": date(2020, 1, 27),
    }


def test_what_is_computed_never_falls_on_a_day_of_rest():
    for month in range(1, 13):
        steps = calendar(date(2027, month, 4), date(2027, month, 4) + (date(2027, 3, 1) - date(2027, 1, 1)))
        assert [s.key for s in steps if not s.is_typed and s.warnings and "férié (" in s.warnings[0]] == []
        assert [s.key for s in steps if not s.is_typed and s.day.weekday() > 4] in ([], ["validation"])


def test_steps_stand_in_the_order_of_their_days():
    for due in (date(2027, 1, 12), date(2027, 1, 20), date(2027, 6, 30)):
        steps = calendar(date(2027, 1, 11), due)
        assert [step.day for step in steps] == sorted(step.day for step in steps)


def test_a_long_exercise_leaves_ten_working_days_to_write():
    assert working_days(proposed_closing(date(2027, 1, 4), date(2027, 6, 30)), date(2027, 6, 30)) == 11


def test_a_typed_day_of_rest_is_said():
    steps = {step.key: step for step in calendar(date(2027, 1, 1), date(2027, 2, 28), closes_on=date(2027, 2, 6))}
    assert steps["opening"].warnings == ["C’est un jour férié (jour de l’An)."]
    assert steps["closing"].warnings == ["C’est un samedi."]
    assert steps["transmission"].warnings == ["C’est un dimanche."]


def test_a_day_in_a_reserve_is_said_with_its_election():
    steps = {step.key: step for step in calendar(*JANUARY_2020, reserves=[MUNICIPAL])}
    assert steps["opening"].warnings == []
    (said,) = steps["closing"].warnings
    assert "municipales de mars 2020" in said
    assert "du 20\u00a0janvier au 22\u00a0mars 2020" in said


def test_a_launch_that_should_have_taken_place_is_said():
    steps = calendar(*JANUARY_2020)
    assert overall_warnings(steps, [], today=date(2019, 11, 25)) == []
    (said,) = overall_warnings(steps, [], today=date(2019, 12, 10))
    assert "lundi 25\u00a0novembre 2019" in said


def test_too_few_days_to_write_are_said():
    steps = calendar(*JANUARY_2020, closes_on=date(2020, 1, 26))
    (said,) = overall_warnings(steps, [], today=date(2019, 11, 1))
    assert "un" not in said.split()[:5]
    assert "0 jour ouvré" in said


def test_a_reserve_over_the_exercise_is_said_once():
    said = overall_warnings(calendar(*JANUARY_2020), [MUNICIPAL], today=date(2019, 11, 1))
    assert [text for text in said if text.startswith("Une partie de l’exercice")] == said


def test_next_years_dates_are_the_same_days_of_the_week():
    moved = shifted(JANUARY_2020, after=date(2020, 6, 1))
    assert [day.weekday() for day in moved] == [day.weekday() for day in JANUARY_2020]
    assert moved[0] == date(2020, 12, 14)


def test_an_old_exercise_is_shifted_until_it_is_to_come():
    assert shifted(JANUARY_2020, after=date(2026, 11, 21))[0] > date(2026, 11, 21)
