"""What must hold in a negotiation beyond its rows: it is whole, and each round fits the text that the last one left."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from corfu.profiles.building.known import Rows
from corfu.profiles.building.negotiation import FORMS, negotiation
from corfu.profiles.negotiation import Negotiation, Round
from corfu.profiles.problem import Code, Problem, excerpt
from corfu.profiles.rounds import Misfit, Played, play, point_of, variant_of
from corfu.profiles.row import Row
from corfu.profiles.schema_negotiation import NEGOTIATION_TABLES
from corfu.wording.model import ReserveKind

_WHOLE: Final = ("negotiation", "text", "text-paragraph", "round")
_NEEDS: Final[Mapping[str, tuple[str, ...]]] = {"becomes": ("paragraph",), "insert": ("kind",)}
_MAY: Final[Mapping[str, tuple[str, ...]]] = {
    "becomes": (),
    "insert": ("after", "id", "level"),
    "delete": (),
    "move": ("after",),
    "reserve": ("kind", "on"),
}


def fits(rows: Sequence[Row]) -> Iterator[Problem]:
    """What is wrong with the negotiation; its rows are right by themselves. The first row that does not fit, alone:
    what comes after it stands on it."""
    of = Rows(rows)
    kinds = {table.kind for table in NEGOTIATION_TABLES}
    if not any(of.of(kind) for kind in kinds):
        return
    shaped = [*_parts(of), *_rounds(of), *(problem for row in of.of("amendment-act") for problem in _form(row))]
    yield from shaped
    made = None if shaped else negotiation(of)
    if made is None:
        return
    try:
        _fit(made)
    except Misfit as misfit:
        yield _told(misfit, rows)


def _parts(of: Rows) -> Iterator[Problem]:
    file = next(row.raw.file for table in NEGOTIATION_TABLES for row in of.of(table.kind))
    for table in NEGOTIATION_TABLES:
        if table.kind in _WHOLE and not of.of(table.kind):
            where = table.name.removeprefix(table.file).strip()
            yield Problem(Code.NO_VALUE, file, "", f"{where} is missing", "add it, as docs/profiles.md describes")


def _rounds(of: Rows) -> Iterator[Problem]:
    """What names a round names one there is."""
    there = {row.whole("number") for row in of.of("round")}
    for kind in ("amendment", "position", "suggestion"):
        for row in of.of(kind):
            if row.whole("round") not in there:
                cause = f"there is no round {row.whole('round')}"
                yield row.raw.problem(Code.UNKNOWN_REFERENCE, "round", cause, "correct the number, or add it there")
            if row.text("by") in row.texts("joined"):
                cause = f"{row.text('by')} joins what it files"
                yield row.raw.problem(Code.TWICE, "joined", cause, "leave it out there")


def _form(row: Row) -> Iterator[Problem]:
    """An act is one thing, with what that needs and nothing else."""
    named = [name for name in FORMS if row.text(name)]
    if len(named) != 1:
        cause = f"an act has {', '.join(named)}" if named else "an act says nothing to be done"
        yield row.raw.problem(Code.BAD_VALUE, "", cause, f"give it one of {', '.join(FORMS)}")
        return
    form = named[0]
    needs = _NEEDS.get(form, ())
    for name in needs:
        if not row.text(name):
            yield row.raw.problem(Code.NO_VALUE, name, f"is missing beside {form}", "fill it in")
    for name in sorted(set(row.values) - {form, *needs, *_MAY[form]}):
        yield row.raw.problem(Code.BAD_VALUE, name, f"has no meaning beside {form}", "remove it")
    if row.text("kind") and (row.text("kind") in set(ReserveKind)) != (form == "reserve"):
        yield row.raw.problem(Code.BAD_VALUE, "kind", f"{excerpt(row.text('kind'))} is no kind to {form}", "correct it")


def _told(misfit: Misfit, rows: Iterable[Row]) -> Problem:
    row = next(row for row in rows if (row.kind, row.id) == (misfit.kind, misfit.id))
    return row.raw.problem(Code.BAD_VALUE, misfit.name, misfit.cause, misfit.remedy)


def _fit(made: Negotiation) -> None:
    """Raises Misfit for the first row that does not fit."""
    _in_order(made.rounds)
    _last(made.rounds[-1])
    played = play(made)
    for each in played:
        _wordings(each)
    _translations(made, played)
    _guide(made, played[-1])


def _in_order(rounds: Sequence[Round]) -> None:
    for number, each in enumerate(rounds, 1):
        if each.number != number:
            cause = f"Rev.{each.number} stands where Rev.{number} is due"
            raise Misfit("round", str(each.number), "number", cause, "count from 1, leaving none out")
        if each.closes < each.issued:
            raise Misfit("round", str(number), "closes", "closes before it is issued", "correct one of the two")
    for before, after in pairwise(rounds):
        if after.issued < before.closes:
            cause = f"is issued before Rev.{before.number} closes"
            raise Misfit("round", str(after.number), "issued", cause, "correct one of the two")


def _last(last: Round) -> None:
    """The chair disposes of all rounds but the last."""
    if last.take or last.rewords or last.keep_open:
        cause = "the last revision is under negotiation and has no dispositions"
        raise Misfit("round", str(last.number), "take", cause, "remove them, or add the revision they lead to")


def _wordings(played: Played) -> None:
    """Positions and suggestions stand on a wording that is in brackets in their revision."""
    round_ = played.round
    for each in round_.positions:
        place = each.to
        parts = [str(round_.number), each.by, place.paragraph, place.key, place.find]
        variant_of(place, played.points, ("position", "-".join(filter(None, parts))))
    for suggestion in round_.suggestions:
        point_of(suggestion.words, played.points, ("suggestion", suggestion.id))


def _translations(made: Negotiation, played: Sequence[Played]) -> None:
    standing = {each.version.number: {one.id for one in each.version.paragraphs} for each in played}
    for each in made.translations:
        if each.paragraph not in standing.get(each.follows, ()):
            id_ = f"{each.lang}-{each.paragraph}-{each.follows}"
            cause = f"there is no paragraph {excerpt(each.paragraph)} in Rev.{each.follows}"
            raise Misfit("translation", id_, "follows", cause, "name the revision that it renders")


def _guide(made: Negotiation, last: Played) -> None:
    standing = {each.id for each in last.version.paragraphs}
    if made.guide is None:
        return
    for step in made.guide.steps:
        if step.paragraph and step.paragraph not in standing:
            cause = f"there is no paragraph {excerpt(step.paragraph)} in Rev.{last.version.number}"
            raise Misfit("guide-step", f"{made.guide.id}-{step.nr}", "paragraph", cause, "name one that stands there")
