"""Following a log without its help: its checkpoint and tiles are read, the proof is made from them, and the witness
decides as if the log had asked.

A log is followed in a folder of tiles (a bundle, unpacked), in a bundle, or where it is served over HTTP.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from corfu.acts.home import read_file
from corfu.acts.witness import Witness, get
from corfu.record import bundle, checkpoint, note, tiles, tree, witness
from corfu.record.checkpoint import Checkpoint
from corfu.record.note import Note
from corfu.record.refusal import Refused, excerpt
from corfu.record.tiles import Tile

MAX_BUNDLE: Final = 4_000_000_000
_MAX_TILE: Final = 8_192

Read = Callable[[str], bytes | Refused]
"""Gives a file of the log by its path in it: `checkpoint` or a tile."""


class Followed(NamedTuple):
    """What came of it. `cosigned`: the checkpoint with the witness's cosignature. `fork`: where both heads are kept."""

    checkpoint: Checkpoint
    cosigned: bytes | None = None
    fork: tuple[Path, ...] = ()
    why: str = ""


def source(named: str) -> Read | Refused:
    """Where a log is read: an http address, a bundle, or a folder."""
    if named.startswith(("http://", "https://")):
        return lambda path: get(named, path, _MAX_TILE)
    place = Path(named)
    if place.is_dir():
        return lambda path: read_file(place / path, _MAX_TILE)
    data = read_file(place, MAX_BUNDLE)
    if isinstance(data, Refused):
        return data
    found = bundle.read(data)
    if isinstance(found, Refused):
        return found
    held = {"checkpoint": found.checkpoint, **found.tiles}
    return lambda path: held.get(path) or bundle.missing(path)


def follow(watching: Witness, read: Read, now: int) -> Followed | Refused:
    """Look once: cosign the head if the log merely grew since the last one; keep both heads if it did not."""
    signed = read("checkpoint")
    parsed = signed if isinstance(signed, Refused) else note.parse(signed)
    if isinstance(parsed, Refused):
        return parsed
    said = checkpoint.parse(parsed.text)
    if isinstance(said, Refused):
        return said
    known = watching.logs.get(said.origin)
    if known is None:
        rule = "corfu: a witness follows the logs whose keys it has"
        return Refused(
            "witness.log", rule, f"{excerpt(said.origin)} is not among them: put its vkey into the file logs"
        )
    opened = checkpoint.open_checkpoint(bytes(parsed), known)
    if isinstance(opened, Refused):
        return opened
    return _compare(watching, read, said, parsed, now)


def _compare(watching: Witness, read: Read, said: Checkpoint, whole: Note, now: int) -> Followed | Refused:
    head = watching.heads().get(said.origin)
    old = head.size if head else 0
    if said.size < old:
        why = f"it shows {said.size:,} entries, after {old:,}: an older state, or another log; both heads are kept"
        stored = head.note if head else b""
        return Followed(said, None, tuple(watching.keep(witness.Fork(stored, bytes(whole), proven=False))), why)
    proof = _proof(read, said, old)
    if isinstance(proof, Refused):
        return proof
    body = witness.make_request(old, proof, bytes(whole))
    if isinstance(body, Refused):
        return body
    answer = watching.answer(body, now)
    if answer.status == 200:
        return Followed(said, bytes(whole) + answer.body)
    if answer.evidence:
        sure = "two roots of one size" if answer.evidence.proven else "the new head does not extend the old one"
        return Followed(said, None, tuple(watching.keep(answer.evidence)), f"{sure}; both heads are kept as evidence")
    rule = "tlog-witness: add-checkpoint"
    return Refused("witness.answer", rule, f"it was not cosigned ({answer.body.decode('utf-8', 'replace').strip()})")


def _proof(read: Read, said: Checkpoint, old: int) -> tuple[bytes, ...] | Refused:
    """The consistency proof as the log's own tiles give it, those being checked against the checkpoint's root."""

    def fetch(tile: Tile) -> bytes | Refused:
        return read(tile.path)

    opened = tiles.open_tree(said.size, said.root, fetch)
    if isinstance(opened, Refused):
        return opened
    return tree.consistency_proof(old, said.size, opened.read)
