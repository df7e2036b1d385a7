"""A process that took place: what set it going, its steps, what was proposed and what was decided."""

from dataclasses import dataclass
from datetime import date

from corfu.profiles.dated import Dated
from corfu.profiles.procedure import Meeting
from corfu.profiles.standing import Sourced
from corfu.profiles.structures import Place
from corfu.profiles.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Process(Sourced):
    """The process as a whole. `principles`, `topics`: ids; `symbols`: the documents of its mandate."""

    id: str
    title: Words
    summary: Words
    mandate: Words
    first: Dated
    last: Dated | None
    principles: tuple[str, ...]
    topics: tuple[str, ...]
    symbols: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Sourced):
    """What one chair took over and did with it."""

    id: str
    state: str
    first: date
    last: date
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern(Sourced):
    """What set the process going. `kind`: of a label `concern.…`; `step`: where it shows, or empty."""

    id: str
    kind: str
    title: Words
    text: Words
    date: Dated | None
    place: Place | None
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Sourced):
    """An event. `main`: it stands in the picture, as `label` and `line`. `kind`: of a label `step.…`.

    `participants`: codes; `attendance`: who else was there, in words; `symbols`: of the documents it left.
    """

    id: str
    date: Dated
    end: Dated | None
    place: Place | None
    kind: str
    title: Words
    main: bool
    label: Words
    line: Words
    participants: tuple[str, ...]
    attendance: Words
    outcome: Words
    symbols: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Sourced):
    """A text that was adopted. `step`: where, or empty; `kind`: of a label `decision.…`."""

    id: str
    symbol: str
    date: Dated
    body: str
    kind: str
    step: str
    title: Words
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal(Sourced):
    """What one or more participants put forward. `sponsors`: codes; `step`: where, or empty."""

    id: str
    date: Dated
    kind: str
    sponsors: tuple[str, ...]
    topic: str
    step: str
    title: Words
    summary: Words
    symbol: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A process with everything that belongs to it; `meetings` are those of its steps."""

    process: Process
    parts: tuple[Part, ...]
    concerns: tuple[Concern, ...]
    steps: tuple[Step, ...]
    proposals: tuple[Proposal, ...]
    decisions: tuple[Decision, ...]
    meetings: tuple[Meeting, ...]

    @property
    def main(self) -> tuple[Step, ...]:
        """The steps of the picture, in their order."""
        return tuple(step for step in self.steps if step.main)
