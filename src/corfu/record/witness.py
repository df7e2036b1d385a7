"""What a witness answers, decided without a network, a store or a clock (C2SP tlog-witness 1.0.0, add-checkpoint).

The request's body: `old <size>\\n`, the consistency proof's hashes in base64, an empty line, the signed checkpoint.
The caller keeps one head for each log. It must save `Answer.head` before it sends the answer, in one transaction with
the reading of the head it passed in: two requests decided on one head could roll the log back.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from corfu.record import checkpoint, tree
from corfu.record import note as notes
from corfu.record.checkpoint import Checkpoint
from corfu.record.keys import ED25519, Known, SignerKey
from corfu.record.note import Note
from corfu.record.refusal import Refused, excerpt
from corfu.record.wire import MAX_SIZE, base64, from_decimal, hash_from_base64

MAX_HASHES: Final = 63

TEXT: Final = "text/plain; charset=utf-8"
SIZE: Final = "text/x.tlog.size"


class Request(NamedTuple):
    """An add-checkpoint request whose form is right."""

    old: int
    proof: tuple[bytes, ...]
    note: bytes

    def __bytes__(self) -> bytes:
        """The body to send."""
        return "\n".join([f"old {self.old}", *map(base64, self.proof), "", ""]).encode() + self.note


class Head(NamedTuple):
    """The latest checkpoint of a log that this witness cosigned; `note` as the log signed it, for evidence."""

    size: int
    root: bytes
    note: bytes


class Fork(NamedTuple):
    """Two heads, both signed by the log. `proven`: they have one size and two roots, and need no other witness.

    Otherwise the log, or whoever asked, could not show that the one extends the other: a suspicion.
    """

    stored: bytes
    offered: bytes
    proven: bool


class Answer(NamedTuple):
    """What to answer, what to save first, and what to keep for ever. `head` is None where nothing is to be saved."""

    status: int
    body: bytes
    content_type: str = TEXT
    head: Head | None = None
    evidence: Fork | None = None


def parse_request(body: bytes) -> Request | Refused:
    """Read a request's body; the checkpoint within is kept as it stands."""
    head, empty, note = body.partition(b"\n\n")
    first, *lines = head.split(b"\n")
    old = from_decimal(first[4:].decode("ascii", "replace")) if first.startswith(b"old ") else None
    proof = [hash_from_base64(line) for line in lines]
    if not empty or old is None or None in proof or len(proof) > MAX_HASHES or len(note) > notes.MAX_BYTES:
        rule = "tlog-witness: old size, up to 63 hashes, empty line, checkpoint"
        return Refused(
            "witness.form", rule, f"the request beginning {excerpt(first)} is not in that form: send it anew"
        )
    return Request(old, tuple(item for item in proof if item is not None), note)


def decide(body: bytes, logs: Mapping[str, Known], heads: Mapping[str, Head], signer: SignerKey, now: int) -> Answer:
    """Answer one add-checkpoint request.

    `logs`: the keys of each log this witness follows, by origin. `heads`: what it cosigned last, by origin; a log not
    in it was never cosigned. `signer`: the witness's key, of type 0x04. `now`: POSIX seconds.
    """
    request = parse_request(body)
    if isinstance(request, Refused):
        return _refusal(400, request)
    note = notes.parse(request.note)
    if isinstance(note, Refused):
        return _refusal(400, note)
    offered = checkpoint.parse(note.text)
    if isinstance(offered, Refused):
        return _refusal(400, offered)
    if offered.origin not in logs:
        rule = "tlog-witness: 404 for an unknown origin"
        return _refusal(
            404,
            Refused("witness.log", rule, f"this witness does not follow {excerpt(offered.origin)}: ask its operator"),
        )
    # Only the log's own signatures count here: a note it never signed is no evidence against it.
    keys = {name: key for name, key in logs[offered.origin].items() if key.kind == ED25519}
    verified = notes.verify(note, keys)
    if isinstance(verified, Refused):
        return _refusal(403, verified)
    note = note._replace(signatures=verified)
    return _decide_signed(request, offered, note, heads.get(offered.origin), signer=signer, now=now)


def _decide_signed(
    request: Request, offered: Checkpoint, note: Note, stored: Head | None, *, signer: SignerKey, now: int
) -> Answer:
    """Answer for a checkpoint that its log has signed."""
    head = stored or Head(0, tree.EMPTY_ROOT, b"")
    signed = bytes(note)
    if head.size == offered.size and head.root != offered.root:
        return Answer(409, b"%d\n" % head.size, SIZE, evidence=Fork(head.note, signed, proven=True))
    if request.old > offered.size:
        rule = "tlog-witness: the old size is not above the checkpoint's"
        return _refusal(
            400, Refused("witness.old", rule, f"{request.old} is above {offered.size}: ask with a lower one")
        )
    if request.old != head.size:
        return Answer(409, b"%d\n" % head.size, SIZE)
    problem = tree.check_consistency(request.old, offered.size, request.proof, head.root, offered.root)
    if problem is not None:
        return _refusal(422, problem, Fork(head.note, signed, proven=False) if stored else None)
    line = checkpoint.cosign(note.text, signer, now)
    if isinstance(line, Refused):
        return _refusal(500, line)
    return Answer(200, bytes(line), head=Head(offered.size, offered.root, signed))


def _refusal(status: int, refused: Refused, evidence: Fork | None = None) -> Answer:
    return Answer(status, f"{refused}\n".encode(), evidence=evidence)


def make_request(old: int, proof: Sequence[bytes], note: bytes) -> bytes | Refused:
    """The body to send; what it makes can be parsed again."""
    request = Request(old, tuple(proof), note)
    if 0 <= old <= MAX_SIZE and parse_request(bytes(request)) == request:
        return bytes(request)
    rule = "tlog-witness: old size, up to 63 hashes, empty line, checkpoint"
    return Refused("witness.form", rule, "the parts do not make a request: check the old size and the hashes")
