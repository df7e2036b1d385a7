"""Whole paragraphs inserted and deleted, so that rejecting all gives back the base exactly and accepting all the new
text, wherever they stand.

A paragraph's text ends with its mark, and the mark carries its formatting (w:pPr). When a mark goes, the text joins
the next paragraph. So the last mark before a table, before a section ends, or before a cell, note or document does,
must stay: nothing follows that its text could join. `settle_marks` sees to that.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from itertools import pairwise, takewhile
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from corfu.formats.word.marks import PROPERTIES, Kind, Pen
from corfu.formats.word.names import W
from corfu.formats.word.offsets import RUN, RUN_PROPERTIES, TEXT
from corfu.formats.word.rewriting import PARAGRAPH, drop

INSERTED: Final = f"{W}ins"
DELETED: Final = f"{W}del"
SECTION: Final = f"{W}pPr/{W}sectPr"
# What may stand between two paragraphs without parting them.
BETWEEN: Final = frozenset(
    f"{W}{name}{end}"
    for name in ("bookmark", "commentRange", "perm", "moveFromRange", "moveToRange")
    for end in ("Start", "End")
) | {f"{W}proofErr"}

Marks = dict[Element, Kind]
"""The w:p whose end mark is to be inserted or deleted; the marks of all others stay."""


def new_paragraph(properties: Element | None, content: Iterable[Element]) -> Element:
    """A w:p with these properties and this content."""
    made = etree.Element(PARAGRAPH)
    if properties is not None:
        made.append(properties)
    made.extend(content)
    return made


def settle_marks(marks: Marks, pen: Pen) -> None:
    """Write the marks, after shifting those that cannot stand where they are."""
    parents = {parent: None for node in marks if (parent := node.getparent()) is not None}
    for parent in parents:
        for stretch in list(_stretches(parent, marks)):
            _settle(stretch, marks)
            _part_insertions(stretch, marks)
    for node, kind in marks.items():
        pen.mark(node, kind)


def _stretches(parent: Element, marks: Marks) -> Iterator[list[Element]]:
    """Paragraphs that follow each other with nothing between: each one's text can join the next one's."""
    stretch: list[Element] = []
    for child in parent:
        if child.tag == PARAGRAPH:
            stretch.append(child)
            if _ends_section(child) and not _only_new_behind(child, marks):
                yield stretch
                stretch = []
        elif child.tag not in BETWEEN and stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _ends_section(paragraph: Element) -> bool:
    return paragraph.find(SECTION) is not None


def _only_new_behind(paragraph: Element, marks: Marks) -> bool:
    """Whether new paragraphs follow a section's end and then none of the base's that they could lean on."""
    behind = False
    for node in paragraph.itersiblings():
        if node.tag == PARAGRAPH and marks.get(node) != "ins":
            return False
        if node.tag != PARAGRAPH and node.tag not in BETWEEN:
            break
        behind = behind or node.tag == PARAGRAPH
    return behind


def _settle(stretch: list[Element], marks: Marks) -> None:
    kind = marks.get(stretch[-1])
    stays = max((n for n, node in enumerate(stretch) if node not in marks), default=-1)
    tail = stretch[stays + 1 :]
    kept = stretch[stays] if stays >= 0 else None
    if kind == "ins":
        _end_with_new(tail, kept, marks)
    elif kind == "del":
        _end_with_deleted(tail, kept, marks)


def _end_with_new(tail: list[Element], kept: Element | None, marks: Marks) -> None:
    """New paragraphs at the end take over the old last mark; the paragraph that had it gets a new one, as when a
    person types there. If that paragraph is deleted, the first new one is written into it."""
    old = [n for n, node in enumerate(tail) if marks[node] == "del"]
    if not old:
        if kept is not None:
            marks[kept] = "ins"
            _take_properties(tail[-1], kept)
            del marks[tail[-1]]
        return
    last, new = tail[old[-1]], tail[old[-1] + 1 :]
    own = new[0].find(PROPERTIES)
    last.extend([child for child in new[0] if child.tag != PROPERTIES])
    _remove(new[0], marks)
    if len(new) == 1:
        del marks[last]
        return
    marks[last] = "ins"
    _take_properties(new[-1], last)
    if own is not None:
        drop(last, "pPr")
        last.insert(0, own)
    del marks[new[-1]]


def _end_with_deleted(tail: list[Element], kept: Element | None, marks: Marks) -> None:
    """The last mark stays; where that would leave an empty paragraph, the mark before goes in its place, provided the
    two look alike. A new paragraph just before deleted ones is written into the first of them."""
    new = [n for n, node in enumerate(tail) if marks[node] == "ins"]
    if new:
        first = tail[new[-1] + 1]
        content = [child for child in tail[new[-1]] if child.tag != PROPERTIES]
        at = 1 if len(first) and first[0].tag == PROPERTIES else 0
        first[at:at] = content
        _remove(tail[new[-1]], marks)
    elif kept is not None and _look(kept) == _look(tail[-1]):
        marks[kept] = "del"
    del marks[tail[-1]]


def _part_insertions(stretch: list[Element], marks: Marks) -> None:
    """LibreOffice takes an insertion at the end of a paragraph and one at the head of the next for one, and the mark
    between for a part of it. So struck words come last there; and where nothing is struck and new paragraphs follow,
    the old mark goes to the last of these, as if a person had gone on typing."""
    for n, (kept, following) in enumerate(pairwise(stretch)):
        last, first = _run_at(kept, -1), _run_at(following, 0)
        if kept in marks or last is None or first is None or not last.tag == first.tag == INSERTED:
            continue
        before = last.getprevious()
        new = list(takewhile(lambda node: marks.get(node) == "ins" and _is_new(node), stretch[n + 1 :]))
        if before is not None and before.tag == DELETED:
            before.addprevious(last)
        elif new and _look(new[-1]) == _look(kept):
            marks[kept] = "ins"
            _take_properties(new[-1], kept)
            del marks[new[-1]]


def _run_at(paragraph: Element, n: int) -> Element | None:
    """What holds the first or the last run of a paragraph, empty ones aside."""
    runs = [run for run in paragraph.iter(RUN) if any(_shows(child) for child in run)]
    return runs[n].getparent() if runs else None


def _shows(node: Element) -> bool:
    return node.tag != RUN_PROPERTIES and (node.tag != TEXT or bool(node.text))


def _is_new(paragraph: Element) -> bool:
    return all(child.tag in (PROPERTIES, INSERTED) for child in paragraph)


def _take_properties(new: Element, old: Element) -> None:
    """The new paragraph now ends with the old one's mark, which has the old one's properties, a section's too."""
    drop(new, "pPr")
    properties = old.find(PROPERTIES)
    if properties is not None:
        new.insert(0, deepcopy(properties))
        drop(properties, "sectPr")


def _remove(node: Element, marks: Marks) -> None:
    del marks[node]
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _look(paragraph: Element) -> list[bytes]:
    """The paragraph's properties, to be compared; how its mark looks is no part of them."""
    properties = paragraph.find(PROPERTIES)
    children = [] if properties is None else [child for child in properties if child.tag != RUN_PROPERTIES]
    return [etree.tostring(child, method="c14n", with_tail=False) for child in children]
