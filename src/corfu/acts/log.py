"""The log's writer: what is submitted is checked, kept, signed and acknowledged, in this order, by this process alone.

A batch: check each act → insert all → read their bytes back and compute the new part of the tree from those → COMMIT,
which returns when the disk has it → sign the checkpoint → write it to the file `checkpoint`, durably → put it into the
database too → acknowledge each act with its receipt.

Why no crash can lose an acknowledged act, or sign two checkpoints that contradict each other:
- What is signed is on the disk already. A writer that starts takes the entries that are there, all of them, and signs
  nothing but them; Ed25519 has one signature for one text. Had the crash come after the signing, the same checkpoint
  is signed again, to the byte; had it come before the commit ended, the disk decides which acts there are, and no
  signature knows of others.
- No act is acknowledged, and no checkpoint shown, before the file has it. So whatever anybody holds is of the file's
  size or a smaller one, and a database that has fewer entries, or another root at that size, is an older copy: the
  writer refuses to sign. What witnesses cosigned (`heads/`) counts in the same way, if the file itself was put back.
- After any error between the first insert and the acknowledgement nobody knows what the disk has. The writer is closed
  for good, its process ends, and the next one begins with a check of the whole log (`corfu.acts.audit`): every hash,
  every rule, the last checkpoint's root.
- There is one writer: it holds a file's lock, and in PostgreSQL a lock of the very session that writes, too.
"""

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from corfu.acts import lock as locks
from corfu.acts.audit import Audited, size_of
from corfu.acts.chain import documents_of, erased_by, split
from corfu.acts.hashes import Hashes
from corfu.acts.home import Home
from corfu.acts.lock import Lock
from corfu.acts.store import Document, Entry, Store, link_of
from corfu.record import act as acts
from corfu.record import checkpoint, tree
from corfu.record.act import Act
from corfu.record.checkpoint import Checkpoint
from corfu.record.keys import SignerKey, VerifierKey
from corfu.record.proof import Receipt
from corfu.record.refusal import Refused
from corfu.record.wire import base64

_NONE: Final[Mapping[str, bytes]] = {}
Within = Callable[[Act, int], None]


class Stopped(Exception):
    """The log cannot go on in this process: end it. The next writer begins with a check of the whole log.

    str(error) is one sentence. What was being written may be there or not, and was not acknowledged.
    """


class Submission(NamedTuple):
    """An act for the log. `documents`: salt and document, one after the other, by commitment in base64."""

    note: bytes
    documents: Mapping[str, bytes] = _NONE


@dataclass(frozen=True, slots=True)
class Accepted:
    """An act that is in the log for good. `place`: its index. `checkpoint`: the first that covers it, signed."""

    act: Act
    place: int
    checkpoint: bytes
    _hashes: Hashes = field(repr=False, compare=False)

    @property
    def receipt(self) -> Receipt:
        """The proof, for ever and offline, that it is in the log. The tree that it is read from only grows."""
        return Receipt(self.place, self._hashes.proof(self.place, size_of(self.checkpoint)), self.checkpoint)

    @property
    def hash(self) -> str:
        """What the author's next act gives as `prev`."""
        return self.act.hash


class _Checked(NamedTuple):
    act: Act
    leaf: bytes
    documents: Mapping[str, bytes]


@dataclass
class Log:
    """The writer, made by `corfu.acts.start`. Any thread may call it.

    While the disk works on one batch, the next may be checked: `_checking` is held for that, `_writing` for the rest,
    and taken before the other is given up, so batches are written in the order in which they were checked.
    """

    home: Home
    store: Store
    signer: SignerKey
    lock: int
    _audited: Audited
    last: Lock | None = None
    head: bytes = b""
    _checking: threading.Lock = field(default_factory=threading.Lock)
    _writing: threading.Lock = field(default_factory=threading.Lock)
    _stopped: str = ""

    def __post_init__(self) -> None:
        """Take over what the check at the start has found."""
        self._hashes = self._audited.hashes
        self._chain = self._audited.chain
        self._link = self._audited.link
        self.size = self._hashes.size
        """How many entries have been signed."""

    @property
    def verifier(self) -> VerifierKey:
        """The key that its checkpoints are verified with."""
        return self.signer.verifier

    @property
    def origin(self) -> str:
        """The log's name."""
        return self.signer.verifier.name

    @property
    def registrar(self) -> str:
        """The registrar's code."""
        return self._chain.registrar

    def seen(self) -> dict[str, object]:
        """The last checkpoint, as an act says what its author had seen."""
        return {"root": base64(self._hashes.root_at(self.size)), "size": self.size}

    def prev(self, author: str) -> str | None:
        """What the author's next act gives as `prev`."""
        return self._chain.next(author)

    def append(
        self, submissions: Sequence[Submission], *, whole: bool = False, within: Within | None = None
    ) -> list[Accepted | Refused]:
        """Append a batch; for each act, in order, its receipt or the refusal. Raises `Stopped`.

        `whole`: all or none. If one is refused then, nothing is written, and this writer is to be closed. `within`: is
        given each act and its place inside the transaction; if it raises, nothing is written and the log is stopped.
        """
        with self._checking:
            self._go_on()
            checked = self._check(submissions)
            taken = [one for one in checked if isinstance(one, _Checked)]
            if whole and len(taken) < len(checked):
                self._stopped = "this writer has refused a whole batch: open the log anew"
                return [one if isinstance(one, Refused) else _not_alone() for one in checked]
            self._writing.acquire()
        try:
            self._go_on()
            receipts = iter(self._write(taken, within) if taken else ())
        except Stopped:
            raise
        except BaseException as error:
            self._stopped = f"the log stopped ({_said(error)}): start it anew, it checks what is there"
            raise Stopped(self._stopped) from error
        finally:
            self._writing.release()
        return [one if isinstance(one, Refused) else next(receipts) for one in checked]

    def receipt(self, place: int) -> Receipt | Refused:
        """The receipt of any entry, under the last checkpoint."""
        with self._writing:
            hashes = tree.inclusion_proof(place, self.size, self._hashes.read)
            return hashes if isinstance(hashes, Refused) else Receipt(place, hashes, self.head)

    def consistency(self, old: int) -> tuple[bytes, ...] | Refused:
        """The proof that the last checkpoint extends the tree of `old` entries."""
        with self._writing:
            return tree.consistency_proof(old, self.size, self._hashes.read)

    def close(self) -> None:
        """Let another writer begin."""
        self._stopped = self._stopped or "the log is closed: open it anew"
        self.store.database.close()
        if self.last is not None:
            self.last.close()
            self.last = None
        if self.lock >= 0:
            os.close(self.lock)
            self.lock = -1

    def _go_on(self) -> None:
        if self._stopped:
            raise Stopped(self._stopped)

    def _check(self, submissions: Sequence[Submission]) -> list[_Checked | Refused]:
        """Each act in turn, as the next one after those before it that were accepted."""
        found: list[_Checked | Refused] = []
        for submission in submissions:
            act = acts.parse(submission.note)
            if isinstance(act, Refused):
                found.append(act)
            elif problem := self._there(act) or self._chain.admit(act, submission.documents, self.size):
                found.append(problem)
            else:
                leaf = act.leaf
                self._chain.take(act, leaf)
                found.append(_Checked(act, leaf, submission.documents))
        return found

    def _there(self, act: Act) -> Refused | None:
        """Whoever hands in an act again, since a crash kept its receipt from him, is told that all is well."""
        place = self._chain.place(str(act.members["id"]))
        if place is None or place >= self._hashes.size or self._hashes.read([(0, place)]) != [act.leaf]:
            return None
        detail = f"this very act is in the log already, as entry {place}: nothing is left to do"
        return Refused("log.there", "corfu: an act is in a log once", detail)

    def _write(self, taken: Sequence[_Checked], within: Within | None) -> list[Accepted]:
        first = self._hashes.size
        rows = self._rows(taken, first)
        with self.store.transaction():
            self.store.add_entries(rows)
            self._write_documents(taken, first)
            self._read_back(rows)
            if within:
                for place, one in enumerate(taken, first):
                    within(one.act, place)
        self.sign()
        if any(erased_by(one.act) for one in taken):
            self.store.database.shred()
        return [Accepted(one.act, place, self.head, self._hashes) for place, one in enumerate(taken, first)]

    def _rows(self, taken: Sequence[_Checked], first: int) -> list[Entry]:
        rows: list[Entry] = []
        end, link = first + len(taken), self._link
        for place, one in enumerate(taken, first):
            link = link_of(link, end, one.leaf)
            rows.append(Entry(place, end, link, one.act.note))
        self._link = link
        return rows

    def _write_documents(self, taken: Sequence[_Checked], first: int) -> None:
        for place, one in enumerate(taken, first):
            if one.documents:
                self.store.add_documents(_documents(one, place))
            if names := erased_by(one.act):
                self.store.erase(names, place)

    def _read_back(self, rows: Sequence[Entry]) -> None:
        """The tree grows by the bytes that the database holds, which are those that it was given."""
        there = list(self.store.entries(rows[0].place))
        for entry in there:
            self._hashes.append(tree.leaf_hash(entry.note))
        if there != rows:
            raise ValueError(f"from entry {rows[0].place} on, the database holds something else than it was given")

    def sign(self) -> None:
        """Sign what the database holds, which is durable: to the file first, then into the database."""
        size = self._hashes.size
        signed = checkpoint.sign(Checkpoint(self.origin, size, self._hashes.root_at(size)), self.signer)
        if isinstance(signed, Refused):
            raise ValueError(str(signed))
        if self.last is None:
            self.last = locks.create(self.home.checkpoint, signed)
        else:
            self.last.write(signed)
        self.head, self.size = signed, size
        self.keep_head()

    def keep_head(self) -> None:
        """Put the last checkpoint into the database. If a crash loses it there, the next writer puts it back."""
        with self.store.transaction(durable=False):
            self.store.add_checkpoint(self.size, self.head)


def _documents(one: _Checked, place: int) -> list[Document]:
    rows: list[Document] = []
    for said in documents_of(one.act):
        salt, document = split(one.documents[said["commitment"]])
        rows.append(Document(said["commitment"], place, said["layer"], salt, document, None))
    return rows


def _not_alone() -> Refused:
    return Refused("log.whole", "corfu: all or none", "nothing was written, since another act beside it was refused")


def _said(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
