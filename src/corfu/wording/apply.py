"""What one amendment alone makes of the base: the measure that every rolling text is held against."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corfu.wording.model import Amendment, Delete, Edit, Insert, Move, Paragraph
from corfu.wording.tokens import tokenize


def apply(base: Sequence[Paragraph], amendment: Amendment) -> list[Paragraph]:
    """The base with all acts of the amendment done to it. A paragraph that it breaks keeps the break in its text."""
    edits: dict[str, list[Edit]] = defaultdict(list)
    places: dict[str | None, list[Insert | Move]] = defaultdict(list)
    gone: set[str] = set()
    for act in amendment.acts:
        if isinstance(act, Edit):
            edits[act.paragraph].append(act)
        elif isinstance(act, Insert | Move):
            places[act.after].append(act)
        if isinstance(act, Delete | Move):
            gone.add(act.paragraph)
    now = {p.id: edited(p, edits[p.id]) if p.id in edits else p for p in base}
    result: list[Paragraph] = []
    for at in (None, *(p.id for p in base)):
        if at is not None and at not in gone:
            result.append(now[at])
        result += [now[act.paragraph] if isinstance(act, Move) else act.paragraph for act in places[at]]
    return result


def edited(paragraph: Paragraph, edits: Iterable[Edit]) -> Paragraph:
    """The paragraph with the edits made, whose token ranges do not overlap."""
    return replace(paragraph, text=wording(tokenize(paragraph.text), edits))


def wording(tokens: Sequence[str], edits: Iterable[Edit], start: int = 0, end: int | None = None) -> str:
    """Tokens `start:end` with those edits made that lie among them."""
    pieces: list[str] = []
    at = start
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        pieces += tokens[at : edit.start]
        pieces.append(edit.text)
        at = edit.end
    pieces += tokens[at:end]
    return "".join(pieces)
