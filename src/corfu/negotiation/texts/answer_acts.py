"""The acts by which positions are taken towards exact wordings, and the chair suggests wordings of its own."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from corfu.acts.actor import Actor
from corfu.acts.fields import NUMBER, SLUG, is_number, optional
from corfu.acts.refusals import Refusal
from corfu.acts.registry import Applied, Document, Kind, Payload, register
from corfu.meetings.acts import is_chair, not_chair
from corfu.negotiation.texts import rules
from corfu.negotiation.texts.amendment_acts import AN_ID, note_too_long
from corfu.negotiation.texts.documents import said_by
from corfu.negotiation.texts.models import Position, Spot, Suggestion, Text
from corfu.negotiation.texts.queries import state
from corfu.negotiation.texts.text_acts import about, touch
from corfu.wording.model import SPLIT
from corfu.wording.points import Point, PointKind

STANCES: Final = ("supports", "can-live-with", "reserves", "objects", "none")
"""What a participant may say of a wording; "none": nothing any more."""
_WORDS: Final = ("paragraph", "kind", "base", "wording")


def _point(found: Text, given: Mapping[str, Any]) -> Point | Refusal:
    """The open point that a position or a suggestion is about."""
    nth = given.get("nth", 0)
    if not all(isinstance(given.get(name), str) for name in _WORDS) or not is_number(nth):
        return Refusal("text.form", "house.form", _("Say which words it is about."), status=400)
    there = state(found)
    assert there is not None
    point = there.spots.get(Spot(given["paragraph"], given["kind"], given["base"], nth))
    sentence = _("These words are not contested any more: nothing was done. Look at the text as it stands.")
    return point or Refusal("text.point", "house.text", sentence)


def _place(given: Mapping[str, Any]) -> dict[str, Any]:
    return {**{name: given.get(name, "") for name in _WORDS}, "nth": given.get("nth", 0)}


# Positions


def _may_take(actor: Actor, payload: Payload, _now: datetime) -> Refusal | None:
    found = rules.negotiated_by(actor, payload)
    if isinstance(found, Refusal):
        return found
    if refusal := rules.standing_version(found, payload["version"]):
        return refusal
    known = found.suggestions.filter(pk=payload.get("suggestion"), withdrawn=None).exists()
    if "suggestion" in payload and not known:
        sentence = _("This suggestion is not on the table any more.")
        return Refusal("suggestion.unknown", "house.register", sentence, status=404)
    return None


def _read_position(actor: Actor, payload: Payload, documents: Sequence[Document]) -> Refusal | None:
    found = rules.text_of(actor, payload["text"])
    if isinstance(found, Refusal):
        return found
    given = rules.only_document(documents, "position", found.layer)
    if isinstance(given, Refusal):
        return given
    if refusal := note_too_long(given.get("note", "")):
        return refusal
    if given.get("stance") not in STANCES:
        return Refusal("position.stance", "house.form", _("Choose what you say of the wording."), status=400)
    point = _point(found, given)
    if isinstance(point, Refusal):
        return point
    return _offered(found, payload, given, point) or _said_already(found, actor, given)


def _said_already(found: Text, actor: Actor, given: Mapping[str, Any]) -> Refusal | None:
    """Whether the participant says of this wording what it says of it already."""
    there = Position.objects.filter(text=found, participant=actor.code, **_place(given)).order_by("place").last()
    now = (there.stance, there.note) if there else ("none", "")
    if now != (given["stance"], given.get("note", "")):
        return None
    return Refusal("position.said", "house.once", _("This is what you say of these words already: nothing was done."))


def _offered(found: Text, payload: Payload, given: Mapping[str, Any], point: Point) -> Refusal | None:
    """Whether the exact wording is on the table: a variant, or what the chair suggests."""
    suggestion = found.suggestions.filter(pk=payload.get("suggestion")).first()
    words = {suggestion.wording} if suggestion else {variant.text for variant in point.variants}
    if given["wording"] in words:
        return None
    sentence = _("This exact wording is not on the table: look at the text as it stands, and say it again.")
    return Refusal("position.wording", "house.amendment", sentence)


def _take(applied: Applied) -> None:
    payload, given = applied.payload, said_by(applied)
    Position.objects.create(
        text_id=payload["text"],
        number=payload["version"],
        participant=applied.author,
        place=applied.index,
        at=datetime.fromisoformat(applied.at),
        suggestion_id=payload.get("suggestion"),
        stance=given.get("stance", "none"),
        note=given.get("note", ""),
        **_place(given),
    )
    touch(payload["text"], applied)


register(
    Kind(
        "position.take",
        _("A State says how it stands towards one exact wording: supports, can live with, reserves, objects."),
        _("participating State"),
        ("house.amendment",),
        {"text": SLUG, "version": NUMBER, "suggestion": optional(AN_ID)},
        _may_take,
        _take,
        about,
        _read_position,
    )
)


# The chair's suggestions


def _may_suggest(actor: Actor, payload: Payload, _now: datetime) -> Refusal | None:
    found = rules.text_of(actor, payload["text"])
    if isinstance(found, Refusal):
        return found
    if not is_chair(actor, found.body):
        return not_chair(found.body)
    return rules.standing_version(found, payload["version"])


def _read_suggestion(actor: Actor, payload: Payload, documents: Sequence[Document]) -> Refusal | None:
    found = rules.text_of(actor, payload["text"])
    if isinstance(found, Refusal):
        return found
    given = rules.only_document(documents, "suggestion", found.layer)
    if isinstance(given, Refusal):
        return given
    point = _point(found, given)
    if isinstance(point, Refusal):
        return point
    return note_too_long(given.get("note", "")) or _drawn(given, point) or _suggested(found, given, point)


def _drawn(given: Mapping[str, Any], point: Point) -> Refusal | None:
    """Whether its ingredients are amendments that are on the table at this very place."""
    drawn = given.get("draws_on")
    there = {id_ for variant in point.variants for id_ in variant.support.amendments}
    if isinstance(drawn, list) and all(isinstance(id_, str) for id_ in drawn) and set(drawn) <= there:
        return None
    sentence = _("A suggestion draws on amendments that are on the table at its place: choose among those.")
    return Refusal("suggestion.ingredients", "house.text", sentence, status=400)


def _suggested(found: Text, given: Mapping[str, Any], point: Point) -> Refusal | None:
    wording = given["wording"]
    if point.kind not in {PointKind.SPAN, PointKind.INSERT} or SPLIT in wording or len(wording) > 20_000:
        sentence = _("Suggest words for one contested place, in one paragraph.")
        return Refusal("suggestion.form", "house.form", sentence, status=400)
    there = state(found)
    assert there is not None
    if any(one.wording == wording for one in there.suggestions_on(point)):
        return Refusal("suggestion.there", "house.once", _("This wording is suggested already."))
    return None


def _suggest(applied: Applied) -> None:
    payload, given = applied.payload, said_by(applied)
    Suggestion.objects.create(
        id=applied.id,
        text_id=payload["text"],
        number=payload["version"],
        author=applied.author,
        place=applied.index,
        at=datetime.fromisoformat(applied.at),
        draws_on=given.get("draws_on", []),
        note=given.get("note", ""),
        **_place(given),
    )
    touch(payload["text"], applied)


register(
    Kind(
        "wording.suggest",
        _("The chair suggests a wording for a contested place, and says what it draws on. Delegations answer it."),
        _("chair"),
        ("house.chair", "house.text"),
        {"text": SLUG, "version": NUMBER},
        _may_suggest,
        _suggest,
        about,
        _read_suggestion,
    )
)


def _may_take_back(actor: Actor, payload: Payload, _now: datetime) -> Refusal | None:
    found = rules.text_of(actor, payload["text"])
    if isinstance(found, Refusal):
        return found
    if not is_chair(actor, found.body):
        return not_chair(found.body)
    if found.suggestions.filter(pk=payload["suggestion"], withdrawn=None).exists():
        return None
    sentence = _("This suggestion is not on the table any more.")
    return Refusal("suggestion.unknown", "house.register", sentence, status=404)


def _take_back(applied: Applied) -> None:
    Suggestion.objects.filter(pk=applied.payload["suggestion"]).update(withdrawn=applied.index)
    touch(applied.payload["text"], applied)


register(
    Kind(
        "wording.withdraw",
        _("The chair takes a suggestion back."),
        _("chair"),
        ("house.chair", "house.text"),
        {"text": SLUG, "suggestion": AN_ID},
        _may_take_back,
        _take_back,
        about,
    )
)
