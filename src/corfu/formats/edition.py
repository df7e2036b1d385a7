"""The rolling text as an edition: paragraphs with their notes, and, delegation by delegation, who asked for what.

What the web page and the Word file have in common; neither adds a fact to it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from corfu.formats import rolling_words as words
from corfu.formats.brackets import Bracket, Gap, Piece, change_line, clean, pieces, plain, shortened, split_label
from corfu.formats.compilation import Compilation, Returned, Untracked
from corfu.wording.labels import addresses
from corfu.wording.model import Kind
from corfu.wording.rolling import RollingParagraph, Span, counts

_DEEPEST: Final = 4

_Landings = dict[str, dict[str, set[str]]]
"""By a moved paragraph's id: the name of each paragraph that it would follow ("" for none), and who wants that."""


class Sort(StrEnum):
    """What a note beside a paragraph is about."""

    NEW = "new"
    DELETE = "delete"
    MOVE = "move"
    RESERVE = "reserve"
    TYPOGRAPHY = "typography"
    UNTRACKED = "untracked"


@dataclass(frozen=True, slots=True)
class Note:
    """Something about a paragraph that is no wording: `text` is a sentence, `by` who it comes from, in order."""

    sort: Sort
    text: str
    by: tuple[str, ...]
    number: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph as it is shown. `label` stands in the margin, with the space after it where it is `typed`.

    `name` is what others call the paragraph: its label, or its first words; `anchor` is unique and safe in HTML.
    """

    number: int
    anchor: str
    name: str
    label: str
    typed: bool
    indent: int
    paragraph: RollingParagraph
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]

    @property
    def brackets(self) -> tuple[Bracket, ...]:
        """The contested spans, in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Bracket))


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a delegation asks for, on one line, and with whom.

    Where it stands: in the bracket of that number (0: it is about the whole paragraph), as one of so many wordings
    (1: nothing but spaces, quotes or dashes).
    """

    entry: Entry
    text: str
    others: tuple[str, ...]
    bracket: int = 0
    wordings: int = 0


@dataclass(frozen=True, slots=True)
class Delegation:
    """All that one delegation asks for, in the order of the text, and the files that it returned."""

    code: str
    name: str
    files: tuple[Returned, ...]
    asks: tuple[Ask, ...]


class Edition:
    """What both renderings show of a compilation; everything is computed once, when first read."""

    def __init__(self, compilation: Compilation) -> None:
        self.compilation = compilation
        rolling = compilation.rolling
        codes = {f.by for f in compilation.files} | {c for a in compilation.version.amendments for c in a.by}
        self._rank = {code: n for n, code in enumerate(compilation.in_order(codes))}
        self.title = clean(compilation.title or compilation.base)
        # A title that nobody contests is the title of the page: it is not shown twice.
        self._title_at = next((n for n, p in enumerate(rolling.paragraphs) if _is_title(p, self.title)), None)

    @property
    def codes(self) -> list[str]:
        """Everyone who returned a file or asks for something, in order."""
        return list(self._rank)

    def order(self, codes: Iterable[str]) -> list[str]:
        """Codes in the profile's order."""
        return sorted(codes, key=lambda code: (self._rank.get(code, len(self._rank)), code))

    def name(self, code: str) -> str:
        """The delegation's name, or its code where the profile has none."""
        return clean(self.compilation.names.get(code, code))

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The paragraphs, in order."""
        return tuple(self._entries())

    @property
    def shown(self) -> tuple[Entry, ...]:
        """The paragraphs without the title, where that is already the title of the page."""
        return tuple(entry for n, entry in enumerate(self.entries) if n != self._title_at)

    @property
    def heading(self) -> Entry | None:
        """The paragraph that is the title of the page."""
        return None if self._title_at is None else self.entries[self._title_at]

    @cached_property
    def places(self) -> dict[str, Entry]:
        """The base's paragraphs by id."""
        return {e.paragraph.paragraph.id: e for e in self.entries if not e.paragraph.inserted}

    @cached_property
    def untracked(self) -> tuple[tuple[Returned, Untracked], ...]:
        """Every change that was made without tracking, file by file."""
        return tuple((f, change) for f in self.files for change in f.untracked)

    @cached_property
    def files(self) -> tuple[Returned, ...]:
        """The returned files, in the order of whose they are."""
        return tuple(sorted(self.compilation.files, key=lambda f: (self._rank[f.by], f.file)))

    def figures(self) -> list[tuple[str, str]]:
        """How much is open, each as (figure, what it counts)."""
        found = counts(self.compilation.rolling)
        new = sum(1 for p in self.compilation.rolling.paragraphs if p.inserted and not p.moved_from)
        brackets = sum(not span.typographic for span in self.compilation.rolling.spans())
        share = found.words_contested / found.words if found.words else 0.0
        return words.figures(found.open, found.paragraphs, new, brackets, share)

    def about(self) -> str:
        """What this is, in one line."""
        files = self.compilation.files
        asking = {f.by for f in files} if files else {one.code for one in self.delegations}
        return words.compiled_from(clean(self.compilation.base), len(files), len(asking))

    # Paragraphs

    def _entries(self) -> Iterator[Entry]:
        paragraphs = self.compilation.rolling.paragraphs
        names = _names(paragraphs)
        labels = {p.paragraph.id: name for p, name in zip(paragraphs, names, strict=True) if not p.inserted}
        landings = _landings(paragraphs, names)
        taken: set[str] = set()
        for number, (p, name) in enumerate(zip(paragraphs, names, strict=True), 1):
            head, parts = split_label(p)
            found = tuple(pieces(parts, self.order))
            notes = (*self._acts(p, labels, landings), *self._typography(found), *self._hidden(p))
            label = clean(head or ("" if _typed(p) else p.label))
            yield Entry(number, _anchor(p, taken), name, label, bool(head), _indent(p), p, found, notes)

    def _acts(self, p: RollingParagraph, labels: dict[str, str], landings: _Landings) -> Iterator[Note]:
        if p.inserted and p.moved_from:
            origin = words.moved_from(labels.get(p.moved_from, p.moved_from))
            yield Note(Sort.MOVE, origin, self._by(p.inserted.by))
        elif p.inserted:
            yield Note(Sort.NEW, words.NEW_PARAGRAPH, self._by(p.inserted.by))
        if p.delete:
            yield Note(Sort.DELETE, words.DELETE_PARAGRAPH, self._by(p.delete.by))
        for place, by in landings[p.paragraph.id].items() if p.move else ():
            yield Note(Sort.MOVE, words.move_to(place), self._by(by))
        for reserved in p.reserved:
            text = words.reservation(reserved.kind, clean(reserved.on))
            yield Note(Sort.RESERVE, text, self._by(reserved.support.by))

    def _typography(self, found: Iterable[Piece]) -> Iterator[Note]:
        for piece in found:
            # Also where others contest the words: who only writes the base's words otherwise is not forgotten.
            if isinstance(piece, Bracket) and (by := self._by(piece.span.variants[0].by)):
                yield Note(Sort.TYPOGRAPHY, _written_otherwise(piece.span), by, piece.span.number)

    def _hidden(self, p: RollingParagraph) -> Iterator[Note]:
        for file, change in () if p.inserted else self.untracked:
            if change.paragraph == p.paragraph.id:
                yield Note(Sort.UNTRACKED, change_line(change.old, change.new), (file.by,))

    def _by(self, codes: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.order(codes))

    # Who asked for what

    @cached_property
    def delegations(self) -> tuple[Delegation, ...]:
        """Everyone who returned a file or asks for something, with what they ask for."""
        asked: dict[str, list[Ask]] = defaultdict(list)
        for entry in self.entries:
            for by, text, number, wordings in _asked(entry):
                for code in by:
                    others = tuple(other for other in by if other != code)
                    asked[code].append(Ask(entry, text, others, number, wordings))
        files: dict[str, list[Returned]] = defaultdict(list)
        for file in self.files:
            files[file.by].append(file)
        return tuple(Delegation(c, self.name(c), tuple(files[c]), tuple(asked[c])) for c in self.codes)


def _asked(entry: Entry) -> Iterator[tuple[tuple[str, ...], str, int, int]]:
    """What is asked of a paragraph: who, what, in which bracket, one of how many wordings."""
    for note in entry.notes:
        if note.sort is Sort.NEW:
            yield note.by, words.new_paragraph(shortened(plain(entry.paragraph.paragraph.text), 240)), 0, 0
        elif note.sort is Sort.TYPOGRAPHY:
            yield note.by, note.text, note.number, 1
        # The new place of a paragraph that is moved says again what its old place says.
        elif note.sort is not Sort.UNTRACKED and not entry.paragraph.inserted:
            yield note.by, note.text, 0, 0
    before = ""
    for piece in entry.pieces:
        if isinstance(piece, Bracket):
            for one in piece.wanted:
                line = change_line(piece.base, one.text, before)
                yield one.by, line, piece.span.number, len(piece.span.variants)
            before += piece.head + piece.base + piece.foot
        elif not isinstance(piece, Gap):
            before = (before + piece.text)[-200:]


def _written_otherwise(span: Span) -> str:
    base = span.variants[0]
    forms = " / ".join(dict.fromkeys(f"“{clean(text)}”" for _, text in base.as_written))
    return f"{words.TYPOGRAPHY}: {forms}" if forms else words.TYPOGRAPHY


def _is_title(p: RollingParagraph, title: str) -> bool:
    return p.paragraph.kind is Kind.TITLE and not p.open and clean(p.paragraph.text).strip() == title.strip()


def _typed(p: RollingParagraph) -> bool:
    """Whether the label is part of the words: then it must not stand beside them as well."""
    return bool(p.label) and p.paragraph.text.startswith(p.label)


def _indent(p: RollingParagraph) -> int:
    return min(max(p.paragraph.level, int(p.paragraph.kind is Kind.ITEM)), _DEEPEST)


def _names(paragraphs: Sequence[RollingParagraph]) -> list[str]:
    """What others call each paragraph: "4", "7(b)", or its first words."""
    found = addresses((p.label, p.paragraph.kind) for p in paragraphs)
    return [clean(name) if name else _first_words(p) for name, p in zip(found, paragraphs, strict=True)]


def _first_words(p: RollingParagraph) -> str:
    return f"“{shortened(plain(p.paragraph.text), 24)}”" if p.paragraph.text.strip() else "¶"


def _landings(paragraphs: Sequence[RollingParagraph], names: Sequence[str]) -> _Landings:
    """Where paragraphs that are moved would stand, and who wants them there."""
    found: _Landings = defaultdict(lambda: defaultdict(set))
    before = ""
    for p, name in zip(paragraphs, names, strict=True):
        if not p.inserted:
            before = name
        elif p.moved_from:
            found[p.moved_from][before].update(p.inserted.by)
    return found


def _anchor(p: RollingParagraph, taken: set[str]) -> str:
    """An id for HTML: the permanent id where it is safe as it is, "n-" before it for a new or second place."""
    safe = re.sub(r"[^A-Za-z0-9._-]", lambda m: f"_{ord(m[0]):x}_", p.paragraph.id)
    anchor = wished = f"{'n' if p.inserted else 'p'}-{safe}"
    tries = 1
    while anchor in taken:
        tries += 1
        anchor = f"{wished}-{tries}"
    taken.add(anchor)
    return anchor
