"""Who chaired when: a row for each decade, a tile for each year."""

from collections.abc import Sequence
from typing import NamedTuple

from corfu.formats.svg.letters import WIDE, line_width
from corfu.formats.svg.markup import NOTHING, Markup, drawing, join, link, rect, text

_LABEL = 46


class YearTile(NamedTuple):
    """The chair of one year. `role` is "", "previous", "current" or "next": the troika stands out."""

    year: int
    code: str
    name: str
    href: str = ""
    role: str = ""


def chairs_by_year(years: Sequence[YearTile], title: str, description: str, width: int = WIDE) -> str:
    """Tiles in ten columns, one row for each decade from the first year to the last."""
    if not years:
        return drawing(width, 1, title, description)
    first = min(year.year for year in years) // 10
    last = max(year.year for year in years) // 10
    label = _LABEL if width > 400 else 38
    pitch = (width - label) / 10
    height = min(pitch, 52)
    heads = [text(label + (i + 0.5) * pitch, 13, str(i), "d-mid d-soft", 12) for i in range(10)]
    rows = [text(0, 20 + (i + 0.62) * height, f"{first + i}0", "d-soft", 13) for i in range(last - first + 1)]
    tiles = [_tile(year, label, pitch, height, first) for year in years]
    return drawing(width, 20 + height * len(rows), title, description, *heads, *rows, *tiles, group=True)


def _tile(year: YearTile, label: float, pitch: float, height: float, first: int) -> Markup:
    x = label + year.year % 10 * pitch + 1
    y = 20 + (year.year // 10 - first) * height + 1
    box = rect(x, y, pitch - 2, height - 2, f"d-tile k-{year.role or 'past'}", 3)
    size = 15 if pitch > 40 else 12.5
    letters = "d-mid d-strong" + (" d-on" if year.role == "current" else "")
    named = line_width(year.name, 12) <= pitch - 8 and pitch > 60
    middle = y + height / 2 + size / 3 - (8 if named else 1)
    code = text(x + pitch / 2 - 1, middle, year.code, letters, size)
    below = "d-mid" + (" d-on" if year.role == "current" else " d-soft")
    name = text(x + pitch / 2 - 1, middle + 16, year.name, below, 12) if named else NOTHING
    return link(year.href, f"{year.year}: {year.name}", join([box, code, name]), current=year.role == "current")
