"""The one door for writing: rule, then record, then rows, in one transaction.

`perform` signs with the key that the server holds for the author. A delegation that holds its own key takes the text
from `to_sign`, signs it where the key is (`corfu key sign`), and hands the act in by `submit`: the same rules, the same
record, the same rows.
"""

import logging
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from corfu.acts import fields, registry, writer
from corfu.acts.actor import Actor
from corfu.acts.effect import apply
from corfu.acts.log import Accepted, Stopped, Submission
from corfu.acts.refusals import Refusal, from_record
from corfu.record import act as acts
from corfu.record import commitment
from corfu.record.act import Act
from corfu.record.refusal import Refused
from corfu.record.wire import base64

logger: Final = logging.getLogger("corfu.record")


class EffectFailed(Exception):
    """An act's effect raised an error, before anything was committed."""


@dataclass(frozen=True, slots=True)
class Document:
    """Words that an act commits to and that lie outside of the record. `kind`: what it is, such as "credential"."""

    kind: str
    layer: str
    lang: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Done:
    """An act that is in the record for good. `index`: its place. `receipt`: the proof of it (tlog-proof)."""

    index: int
    receipt: bytes


def perform(
    actor: Actor, kind: str, payload: Mapping[str, Any], *, now: datetime, documents: Sequence[Document] = ()
) -> Done | Refusal:
    """Do an act for the participant that the actor acts for. Nothing is changed where it is refused."""
    with writer.DOOR:
        refusal = may(actor, kind, payload, now=now)
        if refusal:
            return refusal
        key = writer.signer(actor.code or "")
        if key is None:
            return _key_elsewhere(actor)
        given = [_salted(document) for document in documents]
        note = acts.build(_members(actor, kind, payload, now, given), key)
        if isinstance(note, Refused):
            return from_record(note)
        return _file(Submission(note, {name: salt + one.content for name, salt, one in given}))


def may(actor: Actor, kind: str, payload: Mapping[str, Any], *, now: datetime) -> Refusal | None:
    """Whether it may be done now: None, or why not. Pages ask this before they show a button."""
    found = registry.kind_of(kind)
    if found is None:
        return Refusal("act.kind", "house.form", _("There is no act “%(kind)s”."), {"kind": kind[:64]}, 400)
    if actor.code is None:
        return Refusal("act.actor", "house.credential", _("Sign in for a delegation to do this."), status=403)
    return fields.check(found.fields, payload) or found.check(actor, payload, now)


def to_sign(actor: Actor, kind: str, payload: Mapping[str, Any], *, now: datetime) -> bytes | Refusal:
    """The text of an act, for a delegation that holds its own key: what `corfu key sign` signs."""
    with writer.DOOR:
        refusal = may(actor, kind, payload, now=now)
        text = refusal or acts.text_of(_members(actor, kind, payload, now, []))
        return from_record(text) if isinstance(text, Refused) else text


def submit(actor: Actor, note: bytes, *, now: datetime) -> Done | Refusal:
    """Hand in an act that was signed elsewhere, for the participant that the actor acts for."""
    parsed = acts.parse(note)
    if isinstance(parsed, Refused):
        return from_record(parsed)
    if parsed.author != actor.code:
        facts = {"author": parsed.author}
        return Refusal("act.author", "house.credential", _("You do not act for %(author)s."), facts, 403)
    with writer.DOOR:
        return may(actor, parsed.kind, parsed.payload, now=now) or _file(Submission(note))


def _members(
    actor: Actor, kind: str, payload: Mapping[str, Any], now: datetime, given: Sequence[tuple[str, bytes, Document]]
) -> dict[str, object]:
    log, code = writer.log(), actor.code or ""
    members: dict[str, object] = {
        **payload,
        "act": kind,
        "at": fields.instant(now),
        "author": code,
        "id": secrets.token_hex(16),
        "log": log.origin,
        "prev": log.prev(code),
        "seen": log.seen(),
    }
    if given:
        members["documents"] = [
            {"commitment": name, "lang": one.lang, "layer": one.layer, "type": one.kind} for name, _salt, one in given
        ]
    return members


def _salted(document: Document) -> tuple[str, bytes, Document]:
    salt = secrets.token_bytes(commitment.SALT_SIZE)
    made = commitment.commit(document.content, salt)
    assert isinstance(made, bytes)  # the salt has the right size
    return base64(made), salt, document


def _file(submission: Submission) -> Done | Refusal:
    """Append one act, its effect inside the same transaction."""

    def effect(act: Act, place: int) -> None:
        documents = {name: whole[commitment.SALT_SIZE :] for name, whole in submission.documents.items()}
        try:
            apply(act, place, documents)
        except Exception as error:
            raise EffectFailed(str(error)) from error

    try:
        (result,) = writer.log().append([submission], within=effect)
    except Stopped as stopped:
        _after(stopped)
        raise
    if isinstance(result, Accepted):
        return Done(result.place, bytes(result.receipt))
    return from_record(result)


def _after(stopped: Stopped) -> None:
    """After a commit error nobody knows what the disk has: the process ends, and the next one checks the whole log.

    An effect that failed, whatever its error, was rolled back whole: the log is opened anew, with the same check, at
    the next act.
    """
    writer.close()
    if isinstance(stopped.__cause__, DatabaseError | OSError):
        logger.critical("%s", stopped)
        os._exit(70)  # EX_SOFTWARE


def _key_elsewhere(actor: Actor) -> Refusal:
    sentence = _("%(code)s holds its own key: take the text, sign it with corfu key sign, and hand it in.")
    return Refusal("key.elsewhere", "house.key", sentence, {"code": str(actor.code)}, 409)
