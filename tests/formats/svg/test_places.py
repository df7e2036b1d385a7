"""The tile map has one place for each State and partner, and no two on the same spot."""

import csv
from pathlib import Path

import pytest

import corfu
from corfu.formats.svg import NARROW, WIDE, Tile, tile_map
from corfu.formats.svg.places import COLUMNS, PLACES, ROWS, place

STATES = Path(corfu.__file__).parent / "profiles" / "osce" / "states.csv"


def test_no_two_codes_stand_on_one_spot() -> None:
    for narrow in (False, True):
        spots = [place(code, narrow=narrow) for code in PLACES]
        assert len(set(spots)) == len(PLACES)


@pytest.mark.skipif(not STATES.exists(), reason="the profile osce is not there")
def test_every_participating_state_of_the_profile_has_its_place() -> None:
    with STATES.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    codes = {row.get("code") or row["iso2"] for row in rows}
    assert len(codes) == 57
    assert codes <= set(PLACES)


def test_a_code_without_a_place_is_left_out() -> None:
    assert place("XX", narrow=False) is None
    assert 'aria-label="Nowhere"' not in tile_map([Tile("XX", "Nowhere", "#x")], "Map", "Map")


def test_tiles_are_large_enough_for_a_finger_on_a_phone() -> None:
    assert NARROW / (COLUMNS - 2) >= 24
    assert WIDE / COLUMNS >= 24
    assert max(row for _, row in PLACES.values()) == ROWS - 1
