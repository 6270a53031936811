"""Tables in which nobody can be recognised: a cell under five is not shown, nor what would reveal it by subtraction.

A table stands with its sums, which are cells like the others. A hidden cell could be told from the sums of its row or
column if it were the only one hidden there, or, less plainly, if no loop of hidden cells went through it: then the sums
of several lines together determine it. Each is mended by hiding the smallest cell beside it, until none is left.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

SMALLEST_CELL = 5
Cell = tuple[int, int]
Cells = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Row:
    label: str
    cells: list[int | None]  # nothing where it is hidden
    total: int | None


@dataclass(frozen=True)
class Table:
    title: str
    columns: list[str]
    rows: list[Row]
    sums: Row | None = None  # where columns add up
    note: str = ""

    @property
    def hides(self) -> bool:
        lines = [*self.rows, self.sums] if self.sums else self.rows
        return any(cell is None for line in lines for cell in [*line.cells, line.total])


@dataclass(frozen=True)
class Guarded:
    """One line of counts whose sum is known: what may be shown, and the names of what may not."""

    shown: list[tuple[str, int]] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)


def guarded(pairs: Sequence[tuple[str, int]]) -> Guarded:
    """For a page that also shows the sum."""
    numbers = [number for _, number in pairs]
    hide = hidden_in([[*numbers, sum(numbers)]], columns_add_up=False)
    return Guarded(
        shown=[pair for place, pair in enumerate(pairs) if (0, place) not in hide],
        hidden=[label for place, (label, _) in enumerate(pairs) if (0, place) in hide],
    )


def table_of(title: str, lines: Sequence[tuple[str, Sequence[int]]], columns: Sequence[str], **facts: str) -> Table:
    """Each contribution is in one column and in several rows: a theme is spoken of beside another."""
    cells = [[*numbers, sum(numbers)] for _, numbers in lines]
    hide = hidden_in(cells, columns_add_up=False)
    return Table(title, list(columns), [row_of(n, label, cells, hide) for n, (label, _) in enumerate(lines)], **facts)


def table_with_sums(title: str, lines: Sequence[tuple[str, Sequence[int]]], columns: Sequence[str]) -> Table:
    """Each contribution is in one row and one column."""
    cells = [[*numbers, sum(numbers)] for _, numbers in lines]
    cells.append([sum(column) for column in zip(*cells, strict=True)] if cells else [])
    hide = hidden_in(cells)
    rows = [row_of(n, label, cells, hide) for n, (label, _) in enumerate(lines)]
    return Table(title, list(columns), rows, row_of(len(lines), "Interrogés", cells, hide))


def row_of(number: int, label: str, cells: Cells, hide: set[Cell]) -> Row:
    seen = [None if (number, place) in hide else value for place, value in enumerate(cells[number])]
    return Row(label, seen[:-1], seen[-1])


def hidden_in(cells: Cells, *, columns_add_up: bool = True) -> set[Cell]:
    """The last cell of each row is its sum; so is the last row, where columns add up."""
    hide = {(r, c) for r, row in enumerate(cells) for c, number in enumerate(row) if 0 < number < SMALLEST_CELL}
    lines = lines_of(cells, columns_add_up=columns_add_up)
    while True:
        more = next((cell for line in lines if (cell := told_by(line, cells, hide))), None)
        if more is None and columns_add_up:
            more = told_by_several(cells, hide)
        if more is None:
            return hide
        hide.add(more)


def lines_of(cells: Cells, *, columns_add_up: bool) -> list[list[Cell]]:
    rows = [[(r, c) for c in range(len(row))] for r, row in enumerate(cells)]
    columns = [[(r, c) for r in range(len(cells))] for c in range(len(cells[0]) if cells else 0)]
    return [*rows, *columns] if columns_add_up else rows


def told_by(line: list[Cell], cells: Cells, hide: set[Cell]) -> Cell | None:
    """What has to be hidden as well in this line: one hidden cell alone, or several that make less than five."""
    *inner, total = line
    hidden = [cell for cell in line if cell in hide]
    if not hidden:
        return None
    is_known = total not in hide
    is_small = is_known and sum(cells[r][c] for r, c in inner if (r, c) in hide) < SMALLEST_CELL
    return smallest(line, cells, hide) if len(hidden) == 1 or is_small else None


def told_by_several(cells: Cells, hide: set[Cell]) -> Cell | None:
    """A hidden cell through which no loop of hidden cells goes is determined by the sums of rows and columns."""
    for cell in sorted(hide):
        if not has_loop(cell, hide):
            beside = [(cell[0], c) for c in range(len(cells[0]))] + [(r, cell[1]) for r in range(len(cells))]
            if (more := smallest(beside, cells, hide)) is not None:
                return more
    return None


def has_loop(cell: Cell, hide: set[Cell]) -> bool:
    """Whether its row and column are still joined by other hidden cells."""
    rows, columns, waiting = {cell[0]}, set[int](), [cell[0]]
    while waiting:
        row = waiting.pop()
        for _, column in [other for other in hide if other[0] == row and other != cell and other[1] not in columns]:
            columns.add(column)
            new = {r for r, c in hide if c == column and (r, c) != cell} - rows
            rows |= new
            waiting += new
    return cell[1] in columns


def smallest(line: list[Cell], cells: Cells, hide: set[Cell]) -> Cell | None:
    """The least is lost by hiding the smallest; a sum is hidden last."""
    found = [cell for cell in line if cell not in hide and cells[cell[0]][cell[1]] > 0]
    return min(found, key=lambda cell: (cell == line[-1], cells[cell[0]][cell[1]], cell), default=None)
