"""The table: one row for each thing measured, with its alternative, the ratio and the bar."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

COLUMNS: Final = ("What", "Corfu", "Beside it", "Its figure", "Ratio", "Bar", "Met")


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `met`: whether the bar is; None where there is no bar or nothing could be measured. `note` goes below
    the table."""

    what: str
    ours: str = "–"
    beside: str = "–"
    theirs: str = "–"
    ratio: str = "–"
    bar: str = "–"
    met: bool | None = None
    note: str = ""

    def cells(self) -> tuple[str, ...]:
        """The row's cells in the order of COLUMNS."""
        return self.what, self.ours, self.beside, self.theirs, self.ratio, self.bar, _MET[self.met]


_MET: Final = {True: "yes", False: "**no**", None: "–"}


def skipped(what: str, why: str) -> Row:
    """A row that could not be measured."""
    return Row(what, "skipped", note=f"{what}: skipped, {why}.")


@dataclass(frozen=True, slots=True)
class Setting:
    """How thorough a run is: how often each thing is measured, and the seconds that each alternative is given."""

    times: int = 7
    patience: float = 120.0


Measure = Callable[[Setting], Iterable[Row]]


def seconds(value: float) -> str:
    """Three figures: 0.0213 s, 12.3 s."""
    return f"{value:.3g} s" if value < 100 else f"{value:.0f} s"


def times(ours: float, theirs: float) -> str:
    """Ours in terms of theirs."""
    return f"{ours / theirs:.2g} ×" if theirs else "–"


def faster(ours: float, theirs: float) -> str:
    """How many times faster ours is, or slower."""
    if not ours or not theirs:
        return "–"
    return f"{theirs / ours:.3g} × faster" if theirs >= ours else f"{ours / theirs:.3g} × slower"


def markdown(rows: Iterable[Row]) -> Iterator[str]:
    """The table and the notes below it, as Markdown lines."""
    rows = list(rows)
    yield f"| {' | '.join(COLUMNS)} |"
    yield f"|{'---|' * len(COLUMNS)}"
    for row in rows:
        yield f"| {' | '.join(row.cells())} |"
    notes = [row.note for row in rows if row.note]
    if notes:
        yield ""
    for note in notes:
        yield f"- {note}"
