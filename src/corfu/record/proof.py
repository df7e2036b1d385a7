"""Receipts: a proof that an entry is in a log, for reading offline (C2SP tlog-proof, draft; `.tlog-proof`).

`c2sp.org/tlog-proof@v1`, optionally `extra <base64>`, `index <decimal>`, the inclusion proof's hashes in base64 from
the leaf upwards, an empty line, and the signed checkpoint as it is; each line ended by a newline.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corfu.record import tree
from corfu.record.checkpoint import Signed, open_checkpoint
from corfu.record.keys import Known
from corfu.record.refusal import Refused, excerpt
from corfu.record.wire import MAX_SIZE, base64, from_base64, from_decimal, hash_from_base64

HEADER: Final = b"c2sp.org/tlog-proof@v1"
MAX_HASHES: Final = 63
MAX_BYTES: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt whose form is right; nothing in it is to be believed before `verify`, and `extra` not even then."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None

    def __bytes__(self) -> bytes:
        """The receipt as a file."""
        extra = [] if self.extra is None else ["extra " + base64(self.extra)]
        lines = [*extra, f"index {self.index}", *map(base64, self.hashes), "", ""]
        return HEADER + b"\n" + "\n".join(lines).encode() + self.checkpoint


def make(index: int, hashes: Sequence[bytes], checkpoint: bytes, extra: bytes | None = None) -> bytes | Refused:
    """The receipt as a file; what it makes can be parsed again. `checkpoint`: the signed note as it was received."""
    receipt = Receipt(index, tuple(hashes), checkpoint, extra)
    if not 0 <= index <= MAX_SIZE:
        return _malformed("an index is between 0 and 2^63 − 1: give such a one")
    again = parse(bytes(receipt))
    if isinstance(again, Refused):
        return again
    return bytes(receipt) if again == receipt else _malformed("the parts cannot be told apart: check the checkpoint")


def parse(data: bytes) -> Receipt | Refused:
    """Read a receipt's form; the checkpoint within is kept as it stands, and read by `verify`."""
    head, empty, checkpoint = data.partition(b"\n\n")
    if len(data) > MAX_BYTES or not empty or not checkpoint.endswith(b"\n"):
        return _malformed("a head, an empty line and a checkpoint are needed: copy the whole receipt")
    header, *lines = head.split(b"\n")
    if header != HEADER:
        return _malformed(f"the file begins with {excerpt(header)}: ask for a .tlog-proof")
    extra = None
    if lines and lines[0].startswith(b"extra "):
        extra = from_base64(lines.pop(0)[6:])
        if extra is None:
            return _malformed("the extra data is not base64: copy the whole receipt")
    index = from_decimal(lines[0][6:].decode("ascii", "replace")) if lines and lines[0].startswith(b"index ") else None
    if index is None:
        return _malformed("a line with the index, a decimal, is needed: copy the whole receipt")
    hashes = [hash_from_base64(line) for line in lines[1:]]
    if None in hashes or len(hashes) > MAX_HASHES:
        return _malformed(f"the proof is at most {MAX_HASHES} lines of 32 bytes in base64: copy the whole receipt")
    return Receipt(index, tuple(item for item in hashes if item is not None), checkpoint, extra)


def verify(receipt: Receipt, entry: bytes, known: Known, origin: str, witnesses: int = 0) -> Signed | Refused:
    """Check that `entry` is at the receipt's index in the log `origin`; gives the checkpoint that proves it.

    `known`: the keys the reader trusts, the log's and its witnesses'. `witnesses`: how many of them must have
    cosigned.
    """
    signed = open_checkpoint(receipt.checkpoint, known)
    if isinstance(signed, Refused):
        return signed
    checkpoint = signed.checkpoint
    if checkpoint.origin != origin:
        rule = "tlog-proof: the checkpoint is of the log one trusts"
        detail = f"this receipt is from the log {excerpt(checkpoint.origin)}: ask for one from {excerpt(origin)}"
        return Refused("proof.origin", rule, detail)
    if len({one.name for one in signed.cosigned}) < witnesses:
        rule = f"corfu: {witnesses} known witnesses have cosigned"
        return Refused("proof.witnesses", rule, "too few have cosigned this checkpoint: ask for a later receipt")
    leaf = tree.leaf_hash(entry)
    return tree.check_inclusion(leaf, receipt.index, checkpoint.size, receipt.hashes, checkpoint.root) or signed


def _malformed(detail: str) -> Refused:
    return Refused("proof.form", "tlog-proof: header, extra, index, hashes, empty line, checkpoint", detail)
