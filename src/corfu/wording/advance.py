"""The next version: the chair's dispositions, what they make of every amendment, and every change accounted for."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import replace as altered
from enum import StrEnum
from typing import Final

from corfu.wording.apply import wording
from corfu.wording.compile import compile
from corfu.wording.labels import label_of, labelled
from corfu.wording.model import SPLIT, Act, Amendment, Edit, Insert, Paragraph, Reserve, Version, touched
from corfu.wording.points import OPEN, ByAmendment, Choice, Choosing, Point, PointKind, checked, points
from corfu.wording.rebase import Heirs, Rebased, Rebasing, rebase
from corfu.wording.rolling import RollingText
from corfu.wording.tokens import fold, tokenize


class Disposition(StrEnum):
    """What became of an act of an amendment in the next version. (Withdrawn ones are not live and are not asked.)"""

    TAKEN = "taken"
    TAKEN_WITH_CHANGES = "taken with changes"
    STILL_BRACKETED = "still bracketed"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One act's disposition; for one that is still open, also how it moved to the next version, and as which acts
    (or, where its words were touched, which ones its sponsor is asked to confirm)."""

    amendment: str
    by: tuple[str, ...]
    act: Act
    paragraph: str
    disposition: Disposition
    rebased: Rebasing | None = None
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two versions. Tokens `start:end` of the old paragraph, `old`, became `new`; for a new,
    deleted or moved paragraph the whole of it. `source`: the amendments it comes from, `by` their delegations;
    `chair`: the wording is the chair's own. `authority`: the act that made it so."""

    kind: PointKind
    paragraph: str
    start: int
    end: int
    old: str
    new: str
    source: tuple[str, ...]
    by: tuple[str, ...]
    chair: bool
    authority: str
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the concordance table: an old paragraph (None: new), what stands in its place (empty: gone), the
    labels of both, and the outcomes of the acts on it."""

    old: str | None
    old_label: str
    new: tuple[str, ...]
    new_labels: tuple[str, ...]
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class Advanced:
    """The next version with its live amendments, every act's outcome, the concordance table and the changes."""

    version: Version
    outcomes: tuple[Outcome, ...]
    concordance: tuple[Row, ...]
    changes: tuple[Change, ...]
    heirs: Heirs


def advance(version: Version, dispositions: Mapping[str, Choice], authority: str) -> Advanced:
    """Make the next version from the chair's dispositions (by `Point.key`; a point without one stays open).

    `authority` names the act by which the chair does it. Raises InvalidChoiceError for a disposition that does not
    fit, ValueError without an authority.
    """
    if not authority.strip():
        raise ValueError("a version is issued by an act: name the authority")
    rolling = compile(version)
    found = points(rolling)
    choices = _effective(found, checked(found, dispositions))
    changes = tuple(
        _change(version, rolling, p, choices[p.key], authority) for p in found if _changes(p, choices[p.key])
    )
    paragraphs, heirs = _paragraphs(version, rolling, changes)
    base = Version(version.number + 1, tuple(paragraphs))
    outcomes, live = _outcomes(version, base, heirs, found, choices)
    after = altered(base, amendments=live)
    return Advanced(after, outcomes, _concordance(version, after, heirs, outcomes), changes, heirs)


def _effective(found: Iterable[Point], choices: Mapping[str, Choice]) -> dict[str, Choice]:
    """The choices that can have an effect. In a paragraph that is deleted by the same act no words are taken and none
    are refused: whatever else is asked of it goes as what is still open goes, with the paragraph."""
    deletions = [p for p in found if p.kind is PointKind.DELETE and choices[p.key].how is Choosing.VARIANT]
    gone = {p.paragraph for p in deletions}
    keys = {p.key for p in deletions}
    return {p.key: OPEN if p.paragraph in gone and p.key not in keys else choices[p.key] for p in found}


def _result(point: Point, choice: Choice) -> str:
    """The words that a choice puts at its point, as chosen: the space after a span aside."""
    if choice.how is Choosing.WORDING:
        return choice.text
    return point.variants[choice.variant].text


def _changes(point: Point, choice: Choice) -> bool:
    if choice.how in (Choosing.OPEN, Choosing.BASE):
        return False
    return point.kind is PointKind.MOVE or _result(point, choice) != point.variants[0].text


def _change(version: Version, rolling: RollingText, point: Point, choice: Choice, authority: str) -> Change:
    chair = choice.how is Choosing.WORDING
    drawn = choice.draws_on if chair else (choice.variant,)
    source = sorted({i for n in drawn for i in point.variants[n].support.amendments})
    by = sorted({code for n in drawn for code in point.variants[n].by})
    start, end, new, old = 0, 0, _result(point, choice), point.variants[0].text
    if point.span is not None:
        start, end = point.span.start, point.span.end
        old, new = old + point.span.tail, new + ("" if new.endswith(SPLIT) else point.span.tail)
    elif point.kind is not PointKind.INSERT:
        old = next(p.text for p in version.paragraphs if p.id == point.paragraph)
        end, new = len(tokenize(old)), old if point.kind is PointKind.MOVE else ""
    after = _after(rolling, point) if point.kind in (PointKind.INSERT, PointKind.MOVE) else None
    return Change(point.kind, point.paragraph, start, end, old, new, tuple(source), tuple(by), chair, authority, after)


def _after(rolling: RollingText, point: Point) -> str | None:
    """The base paragraph after which a new or moved paragraph stands."""
    after: str | None = None
    for p in rolling.paragraphs:
        if p.inserted and p.paragraph.id == point.paragraph and p.inserted == point.variants[1].support:
            return after
        after = after if p.inserted else p.paragraph.id
    return after


def _paragraphs(
    version: Version, rolling: RollingText, changes: Iterable[Change]
) -> tuple[list[Paragraph], dict[str, list[str]]]:
    """The next version's paragraphs, and which of them stand in the place of one that was broken up."""
    by_paragraph: dict[str, list[Change]] = {}
    for change in changes:
        by_paragraph.setdefault(change.paragraph, []).append(change)
    heirs: dict[str, list[str]] = {}
    result: list[Paragraph] = []
    for p in rolling.paragraphs:
        mine = by_paragraph.get(p.paragraph.id, [])
        away = {c.kind for c in mine} & {PointKind.DELETE, PointKind.MOVE}
        if p.moved_from is not None:
            if any(c.kind is PointKind.MOVE and set(c.source) == set(p.inserted.amendments) for c in mine):
                original = next(o for o in version.paragraphs if o.id == p.moved_from)
                result += _pieces(original, mine, version.number + 1, heirs)
        elif p.inserted:
            result += [altered(p.paragraph, text=c.new) for c in mine]
        elif not away:
            result += _pieces(p.paragraph, mine, version.number + 1, heirs)
    new = {c.paragraph for c in changes if c.kind is PointKind.INSERT}
    moved = {c.paragraph for c in changes if c.kind is PointKind.MOVE}
    return labelled(result, new, moved), heirs


def _pieces(paragraph: Paragraph, changes: list[Change], number: int, heirs: dict[str, list[str]]) -> list[Paragraph]:
    spans = [Edit(paragraph.id, c.start, c.end, c.new) for c in changes if c.kind is PointKind.SPAN]
    texts = wording(tokenize(paragraph.text), spans).split(SPLIT)
    ids = [paragraph.id, *(f"{paragraph.id}.{number}.{n}" for n in range(1, len(texts)))]
    if len(ids) > 1:
        heirs[paragraph.id] = ids
    return [altered(paragraph, id=id, text=text) for id, text in zip(ids, texts, strict=True)]


def _outcomes(
    version: Version, base: Version, heirs: Heirs, found: list[Point], choices: Mapping[str, Choice]
) -> tuple[tuple[Outcome, ...], tuple[Amendment, ...]]:
    """Every act's outcome, and the amendments that are live on the next version."""
    index = ByAmendment(found)
    gone = {p.id for p in version.paragraphs} - {p.id for p in base.paragraphs}
    outcomes: list[Outcome] = []
    live: list[Amendment] = []
    for amendment in version.amendments:
        asked = [(act, index.point(amendment.id, act)) for act in amendment.acts]
        still = tuple(act for act, point in asked if _still_open(act, point, choices, gone))
        (moved,) = rebase(version, base, [altered(amendment, acts=still)], heirs)
        fates = iter(moved.acts)
        for act, point in asked:
            fate = next(fates) if _still_open(act, point, choices, gone) else None
            outcomes.append(_outcome(amendment, act, point, fate, choices))
        if carried := moved.carried():
            live.append(carried)
    return tuple(outcomes), tuple(live)


def _still_open(act: Act, point: Point | None, choices: Mapping[str, Choice], gone: Collection[str]) -> bool:
    if point is None:  # an edit without effect asks for what stands already, unless nothing stands there any more
        return isinstance(act, Reserve) or touched(act) in gone
    return choices[point.key].how is Choosing.OPEN


def _outcome(
    amendment: Amendment, act: Act, point: Point | None, fate: Rebased | None, choices: Mapping[str, Choice]
) -> Outcome:
    paragraph = point.paragraph if point else act.paragraph.id if isinstance(act, Insert) else act.paragraph
    if fate is not None:
        end = _MOVED.get(fate.how, Disposition.STILL_BRACKETED)
        return Outcome(amendment.id, amendment.by, act, paragraph, end, fate.how, fate.acts)
    end = _closed(amendment.id, point, choices[point.key]) if point else Disposition.TAKEN
    return Outcome(amendment.id, amendment.by, act, paragraph, end)


_MOVED: Final = {Rebasing.SATISFIED: Disposition.TAKEN, Rebasing.ORPHANED: Disposition.LAPSED}


def _closed(amendment: str, point: Point, choice: Choice) -> Disposition:
    """What became of an amendment at a point that the chair closed."""
    stands = fold(_result(point, choice))
    mine = [n for n, v in enumerate(point.variants) if amendment in v.support.amendments]
    if choice.how is not Choosing.WORDING:
        return Disposition.TAKEN if choice.variant in mine else Disposition.LAPSED
    if any(fold(point.variants[n].text) == stands for n in mine):
        return Disposition.TAKEN
    return Disposition.TAKEN_WITH_CHANGES if set(mine) & set(choice.draws_on) else Disposition.LAPSED


def _concordance(version: Version, after: Version, heirs: Heirs, outcomes: Iterable[Outcome]) -> tuple[Row, ...]:
    on: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        on.setdefault(outcome.paragraph, []).append(outcome)
    labels = {p.id: label_of(p) for p in after.paragraphs}
    rows: list[Row] = []
    for p in version.paragraphs:
        new = tuple(i for i in heirs.get(p.id, (p.id,)) if i in labels)
        rows.append(Row(p.id, label_of(p), new, tuple(labels[i] for i in new), tuple(on.pop(p.id, ()))))
    inherited = {i for ids in heirs.values() for i in ids} | {p.id for p in version.paragraphs}
    for p in after.paragraphs:
        if p.id not in inherited:
            rows.append(Row(None, "", (p.id,), (labels[p.id],), tuple(on.pop(p.id, ()))))
    rows += [Row(None, "", (), (), tuple(rest)) for rest in on.values()]  # new paragraphs that were not taken
    return tuple(rows)
