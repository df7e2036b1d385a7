"""Where the words of an amendment went: each of its acts followed from version to version, told in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext

from corfu.acts import telling
from corfu.negotiation.texts import told_acts
from corfu.negotiation.texts.models import Amendment, Revision, Standing, Text
from corfu.negotiation.texts.state import State
from corfu.negotiation.texts.told_acts import Row
from corfu.wording import plain
from corfu.wording.advance import Disposition
from corfu.wording.model import Reserve
from corfu.wording.points import ByAmendment, Point
from corfu.wording.rebase import Rebasing


class Step(NamedTuple):
    """An act on one version, as it is kept there, and its outcome once the next one was issued."""

    number: int
    act: Row
    outcome: Row | None


@dataclass
class Trail:
    """One act from the version on which it was asked first. `waits`: its words were touched and the sponsor is asked;
    `let_go`: the sponsor was asked, and said something else or nothing."""

    steps: list[Step] = field(default_factory=list)
    waits: bool = False
    let_go: bool = False

    @property
    def last(self) -> Step:
        """Where it stands, or stood when it ended."""
        return self.steps[-1]

    @property
    def end(self) -> str:
        """What became of it at last: a disposition, or empty while it stands."""
        return str(self.last.outcome["disposition"]) if self.last.outcome else ""


def trails(standings: Sequence[Standing]) -> list[Trail]:
    """Every act of an amendment, followed through the versions on which it stood, in order.

    What is carried to the next version comes first there, in its order; what follows was said anew by the sponsor.
    """
    found: list[Trail] = []
    moving: list[Trail] = []
    waiting: list[Trail] = []
    for standing in standings:
        waiting += [one for one in moving if _how(one) == Rebasing.CONTESTED]
        carried = [one for one in moving if _how(one) == Rebasing.CARRIED]
        fresh = [Trail() for _ in standing.acts[len(carried) :]]
        moving = [*carried, *fresh]
        found += fresh
        outcomes = standing.outcomes or [None] * len(standing.acts)
        for one, act, outcome in zip(moving, standing.acts, outcomes, strict=False):
            one.steps.append(Step(standing.number, act, outcome))
        if not standing.asked:
            for one in waiting:
                one.let_go = True
            waiting = []
    for one in waiting:
        one.waits = True
    return [one for one in found if one.steps]


def _how(trail: Trail) -> str:
    outcome = trail.last.outcome
    return str(outcome["rebased"]) if outcome and outcome["disposition"] == Disposition.STILL_BRACKETED else ""


class Teller:
    """Tells fates on one text. `state`: the version that stands; None where no amendment of whom is told stands on it.
    `revisions`: all versions with what they changed, each with its paragraphs if acts are told on it."""

    def __init__(self, text: Text, state: State | None, revisions: Sequence[tuple[Revision, Sequence[Row]]]) -> None:
        self.text, self.state = text, state
        self.changes = {one.number: one.changes for one, _ in revisions}
        self.issued = {one.number: one.place for one, _ in revisions}
        self.bases = {one.number: _base(text, one, whole) for one, whole in revisions if whole}
        self._index = ByAmendment(list(state.points) if state else [])

    def act(self, step: Step) -> Row:
        """An act in the words of the version on which it stood."""
        return told_acts.act(plain.acts_from([step.act])[0], self.bases[step.number])

    def fate(self, amendment: Amendment, trail: Trail) -> Row:
        """What became of an act: {group, lines}, each line {text, new, act, act_url}; the latest version last."""
        lines = [line for step in trail.steps for line in self._step(amendment, step)]
        if trail.waits and self._live(amendment):
            return {
                "group": "waits",
                "lines": [*lines, _line(gettext("It waits for its sponsor to say what it wants now."))],
            }
        if trail.let_go:
            lines.append(_line(gettext("The sponsor said anew what it wants.")))
            return {"group": "gone", "lines": lines}
        if trail.last.outcome is None:
            return self._standing(amendment, trail, lines)
        return {"group": _GROUPS.get(trail.end, "gone"), "lines": lines}

    def _live(self, amendment: Amendment) -> bool:
        return self.state is not None and amendment.pk in self.state.filed

    def _step(self, amendment: Amendment, step: Step) -> list[Row]:
        if step.outcome is None:
            return []
        number = step.number + 1
        return [self._decided(amendment, step.outcome, number)]

    def _decided(self, amendment: Amendment, outcome: Row, number: int) -> Row:
        """What the act that issued a version said of it."""
        said = {"number": number}
        act = telling.act_of(self.issued.get(number))
        match outcome["disposition"], outcome["rebased"]:
            case Disposition.TAKEN, _:
                return _line(gettext("Taken in Rev.%(number)d.") % said, **act)
            case Disposition.TAKEN_WITH_CHANGES, _:
                new = self._taken_as(amendment, outcome, number)
                return _line(gettext("Taken with changes in Rev.%(number)d:") % said, new=new, **act)
            case Disposition.STILL_BRACKETED, Rebasing.CONTESTED:
                text = gettext("Rev.%(number)d changed the words that it is about: its sponsor was asked.")
                return _line(text % said, **act)
            case Disposition.STILL_BRACKETED, _:
                return _line(gettext("Still in brackets in Rev.%(number)d.") % said, **act)
            case _, Rebasing.ORPHANED:
                return _line(gettext("Lapsed in Rev.%(number)d, which has the paragraph no more.") % said, **act)
        return _line(gettext("Lapsed in Rev.%(number)d.") % said, **act)

    def _taken_as(self, amendment: Amendment, outcome: Row, number: int) -> str:
        found = [
            one
            for one in self.changes.get(number, ())
            if one["paragraph"] == outcome["paragraph"] and amendment.pk in one["source"]
        ]
        return " / ".join(told_acts.shown(one["new"]).strip() for one in found)

    def _standing(self, amendment: Amendment, trail: Trail, lines: list[Row]) -> Row:
        if amendment.withdrawn is not None:
            gone = _line(gettext("The amendment was withdrawn."), **telling.act_of(amendment.withdrawn))
            return {"group": "gone", "lines": [*lines, gone]}
        if self.state is None or not self._live(amendment) or trail.last.number != self.state.number:
            return {"group": "gone", "lines": [*lines, _line(gettext("It lapsed."))]}
        return {"group": "open", "lines": [*lines, _line(self._where(self.state, amendment, trail))]}

    def _where(self, state: State, amendment: Amendment, trail: Trail) -> str:
        """Where an act stands now: "Still in brackets: 4, bracket 6"."""
        (act,) = plain.acts_from([trail.last.act])
        if isinstance(act, Reserve):
            return gettext("It stands beside the paragraph.")
        point = self._index.point(amendment.pk, act)
        if point is None:
            return gettext("It asks for what stands already.")
        return _bracket(state, point)


def _base(text: Text, revision: Revision, paragraphs: Sequence[Row]) -> State:
    """A version without its amendments."""
    return State(text, revision, {}, paragraphs=plain.paragraphs_from(list(paragraphs)))


def _bracket(state: State, point: Point) -> str:
    name = told_acts.named(state, point.paragraph) if point.paragraph in state.base else gettext("a new paragraph")
    if point.span is None:
        return gettext("On the table: %(paragraph)s.") % {"paragraph": name}
    told = {"paragraph": name, "number": point.span.number}
    return gettext("In brackets: %(paragraph)s, bracket %(number)d.") % told


def _line(text: str, **more: Any) -> Row:
    return {"text": text, "new": "", **more}


_GROUPS: Mapping[str, str] = {
    Disposition.TAKEN: "taken",
    Disposition.TAKEN_WITH_CHANGES: "taken",
    Disposition.LAPSED: "gone",
    Disposition.STILL_BRACKETED: "gone",
}
