"""The table and its verdict."""

import pytest

from bench.report import Goal, all_hold, number, percentile, ratios, spread, table


@pytest.mark.parametrize(
    ("value", "at_most", "verdict"),
    [(0.6, False, "oui, visé"), (0.4, False, "oui"), (0.1, False, "NON"), (6, True, "NON"), (0.2, True, "oui, visé")],
)
def test_a_value_is_judged_by_its_limits(value, at_most, verdict):
    assert Goal("", value, 0.33, 0.33 if at_most else 0.5, at_most=at_most).verdict == verdict


def test_only_what_must_hold_decides():
    assert all_hold([Goal("", 1, must=1, aim=2), Goal("", 0, aim=1), Goal("", 0)])
    assert not all_hold([Goal("", 1, must=1), Goal("", 2, must=1, at_most=True)])


def test_the_table_names_what_does_not_hold():
    lines = table(
        [Goal("pages", 0.123, 0.4, 0.5, note="12 contre 100"), Goal("p95", 48.5, aim=50, unit="ms", at_most=True)]
    )
    assert "pages" in lines.splitlines()[2]
    assert "NON" in lines.splitlines()[2]
    assert "≤ 50 ms" in lines.splitlines()[3]


def test_numbers_are_written_as_people_write_them():
    assert (number(0.125, ""), number(48.25, "ms"), number(7, "")) == ("0,12", "48,2 ms", "7")


def test_the_percentile_is_a_value_that_was_measured():
    assert percentile(range(1, 101), 0.95) == 95
    assert percentile([3.0], 0.95) == 3.0
    assert percentile([], 0.95) == 0.0


def test_rounds_are_compared_with_themselves():
    assert ratios([1, 4], [2, 4]) == [0.5, 1.0]
    assert spread([3, 1, 2]) == "2 (1–3)"
