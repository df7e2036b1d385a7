"""Tiles: paths, Tessera's and Sunlight's tiles, and that no changed byte of a tile is believed."""

import base64
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corfu.record import checkpoint, tiles, tree
from corfu.record.refusal import Refused
from corfu.record.tiles import ENTRIES, Fetch, Tile
from tests.record.vectors import got, read

SIZE = 70_000
HASHES = [tree.leaf_hash(b"%d" % number) for number in range(SIZE)]
TILES = tiles.make_tiles(HASHES)
ROOT = tree.root(HASHES)


def fetching(stored: Mapping[Tile, bytes]) -> Fetch:
    """Gives stored tiles, refuses others."""
    return lambda tile: stored.get(tile) or Refused("tile.lost", "a test", f"{tile.path} is not here")


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 999), "tile/0/999"),
        (Tile(0, 1000), "tile/0/x001/000"),
        (Tile(1, 1234067), "tile/1/x001/x234/067"),
        (Tile(ENTRIES, 1234067, 8), "tile/entries/x001/x234/067.p/8"),
        (Tile(63, 5, 255), "tile/63/005.p/255"),
        (Tile(0, (2**63 - 1) // 256), "tile/0/x036/x028/x797/x018/x963/967"),
    ],
)
def test_paths(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert tiles.parse_path(path) == tile


@pytest.mark.parametrize(
    "path",
    """tile/0/0 tile/0/00 tile/0/0000 tile/0/1000 tile/00/000 tile/01/000 tile/64/000 tile/-1/000 tile/0/x000/001
    tile/0/001/000 tile/0/x001/x000 tile/0/000.p/0 tile/0/000.p/256 tile/0/000.p/01 tile/0/000.p tile/0/000.p/
    tile/0/x036/x028/x797/x018/x963/968 tile/0/../000 /tile/0/000 tile/0/000/ tile/entry/000 tile/data/000
    tile/0/٠٠١ tile/0/000.p/٣""".split(),
)
def test_another_spelling_of_a_path_is_refused(path: str) -> None:
    assert isinstance(tiles.parse_path(path), Refused)
    assert isinstance(tiles.parse_path(path + "\n"), Refused)


@given(st.integers(-1, 63), st.integers(0, 2**55 - 1), st.integers(1, 256))
def test_every_tile_has_a_path(level: int, index: int, width: int) -> None:
    assert tiles.parse_path(Tile(level, index, width).path) == Tile(level, index, width)


@given(st.text() | st.from_regex(r"tile/[0-9a-z]{1,3}/(x[0-9]{3}/){0,8}[0-9]{3}(\.p/[0-9]{1,3})?"))
def test_any_text_is_a_path_or_refused(text: str) -> None:
    tile = tiles.parse_path(text)
    assert isinstance(tile, Refused) or tile.path == text


def test_the_tiles_of_70_000_leaves() -> None:
    """The example of tlog-tiles."""
    assert set(tiles.tiles_of(SIZE)) == set(TILES)
    assert len(TILES) == 273 + 1 + 1 + 1 + 1
    for tile in (Tile(0, 273, 112), Tile(1, 0), Tile(1, 1, 17), Tile(2, 0, 1)):
        assert len(TILES[tile]) == 32 * tile.width
    assert set(tiles.tiles_of(256)) == {Tile(0, 0), Tile(1, 0, 1)}
    assert not list(tiles.tiles_of(0))


@given(st.integers(0, 70_000), st.integers(0, 70_000))
def test_the_new_tiles_of_a_grown_tree(one: int, other: int) -> None:
    old, new = sorted((one, other))
    assert set(tiles.tiles_of(new, old)) == set(tiles.tiles_of(new)) - set(tiles.tiles_of(old))


def test_proofs_from_tiles() -> None:
    opened = got(tiles.open_tree(SIZE, ROOT, fetching(TILES)))
    for index in (0, 1, 255, 256, 65_535, 65_536, 69_887, 69_888, SIZE - 1):
        proof = got(tree.inclusion_proof(index, SIZE, opened.read))
        assert tree.check_inclusion(HASHES[index], index, SIZE, proof, ROOT) is None
    for old in (1, 2, 255, 256, 257, 65_536, 69_999, SIZE):
        proof, old_root = got(tree.consistency_proof(old, SIZE, opened.read)), got(tree.root_of(old, opened.read))
        assert old_root == tree.root(HASHES[:old])
        assert tree.check_consistency(old, SIZE, proof, old_root, ROOT) is None
    assert all(tiles.make_tile(tile, opened.read) == data for tile, data in list(TILES.items())[-6:])


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 512, 1000, 65_536, 65_537])
def test_trees_of_awkward_sizes(size: int) -> None:
    stored, root = tiles.make_tiles(HASHES[:size]), tree.root(HASHES[:size])
    opened = got(tiles.open_tree(size, root, fetching(stored)))
    for index in {0, size // 2, size - 1}:
        proof = got(tree.inclusion_proof(index, size, opened.read))
        assert tree.check_inclusion(HASHES[index], index, size, proof, root) is None


def test_an_empty_tree_has_no_tiles() -> None:
    opened = got(tiles.open_tree(0, tree.EMPTY_ROOT, fetching({})))
    assert isinstance(opened.entries(0), Refused)
    assert isinstance(tiles.open_tree(0, ROOT, fetching({})), Refused)


def test_every_changed_byte_of_a_tile_is_noticed() -> None:
    size = 1000
    stored, root = tiles.make_tiles(HASHES[:size]), tree.root(HASHES[:size])
    for tile, data in stored.items():
        for at in range(0, len(data), 7):
            changed = stored | {tile: data[:at] + bytes((data[at] ^ 1 << at % 8,)) + data[at + 1 :]}
            opened = tiles.open_tree(size, root, fetching(changed))
            if not isinstance(opened, Refused):
                index = tile.index * 256 if tile.level == 0 else 0
                opened = tree.inclusion_proof(index, size, opened.read)  # type: ignore[assignment]
            assert isinstance(opened, Refused), (tile, at)


def test_tiles_that_are_missing_or_cut_are_refused() -> None:
    assert isinstance(tiles.open_tree(SIZE, ROOT, fetching({})), Refused)
    cut = TILES | {Tile(0, 0): TILES[Tile(0, 0)][:-1]}
    opened = got(tiles.open_tree(SIZE, ROOT, fetching(cut)))
    assert isinstance(opened.read([(0, 0)]), Refused)
    del cut[Tile(0, 0)]
    assert isinstance(opened.read([(0, 0)]), Refused)


@pytest.mark.parametrize("subtree", [(0, SIZE), (0, -1), (-1, 0), (17, 0), (60, 0), (200, 1)])
def test_what_lies_outside_the_tree_is_refused(subtree: tuple[int, int]) -> None:
    opened = got(tiles.open_tree(SIZE, ROOT, fetching(TILES)))
    assert isinstance(opened.read([subtree]), Refused)


def test_entries_are_checked_against_their_leaves() -> None:
    entries = [b"%d" % number for number in range(300)]
    bundles = {
        Tile(ENTRIES, 0): got(tiles.pack_entries(entries[:256])),
        Tile(ENTRIES, 1, 44): got(tiles.pack_entries(entries[256:])),
    }
    stored = tiles.make_tiles(HASHES[:300]) | bundles
    opened = got(tiles.open_tree(300, tree.root(HASHES[:300]), fetching(stored)))
    assert [*got(opened.entries(0)), *got(opened.entries(1))] == entries
    assert isinstance(opened.entries(2), Refused)
    assert isinstance(opened.entries(-1), Refused)
    for tile, data in bundles.items():
        for at in range(len(data)):
            stored[tile] = data[:at] + bytes((data[at] ^ 1,)) + data[at + 1 :]
            assert isinstance(opened.entries(tile.index), Refused)


def test_bundles_keep_any_entries() -> None:
    entries = (b"", b"a", b"\0" * 65_535)
    assert tiles.unpack_entries(got(tiles.pack_entries(entries)), 3) == entries
    assert isinstance(tiles.unpack_entries(got(tiles.pack_entries(entries)), 2), Refused)
    assert isinstance(tiles.unpack_entries(got(tiles.pack_entries(entries)), 4), Refused)
    assert isinstance(tiles.pack_entries([b"\0" * 65_536]), Refused)
    assert isinstance(tiles.pack_entries([b""] * 257), Refused)


@given(st.binary(), st.integers(0, 300))
def test_any_bytes_are_a_bundle_or_refused(data: bytes, width: int) -> None:
    entries = tiles.unpack_entries(data, width)
    assert isinstance(entries, Refused) or tiles.pack_entries(entries) == data


def test_tessera_log(shared: Path) -> None:
    log = read(shared, "tessera_15_leaf_log.json")
    files = log["files (checkpoint*: text, others: base64)"]
    leaves = [leaf.encode() for leaf in log["leaves"]]

    def fetch(tile: Tile) -> bytes | Refused:
        return base64.b64decode(files[tile.path])

    roots = []
    for size in range(16):
        head = got(checkpoint.parse(files[f"checkpoint.{size}"].encode().split(b"\n\n")[0] + b"\n"))
        opened = got(tiles.open_tree(size, head.root, fetch))
        assert size == 0 or got(opened.entries(0)) == tuple(leaves[:size])
        assert size == 0 or got(tiles.pack_entries(leaves[:size])) == fetch(Tile(ENTRIES, 0, size))
        roots.append(head.root)
        for old in range(size + 1):
            proof = got(tree.consistency_proof(old, size, opened.read))
            assert tree.check_consistency(old, size, proof, roots[old], head.root) is None


def test_sunlight_tiles_give_the_mirrored_root(shared: Path) -> None:
    files = read(shared, "sunlight_mirror_and_cosignatures.json")["files (tile/**: base64, others: text)"]
    folder = next(name for name in files if "mirror" in name and name.endswith("/checkpoint")).removesuffix(
        "checkpoint"
    )
    head = got(checkpoint.parse(files[folder + "checkpoint"].encode().split(b"\n\n")[0] + b"\n"))
    opened = got(tiles.open_tree(head.size, head.root, lambda tile: base64.b64decode(files[folder + tile.path])))
    leaf = got(opened.read([(0, 299)]))[0]
    proof = got(tree.inclusion_proof(299, 300, opened.read))
    assert tree.check_inclusion(leaf, 299, 300, proof, head.root) is None
    assert got(tree.inclusion_proof(7, 300, opened.read))
