"""The published vectors, read where they stand, and keys and acts for the tests. Nothing here is secret."""

import json
from pathlib import Path
from typing import Any, TypeVar

from corfu.record import act, keys, tree
from corfu.record.keys import Known, SignerKey, VerifierKey
from corfu.record.refusal import Refused
from corfu.record.wire import base64

ORIGIN = "corfu.example/record"
ROOT = base64(tree.EMPTY_ROOT)


def read(shared: Path, name: str) -> Any:
    """One file of vectors."""
    return json.loads((shared / "vectors" / name).read_text())


T = TypeVar("T")


def got(value: "T | Refused") -> T:
    """The value, which must not be a refusal."""
    assert not isinstance(value, Refused), str(value)
    return value


def signer(name: str, number: int = 1, kind: int = keys.ED25519) -> SignerKey:
    """A key that is the same in every run."""
    return got(keys.signer_key(name, bytes([number]) * 32, kind))


def trusting(*trusted: SignerKey | VerifierKey) -> Known:
    """What a reader trusts."""
    return got(keys.known(*(key.verifier if isinstance(key, SignerKey) else key for key in trusted)))


def members(**changed: Any) -> dict[str, Any]:
    """The members of an act of Norvale's."""
    return {
        "act": "amendment.file",
        "at": "2026-11-23T09:10:00Z",
        "author": "NOR",
        "id": "5f3c1f0e9b8a4d6c",
        "log": ORIGIN,
        "prev": None,
        "seen": {"root": ROOT, "size": 0},
        "text": "dd7/rev.4",
    } | changed


def make_act(**changed: Any) -> bytes:
    """An act of Norvale's, signed."""
    return got(act.build(members(**changed), signer("delegation/NOR")))
