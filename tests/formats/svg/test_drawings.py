"""What every drawing keeps: well-formed, escaped, classes only, named for readers of screens."""

from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corfu.formats.svg import (
    NARROW,
    WIDE,
    Bar,
    Mark,
    Node,
    Term,
    Tile,
    YearCount,
    YearTile,
    bar_chart,
    chairs_by_year,
    organisation_chart,
    process_line,
    tile_map,
    topic_bar,
    year_columns,
)

SVG = "{http://www.w3.org/2000/svg}"
Draw = Callable[[str, int], str]


def marks(name: str) -> list[Mark]:
    return [
        Mark(name, "June 2008", date(2008, 6, 1), "crisis", "#crisis"),
        Mark("Corfu", "27 June 2009", date(2009, 6, 27), "launch", "#corfu"),
        Mark("Astana", "1 December 2010", date(2010, 12, 1), "summit"),
    ]


TERMS = [Term("Finland", date(2008, 1, 1), date(2008, 12, 31)), Term("Greece", date(2009, 1, 1), date(2009, 12, 31))]
DRAWINGS: dict[str, Draw] = {
    "bars": lambda name, width: bar_chart([Bar(name, 3, "#a"), Bar("None", 0)], name, name, width),
    "columns": lambda name, width: year_columns([YearCount(2009, 5, "#a"), YearCount(2010, 0)], name, name, width),
    "line": lambda name, width: process_line(marks(name), TERMS, name, name, width),
    "strip": lambda name, width: chairs_by_year([YearTile(2009, "GR", name, "#a", "current")], name, name, width),
    "tiles": lambda name, width: tile_map([Tile("FR", name, "#a"), Tile("KOSOVO", name)], name, name, width),
    "tree": lambda name, width: organisation_chart([Node(name, name, "#a", "decides", [Node("B")])], name, name, width),
}
EVERY = pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)


@EVERY
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_names_are_escaped_and_kept_whole_in_every_drawing(draw: Draw, width: int) -> None:
    name = "A <b> & \"c\" 'd'"
    root = ET.fromstring(draw(name, width))
    assert root.tag == f"{SVG}svg"
    assert root.get("aria-label") == name
    assert root.findtext(f"{SVG}title") == name
    assert root.find(f".//{SVG}b") is None


@EVERY
@given(name=st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=40))
def test_any_name_gives_well_formed_markup(draw: Draw, name: str) -> None:
    for width in (WIDE, NARROW):
        ET.fromstring(draw(name, width))


@EVERY
def test_drawings_carry_no_colour_no_style_and_no_script(draw: Draw) -> None:
    for node in ET.fromstring(draw("Name", WIDE)).iter():
        assert not {"style", "fill", "stroke", "onclick"} & set(node.keys())
        assert node.tag.removeprefix(SVG) not in ("style", "script")


@EVERY
def test_every_link_has_a_name_and_the_drawing_is_then_a_group(draw: Draw) -> None:
    root = ET.fromstring(draw("Name", WIDE))
    links = root.findall(f".//{SVG}a")
    assert links
    assert all(link.get("href") and link.get("aria-label") for link in links)
    assert root.get("role") == "group"


@EVERY
def test_letters_and_boxes_stay_inside_a_narrow_drawing(draw: Draw) -> None:
    root = ET.fromstring(draw("A name of some length, as bodies have them", NARROW))
    for box in root.iter(f"{SVG}rect"):
        assert float(box.get("x", 0)) >= 0
        assert float(box.get("x", 0)) + float(box.get("width", 0)) <= NARROW + 0.5


def test_a_link_that_is_no_web_address_is_left_out() -> None:
    drawn = tile_map([Tile("FR", "France", "javascript:alert(1)")], "Map", "Map")
    assert "javascript" not in drawn
    assert "<a " not in drawn


def test_nothing_to_draw_is_still_a_drawing() -> None:
    for drawn in (
        bar_chart([], "T", "D"),
        year_columns([], "T", "D"),
        process_line([], [], "T", "D"),
        chairs_by_year([], "T", "D"),
        tile_map([], "T", "D"),
        organisation_chart([], "T", "D"),
    ):
        ET.fromstring(drawn)


@pytest.mark.parametrize(("count", "width"), [(0, None), (3, "25"), (12, "100")])
def test_a_topic_bar_is_as_long_as_its_share(count: int, width: str | None) -> None:
    root = ET.fromstring(topic_bar(count, 12).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '))
    fills = [box.get("width") for box in root.iter(f"{SVG}rect") if box.get("class") == "d-fill"]
    assert fills == ([width] if width else [])
    assert root.get("aria-hidden") == "true"
