"""Open points as a form on the chair's desk knows them, and what was chosen there, held against what is open now.

A form names a point by its paragraph, kind, place and base words, and a variant by its words. Neither becomes another
when an amendment is filed while the chair decides, so that no choice is ever carried to words that it was not made for.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, NamedTuple

from django.utils.translation import gettext

from corfu.negotiation.texts.given_words import fault, visible
from corfu.negotiation.texts.state import State
from corfu.wording.model import SPLIT
from corfu.wording.points import BASE, Choice, Point, PointKind, take, word
from corfu.wording.rolling import RollingParagraph, Span
from corfu.wording.spacing import spaced
from corfu.wording.tokens import fold

OPEN: Final = "open"
KEEP: Final = "base"
OWN: Final = "own"
WORDED: Final = (PointKind.SPAN, PointKind.INSERT)
"""Points that the chair may word itself; the others are yes or no."""
MOST: Final = 40
"""Points on a page: a text has about as many; one with hundreds is shown in parts."""


@dataclass(frozen=True, slots=True)
class Place:
    """An open point. `key`: its name in forms; `names`: those of its variants, the base first."""

    key: str
    point: Point
    names: tuple[str, ...]

    @property
    def worded(self) -> bool:
        """Whether the chair may word it itself."""
        return self.point.kind in WORDED


@dataclass(frozen=True, slots=True)
class Group:
    """A paragraph of the rolling text with its open points. `after`: the paragraph of the base before a new one."""

    paragraph: RollingParagraph
    after: str | None
    places: tuple[Place, ...]


def groups(state: State) -> list[Group]:
    """The paragraphs in which something is open, in the order of the text."""
    return state.once("groups", lambda: _groups(state))


def is_fresh(place: Place, chosen: "Chosen") -> bool:
    """Whether a form did not show all of a place."""
    return place.key in chosen.fresh or any((place.key, name) in chosen.fresh for name in place.names)


def parts(state: State) -> list[list[Group]]:
    """The same in parts that a page can show: whole paragraphs, about MOST points in each."""
    found: list[list[Group]] = [[]]
    for group in groups(state):
        there = sum(len(one.places) for one in found[-1])
        if there and there + len(group.places) > MOST:
            found.append([])
        found[-1].append(group)
    return found


def _groups(state: State) -> list[Group]:
    rest = iter(state.points)
    taken: Counter[str] = Counter()
    found: list[Group] = []
    after: str | None = None
    for one in state.rolling.paragraphs:
        count = bool(one.inserted) + bool(one.delete) + len(one.spans)
        if count:
            places = tuple(_place(point, after, taken) for point in islice(rest, count))
            found.append(Group(one, after, places))
        after = after if one.inserted else one.paragraph.id
    return found


def _place(point: Point, after: str | None, taken: Counter[str]) -> Place:
    match point.kind:
        case PointKind.SPAN:
            where = (point.paragraph, str(point.span.start if point.span else 0), point.variants[0].text)
        case PointKind.INSERT:
            where = (after or "", fold(point.variants[1].text), "")
        case _:
            where = (point.key, "", "")
    key = _short(12, point.kind, *where)
    taken[key] += 1
    key = f"{key}-{taken[key]}" if taken[key] > 1 else key
    return Place(key, point, (KEEP, *(_short(8, fold(one.text)) for one in point.variants[1:])))


def _short(length: int, *parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:length]


@dataclass(frozen=True, slots=True)
class Given:
    """What a form says of one point: `how` is open, base, own or the name of a variant; `draws`: names of variants."""

    how: str = OPEN
    text: str = ""
    draws: tuple[str, ...] = ()


class Lost(NamedTuple):
    """A choice whose point is open no more, or otherwise: what it was about, and the words that were typed."""

    about: str
    text: str


@dataclass(slots=True)
class Chosen:
    """A form of the desk, read; nothing, where it is none. `given`: by the key of the place. `choices`: what `advance`
    takes.

    `fresh`: keys of places, and (key, name) of variants, that the form did not show. `gone`: keys of places whose
    chosen variant is on the table no more. `lost`: see `Lost`. `faults`: by key, what must be mended.
    """

    given: dict[str, Given] = field(default_factory=dict)
    choices: dict[str, Choice] = field(default_factory=dict)
    fresh: set[str | tuple[str, str]] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    lost: list[Lost] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)


Form = Mapping[str, Sequence[str]]
"""The values of a form by the names of its fields."""


def seen(place: Place, told: str, names: Sequence[str] | None = None) -> str:
    """What a form says of a place: its key, its variants or those of them that were seen, in words what it is about."""
    return f"{place.key}:{'.'.join(place.names if names is None else names)}:{told}"


def kept(place: Place, chosen: "Chosen", told: str) -> Iterator[tuple[str, str]]:
    """The fields of a place that stands on another part of the desk, so that the form does not forget it."""
    if place.key in chosen.fresh:
        return
    names = [name for name in place.names if (place.key, name) not in chosen.fresh]
    yield "seen", seen(place, told, names)
    if given := chosen.given.get(place.key):
        yield f"how-{place.key}", given.how
        if given.text:
            yield f"text-{place.key}", given.text
        yield from ((f"draws-{place.key}", name) for name in given.draws)


def read(form: Form, state: State) -> Chosen:
    """What was chosen in a form, held against the text as it stands now."""
    found = Chosen()
    shown = dict(_shown(form))
    if not shown:
        return found
    for group, place in ((some, one) for some in groups(state) for one in some.places):
        names = shown.pop(place.key, None)
        if names is None:
            found.fresh.add(place.key)
            continue
        found.fresh |= {(place.key, name) for name in place.names if name not in names[0]}
        if f"how-{place.key}" in form:
            _choose(found, group, place, _given(form, place.key))
    _one_fate(found, state)
    for key, (_, told) in shown.items():
        given = _given(form, key)
        if given.how != OPEN:
            found.lost.append(Lost(told, given.text if given.how == OWN else ""))
    return found


def _one_fate(found: Chosen, state: State) -> None:
    """A paragraph goes to one place, or is deleted, or neither: not two of these."""
    whole = [one for group in groups(state) for one in group.places if not one.worded]
    away = [one for one in whole if found.choices.get(one.point.key, BASE).variant]
    counted = Counter(one.point.paragraph for one in away)
    for one in away:
        if counted[one.point.paragraph] > 1:
            found.faults[one.key] = gettext("A paragraph goes to one place, or is deleted: choose one of these.")


def _shown(form: Form) -> Iterator[tuple[str, tuple[list[str], str]]]:
    for one in form.get("seen", ()):
        key, _, rest = one.partition(":")
        names, _, told = rest.partition(":")
        yield key, (names.split("."), told)


def _given(form: Form, key: str) -> Given:
    how = (form.get(f"how-{key}") or (OPEN,))[0]
    text = (form.get(f"text-{key}") or ("",))[0]
    return Given(how, visible(text).strip(), tuple(form.get(f"draws-{key}", ())))


def _choose(found: Chosen, group: Group, place: Place, given: Given) -> None:
    """Note what was chosen at a place, as the form says it and as `advance` takes it."""
    if given.how == OWN and place.worded:
        _word(found, group, place, given)
    elif given.how in place.names:
        number = place.names.index(given.how)
        found.choices[place.point.key] = take(number) if number else BASE
    elif given.how != OPEN:
        found.gone.add(place.key)
    found.given[place.key] = given


def _word(found: Chosen, group: Group, place: Place, given: Given) -> None:
    if why := fault(given.text):
        found.faults[place.key] = why
    elif not given.text:
        found.faults[place.key] = gettext("Write your wording, or choose something else.")
    elif SPLIT in given.text and place.point.kind is PointKind.INSERT:
        found.faults[place.key] = gettext("A new paragraph is one paragraph: take the line break out.")
    else:
        same = next((n for n, one in enumerate(place.point.variants) if one.text.strip() == given.text), None)
        drawn = tuple(n for n, name in enumerate(place.names) if name in given.draws)
        before, after = _around(group, place)
        words = spaced(before, given.text, after)
        found.choices[place.point.key] = word(words, drawn) if same is None else take(same)


def _around(group: Group, place: Place) -> tuple[str, str]:
    """What stands before and after a place in its paragraph; nothing where the place is the whole of it."""
    span = place.point.span
    if span is None:
        return "", ""
    said = [part if isinstance(part, str) else part.variants[0].text + part.tail for part in group.paragraph.parts]
    at = next(
        n for n, part in enumerate(group.paragraph.parts) if isinstance(part, Span) and part.number == span.number
    )
    return "".join(said[:at]), span.tail + "".join(said[at + 1 :])
