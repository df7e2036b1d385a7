"""What the chair's desk shows: the open points, part by part, as plain values in the page's language."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from corfu.acts import telling
from corfu.negotiation.texts import places, told_acts
from corfu.negotiation.texts.models import Position, Spot, Suggestion
from corfu.negotiation.texts.places import Chosen, Given, Group, Place
from corfu.negotiation.texts.state import State
from corfu.wording.points import PointKind
from corfu.wording.rolling import RollingParagraph, Span

STANCES: Final = {
    "supports": _("supports"),
    "can-live-with": _("can live with it"),
    "reserves": _("reserves its position"),
    "objects": _("objects"),
}
_LONGEST: Final = 80


def _clipped(text: str) -> str:
    line = " ".join(told_acts.shown(text).split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}…"


def waiting(state: State) -> str:
    """Whose amendments wait to be confirmed by who filed them."""
    return told_acts.names(state.text, (one.row.author for one in state.filed.values() if one.standing.asked))


# The open points


class _Said:
    """Positions and suggestions by the wording that they are about, looked through once for a page; `told` by key."""

    def __init__(self, state: State) -> None:
        self.state, self.told = state, _told(state)
        self._positions: dict[tuple[Spot, str], list[Position]] = defaultdict(list)
        self._suggestions: dict[Spot, list[Suggestion]] = defaultdict(list)
        for one in state.latest_positions():
            if one.stance != "none":
                self._positions[one.spot, one.wording].append(one)
        for given in state.suggestions:
            self._suggestions[given.spot].append(given)

    def positions(self, place: Place, wording: str) -> list[dict[str, str]]:
        """Who says what of a wording, by name: {stance, names, notes}."""
        found = self._positions.get((self.state.spot(place.point), wording), [])
        rows = []
        for stance, said in STANCES.items():
            mine = [one for one in found if one.stance == stance]
            if mine:
                notes = [f"{telling.participant(one.participant).name}: {one.note}" for one in mine if one.note]
                who = told_acts.names(self.state.text, (one.participant for one in mine))
                rows.append({"stance": str(said), "names": who, "notes": " · ".join(notes)})
        return rows

    def suggestions(self, place: Place) -> list[Suggestion]:
        """What the chair suggests for a place."""
        point = place.point
        return self._suggestions.get(self.state.spot(point), [])


@dataclass(frozen=True)
class Folded:
    """A desk in its parts, one of which is shown: `at`, from 0."""

    parts: list[list[Group]]
    at: int

    @classmethod
    def of(cls, state: State, chosen: Chosen, asked: int, *, refused: bool) -> "Folded":
        """The part with what must be mended; where an act was refused, the first with something new; else `asked`."""
        parts = places.parts(state)
        several = [[place for group in some for place in group.places] for some in parts]
        first = [n for n, some in enumerate(several) if any(one.key in chosen.faults for one in some)]
        if refused:
            first += [n for n, some in enumerate(several) if any(places.is_fresh(one, chosen) for one in some)]
        return cls(parts, first[0] if first else min(max(asked, 0), len(parts) - 1))

    def places(self, part: int) -> list[Place]:
        """The places of a part."""
        return [place for group in self.parts[part] for place in group.places]


def points(state: State, chosen: Chosen, desk: Folded) -> list[dict[str, Any]]:
    """The paragraphs of the part that is shown, each with its points, in the order of the text."""
    said = _Said(state)
    return [_group(one, said, chosen) for one in desk.parts[desk.at]]


def other_parts(state: State, chosen: Chosen, desk: Folded) -> list[tuple[str, str]]:
    """The fields that carry what was chosen, or only seen, on all parts of the desk but the one that is shown."""
    told = _told(state)
    others = (place for n in range(len(desk.parts)) if n != desk.at for place in desk.places(n))
    return [field for place in others for field in places.kept(place, chosen, told[place.key])]


def _told(state: State) -> dict[str, str]:
    """What each place is about, in a line, by its key."""
    several = (place for group in places.groups(state) for place in group.places)
    return state.once((telling.language(), "told"), lambda: {one.key: _in_a_line(one, state) for one in several})


def parts_of(chosen: Chosen, desk: Folded) -> list[dict[str, Any]]:
    """The parts of the desk, none where one page has all: {number, first, last, current, decided, fresh, gone}."""
    rows, last = list[dict[str, Any]](), 0
    for number in range(len(desk.parts)):
        there = desk.places(number)
        first, last = last + 1, last + len(there)
        row = {
            "number": number + 1,
            "first": first,
            "last": last,
            "current": number == desk.at,
            "decided": sum(place.point.key in chosen.choices for place in there),
            "fresh": any(places.is_fresh(place, chosen) for place in there),
            "gone": any(place.key in chosen.gone for place in there),
        }
        rows.append(row)
    return rows if len(rows) > 1 else []


def _group(group: Group, said: _Said, chosen: Chosen) -> dict[str, Any]:
    state, one = said.state, group.paragraph
    return {
        "name": _name(group, state),
        "id": one.paragraph.id if not one.inserted else "",
        "parts": pieces(one),
        "added": bool(one.inserted),
        "reserves": [f"{told_acts.names(state.text, r.support.by)}: {told_acts.reservation(r)}" for r in one.reserved],
        "points": [_point(place, said, chosen) for place in group.places],
    }


def _name(group: Group, state: State) -> str:
    one, where = group.paragraph, told_acts.after(state, group.after)
    if one.moved_from is not None:
        return told_acts.capital(f"{told_acts.named(state, one.moved_from)}, {where}")
    if one.inserted:
        return " ".join(filter(None, [gettext("New paragraph"), one.label, where]))
    return told_acts.capital(told_acts.named(state, one.paragraph.id))


def pieces(paragraph: RollingParagraph, only: int = 0) -> list[dict[str, Any]]:
    """A paragraph's words in pieces: {text, number}, the number being that of the bracket, of all or `only` of one."""
    return [
        {"text": told_acts.shown(one.variants[0].text), "number": one.number if only in {0, one.number} else 0}
        if isinstance(one, Span)
        else {"text": told_acts.shown(one), "number": 0}
        for one in paragraph.parts
    ]


def about(place: Place, state: State) -> tuple[str, str]:
    """What a point is about, by which its choice is known when the point is no more: where, and in which words."""
    point = place.point
    if point.kind is PointKind.INSERT:
        return str(_KINDS[point.kind]), _clipped(point.variants[1].text)
    where = told_acts.capital(told_acts.named(state, point.paragraph))
    if point.kind is not PointKind.SPAN:
        return f"{where}: {_KINDS[point.kind]}", ""
    return f"{where}:", _clipped(next(one.text for one in point.variants if one.text))


def _in_a_line(place: Place, state: State) -> str:
    where, words = about(place, state)
    return gettext("%(where)s “%(words)s”") % {"where": where, "words": words} if words else where


_KINDS: Final = {
    PointKind.SPAN: _("Words"),
    PointKind.DELETE: _("Delete the paragraph?"),
    PointKind.INSERT: _("Add the paragraph?"),
    PointKind.MOVE: _("Move the paragraph?"),
}


def _point(place: Place, said: _Said, chosen: Chosen) -> dict[str, Any]:
    point = place.point
    suggested = said.suggestions(place)
    given = chosen.given.get(place.key) or _prefilled(place, suggested)
    variants = [_variant(place, n, said, chosen, given) for n in range(len(place.names))]
    return {
        "key": place.key,
        "kind": gettext("Bracket %(number)s") % {"number": point.span.number}
        if point.span
        else str(_KINDS[point.kind]),
        "seen": places.seen(place, said.told[place.key]),
        "fresh": place.key in chosen.fresh,
        "gone": place.key in chosen.gone,
        "fault": chosen.faults.get(place.key, ""),
        "open": given.how == places.OPEN or place.key in chosen.gone,
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
        "text": told_acts.shown(variant.text) if place.point.kind is PointKind.SPAN else "",
        "who": told_acts.names(said.state.text, variant.by),
        "chosen": given.how == name,
        "drawn": name in given.draws,
        "fresh": (place.key, name) in chosen.fresh,
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
            return gettext("Delete these words") if number else gettext("Keep the base: nothing here")
        case _:
            return "" if number else gettext("Keep the base")


def _suggestion(one: Suggestion, place: Place, said: _Said) -> dict[str, Any]:
    behind = {said.state.filed[id_].row.author for id_ in one.draws_on if id_ in said.state.filed}
    answers = [answer for answer in said.positions(place, one.wording) if answer]
    return {
        "id": one.pk,
        "text": one.wording,
        "draws": told_acts.names(said.state.text, behind),
        "note": one.note,
        "answers": answers,
        **telling.act_of(one.place),
    }


def suggesting(state: State, group: Group, place: Place, drawn: set[str]) -> dict[str, Any]:
    """A point for the page on which the chair writes a suggestion; its ingredients are amendments."""
    return {
        "key": place.key,
        "name": _name(group, state),
        "parts": pieces(group.paragraph, place.point.span.number if place.point.span else 0),
        "base": place.point.variants[0].text,
        "ingredients": [
            {
                "id": id_,
                "text": one.text,
                "who": told_acts.names(state.text, state.filed[id_].current),
                "drawn": id_ in drawn,
            }
            for one in place.point.variants
            for id_ in one.support.amendments
        ],
    }
