"""Merkle trees as RFC 6962 §2.1 has them: hashes, a growing tree's frontier, proofs made and verified.

A leaf's hash is SHA-256(0x00 || entry), a node's SHA-256(0x01 || left || right), the empty tree's SHA-256(). The tree
over n > 1 leaves has the largest power of two below n on its left. Hashes have 32 bytes.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from corfu.record.refusal import Refused
from corfu.record.wire import HASH_SIZE, MAX_SIZE

EMPTY_ROOT: Final = hashlib.sha256().digest()

_sha256: Final = hashlib.sha256


Subtree = tuple[int, int]
"""A complete subtree, as (level, index): the 2^level leaves from index · 2^level on."""

Span = tuple[int, int]
"""The leaves from the first number up to, not including, the second; the left edge as RFC 6962 cuts trees."""

Reader = Callable[[Sequence[Subtree]], Sequence[bytes] | Refused]
"""Gives the hashes of complete subtrees, in the order asked for: from stored level hashes or from tiles."""


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(0x00 || entry)."""
    return _sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right)."""
    return _sha256(b"\x01" + left + right).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


class Frontier:
    """The right edge of a growing tree: the hashes of its complete subtrees, largest first, one per set bit of size.

    All that a writer needs to append and to know the root.
    """

    __slots__ = ("_peaks", "_size")

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        """An empty tree; or one of `size` leaves, with as many peaks as `size` has set bits."""
        self._size = size
        self._peaks = list(peaks)

    @property
    def size(self) -> int:
        """How many leaves the tree has."""
        return self._size

    @property
    def peaks(self) -> tuple[bytes, ...]:
        """The hashes of the complete subtrees, largest first."""
        return tuple(self._peaks)

    def append(self, leaf: bytes) -> None:
        """Add a leaf by its hash; O(1) on average."""
        size = self._size
        while size & 1:  # each trailing set bit is a subtree that now finds its sibling
            leaf = _sha256(b"\x01" + self._peaks.pop() + leaf).digest()
            size >>= 1
        self._peaks.append(leaf)
        self._size += 1

    def root(self) -> bytes:
        """The root of the tree so far."""
        return _fold(self._peaks) if self._peaks else EMPTY_ROOT

    def __bytes__(self) -> bytes:
        """Size as a big-endian uint64, then the peaks, largest first: at most 8 + 63 · 32 bytes."""
        return self._size.to_bytes(8) + b"".join(self._peaks)


def parse_frontier(data: bytes) -> Frontier | Refused:
    """Read what `bytes(frontier)` gave."""
    size = int.from_bytes(data[:8])
    if size > MAX_SIZE or len(data) != 8 + size.bit_count() * HASH_SIZE:
        rule = "corfu: a frontier is its size in 8 bytes and 32 bytes for each set bit of it"
        return Refused("tree.frontier", rule, "these bytes are not a frontier: build it anew from the entries")
    return Frontier(size, (data[at : at + HASH_SIZE] for at in range(8, len(data), HASH_SIZE)))


def inclusion_spans(index: int, size: int) -> list[Span]:
    """The spans whose hashes prove leaf `index` in a tree of `size` leaves: PATH of RFC 6962 §2.1.1, leaf upwards."""
    spans: list[Span] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start = middle
    return spans[::-1]


def consistency_spans(old: int, new: int) -> list[Span]:
    """The spans whose hashes prove that the tree of `new` leaves extends that of `old`: PROOF of RFC 6962 §2.1.2."""
    spans: list[Span] = []
    start, end = 0, new
    while old not in {0, end}:
        middle = start + _split(end - start)
        if old <= middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start = middle
    if start:  # the old tree's last part is not the whole of the old tree, which the reader has
        spans.append((start, end))
    return spans[::-1]


def inclusion_proof(index: int, size: int, read: Reader) -> tuple[bytes, ...] | Refused:
    """The proof that leaf `index` is in the tree of `size` leaves."""
    if not 0 <= index < size <= MAX_SIZE:
        return _out_of_range(f"there is no leaf {index} in a tree of {size}")
    return _hashes(inclusion_spans(index, size), read)


def consistency_proof(old: int, new: int, read: Reader) -> tuple[bytes, ...] | Refused:
    """The proof that the tree of `new` leaves extends the tree of `old`; empty if `old` is 0 or equal to `new`."""
    if not 0 <= old <= new <= MAX_SIZE:
        return _out_of_range(f"a tree of {new} does not extend one of {old}")
    return _hashes(consistency_spans(old, new), read)


def root_of(size: int, read: Reader) -> bytes | Refused:
    """The root of the first `size` leaves."""
    if not 0 <= size <= MAX_SIZE:
        return _out_of_range(f"a tree has no size {size}")
    if size == 0:
        return EMPTY_ROOT
    hashes = _hashes([(0, size)], read)
    return hashes if isinstance(hashes, Refused) else hashes[0]


def check_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> Refused | None:
    """Check that `proof` takes the leaf hash `leaf` at `index` to the `root` of `size` leaves (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size <= MAX_SIZE or not _all_hashes(leaf, root, *proof):
        return _false("tree.inclusion", "inclusion")
    # Above `inner` the path runs along the tree's right edge, where only left siblings exist.
    inner = (index ^ (size - 1)).bit_length()
    if len(proof) != inner + (index >> inner).bit_count():
        return _false("tree.inclusion", "inclusion")
    found = _climb(leaf, index, proof[:inner])
    for left in proof[inner:]:
        found = node_hash(left, found)
    return None if found == root else _false("tree.inclusion", "inclusion")


def check_consistency(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> Refused | None:
    """Check that the tree of `new` leaves extends that of `old` (RFC 6962 §2.1.2, RFC 9162 §2.1.4.2).

    From an empty tree, and between equal sizes, the proof is empty; the roots are checked all the same.
    """
    if not 0 <= old <= new <= MAX_SIZE or not _all_hashes(old_root, new_root, *proof):
        return _false("tree.consistency", "consistency")
    if old in {0, new}:
        held = not proof and old_root == (EMPTY_ROOT if old == 0 else new_root)
        held = held and (new > 0 or new_root == EMPTY_ROOT)
        return None if held else _false("tree.consistency", "consistency")
    return _check_growth(old, new, proof, old_root, new_root)


def _check_growth(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> Refused | None:
    """For 0 < old < new: rebuild both roots from the last complete subtree of the old tree upwards."""
    shift = (old & -old).bit_length() - 1
    seeded = old != 1 << shift  # a power of two: the old root itself is where the proof starts
    last = (old - 1) >> shift
    inner = (last ^ ((new - 1) >> shift)).bit_length()
    if len(proof) != seeded + inner + (last >> inner).bit_count():
        return _false("tree.consistency", "consistency")
    seed, path = (proof[0], proof[1:]) if seeded else (old_root, proof)
    found_new = _climb(seed, last, path[:inner])
    found_old = seed
    for level, sibling in enumerate(path[:inner]):
        if last >> level & 1:
            found_old = node_hash(sibling, found_old)
    for left in path[inner:]:
        found_old, found_new = node_hash(left, found_old), node_hash(left, found_new)
    return None if (found_old, found_new) == (old_root, new_root) else _false("tree.consistency", "consistency")


def _climb(found: bytes, index: int, siblings: Sequence[bytes]) -> bytes:
    for level, sibling in enumerate(siblings):
        found = node_hash(sibling, found) if index >> level & 1 else node_hash(found, sibling)
    return found


def _hashes(spans: Sequence[Span], read: Reader) -> tuple[bytes, ...] | Refused:
    """The hash of each span, all subtrees asked for in one go."""
    parts = [_subtrees(span) for span in spans]
    hashes = read([subtree for part in parts for subtree in part])
    if isinstance(hashes, Refused):
        return hashes
    left = iter(hashes)
    return tuple(_fold([next(left) for _ in part]) for part in parts)


def _subtrees(span: Span) -> list[Subtree]:
    """The complete subtrees that a span consists of, largest and leftmost first."""
    start, end = span
    subtrees: list[Subtree] = []
    while start < end:
        level = (end - start).bit_length() - 1
        subtrees.append((level, start >> level))
        start += 1 << level
    return subtrees


def _fold(peaks: Sequence[bytes]) -> bytes:
    found = peaks[-1]
    for left in reversed(peaks[:-1]):
        found = node_hash(left, found)
    return found


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def _all_hashes(*hashes: bytes) -> bool:
    return all(len(item) == HASH_SIZE for item in hashes)


def _false(code: str, proof: str) -> Refused:
    rule = f"RFC 6962 §2.1: Merkle {proof} proof"
    return Refused(
        code, rule, f"the {proof} proof does not lead to the root: ask for another, or keep both as evidence"
    )


def _out_of_range(detail: str) -> Refused:
    return Refused("tree.range", "RFC 6962 §2.1", f"{detail}: ask for one that exists")
