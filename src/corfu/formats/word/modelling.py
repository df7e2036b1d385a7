"""What a new paragraph looks like: as one of its kind that stands near."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from corfu.formats.word.marks import PROPERTIES
from corfu.formats.word.names import VAL, W
from corfu.formats.word.numbering import Numbering
from corfu.formats.word.package import Package
from corfu.formats.word.properties import own_properties
from corfu.formats.word.rewriting import drop, usual_formatting
from corfu.formats.word.styles import Styles
from corfu.formats.word.tracing import Traced
from corfu.wording.labels import typed_label
from corfu.wording.model import Insert, Paragraph

# What belongs to a paragraph's place, not to its kind.
OF_THE_PLACE: Final = ("sectPr", "pPrChange", "pageBreakBefore")
# What stands before the list in a paragraph's properties (ECMA-376 part 1, 17.3.1.26).
BEFORE_LIST: Final = frozenset(
    f"{W}{name}" for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)


class Models:
    """The base's paragraphs as models for new ones."""

    def __init__(self, package: Package, paragraphs: Sequence[Paragraph], found: Sequence[Traced]) -> None:
        self.paragraphs, self.found = paragraphs, found
        self.index = {paragraph.id: n for n, paragraph in enumerate(paragraphs)}
        self._numbering = Numbering(Styles(package.related_tree("styles")), package.related_tree("numbering"))

    def like(self, act: Insert) -> int:
        """The index of the paragraph that a new one is to look like: the nearest of its kind and level, the one before
        it first; that before it (else the first of all) when there is none of its kind."""
        at = -1 if act.after is None else self.index[act.after]
        wanted = act.paragraph.kind, act.paragraph.level
        place = self.found[max(at, 0)].kind
        for n in _outward(at, len(self.paragraphs)):
            one = self.paragraphs[n]
            if (one.kind, one.level) == wanted and self.found[n].kind == place:
                return n
        return max(at, 0)

    def formatting(self, n: int) -> Element | None:
        """The w:rPr that most of the words of paragraph n have."""
        return usual_formatting(self.found[n])

    def properties(self, n: int, new: Paragraph | None = None) -> Element | None:
        """A copy of the w:pPr of paragraph n: for itself, moved, or for the paragraph `new`, which keeps the list only
        where it is of the same kind and has no number typed in its text."""
        found = self.found[n].node.find(PROPERTIES)
        if found is None:
            return None
        made = deepcopy(found)
        drop(made, *OF_THE_PLACE)
        if new is not None and (typed_label(new.text)[0] or new.kind is not self.paragraphs[n].kind):
            self._unnumber(made)
        return made

    def _unnumber(self, properties: Element) -> None:
        drop(properties, "numPr")
        own = own_properties(properties)
        if self._numbering.place(own.style, own.number, own.level) is None:
            return
        off = etree.Element(f"{W}numPr")  # list 0 switches a style's list off (17.9.18)
        etree.SubElement(off, f"{W}ilvl", {VAL: "0"})
        etree.SubElement(off, f"{W}numId", {VAL: "0"})
        properties.insert(sum(child.tag in BEFORE_LIST for child in properties), off)


def _outward(at: int, size: int) -> Iterator[int]:
    """Indices from a place between paragraphs outward, those before it first: 3, 4, 2, 5 … for 3."""
    for step in range(size + 1):
        yield from (n for n in (at - step, at + step + 1) if 0 <= n < size)
