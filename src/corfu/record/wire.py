"""How bytes and numbers stand in the C2SP texts: base64 and decimals, each with exactly one spelling."""

import binascii
import re
from typing import Final

HASH_SIZE: Final = 32
MAX_SIZE: Final = 2**63 - 1
"""The largest tree size, index and timestamp: what a signed 64-bit integer holds (tlog-cosignature, Go's tlog)."""

# 32 bytes in base64: 42 characters, one whose last two bits are zero, and the padding.
HASH: Final = r"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]="
"""A SHA-256 hash in its canonical base64, as a regular expression."""

_DECIMAL: Final = re.compile(r"0|[1-9][0-9]{0,18}")


def base64(data: bytes) -> str:
    """Standard base64 with padding (RFC 4648 §4)."""
    return binascii.b2a_base64(data, newline=False).decode()


def from_base64(text: str | bytes) -> bytes | None:
    """What standard base64 stands for; None unless `text` is the one canonical spelling (padding, no stray bits)."""
    try:
        data = binascii.a2b_base64(text)
    except ValueError:
        return None
    # Decoders skip foreign characters and drop stray bits; one spelling only, or a changed byte could go unseen.
    again = binascii.b2a_base64(data, newline=False)
    return data if again == (text.encode() if isinstance(text, str) else text) else None


def hash_from_base64(text: str | bytes) -> bytes | None:
    """A SHA-256 hash from its canonical base64, 44 characters; None if it is anything else."""
    data = from_base64(text) if len(text) == 44 else None
    return data if data is not None and len(data) == HASH_SIZE else None


def from_decimal(text: str) -> int | None:
    """An ASCII decimal without leading zeros, up to 2^63 − 1; None if it is anything else."""
    if not _DECIMAL.fullmatch(text):
        return None
    number = int(text)
    return number if number <= MAX_SIZE else None
