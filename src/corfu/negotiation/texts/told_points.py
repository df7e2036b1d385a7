"""A contested paragraph as its page shows it: its words with brackets, and each open point with who wants what."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from corfu.acts import telling
from corfu.negotiation.texts import told_acts
from corfu.negotiation.texts.models import Position, Suggestion
from corfu.negotiation.texts.state import Filed, State
from corfu.negotiation.texts.told_acts import Row
from corfu.wording.model import Move
from corfu.wording.points import Point, PointKind
from corfu.wording.points import points as points_in
from corfu.wording.rolling import RollingParagraph, RollingText, Span, Variant

STANCES = {
    "supports": _("supports it"),
    "can-live-with": _("can live with it"),
    "reserves": _("reserves its position"),
    "objects": _("objects to it"),
}
"""What a participant may say of a wording, in words; who takes back what it said says "none"."""


class Reader(NamedTuple):
    """Who looks at the points of a text: `code` of whoever may act on them, else empty; what was `typed` and refused,
    by the place that it was about."""

    state: State
    code: str
    typed: dict[str, Row]


def words(paragraph: RollingParagraph) -> list[Row]:
    """The parts of a paragraph: {text}, or a bracket {span, text} whose text may be nothing."""
    return [
        {"span": part.number, "text": told_acts.shown(part.variants[0].text), "tail": part.tail}
        if isinstance(part, Span)
        else {"text": told_acts.shown(part)}
        for part in paragraph.parts
    ]


def variants(state: State, point: Point) -> list[Row]:
    """The wordings of a point and who wants them, for pages on which nothing is done to them."""
    return [_wording(state, point, one) for one in point.variants]


def _wording(state: State, point: Point, variant: Variant) -> Row:
    return {
        "text": told_acts.shown(variant.text),
        "base": variant.base,
        "said": _instead(point, variant),
        "parties": told_acts.parties(state.text, variant.by),
    }


def _instead(point: Point, variant: Variant) -> str:
    """What a variant is in words, where its text alone does not say it."""
    if point.kind is PointKind.MOVE:
        return gettext("stays here") if variant.base else gettext("goes there")
    if point.kind is PointKind.DELETE:
        return gettext("stays") if variant.base else gettext("delete the paragraph")
    if not variant.text.strip():
        return gettext("nothing stands here") if variant.base else gettext("delete these words")
    return ""


def title(point: Point) -> str:
    """What is open, as a heading."""
    if point.span is not None:
        return gettext("Bracket %(number)s") % {"number": point.span.number}
    return {
        PointKind.DELETE: gettext("Deletion of the paragraph"),
        PointKind.INSERT: gettext("New paragraph"),
        PointKind.MOVE: gettext("Another place for the paragraph"),
    }[point.kind]


def anchor(point: Point) -> str:
    """The name of a point within its page."""
    return f"b{point.span.number}" if point.span else f"{point.kind}"


def points(reader: Reader, found: Iterable[Point]) -> list[Row]:
    """Open points in full."""
    return [_point(reader, one) for one in found]


def _point(reader: Reader, point: Point) -> Row:
    positions = [one for one in reader.state.latest_positions() if one.paragraph == point.paragraph]
    here = [one for one in positions if one.spot == reader.state.spot(point)]
    return {
        "anchor": anchor(point),
        "title": title(point),
        "typographic": point.span is not None and point.span.typographic,
        "place": _landing(reader.state, point),
        "variants": [_variant(reader, point, one, here, n) for n, one in enumerate(point.variants)],
        "suggestions": [_suggestion(reader, point, one, here) for one in reader.state.suggestions_on(point)],
    }


def _landing(state: State, point: Point) -> str:
    """Where a paragraph would go, for a move."""
    if point.kind is not PointKind.MOVE:
        return ""
    wanted = set(point.variants[1].support.amendments)
    for one in (one for id_ in wanted & state.filed.keys() for one in state.filed[id_].acts):
        if isinstance(one, Move) and one.paragraph == point.paragraph:
            return told_acts.after(state, one.after)
    return ""


def _variant(reader: Reader, point: Point, variant: Variant, here: list[Position], number: int) -> Row:
    state = reader.state
    filed = [state.filed[id_] for id_ in variant.support.amendments if id_ in state.filed]
    return {
        **_wording(state, point, variant),
        "renew": told_acts.parties(state.text, {code for one in filed for code in one.to_renew}),
        "amendments": [amendment(reader, one) for one in filed],
        "positions": _positions(state, here, variant.text),
        "form": {} if point.kind is PointKind.MOVE else _form(reader, point, variant.text, f"{anchor(point)}-{number}"),
    }


def amendment(reader: Reader, filed: Filed) -> Row:
    """An amendment as one line: whose it is, how much it asks, what the reader may do with it."""
    return {
        "id": filed.row.pk,
        "url": reverse("texts:amendment", args=[reader.state.text.slug, filed.row.pk]),
        "author": telling.participant(filed.row.author).name,
        "asks": len(filed.acts),
        "do": offered(reader.code, filed),
        **telling.act_of(filed.row.place),
    }


def offered(code: str, filed: Filed) -> str:
    """What a participant may do with an amendment: "join", "renew", "leave", "withdraw"; empty for who may nothing."""
    if not code:
        return ""
    if code in filed.current:
        return "leave" if len(filed.supporters) > 1 else "withdraw"
    return "renew" if code in filed.to_renew else "join"


def _form(reader: Reader, point: Point, wording: str, name: str, suggestion: str = "") -> Row:
    """What a form for a position needs; nothing for whoever takes none."""
    if not reader.code:
        return {}
    place = {**reader.state.spot(point)._asdict(), "wording": wording}
    about = json.dumps(place, ensure_ascii=True, sort_keys=True)
    return {
        "name": name,
        "about": about,
        "suggestion": suggestion,
        "stances": [*STANCES.items(), ("none", _("takes back what it said"))],
        **reader.typed.get(f"{about}{suggestion}", {}),
    }


def _positions(state: State, here: Iterable[Position], wording: str) -> list[Row]:
    return told_positions(state, (one for one in here if one.wording == wording))


def told_positions(state: State, found: Iterable[Position]) -> list[Row]:
    """Positions by name, in order; one that was taken back is none."""
    by_code = {one.participant: one for one in found if one.stance != "none"}
    return [
        {
            "name": telling.participant(code).name,
            "code": code,
            "stance": str(STANCES.get(by_code[code].stance, by_code[code].stance)),
            "note": by_code[code].note,
            "renew": not state.on_the_table(by_code[code]),
            "wording": told_acts.shown(by_code[code].wording),
            **telling.act_of(by_code[code].place),
        }
        for code in told_acts.in_order(state.text, by_code)
    ]


def to_renew(state: State, paragraph: str) -> list[Row]:
    """Positions towards wordings of a paragraph that are on the table no more."""
    rows: dict[str, list[Position]] = {}
    for one in state.latest_positions():
        if one.paragraph == paragraph and not state.on_the_table(one):
            rows.setdefault(one.wording, []).append(one)
    return [told for found in rows.values() for told in told_positions(state, found)]


def _suggestion(reader: Reader, point: Point, one: Suggestion, here: list[Position]) -> Row:
    state = reader.state
    drawn = [state.filed[id_] for id_ in one.draws_on if id_ in state.filed]
    return {
        "text": told_acts.shown(one.wording),
        "note": one.note,
        "by": telling.participant(one.author).name,
        "draws_on": [amendment(reader, filed) for filed in drawn],
        "positions": _positions(state, here, one.wording),
        "form": _form(reader, point, one.wording, f"{anchor(point)}-s{one.place}", one.pk),
        **telling.act_of(one.place),
    }


def reservations(reader: Reader, paragraph: RollingParagraph) -> list[Row]:
    """Reservations on a paragraph, each with the amendments that make it."""
    return [
        {
            "text": told_acts.reservation(one),
            "parties": told_acts.parties(reader.state.text, one.support.by),
            "amendments": [amendment(reader, reader.state.filed[id_]) for id_ in one.support.amendments],
        }
        for one in paragraph.reserved
    ]


def typed(asked: Any) -> str:
    """The key under which what was typed into a refused form is kept."""
    return f"{asked.get('about', '')}{asked.get('suggestion', '')}"


def all_points(rolling: RollingText) -> list[Point]:
    """The open points of a rolling text that no state keeps: of a preview."""
    return list(points_in(rolling))
