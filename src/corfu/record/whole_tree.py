"""A tree with all its hashes in memory, made once from its leaves: for an audit, and for many proofs in a row."""

import hashlib
from collections.abc import Sequence

from corfu.record.refusal import Refused
from corfu.record.tiles import WIDTH, Tile
from corfu.record.tree import EMPTY_ROOT, Subtree
from corfu.record.wire import HASH_SIZE


class WholeTree:
    """The hashes of all complete subtrees. `read` is the `Reader` for the proofs in `corfu.record.tree`."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        """Hash upwards from the leaf hashes."""
        self.size = len(leaves)
        self._levels = [list(leaves)]
        sha256 = hashlib.sha256
        while len(below := self._levels[-1]) > 1:
            pairs = zip(below[::2], below[1::2], strict=False)  # an odd one out is complete only when its sibling comes
            self._levels.append([sha256(b"\x01" + left + right).digest() for left, right in pairs])

    def read(self, subtrees: Sequence[Subtree]) -> list[bytes] | Refused:
        """The hashes of complete subtrees."""
        try:
            return [self._levels[level][index] for level, index in subtrees]
        except IndexError:
            return Refused(
                "tree.range", "RFC 6962 §2.1", "this part lies outside the tree: ask for one within its size"
            )

    def root_at(self, size: int) -> bytes:
        """The root of the first `size` leaves, 0 to `self.size`."""
        if size == 0:
            return EMPTY_ROOT
        level = (size & -size).bit_length() - 1  # from the smallest complete subtree on the right edge to the left
        found, size = self._levels[level][(size >> level) - 1], size & (size - 1)
        while size:
            level = (size & -size).bit_length() - 1
            found = hashlib.sha256(b"\x01" + self._levels[level][(size >> level) - 1] + found).digest()
            size &= size - 1
        return found

    def tile(self, tile: Tile) -> bytes:
        """The bytes of a hash tile."""
        first = tile.index * WIDTH
        return b"".join(self._levels[8 * tile.level][first : first + tile.width])

    def is_tile(self, tile: Tile, data: bytes) -> bool:
        """Whether these are the bytes of a hash tile."""
        return len(data) == tile.width * HASH_SIZE and self.tile(tile) == data
