"""What the chair's desk shows: the inbox and the open points, as plain values in the page's language."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import count
from typing import Any, Final

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from corfu.acts import telling
from corfu.negotiation.texts import places
from corfu.negotiation.texts.models import Position, Suggestion
from corfu.negotiation.texts.places import Chosen, Given, Group, Place
from corfu.negotiation.texts.state import Filed, State
from corfu.wording.model import SPLIT, Act, Delete, Edit, Insert, Move, Reserve
from corfu.wording.points import PointKind
from corfu.wording.rolling import RollingParagraph, Span
from corfu.wording.tokens import tokenize

STANCES: Final = {
    "supports": _("supports"),
    "can-live-with": _("can live with it"),
    "reserves": _("reserves its position"),
    "objects": _("objects"),
}
RESERVES: Final = {
    "general": _("General reserve"),
    "scrutiny": _("Scrutiny reserve"),
    "linked": _("Linked reserve"),
}
_LONGEST: Final = 160


@cache
def _ranks(organisation: str, language: str) -> dict[str, int]:
    return {one.code: n for n, one in enumerate(telling.profile(organisation).in_order(language))}


def people(codes: Iterable[str], state: State) -> list[telling.Named]:
    """Participants by name, in the order of the page's language."""
    ranks = _ranks(state.text.organisation, telling.language())
    return [telling.participant(code) for code in sorted(set(codes), key=lambda one: (ranks.get(one, 999), one))]


def names(codes: Iterable[str], state: State) -> str:
    """The same in one line."""
    return ", ".join(one.name for one in people(codes, state))


def called(state: State, id_: str | None) -> str:
    """What the room calls a paragraph: its number, or where it has none its first words."""
    if id_ is None:
        return gettext("the beginning")
    if name := state.names.get(id_):
        return gettext("paragraph %(name)s") % {"name": name}
    found = state.base.get(id_)
    return f"“{_clipped(found.text, 40)}”" if found else gettext("a paragraph that was added")


def _clipped(text: str, longest: int = _LONGEST) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[:longest].rstrip()}…"


def asks(act: Act, state: State) -> str:
    """What an act of an amendment asks for, in a line."""
    match act:
        case Edit():
            return _edit(act, state)
        case Insert():
            facts = {"after": called(state, act.after), "words": _clipped(act.paragraph.text)}
            return gettext("new after %(after)s: “%(words)s”") % facts
        case Delete():
            return gettext("delete %(paragraph)s") % {"paragraph": called(state, act.paragraph)}
        case Move():
            facts = {"paragraph": called(state, act.paragraph), "after": called(state, act.after)}
            return gettext("move %(paragraph)s after %(after)s") % facts
        case Reserve():
            return f"{RESERVES[act.kind]}: {called(state, act.paragraph)}"


def _edit(act: Edit, state: State) -> str:
    tokens = tokenize(state.base[act.paragraph].text)
    old, new = _clipped("".join(tokens[act.start : act.end])), _clipped(act.text)
    facts = {"paragraph": called(state, act.paragraph), "old": old, "new": new}
    if not old:
        return gettext("%(paragraph)s: add “%(new)s”") % facts
    if not new:
        return gettext("%(paragraph)s: delete “%(old)s”") % facts
    return gettext("%(paragraph)s: “%(new)s” in place of “%(old)s”") % facts


# The inbox


def inbox(state: State) -> list[dict[str, Any]]:
    """The amendments that were filed on this version, the newest last."""
    filed = [one for one in state.filed.values() if one.row.number == state.number]
    return [_letter(one, state) for one in sorted(filed, key=lambda one: one.row.place)]


def _letter(filed: Filed, state: State) -> dict[str, Any]:
    row = filed.row
    return {
        "url": telling.address(f"texts/{state.text.slug}/amendments/{row.pk}/"),
        "who": telling.participant(row.author).name,
        "with": names((code for code in filed.by if code != row.author), state),
        "when": telling.instant(row.at.timestamp()),
        "first": row.at.isoformat(),
        "asks": [asks(one, state) for one in filed.acts],
        "note": row.note,
        **telling.act_of(row.place),
    }


def waiting(state: State) -> str:
    """Whose amendments wait to be confirmed by who filed them."""
    return names((one.row.author for one in state.filed.values() if one.standing.asked), state)


# The open points


class _Said:
    """Positions and suggestions by the wording that they are about: looked through once for a page."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._positions: dict[tuple[str, ...], list[Position]] = defaultdict(list)
        self._suggestions: dict[tuple[str, ...], list[Suggestion]] = defaultdict(list)
        for one in state.latest_positions():
            if one.stance != "none":
                self._positions[one.paragraph, one.kind, one.base, one.wording].append(one)
        for given in state.suggestions:
            self._suggestions[given.paragraph, given.kind, given.base].append(given)

    def positions(self, place: Place, wording: str) -> list[dict[str, str]]:
        """Who says what of a wording, by name: {stance, names, notes}."""
        point = place.point
        found = self._positions.get((point.paragraph, str(point.kind), point.variants[0].text, wording), [])
        rows = []
        for stance, said in STANCES.items():
            mine = [one for one in found if one.stance == stance]
            if mine:
                notes = [f"{telling.participant(one.participant).name}: {one.note}" for one in mine if one.note]
                who = names((one.participant for one in mine), self.state)
                rows.append({"stance": str(said), "names": who, "notes": " · ".join(notes)})
        return rows

    def suggestions(self, place: Place) -> list[Suggestion]:
        """What the chair suggests for a place."""
        point = place.point
        return self._suggestions.get((point.paragraph, str(point.kind), point.variants[0].text), [])


def points(state: State, chosen: Chosen) -> list[dict[str, Any]]:
    """The paragraphs with something open, each with its points, in the order of the text."""
    said, numbers = _Said(state), count(1)
    return [_group(one, said, chosen, numbers) for one in places.groups(state)]


def _group(group: Group, said: _Said, chosen: Chosen, numbers: "count[int]") -> dict[str, Any]:
    state, one = said.state, group.paragraph
    rows = [_point(place, next(numbers), group, said, chosen) for place in group.places]
    return {
        "name": _name(group, state),
        "id": one.paragraph.id if not one.inserted else "",
        "parts": parts(one, {row["span"]: row["number"] for row in rows if row["span"]}),
        "added": bool(one.inserted),
        "reserves": [f"{RESERVES[r.kind]}: {names(r.support.by, state)}{_on(r.on)}" for r in one.reserved],
        "points": rows,
    }


def _on(on: str) -> str:
    return f" ({on})" if on else ""


def _name(group: Group, state: State) -> str:
    one = group.paragraph
    if one.moved_from is not None:
        facts = {"paragraph": called(state, one.moved_from), "after": called(state, group.after)}
        return gettext("%(paragraph)s, moved after %(after)s") % facts
    if one.inserted:
        facts = {"after": called(state, group.after), "label": one.label}
        new = gettext("New paragraph %(label)s, after %(after)s") if one.label else gettext("New, after %(after)s")
        return new % facts
    name = called(state, one.paragraph.id)
    return f"{name[:1].upper()}{name[1:]}"


def parts(paragraph: RollingParagraph, numbers: dict[int, int]) -> list[dict[str, Any]]:
    """A paragraph's words in pieces: {text, number}, the number being that of the point that the words are."""
    found = []
    for part in paragraph.parts:
        if isinstance(part, Span):
            found.append({"text": part.variants[0].text, "number": numbers[part.number], "tail": part.tail})
        else:
            found.append({"text": part, "number": 0, "tail": ""})
    return found


def about(place: Place, state: State) -> str:
    """A point in a few words, by which its choice is known when the point is no more."""
    point = place.point
    words = point.variants[0].text if point.kind is PointKind.SPAN else ""
    where = called(state, point.paragraph) if point.kind is not PointKind.INSERT else str(_KINDS[point.kind])
    return f"{where}: “{_clipped(words, 80)}”" if words else f"{where}: {_clipped(point.variants[1].text, 80)}"


_KINDS: Final = {
    PointKind.SPAN: _("Words"),
    PointKind.DELETE: _("Delete the paragraph?"),
    PointKind.INSERT: _("Add the paragraph?"),
    PointKind.MOVE: _("Move the paragraph?"),
}


def _point(place: Place, number: int, group: Group, said: _Said, chosen: Chosen) -> dict[str, Any]:
    state, point = said.state, place.point
    suggested = said.suggestions(place)
    given = chosen.given.get(place.key) or _prefilled(place, suggested)
    variants = [_variant(place, n, said, chosen, given) for n in range(len(place.names))]
    return {
        "key": place.key,
        "number": number,
        "kind": str(_KINDS[point.kind]),
        "span": point.span.number if point.span else 0,
        "seen": places.seen(place, about(place, state)),
        "fresh": bool(chosen.given) and place.key in chosen.fresh,
        "gone": place.key in chosen.gone,
        "fault": chosen.faults.get(place.key, ""),
        "open": given.how == places.OPEN,
        "variants": variants,
        "worded": place.worded,
        "own": given.how == places.OWN,
        "own_digit": len(variants) + 1,
        "text": given.text,
        "drawable": [one for one in variants if one["who"]],
        "suggestions": [_suggestion(one, place, said) for one in suggested],
    }


def _prefilled(place: Place, suggested: list[Suggestion]) -> Given:
    """A point as it is at first: open, with the chair's latest suggestion at hand for its own wording."""
    if not suggested:
        return Given()
    drawn = set(suggested[-1].draws_on)
    variants = zip(place.names, place.point.variants, strict=True)
    return Given(
        text=suggested[-1].wording, draws=tuple(name for name, one in variants if drawn & set(one.support.amendments))
    )


def _variant(place: Place, number: int, said: _Said, chosen: Chosen, given: Given) -> dict[str, Any]:
    variant, name = place.point.variants[number], place.names[number]
    moved = place.point.kind is PointKind.MOVE  # the words are the same where it is and where it may go
    return {
        "name": name,
        "digit": number + 1,
        "base": number == 0,
        "say": say(place, number),
        "text": variant.text.replace(SPLIT, " ¶ ") if place.point.kind is PointKind.SPAN else "",
        "who": names(variant.by, said.state),
        "chosen": given.how == name,
        "drawn": name in given.draws,
        "fresh": bool(chosen.given) and (place.key, name) in chosen.fresh,
        "positions": said.positions(place, variant.text) if number or not moved else [],
    }


def say(place: Place, number: int) -> str:
    """What a choice does, before the words that it is about."""
    match place.point.kind:
        case PointKind.DELETE:
            return gettext("Delete it") if number else gettext("Keep it")
        case PointKind.INSERT:
            return gettext("Add it") if number else gettext("Do not add it")
        case PointKind.MOVE:
            return gettext("Move it here") if number else gettext("Leave it in its place")
        case _ if not place.point.variants[number].text:
            return pgettext("disposition", "No words here")
        case _:
            return "" if number else gettext("Keep the base")


def _suggestion(one: Suggestion, place: Place, said: _Said) -> dict[str, Any]:
    behind = {code for v in place.point.variants for code in v.by if set(v.support.amendments) & set(one.draws_on)}
    answers = [answer for answer in said.positions(place, one.wording) if answer]
    return {
        "id": one.pk,
        "text": one.wording,
        "draws": names(behind, said.state),
        "note": one.note,
        "answers": answers,
        **telling.act_of(one.place),
    }


def suggesting(state: State, group: Group, place: Place, drawn: set[str]) -> dict[str, Any]:
    """A point for the page on which the chair writes a suggestion; its ingredients are amendments."""
    numbers = dict.fromkeys((one.point.span.number for one in group.places if one.point.span), 0)
    if place.point.span:
        numbers[place.point.span.number] = 1
    return {
        "key": place.key,
        "name": _name(group, state),
        "parts": parts(group.paragraph, numbers),
        "base": place.point.variants[0].text,
        "ingredients": [
            {"id": id_, "text": one.text, "who": names(state.filed[id_].current, state), "drawn": id_ in drawn}
            for one in place.point.variants
            for id_ in one.support.amendments
        ],
    }
