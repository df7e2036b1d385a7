"""A Word file read with an eye on where each word stands in its XML: what is to be edited is exactly what was read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from lxml.etree import _Element as Element

from corfu.formats.errors import BadFile
from corfu.formats.word import markup
from corfu.formats.word.findings import Findings
from corfu.formats.word.names import AUTHOR, ID, M, W, local
from corfu.formats.word.package import Package
from corfu.formats.word.story import Paragraph as PhysicalParagraph
from corfu.formats.word.story import Place
from corfu.formats.word.walk import REVISIONS, SIGNS, Draft, Handler, TooLong, Walker
from corfu.wording.model import Paragraph

NOTES: Final = ("footnote", "endnote")
BESIDE: Final = ("header", "footer")
SPEAKING: Final = (f"{W}t", f"{W}br", f"{W}sym", f"{M}t", *SIGNS)
OFF_THE_LINE: Final = ("box", *NOTES)  # a text may have been read without these


@dataclass(slots=True, eq=False)
class Traced:
    """One w:p. said: its text in order, each stretch with the element that holds it."""

    node: Element
    said: list[tuple[Element, str]] = field(default_factory=list)
    kind: str = "body"  # of the place, as in the reader

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.said)


class Tracer(Walker):
    """The reader's own walk, which also keeps the elements it went through. traced: as `paragraphs`, index by index."""

    def __init__(self, *, with_fields: bool = True) -> None:
        super().__init__(Findings(), with_fields=with_fields)
        self.traced: list[Traced] = []
        self._open: list[Traced] = []

    def _table(self) -> dict[str, Handler | None]:
        table = super()._table()
        return table | {tag: partial(self._trace, handler) for tag in SPEAKING if (handler := table.get(tag))}

    def _trace(self, handler: Handler, node: Element) -> None:
        before = len(self._text)
        handler(node)
        text = "".join(self._text[before:])
        if text and self._open:
            self._open[-1].said.append((node, text))

    def _paragraph(self, node: Element) -> None:
        self._open.append(Traced(node, kind=self.here.place.kind))
        super()._paragraph(node)

    def _finish(self, draft: Draft) -> PhysicalParagraph:
        self.traced.append(self._open.pop())
        return super()._finish(draft)


@dataclass(slots=True)
class Source:
    """A package with the trees of the parts that hold text, and all their paragraphs in reading order."""

    package: Package
    parts: dict[str, Element]
    traced: list[Traced]


def trace(package: Package) -> Source:
    """Read the package's body and notes. Raises BadInput, also when the file holds tracked changes of any kind."""
    parts = {package.main: package.tree(package.main)}
    for kind in NOTES:
        parts |= {part: package.tree(part) for part in package.related(f"{kind}s")[:1]}
    beside = [package.tree(part) for kind in BESIDE for part in package.related(kind)]
    if any(_is_change(node) for root in (*parts.values(), *beside) for node in root.iter(f"{W}*")):
        raise BadFile("%(name)s holds tracked changes itself; accept or reject them in Word first.", name=package.name)
    body = next(parts[package.main].iterchildren(f"{W}body"), None)
    if body is None:
        raise markup.without_body(package.name)
    try:
        return Source(package, parts, _walk(package, parts, body))
    except (TooLong, RecursionError):
        raise BadFile("%(name)s is refused: it is longer or nested deeper than any text.", name=package.name) from None


def _is_change(node: Element) -> bool:
    return node.tag in REVISIONS or node.get(AUTHOR) is not None or local(node.tag).endswith("Change")


def _walk(package: Package, parts: dict[str, Element], body: Element) -> list[Traced]:
    tracer = Tracer()
    tracer.read(body, Place("body"))
    if any(tag == "field" for tag, *_ in tracer.findings.met):  # one that never ends: fields are text, as in the reader
        tracer = Tracer(with_fields=False)
        tracer.read(body, Place("body"))
    for kind in NOTES:
        root = next((parts[part] for part in package.related(f"{kind}s")[:1]), None)
        notes = {} if root is None else {note.get(ID, ""): note for note in root.iterchildren(f"{W}{kind}")}
        for of, number, changes in tracer.references:
            if of == kind and number in notes:
                tracer.read(notes[number], Place(of, changes))
    return tracer.traced


def matched(source: Source, paragraphs: Sequence[Paragraph]) -> list[Traced]:
    """The w:p of each paragraph: the same words in the same order, empty ones left out (and notes and text boxes, if
    the text was read without them). Raises BadInput when these paragraphs were not read from this file."""
    found: list[Traced] = []
    for traced in source.traced:
        wanted = paragraphs[len(found)].text if len(found) < len(paragraphs) else None
        if traced.text == wanted:
            found.append(traced)
        elif _in_line(traced):
            break
    met = set(map(id, found))
    if len(found) < len(paragraphs) or any(_in_line(t) and id(t) not in met for t in source.traced):
        raise BadFile("%(name)s is not the file that this text was read from. Read it again.", name=source.package.name)
    return found


def _in_line(traced: Traced) -> bool:
    return bool(traced.text.strip()) and traced.kind not in OFF_THE_LINE
