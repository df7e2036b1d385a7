"""Salted commitments: what an act says of a document whose words are not public.

A commitment is SHA-256 over `corfu/commitment/v1\\n`, the 32 bytes of the salt, and the document's bytes, in that
order. The salt is fresh, from a good source of randomness, for each document and each language: with a salt used
twice, whoever learns it once can try guesses at the other document. Destroying document and salt leaves a number that
tells nothing.
"""

import hashlib
import hmac
from typing import Final

from corfu.record.refusal import Refused

SALT_SIZE: Final = 32

_DOMAIN: Final = b"corfu/commitment/v1\n"


def commit(document: bytes, salt: bytes) -> bytes | Refused:
    """The 32-byte commitment to `document` under a 32-byte `salt`."""
    if len(salt) != SALT_SIZE:
        rule = "corfu/commitment/v1: a salt has 256 bits"
        return Refused("commitment.salt", rule, f"this salt has {len(salt)} bytes: give 32 fresh random ones")
    return hashlib.sha256(_DOMAIN + salt + document).digest()


def check(commitment: bytes, document: bytes, salt: bytes) -> Refused | None:
    """Check that `document` and `salt` are what was committed to."""
    found = commit(document, salt)
    if isinstance(found, Refused):
        return found
    if hmac.compare_digest(found, commitment):
        return None
    rule = 'corfu/commitment/v1: SHA-256("corfu/commitment/v1\\n" || salt || document)'
    return Refused(
        "commitment.false", rule, "this document with this salt is not what was committed to: ask for the original"
    )
