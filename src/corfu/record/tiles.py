"""Tiles: a log's tree and entries as files of fixed names (C2SP tlog-tiles).

A hash tile holds up to 256 hashes of 32 bytes: at level 0 of leaves, above of full tiles of the level below. An entry
bundle holds the same leaves' entries, each after its length as a big-endian uint16. Paths: `tile/<level>/<index>` and
`tile/entries/<index>`, the index in groups of three digits (`x001/x234/067`), with `.p/<width>` for a partial one.
"""

import re
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corfu.record.refusal import Refused, excerpt
from corfu.record.tree import Reader, Subtree, leaf_hash, node_hash, root_of
from corfu.record.wire import HASH_SIZE, MAX_SIZE

WIDTH: Final = 256
MAX_LEVEL: Final = 63
ENTRIES: Final = -1
"""The level of an entry bundle."""
MAX_ENTRY: Final = 65_535
"""The longest entry a bundle can hold, in bytes."""

_PATH: Final = re.compile(r"tile/(entries|[0-9]{1,2})/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([0-9]{1,3}))?")


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile by its place. `level`: 0 to 63, or ENTRIES. `width`: how many hashes or entries it holds, 1 to 256."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where it is served, below the log's prefix."""
        digits = str(self.index)
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [f"x{digits[at : at + 3]}" for at in range(0, len(digits), 3)]
        groups[-1] = digits[-3:]
        level = "entries" if self.level == ENTRIES else str(self.level)
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{level}/{'/'.join(groups)}{partial}"


Fetch = Callable[[Tile], bytes | Refused]
"""Gives a tile's bytes, or a refusal where there is none; what it gives need not be true."""


def parse_path(path: str) -> Tile | Refused:
    """Read a tile's path, which has exactly one spelling."""
    if (found := _PATH.fullmatch(path)) and len(path) <= 64:
        level, index, width = found.groups()
        digits = index.replace("x", "").replace("/", "")
        tile = Tile(ENTRIES if level == "entries" else int(level), int(digits), WIDTH if width is None else int(width))
        if (
            tile.level <= MAX_LEVEL
            and 0 < tile.width <= WIDTH
            and tile.path == path
            and tile.index <= MAX_SIZE // WIDTH
        ):
            return tile
    return _malformed(f"{excerpt(path)} is not the path of a tile: write it as in tile/0/x001/234.p/5")


def tiles_of(size: int, old: int = 0) -> Iterator[Tile]:
    """The hash tiles of a tree of `size` leaves that a tree of `old` has not, or has narrower; lower levels first."""
    for level in range(8):
        have, want = old >> 8 * level, size >> 8 * level
        first = have // WIDTH
        for index in range(first, -(-want // WIDTH)) if want > have else ():
            yield Tile(level, index, min(WIDTH, want - index * WIDTH))


def make_tile(tile: Tile, read: Reader) -> bytes | Refused:
    """The bytes of a hash tile, from the hashes of complete subtrees."""
    first = tile.index * WIDTH
    hashes = read([(8 * tile.level, index) for index in range(first, first + tile.width)])
    return hashes if isinstance(hashes, Refused) else b"".join(hashes)


def make_tiles(leaves: Sequence[bytes]) -> dict[Tile, bytes]:
    """All hash tiles of a tree, from its leaf hashes."""
    tiles: dict[Tile, bytes] = {}
    level, hashes = 0, list(leaves)
    while hashes:
        above: list[bytes] = []
        for start in range(0, len(hashes), WIDTH):
            part = hashes[start : start + WIDTH]
            tiles[Tile(level, start // WIDTH, len(part))] = b"".join(part)
            if len(part) == WIDTH:
                above.append(_levels(part)[-1][0])
        level, hashes = level + 1, above
    return tiles


def pack_entries(entries: Sequence[bytes]) -> bytes | Refused:
    """An entry bundle: each entry after its length as a big-endian uint16."""
    if len(entries) > WIDTH or any(len(entry) > MAX_ENTRY for entry in entries):
        return _malformed(f"a bundle has at most {WIDTH} entries of at most {MAX_ENTRY:,} bytes: split it")
    return b"".join(struct.pack(">H", len(entry)) + entry for entry in entries)


def unpack_entries(data: bytes, width: int) -> tuple[bytes, ...] | Refused:
    """Read an entry bundle of exactly `width` entries."""
    entries: list[bytes] = []
    at = 0
    while at + 2 <= len(data) and len(entries) <= width:
        end = at + 2 + int.from_bytes(data[at : at + 2])
        entries.append(data[at + 2 : end])
        at = end
    if at != len(data) or len(entries) != width:
        return _malformed(f"this is not a bundle of {width} entries: fetch it again")
    return tuple(entries)


class TiledTree:
    """A tree read from tiles, none of which is believed: each is checked, through the tiles above it, against the root.

    Made by `open_tree`. `read` is the `Reader` for the proofs in `corfu.record.tree`.
    """

    def __init__(self, size: int, fetch: Fetch) -> None:
        """Use `open_tree`: it checks the right edge, on which the checks of all other tiles rest."""
        self.size = size
        self._fetch = fetch
        self._tiles: dict[tuple[int, int], list[list[bytes]]] = {}

    def read(self, subtrees: Sequence[Subtree]) -> list[bytes] | Refused:
        """The hashes of complete subtrees."""
        hashes: list[bytes] = []
        for level, index in subtrees:
            if level < 0 or index < 0 or (index + 1) << level > self.size:
                return _out_of_tree()
            height = level % 8
            levels = self._tile(level // 8, (index << height) // WIDTH)
            if isinstance(levels, Refused):
                return levels
            hashes.append(levels[height][index % (WIDTH >> height)])
        return hashes

    def entries(self, index: int) -> tuple[bytes, ...] | Refused:
        """The entries of bundle `index`, each checked against its leaf hash."""
        if not 0 <= index * WIDTH < self.size:
            return _out_of_tree()
        tile = Tile(ENTRIES, index, min(WIDTH, self.size - index * WIDTH))
        levels, data = self._tile(0, index), self._fetch(tile)
        if isinstance(levels, Refused):
            return levels
        entries = data if isinstance(data, Refused) else unpack_entries(data, tile.width)
        if isinstance(entries, Refused):
            return entries
        return entries if [leaf_hash(entry) for entry in entries] == levels[0] else _false(tile)

    def _tile(self, level: int, index: int) -> list[list[bytes]] | Refused:
        """The levels of one tile, checked."""
        if found := self._tiles.get((level, index)):
            return found
        tile = Tile(level, index, min(WIDTH, (self.size >> 8 * level) - index * WIDTH))
        data = self._fetch(tile)
        if isinstance(data, Refused):
            return data
        if len(data) != tile.width * HASH_SIZE:
            return _malformed(f"{tile.path} has {len(data):,} bytes, not {tile.width * HASH_SIZE:,}: fetch it again")
        levels = _levels([data[at : at + HASH_SIZE] for at in range(0, len(data), HASH_SIZE)])
        if tile.width == WIDTH:  # a partial tile lies on the right edge, which open_tree checks as a whole
            above = self._tile(level + 1, index // WIDTH)
            if isinstance(above, Refused):
                return above
            if above[0][index % WIDTH] != levels[-1][0]:
                return _false(tile)
        self._tiles[level, index] = levels
        return levels


def open_tree(size: int, root: bytes, fetch: Fetch) -> TiledTree | Refused:
    """A tree of `size` leaves and this `root`, both from a verified checkpoint, read from the tiles that `fetch` gives.

    The right edge is read and checked at once: the root is computed from every hash of every partial tile.
    """
    tree = TiledTree(size, fetch)
    found = root_of(size, tree.read)
    if isinstance(found, Refused):
        return found
    if found == root:
        return tree
    rule = "tlog-tiles: tiles give the checkpoint's root hash"
    return Refused("tile.root", rule, "the tiles give another root than the checkpoint: keep both as evidence")


def _levels(hashes: list[bytes]) -> list[list[bytes]]:
    """The hashes of a tile, then of the complete subtrees above them: 9 levels for a full one."""
    levels = [hashes]
    while len(below := levels[-1]) > 1:
        levels.append([node_hash(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)])
    return levels


def _false(tile: Tile) -> Refused:
    rule = "tlog-tiles: each tile hashes into the tile above, each entry into its leaf"
    return Refused(
        "tile.false", rule, f"{tile.path} does not belong to this tree: it was changed, so keep it as evidence"
    )


def _malformed(detail: str) -> Refused:
    return Refused("tile.form", "tlog-tiles: paths, hash tiles and entry bundles", detail)


def _out_of_tree() -> Refused:
    return Refused("tile.range", "tlog-tiles", "this part lies outside the tree: ask for one within its size")
