"""The line of a process true to time: the months between two steps are as long as they were, the chairs beneath.

The list of steps on the page says what happened; this drawing says when, and under whom. Lying if there is room,
standing if there is none.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from corfu.formats.svg.letters import WIDE, line_width, wrap
from corfu.formats.svg.markup import Markup, circle, drawing, element, join, link, path, rect, rule, text, words

_ROUNDS = {"decision": "d-fill", "summit": "d-done", "crisis": "d-ring-gone"}
_LANE = 22


class Mark(NamedTuple):
    """A step on the line. `kind` as in the list: crisis, proposal, meeting, launch, decision, summit, after."""

    name: str
    when: str
    day: date
    kind: str = "meeting"
    href: str = ""


class Term(NamedTuple):
    """A chair's time in office, from `first` to `last`."""

    name: str
    first: date
    last: date
    href: str = ""


class _Scale(NamedTuple):
    first: date
    last: date
    start: float
    end: float

    def at(self, day: date) -> float:
        """Where a day is on the line."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return self.start + (self.end - self.start) * min(max(share, 0), 1)


def process_line(marks: Sequence[Mark], terms: Sequence[Term], title: str, description: str, width: int = WIDE) -> str:
    """Draw the steps in the order of time: lying if `width` is 560 or more, standing if it is less."""
    marks = sorted(marks, key=lambda mark: mark.day)
    if not marks:
        return drawing(width, 1, title, description)
    return (_lying if width >= 560 else _standing)(marks, terms, title, description, width)


def _lying(marks: Sequence[Mark], terms: Sequence[Term], title: str, description: str, width: int) -> str:
    scale = _Scale(_first(marks, terms), _last(marks, terms), 9, width - 9)
    lanes = _lanes(marks, scale, width)
    axis = 26 + _LANE * (max(lanes) + 1)
    parts = [
        rule(scale.start, axis, scale.end, axis, "d-axis"),
        *_years(scale, axis),
        *(_lying_mark(mark, lane, axis, scale, width) for mark, lane in zip(marks, lanes, strict=True)),
        *(_lying_term(term, axis, scale) for term in terms),
    ]
    return drawing(width, axis + (56 if terms else 26), title, description, *parts, group=True)


def _lanes(marks: Sequence[Mark], scale: _Scale, width: int) -> list[int]:
    """For each mark the lowest lane where its label overlaps no other and no leader cuts another's label."""
    taken: list[tuple[int, float, float, float]] = []
    lanes: list[int] = [0] * len(marks)
    for index in reversed(range(len(marks))):
        start, end = _label(marks[index], scale, width)
        stem = scale.at(marks[index].day)
        under = [at for at, left, right, _ in taken if left - 4 < stem < right + 4]
        under += [at for at, _, _, other in taken if start - 4 < other < end + 4]
        lane = max(under, default=-1) + 1
        while any(at == lane and start < right + 10 and left < end + 10 for at, left, right, _ in taken):
            lane += 1
        lanes[index] = lane
        taken.append((lane, start, end, stem))
    return lanes


def _label(mark: Mark, scale: _Scale, width: int) -> tuple[float, float]:
    """Where the label starts and ends: to the right of its mark, pushed back from the right edge."""
    long = line_width(f"{mark.name} {mark.when}", 13.5) + 8
    start = max(min(scale.at(mark.day) - 7, width - long), 0)
    return start, start + long


def _lying_mark(mark: Mark, lane: int, axis: float, scale: _Scale, width: int) -> Markup:
    x, (start, _) = scale.at(mark.day), _label(mark, scale, width)
    y = axis - 20 - _LANE * lane
    label = _two_tones(start, y, mark)
    leader = rule(x, y + 5, x, axis - 9, "d-rule")
    return link(mark.href, f"{mark.when}: {mark.name}", join([leader, _sign(x, axis, mark.kind), label]))


def _two_tones(x: float, y: float, mark: Mark) -> Markup:
    name = element("tspan", {"class": "d-strong"}, words(mark.name))
    when = element("tspan", {"class": "d-soft", "dx": 6}, words(mark.when))
    return element("text", {"x": x, "y": y, "font-size": 13.5}, name, when)


def _years(scale: _Scale, axis: float) -> list[Markup]:
    starts = [date(year, 1, 1) for year in range(scale.first.year, scale.last.year + 1)]
    shown = [day for day in starts if scale.at(day) < scale.end - 30]
    ticks = [rule(scale.at(day), axis, scale.at(day), axis + 10, "d-link") for day in shown]
    return ticks + [text(scale.at(day) + 5, axis + 19, str(day.year), "d-soft", 12) for day in shown]


def _lying_term(term: Term, axis: float, scale: _Scale) -> Markup:
    left, right = scale.at(term.first), scale.at(term.last)
    body = [
        rect(left + 1, axis + 28, max(right - left - 2, 1), 26, "d-tile k-term", 3),
        text(left + 10, axis + 46, term.name, "d-strong", 13.5),
    ]
    return link(term.href, term.name, *body)


def _standing(marks: Sequence[Mark], terms: Sequence[Term], title: str, description: str, width: int) -> str:
    labels = [wrap(mark.name, width - 92, 14 * 1.05) for mark in marks]
    needed = sum(18 * len(label) + 34 for label in labels)
    scale = _Scale(_first(marks, terms), _last(marks, terms), 12, max(needed, 330))
    parts, below = [], 0.0
    for mark, label in zip(marks, labels, strict=True):
        top = max(below, scale.at(mark.day) - 8)
        parts.append(_standing_mark(mark, label, top, scale))
        below = top + 18 * len(label) + 26
    height = max(below, scale.end + 10)
    chairs = [_standing_term(term, scale) for term in terms]
    axis = rule(52, scale.start, 52, scale.end, "d-axis")
    return drawing(width, height, title, description, *chairs, axis, *parts, group=True)


def _standing_mark(mark: Mark, label: Sequence[str], top: float, scale: _Scale) -> Markup:
    y = scale.at(mark.day)
    leader = path(f"M60 {y:.1f}L78 {top + 8:.1f}H84", "d-rule")
    lines = [text(90, top + 30 + 18 * row, line, "d-strong") for row, line in enumerate(label)]
    body = [leader, _sign(52, y, mark.kind), text(90, top + 12, mark.when, "d-soft", 12.5), *lines]
    return link(mark.href, f"{mark.when}: {mark.name}", *body)


def _standing_term(term: Term, scale: _Scale) -> Markup:
    top, bottom = scale.at(term.first), scale.at(term.last)
    middle = (top + bottom) / 2
    turned: dict[str, str | float | int] = {
        "transform": f"rotate(-90 18 {middle:.1f})",
        "x": 18,
        "y": middle + 4.5,
        "class": "d-mid d-strong",
    }
    name = element("text", turned | {"font-size": 13}, words(term.name))
    return link(term.href, term.name, rect(4, top + 1, 28, max(bottom - top - 2, 1), "d-tile k-term", 3), name)


def _sign(x: float, y: float, kind: str) -> Markup:
    if kind == "crisis":
        return path(f"M{x:.1f} {y - 9:.1f}l9 9l-9 9l-9 -9z", _ROUNDS[kind])
    return circle(x, y, 7, _ROUNDS.get(kind, "d-ring"))


def _first(marks: Sequence[Mark], terms: Sequence[Term]) -> date:
    return min([mark.day for mark in marks] + [term.first for term in terms])


def _last(marks: Sequence[Mark], terms: Sequence[Term]) -> date:
    return max([mark.day for mark in marks] + [term.last for term in terms])
