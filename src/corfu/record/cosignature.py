"""Timestamped Ed25519 cosignatures, cosignature/v1 (C2SP tlog-cosignature 1.0.1).

What is signed: `cosignature/v1\\ntime <seconds>\\n` followed by the whole text of the checkpoint, its final newline
included. What stands in the signature line after the key ID: the seconds as a big-endian uint64, then the 64 bytes of
the Ed25519 signature.
"""

from typing import Final

from corfu.record import keys
from corfu.record.keys import COSIGNATURE_V1, SignerKey
from corfu.record.refusal import Refused
from corfu.record.wire import MAX_SIZE

SIZE: Final = 8 + keys.SIGNATURE_SIZE


def message(text: bytes, timestamp: int) -> bytes:
    """The bytes that a cosigner signs for a checkpoint's `text` at `timestamp`, in POSIX seconds."""
    return b"cosignature/v1\ntime %d\n%b" % (timestamp, text)


def sign(text: bytes, signer: SignerKey, timestamp: int) -> bytes | Refused:
    """The 72 bytes for the signature line. `timestamp`: POSIX seconds, as the caller's clock has them.

    Only for a text that is a checkpoint whose consistency was checked; `corfu.record.witness` sees to that.
    """
    if signer.verifier.kind != COSIGNATURE_V1:
        rule = "tlog-cosignature: the key's type is 0x04"
        return Refused("cosignature.key", rule, "this is not a cosigner's key: make one of type 0x04")
    if not 0 <= timestamp <= MAX_SIZE:
        rule = "tlog-cosignature: a timestamp is at most 2^63 − 1"
        return Refused("cosignature.time", rule, "the timestamp is out of range: give POSIX seconds")
    return timestamp.to_bytes(8) + signer.sign(message(text, timestamp))


def timestamp(signature: bytes) -> int:
    """The POSIX seconds that a cosignature claims."""
    return int.from_bytes(signature[:8])


def verify(text: bytes, signature: bytes, point: bytes) -> bool:
    """Whether `signature` (72 bytes) is a cosignature of `text` by the key `point`."""
    if len(signature) != SIZE or (seconds := timestamp(signature)) > MAX_SIZE:
        return False
    return keys.verify(point, message(text, seconds), signature[8:])
