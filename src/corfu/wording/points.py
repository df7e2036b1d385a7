"""Open points: everything in a rolling text that the chair can dispose of, each as a choice between variants."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from corfu.wording.model import SPLIT, Act, Delete, Edit, Insert, Move
from corfu.wording.rolling import RollingParagraph, RollingText, Span, Support, Variant


class PointKind(StrEnum):
    """What is contested: words, a paragraph's being there, a new paragraph, a paragraph's place."""

    SPAN = "span"
    DELETE = "delete"
    INSERT = "insert"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that is open. `key` names it in its version; the first variant is the base: nothing changes.

    `brought`, of a new paragraph: its id in each amendment that wants it.
    """

    key: str
    kind: PointKind
    paragraph: str
    variants: tuple[Variant, ...]
    span: Span | None = None
    brought: tuple[tuple[str, str], ...] = ()


class Choosing(StrEnum):
    """How the chair disposes of a point."""

    BASE = "base"
    VARIANT = "variant"
    WORDING = "wording"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Choice:
    """The chair's disposition of one point: the base, variant number `variant`, its own wording `text` drawing on the
    variants `draws_on`, or still open."""

    how: Choosing
    variant: int = 0
    text: str = ""
    draws_on: tuple[int, ...] = ()


BASE = Choice(Choosing.BASE)
OPEN = Choice(Choosing.OPEN)


def take(variant: int) -> Choice:
    """The choice of a point's variant; 0 is the base."""
    return Choice(Choosing.VARIANT, variant) if variant else BASE


def word(text: str, draws_on: tuple[int, ...] = ()) -> Choice:
    """The choice of the chair's own wording, with the variants it draws on."""
    return Choice(Choosing.WORDING, text=text, draws_on=draws_on)


class InvalidChoiceError(ValueError):
    """A disposition that does not fit its point; the message names both."""


def points(rolling: RollingText) -> list[Point]:
    """All open points of a rolling text, in its order. Reservations are none: only their authors lift them."""
    return [point for paragraph in rolling.paragraphs for point in _points(paragraph)]


def _points(p: RollingParagraph) -> Iterator[Point]:
    id, text = p.paragraph.id, p.paragraph.text
    if p.moved_from is not None:
        place = p.inserted.amendments[0]  # two places for one paragraph: told apart by who wants the one and the other
        yield Point(f"{id}:move:{place}", PointKind.MOVE, id, _stays_or(p.inserted, text, text))
    elif p.inserted:
        variants = _stays_or(p.inserted, "", text, p.as_written)
        yield Point(f"{id}:insert", PointKind.INSERT, id, variants, brought=p.brought)
    if p.delete:
        yield Point(f"{id}:delete", PointKind.DELETE, id, _stays_or(p.delete, text, ""))
    for span in p.spans:
        yield Point(f"{id}:span:{span.number}", PointKind.SPAN, id, span.variants, span)


def _stays_or(
    support: Support, base: str, text: str, as_written: tuple[tuple[str, str], ...] = ()
) -> tuple[Variant, ...]:
    return Variant(base, base=True), Variant(text, support, as_written=as_written)


def checked(found: list[Point], choices: Mapping[str, Choice]) -> dict[str, Choice]:
    """The choice for every point, still open where none is given. Raises InvalidChoiceError."""
    known = {point.key: point for point in found}
    for key, choice in choices.items():
        if key not in known:
            raise InvalidChoiceError(f"there is no open point {key!r} in this version")
        numbers = (choice.variant, *choice.draws_on)
        if not all(0 <= n < len(known[key].variants) for n in numbers):
            raise InvalidChoiceError(
                f"point {key!r} has {len(known[key].variants)} variants, not number {max(numbers)}"
            )
        if choice.how is Choosing.WORDING and known[key].kind in (PointKind.DELETE, PointKind.MOVE):
            raise InvalidChoiceError(f"point {key!r} is a {known[key].kind}: it takes no wording")
        if SPLIT in choice.text and known[key].kind is PointKind.INSERT:
            raise InvalidChoiceError(f"the wording for {key!r} is two paragraphs: give it one, and add the other")
    _one_place(found, choices)
    return {point.key: choices.get(point.key, OPEN) for point in found}


def _one_place(found: list[Point], choices: Mapping[str, Choice]) -> None:
    taken = [p for p in found if p.kind in (PointKind.DELETE, PointKind.MOVE) and choices.get(p.key, OPEN).variant]
    seen: set[str] = set()
    for point in taken:
        if point.paragraph in seen:
            raise InvalidChoiceError(f"paragraph {point.paragraph!r} cannot go to two places, or go and be deleted")
        seen.add(point.paragraph)


class ByAmendment:
    """The open points of each amendment, to look up the one that an act of its is part of."""

    def __init__(self, found: list[Point]) -> None:
        self._points: dict[str, list[Point]] = defaultdict(list)
        for point in found:
            for amendment in {i for variant in point.variants for i in variant.support.amendments}:
                self._points[amendment].append(point)

    def point(self, amendment: str, act: Act) -> Point | None:
        """The act's open point; None for a reservation and for an edit without effect, which have none."""
        return next((p for p in self._points[amendment] if _concerns(p, amendment, act)), None)


def _concerns(point: Point, amendment: str, act: Act) -> bool:
    match act:
        case Edit():
            return point.span is not None and any(
                point.paragraph == act.paragraph and i == amendment and start <= act.start and act.end <= end
                for start, end, _, i in point.span.edits
            )
        case Delete():
            return point.kind is PointKind.DELETE and point.paragraph == act.paragraph
        case Move():
            return point.kind is PointKind.MOVE and point.paragraph == act.paragraph
        case Insert():
            return (amendment, act.paragraph.id) in point.brought
        case _:
            return False
