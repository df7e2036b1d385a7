"""Columns: how many in each year."""

from collections.abc import Sequence
from dataclasses import dataclass

from corfu.formats.svg.letters import WIDE
from corfu.formats.svg.markup import Markup, drawing, join, link, rect, rule, text

HEIGHT = 190
_TOP, _FOOT = 22, 26


@dataclass(frozen=True)
class YearCount:
    """A year, how many, and where it leads."""

    year: int
    count: int
    href: str = ""


def year_columns(years: Sequence[YearCount], title: str, description: str, width: int = WIDE) -> str:
    """One column for each year, in the order given. Counts and years are written wherever there is room for them."""
    largest = max((year.count for year in years), default=0)
    pitch = min(width / max(len(years), 1), 64)
    every = _every(pitch)
    columns = [_column(year, largest, index, pitch, every) for index, year in enumerate(years)]
    base = rule(0, HEIGHT - _FOOT, pitch * len(years), HEIGHT - _FOOT, "d-link")
    return drawing(width, HEIGHT, title, description, *columns, base, group=any(year.href for year in years))


def _column(year: YearCount, largest: int, index: int, pitch: float, every: int) -> Markup:
    height = (HEIGHT - _TOP - _FOOT) * year.count / largest if largest > 0 else 0
    top = HEIGHT - _FOOT - height
    middle = (index + 0.5) * pitch
    gap = min(6.0, pitch / 5)
    labels = [
        text(middle, top - 6, str(year.count), "d-mid d-strong", 12) if pitch >= 19 and year.count else Markup(""),
        text(middle, HEIGHT - 8, str(year.year), "d-mid d-soft", 12) if index % every == 0 else Markup(""),
    ]
    shape = rect(index * pitch + gap / 2, top, pitch - gap, height, "d-fill") if height else Markup("")
    return link(year.href, f"{year.year}: {year.count}", join([shape, *labels]))


def _every(pitch: float) -> int:
    """Write each year, or every second, fifth or tenth, so that labels of 30 units never touch."""
    return next((step for step in (1, 2, 5) if pitch * step >= 34), 10)
