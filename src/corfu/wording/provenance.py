"""Where every token of a rolling text comes from: the base, or the amendments that bring it."""

from collections.abc import Iterator
from typing import NamedTuple

from corfu.wording.diff import regions
from corfu.wording.rolling import RollingParagraph, Span, Variant
from corfu.wording.tokens import tokenize


class Sourced(NamedTuple):
    """A token and the amendments that bring it; none: it stands in the base."""

    token: str
    amendments: tuple[str, ...]


def provenance(paragraph: RollingParagraph) -> Iterator[Sourced]:
    """Every token of a paragraph of the rolling text, variant after variant, with its source."""
    for part in paragraph.parts:
        if isinstance(part, Span):
            for variant in part.variants:
                yield from sources(part, variant)
        else:
            yield from (Sourced(token, paragraph.inserted.amendments) for token in tokenize(part))


def sources(span: Span, variant: Variant) -> Iterator[Sourced]:
    """The tokens of one variant: what the base's variant has too is the base's."""
    tokens = tokenize(variant.text)
    brought = {n for r in regions(tokenize(span.variants[0].text), tokens) for n in range(r.start2, r.end2)}
    return (Sourced(t, variant.support.amendments if n in brought else ()) for n, t in enumerate(tokens))
