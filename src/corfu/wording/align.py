"""Which paragraph of one text is which of another: by permanent id, by equal words, then by likeness."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from corfu.wording.labels import typed_label
from corfu.wording.tokens import fold, is_word, tokenize

LIKE: Final = 0.35
"""Two paragraphs that share fewer of their words than this are not the same one rewritten."""
_SAME_LABEL: Final = 0.2
_CELL: Final = 0.01  # cells in a row share no words when a figure changes; their place tells which is which
_MOST_PAIRS: Final = 250_000  # in one gap; beyond, paragraphs are held side by side

Pair = tuple[int | None, int | None]
Ids = Sequence[str | None]


def align(old: Sequence[str], new: Sequence[str], old_ids: Ids = (), new_ids: Ids = ()) -> list[Pair]:
    """Pairs (index in `old`, index in `new`) in the order of both; None on one side where a paragraph is only there."""
    pairs: list[Pair] = []
    at, at2 = 0, 0
    for i, j in [*_anchors(old_ids, new_ids), (len(old), len(new))]:
        pairs += [_shift(pair, at, at2) for pair in _equal(old[at:i], new[at2:j])]
        if i < len(old):
            pairs.append((i, j))
        at, at2 = i + 1, j + 1
    return pairs


def _shift(pair: Pair, i: int, j: int) -> Pair:
    a, b = pair
    return None if a is None else a + i, None if b is None else b + j


def _anchors(old_ids: Ids, new_ids: Ids) -> list[tuple[int, int]]:
    """The paragraphs that carry the same id, as many as stand in the same order in both texts."""
    where = {id: n for n, id in reversed(list(enumerate(new_ids))) if id is not None}
    found = [(n, where[id]) for n, id in enumerate(old_ids) if id is not None and id in where]
    ends: list[int] = []  # the smallest last index of a rising run of each length
    runs: list[list[tuple[int, int]]] = []
    for pair in found:
        length = bisect_left(ends, pair[1])
        run = [*(runs[length - 1] if length else []), pair]
        ends[length : length + 1] = [pair[1]]
        runs[length : length + 1] = [run]
    return runs[-1] if runs else []


def _equal(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Match equal paragraphs first, and those between them by likeness."""
    folded, folded2 = [fold(t) for t in old], [fold(t) for t in new]
    if folded == folded2:
        return [(n, n) for n in range(len(old))]
    head = _common(folded, folded2)
    tail = _common(folded[head:][::-1], folded2[head:][::-1])
    end, end2 = len(old) - tail, len(new) - tail
    pairs: list[Pair] = [(n, n) for n in range(head)]
    blocks = _blocks(folded[head:end], folded2[head:end2])
    at, at2 = head, head
    for i, j, size in blocks:
        gap = _alike(old[at : head + i], new[at2 : head + j], cells=bool(head or tail or len(blocks) > 1))
        pairs += [_shift(pair, at, at2) for pair in gap]
        pairs += [(head + i + n, head + j + n) for n in range(size)]
        at, at2 = head + i + size, head + j + size
    return pairs + [(end + n, end2 + n) for n in range(tail)]


def _blocks(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, int]]:
    """Runs of equal texts as (place in a, place in b, length), the last one empty and at the end of both.

    In texts of one length most of which stand in their places, places decide: a text may say "Idem," a hundred times.
    """
    stay = [n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x == y]
    if len(a) == len(b) and 2 * len(stay) >= len(a):
        return [*((n, n, 1) for n in stay), (len(a), len(b), 0)]
    return [(m.a, m.b, m.size) for m in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()]


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _alike(old: Sequence[str], new: Sequence[str], *, cells: bool) -> list[Pair]:
    """The pairing in order with the greatest likeness in all (Needleman and Wunsch). `cells`: what is as short as a
    cell of a table is paired by its place where nothing is missing or new; sound only between known paragraphs."""
    if not old or not new:
        return [*((n, None) for n in range(len(old))), *((None, n) for n in range(len(new)))]
    a, b = [_Words(t) for t in old], [_Words(t) for t in new]
    if len(old) * len(new) > _MOST_PAIRS:
        return _side_by_side(a, b)
    by_place = cells and len(a) == len(b)
    likeness = [[x.likeness(y) or (_CELL if by_place and i == j and x.is_cell(y) else 0.0)
                 for j, y in enumerate(b)] for i, x in enumerate(a)]  # fmt: skip
    best = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            paired = best[i + 1][j + 1] + likeness[i][j] if likeness[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    pairs: list[Pair] = []
    i = j = 0
    while i < len(a) or j < len(b):
        if i < len(a) and j < len(b) and likeness[i][j] and best[i][j] == best[i + 1][j + 1] + likeness[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif i < len(a) and (j == len(b) or best[i][j] == best[i + 1][j]):
            pairs.append((i, None))
            i += 1
        else:
            pairs.append((None, j))
            j += 1
    return pairs


def _side_by_side(a: Sequence["_Words"], b: Sequence["_Words"]) -> list[Pair]:
    """Two long texts with hardly an equal paragraph: the nth of the one may be the nth of the other, or is alone."""
    pairs: list[Pair] = []
    for n in range(max(len(a), len(b))):
        if n < len(a) and n < len(b) and a[n].likeness(b[n]):
            pairs.append((n, n))
        else:
            pairs += [(n, None)] if n < len(a) else []
            pairs += [(None, n)] if n < len(b) else []
    return pairs


class _Words:
    """A paragraph's words, to be compared with others."""

    def __init__(self, text: str) -> None:
        self.label = typed_label(text)[0]
        self.words = Counter(fold(t) for t in tokenize(text) if is_word(t))
        self.size = self.words.total()

    def is_cell(self, other: "_Words") -> bool:
        """Whether both are as short as what stands in a cell of a table: a figure, a dash, a name."""
        return max(self.size, other.size) <= 3

    def likeness(self, other: "_Words") -> float:
        """From 0, not the same paragraph, to 1, the same words."""
        if not self.size or not other.size:
            return 0.0
        shared = 2 * (self.words & other.words).total() / (self.size + other.size)
        bonus = _SAME_LABEL if self.label and self.label == other.label else 0.0
        return min(1.0, shared + bonus) if shared + bonus >= LIKE else 0.0
