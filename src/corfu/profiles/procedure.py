"""How an organization works: bodies, kinds of meeting, rules, mechanisms, symbols, principles, topics."""

from dataclasses import dataclass

from corfu.profiles.dated import Dated
from corfu.profiles.standing import Sourced
from corfu.profiles.structures import Place
from corfu.profiles.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Body(Sourced):
    """Who meets. `offices`: who chairs it, several in a joint meeting, none where the chair is appointed."""

    id: str
    name: Words
    symbol: str
    decides: bool
    parent: str
    dimension: str
    level: Words
    meets: Words
    chair: Words
    offices: tuple[str, ...]
    decides_on: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingKind(Sourced):
    """A kind of meeting: who meets, in which dimension, how often."""

    id: str
    name: Words
    body: str
    dimension: str
    frequency: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Sourced):
    """A meeting that took place. `kind`, `body`, `step`: empty where there is none; `place`: None where unknown."""

    id: str
    kind: str
    body: str
    number: int | None
    title: Words
    date: Dated
    end: Dated | None
    place: Place | None
    step: str
    symbol: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Sourced):
    """A rule of procedure. Code that keeps it cites it by `id`; `paragraph`: its place; `number`: what it sets."""

    id: str
    text: Words
    paragraph: str
    number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MechanismStep(Sourced):
    """A step of a mechanism: who does what, within which limit. `month_day`: a date of each year, "12-15"."""

    id: str
    nr: int
    action: Words
    by: Words
    limit_value: int | None
    limit_unit: str
    kind: Words
    month_day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism(Sourced):
    """What States may set going, mostly without consensus."""

    id: str
    name: Words
    dimension: str
    document: Words
    trigger: Words
    invoker: Words
    needs_consensus: bool
    states_needed: int | None
    states_seconding: int | None
    experts_max: int | None
    quota_passive_per_year: int | None
    quota_rule: Words
    decision_rule: Words
    excluded_from_consensus: int | None
    steps: tuple[MechanismStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SymbolSeries(Sourced):
    """A series of document symbols. `unit`: the body or institution that issues it.

    `pattern`: the symbol with {n}, {yy}, {meeting}, {k} or {day} in it; `counter`: what its number follows.
    """

    series: str
    pattern: str
    example: str
    unit: str
    kind: Words
    numbering: Words
    counter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Principle(Sourced):
    """A guiding principle. `document`: the symbol of the text it stands in."""

    id: str
    nr: int
    title: Words
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(Sourced):
    """A topic under discussion; `short` where there is little room."""

    id: str
    nr: int
    title: Words
    short: Words
    dimensions: tuple[str, ...]
    document: str
