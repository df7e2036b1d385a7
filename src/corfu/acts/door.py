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
from corfu.acts.chain import documents_of
from corfu.acts.effect import apply
from corfu.acts.log import Stopped, Submission
from corfu.acts.refusals import Refusal, from_record
from corfu.acts.registry import Document
from corfu.record import act as acts
from corfu.record import commitment
from corfu.record.act import Act
from corfu.record.keys import SignerKey
from corfu.record.refusal import Refused
from corfu.record.tree import leaf_hash
from corfu.record.wire import base64

logger: Final = logging.getLogger("corfu.record")


class EffectFailed(Exception):
    """An act's effect raised an error, before anything was committed."""


@dataclass(frozen=True, slots=True)
class Done:
    """An act that is in the record for good. `index`: its place. `receipt`: the proof of it (tlog-proof)."""

    index: int
    receipt: bytes


@dataclass(frozen=True, slots=True)
class Doing:
    """An act that is to be done."""

    kind: str
    payload: Mapping[str, Any]
    documents: Sequence[Document] = ()


@dataclass(frozen=True, slots=True)
class ToSign:
    """An act's text, to be signed elsewhere, and what is handed in beside it: salt and words by commitment."""

    text: bytes
    documents: Mapping[str, bytes]


def perform(
    actor: Actor, kind: str, payload: Mapping[str, Any], *, now: datetime, documents: Sequence[Document] = ()
) -> Done | Refusal:
    """Do an act for the participant that the actor acts for. Nothing is changed where it is refused."""
    done = perform_together(actor, [Doing(kind, payload, documents)], now=now)
    return done if isinstance(done, Refusal) else done[0]


def perform_together(actor: Actor, doings: Sequence[Doing], *, now: datetime) -> list[Done] | Refusal:
    """Do several acts at once: all of them, or none and the first refusal.

    The rules are asked before the first is done, so none of them may hang on another one's effect.
    """
    with writer.DOOR:
        for one in doings:
            if refusal := _refused(actor, one, now):
                return refusal
        key = writer.signer(actor.code or "")
        if key is None:
            return _key_elsewhere(actor)
        submissions = _signed(actor, doings, key, now)
        return submissions if isinstance(submissions, Refusal) else _file(submissions)


def may(actor: Actor, kind: str, payload: Mapping[str, Any], *, now: datetime) -> Refusal | None:
    """Whether it may be done now: None, or why not. Pages ask this before they show a button."""
    found = registry.kind_of(kind)
    if found is None:
        return Refusal("act.kind", "house.form", _("There is no act “%(kind)s”."), {"kind": kind[:64]}, 400)
    if actor.code is None:
        return Refusal("act.actor", "house.credential", _("Sign in for a delegation to do this."), status=403)
    return fields.check(found.fields, payload) or found.check(actor, payload, now)


def _refused(actor: Actor, doing: Doing, now: datetime) -> Refusal | None:
    """Whether the act and the documents that it brings are refused."""
    if refusal := may(actor, doing.kind, doing.payload, now=now):
        return refusal
    found = registry.kind_of(doing.kind)
    return found.reads(actor, doing.payload, doing.documents) if found and found.reads else None


def to_sign(
    actor: Actor, kind: str, payload: Mapping[str, Any], *, now: datetime, documents: Sequence[Document] = ()
) -> ToSign | Refusal:
    """The text of an act, for a delegation that holds its own key: what `corfu key sign` signs."""
    doing = Doing(kind, payload, documents)
    with writer.DOOR:
        if refusal := _refused(actor, doing, now):
            return refusal
        given = [_salted(document) for document in documents]
        text = acts.text_of(_members(actor, doing, now, given, writer.log().prev(actor.code or "")))
    return from_record(text) if isinstance(text, Refused) else ToSign(text, _beside(given))


def submit(actor: Actor, note: bytes, *, now: datetime, documents: Mapping[str, bytes] | None = None) -> Done | Refusal:
    """Hand in an act that was signed elsewhere, for the participant that the actor acts for.

    `documents`: salt and words by commitment, as `to_sign` gave them.
    """
    parsed, given = acts.parse(note), documents or {}
    if isinstance(parsed, Refused):
        return from_record(parsed)
    if parsed.author != actor.code:
        facts = {"author": parsed.author}
        return Refusal("act.author", "house.credential", _("You do not act for %(author)s."), facts, 403)
    doing = Doing(parsed.kind, parsed.payload, [_document(said, given) for said in documents_of(parsed)])
    with writer.DOOR:
        done = _refused(actor, doing, now) or _file([Submission(note, given)])
    return done if isinstance(done, Refusal) else done[0]


def _document(said: Mapping[str, str], given: Mapping[str, bytes]) -> Document:
    """A document as an act names it; the log holds its words against the commitment."""
    content = given.get(said["commitment"], b"")[commitment.SALT_SIZE :]
    return Document(said.get("type", ""), said["layer"], said.get("lang", ""), content)


_Given = Sequence[tuple[str, bytes, Document]]


def _signed(actor: Actor, doings: Sequence[Doing], key: SignerKey, now: datetime) -> list[Submission] | Refusal:
    """Acts that follow one another, each signed with the key that the server holds."""
    submissions: list[Submission] = []
    prev = writer.log().prev(actor.code or "")
    for one in doings:
        given = [_salted(document) for document in one.documents]
        note = acts.build(_members(actor, one, now, given, prev), key)
        if isinstance(note, Refused):
            return from_record(note)
        submissions.append(Submission(note, _beside(given)))
        prev = base64(leaf_hash(note))
    return submissions


def _members(actor: Actor, doing: Doing, now: datetime, given: _Given, prev: str | None) -> dict[str, object]:
    log = writer.log()
    members: dict[str, object] = {
        **doing.payload,
        "act": doing.kind,
        "at": fields.instant(now),
        "author": actor.code or "",
        "id": secrets.token_hex(16),
        "log": log.origin,
        "prev": prev,
        "seen": log.seen(),
    }
    if given:
        members["documents"] = [
            {"commitment": name, "lang": one.lang, "layer": one.layer, "type": one.kind} for name, _salt, one in given
        ]
    return members


def _beside(given: _Given) -> dict[str, bytes]:
    return {name: salt + one.content for name, salt, one in given}


def _salted(document: Document) -> tuple[str, bytes, Document]:
    salt = secrets.token_bytes(commitment.SALT_SIZE)
    made = commitment.commit(document.content, salt)
    assert isinstance(made, bytes)  # the salt has the right size
    return base64(made), salt, document


def _file(submissions: Sequence[Submission]) -> list[Done] | Refusal:
    """Append acts, their effects inside the same transaction."""
    beside = {name: whole for one in submissions for name, whole in one.documents.items()}

    def effect(act: Act, place: int) -> None:
        names = [said["commitment"] for said in documents_of(act)]
        try:
            apply(act, place, {name: beside[name][commitment.SALT_SIZE :] for name in names})
        except Exception as error:
            raise EffectFailed(str(error)) from error

    try:
        results = writer.log().append(submissions, within=effect)
    except Stopped as stopped:
        _after(stopped)
        raise
    done: list[Done] = []
    for result in results:
        if isinstance(result, Refused):
            return from_record(result)
        done.append(Done(result.place, bytes(result.receipt)))
    return done


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
