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
_MOST_PAIRS: Final = 250_000  # in one gap; beyond, only equal paragraphs are matched (two unrelated long texts)

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
    pairs: list[Pair] = []
    for how, i, i2, j, j2 in SequenceMatcher(None, folded, folded2, autojunk=False).get_opcodes():
        if how == "equal":
            pairs += [(i + n, j + n) for n in range(i2 - i)]
        else:
            pairs += [_shift(pair, i, j) for pair in _alike(old[i:i2], new[j:j2])]
    return pairs


def _alike(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """The pairing in order with the greatest likeness in all (Needleman and Wunsch)."""
    if not old or not new or len(old) * len(new) > _MOST_PAIRS:
        return [*((n, None) for n in range(len(old))), *((None, n) for n in range(len(new)))]
    a, b = [_Words(t) for t in old], [_Words(t) for t in new]
    likeness = [[x.likeness(y) for y in b] for x in a]
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


class _Words:
    """A paragraph's words, to be compared with others."""

    def __init__(self, text: str) -> None:
        self.label = typed_label(text)[0]
        self.words = Counter(fold(t) for t in tokenize(text) if is_word(t))
        self.size = self.words.total()

    def likeness(self, other: "_Words") -> float:
        """From 0, not the same paragraph, to 1, the same words."""
        if not self.size or not other.size:
            return 0.0
        shared = 2 * (self.words & other.words).total() / (self.size + other.size)
        bonus = _SAME_LABEL if self.label and self.label == other.label else 0.0
        return min(1.0, shared + bonus) if shared + bonus >= LIKE else 0.0
