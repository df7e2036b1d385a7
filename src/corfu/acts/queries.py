"""The record, for reading. Acts hold nothing that is not public: words that are not lie in documents."""

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.db.models import QuerySet

from corfu.acts import telling, writer
from corfu.acts.actor import Actor
from corfu.acts.cosigned import cosigned_head, trusted
from corfu.acts.export import log_key as key_of
from corfu.acts.export import make_bundle
from corfu.acts.home import Home
from corfu.acts.lock import read_head
from corfu.acts.models import Entry
from corfu.record import act as acts
from corfu.record import checkpoint, note
from corfu.record.act import Act
from corfu.record.checkpoint import Checkpoint
from corfu.record.keys import VerifierKey
from corfu.record.refusal import Refused


class Head(NamedTuple):
    """The last signed checkpoint: its text with all cosignatures, and who cosigned when (POSIX seconds)."""

    note: str
    origin: str
    size: int
    root: str
    cosigned: list[tuple[str, int]]


class Signed(NamedTuple):
    """An act as it stands in the record. `key`: the name of its key; `members`: its second line, laid out."""

    entry: Entry
    note: str
    hash: str
    key: str
    members: str
    payload: dict[str, Any]


MAX_PLACE = 2**53
"""As far as canonical JSON counts."""


def visible_to(actor: Actor) -> QuerySet[Entry]:
    """All acts, the latest first: the list of acts is open to everyone."""
    del actor
    return Entry.objects.order_by("-place")


def log(*, actor: Actor, kind: str = "", author: str = "") -> QuerySet[Entry]:
    """Acts of one kind or by one author, or all of them."""
    found = visible_to(actor)
    found = found.filter(kind=kind) if kind else found
    return found.filter(author=author) if author else found


def kinds(*, actor: Actor) -> list[str]:
    """The kinds of acts that there are."""
    return list(visible_to(actor).order_by("kind").values_list("kind", flat=True).distinct())


def about(address: str, *, actor: Actor) -> QuerySet[Entry]:
    """The acts that concern what is shown at an address."""
    return visible_to(actor).filter(about=address).order_by("place")


def title_of(address: str, *, actor: Actor) -> str:
    """What is shown at an address, by the title of the first act that concerns it; empty where none says it."""
    first = about(address, actor=actor).exclude(words={}).first()
    return telling.words(first).text if first else ""


def act(place: int, *, actor: Actor) -> Signed | None:
    """One act by its index; None for what is no place, such as a number that no database can hold."""
    if place >= MAX_PLACE:
        return None
    entry = visible_to(actor).filter(place=place).first()
    (row,) = list(writer.store().entries(place, place + 1)) or (None,)
    if entry is None or row is None:
        return None
    parsed = acts.parse(row.note)
    assert isinstance(parsed, Act)  # whatever else it is, the log took it in
    members = json.dumps(dict(parsed.members), ensure_ascii=False, indent=2)
    return Signed(entry, row.note.decode(), parsed.hash, parsed.signature.name, members, parsed.payload)


def custody(name: str, place: int) -> str:
    """Who held the key of this name when the act at `place` was signed: "server", "delegation", or "" if unknown."""
    address = f"countries/{name.partition('/')[2].lower()}/"  # what the enrolment of this key concerns
    for entry in Entry.objects.filter(kind="key.enrol", about=address, place__lt=place).order_by("-place"):
        (row,) = writer.store().entries(entry.place, entry.place + 1)
        parsed = acts.parse(row.note)
        if isinstance(parsed, Act) and str(parsed.payload.get("key", "")).startswith(f"{name}+"):
            return str(parsed.payload.get("custody", ""))
    return ""


def head() -> Head | None:
    """The last checkpoint that was signed, as it stands beside the database."""
    home = writer.home()
    key = log_key()
    signed = read_head(home.checkpoint, key) if key else None
    if signed is None or isinstance(signed, Refused):
        return None
    whole = cosigned_head(writer.store(), signed, _witnesses(home))
    said = note.parse(whole)
    told = said if isinstance(said, Refused) else checkpoint.parse(said.text)
    if isinstance(said, Refused) or isinstance(told, Refused):
        return None
    return _head(whole, told, said.signatures)


def brief() -> tuple[int, str] | None:
    """The size and the root of the last checkpoint: no query, once the log's key is known."""
    path = writer.home().checkpoint
    try:
        signed = read_head(path, _key_at(path))
    except LookupError:
        return None
    if isinstance(signed, Refused):
        return None
    _, size, root, *_ = signed.decode().split("\n")
    return int(size), root


def last_cosigned() -> int:
    """When a cosignature was last taken in (nanoseconds of the folder's clock): it changes with each one."""
    heads = writer.home().heads
    return heads.stat().st_mtime_ns if heads.is_dir() else 0


@cache
def _key_at(_path: Path) -> VerifierKey:
    """The log's key, once there is a log: what was raised is asked again, what was found is kept."""
    key = log_key()
    if key is None:
        raise LookupError("there is no log yet")
    return key


def _head(whole: bytes, said: Checkpoint, lines: tuple[note.SignatureLine, ...]) -> Head:
    cosigned = [(one.name, int.from_bytes(one.signature[:8])) for one in lines if one.name != said.origin]
    root = whole.decode().split("\n")[2]
    return Head(whole.decode(), said.origin, said.size, root, cosigned)


def _witnesses(home: Home) -> list[VerifierKey]:
    found = trusted(home)
    return [] if isinstance(found, Refused) else [one.key for one in found]


def log_key() -> VerifierKey | None:
    """The key that signs checkpoints, as the first act names it."""
    key = key_of(writer.store())
    return None if isinstance(key, Refused) else key


def receipt(place: int) -> bytes:
    """The proof that an act is in the record, under the last checkpoint; empty where there is no such act."""
    with writer.DOOR:
        made = writer.log().receipt(place)
    return b"" if isinstance(made, Refused) else bytes(made)


def bundle(*, actor: Actor) -> bytes | None:
    """The whole record with the documents that the actor may read."""
    made = make_bundle(writer.home(), actor.layers, writer.store())
    return None if isinstance(made, Refused) else made
