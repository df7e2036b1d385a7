"""Checks checkpoint and inclusion proofs with sigstore (PyPI): `python check_sigstore.py FOLDER`, as check_aics.py.

What runs is its reading of a signed checkpoint, its keyring, and its Merkle inclusion proof.
"""

import json
import sys
from base64 import b64decode
from pathlib import Path
from types import SimpleNamespace

from sigstore._internal.merkle import verify_merkle_inclusion  # type: ignore[import-not-found]
from sigstore._internal.rekor.checkpoint import verify_checkpoint  # type: ignore[import-not-found]
from sigstore._internal.trust import Keyring  # type: ignore[import-not-found]
from sigstore_models.common import v1 as common  # type: ignore[import-not-found]

SPKI = bytes.fromhex("302a300506032b6570032100")


def keyring(vkey: str) -> tuple[Keyring, bytes]:
    """The log's key as Sigstore holds one, and the key ID that stands in its signature line."""
    _, key_id, encoded = vkey.split("+", 2)
    details = common.PublicKeyDetails.PKIX_ED25519
    key = SimpleNamespace(raw_bytes=SPKI + b64decode(encoded)[1:], key_details=details)
    return Keyring([key]), bytes.fromhex(key_id)


def entries(folder: Path, size: int) -> list[bytes]:
    """All entries, each after its length in two bytes."""
    found: list[bytes] = []
    for start in range(0, size, 256):
        partial = f".p/{size - start}" if size - start < 256 else ""
        data = (folder / f"bundle/tile/entries/{start // 256:03}{partial}").read_bytes()
        while data:
            end = 2 + int.from_bytes(data[:2], "big")
            found.append(data[2:end])
            data = data[end:]
    return found


def main(folder: Path) -> None:
    """Print how many were right; a VerificationError is raised at the first that is not."""
    known, proofs = (json.loads((folder / name).read_text()) for name in ("known.json", "proofs.json"))
    keys, key_id = keyring(known["log"])
    envelope = (folder / "bundle" / "checkpoint").read_bytes().decode()
    _, size, root = envelope.split("\n")[:3]
    whole = entries(folder, int(size))
    assert len(whole) == len(proofs["records"])
    for index, entry in enumerate(whole):
        proof = SimpleNamespace(
            checkpoint=SimpleNamespace(envelope=envelope),
            hashes=[b64decode(one) for one in proofs["records"][index]],
            log_index=index,
            root_hash=b64decode(root),
            tree_size=int(size),
        )
        inner = SimpleNamespace(canonicalized_body=entry, inclusion_proof=proof, log_id=SimpleNamespace(key_id=key_id))
        verify_checkpoint(keys, SimpleNamespace(_inner=inner))
        verify_merkle_inclusion(SimpleNamespace(_inner=inner))
    counts = {"inclusion proofs, each with the checkpoint's signature": len(whole)}
    sys.stdout.write(json.dumps(counts) + "\n")


main(Path(sys.argv[1]))
