"""The acts by which meetings are called and closed."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from corfu.acts import naming
from corfu.acts.actor import Actor
from corfu.acts.facts import add_words, fact_of
from corfu.acts.fields import DATED, FACT, ID, NAMES, NUMBER, SLUG, SYMBOL, WORDS, optional
from corfu.acts.refusals import Refusal
from corfu.acts.registry import Applied, Kind, Payload, register
from corfu.meetings.models import Meeting


def is_chair(actor: Actor, body: str) -> bool:
    """Whether this is the chair of the body, or the secretariat, which files for it and enters history."""
    return actor.is_secretariat or body in actor.chairs


def not_chair(body: str) -> Refusal:
    """The refusal of what only the chair of a body does."""
    facts = {"body": naming.body_called(body)}
    return Refusal("chair.only", "house.chair", _("Only the chair of this body does this: %(body)s."), facts, 403)


def _may_call(actor: Actor, payload: Payload, _now: datetime) -> Refusal | None:
    body = payload.get("body", "")
    if not is_chair(actor, body):
        return not_chair(body)
    if Meeting.objects.filter(slug=payload["slug"]).exists():
        sentence = _("There is a meeting “%(slug)s” already: give this one another name.")
        return Refusal("meeting.there", "house.once", sentence, {"slug": payload["slug"]})
    return None


def _call(applied: Applied) -> None:
    payload = applied.payload
    Meeting.objects.create(
        slug=payload["slug"],
        organisation=payload["organisation"],
        body=payload.get("body", ""),
        kind=payload.get("kind", ""),
        number=payload.get("number"),
        about=payload.get("process", ""),
        symbol=payload.get("symbol", ""),
        participants=payload.get("participants", []),
        **fact_of(applied),
    )


def _address(payload: Payload) -> str:
    return f"meetings/{payload['slug']}/"


register(
    Kind(
        "meeting.call",
        _("A meeting of a body is called: when, where and of what kind."),
        _("chair"),
        ("house.chair",),
        {
            "slug": SLUG,
            "organisation": ID,
            "body": optional(SLUG),
            "kind": optional(SLUG),
            "number": optional(NUMBER),
            "process": optional(SLUG),
            "symbol": optional(SYMBOL),
            "participants": optional(NAMES),
            "words": WORDS,
            "dated": DATED,
            "fact": optional(FACT),
        },
        _may_call,
        _call,
        _address,
    )
)


def _may_close(actor: Actor, payload: Payload, _now: datetime) -> Refusal | None:
    found = Meeting.objects.filter(slug=payload["slug"]).first()
    if found is None:
        sentence = _("There is no meeting “%(slug)s”: call it first.")
        return Refusal("meeting.unknown", "house.register", sentence, {"slug": payload["slug"]}, 404)
    if not is_chair(actor, found.body):
        return not_chair(found.body)
    if found.closed is not None:
        return Refusal("meeting.closed", "house.once", _("This meeting is closed already."))
    return None


def _close(applied: Applied) -> None:
    meeting = Meeting.objects.get(slug=applied.payload["slug"])
    add_words(meeting, applied)
    meeting.closed = applied.index
    meeting.save()


register(
    Kind(
        "meeting.close",
        _("A meeting ends; what came of it is said."),
        _("chair"),
        ("house.chair",),
        {"slug": SLUG, "words": WORDS, "dated": optional(DATED), "fact": optional(FACT)},
        _may_close,
        _close,
        _address,
    )
)
