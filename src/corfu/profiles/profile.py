"""A whole organization, read once and kept in memory, with the look-ups that pages need."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from corfu.profiles.history import History
from corfu.profiles.negotiation import Negotiation
from corfu.profiles.participants import Chair, Office, Participant, Troika
from corfu.profiles.procedure import (
    Body,
    Mechanism,
    Meeting,
    MeetingKind,
    Principle,
    Rule,
    SymbolSeries,
    Topic,
)
from corfu.profiles.standing import Sourced
from corfu.profiles.structures import Dimension, FieldOperation, Institution, Page, Place, Post, Story
from corfu.profiles.words import NOTHING, Words


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_T = TypeVar("_T", bound=_Named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile(Sourced):
    """An organization as data. Every tuple stands in the order of its file.

    Look-ups by id raise KeyError where there is none. `former`: States that took part and no longer do.
    """

    id: str
    name: Words
    short: Words
    tagline: Words
    exercise: bool
    second_factor: bool
    host_city: Words
    timezone: str
    languages: tuple[str, ...]
    states: tuple[Participant, ...]
    former: tuple[Participant, ...]
    partners: tuple[Participant, ...]
    organisations: tuple[Participant, ...]
    offices: tuple[Office, ...]
    chairs: tuple[Chair, ...]
    places: tuple[Place, ...]
    labels: Mapping[str, Words]
    dimensions: tuple[Dimension, ...]
    institutions: tuple[Institution, ...]
    field_operations: tuple[FieldOperation, ...]
    posts: tuple[Post, ...]
    about: tuple[Page, ...]
    bodies: tuple[Body, ...]
    meeting_kinds: tuple[MeetingKind, ...]
    meetings: tuple[Meeting, ...]
    rules: tuple[Rule, ...]
    mechanisms: tuple[Mechanism, ...]
    symbols: tuple[SymbolSeries, ...]
    principles: tuple[Principle, ...]
    topics: tuple[Topic, ...]
    stories: tuple[Story, ...]
    history: History | None
    negotiation: Negotiation | None

    def state(self, code: str) -> Participant:
        """A participating State, former ones too, by its code or slug."""
        return _by_code((*self.states, *self.former), code)

    def participant(self, code: str) -> Participant:
        """Whoever takes part, by code or slug; a partner that became a State is found as the State."""
        return _by_code((*self.states, *self.former, *self.partners, *self.organisations), code)

    def participating(self, on: date) -> tuple[Participant, ...]:
        """The States that took part on a day, by their dates of admission: 56 in the OSCE of 2009, 57 from 2012."""
        return tuple(each for each in (*self.states, *self.former) if each.takes_part(on))

    def partners_on(self, on: date) -> tuple[Participant, ...]:
        """The partners on a day."""
        return tuple(each for each in self.partners if each.takes_part(on))

    def in_order(self, language: str, participants: Iterable[Participant] | None = None) -> tuple[Participant, ...]:
        """Participants, or else today's States, in the alphabetical order of a language."""
        chosen = self.states if participants is None else participants
        return tuple(sorted(chosen, key=lambda each: each.sort_key(language)))

    def body(self, id_: str) -> Body:
        """A body by its id."""
        return _one(self.bodies, id_)

    def office(self, id_: str) -> Office:
        """An office by its id."""
        return _one(self.offices, id_)

    def institution(self, id_: str) -> Institution:
        """An institution by its id."""
        return _one(self.institutions, id_)

    def field_operation(self, id_: str) -> FieldOperation:
        """A field operation by its id."""
        return _one(self.field_operations, id_)

    def meeting_kind(self, id_: str) -> MeetingKind:
        """A kind of meeting by its id."""
        return _one(self.meeting_kinds, id_)

    def rule(self, id_: str) -> Rule:
        """A rule by its id: how a refusal cites it."""
        return _one(self.rules, id_)

    def topic(self, id_: str) -> Topic:
        """A topic by its id."""
        return _one(self.topics, id_)

    def principle(self, id_: str) -> Principle:
        """A principle by its id."""
        return _one(self.principles, id_)

    def dimension(self, id_: str) -> Dimension:
        """A dimension by its id."""
        return _one(self.dimensions, id_)

    def page(self, id_: str) -> Page:
        """What is told about one side of the organization, such as "finance"."""
        return _one(self.about, id_)

    def story(self, id_: str) -> Story:
        """A story by its id."""
        return _one(self.stories, id_)

    def place(self, id_: str) -> Place:
        """A place by its id."""
        return _one(self.places, id_)

    def series(self, name: str) -> SymbolSeries:
        """A series of document symbols by its name, such as "MC.DEC"."""
        found = {each.series: each for each in self.symbols}
        return found[name]

    def label(self, group: str, id_: str) -> Words:
        """How a kind is called: `label("step", "speech")`. Empty where it has no name."""
        return self.labels.get(f"{group}.{id_}", NOTHING)

    def chairs_at(self, body: str, on: date) -> tuple[Chair, ...]:
        """Who chaired a body on a day: two in a joint meeting, none where the profile does not know it."""
        offices = self.body(body).offices
        return tuple(each for office in offices for each in self.chairs if each.office == office and _holds(each, on))

    def chair_at(self, body: str, on: date) -> Chair | None:
        """Who chaired a body on a day, the first of two in a joint meeting."""
        return next(iter(self.chairs_at(body, on)), None)

    def chairs_of(self, code: str) -> tuple[Chair, ...]:
        """Every term a State held, in any office."""
        return tuple(each for each in self.chairs if each.state == code)

    def troika(self, year: int, office: str = "") -> Troika:
        """Previous, current and next chair of a year, in the first office that has a troika, or in `office`."""
        office = office or next((each.id for each in self.offices if each.troika), "")
        terms = sorted((each for each in self.chairs if each.office == office), key=lambda each: each.first)
        by_year = {each.year: each for each in terms}
        return Troika(by_year.get(year - 1), by_year.get(year), by_year.get(year + 1))


def _one(found: Iterable[_T], id_: str) -> _T:
    for each in found:
        if each.id == id_:
            return each
    raise KeyError(id_)


def _by_code(found: Iterable[Participant], code: str) -> Participant:
    for each in found:
        if each.code == code.upper():
            return each
    raise KeyError(code)


def _holds(chair: Chair, on: date) -> bool:
    return chair.first <= on <= chair.last
