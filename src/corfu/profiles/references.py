"""What must hold between the rows of a profile: each id once, no reference to nothing, dates in order."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from corfu.profiles.problem import Code, Problem, excerpt
from corfu.profiles.row import Row
from corfu.profiles.schema import TABLES
from corfu.profiles.shape import Holds

# Kinds whose ids share one space, because one code signs for one participant and one name means one thing.
_PARTICIPANTS: Final = ("state", "former-state", "partner", "organisation")
_SPACES: Final = (_PARTICIPANTS, ("body", "institution"), ("institution", "field-operation"))
_SPANS: Final = (("first", "last"), ("date", "end"), ("admitted", "until"), ("established", "ended"))


def check_rows(rows: Sequence[Row], unread: Collection[str] = ()) -> Iterator[Problem]:
    """Everything that is wrong between rows which are right by themselves.

    `unread`: files that were not read whole. What they might have held is not looked for: one slip, one problem.
    """
    yield from _twice(rows)
    yield from _shared(rows)
    known = {(row.kind, row.id) for row in rows}
    doubtful = {table.kind for table in TABLES if table.file in unread}
    for row in rows:
        yield from _references(row, known, doubtful)
        yield from _spans(row)
    yield from _terms([row for row in rows if row.kind == "chair"])
    yield from _circles({row.id: row for row in rows if row.kind == "body"})


def _twice(rows: Iterable[Row]) -> Iterator[Problem]:
    first: dict[tuple[str, str], Row] = {}
    for row in rows:
        before = first.setdefault((row.kind, row.id), row)
        if before is not row and row.id and row.raw.table.identity:
            yield _again(row, before)


def _again(row: Row, before: Row) -> Problem:
    place = before.raw.place if before.raw.file == row.raw.file else f"{before.raw.file}, {before.raw.place}"
    cause = f"{excerpt(row.id)} stands already at {place}"
    return row.raw.problem(Code.TWICE, row.raw.table.identity[-1], cause, "give each its own")


def _shared(rows: Sequence[Row]) -> Iterator[Problem]:
    """The same id in kinds that share one space; only a partner that became a State has its code in both."""
    for space in _SPACES:
        first: dict[str, Row] = {}
        for row in sorted((row for row in rows if row.kind in space), key=lambda row: space.index(row.kind)):
            before = first.setdefault(row.id, row)
            if before.kind != row.kind and not _became_state(row, before):
                yield _again(row, before)


def _became_state(row: Row, before: Row) -> bool:
    until, admitted = row.dated("until"), before.dated("admitted")
    if (before.kind, row.kind) != ("state", "partner") or not until or not admitted:
        return False
    return until.first <= admitted.last  # "2012" and 2012-11-21: the year of the change belongs to both


def _references(row: Row, known: set[tuple[str, str]], doubtful: set[str]) -> Iterator[Problem]:
    for field in row.raw.table.fields:
        if field.holds in {Holds.REFERENCE, Holds.REFERENCES} and doubtful.isdisjoint(field.to):
            for wanted in _named(row, field.name):
                if not any((kind, wanted) in known for kind in field.to):
                    cause = f"there is no {' or '.join(field.to)} {excerpt(wanted)}"
                    yield row.raw.problem(
                        Code.UNKNOWN_REFERENCE, field.name, cause, "correct the name, or add it there"
                    )
        if field.holds in {Holds.KIND, Holds.KINDS} and "label" not in doubtful:
            for wanted in _named(row, field.name):
                label = f"{field.to[0]}.{wanted}"
                if ("label", label) not in known:
                    cause = f"{excerpt(wanted)} has no name for people"
                    yield row.raw.problem(Code.NO_LABEL, field.name, cause, f"add the row {label} to labels.csv")


def _named(row: Row, name: str) -> tuple[str, ...]:
    return row.texts(name) or tuple(filter(None, [row.text(name)]))


def _spans(row: Row) -> Iterator[Problem]:
    for name, other in _SPANS:
        begins, ends = _bounds(row, name), _bounds(row, other)
        if begins and ends and ends[1] < begins[0]:
            cause, remedy = f"ends before it begins ({other} before {name})", "correct one of the two"
            yield row.raw.problem(Code.BAD_ORDER, other, cause, remedy)


def _bounds(row: Row, name: str) -> tuple[date, date] | None:
    value = row.values.get(name)
    if isinstance(value, date):
        return value, value
    known = row.dated(name)
    return (known.first, known.last) if known else None


def _terms(chairs: Sequence[Row]) -> Iterator[Problem]:
    """One office is held by one participant at a time."""
    dated = [row for row in chairs if _bounds(row, "first") and _bounds(row, "last")]
    dated.sort(key=lambda row: (row.text("office"), row.day("first")))
    for before, row in pairwise(dated):
        if before.text("office") == row.text("office") and row.day("first") <= before.day("last"):
            cause = f"begins before the term at {before.raw.place} ends"
            yield row.raw.problem(Code.BAD_ORDER, "first", cause, "let one term end before the next begins")


def _circles(bodies: dict[str, Row]) -> Iterator[Problem]:
    """A body is not its own parent, nor its parent's."""
    for row in bodies.values():
        seen, above = {row.id}, row.text("parent")
        while above in bodies and above not in seen:
            seen.add(above)
            above = bodies[above].text("parent")
        if above == row.id:
            yield row.raw.problem(Code.BAD_ORDER, "parent", "is its own parent in the end", "name the body above it")
