"""Where each State and partner stands on the tile map: (column, row), north at the top, one tile for each.

The tiles keep neighbours near each other; they say nothing about size, and nothing about borders. Sixteen columns;
on a phone the two empty ones in the Atlantic are taken out. `KOSOVO` is a place where a mission works, not a State.
"""

from typing import Final

KOSOVO: Final = "KOSOVO"

_ROWS: Final = (
    "CA .. .. IS .. .. NO SE FI .. .. .. .. .. .. ..",
    "US .. .. .. .. .. DK .. .. EE .. .. .. .. .. ..",
    ".. .. IE GB .. NL DE PL LT LV RU .. .. .. .. ..",
    ".. .. .. .. BE LU CZ SK BY UA .. .. .. KZ MN JP",
    ".. .. .. .. FR CH LI AT HU RO MD .. .. UZ KG KR",
    ".. .. PT ES AD MC IT SI HR RS BG .. GE TM TJ ..",
    ".. .. .. .. .. VA SM .. BA ME MK .. AM AZ AF ..",
    ".. .. .. MA DZ TN .. .. AL -- GR TR .. .. .. TH",
    ".. .. .. .. .. .. MT .. .. .. .. CY IL JO .. AU",
    ".. .. .. .. .. .. .. .. .. .. .. EG .. .. .. ..",
)

PLACES: Final[dict[str, tuple[int, int]]] = {
    (KOSOVO if code == "--" else code): (column, row)
    for row, line in enumerate(_ROWS)
    for column, code in enumerate(line.split())
    if code != ".."
}

COLUMNS: Final = 16
ROWS: Final = len(_ROWS)
_ATLANTIC: Final = 2


def place(code: str, *, narrow: bool) -> tuple[int, int] | None:
    """Column and row of a code, or None if the map has none for it. On a phone North America moves towards Iceland."""
    if (found := PLACES.get(code)) is None or not narrow:
        return found
    column, row = found
    return max(column - _ATLANTIC, 0), row
