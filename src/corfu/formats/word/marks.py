"""The elements of revision markup: what is inserted and deleted, runs and paragraph marks (ECMA-376 part 1, 17.13.5).

Also the bookmarks that carry a paragraph's permanent id through Word.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from itertools import count
from typing import Final, Literal, NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from corfu.formats.word.bookmarks import BOOKMARK, bookmark_name
from corfu.formats.word.names import AUTHOR, DATE, ID, NAME, M, W
from corfu.formats.word.offsets import RUN, RUN_PROPERTIES, TEXT, write_text
from corfu.formats.word.walk import SIGNS
from corfu.wording.model import SOFT_BREAK

Kind = Literal["ins", "del"]

PROPERTIES: Final = f"{W}pPr"
DELETED: Final = {TEXT: f"{W}delText", f"{W}instrText": f"{W}delInstrText"}
# What follows the mark's own w:rPr in a paragraph's properties (17.3.1.26).
AFTER_MARK: Final = (f"{W}sectPr", f"{W}pPrChange")
WRITTEN: Final = {sign: tag for tag, sign in SIGNS.items()} | {SOFT_BREAK: f"{W}br", "\t": f"{W}tab"}
SIGN: Final = re.compile(f"([{''.join(WRITTEN)}])")
# Formatting that belongs to the place a run stands in, not to the words that somebody adds beside it.
OF_THE_PLACE: Final = tuple(f"{W}{name}" for name in ("vanish", "webHidden", "specVanish", "vertAlign", "rPrChange"))


class Words(NamedTuple):
    """Text with the formatting of its run (a w:rPr that is copied)."""

    text: str
    properties: Element | None = None


class Pen:
    """Writes revisions of one author at one instant, with ids that the file does not use yet."""

    def __init__(self, author: str, date: str, roots: Iterable[Element]) -> None:
        self.author, self.date = author, date
        self._numbers = free_numbers(roots)

    def change(self, kind: Kind) -> Element:
        """An empty w:ins or w:del."""
        return etree.Element(f"{W}{kind}", {ID: next(self._numbers), AUTHOR: self.author, DATE: self.date})

    def inserted(self, words: Sequence[Words]) -> list[Element]:
        """One w:ins around runs of these words; none for no words."""
        runs = [run(piece) for piece in words if piece.text]
        if not runs:
            return []
        insertion = self.change("ins")
        insertion.extend(runs)
        return [insertion]

    def strike(self, node: Element) -> Element:
        """Put a run or formula into a w:del, into that of the run before it where there is one; the w:del."""
        before = node.getprevious()
        if before is None or before.tag != f"{W}del" or before.get(AUTHOR) != self.author:
            before = self.change("del")
            node.addprevious(before)
        before.append(node)
        _to_deleted(node)
        return before

    def mark(self, paragraph: Element, kind: Kind) -> None:
        """Say of a paragraph's end mark that it is inserted or deleted: first in the w:rPr of its w:pPr."""
        properties = properties_of(paragraph)
        marks = properties.find(RUN_PROPERTIES)
        if marks is None:
            marks = etree.Element(RUN_PROPERTIES)
            later = next((child for child in properties if child.tag in AFTER_MARK), None)
            properties.append(marks) if later is None else later.addprevious(marks)
        marks.insert(0, self.change(kind))


def free_numbers(roots: Iterable[Element]) -> Iterator[str]:
    """Values of w:id that stand nowhere in these trees, from 1 on."""
    used = {node.get(ID) for root in roots for node in root.iter(f"{W}*") if node.get(ID) is not None}
    return (str(number) for number in count(1) if str(number) not in used)


def run(words: Words) -> Element:
    """A w:r; tabs, line breaks and the hyphens that have elements of their own are written as these."""
    made = etree.Element(RUN)
    if words.properties is not None:
        properties = deepcopy(words.properties)
        for child in [child for child in properties if child.tag in OF_THE_PLACE]:
            properties.remove(child)
        if len(properties):
            made.append(properties)
    for piece in filter(None, SIGN.split(words.text)):
        node = etree.SubElement(made, WRITTEN.get(piece, TEXT))
        if node.tag == TEXT:
            write_text(node, piece)
    return made


def _to_deleted(node: Element) -> None:
    """Text of a deleted run has another name (17.3.3.7, 17.16.13), but not that of a text box in it."""
    if node.tag in DELETED:
        node.tag = DELETED[node.tag]
    for child in node:
        if child.tag != f"{W}txbxContent" and not child.tag.startswith(M):
            _to_deleted(child)


def properties_of(paragraph: Element) -> Element:
    """The paragraph's w:pPr, made if it has none."""
    first = paragraph[0] if len(paragraph) else None
    if first is None or first.tag != PROPERTIES:
        first = etree.Element(PROPERTIES)
        paragraph.insert(0, first)
    return first


def set_bookmarks(roots: Sequence[Element], named: Iterable[tuple[str, Element]]) -> None:
    """Put one bookmark (17.13.6) around the content of each w:p, given with its id, in place of those of ours that
    the file has. Raises ValueError for ids that do not fit, or that differ only in upper and lower case."""
    for root in roots:
        _remove_bookmarks(root)
    numbers = free_numbers(roots)
    taken: set[str] = set()
    for id, paragraph in named:
        name, number = bookmark_name(id), next(numbers)
        if name.lower() in taken:
            raise ValueError(f"two paragraphs have the id {id!r}, as Word reads it")
        taken.add(name.lower())
        start = etree.Element(f"{W}bookmarkStart", {ID: number, NAME: name})
        paragraph.insert(1 if len(paragraph) and paragraph[0].tag == PROPERTIES else 0, start)
        etree.SubElement(paragraph, f"{W}bookmarkEnd", {ID: number})


def _remove_bookmarks(root: Element) -> None:
    ours = [node for node in root.iter(f"{W}bookmarkStart") if node.get(NAME, "").startswith(BOOKMARK)]
    numbers = {node.get(ID) for node in ours}
    for node in [*ours, *(end for end in root.iter(f"{W}bookmarkEnd") if end.get(ID) in numbers)]:
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)
