"""What may be done to a text now: the questions that several acts ask, each answered with a value or a refusal."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from corfu.acts.actor import Actor
from corfu.acts.fields import instant
from corfu.acts.refusals import Refusal
from corfu.acts.registry import Document, Payload
from corfu.formats.word.bookmarks import fits
from corfu.negotiation.texts.given_words import has_controls
from corfu.negotiation.texts.models import Amendment, Standing, Text
from corfu.negotiation.texts.queries import state
from corfu.negotiation.texts.state import State
from corfu.wording import plain
from corfu.wording.compile import compile
from corfu.wording.model import Act, Edit, Insert, InvalidVersionError, Version
from corfu.wording.model import Amendment as Wished
from corfu.wording.plain import UnreadableError
from corfu.wording.tokens import tokenize


def text_of(actor: Actor, slug: str) -> Text | Refusal:
    """The text of this name, if the actor may read it: for others there is none."""
    found = Text.objects.filter(slug=slug, layer__in=actor.layers).first()
    sentence = _("There is no text “%(slug)s” here for you: mend the name, or act for a delegation that may read it.")
    return found or Refusal("text.unknown", "house.layer", sentence, {"slug": slug[:64]}, 404)


def negotiated_by(actor: Actor, payload: Payload) -> Text | Refusal:
    """The text, if the actor is a State that negotiates it."""
    found = text_of(actor, payload["text"])
    if isinstance(found, Refusal):
        return found
    if actor.kind != "state" or actor.organisation != found.organisation:
        sentence = _("Participating States negotiate a text; others read it and follow.")
        return Refusal("text.state", "house.amendment", sentence, status=403)
    return found


def standing_version(found: Text, number: int) -> Refusal | None:
    """Whether that is the version that stands."""
    if number == found.number:
        return None
    facts = {"number": str(found.number), "given": str(number)}
    sentence = _("Rev.%(number)s stands now, not Rev.%(given)s: nothing was done. Look at it and send yours again.")
    return Refusal("text.version", "house.text", sentence, facts)


def looked_at(there: State, hash_: object) -> Refusal | None:
    """Whether the chair has looked at the amendments that stand now: `hash_` is that of the version it looked at."""
    if hash_ == there.sha256:
        return None
    sentence = _("The amendments are others than those you looked at: look at them, and decide again.")
    return Refusal("text.changed", "house.text", sentence)


def deadline_over(payload: Payload, now: datetime) -> Refusal | None:
    """Whether the instant up to which answers are asked for has passed already."""
    until = payload.get("until")
    if until is None or datetime.fromisoformat(until) > now:
        return None
    facts = {"until": until, "now": instant(now)}
    sentence = _("The deadline %(until)s has passed: it is %(now)s. Choose a later instant.")
    return Refusal("text.until", "house.form", sentence, facts, 400)


def amendment_of(found: Text, id_: str) -> Amendment | Refusal:
    """A live amendment of a text."""
    row = Amendment.objects.filter(pk=id_, text=found, withdrawn=None).first()
    standing = Standing.objects.filter(amendment=row, number=found.number).first() if row else None
    if (
        row is None or standing is None or not (standing.acts or standing.asked)
    ):  # of one that is dropped nothing is left
        sentence = _("This amendment is not on the table any more: it was withdrawn, taken, or it lapsed.")
        return Refusal("amendment.unknown", "house.register", sentence, status=404)
    return row


def stands_behind(row: Amendment, actor: Actor) -> bool:
    """Whether the actor stands behind an amendment, in this wording or an earlier one."""
    return row.supporters.filter(participant=actor.code, left=None).exists()


def only_document(documents: Sequence[Document], kind: str, found_layer: str) -> Mapping[str, Any] | Refusal:
    """What the one document that an act brings says; refused where it is another one or for other readers."""
    if len(documents) != 1 or documents[0].kind != kind:
        facts = {"kind": kind}
        return Refusal("act.document", "house.form", _("This act brings one document, “%(kind)s”."), facts, 400)
    if documents[0].layer != found_layer:
        facts = {"layer": found_layer}
        sentence = _("What is said of a text is for its readers: the document’s layer is “%(layer)s”.")
        return Refusal("act.layer", "house.layer", sentence, facts, 400)
    return said(documents[0].content)


def said(content: bytes) -> Mapping[str, Any] | Refusal:
    """A document as the mapping that it is."""
    try:
        value = json.loads(content.decode())
    except (ValueError, RecursionError):
        value = None
    if isinstance(value, dict) and not has_controls(value):
        return value
    sentence = _("The document cannot be read, or holds characters that no text has: send it again.")
    return Refusal("act.document", "house.form", sentence, status=400)


def unreadable(error: Exception) -> Refusal:
    """What the wording engine says no to; it speaks English."""
    detail = str(error).replace("%", "%%")
    return Refusal("text.form", "house.form", f"{detail[:1].upper()}{detail[1:]}.", status=400)


def acts_that_fit(found: Text, given: object, *, without: str = "") -> tuple[Act, ...] | Refusal:
    """The acts of an amendment, if they fit the version that stands; `without` the amendment that they replace."""
    there = state(found)
    assert there is not None
    try:
        acts = plain.acts_from(given)
        _check_ranges(there, acts)
        _check_ids(there, acts, without)
        compile(Version(there.number, there.paragraphs, (Wished("new", ("NEW",), there.number, acts),)))
    except (UnreadableError, InvalidVersionError) as error:
        return unreadable(error)
    return acts


def _check_ranges(there: State, acts: Sequence[Act]) -> None:
    """Edits lie within their paragraph, do not overlap, and change something."""
    ends: dict[str, int] = {}
    for act in sorted((one for one in acts if isinstance(one, Edit)), key=lambda one: (one.paragraph, one.start)):
        if act.paragraph not in there.base:
            raise UnreadableError(f"there is no paragraph {act.paragraph!r} in this version")
        tokens = tokenize(there.base[act.paragraph].text)
        if not ends.get(act.paragraph, 0) <= act.start <= act.end <= len(tokens):
            raise UnreadableError(f"an edit of {act.paragraph!r} overlaps another one or lies outside of its words")
        if "".join(tokens[act.start : act.end]) == act.text:
            raise UnreadableError(f"an edit of {act.paragraph!r} changes nothing")
        ends[act.paragraph] = act.end


def _check_ids(there: State, acts: Sequence[Act], without: str) -> None:
    """New paragraphs have ids that nothing else has, so that their addresses last."""
    taken = {id_.lower() for id_ in (*there.base, *there.revision.since)}
    for id_, filed in there.filed.items():
        if id_ != without:
            taken |= {one.paragraph.id.lower() for one in filed.acts if isinstance(one, Insert)}
    for act in acts:
        if isinstance(act, Insert):
            id_ = act.paragraph.id
            if id_.lower() in taken or not fits(id_):
                raise UnreadableError(f"the paragraph id {id_!r} is taken, or too long for Word’s bookmarks")
            taken.add(id_.lower())


def author_stands(row: Amendment) -> bool:
    """Whether the State that filed an amendment still stands behind it."""
    return row.supporters.filter(participant=row.author, left=None).exists()
