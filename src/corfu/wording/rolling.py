"""The rolling text: what `compile` gives, and what is read from it. Computed each time, never stored."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from corfu.wording.model import SPLIT, Paragraph, ReserveKind
from corfu.wording.tokens import words


@dataclass(frozen=True, slots=True)
class Support:
    """Who wants something: the delegations' codes and the amendments' ids, both sorted."""

    by: tuple[str, ...] = ()
    amendments: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.amendments)


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the competing wordings of a span; empty text: nothing stands there.

    `as_written` has, by amendment id, the texts that fold to `text` (another quote, a no-break space) but are
    written otherwise, so that every delegation's own text can be given back byte for byte.
    """

    text: str
    support: Support = Support()
    base: bool = False
    as_written: tuple[tuple[str, str], ...] = ()

    @property
    def by(self) -> tuple[str, ...]:
        """The codes of those who want it, sorted."""
        return self.support.by


Owned = tuple[int, int, str, str]
"""An edit in a known paragraph: start, end, text, id of its amendment."""


@dataclass(frozen=True, slots=True)
class Span:
    """A contested span: tokens `start:end` of the base paragraph and their variants, the base first.

    `tail` is the space that all variants end with: it is left out of their texts and stands after the span. `edits`
    are those that make the span; together they may reach further than it, where all of them write the same.
    """

    number: int
    paragraph: str
    start: int
    end: int
    variants: tuple[Variant, ...]
    tail: str = ""
    edits: tuple[Owned, ...] = ()

    @property
    def typographic(self) -> bool:
        """Whether nothing but quotes, dashes or spaces is contested."""
        return len(self.variants) == 1


Part = str | Span


@dataclass(frozen=True, slots=True)
class Reserved:
    """A reservation on a paragraph and who makes it."""

    kind: ReserveKind
    on: str
    support: Support


@dataclass(frozen=True, slots=True)
class RollingParagraph:
    """A paragraph of the base, or (`inserted`) a new one or the new place of one that is moved (`moved_from`).

    `brought`, of a new one: by amendment, the id that the paragraph has in it.
    """

    paragraph: Paragraph
    label: str
    parts: tuple[Part, ...]
    delete: Support = Support()
    move: Support = Support()
    reserved: tuple[Reserved, ...] = ()
    inserted: Support = Support()
    moved_from: str | None = None
    brought: tuple[tuple[str, str], ...] = ()
    as_written: tuple[tuple[str, str], ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        """The contested spans, in order."""
        return tuple(part for part in self.parts if isinstance(part, Span))

    @property
    def open(self) -> bool:
        """Whether anything about the paragraph is not agreed."""
        return bool(self.spans or self.delete or self.move or self.reserved or self.inserted)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is open: paragraphs of the base (the title aside), spans, their variants (the base's included), words
    of the base, and those of them that stand in a span or in a paragraph somebody wants out."""

    paragraphs: int
    open: int
    spans: int
    variants: int
    words: int
    words_contested: int


@dataclass(frozen=True, slots=True)
class RollingText:
    """The paragraphs in their order, and the number of the version they show."""

    version: int
    paragraphs: tuple[RollingParagraph, ...]

    def spans(self) -> Iterator[Span]:
        """All contested spans, numbered through the text."""
        return (span for p in self.paragraphs for span in p.spans)


def counts(rolling: RollingText) -> Counts:
    """Count what is open in a rolling text."""
    base = [p for p in rolling.paragraphs if not p.inserted and p.paragraph.kind != "title"]
    spans = list(rolling.spans())
    total = sum(words(p.paragraph.text) for p in rolling.paragraphs if not p.inserted)
    return Counts(
        paragraphs=len(base),
        open=sum(p.open for p in base),
        spans=len(spans),
        variants=sum(len(span.variants) for span in spans),
        words=total,
        words_contested=sum(_contested(p) for p in rolling.paragraphs if not p.inserted),
    )


def _contested(p: RollingParagraph) -> int:
    if p.delete or p.move:
        return words(p.paragraph.text)
    return sum(words(span.variants[0].text) for span in p.spans)


def project(rolling: RollingText, amendments: Collection[str] = ()) -> list[str]:
    """The paragraphs' texts when the variants and acts of `amendments` are chosen, and the base elsewhere.

    For one amendment, and for those of one delegation where no two of them contest the same span, this is exactly
    what `apply` gives. For none it is the base.
    """
    lines: list[str] = []
    for p in rolling.paragraphs:
        if p.inserted:
            if mine := _mine(p.inserted, amendments):
                lines += _written(p.parts[0], p.as_written, mine).split(SPLIT)
        elif not (_mine(p.delete, amendments) or _mine(p.move, amendments)):
            text = "".join(part if isinstance(part, str) else chosen(part, amendments) for part in p.parts)
            lines += text.split(SPLIT)
    return lines


def chosen(span: Span, amendments: Collection[str]) -> str:
    """The wording that one of `amendments` wants in the span, as it wrote it; the base's when none does."""
    for variant in reversed(span.variants):
        if mine := _mine(variant.support, amendments):
            return _written(variant.text, variant.as_written, mine)
    return span.variants[0].text


def _mine(support: Support, amendments: Collection[str]) -> str | None:
    return next((i for i in support.amendments if i in amendments), None)


def _written(text: Part, as_written: tuple[tuple[str, str], ...], amendment: str) -> str:
    assert isinstance(text, str)
    return dict(as_written).get(amendment, text)
