"""Logs on disk for the tests, and acts that fit them. Nothing here is secret."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from corfu.acts import start
from corfu.acts.hashes import Hashes
from corfu.acts.home import Home, read_key
from corfu.acts.log import Accepted, Log, Submission
from corfu.record import act, commitment, tree
from corfu.record.keys import SignerKey
from corfu.record.wire import base64
from tests.record.logs import KAR, LANGUAGES, NOR, TITLES, ZEN
from tests.record.vectors import ORIGIN, got

AT: Final = "2026-11-23T09:10:00Z"
DELEGATIONS: Final = (NOR, KAR, ZEN)


class Scribe:
    """Writes acts that fit a log, ahead of it: it keeps its own tree and its own last act of each author."""

    def __init__(self, registrar: SignerKey, opening: bytes) -> None:
        """`opening`: the log's entry 0."""
        self.registrar = registrar
        self.hashes = Hashes()
        self.hashes.append(tree.leaf_hash(opening))
        self._prev = {"SEC": base64(tree.leaf_hash(opening))}
        self._seen = 1

    @property
    def size(self) -> int:
        """How many entries the log has when all that was written is in it."""
        return self.hashes.size

    def look(self) -> None:
        """All that was written is signed by now, and authors have seen it."""
        self._seen = self.size

    def members(self, kind: str, by: SignerKey, **given: Any) -> dict[str, Any]:
        """The members of the next act."""
        author = by.verifier.name.partition("/")[2]
        return {
            "act": kind,
            "at": AT,
            "author": author,
            "id": hashlib.sha256(b"%d %s" % (self.size, kind.encode())).hexdigest()[:16],
            "log": ORIGIN,
            "prev": self._prev.get(author),
            "seen": {"root": base64(self.hashes.root_at(self._seen)), "size": self._seen},
        } | given

    def write(self, kind: str, by: SignerKey, **given: Any) -> bytes:
        """The next act."""
        made = got(act.build(self.members(kind, by, **given), by))
        leaf = tree.leaf_hash(made)
        self.hashes.append(leaf)
        self._prev[by.verifier.name.partition("/")[2]] = base64(leaf)
        return made

    def enrolments(self) -> list[bytes]:
        """Three delegations' keys."""
        self.look()
        return [
            self.write(
                "key.enrol", self.registrar, key=key.verifier.vkey, custody="delegation",
                **{"for": key.verifier.name.partition("/")[2]},
            )
            for key in DELEGATIONS
        ]  # fmt: skip

    def amendments(self, count: int) -> list[bytes]:
        """Acts of the three in turn, with titles in four scripts; what stands before them is signed."""
        self.look()
        return [self.amendment() for _ in range(count)]

    def amendment(self) -> bytes:
        """The next one."""
        n = self.size
        title = TITLES[LANGUAGES[n % 4]].format(n)
        return self.write("amendment.file", DELEGATIONS[n % 3], text="dd7/rev.4", title=title)

    def with_document(self, layer: str = "public", by: SignerKey = NOR) -> Submission:
        """An act that commits to a document, and the document."""
        salt = hashlib.sha256(b"salt %d" % self.size).digest()
        words = f"Words that are not in the log, {self.size}".encode()
        name = base64(got(commitment.commit(words, salt)))
        note = self.write(
            "amendment.file", by, text="dd7/rev.4",
            documents=[{"commitment": name, "lang": "en", "layer": layer, "type": "text/plain"}],
        )  # fmt: skip
        return Submission(note, {name: salt + words})


def opened(log: Log) -> Scribe:
    """The scribe of a log that has nothing but log.open."""
    (first,) = log.store.entries()
    return Scribe(got(read_key(log.home.registrar)), first.note)


def new_log(folder: Path, address: str | None = None) -> Log:
    """A log that has only been opened."""
    return got(start.init(folder, ORIGIN, AT, "0123456789abcdef", address=address))


def append(log: Log, notes: Sequence[bytes | Submission]) -> list[Accepted]:
    """Append what must be accepted."""
    given = [one if isinstance(one, Submission) else Submission(one) for one in notes]
    return [got(one) for one in log.append(given)]


def sample(folder: Path, size: int, batch: int = 100, address: str | None = None) -> Scribe:
    """A closed log of `size` acts with documents and an erasure; gives its scribe, to go on."""
    log = new_log(folder, address)
    scribe = opened(log)
    append(log, scribe.enrolments())
    erased = ""
    while scribe.size < size:
        several: list[bytes | Submission] = []
        scribe.look()
        for _ in range(min(batch, size - scribe.size)):
            if scribe.size % 9 == 0:
                several.append(made := scribe.with_document("participants" if scribe.size % 2 else "public"))
                erased = erased or next(iter(made.documents))
            elif scribe.size == size - 3:
                several.append(scribe.write("erasure.record", scribe.registrar, commitments=[erased]))
            else:
                several.append(scribe.amendment())
        append(log, several)
    log.close()
    return scribe


__all__ = ["AT", "DELEGATIONS", "Home", "Scribe", "append", "new_log", "opened", "sample"]
