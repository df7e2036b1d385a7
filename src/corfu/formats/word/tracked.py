"""A delegation's text, or the next version, as real tracked changes on the base's own Word file.

Reject all gives the base, accept all the new text. Everything else in the file stays as it is: styles, lists,
pictures, headers. Revision markup: ECMA-376 part 1, 17.13.5.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from lxml.etree import _Element as Element

from corfu.formats.word.blocks import Marks, new_paragraph, settle_marks
from corfu.formats.word.marks import Pen, Words, set_bookmarks
from corfu.formats.word.modelling import Models
from corfu.formats.word.names import ID, MC, W, local
from corfu.formats.word.offsets import Change
from corfu.formats.word.package import open_package
from corfu.formats.word.packing import packed
from corfu.formats.word.rewriting import rewrite, strike_all, wording
from corfu.formats.word.tracing import NOTES, Source, Traced, matched, trace
from corfu.wording.align import align
from corfu.wording.diff import edits
from corfu.wording.model import SPLIT, Act, Amendment, Delete, Edit, Insert, Move, Paragraph, Version, problems
from corfu.wording.tokens import tokenize

ALTERNATIVES: Final = f"{MC}AlternateContent"
FALLBACK: Final = f"{MC}Fallback"


def tracked(
    base: bytes, name: str, paragraphs: Sequence[Paragraph], amendment: Amendment, author: str, date: str
) -> bytes:
    """The base's Word file with the amendment's acts as tracked changes, and the paragraphs' ids in bookmarks.

    `base` is the file, `name` how messages call it, `paragraphs` the text as read from it (the paragraphs with
    words, in order). `date` is an instant as in 2026-01-05T10:00:00Z. A move is a deletion and an insertion; a
    reservation changes no words and is not written. Raises BadInput for a file that cannot be read, holds tracked
    changes itself, or is not the one the paragraphs were read from; ValueError for an amendment that does not fit the
    paragraphs, an id that fits no bookmark (see `with_ids`), or characters that XML cannot hold.
    """
    for problem in problems(Version(amendment.on, tuple(paragraphs), (amendment,))):
        raise ValueError(problem)
    source, found = _opened(base, name, paragraphs)
    plan = _Plan.of(paragraphs, amendment)
    _Writer(source, paragraphs, found, plan, Pen(author, date, source.parts.values())).write()
    return packed(source.package, source.parts)


def with_ids(base: bytes, name: str, paragraphs: Sequence[Paragraph]) -> bytes:
    """The base's Word file with a hidden bookmark `_corfu_…` around each paragraph, named by its id.

    So the file can be sent out, changed and returned, and every paragraph is known again (`marks.bookmark_name` says
    how ids are written). Raises BadInput as `tracked` does; ValueError for an id of more than 33 characters, fewer
    when it has others than ASCII letters, digits and single underscores, and for ids that differ only in case.
    """
    source, _ = _opened(base, name, paragraphs)
    return packed(source.package, source.parts)


def redline(
    old: bytes,
    old_name: str,
    old_paragraphs: Sequence[Paragraph],
    new_paragraphs: Sequence[Paragraph | str],
    author: str,
    date: str,
) -> bytes:
    """The old version's Word file with the way to the new version as tracked changes.

    Paragraphs are matched by id where both have it, else by their words. Raises as `tracked` does.
    """
    acts = tuple(_acts(old_paragraphs, new_paragraphs))
    return tracked(old, old_name, old_paragraphs, Amendment("redline", (author,), 0, acts), author, date)


def _opened(base: bytes, name: str, paragraphs: Sequence[Paragraph]) -> tuple[Source, list[Traced]]:
    source = trace(open_package(base, name))
    found = matched(source, paragraphs)
    named = zip((p.id for p in paragraphs), (traced.node for traced in found), strict=True)
    set_bookmarks(list(source.parts.values()), named)
    return source, found


def _acts(old: Sequence[Paragraph], new: Sequence[Paragraph | str]) -> Iterable[Act]:
    texts = [p if isinstance(p, str) else p.text for p in new]
    ids = [None if isinstance(p, str) else p.id for p in new]
    after: str | None = None
    for i, j in align([p.text for p in old], texts, [p.id for p in old], ids):
        if i is None and j is not None:
            one = new[j]
            fresh = Paragraph("", one) if isinstance(one, str) else one
            yield Insert(after, Paragraph(f"new {j}", fresh.text, fresh.kind, fresh.level, fresh.label))
        elif i is not None:
            after = old[i].id
            yield from [Delete(after)] if j is None else edits(after, old[i].text, texts[j])


@dataclass(slots=True)
class _Plan:
    """An amendment sorted by the paragraphs it touches. new: by the id it stands after, None before the first."""

    changes: dict[str, list[Change]] = field(default_factory=lambda: defaultdict(list))
    gone: set[str] = field(default_factory=set)
    new: dict[str | None, list[Insert | Move]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, paragraphs: Sequence[Paragraph], amendment: Amendment) -> "_Plan":
        """What `corfu.wording.apply` does with the acts, in characters."""
        plan = cls()
        edits_of: dict[str, list[Edit]] = defaultdict(list)
        for act in amendment.acts:
            if isinstance(act, Edit):
                edits_of[act.paragraph].append(act)
            elif isinstance(act, Insert | Move):
                plan.new[act.after].append(act)
            if isinstance(act, Delete | Move):
                plan.gone.add(act.paragraph)
        for paragraph in paragraphs:
            ends = [0, *accumulate(map(len, tokenize(paragraph.text)))]
            for edit in sorted(edits_of[paragraph.id], key=lambda edit: (edit.start, edit.end)):
                start, end = (ends[min(n, len(ends) - 1)] for n in (edit.start, edit.end))
                plan.changes[paragraph.id].append(Change(start, end, edit.text))
        return plan


@dataclass(slots=True)
class _Writer:
    """Carries a plan out on a file's trees."""

    source: Source
    paragraphs: Sequence[Paragraph]
    found: Sequence[Traced]
    plan: _Plan
    pen: Pen
    marks: Marks = field(default_factory=dict)
    fresh: dict[str | None, list[Element]] = field(default_factory=dict)
    staying: set[Element] = field(default_factory=set)
    notes: set[tuple[str, str]] = field(default_factory=set)

    def write(self) -> None:
        self._find_staying()
        models = Models(self.source.package, self.paragraphs, self.found)
        # New paragraphs copy their looks from old ones, and are made before the old ones are cut.
        for place, acts in self.plan.new.items():
            self.fresh[place] = [node for act in acts for node in self._made(act, models)]
        heads = [self._rewritten(p, traced) for p, traced in zip(self.paragraphs, self.found, strict=True)]
        for node in self.fresh.get(None, ()) if heads else ():
            heads[0].addprevious(node)
            self.marks[node] = "ins"
        settle_marks(self.marks, self.pen)

    def _made(self, act: Insert | Move, models: Models) -> list[Element]:
        """The new paragraphs of one act: one, or several if a moved paragraph is broken on the way; empty ones are
        not written."""
        if isinstance(act, Move):
            at, new = models.index[act.paragraph], None
            words = wording(self.found[at], self.plan.changes[act.paragraph])
        else:
            at, new = models.like(act), act.paragraph
            words = [Words(new.text, models.formatting(at))]
        lines = map(self.pen.inserted, _lines(words))
        return [new_paragraph(models.properties(at, new), line) for line in lines if line]

    def _rewritten(self, paragraph: Paragraph, traced: Traced) -> Element:
        """Carry out what is asked for one paragraph; the first w:p of what it became."""
        parts = [traced.node]
        changes = self.plan.changes.get(paragraph.id)
        if paragraph.id in self.plan.gone:
            if strike_all(traced, self.pen, self._holds):
                self.marks[traced.node] = "del"
        elif changes:
            parts = rewrite(traced, changes, self.pen, self._holds)
            self.marks |= dict.fromkeys(parts[:-1], "ins")
        if paragraph.id in self.fresh or paragraph.id in self.plan.gone or changes:
            _drop_fallback(traced.node)
        place = traced.node
        for node in self.fresh.get(paragraph.id, ()):
            place.addnext(node)
            place = node
            self.marks[node] = "ins"
        return parts[0]

    def _find_staying(self) -> None:
        """The paragraphs that stay, and the notes that hold such."""
        for paragraph, traced in zip(self.paragraphs, self.found, strict=True):
            if paragraph.id not in self.plan.gone:
                self.staying.add(traced.node)
                for above in traced.node.iterancestors(*(f"{W}{kind}" for kind in NOTES)):
                    self.notes.add((local(above.tag), above.get(ID, "")))

    def _holds(self, node: Element) -> bool:
        """Whether paragraphs hang on the element, in a text box or a note, that this amendment leaves in the text."""
        references = node.iter(*(f"{W}{kind}Reference" for kind in NOTES))
        if any((local(mark.tag).removesuffix("Reference"), mark.get(ID, "")) in self.notes for mark in references):
            return True
        return any(inside in self.staying for inside in node.iter(f"{W}p"))


def _lines(words: Iterable[Words]) -> list[list[Words]]:
    lines: list[list[Words]] = [[]]
    for piece in words:
        first, *others = piece.text.split(SPLIT)
        lines[-1].append(Words(first, piece.properties))
        lines += [[Words(text, piece.properties)] for text in others]
    return lines


def _drop_fallback(paragraph: Element) -> None:
    """A text box is written twice, the second time for old programs: that copy would go on saying the old words."""
    for alternatives in paragraph.iterancestors(ALTERNATIVES):
        for fallback in list(alternatives.iterchildren(FALLBACK)):
            alternatives.remove(fallback)
