"""One paragraph rewritten in place: runs struck, runs inserted, the paragraph broken in two where the new text is."""

from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from corfu.formats.word.marks import PROPERTIES, Pen, Words
from corfu.formats.word.names import W
from corfu.formats.word.offsets import RUN, RUN_PROPERTIES, Change, Unit, cut, emptied, open_fields, settle, units
from corfu.formats.word.tracing import Traced
from corfu.wording.model import SPLIT

Holds = Callable[[Element], bool]
"""Whether an element holds paragraphs of the text (a note, a text box) that stay."""

PARAGRAPH: Final = f"{W}p"
BREAK: Final = "break"  # stands where a paragraph is to be broken, until it is
# What is written at the end of a link or of a field's result is no part of it.
CLOSED: Final = (f"{W}hyperlink",)
FIELD: Final = (f"{W}fldChar", f"{W}instrText")


def rewrite(traced: Traced, changes: Iterable[Change], pen: Pen, holds: Holds) -> list[Element]:
    """Make the changes, given in order. The w:p of the new text: the last is the old one, those before it are new and
    end with a mark that is to be inserted."""
    open_fields(traced.node)
    found = units(traced)
    for change in settle(changes, found, traced.text):
        for offset in (change.start, change.end):
            cut(found, offset)
        _replace(traced.node, found, change, pen, holds)
    return _broken(traced.node)


def strike_all(traced: Traced, pen: Pen, holds: Holds) -> bool:
    """Strike everything in the paragraph; whether nothing that holds text stayed."""
    open_fields(traced.node)
    found = units(traced)
    for unit in _strikable(found, 0, len(found), holds):
        pen.strike(unit.node)
    return not any(holds(unit.node) for unit in found)


def wording(traced: Traced, changes: Iterable[Change]) -> list[Words]:
    """The paragraph's text with the changes made, formatted as it is; what is new, as the words before it."""
    found = [unit for unit in units(traced) if unit.has_text]
    text, pieces, at = traced.text, [], 0
    for change in [*changes, Change(len(text), len(text), "")]:
        for unit in found:
            start, end = max(at, unit.start), min(change.start, unit.end)
            if start < end:
                pieces.append(Words(text[start:end], formatting(unit)))
        before = next((unit for unit in reversed(found) if unit.start < max(change.start, 1)), None)
        pieces.append(Words(change.text, formatting(before)))
        at = change.end
    return [piece for piece in pieces if piece.text]


def formatting(unit: Unit | None) -> Element | None:
    """The w:rPr of a run, None for one without and for a formula."""
    return unit.node.find(RUN_PROPERTIES) if unit is not None and unit.node.tag == RUN else None


def usual_formatting(traced: Traced) -> Element | None:
    """The w:rPr that most of the paragraph's text has."""
    sizes: dict[bytes, int] = {}
    kinds: dict[bytes, Element | None] = {}
    for unit in units(traced):
        properties = formatting(unit)
        key = b"" if properties is None else etree.tostring(properties, method="c14n")
        sizes[key] = sizes.get(key, 0) + unit.end - unit.start
        kinds.setdefault(key, properties)
    return kinds[max(sizes, key=lambda key: sizes[key])] if sizes else None


def _replace(paragraph: Element, found: list[Unit], change: Change, pen: Pen, holds: Holds) -> None:
    inside = [n for n, unit in enumerate(found) if unit.has_text and change.start <= unit.start < change.end]
    near = _nearest(found, change.start, inside)
    new = [piece for n, line in enumerate(change.text.split(SPLIT)) for piece in _line(n, line, near, pen)]
    place = _place(paragraph, found, change.end, inside)
    struck = _strikable(found, inside[0], inside[-1] + 1, holds) if inside else []
    marker = etree.Element(BREAK)
    place(marker)
    for unit in struck:
        pen.strike(unit.node)
    for node in reversed(new):
        marker.addnext(node)
    above = marker.getparent()
    assert above is not None
    above.remove(marker)


def _line(n: int, line: str, near: Unit | None, pen: Pen) -> list[Element]:
    return [*([etree.Element(BREAK)] if n else []), *pen.inserted([Words(line, formatting(near))])]


def _nearest(found: Sequence[Unit], start: int, inside: Sequence[int]) -> Unit | None:
    """The run whose formatting new words take: the first struck one, else the one before, else the one after; one
    that follows a link does not look like the link."""
    if inside:
        return found[inside[0]]
    texts = [unit for unit in found if unit.has_text]
    before = next((unit for unit in reversed(texts) if unit.end <= start), None)
    after = next((unit for unit in texts if unit.start >= start), None)
    if before is None or (after is not None and _closed_around(before) - {*after.node.iterancestors()}):
        return after
    return before


def _closed_around(unit: Unit) -> set[Element]:
    return {above for above in unit.node.iterancestors() if above.tag in CLOSED}


def _place(paragraph: Element, found: Sequence[Unit], at: int, inside: Sequence[int]) -> Callable[[Element], None]:
    """How to put new words at character `at`: behind the words before it, and out of a field or link that ends there;
    at the head of the text behind the number of a note, but not inside a field."""
    after = next((n for n, unit in enumerate(found) if unit.has_text and unit.start >= at), len(found))
    before = next((n for n in range(after - 1, -1, -1) if found[n].has_text), None)
    if before is None:
        spots = [n for n in range(after) if found[n].depth <= 0]
        behind = spots[-1] if spots else None
    else:
        outer = min(unit.depth for unit in found[before:after])
        behind = next(n for n in range(before, after) if found[n].depth == outer)
    if behind is None:
        return _head(paragraph, found)
    beside = [found[n] for n in (after, *inside[:1]) if n < len(found)]
    return _climbed(found[behind].node, paragraph, beside, out_of_all=bool(inside)).addnext


def _head(paragraph: Element, found: Sequence[Unit]) -> Callable[[Element], None]:
    return _climbed(found[0].node, paragraph, ()).addprevious if found else paragraph.append


def _climbed(node: Element, paragraph: Element, beside: Sequence[Unit], *, out_of_all: bool = False) -> Element:
    """The element next to which new words stand: out of a link and, if asked, of whatever else it is in, but not out
    of what holds the units `beside` too."""
    kept = {above for unit in beside for above in unit.node.iterancestors()}
    while (above := node.getparent()) is not None and above is not paragraph:
        if above in kept or not (out_of_all or above.tag in CLOSED):
            break
        node = above
    return node


def _strikable(found: Sequence[Unit], start: int, end: int, holds: Holds) -> list[Unit]:
    """Of the units `start:end` those that can go: all but what holds text that stays, and a field only as a whole.
    A field whose result goes takes its instructions with it, which stand just outside."""
    least, most = start, end
    while least > 0 and not found[least - 1].has_text:
        least -= 1
    while most < len(found) and not found[most].has_text:
        most += 1
    fields = _whole_fields(found, least, most)
    around = {n for first, last in fields if first < end and last >= start for n in range(first, last + 1)}
    within = {n for n in range(start, end) if not _is_of_field(found[n]) or n in around}
    return [found[n] for n in sorted(within | around) if not holds(found[n].node)]


def _is_of_field(unit: Unit) -> bool:
    return not unit.has_text and next(unit.node.iter(*FIELD), None) is not None


def _whole_fields(found: Sequence[Unit], start: int, end: int) -> list[tuple[int, int]]:
    """The fields that begin and end among the units `start:end`, first and last unit."""
    opened: list[int] = []
    fields: list[tuple[int, int]] = []
    for n in range(start, end):
        for mark in found[n].node.iter(f"{W}fldChar"):
            kind = mark.get(f"{W}fldCharType")
            if kind == "begin":
                opened.append(n)
            elif kind == "end" and opened:
                fields.append((opened.pop(), n))
    return fields


def _broken(paragraph: Element) -> list[Element]:
    """Break the paragraph at every place that says so."""
    parts: list[Element] = []
    for place in list(paragraph.iter(BREAK)):
        first = _parted(place, paragraph)
        properties = paragraph.find(PROPERTIES)
        if properties is not None:
            first.insert(0, deepcopy(properties))
            drop(first[0], "sectPr")
        paragraph.addprevious(first)
        parts.append(first)
    return [*parts, paragraph]


def _parted(place: Element, paragraph: Element) -> Element:
    """What precedes the place in a new w:p, the links and content controls around it doubled."""
    part: Element | None = None
    node = place
    while node is not paragraph:
        above = node.getparent()
        assert above is not None
        half = etree.Element(PARAGRAPH) if above is paragraph else emptied(above)
        for child in list(node.itersiblings(preceding=True))[::-1]:
            if above is not paragraph and child.tag.endswith("Pr"):
                half.append(deepcopy(child))
                drop(half[-1], "id")
            elif child.tag != PROPERTIES:
                half.append(child)
        if part is not None:
            half.append(part)
        if node is place:
            above.remove(place)
        part, node = half, above
    assert part is not None
    return part


def drop(node: Element, *names: str) -> None:
    """Take the children with these names in the w: namespace out."""
    for child in [child for child in node if child.tag in {W + name for name in names}]:
        node.remove(child)
