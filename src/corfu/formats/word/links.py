"""Which paragraph of a file's accepted text is which of its rejected text, told by the words that stand in both."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from corfu.formats.word.views import ViewParagraph


@dataclass(slots=True)
class Link:
    """Indices: a among the accepted paragraphs, r among the rejected ones.

    same: a → the r it is (two a with one r: that was split; an r that no a has is gone or joined to the one before).
    moved: a → the r that was moved to it. follows: a → the last r that begins before a does in the file.
    """

    same: dict[int, int] = field(default_factory=dict)
    moved: dict[int, int] = field(default_factory=dict)
    follows: dict[int, int] = field(default_factory=dict)


def links(before: Sequence[ViewParagraph], after: Sequence[ViewParagraph]) -> Link:
    """Link the paragraphs of the view `after` to those of the view `before` of the same file."""
    where = {key: r for r, p in enumerate(before) for key, length in p.keys if length}
    link = Link()
    taken: set[int] = set()
    for a, p in enumerate(after):
        shared = list(dict.fromkeys(where[key] for key, length in p.keys if length and key in where))
        free = [r for r in shared if r not in taken] or shared
        if free:
            link.same[a] = free[0]
            taken.add(free[0])
    _by_mark(before, after, link, taken)
    _by_move(before, after, link, taken)
    _follow(before, after, link)
    return link


def _by_mark(before: Sequence[ViewParagraph], after: Sequence[ViewParagraph], link: Link, taken: set[int]) -> None:
    """A paragraph all of whose words were replaced still ends with the same mark."""
    marks = {p.mark: r for r, p in enumerate(before)}
    for a, p in enumerate(after):
        r = marks.get(p.mark)
        if a not in link.same and r is not None and r not in taken and not (p.moved or before[r].moved):
            link.same[a] = r
            taken.add(r)


def _by_move(before: Sequence[ViewParagraph], after: Sequence[ViewParagraph], link: Link, taken: set[int]) -> None:
    """Moved paragraphs share the name of their move; several under one name are told apart by their words, then
    by their order."""
    for a, p in enumerate(after):
        if a in link.same or not p.moved:
            continue
        away = [r for r, q in enumerate(before) if r not in taken and q.moved & p.moved]
        r = next((r for r in away if before[r].text == p.text), away[0] if away else None)
        if r is not None:
            link.moved[a] = r
            taken.add(r)


def _follow(before: Sequence[ViewParagraph], after: Sequence[ViewParagraph], link: Link) -> None:
    starts = sorted((p.keys[0][0], r) for r, p in enumerate(before) if p.keys)
    for a, p in enumerate(after):
        at = bisect_left(starts, (p.keys[0][0], -1)) if p.keys else 0
        if at:
            link.follows[a] = starts[at - 1][1]
