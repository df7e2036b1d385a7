"""Differences inside one paragraph, as the edits a person would say they made."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from corfu.wording.model import Edit
from corfu.wording.tokens import fold, is_word, tokenize

ISLAND = 2
"""Two edits of one amendment that at most so many unchanged words separate are one change."""


class Region(NamedTuple):
    """Tokens `start:end` of the old text became tokens `start2:end2` of the new one."""

    start: int
    end: int
    start2: int
    end2: int


def edits(paragraph: str, old: str, new: str) -> list[Edit]:
    """The edits that turn `old`, the text of `paragraph`, into `new`: exact to the byte, in order, never touching."""
    if old == new:  # most paragraphs of most returned files
        return []
    a, b = tokenize(old), tokenize(new)
    return [_edit(paragraph, r, a, "".join(b[r.start2 : r.end2])) for r in changed(a, b)]


def _edit(paragraph: str, r: Region, a: Sequence[str], text: str) -> Edit:
    """The edit for a region. Words added at the end of a sentence leave its last word alone: only the space is new."""
    if r.start < r.end and text.startswith(a[r.start]) and text[len(a[r.start]) :][:1].isspace():
        return Edit(paragraph, r.start + 1, r.end, text[len(a[r.start]) :])
    return Edit(paragraph, r.start, r.end, text)


def changed(a: Sequence[str], b: Sequence[str]) -> list[Region]:
    """The regions in which two token lists differ, joined over small islands, without common tokens at their ends."""
    found: list[Region] = []
    for region in _joined(regions(a, b), a):
        trimmed = _trim(region, a, b)
        if trimmed.start < trimmed.end or trimmed.start2 < trimmed.end2:
            found.append(_slid(trimmed, a, b, found[-1].end + 1 if found else 0))
    return found


def regions(a: Sequence[str], b: Sequence[str]) -> list[Region]:
    """Every region in which two token lists differ, as aligned by folded tokens, not joined."""
    head = _common(a, b)
    tail = _common(a[head:][::-1], b[head:][::-1])
    end, end2 = len(a) - tail, len(b) - tail
    if head in (end, end2):
        return [Region(head, end, head, end2)] if head < end or head < end2 else []
    matcher = SequenceMatcher(None, [fold(t) for t in a[head:end]], [fold(t) for t in b[head:end2]], autojunk=False)
    found: list[Region] = []
    at, at2 = head, head
    for block in matcher.get_matching_blocks():
        for n in range(block.size):
            i, j = head + block.a + n, head + block.b + n
            # Tokens that differ only in space or quotes align, but are written differently: exactness asks for an edit.
            if a[i] == b[j]:
                if (at, at2) != (i, j):
                    found.append(Region(at, i, at2, j))
                at, at2 = i + 1, j + 1
    if (at, at2) != (end, end2):
        found.append(Region(at, end, at2, end2))
    return found


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """How many first tokens two lists share."""
    n = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        n += 1
    return n


def _joined(found: list[Region], a: Sequence[str]) -> list[Region]:
    joined: list[Region] = []
    for region in found:
        if joined and _is_island(a[joined[-1].end : region.start]):
            last = joined.pop()
            region = Region(last.start, region.end, last.start2, region.end2)
        joined.append(region)
    return joined


def _is_island(tokens: Sequence[str]) -> bool:
    return len(tokens) <= 3 * ISLAND and sum(map(is_word, tokens)) <= ISLAND and "\n" not in tokens


def _trim(r: Region, a: Sequence[str], b: Sequence[str]) -> Region:
    """The region without the tokens that its two sides share at their ends."""
    start, end, start2, end2 = r
    while start < end and start2 < end2 and a[end - 1] == b[end2 - 1]:
        end, end2 = end - 1, end2 - 1
    while start < end and start2 < end2 and a[start] == b[start2]:
        start, start2 = start + 1, start2 + 1
    return Region(start, end, start2, end2)


def _slid(r: Region, a: Sequence[str], b: Sequence[str], least: int) -> Region:
    """A bare insertion or deletion as many words to the left as it says the same, but not before `least`: "sailors
    [and injured others] and which", whoever typed it where. One change is then one edit in every delegation's file.
    It does not slide past a mark: what is added after a comma or at the end of a sentence stays there."""
    start, end, start2, end2 = r
    while (
        start > least
        and is_word(a[start - 1])
        and ((start == end and a[start - 1] == b[end2 - 1]) or (start2 == end2 and a[start - 1] == a[end - 1]))
    ):
        start, end, start2, end2 = start - 1, end - 1, start2 - 1, end2 - 1
    return Region(start, end, start2, end2)
