"""What a negotiation's rounds make of its text: every revision, from the first and the chair's dispositions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corfu.profiles.negotiation import Draft, DraftAct, Negotiation, Place, Reword, Rewrite, Round
from corfu.profiles.problem import excerpt
from corfu.wording.advance import Advanced, advance
from corfu.wording.compile import compile
from corfu.wording.diff import edits
from corfu.wording.model import Act, Amendment, Paragraph, Version, problems
from corfu.wording.points import BASE, OPEN, Choice, Point, points, take, word


class Misfit(ValueError):
    """A row of the negotiation does not fit the text as it then stands: which row, under which key, why."""

    def __init__(self, kind: str, id_: str, name: str, cause: str, remedy: str) -> None:
        """`kind` and `id_` of the row, `name` of the key; cause and remedy are clauses without a full stop."""
        super().__init__(cause)
        self.kind, self.id, self.name, self.cause, self.remedy = kind, id_, name, cause, remedy


@dataclass(frozen=True, slots=True)
class Played:
    """A revision with all amendments that are live on it, what is open in it, and what the chair made of that.

    `advanced` is None for the last revision, which is under negotiation.
    """

    round: Round
    version: Version
    points: tuple[Point, ...]
    choices: Mapping[str, Choice]
    advanced: Advanced | None


def play(negotiation: Negotiation) -> tuple[Played, ...]:
    """Every revision in order. Raises Misfit for the first row that does not fit."""
    played: list[Played] = []
    version = Version(1, negotiation.paragraphs)
    for each in negotiation.rounds:
        version = Version(each.number, version.paragraphs, (*version.amendments, *_filed(each, version)))
        found = tuple(points(compile(version)))
        choices = dispositions(each, version, found)
        last = each is negotiation.rounds[-1]
        advanced = None if last else advance(version, choices, f"Rev.{each.number + 1}")
        played.append(Played(each, version, found, choices, advanced))
        version = advanced.version if advanced else version
    return tuple(played)


def _filed(round_: Round, version: Version) -> Iterator[Amendment]:
    for draft in round_.drafts:
        made = amendment(draft, version.paragraphs, round_.number)
        alone = Version(version.number, version.paragraphs, (made,))
        if fault := next(problems(alone), None):
            where = f"Rev.{version.number}: {fault}"
            raise Misfit("amendment", draft.key, "act", where, "correct the act")
        yield made


def amendment(draft: Draft, paragraphs: Iterable[Paragraph], on: int) -> Amendment:
    """The amendment with its edits derived, on revision `on`. Raises Misfit for a paragraph that is not there."""
    standing = {each.id: each.text for each in paragraphs}
    acts = tuple(made for act in draft.acts for made in _acts(draft.key, act, standing, on))
    return Amendment(draft.key, draft.supporters, on, acts)


def _acts(key: str, act: DraftAct, standing: Mapping[str, str], on: int) -> Sequence[Act]:
    if not isinstance(act, Rewrite):
        return (act,)
    if act.paragraph not in standing:
        cause = f"there is no paragraph {excerpt(act.paragraph)} in Rev.{on}"
        raise Misfit("amendment", key, "act", cause, "name one that stands there")
    made = edits(act.paragraph, standing[act.paragraph], act.becomes)
    if not made:
        cause = f"the new words of {excerpt(act.paragraph)} are those of Rev.{on}"
        raise Misfit("amendment", key, "act", cause, "write what shall change, or leave it out")
    return made


def dispositions(round_: Round, version: Version, found: Sequence[Point]) -> dict[str, Choice]:
    """The chair's choice at every open point of a round. Raises Misfit for one that cannot be made."""
    live = {each.id for each in version.amendments}
    for name, keys in (("take", round_.take), ("keep_open", round_.keep_open)):
        for key in keys:
            if key not in live:
                cause = f"the amendment {excerpt(key)} is not live on Rev.{version.number}"
                raise Misfit("round", str(round_.number), name, cause, "name one that is")
    choices = {point.key: _chosen(point, round_) for point in found}
    for reword in round_.rewords:
        id_ = "-".join(filter(None, [str(round_.number), reword.paragraph, reword.find]))
        point = point_of(reword, found, ("reword", id_))
        choices[point.key] = word(reword.text, _drawn(point, reword.draws_on))
    return choices


def _chosen(point: Point, round_: Round) -> Choice:
    taken = _drawn(point, round_.take)
    if len(taken) > 1:
        cause = f"two wordings are taken at {excerpt(point.variants[0].text)} in paragraph {point.paragraph}"
        raise Misfit("round", str(round_.number), "take", cause, "take one, or reword it")
    if taken:
        return take(taken[0])
    return OPEN if _drawn(point, round_.keep_open) else BASE


def _drawn(point: Point, keys: Iterable[str]) -> tuple[int, ...]:
    """The point's variants, the base aside, that any of these amendments wants."""
    wanted = set(keys)
    variants = enumerate(point.variants)
    return tuple(number for number, each in variants if number and wanted & set(each.support.amendments))


def point_of(words: Reword, found: Iterable[Point], row: tuple[str, str]) -> Point:
    """The open point for which words are meant. Raises Misfit for `row`, a kind and id, if none or several fit."""
    fitting = [each for each in _at(words.paragraph, words.find, found) if _drawn(each, words.draws_on)]
    return _one(fitting, words.paragraph, row)


def variant_of(place: Place, found: Iterable[Point], row: tuple[str, str]) -> tuple[Point, int]:
    """The open point of a place and the number of the variant there. Raises Misfit for `row`, a kind and id."""
    fitting = _at(place.paragraph, place.find, found)
    if place.key:
        fitting = [each for each in fitting if _drawn(each, [place.key])]
    point = _one(fitting, place.paragraph, row)
    return point, _drawn(point, [place.key])[0] if place.key else 0


def _at(paragraph: str, find: str, found: Iterable[Point]) -> list[Point]:
    here = (each for each in found if each.paragraph == paragraph)
    return [each for each in here if not find or each.variants[0].text.strip() == find]


def _one(fitting: list[Point], paragraph: str, row: tuple[str, str]) -> Point:
    if len(fitting) == 1:
        return fitting[0]
    there = ", ".join(excerpt(each.variants[0].text.strip()) for each in fitting)
    cause = f"{len(fitting)} contested places of {excerpt(paragraph)} fit" + (f": {there}" if there else "")
    raise Misfit(*row, "find", cause, "name the paragraph, and the base’s words in brackets there")
