"""In no table can a hidden cell be told from what is shown."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from syntheses.crosstabs import SMALLEST_CELL, guarded, hidden_in, table_of, table_with_sums

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
NUMBERS = st.one_of(st.integers(0, 4), st.integers(0, 30))


@st.composite
def tables(draw):
    columns = draw(st.integers(1, 5))
    rows = draw(st.lists(st.lists(NUMBERS, min_size=columns, max_size=columns), min_size=1, max_size=5))
    with_sums = [[*row, sum(row)] for row in rows]
    return [*with_sums, [sum(column) for column in zip(*with_sums, strict=True)]]


def determined(cells, hide):
    """Hidden cells whose value follows from the sums of rows and columns, as linear algebra says it."""
    unknown = sorted(hide)
    rows, columns = range(len(cells)), range(len(cells[0]))
    lines = [[(r, c) for c in columns] for r in rows] + [[(r, c) for r in rows] for c in columns]
    equations = np.array(
        [[(-1.0 if cell == line[-1] else 1.0) if cell in line else 0.0 for cell in unknown] for line in lines]
    )
    rank = np.linalg.matrix_rank(equations) if unknown else 0
    found = []
    for place, cell in enumerate(unknown):
        alone = np.zeros(len(unknown))
        alone[place] = 1.0
        if np.linalg.matrix_rank(np.vstack([equations, alone])) == rank:
            found.append(cell)
    return found


@UNHURRIED
@given(tables())
def test_no_hidden_cell_follows_from_the_sums(cells):
    hide = hidden_in(cells)
    assert determined(cells, hide) == []
    small = {(r, c) for r, row in enumerate(cells) for c, n in enumerate(row) if 0 < n < SMALLEST_CELL}
    assert small <= hide


def test_with_only_the_small_cells_hidden_one_follows():
    """The negative control: the same question finds out a table that hides too little."""
    cells = [[3, 20, 23], [10, 10, 20], [13, 30, 43]]
    assert determined(cells, {(0, 0)}) == [(0, 0)]
    # Two hidden in each of two rows, and yet the sums of both columns tell one of them.
    loose = [[1, 9, 9, 19], [2, 9, 9, 20], [9, 9, 9, 27], [12, 27, 27, 66]]
    assert determined(loose, {(0, 0), (1, 0)}) == [(0, 0), (1, 0)]


@UNHURRIED
@given(st.lists(NUMBERS, min_size=1, max_size=8))
def test_in_a_line_what_is_hidden_is_two_or_more_and_makes_five(numbers):
    pairs = [(f"public {n}", number) for n, number in enumerate(numbers)]
    found = guarded(pairs)
    hidden = [number for label, number in pairs if label in found.hidden]
    assert not any(0 < number < SMALLEST_CELL for _, number in found.shown)
    if hidden and sum(numbers) >= SMALLEST_CELL and sum(1 for number in numbers if number) > 1:
        assert len(hidden) >= 2
        assert sum(hidden) >= SMALLEST_CELL or len(hidden) == sum(1 for number in numbers if number)


@pytest.mark.parametrize("make", [table_of, table_with_sums])
def test_a_table_of_large_numbers_shows_everything(make):
    table = make("Essai", [("a", [10, 20]), ("b", [30, 40])], ["x", "y"])
    assert not table.hides
    assert [row.total for row in table.rows] == [30, 70]


def test_who_left_it_blank_is_a_row_like_the_others():
    table = table_with_sums("Essai", [("Oui", [10, 6]), ("Sans réponse", [2, 30])], ["x", "y"])
    assert table.rows[1].cells == [None, None]
    assert table.rows[0].cells == [None, None]
    assert (table.sums.cells, table.sums.total) == ([12, 36], 48)
