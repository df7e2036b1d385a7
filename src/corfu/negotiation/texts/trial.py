"""What would come of the chair's choices if the next version were issued with them: nothing of it is recorded."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from corfu.acts import telling
from corfu.negotiation.texts import desk_told, places
from corfu.negotiation.texts.state import State
from corfu.wording.advance import Advanced, Disposition, Outcome, Row, advance
from corfu.wording.compile import compile
from corfu.wording.diff import regions
from corfu.wording.model import SPLIT
from corfu.wording.points import Choice, Choosing
from corfu.wording.points import points as open_points
from corfu.wording.rebase import Rebasing
from corfu.wording.rolling import Counts, RollingText, counts
from corfu.wording.tokens import tokenize

CONFIRM: Final = "to confirm"
_FATES: Final = {
    str(Disposition.TAKEN): (_("Taken"), "tag-done"),
    str(Disposition.TAKEN_WITH_CHANGES): (_("Taken with changes"), "tag-done"),
    str(Disposition.STILL_BRACKETED): (_("Still open"), "tag-open"),
    CONFIRM: (_("Must be confirmed"), "tag-open"),
    str(Disposition.LAPSED): (_("Lapsed"), "tag-gone"),
}


class Piece(NamedTuple):
    """Words with what became of them: "" as they were, "del" gone, "ins" new."""

    how: str
    text: str


def marked(old: str, new: str) -> list[Piece]:
    """The words of a paragraph with what changed in it marked."""
    before, after = tokenize(old), tokenize(new)
    at, pieces = 0, list[Piece]()
    for one in regions(before, after):
        pieces.append(Piece("", "".join(before[at : one.start])))
        pieces.append(Piece("del", "".join(before[one.start : one.end])))
        pieces.append(Piece("ins", "".join(after[one.start2 : one.end2]).replace(SPLIT, " ¶ ")))
        at = one.end
    pieces.append(Piece("", "".join(before[at:])))
    return [one for one in pieces if one.text]


def tried(state: State, choices: Mapping[str, Choice]) -> dict[str, Any]:
    """What the choices make of the text and of everybody's words. Raises InvalidChoiceError."""
    made = advance(state.version, choices, "trial")
    after = compile(made.version)
    before_counts, after_counts = counts(state.rolling), counts(after)
    closed, still = _brackets(state, choices)
    return {
        "number": made.version.number,
        "closed": closed,
        "still": still,
        "open_after": len(open_points(after)),
        "share": _share(after_counts),
        "share_now": _share(before_counts),
        "empty": not made.version.paragraphs,
        "paragraphs": list(_paragraphs(state, made, after)),
        "delegations": _delegations(state, made),
        "waiting": desk_told.waiting(state),
    }


def _share(found: Counts) -> int:
    """How much of the words stands in brackets, in percent; something that is open is never 0."""
    share = round(100 * found.words_contested / found.words) if found.words else 0
    return max(share, 1) if found.words_contested else 0


def _brackets(state: State, choices: Mapping[str, Choice]) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The points that would close, each with what would stand there, and those that would not."""
    closed, still = list[dict[str, str]](), list[dict[str, str]]()
    for place in (one for group in places.groups(state) for one in group.places):
        choice = choices.get(place.point.key)
        row = {"key": place.key, "about": desk_told.about(place, state)}
        if choice is None or choice.how is Choosing.OPEN:
            still.append(row)
        else:
            closed.append(row | {"to": _chosen(place, choice)})
    return closed, still


def _chosen(place: places.Place, choice: Choice) -> str:
    """What a choice puts in the place of what is open, in a line."""
    if choice.how is Choosing.WORDING:
        return gettext("the chair’s wording: “%(words)s”") % {"words": choice.text}
    says = desk_told.say(place, choice.variant)
    text = place.point.variants[choice.variant].text if place.point.span and choice.variant else ""
    return says or f"“{text}”"


def _paragraphs(state: State, made: Advanced, after: RollingText) -> Iterator[dict[str, Any]]:
    """The paragraphs that would change, each with its changes marked."""
    new = {one.id: one.text for one in made.version.paragraphs}
    open_ = {one.paragraph.id for one in after.paragraphs if one.open and not one.inserted}
    changed = {one.paragraph for one in made.changes}
    moved = {one.paragraph for one in made.changes if one.kind == "move"}
    for row in made.concordance:
        if not changed & {row.old, *row.new}:
            continue
        old = state.base[row.old].text if row.old else ""
        yield {
            "name": _name(row, state),
            "pieces": marked(old, SPLIT.join(new[id_] for id_ in row.new)),
            "gone": not row.new,
            "new": row.old is None,
            "moved": row.old in moved,
            "open": bool(open_ & set(row.new)),
        }


def _name(row: Row, state: State) -> str:
    name = desk_told.called(state, row.old) if row.old else " ".join(filter(None, row.new_labels))
    return f"{name[:1].upper()}{name[1:]}"


def _delegations(state: State, made: Advanced) -> list[dict[str, Any]]:
    """What would become of each delegation's words, in the order of the page's language."""
    found: dict[str, list[Outcome]] = {}
    for outcome in made.outcomes:
        for code in outcome.by:
            found.setdefault(code, []).append(outcome)
    told: dict[int, dict[str, str]] = {id(one): _fate(one, state) for one in made.outcomes}
    return [
        {"who": one.name, "words": [told[id(outcome)] for outcome in found[one.code]], "fates": _summed(found[one.code])}
        for one in desk_told.people(found, state)
    ]


def _key(outcome: Outcome) -> str:
    waits = outcome.disposition is Disposition.STILL_BRACKETED and outcome.rebased is Rebasing.CONTESTED
    return CONFIRM if waits else str(outcome.disposition)


def _fate(outcome: Outcome, state: State) -> dict[str, str]:
    name, tag = _FATES[_key(outcome)]
    url = telling.address(f"texts/{state.text.slug}/amendments/{outcome.amendment}/")
    return {"asks": desk_told.asks(outcome.act, state), "fate": str(name), "tag": tag, "url": url}


def _summed(outcomes: list[Outcome]) -> list[dict[str, str]]:
    """The fates that occur, each once: who reads a line knows whether to open it."""
    keys = {_key(one) for one in outcomes}
    return [{"fate": str(name), "tag": tag} for key, (name, tag) in _FATES.items() if key in keys]
