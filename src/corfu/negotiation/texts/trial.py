"""What would come of the chair's choices if the next version were issued with them: nothing of it is recorded."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from corfu.negotiation.texts import desk_told, places, told, told_acts
from corfu.negotiation.texts.state import State
from corfu.wording.advance import Advanced, Outcome, advance
from corfu.wording.compile import compile
from corfu.wording.model import SPLIT
from corfu.wording.points import Choice, Choosing, PointKind
from corfu.wording.points import points as open_points
from corfu.wording.rebase import Rebasing
from corfu.wording.rolling import Counts, RollingText, counts


def tried(state: State, choices: Mapping[str, Choice]) -> dict[str, Any]:
    """What the choices make of the text and of everybody's words. Raises InvalidChoiceError."""
    made = advance(state.version, choices, "trial")
    after = compile(made.version)
    before_counts, after_counts = counts(state.rolling), counts(after)
    closed, still = _brackets(state, choices, made)
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


def _brackets(
    state: State, choices: Mapping[str, Choice], made: Advanced
) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The points that would close, each with what would stand there, and those that would not.

    What goes with its paragraph, and what would wait to be confirmed, is neither: it is told with its delegation.
    """
    closed, still = list[dict[str, str]](), list[dict[str, str]]()
    deleted = {one.paragraph for one in made.changes if one.kind is PointKind.DELETE}
    carried = {(one.amendment, one.paragraph) for one in made.outcomes if one.rebased is Rebasing.CARRIED}
    for place in (one for group in places.groups(state) for one in group.places):
        point, choice = place.point, choices.get(place.point.key)
        wants = {(id_, point.paragraph) for one in point.variants[1:] for id_ in one.support.amendments}
        if point.paragraph in deleted and point.kind is not PointKind.DELETE:
            continue
        if choice is None and point.kind in {PointKind.SPAN, PointKind.DELETE} and not wants & carried:
            continue
        where, words = desk_told.about(place, state)
        row = {"where": where, "words": words}
        if choice is None or choice.how is Choosing.OPEN:
            still.append(row)
        else:
            to, to_words = _chosen(place, choice)
            closed.append(row | {"to": to, "to_words": to_words})
    return closed, still


def _chosen(place: places.Place, choice: Choice) -> tuple[str, str]:
    """What a choice puts in the place of what is open: said, and in which words."""
    if choice.how is Choosing.WORDING:
        return gettext("the chair’s wording:"), choice.text
    says = desk_told.say(place, choice.variant)
    return says, "" if says else place.point.variants[choice.variant].text


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
            "name": told_acts.capital(told_acts.named(state, row.old)) if row.old else " ".join(row.new_labels),
            "pieces": told_acts.marks(old, SPLIT.join(new[id_] for id_ in row.new)),
            "gone": not row.new,
            "new": row.old is None,
            "moved": row.old in moved,
            "open": bool(open_ & set(row.new)),
        }


def _delegations(state: State, made: Advanced) -> list[dict[str, Any]]:
    """What would become of each delegation's words, in the order of the page's language."""
    found: dict[str, list[dict[str, Any]]] = {}
    for outcome in made.outcomes:
        row = _outcome(outcome, state)
        for code in outcome.by:
            found.setdefault(code, []).append(row)
    return [
        one | {"words": found[one["code"]], "fates": _summed(found[one["code"]])}
        for one in told_acts.parties(state.text, found)
    ]


def _outcome(outcome: Outcome, state: State) -> dict[str, Any]:
    fate = told.fate({"disposition": str(outcome.disposition), "rebased": str(outcome.rebased or "")})
    url = reverse("texts:amendment", args=[state.text.slug, outcome.amendment])
    return {"act": told_acts.act(outcome.act, state), "fate": fate, "url": url}


def _summed(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """The fates that occur, each once: who reads a line knows whether to open it."""
    return list({row["fate"]["name"]: row["fate"] for row in rows}.values())
