"""The log's Merkle tree in memory: the hashes of all complete subtrees, 64 bytes for each act.

Built at start from the stored bytes, so nothing about the tree has to be believed of the database.
"""

import hashlib
from collections.abc import Sequence
from typing import Final

from corfu.record.tree import EMPTY_ROOT, Subtree, node_hash
from corfu.record.wire import HASH_SIZE

_sha256: Final = hashlib.sha256


class Hashes:
    """A growing tree; `read` is the reader for the proofs in `corfu.record.tree`."""

    def __init__(self) -> None:
        """An empty tree."""
        self._levels = [bytearray()]
        self._roots: dict[int, bytes] = {}

    @property
    def size(self) -> int:
        """How many leaves it has."""
        return len(self._levels[0]) // HASH_SIZE

    @property
    def leaves(self) -> list[bytes]:
        """All leaf hashes."""
        found = bytes(self._levels[0])
        return [found[at : at + HASH_SIZE] for at in range(0, len(found), HASH_SIZE)]

    def append(self, leaf: bytes) -> None:
        """Add a leaf by its hash."""
        levels, index, level = self._levels, self.size, 0
        levels[0] += leaf
        while index & 1:  # each trailing set bit: a subtree that is now complete
            leaf = _sha256(b"\x01" + levels[level][-2 * HASH_SIZE :]).digest()
            level, index = level + 1, index >> 1
            if level == len(levels):
                levels.append(bytearray())
            levels[level] += leaf

    def root_at(self, size: int) -> bytes:
        """The root of the first `size` leaves, 0 ≤ size ≤ self.size. Acts that saw one head ask for one root."""
        found = self._roots.get(size)
        if found is None:
            found = self._roots[size] = self._fold(size)
            if len(self._roots) > 256:
                self._roots = {size: found}
        return found

    def _fold(self, size: int) -> bytes:
        found = b""
        for level, hashes in enumerate(self._levels):
            if size >> level & 1:  # the last complete subtree of this height, from the right edge to the left
                end = HASH_SIZE * (size >> level)
                peak = bytes(hashes[end - HASH_SIZE : end])
                found = node_hash(peak, found) if found else peak
        return found or EMPTY_ROOT

    def read(self, subtrees: Sequence[Subtree]) -> list[bytes]:
        """The hashes of complete subtrees within the tree."""
        levels = self._levels
        return [bytes(levels[level][HASH_SIZE * at : HASH_SIZE * at + HASH_SIZE]) for level, at in subtrees]

    def _edge(self, level: int, size: int) -> bytes:
        """The hash of the last leaves, which are fewer than 2^level: what complete subtrees of that height leave."""
        found = b""
        for below in range(level):
            if size >> below & 1:
                end = HASH_SIZE * (size >> below)
                peak = bytes(self._levels[below][end - HASH_SIZE : end])
                found = node_hash(peak, found) if found else peak
        return found

    def proof(self, index: int, size: int) -> tuple[bytes, ...]:
        """The proof that leaf `index` is among the first `size`, as `tree.inclusion_proof` gives it, in a tenth of the
        time: every act gets one."""
        level, proof = 0, []
        for hashes in self._levels:
            sibling = index ^ 1
            if (sibling + 1) << level <= size:
                proof.append(bytes(hashes[HASH_SIZE * sibling : HASH_SIZE * sibling + HASH_SIZE]))
            elif sibling << level < size:  # the right edge: what is left of it, which is no complete subtree
                proof.append(self._edge(level, size))
            index, level = index >> 1, level + 1
        if index == 0 and size > 1 << level:
            proof.append(self._edge(level, size))
        return tuple(proof)
