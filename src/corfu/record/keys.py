"""Ed25519 keys: as libsodium accepts them, and as C2SP writes them down.

The rule of signatures is libsodium's as PyNaCl ships it: s below the group's order, R and the key canonical and not of
small order, and the equation without cofactor. Enrolment asks more of a key: its point must lie in the prime-order
group. With such keys the libraries of others (Go, OpenSSL, WebCrypto) differ from libsodium in one case only, which
its honest holder cannot produce: they accept an R of small order, libsodium refuses it.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from nacl import bindings
from nacl.exceptions import BadSignatureError
from nacl.utils import random

from corfu.record.characters import encodable
from corfu.record.refusal import Refused, excerpt
from corfu.record.wire import base64, from_base64

ED25519: Final = 0x01
"""Signature type of a plain note signature (signed-note)."""
COSIGNATURE_V1: Final = 0x04
"""Signature type of a timestamped Ed25519 cosignature (tlog-cosignature)."""

POINT_SIZE: Final = 32
SEED_SIZE: Final = 32
SIGNATURE_SIZE: Final = 64

_PRIVATE: Final = "PRIVATE+KEY+"
# A key name stands in a line of a note: neither Unicode spaces nor plus, nor what a note may not hold.
_NAME: Final = re.compile(r"[^\s+\x00-\x1f]+")
_ID: Final = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with its name; made by `verifier_key` or `parse_vkey`, which check it.

    `kind`: the signature type, ED25519 or COSIGNATURE_V1. `point`: the 32 bytes of RFC 8032.
    """

    name: str
    kind: int
    point: bytes

    @property
    def key_id(self) -> int:
        """The key ID: SHA-256(name || 0x0A || kind || point)[:4], big-endian (signed-note)."""
        material = self.name.encode() + bytes((0x0A, self.kind)) + self.point
        return int.from_bytes(hashlib.sha256(material).digest()[:4])

    @property
    def vkey(self) -> str:
        """The key as text: `name+hash+base64(kind || point)` (signed-note, verifier keys)."""
        return f"{self.name}+{self.key_id:08x}+{base64(bytes((self.kind,)) + self.point)}"


@dataclass(frozen=True, slots=True)
class SignerKey:
    """A private key with its name; made by `signer_key`, `parse_private_key` or `generate`. Its repr hides the seed."""

    verifier: VerifierKey
    seed: bytes

    def __repr__(self) -> str:
        """Only what is public: a seed must not end in a traceback or a log."""
        return f"SignerKey({self.verifier.vkey!r})"

    @property
    def private_key(self) -> str:
        """The key as text, secret: `PRIVATE+KEY+name+hash+base64(kind || seed)`, as Go's sumdb/note writes it."""
        material = base64(bytes((self.verifier.kind,)) + self.seed)
        return f"{_PRIVATE}{self.verifier.name}+{self.verifier.key_id:08x}+{material}"

    def sign(self, message: bytes) -> bytes:
        """The 64-byte Ed25519 signature (RFC 8032 §5.1.6) of `message` itself: nothing is put before it."""
        return bindings.crypto_sign(message, self.seed + self.verifier.point)[:SIGNATURE_SIZE]


Known = Mapping[tuple[str, int], VerifierKey]
"""The keys a reader trusts, by name and key ID; made by `known`."""


def valid_name(name: str) -> bool:
    """Whether `name` may name a key: not empty, no Unicode spaces, no plus, no control characters (signed-note)."""
    return _valid_name(name) if len(name) <= 255 else _valid_name.__wrapped__(name)


def verify(point: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` is the Ed25519 signature of `message` by `point`, as libsodium says."""
    if len(signature) != SIGNATURE_SIZE or len(point) != POINT_SIZE:  # the binding would read past a short key
        return False
    try:
        bindings.crypto_sign_open(signature + message, point)
    except BadSignatureError:
        return False
    return True


def check_point(point: bytes) -> Refused | None:
    """Check a public key at enrolment: canonical encoding, on the curve, in the prime-order group, not small.

    Source: libsodium's crypto_core_ed25519_is_valid_point.
    """
    if len(point) != POINT_SIZE:
        return Refused(
            "key.size",
            "RFC 8032 §5.1.5: a public key has 32 bytes",
            f"this key has {len(point)} bytes: copy it again from its holder",
        )
    if not bindings.crypto_core_ed25519_is_valid_point(point):
        return Refused(
            "key.point",
            "libsodium crypto_core_ed25519_is_valid_point: canonical, on the curve, of the prime order",
            "this public key is not a sound point of the curve: make a new key",
        )
    return None


def verifier_key(name: str, point: bytes, kind: int = ED25519) -> VerifierKey | Refused:
    """A public key under a name, its name, type and point checked."""
    if not valid_name(name):
        return _bad_name(name)
    if kind not in {ED25519, COSIGNATURE_V1}:
        return _bad_kind(kind)
    return check_point(point) or VerifierKey(name, kind, point)


def signer_key(name: str, seed: bytes, kind: int = ED25519) -> SignerKey | Refused:
    """A private key under a name from its 32-byte seed (RFC 8032 §5.1.5)."""
    if len(seed) != SEED_SIZE:
        return Refused(
            "key.size", "RFC 8032 §5.1.5: a private key has 32 bytes", f"this seed has {len(seed)} bytes: copy it again"
        )
    key = verifier_key(name, bindings.crypto_sign_seed_keypair(seed)[0], kind)
    return key if isinstance(key, Refused) else SignerKey(key, seed)


def generate(name: str, kind: int = ED25519) -> SignerKey | Refused:
    """A new private key under a name, from the system's randomness."""
    return signer_key(name, random(SEED_SIZE), kind)


def parse_vkey(vkey: str) -> VerifierKey | Refused:
    """Read `name+hash+base64(kind || point)`; the hash must be the key's own, and the point is checked."""
    parts = _parts(vkey)
    if isinstance(parts, Refused):
        return parts
    name, key_id, kind, point = parts
    key = verifier_key(name, point, kind)
    return key if isinstance(key, Refused) or key.key_id == key_id else _bad_hash(key)


def parse_private_key(text: str) -> SignerKey | Refused:
    """Read `PRIVATE+KEY+name+hash+base64(kind || seed)`; the hash is that of the public key."""
    if not text.startswith(_PRIVATE):
        rule = "sumdb/note: a private key begins with PRIVATE+KEY+"
        return Refused("key.form", rule, "the text does not begin so: give the whole private key")
    parts = _parts(text.removeprefix(_PRIVATE))
    if isinstance(parts, Refused):
        return parts
    name, key_id, kind, seed = parts
    key = signer_key(name, seed, kind)
    return key if isinstance(key, Refused) or key.verifier.key_id == key_id else _bad_hash(key.verifier)


def known(*keys: VerifierKey) -> dict[tuple[str, int], VerifierKey] | Refused:
    """The keys a reader trusts. Refused if two different ones share name and key ID: nobody could tell them apart."""
    trusted: dict[tuple[str, int], VerifierKey] = {}
    for key in keys:
        other = trusted.setdefault((key.name, key.key_id), key)
        if other != key:
            rule = "signed-note: name and key ID identify one key"
            return Refused("key.ambiguous", rule, f"two keys are both {excerpt(key.name)}: give one another name")
    return trusted


@lru_cache(maxsize=1024)  # a log's few names are asked for with every act; long ones would fill the memory
def _valid_name(name: str) -> bool:
    return _NAME.fullmatch(name) is not None and encodable(name)


def _parts(text: str) -> tuple[str, int, int, bytes] | Refused:
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    material = from_base64(encoded) if encoded.isascii() else None
    if not _ID.fullmatch(key_id) or not material:
        rule = "signed-note: name+hash+base64(type || key), the hash eight lower-case hexadecimal digits"
        return Refused("key.form", rule, "the key is not in its form: copy it again as its holder published it")
    return name, int(key_id, 16), material[0], material[1:]


def _bad_name(name: str) -> Refused:
    rule = "signed-note: a key name is not empty and has neither spaces nor plus nor control characters"
    return Refused("key.name", rule, f"the key name {excerpt(name)} cannot stand in a signature line: choose another")


def _bad_kind(kind: int) -> Refused:
    rule = "corfu: signature types 0x01 (Ed25519) and 0x04 (cosignature/v1)"
    return Refused("key.type", rule, f"type 0x{kind:02x} is not one we verify: use an Ed25519 key")


def _bad_hash(key: VerifierKey) -> Refused:
    rule = "signed-note: hash = SHA-256(name || 0x0A || type || key)[:4]"
    detail = f"the hash in the key of {excerpt(key.name)} is not its own: copy the key again from its holder"
    return Refused("key.hash", rule, detail)
