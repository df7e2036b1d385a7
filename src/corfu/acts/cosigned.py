"""Witnesses of a log: whom it trusts, and taking in what they cosign.

What a witness cosigned counts as evidence of how far the log was signed: `heads/` holds the last of each, outside the
database, and a writer does not start from a database that has less.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from corfu.acts.audit import size_of
from corfu.acts.home import Home, read_file, write_durably
from corfu.acts.store import Cosignature, Store
from corfu.record import checkpoint, keys, note, witness
from corfu.record.checkpoint import Signed
from corfu.record.keys import COSIGNATURE_V1, VerifierKey
from corfu.record.note import Note, SignatureLine
from corfu.record.refusal import Refused, excerpt
from corfu.record.wire import from_decimal

_RULE = "corfu: cosignatures by witnesses that the log trusts, of checkpoints that it signed"

Ask = Callable[[str, bytes], tuple[int, bytes] | Refused]
"""Sends a body to add-checkpoint at an address; gives the status and the answer's body."""


class Cosignable(Protocol):
    """A log whose last checkpoint can be cosigned: its writer (`corfu.acts.log.Log`), or a snapshot of it."""

    home: Home
    store: Store
    head: bytes
    size: int

    @property
    def verifier(self) -> VerifierKey:
        """The key that signs its checkpoints."""

    def consistency(self, old: int) -> tuple[bytes, ...] | Refused:
        """The proof that the last checkpoint extends the tree of `old` entries."""


class Trusted(NamedTuple):
    """A witness that the log trusts. `address`: where it is asked; None if its cosignatures come as files."""

    key: VerifierKey
    address: str | None


def trusted(home: Home) -> list[Trusted] | Refused:
    """The witnesses of a log, from its file `witnesses`."""
    data = read_file(home.witnesses) if home.witnesses.exists() else b""
    if isinstance(data, Refused):
        return data
    found: list[Trusted] = []
    for line in data.decode("utf-8", "replace").splitlines():
        vkey, _, address = line.strip().partition(" ")
        key = keys.parse_vkey(vkey)
        if isinstance(key, Refused) or key.kind != COSIGNATURE_V1:
            detail = f"the line {excerpt(line)} of {home.witnesses} is not a witness's key: take it out"
            return Refused("witness.key", "tlog-cosignature: a witness's key is of type 0x04", detail)
        found.append(Trusted(key, address.strip() or None))
    return found


def trust(home: Home, vkey: str, address: str | None) -> Refused | None:
    """Trust one more witness, or change its address."""
    key, before = keys.parse_vkey(vkey), trusted(home)
    if isinstance(key, Refused):
        return key
    if isinstance(before, Refused):
        return before
    if key.kind != COSIGNATURE_V1:
        return Refused(
            "witness.key", "tlog-cosignature: a witness's key is of type 0x04", "this key is of another type"
        )
    kept = [one for one in before if one.key != key]
    lines = [f"{one.key.vkey} {one.address or ''}".strip() for one in [*kept, Trusted(key, address)]]
    write_durably(home.witnesses, "".join(f"{line}\n" for line in lines).encode())
    return None


def add(log: Cosignable, cosigned: bytes) -> int | Refused:
    """Take in a checkpoint of this log that witnesses cosigned; gives how many cosignatures are new."""
    witnesses = trusted(log.home)
    if isinstance(witnesses, Refused):
        return witnesses
    by = {(one.key.name, one.key.key_id): one.key for one in witnesses}
    own = log.verifier
    opened = checkpoint.open_checkpoint(cosigned, by | {(own.name, own.key_id): own})
    if isinstance(opened, Refused):
        return opened
    lines = [line for line in opened.note.signatures if (line.name, line.key_id) in by]
    if not lines:
        return Refused("witness.none", _RULE, "no witness that this log trusts has cosigned it: trust one first")
    known = {size: signed for size, signed in log.store.checkpoints() if size == opened.checkpoint.size}
    if not known or _text(known[opened.checkpoint.size]) != opened.note.text:
        return _unknown(log, opened, lines)
    return _take(log, opened, lines, by)


def _take(
    log: Cosignable, opened: Signed, lines: Sequence[SignatureLine], by: dict[tuple[str, int], VerifierKey]
) -> int:  # fmt: skip
    """The database first: what stands in `heads/` must be there."""
    size = opened.checkpoint.size
    there = {row.line for row in log.store.cosignatures(size)}
    fresh = [line for line in lines if bytes(line) not in there]
    with log.store.transaction():
        for line in fresh:
            log.store.add_cosignature(Cosignature(size, by[line.name, line.key_id].vkey, bytes(line)))
    for line in lines:
        if head_size(log.home, line.name) <= size:
            _write_head(log, opened, line)
    return len(fresh)


def _unknown(log: Cosignable, opened: Signed, lines: Sequence[SignatureLine]) -> Refused:
    """The log's key has signed it, and a witness has, but it is not in this database: a later one, or a fork."""
    for line in lines:
        _write_head(log, opened, line)
    size = opened.checkpoint.size
    detail = f"this log's key has signed it, but this database has no such checkpoint of {size:,} entries"
    out = "it is kept in heads/, and nothing is signed until the newest copy of the database is back"
    return Refused("witness.unknown", _RULE, f"{detail}: {out}")


def _write_head(log: Cosignable, opened: Signed, line: SignatureLine) -> None:
    own = [one for one in opened.note.signatures if one.name == opened.checkpoint.origin]
    whole = bytes(Note(opened.note.text, (*own, line)))
    write_durably(log.home.head_of(line.name), whole)


def head_size(home: Home, name: str) -> int:
    """The size of the last checkpoint that a witness cosigned, 0 where there is none."""
    path = home.head_of(name)
    data = read_file(path) if path.exists() else b""
    return 0 if isinstance(data, Refused) else size_of(data)


def ask(log: Cosignable, witness_: Trusted, send: Ask) -> int | Refused:
    """Ask a witness to cosign the last checkpoint; gives how many cosignatures are new."""
    name = witness_.key.name
    answer = _ask(log, witness_, min(head_size(log.home, name), log.size), send)
    told = _told(answer)
    if told is not None:  # the witness knows another head than we remember: it is asked from there, once
        if told > log.size:
            detail = f"{excerpt(name)} has cosigned {told:,} entries of this log, which has {log.size:,}"
            return Refused("witness.ahead", _RULE, f"{detail}: put the newest copy of the database back")
        answer = _ask(log, witness_, told, send)
    if isinstance(answer, Refused):
        return answer
    status, body = answer
    if status != 200:
        said = excerpt(body.decode("utf-8", "replace").strip())
        return Refused("witness.refused", _RULE, f"{excerpt(name)} answered {status}: {said}")
    return add(log, log.head + body)


def _told(answer: tuple[int, bytes] | Refused) -> int | None:
    """The size of the witness's head, which it tells with status 409."""
    if isinstance(answer, Refused) or answer[0] != 409:
        return None
    return from_decimal(answer[1].decode("ascii", "replace").strip())


def _ask(log: Cosignable, witness_: Trusted, old: int, send: Ask) -> tuple[int, bytes] | Refused:
    proof = log.consistency(old)
    if isinstance(proof, Refused):
        return proof
    body = witness.make_request(old, proof, log.head)
    if isinstance(body, Refused):
        return body
    return send(witness_.address or "", body)


def cosigned_head(store: Store, head: bytes, witnesses: Sequence[VerifierKey]) -> bytes:
    """The last checkpoint with the cosignatures that there are of it by these witnesses, the latest of each."""
    lines = {row.vkey: row.line for row in store.cosignatures(size_of(head))}
    return head + b"".join(lines[one.vkey] for one in witnesses if one.vkey in lines)


def _text(signed: bytes) -> bytes:
    parsed = note.parse(signed)
    return b"" if isinstance(parsed, Refused) else parsed.text
