"""Drawings: facts in, SVG text out.

Every function is pure and returns one `<svg>` element that carries classes only: `drawings.css` gives colours, for
light, dark and paper. Names come in already translated. Text stays text, every drawing has a title and a description,
and the page shows the table behind it. `width` is the width at which letters have their true size: ask for
`WIDE` and `NARROW` and let the page show the one that fits.
"""

from corfu.formats.svg.bars import Bar, bar_chart, topic_bar
from corfu.formats.svg.columns import YearCount, year_columns
from corfu.formats.svg.letters import NARROW, WIDE
from corfu.formats.svg.line import Mark, Term, process_line
from corfu.formats.svg.strip import YearTile, chairs_by_year
from corfu.formats.svg.tiles import Tile, tile_map
from corfu.formats.svg.tree import Node, organisation_chart

__all__ = [
    "NARROW",
    "WIDE",
    "Bar",
    "Mark",
    "Node",
    "Term",
    "Tile",
    "YearCount",
    "YearTile",
    "bar_chart",
    "chairs_by_year",
    "organisation_chart",
    "process_line",
    "tile_map",
    "topic_bar",
    "year_columns",
]
