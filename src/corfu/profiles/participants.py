"""Who takes part: States, partners, invited organisations, and who chaired when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corfu.profiles.dated import Dated
from corfu.profiles.sorting import SortKey, sort_key
from corfu.profiles.standing import Sourced
from corfu.profiles.words import Words


class Kind(StrEnum):
    """What a participant is in the process."""

    STATE = "state"
    PARTNER = "partner"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant(Sourced):
    """A State, partner or organisation. `code`: what it signs with. `group`: the second half of a label `group.…`."""

    kind: Kind
    code: str
    iso3: str
    name: Words
    sorts: Mapping[str, str]
    admitted: Dated | None
    until: Dated | None
    group: str

    @property
    def slug(self) -> str:
        """Its place in an address."""
        return self.code.lower()

    def sort_key(self, language: str) -> SortKey:
        """What it is sorted by in a language."""
        return sort_key(self.sorts.get(language) or self.name.get(language), language)

    def takes_part(self, on: date) -> bool:
        """Whether it is a participant on a day; False where it is not known since when."""
        return bool(self.admitted and self.admitted.first <= on and (not self.until or on <= self.until.last))


@dataclass(frozen=True, slots=True, kw_only=True)
class Office(Sourced):
    """A chair that passes from State to State. `troika`: the one before and the one after support it."""

    id: str
    name: Words
    term: Words
    troika: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chair(Sourced):
    """A State's term in an office. `state`: its code; `person`: who chaired, where it is known."""

    id: str
    office: str
    year: int
    first: date
    last: date
    state: str
    person: Words


@dataclass(frozen=True, slots=True)
class Troika:
    """Previous, current and next chair of a year; None where the profile does not know it."""

    previous: Chair | None
    current: Chair | None
    next: Chair | None
