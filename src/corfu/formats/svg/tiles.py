"""The tile map: every participant one tile, each a link that the keyboard reaches."""

from collections.abc import Sequence
from typing import NamedTuple

from corfu.formats.svg.letters import WIDE
from corfu.formats.svg.markup import Markup, circle, drawing, join, link, rect, text
from corfu.formats.svg.places import COLUMNS, KOSOVO, ROWS, place


class Tile(NamedTuple):
    """A participant on the map.

    `kind`: "state", "partner", "pale" (there, but not what this map is about), "strong" (what it is about) or "chair".
    `label` stands in the tile instead of the code; `note` follows the name in the accessible name.
    """

    code: str
    name: str
    href: str = ""
    kind: str = "state"
    label: str = ""
    note: str = ""


class _Grid(NamedTuple):
    pitch: float
    letters: float
    narrow: bool


def tile_map(tiles: Sequence[Tile], title: str, description: str, width: int = WIDE) -> str:
    """Draw the tiles that have a place, west to east in rows from the north. A narrow map has two columns less."""
    narrow = width < 560
    pitch = width / (COLUMNS - 2 if narrow else COLUMNS)
    grid = _Grid(pitch, 10.5 if narrow else 14, narrow)
    placed = [(spot, tile) for tile in tiles if (spot := place(tile.code, narrow=narrow))]
    placed.sort(key=lambda pair: (pair[0][1], pair[0][0]))
    rows = max((spot[1] for spot, _ in placed), default=ROWS - 1) + 1
    body = [_tile(tile, spot, grid) for spot, tile in placed]
    return drawing(width, rows * pitch, title, description, *body, group=True)


def _tile(tile: Tile, spot: tuple[int, int], grid: _Grid) -> Markup:
    pitch = grid.pitch
    x, y = spot[0] * pitch, spot[1] * pitch
    letters = "d-mid d-strong" + (" d-on" if tile.kind in ("strong", "chair") else "")
    classes = f"d-tile k-{tile.kind}"
    if tile.code == KOSOVO:
        shape = circle(x + pitch / 2, y + pitch / 2, pitch / 2 - 1, classes)
    else:
        shape = rect(x + 1, y + 1, pitch - 2, pitch - 2, classes, 3)
    shown = tile.label or ("" if tile.code == KOSOVO else tile.code)
    code = text(x + pitch / 2, y + pitch / 2 + grid.letters * 0.36, shown, letters, grid.letters)
    name = f"{tile.name}, {tile.note}" if tile.note else tile.name
    return link(tile.href, name, join([shape, code]))
