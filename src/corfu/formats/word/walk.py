"""The one walk over a document's tree, from the first paragraph to the last."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from lxml.etree import _Element as Element

from corfu.formats.word.bookmarks import paragraph_id
from corfu.formats.word.findings import Findings
from corfu.formats.word.names import AUTHOR, DATE, ID, MC, NAME, SPACE, M, W, local
from corfu.formats.word.properties import original_label, own_properties
from corfu.formats.word.story import ARRIVING, Change, Changes, Kind, Paragraph, Piece, Place, Properties
from corfu.formats.word.symbols import character

Handler = Callable[[Element], None]
REVISIONS: Final[dict[str, Kind]] = {
    f"{W}ins": "ins",
    f"{W}del": "del",
    f"{W}moveFrom": "moveFrom",
    f"{W}moveTo": "moveTo",
}
CELL_REVISIONS: Final[dict[str, Kind]] = {f"{W}cellIns": "ins", f"{W}cellDel": "del"}
SIGNS: Final = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\u2028",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}
RUNS: Final = (f"{W}r", f"{M}r")
SOFT_BREAK: Final = "\u2028"
SCRUBBED: Final = "Author"  # what Word writes for every name when it is told to remove personal information
# What namespaces a w:drawing or an alternative may ask for and we still know how to find its text.
KNOWN: Final = (
    "http://schemas.microsoft.com/office/",
    "http://schemas.openxmlformats.org/",
    "urn:schemas-microsoft-com:",
)
# No text in here, and no change that is not looked for elsewhere. w:rt is how a Chinese or Japanese word is spoken.
SKIPPED: Final = (
    *(f"{W}{name}" for name in ("rPr", "tcPr", "sdtPr", "sdtEndPr", "rubyPr", "rt")),
    *(f"{W}{name}" for name in ("instrText", "delInstrText", "proofErr", "lastRenderedPageBreak")),
    f"{M}rPr",
)


PLAIN: Final = Properties()
MOST_PARAGRAPHS: Final = 100_000  # some 3,000 pages


class TooLong(Exception):
    """The document has more paragraphs than any text has: it was made to fill the memory."""


@dataclass(slots=True)
class Draft:
    """The paragraph that is being read."""

    bookmark: str | None = None
    pieces: list[Piece] = field(default_factory=list)
    boxes: list[tuple[Element, Changes]] = field(default_factory=list)
    properties: Properties = PLAIN
    former: list[tuple[Change, Properties]] = field(default_factory=list)
    marks: list[tuple[Kind, Element]] = field(default_factory=list)
    moves: dict[Kind, str] = field(default_factory=dict)


@dataclass(slots=True)
class Here:
    """Where the walk stands: the place, the changes that enclose the text, those of the table row, open fields.

    fields: one entry for each open field, True while its instructions last.
    """

    place: Place
    changes: Changes = ()
    row: Changes = ()
    fields: list[bool] = field(default_factory=list)


class Walker:
    """Reads blocks of paragraphs, tables and notes. What it gathers is public: paragraphs, references, remarks.

    references: (kind of note, its id, the changes it stands with), in order. remarks: id of a comment → index of
    the paragraph where it begins.
    """

    def __init__(self, findings: Findings, *, with_fields: bool = True) -> None:
        self.findings = findings
        self.with_fields = with_fields
        self.paragraphs: list[Paragraph] = []
        self.references: list[tuple[Literal["footnote", "endnote"], str, Changes]] = []
        self.remarks: dict[str, int] = {}
        self.changes: dict[tuple[Kind, str, str, str], Change] = {}
        self.here = Here(Place("body"))
        self._draft: Draft | None = None
        self._text: list[str] = []
        self._muted = False
        self._careful = False
        self._keys = 0
        self._bookmark: str | None = None
        self._ids: dict[str, int] = {}
        self._ranges: dict[tuple[Kind, str], str] = {}
        self._tuples: dict[Changes, Changes] = {(): ()}
        self._handlers = self._table()

    def read(self, node: Element, place: Place) -> None:
        """Read the paragraphs inside `node` as standing in that place."""
        if not self._careful and _has_changes_in_run_properties(node):
            self._careful = True
            self._handlers |= {f"{W}r": self._run, f"{M}r": self._run, f"{W}rPr": self._run_properties}
        outer, self.here = self.here, Here(place)
        muted, self._muted = self._muted, False
        self._visit(node)
        self._flush()
        if any(self.here.fields):
            self.findings.add("field", None, "paragraph", len(self.paragraphs) - 1)
        self.here, self._muted = outer, muted

    def _table(self) -> dict[str, Handler | None]:
        word: dict[str, Handler] = {
            "p": self._paragraph,
            "pPr": self._paragraph_properties,
            "r": self._visit,  # a third of the time goes into runs: see read() for what it takes to look closer
            "t": self._words,
            "delText": self._words,
            "br": self._break,
            "sym": self._symbol,
            "fldChar": self._field,
            "tr": self._row,
            "trPr": self._row_properties,
            "tc": self._cell,
            "txbxContent": self._box,
            "footnoteReference": self._note,
            "endnoteReference": self._note,
            "commentRangeStart": self._remark,
            "commentReference": self._remark,
            "bookmarkStart": self._bookmark_start,
            "bookmarkEnd": self._bookmark_end,
            "moveFromRangeStart": self._range_start,
            "moveToRangeStart": self._range_start,
            "moveFromRangeEnd": self._range_end,
            "moveToRangeEnd": self._range_end,
        }
        word |= dict.fromkeys(("tblPr", "tblPrEx", "tblGrid", "sectPr"), self._changes_inside)
        word |= dict.fromkeys(("drawing", "pict", "object"), self._picture)
        word |= dict.fromkeys(("altChunk", "subDoc"), self._unread)
        handlers: dict[str, Handler | None] = dict.fromkeys(SKIPPED)
        handlers |= {W + name: handler for name, handler in word.items()}
        handlers |= dict.fromkeys(REVISIONS, self._revision)
        handlers |= dict.fromkeys(SIGNS, self._sign)
        handlers[f"{M}t"], handlers[f"{M}ctrlPr"] = self._words, self._structure
        handlers[f"{MC}AlternateContent"] = self._alternative
        return handlers

    def _visit(self, node: Element) -> None:
        get, other = self._handlers.get, self._other
        for child in node:
            handler = get(child.tag, other)
            if handler is not None:
                handler(child)

    def _other(self, node: Element) -> None:
        """Whatever is not known is looked through for text, and named when it is somebody's change."""
        # A content control that was inserted has two ranges; the second marks its end tag and has nothing after it.
        if node.get(AUTHOR) is not None and (node.getnext() is not None or len(node)):
            self._find(node)
        self._visit(node)

    # --- paragraphs

    def _paragraph(self, node: Element) -> None:
        if len(self.paragraphs) >= MOST_PARAGRAPHS:
            raise TooLong
        self._flush()
        outer = self._draft
        draft = self._draft = Draft(self._bookmark)
        self._bookmark = None
        self._visit(node)
        self._flush()
        self.paragraphs.append(self._finish(draft))
        self._draft = outer
        place, index = self.here.place, len(self.paragraphs) - 1
        for box, standing in draft.boxes:
            self.read(box, Place("box", standing, None, place.anchor if place.anchor >= 0 else index))

    def _finish(self, draft: Draft) -> Paragraph:
        marks = tuple(self._change(node, kind, self._move(kind, draft)) for kind, node in draft.marks)
        return Paragraph(
            len(self.paragraphs),
            tuple(draft.pieces),
            self._same(self.here.changes + marks),
            draft.properties,
            tuple(draft.former),
            draft.bookmark,
            self.here.place,
        )

    def _paragraph_properties(self, node: Element) -> None:
        draft = self._draft
        if draft is None:
            return
        own = draft.properties = own_properties(node)
        for child in node:
            tag = child.tag
            if tag == f"{W}rPr":
                draft.marks += [(REVISIONS[mark.tag], mark) for mark in child if mark.tag in REVISIONS]
                self._changes_inside(child)
            elif tag == f"{W}sectPr":
                self._changes_inside(child)
            elif tag == f"{W}numPr":
                self._list_changes(child, own, draft)
            elif tag == f"{W}pPrChange":
                self._find(child)
                old = next(child.iterchildren(f"{W}pPr"), None)
                before = Properties() if old is None else own_properties(old)
                if before != own:
                    draft.former.append((self._change(child, "format"), before))

    def _list_changes(self, node: Element, own: Properties, draft: Draft) -> None:
        for child in node:
            if child.tag == f"{W}ins":
                draft.former.append((self._change(child, "format"), replace(own, number=None, level=None)))
            elif child.tag == f"{W}numberingChange":
                label = original_label(child.get(f"{W}original", ""))
                draft.former.append((self._change(child, "format"), replace(own, label=label)))

    # --- text

    def _run(self, node: Element) -> None:
        outer = self.here.changes
        self._visit(node)
        if self.here.changes is not outer:
            self._enter(outer)

    def _run_properties(self, node: Element) -> None:
        if not len(node):
            return
        if node[-1].tag == f"{W}rPrChange":
            self._find(node[-1])
        # A run may carry its change among its properties, as formulas do (17.13.5.16 and 17.13.5.21).
        kind = REVISIONS.get(node[0].tag)
        if kind:
            self._enter((*self.here.changes, self._change(node[0], kind)))

    def _words(self, node: Element) -> None:
        text = node.text
        if text and not self._muted:
            # Word and LibreOffice take white space at the ends for layout of the XML unless told to preserve it.
            if (text[0] <= " " or text[-1] <= " ") and node.get(SPACE) != "preserve":
                text = text.strip(" \t\r\n")
            self._text.append(text.replace("\n", " ") if "\n" in text else text)

    def _sign(self, node: Element) -> None:
        self._say(SIGNS[node.tag])

    def _break(self, node: Element) -> None:
        if node.get(f"{W}type", "textWrapping") == "textWrapping":
            self._say(SOFT_BREAK)

    def _symbol(self, node: Element) -> None:
        self._say(character(node.get(f"{W}char", ""), node.get(f"{W}font", "")))

    def _say(self, text: str) -> None:
        if not self._muted:
            self._text.append(text)

    def _flush(self) -> None:
        """Close the piece of text that has been gathered; one that continues the last piece makes it longer."""
        if not self._text:
            return
        if self._draft is None:  # text outside a paragraph, which the format does not know
            self.findings.add("text", None, "paragraph", len(self.paragraphs))
            self._text.clear()
            return
        text, pieces, changes = "".join(self._text), self._draft.pieces, self.here.changes
        self._text.clear()
        if pieces and pieces[-1].changes is changes:
            pieces[-1] = replace(pieces[-1], text=pieces[-1].text + text)
        elif text:
            pieces.append(Piece(self._keys, text, changes))
            self._keys += 1

    def _field(self, node: Element) -> None:
        """Between its beginning and its separator a field holds instructions, and results of fields inside them."""
        kind, fields = node.get(f"{W}fldCharType"), self.here.fields
        if not self.with_fields:
            return
        if kind == "begin":
            fields.append(True)
        elif fields and kind == "separate":
            fields[-1] = False
        elif fields and kind == "end":
            fields.pop()
        self._muted = any(fields)
        self._changes_inside(node)

    # --- changes

    def _revision(self, node: Element) -> None:
        outer = self.here.changes
        kind = REVISIONS[node.tag]
        self._enter((*outer, self._change(node, kind, self._move(kind, self._draft))))
        self._visit(node)
        self._enter(outer)

    def _enter(self, changes: Changes) -> None:
        self._flush()
        self.here.changes = self._same(changes)

    def _same(self, changes: Changes) -> Changes:
        """One object for equal sets of changes, so that a view judges each set once."""
        return self._tuples.setdefault(changes, changes)

    def _change(self, node: Element, kind: Kind, move: str = "") -> Change:
        key = (kind, author(node), node.get(DATE, ""), move)
        if key not in self.changes:
            self.changes[key] = Change(*key)
        return self.changes[key]

    def _move(self, kind: Kind, draft: Draft | None) -> str:
        """The name of the move whose range is open here, or was in this paragraph (the mark's change comes last)."""
        if kind not in ("moveFrom", "moveTo"):
            return ""
        name = next((name for (of, _), name in reversed(self._ranges.items()) if of == kind), "")
        if draft is not None:
            name = draft.moves[kind] = name or draft.moves.get(kind, "")
        return name

    def _range_start(self, node: Element) -> None:
        kind: Kind = "moveFrom" if node.tag.endswith("moveFromRangeStart") else "moveTo"
        self._ranges[kind, node.get(ID, "")] = node.get(NAME, "")

    def _range_end(self, node: Element) -> None:
        kind: Kind = "moveFrom" if node.tag.endswith("moveFromRangeEnd") else "moveTo"
        self._ranges.pop((kind, node.get(ID, "")), None)

    def _changes_inside(self, node: Element) -> None:
        for child in node:
            if child.tag.endswith("Change"):
                self._find(child)

    def _find(self, node: Element, inside: str = "") -> None:
        by = None if node.tag == f"{W}tblGridChange" else author(node)
        where = "the last section" if self._draft is None and node.tag == f"{W}sectPrChange" else "paragraph"
        self.findings.add(local(node.tag), by, where, len(self.paragraphs), inside=inside)

    def _structure(self, node: Element) -> None:
        for child in node.iter(*REVISIONS):
            self._find(child, " of a formula's structure")

    # --- tables

    def _row(self, node: Element) -> None:
        outer, self.here.row = self.here.row, ()
        self._visit(node)
        self.here.row = outer

    def _row_properties(self, node: Element) -> None:
        self.here.row = tuple(self._change(child, REVISIONS[child.tag]) for child in node if child.tag in REVISIONS)
        self._changes_inside(node)

    def _cell(self, node: Element) -> None:
        here = self.here
        changes = here.place.changes + here.changes + here.row
        for child in node[0] if len(node) and node[0].tag == f"{W}tcPr" else ():
            if child.tag in CELL_REVISIONS:
                changes += (self._change(child, CELL_REVISIONS[child.tag]),)
            elif child.tag in (f"{W}cellMerge", f"{W}tcPrChange"):
                self._find(child)
        self.here = Here(Place("cell", self._same(changes), here.place, here.place.anchor), fields=here.fields)
        self._visit(node)
        self.here = here

    # --- what hangs on the text

    def _box(self, node: Element) -> None:
        if self._draft is not None:
            self._draft.boxes.append((node, self._standing()))

    def _note(self, node: Element) -> None:
        kind: Literal["footnote", "endnote"] = "footnote" if node.tag == f"{W}footnoteReference" else "endnote"
        self.references.append((kind, node.get(ID, ""), self._standing()))

    def _standing(self) -> Changes:
        return self._same(self.here.place.changes + self.here.changes)

    def _remark(self, node: Element) -> None:
        self.remarks.setdefault(node.get(ID, ""), len(self.paragraphs))

    def _picture(self, node: Element) -> None:
        draft = self._draft
        before = len(draft.boxes) if draft is not None else 0
        self._visit(node)
        if self.here.changes and draft is not None and len(draft.boxes) == before:
            change = self.here.changes[-1]
            inside = " inside an insertion" if change.kind in ARRIVING else " inside a deletion"
            self.findings.add(local(node.tag), change.author, "paragraph", len(self.paragraphs), inside=inside)

    def _unread(self, node: Element) -> None:
        self.findings.add(local(node.tag), None, "paragraph", len(self.paragraphs))

    def _alternative(self, node: Element) -> None:
        """Of the alternatives the first that can be shown, as its reader would choose (ECMA-376 part 3, 9.3)."""
        for child in node:
            asks = child.get("Requires", "").split() if child.tag == f"{MC}Choice" else []
            if all((child.nsmap.get(prefix) or "").startswith(KNOWN) for prefix in asks):
                self._visit(child)
                return

    # --- bookmarks that carry a paragraph's id

    def _bookmark_start(self, node: Element) -> None:
        name = paragraph_id(node.get(NAME, ""))
        if name is None:
            return
        self._ids[node.get(ID, "")] = len(self.paragraphs)
        if self._draft is None:
            self._bookmark = name
        elif self._draft.bookmark is None:
            self._draft.bookmark = name

    def _bookmark_end(self, node: Element) -> None:
        """A bookmark that now spans several paragraphs belongs to the first that held text before the changes:
        who writes a new paragraph in front of a marked one writes it inside the bookmark."""
        start = self._ids.pop(node.get(ID, ""), len(self.paragraphs))
        self._flush()
        span = self.paragraphs[start:]
        if not span or _stood_before(span[0].pieces):
            return
        name = span[0].bookmark
        for index, paragraph in enumerate(span):
            if _stood_before(paragraph.pieces) and paragraph.bookmark is None:
                self.paragraphs[start] = replace(span[0], bookmark=None)
                self.paragraphs[start + index] = replace(paragraph, bookmark=name)
                return
        draft = self._draft
        if draft is not None and draft.bookmark is None and _stood_before(draft.pieces):
            self.paragraphs[start] = replace(span[0], bookmark=None)
            draft.bookmark = name


def _has_changes_in_run_properties(node: Element) -> bool:
    if next(node.iter(f"{W}rPrChange"), None) is not None:
        return True
    for change in node.iter(*REVISIONS):
        parent = change.getparent()
        if parent is not None and parent.tag == f"{W}rPr":
            run = parent.getparent()
            if run is not None and run.tag in RUNS:
                return True
    return False


def author(node: Element) -> str:
    """Who made the change; '' where the file does not say or the name was taken out."""
    name = node.get(AUTHOR, "").strip()
    return "" if name == SCRUBBED else name


def _stood_before(pieces: tuple[Piece, ...] | list[Piece]) -> bool:
    return any(not any(change.kind in ARRIVING for change in piece.changes) for piece in pieces)
