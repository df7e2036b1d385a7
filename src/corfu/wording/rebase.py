"""Rebase: what becomes of an amendment when the text it was filed on has moved on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as altered
from enum import StrEnum

from corfu.wording.apply import wording
from corfu.wording.diff import Region, changed, regions
from corfu.wording.model import SPLIT, Act, Amendment, Delete, Edit, Insert, Move, Paragraph, Reserve, Version
from corfu.wording.tokens import fold, tokenize

Heirs = Mapping[str, Sequence[str]]
"""Paragraphs of the old version that were broken up: their id → the ids, in order, of what stands in their place."""


class Rebasing(StrEnum):
    """What becomes of one act: it moves on clean; its result stands already; its words were touched and its sponsor
    must confirm; its paragraph is gone."""

    CARRIED = "carried"
    SATISFIED = "satisfied"
    CONTESTED = "contested"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class Rebased:
    """One act after the rebase. `acts`: what it is on the new version (carried), or what its sponsor is asked to
    confirm (contested; empty when nothing sensible can be suggested)."""

    act: Act
    how: Rebasing
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class RebasedAmendment:
    """An amendment after the rebase: every act's fate, in order. None of them is ever left out."""

    amendment: Amendment
    on: int
    acts: tuple[Rebased, ...]

    def carried(self) -> Amendment | None:
        """What of the amendment stands on the new version, under the same id; None when nothing does."""
        kept = tuple(act for fate in self.acts if fate.how is Rebasing.CARRIED for act in fate.acts)
        return Amendment(self.amendment.id, self.amendment.by, self.on, kept) if kept else None

    def need_renewal(self) -> tuple[str, ...]:
        """The delegations whose support must be renewed: it was for wording that changed."""
        return self.amendment.by if any(fate.how is Rebasing.CONTESTED for fate in self.acts) else ()


def rebase(
    old: Version, new: Version, amendments: Iterable[Amendment], heirs: Heirs | None = None
) -> list[RebasedAmendment]:
    """Move amendments filed on `old` to `new`, by aligning the tokens of each paragraph."""
    rebaser = Rebaser(old.paragraphs, new.paragraphs, heirs or {})
    return [
        RebasedAmendment(a, new.number, tuple(rebaser.act(act, own) for act in a.acts))
        for a in amendments
        for own in [_by_paragraph(a.acts)]
    ]


def _by_paragraph(acts: Iterable[Act]) -> dict[str, list[Edit]]:
    own: dict[str, list[Edit]] = {}
    for act in acts:
        if isinstance(act, Edit):
            own.setdefault(act.paragraph, []).append(act)
    return own


@dataclass(slots=True)
class _Aligned:
    """A paragraph of the old version beside what stands in its place: tokens of both, the regions that differ, and
    where each new paragraph begins among the new tokens."""

    old: list[str]
    new: list[str]
    regions: list[Region]
    starts: list[tuple[int, str]]

    def at(self, position: int, *, end: bool = False) -> int:
        """Where a position between old tokens lies among the new ones; `end`: after what was inserted there."""
        shift = 0
        for r in self.regions:
            if r.end < position or (r.end == position and (end or r.start < r.end)):
                shift = r.end2 - r.end
        return position + shift

    def home(self, start: int) -> tuple[int, str]:
        """Where the new paragraph begins that holds the new token `start`, and its id."""
        return next(s for s in reversed(self.starts) if s[0] <= start)


@dataclass(slots=True)
class Rebaser:
    """Rebases single acts from one list of paragraphs to another."""

    old: Sequence[Paragraph]
    new: Sequence[Paragraph]
    heirs: Heirs
    _aligned: dict[str, _Aligned] = field(default_factory=dict)
    _old: dict[str, Paragraph] = field(default_factory=dict)
    _new: dict[str, Paragraph] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._old = {p.id: p for p in self.old}
        self._new = {p.id: p for p in self.new}

    def act(self, act: Act, own: Mapping[str, Sequence[Edit]]) -> Rebased:
        """The fate of one act; `own` are all edits of its amendment, by paragraph."""
        if isinstance(act, Insert):
            return self._insert(act)
        if act.paragraph not in self._new:
            return Rebased(act, Rebasing.SATISFIED if isinstance(act, Delete) else Rebasing.ORPHANED)
        match act:
            case Edit():
                return self._edit(act, own[act.paragraph])
            case Delete():
                return self._delete(act)
            case Move():
                return self._move(act)
            case Reserve():
                return Rebased(act, Rebasing.CARRIED, (act,))

    def _heirs(self, id: str) -> list[str]:
        return [h for h in self.heirs.get(id, (id,)) if h in self._new]

    def _place(self, after: str | None) -> str | None:
        """The same place in the new version: after the nearest paragraph before it that is still there."""
        ids: list[str | None] = [None, *self._old]
        for id in reversed(ids[: ids.index(after) + 1]):
            if id is not None and (found := self._heirs(id)):
                return found[-1]
        return None

    def _following(self, after: str | None) -> Paragraph | None:
        at = next((n for n, p in enumerate(self.new, start=1) if p.id == after), 0)
        return self.new[at] if at < len(self.new) else None

    def _insert(self, act: Insert) -> Rebased:
        after = self._place(act.after)
        there = self._following(after)
        # Equal words satisfy it only if they are new here: a text may say "Idem," in many places.
        came = there is not None and there.id not in self._old and fold(there.text) == fold(act.paragraph.text)
        if act.paragraph.id in self._new or came:
            return Rebased(act, Rebasing.SATISFIED)
        return Rebased(act, Rebasing.CARRIED, (altered(act, after=after),))

    def _delete(self, act: Delete) -> Rebased:
        heirs = self._heirs(act.paragraph)
        same = len(heirs) == 1 and self._new[act.paragraph].text == self._old[act.paragraph].text
        acts = tuple(Delete(heir) for heir in heirs)
        return Rebased(act, Rebasing.CARRIED if same else Rebasing.CONTESTED, acts)

    def _move(self, act: Move) -> Rebased:
        after = self._place(act.after)
        there = self._following(after)
        if after == act.paragraph or (there is not None and there.id == act.paragraph):
            return Rebased(act, Rebasing.SATISFIED)
        return Rebased(act, Rebasing.CARRIED, (altered(act, after=after),))

    def _edit(self, act: Edit, own: Sequence[Edit]) -> Rebased:
        aligned = self._align(act.paragraph)
        touched = [r for r in aligned.regions if _touches(r, act)]
        if not touched:
            # Beside a bare insertion at its edge the edit would be touched, so both of its ends lie on common tokens.
            start = aligned.at(act.start)
            begins, id = aligned.home(start)
            moved = Edit(id, start - begins, start - begins + act.end - act.start, act.text)
            return Rebased(act, Rebasing.CARRIED, (moved,))
        return self._touched(aligned, act, own, touched)

    def _touched(self, aligned: _Aligned, act: Edit, own: Sequence[Edit], touched: list[Region]) -> Rebased:
        low, high = min(act.start, touched[0].start), max(act.end, touched[-1].end)
        low2, high2 = aligned.at(low), aligned.at(high, end=True)
        stands = fold("".join(aligned.new[low2:high2]))
        alone = wording(aligned.old, [act], low, high)
        beside = [e for e in own if low <= e.start and e.end <= high]
        if stands in (fold(alone), fold(wording(aligned.old, beside, low, high))):
            return Rebased(act, Rebasing.SATISFIED)
        return Rebased(act, Rebasing.CONTESTED, tuple(_suggestion(aligned, low2, high2, alone)))

    def _align(self, id: str) -> _Aligned:
        if id not in self._aligned:
            old, new, starts = tokenize(self._old[id].text), list[str](), list[tuple[int, str]]()
            for heir in self._heirs(id):
                if new:
                    new.append(SPLIT)
                starts.append((len(new), heir))
                new += tokenize(self._new[heir].text)
            self._aligned[id] = _Aligned(old, new, regions(old, new), starts)
        return self._aligned[id]


def _suggestion(aligned: _Aligned, start: int, end: int, wanted: str) -> Iterator[Edit]:
    """The edits that put the wanted words where the new tokens `start:end` stand; none if two paragraphs hold those."""
    if SPLIT in aligned.new[start:end]:
        return
    begins, id = aligned.home(start)
    tokens = tokenize(wanted)
    for r in changed(aligned.new[start:end], tokens):
        yield Edit(id, start - begins + r.start, start - begins + r.end, "".join(tokens[r.start2 : r.end2]))


def _touches(r: Region, edit: Edit) -> bool:
    """Whether a changed region overlaps an edit or touches it, as `compile` understands touching."""
    if r.start == r.end or edit.start == edit.end:
        return r.start <= edit.end and edit.start <= r.end
    return r.start < edit.end and edit.start < r.end
