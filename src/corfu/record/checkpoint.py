"""Checkpoints (C2SP tlog-checkpoint 1.0.0): the head of a log's tree as a signed note.

The text: the origin, the tree size in decimal, the root hash in base64, and any extension lines, each ended by a
newline, none empty. The signature of the log itself is by a key whose name is the origin.
"""

from typing import NamedTuple

from corfu.record import cosignature, note
from corfu.record.keys import COSIGNATURE_V1, ED25519, Known, SignerKey
from corfu.record.note import Note, SignatureLine
from corfu.record.refusal import Refused, excerpt
from corfu.record.tree import EMPTY_ROOT
from corfu.record.wire import HASH_SIZE, MAX_SIZE, base64, from_decimal, hash_from_base64


class Checkpoint(NamedTuple):
    """The head of a tree. `root`: 32 bytes, RFC 6962 §2.1."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()


class Cosigned(NamedTuple):
    """Who cosigned a checkpoint, and when, in POSIX seconds by its own clock."""

    name: str
    timestamp: int


class Signed(NamedTuple):
    """A checkpoint whose log's signature was verified, and the verified cosignatures."""

    checkpoint: Checkpoint
    note: Note
    cosigned: tuple[Cosigned, ...]


def text_of(checkpoint: Checkpoint) -> bytes | Refused:
    """The checkpoint as the text of a note; `parse` gives it back."""
    if not 0 <= checkpoint.size <= MAX_SIZE or len(checkpoint.root) != HASH_SIZE:
        return _malformed("the size or the root hash is out of range: give a size up to 2^63 − 1 and 32 bytes")
    lines = (checkpoint.origin, str(checkpoint.size), base64(checkpoint.root), *checkpoint.extensions)
    try:
        text = "".join(f"{line}\n" for line in lines).encode()
    except UnicodeEncodeError:
        return _malformed("a line cannot be written in UTF-8: repair it")
    again = parse(text)
    if isinstance(again, Refused):
        return again
    return text if again == checkpoint else _malformed("a line holds a newline: take it out")


def parse(text: bytes) -> Checkpoint | Refused:
    """Read the text of a checkpoint, strictly: no leading zeros, canonical base64, a 32-byte root."""
    try:
        lines = text.decode().split("\n")
    except UnicodeDecodeError:
        return _malformed("the checkpoint is not UTF-8: fetch it again")
    if len(lines) < 4 or lines.pop() != "" or "" in lines:
        return _malformed(
            "an origin, a size and a root hash are needed, each on its line, and no empty line: fetch it again"
        )
    origin, decimal, encoded, *extensions = lines
    size, root = from_decimal(decimal), hash_from_base64(encoded)
    if size is None:
        return _malformed(
            f"{excerpt(decimal)} is not a tree size, a decimal without leading zeros up to 2^63 − 1: fetch it again"
        )
    if root is None:
        return _malformed(f"{excerpt(encoded)} is not a root hash, 32 bytes in base64: fetch it again")
    if size == 0 and root != EMPTY_ROOT:
        rule = "RFC 6962 §2.1: the hash of an empty tree is SHA-256()"
        return Refused(
            "checkpoint.empty", rule, "the root hash of this empty tree is another: ask the log for its head"
        )
    return Checkpoint(origin, size, root, tuple(extensions))


def sign(checkpoint: Checkpoint, signer: SignerKey) -> bytes | Refused:
    """The checkpoint as a note signed by its log, whose key has the origin as its name."""
    text = text_of(checkpoint)
    if isinstance(text, Refused):
        return text
    if signer.verifier.name != checkpoint.origin:
        return _foreign(checkpoint.origin)
    return note.sign(text, signer)


def cosign(text: bytes, signer: SignerKey, timestamp: int) -> SignatureLine | Refused:
    """A cosigner's signature line for the `text` of a checkpoint, at `timestamp` in POSIX seconds."""
    checkpoint = parse(text)
    if isinstance(checkpoint, Refused):
        return checkpoint
    signature = cosignature.sign(text, signer, timestamp)
    if isinstance(signature, Refused):
        return signature
    return SignatureLine(signer.verifier.name, signer.verifier.key_id, signature)


def open_checkpoint(signed: bytes, known: Known) -> Signed | Refused:
    """Read a signed checkpoint and verify it against the keys of logs (0x01) and cosigners (0x04) in `known`.

    Our rule: of the known keys that signed it, one of type 0x01 has the origin as its name.
    """
    opened = note.open_note(signed, known)
    if isinstance(opened, Refused):
        return opened
    whole, verified = opened
    checkpoint = parse(whole.text)
    if isinstance(checkpoint, Refused):
        return checkpoint
    kinds = [(line, known[line.name, line.key_id].kind) for line in verified]
    if not any(kind == ED25519 and line.name == checkpoint.origin for line, kind in kinds):
        return _foreign(checkpoint.origin)
    cosigned = {
        Cosigned(line.name, cosignature.timestamp(line.signature)) for line, kind in kinds if kind == COSIGNATURE_V1
    }
    return Signed(checkpoint, whole, tuple(sorted(cosigned)))


def _foreign(origin: str) -> Refused:
    rule = "corfu: a checkpoint is signed by a key that has its origin as name (tlog-checkpoint: SHOULD)"
    detail = f"no known key named {excerpt(origin)} has signed this checkpoint: take the log's own key"
    return Refused("checkpoint.origin", rule, detail)


def _malformed(detail: str) -> Refused:
    return Refused("checkpoint.form", "tlog-checkpoint: origin, size, root hash, extension lines", detail)
