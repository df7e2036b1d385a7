"""Where each character of a paragraph's text lies in its runs, and the runs cut so that an edit has runs of its own.

Runs are w:r (ECMA-376 part 1, 17.3.2.25). They may stand in hyperlinks, content controls, smart tags and fields;
what cannot be cut (a formula, a phonetic guide, a picture of a letter) is one unit, however long.
"""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from corfu.formats.word.names import SPACE, M, W
from corfu.formats.word.tracing import Traced

RUN: Final = f"{W}r"
TEXT: Final = f"{W}t"
RUN_PROPERTIES: Final = f"{W}rPr"
ON_BEGIN: Final = (f"{W}fldLock", f"{W}dirty")
# A field's parts and what has no text of its own but a place: each gets a run for itself.
NO_TEXT: Final = frozenset(
    f"{W}{name}"
    for name in (
        "fldChar instrText drawing pict object footnoteReference endnoteReference commentReference footnoteRef "
        "endnoteRef annotationRef separator continuationSeparator"
    ).split()
)


class Change(NamedTuple):
    """Characters `start:end` of a paragraph's text become `text`."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class Item:
    """A child of a run that holds text, from character `start` on."""

    node: Element
    start: int
    text: str
    divisible: bool


@dataclass(slots=True, eq=False)
class Unit:
    """A run or a formula with the characters `start:end`, none for one without text."""

    node: Element
    start: int
    end: int
    items: list[Item] = field(default_factory=list)
    depth: int = 0  # how many fields are open after it

    @property
    def has_text(self) -> bool:
        return self.start < self.end


def units(traced: Traced) -> list[Unit]:
    """The paragraph's runs and formulas in order, its unusual runs cut so that words and other things lie apart."""
    bare = {node for node, _ in traced.said}
    for run in list(_outermost(traced.node, bare)):
        _set_apart(run)
    said: dict[Element, list[tuple[Element, Element, str]]] = {}
    for node, text in traced.said:
        top, child = _holder(node, traced.node)
        said.setdefault(top, []).append((node, child, text))
    found: list[Unit] = []
    at = depth = 0
    for top in _outermost(traced.node, bare):
        unit = Unit(top, at, at)
        for node, child, text in said.get(top, ()):
            _add(unit, node, child, text)
        at, depth = unit.end, depth + sum(_opens(mark) for mark in top.iter(f"{W}fldChar"))
        unit.depth = depth
        found.append(unit)
    return found


def open_fields(paragraph: Element) -> None:
    """Write simple fields (17.16.19) the long way (17.16.18), as Word does when it tracks changes in one: with the
    words of a struck w:fldSimple its instruction would stay, and bring them back."""
    for simple in list(paragraph.iter(f"{W}fldSimple")):
        begin = _field_run("begin")
        for name in ON_BEGIN:
            if name in simple.attrib:
                begin[0].set(name, simple.get(name, ""))
        begin[0].extend(simple.iterchildren(f"{W}fldData"))
        instruction = etree.Element(RUN)
        write_text(etree.SubElement(instruction, f"{W}instrText"), simple.get(f"{W}instr", ""))
        for node in (begin, instruction, _field_run("separate"), *simple, _field_run("end")):
            simple.addprevious(node)
        above = simple.getparent()
        if above is not None:
            above.remove(simple)


def _field_run(kind: str) -> Element:
    run = etree.Element(RUN)
    etree.SubElement(run, f"{W}fldChar", {f"{W}fldCharType": kind})
    return run


def _outermost(node: Element, bare: AbstractSet[Element]) -> Iterator[Element]:
    """Runs, formulas and text that stands in neither, not those inside another (as in a text box)."""
    for child in node:
        if child.tag == RUN or child.tag.startswith(M) or child in bare:
            yield child
        else:
            yield from _outermost(child, bare)


def _holder(node: Element, paragraph: Element) -> tuple[Element, Element]:
    """The unit that a piece of text belongs to, and the child of the unit that holds it (itself, if it is no run)."""
    top = child = below = node
    for above in node.iterancestors():
        if above is paragraph:
            break
        if above.tag == RUN or above.tag.startswith(M):
            top, child = above, below
        below = above
    return top, child if top.tag == RUN else top


def _opens(mark: Element) -> int:
    return {"begin": 1, "end": -1}.get(mark.get(f"{W}fldCharType", ""), 0)


def _set_apart(run: Element | None) -> None:
    """Cut a run that holds words together with parts of fields, notes or drawings."""
    while run is not None and run.tag == RUN:
        children = [child for child in run if child.tag != RUN_PROPERTIES]
        apart = [_stands_apart(child) for child in children]
        at = next((n for n in range(1, len(children)) if apart[n - 1] or apart[n]), None)
        run = None if at is None else cut_before(children[at])


def _stands_apart(node: Element) -> bool:
    return node.tag in NO_TEXT or next(node.iter(f"{W}txbxContent"), None) is not None


def cut_before(child: Element) -> Element:
    """Cut a run in two before one of its children; the new second run."""
    run = child.getparent()
    assert run is not None
    second = emptied(run)
    properties = run.find(RUN_PROPERTIES)
    if properties is not None:
        second.append(deepcopy(properties))
    second.extend([child, *child.itersiblings()])
    run.addnext(second)
    return second


def emptied(node: Element) -> Element:
    """An element with the same name and attributes, without content."""
    made = etree.Element(node.tag)
    made.attrib.update(node.attrib)
    return made


def _add(unit: Unit, node: Element, child: Element, text: str) -> None:
    divisible = child is node and node.tag == TEXT and unit.node.tag == RUN
    if divisible and node.text != text:
        write_text(node, text)  # white space that nobody reads would come to life when the words around it are cut
    if unit.items and unit.items[-1].node is child:
        unit.items[-1].text += text
    else:
        unit.items.append(Item(child, unit.end, text, divisible))
    unit.end += len(text)


def write_text(node: Element, text: str) -> None:
    """The text into a w:t, its white space kept (w:t drops it at the ends unless told not to)."""
    node.text = text
    if text != text.strip() or "  " in text:
        node.set(SPACE, "preserve")


def settle(changes: Iterable[Change], found: Sequence[Unit], text: str) -> list[Change]:
    """The changes in order, without those that change nothing, each widened to what can be cut, neighbours made one."""
    solid = [(i.start, i.start + len(i.text)) for unit in found for i in unit.items if not i.divisible]
    settled: list[Change] = []
    for change in changes:
        change = _lean(change, text)
        if text[change.start : change.end] == change.text:
            continue
        if settled and _widened(change, solid, text).start <= _widened(settled[-1], solid, text).end:
            last = settled.pop()
            change = Change(last.start, change.end, last.text + text[last.end : change.start] + change.text)
        settled.append(change)
    return [_widened(change, solid, text) for change in settled]


def _lean(change: Change, text: str) -> Change:
    """The change without the white space at its end that stays as it is: words are struck, not the space after."""
    start, end, new = change
    while end > start and new and new[-1] == text[end - 1] and new[-1].isspace():
        end, new = end - 1, new[:-1]
    return Change(start, end, new)


def _widened(change: Change, solid: Iterable[tuple[int, int]], text: str) -> Change:
    """The change over the whole of what cannot be cut, of which the rest is written anew as plain words."""
    start, end = change.start, change.end
    for first, last in solid:
        if first < change.start < last or first < change.end < last:
            start, end = min(start, first), max(end, last)
    return Change(start, end, text[start : change.start] + change.text + text[change.end : end])


def cut(found: list[Unit], offset: int) -> None:
    """Cut the run that holds the characters on both sides of `offset`, if one does."""
    for n, unit in enumerate(found):
        if unit.start < offset < unit.end:
            at = next(i for i, item in enumerate(unit.items) if offset < item.start + len(item.text))
            if unit.items[at].start < offset:
                _cut_words(unit, at, offset)
                at += 1
            second = Unit(cut_before(unit.items[at].node), offset, unit.end, unit.items[at:], unit.depth)
            unit.items, unit.end = unit.items[:at], offset
            found.insert(n + 1, second)
            return


def _cut_words(unit: Unit, at: int, offset: int) -> None:
    item = unit.items[at]
    assert item.divisible, "changes are settled first"
    head, tail = item.text[: offset - item.start], item.text[offset - item.start :]
    rest = item.node.makeelement(TEXT)
    write_text(rest, tail)
    write_text(item.node, head)
    item.node.addnext(rest)
    item.text = head
    unit.items.insert(at + 1, Item(rest, offset, tail, divisible=True))
