"""What waits for a sponsor, since words were touched that its amendment speaks of; and what the sponsor answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from corfu.negotiation.texts import drafting, told_acts
from corfu.negotiation.texts.drafting import UnfitError
from corfu.negotiation.texts.models import Standing
from corfu.negotiation.texts.state import Filed, State
from corfu.negotiation.texts.told_acts import Row
from corfu.wording import plain
from corfu.wording.apply import edited
from corfu.wording.model import Act, Edit, Paragraph

_Asked = Mapping[str, Any]


def confirmed(state: State, filed: Filed, given: Mapping[str, Any]) -> list[Act]:
    """The acts that the sponsor wants in place of those that were touched, one answer for each."""
    found: list[Act] = []
    for n, one in enumerate(filed.standing.asked):
        match given.get(f"how-{n}"):
            case "drop":
                continue
            case "words":
                found += _reworded(state, one, str(given.get(f"words-{n}", "")))
            case "keep" if one["acts"]:
                found += plain.acts_from(one["acts"])
            case _:
                raise UnfitError(gettext("Say for each of them what you want now."))
    return found


def _reworded(state: State, one: _Asked, typed: str) -> tuple[Act, ...]:
    paragraph = _paragraph(state, one)
    if paragraph is None:
        raise UnfitError(gettext("The paragraph is gone: drop this one, and ask for a new paragraph."))
    return drafting.of_words(paragraph, typed)


def _paragraph(state: State, one: _Asked) -> Paragraph | None:
    """The paragraph of the version that stands in which the sponsor may write: that of the suggestion."""
    named = [act["paragraph"] for act in one["acts"] if act["act"] != "insert"] or [one["act"]["paragraph"]]
    return state.base.get(str(named[0]))


def waiting(
    state: State,
    filed: Filed,
    given: Mapping[str, Any],
    standings: Sequence[Standing],
    bases: Mapping[int, State],
) -> list[Row]:
    """Each thing that waits: what was asked, what is suggested now, the words to write in, what was chosen.

    `standings`: how the amendment stood on each version; `bases`: these versions.
    """
    return [
        _waiting(state, n, one, given, bases[_version(one, standings)]) for n, one in enumerate(filed.standing.asked)
    ]


def _version(one: _Asked, standings: Sequence[Standing]) -> int:
    """The latest version on which the touched act stood as it is told."""
    return max((each.number for each in standings if one["act"] in each.acts), default=standings[-1].number)


def _waiting(state: State, n: int, one: _Asked, given: Mapping[str, Any], before: State) -> Row:
    suggested = plain.acts_from(one["acts"]) if one["acts"] else ()
    paragraph = _paragraph(state, one)
    own = [act for act in suggested if isinstance(act, Edit) and paragraph and act.paragraph == paragraph.id]
    words = edited(paragraph, own).text.strip() if paragraph else ""
    return {
        "n": n,
        "was": told_acts.act(plain.acts_from([one["act"]])[0], before),
        "number": before.number,
        "suggested": told_acts.acts(suggested, state),
        "stands": told_acts.shown(paragraph.text) if paragraph else "",
        "writes": paragraph is not None and one["act"]["act"] == "edit",
        "words": given.get(f"words-{n}", words),
        "how": given.get(f"how-{n}", "keep" if suggested else ""),
    }
