"""Signed notes (C2SP signed-note 1.0.0).

A note is a text that ends in a newline, an empty line, and one or more signature lines:
`— <key name> <base64(uint32 key ID || signature)>\\n` (em dash U+2014, spaces U+0020). The text may hold empty lines;
the last one in the note parts it from the signatures. What is signed is the text with its final newline.
"""

import re
from typing import Final, NamedTuple

from corfu.record import cosignature, keys
from corfu.record.keys import COSIGNATURE_V1, ED25519, Known, SignerKey, VerifierKey
from corfu.record.refusal import Refused, excerpt
from corfu.record.wire import base64, from_base64

MAX_BYTES: Final = 1_000_000
MAX_SIGNATURES: Final = 100
"""As Go's sumdb/note has it; the format asks readers for 16 at least."""

_DASH: Final = "— ".encode()
_CONTROL: Final = re.compile(rb"[\x00-\x09\x0b-\x1f]")


class SignatureLine(NamedTuple):
    """One signature of a note. `signature`: what follows the key ID, 64 bytes for Ed25519, 72 for a cosignature."""

    name: str
    key_id: int
    signature: bytes

    def __bytes__(self) -> bytes:
        """The line as it stands in a note, newline included."""
        encoded = base64(self.key_id.to_bytes(4) + self.signature)
        return f"— {self.name} {encoded}\n".encode()


class Note(NamedTuple):
    """A note whose form is right; nothing in it is to be believed before `verify`."""

    text: bytes
    signatures: tuple[SignatureLine, ...]

    def __bytes__(self) -> bytes:
        """The note as it is sent and kept."""
        return self.text + b"\n" + b"".join(map(bytes, self.signatures))


def parse(note: bytes) -> Note | Refused:
    """Read a note's form, strictly: UTF-8, no control characters, a final newline, canonical base64."""
    problem = _check_bytes(note)
    if problem is not None:
        return problem
    text, empty, tail = note.rpartition(b"\n\n")
    if not empty or not tail.endswith(b"\n"):
        return _malformed(
            "an empty line and signature lines are lacking at the end: copy the whole note, its last newline included"
        )
    lines = tail[:-1].split(b"\n")
    if len(lines) > MAX_SIGNATURES:
        rule = f"corfu: at most {MAX_SIGNATURES} signatures"
        return Refused("note.signatures", rule, f"this note has {len(lines)} signatures: take away those not needed")
    signatures: list[SignatureLine] = []
    for line in lines:
        if not line.startswith(_DASH):
            return _malformed(f"{excerpt(line)} is not a signature line: copy the whole note again")
        signature = parse_signature(line.removeprefix(_DASH))
        if isinstance(signature, Refused):
            return signature
        signatures.append(signature)
    return Note(text + b"\n", tuple(signatures))


def parse_signature(line: bytes) -> SignatureLine | Refused:
    """Read what stands after the dash and the space of a signature line: `name base64`, without the newline."""
    name, _, encoded = line.partition(b" ")
    data = from_base64(encoded)
    if data is None or len(data) < 5:
        return _malformed(f"{excerpt(line)} is not a name and a signature in base64: copy the whole note again")
    try:
        key_name = name.decode()
    except UnicodeDecodeError:
        return _malformed("a key name is not UTF-8: copy the whole note again")
    if not keys.valid_name(key_name):
        return _malformed(f"{excerpt(key_name)} is not a key name: copy the whole note again")
    return SignatureLine(key_name, int.from_bytes(data[:4]), data[4:])


def build(text: bytes, *signatures: SignatureLine) -> bytes | Refused:
    """The note of `text` with these signatures, which are not verified here; what it makes can be parsed again."""
    if not text.endswith(b"\n"):
        return _malformed("the text of a note ends in a newline: put one after it")
    for line in signatures:
        if not keys.valid_name(line.name) or not 0 <= line.key_id < 2**32:
            return _malformed(
                f"{excerpt(line.name)} or its key ID cannot stand in a signature line: take the key's own"
            )
    note = bytes(Note(text, signatures))
    again = parse(note)
    if isinstance(again, Refused):
        return again
    return note if again.text == text else _malformed("the text and its signatures cannot be told apart")


def sign(text: bytes, *signers: SignerKey) -> bytes | Refused:
    """The note of `text` signed by each signer in turn, with keys of type 0x01."""
    lines: list[SignatureLine] = []
    for signer in signers:
        line = signature_line(text, signer)
        if isinstance(line, Refused):
            return line
        lines.append(line)
    return build(text, *lines)


def signature_line(text: bytes, signer: SignerKey) -> SignatureLine | Refused:
    """One signer's line for `text`, which ends in a newline."""
    if signer.verifier.kind != ED25519:
        rule = "signed-note: the type of a note's Ed25519 key is 0x01"
        return Refused("note.key", rule, "a cosigner's key does not sign notes: use a key of type 0x01")
    return SignatureLine(signer.verifier.name, signer.verifier.key_id, signer.sign(text))


def verify(note: Note, known: Known) -> tuple[SignatureLine, ...] | Refused:
    """The signature lines by known keys, each verified, in the note's order; those of unknown keys are passed over.

    Refused if a known key's signature is wrong, even beside right ones, and if no known key has signed.
    """
    verified: list[SignatureLine] = []
    for line in note.signatures:
        key = known.get((line.name, line.key_id))
        if key is None:
            continue
        if not _verifies(key, note.text, line.signature):
            return wrong_signature(line.name)
        verified.append(line)
    if verified:
        return tuple(verified)
    rule = "signed-note: a note without a verified signature by a known key is rejected"
    names = ", ".join(line.name for line in note.signatures)
    return Refused(
        "note.unknown", rule, f"no known key has signed this note, only {excerpt(names)}: ask for their keys"
    )


def open_note(note: bytes, known: Known) -> tuple[Note, tuple[SignatureLine, ...]] | Refused:
    """Parse and verify a note: the note, and its signature lines by known keys."""
    parsed = parse(note)
    if isinstance(parsed, Refused):
        return parsed
    verified = verify(parsed, known)
    return verified if isinstance(verified, Refused) else (parsed, verified)


def wrong_signature(name: str) -> Refused:
    """The refusal of a signature that a known key did not make."""
    rule = "signed-note: a note with a wrong signature by a known key is rejected"
    detail = f"the signature by {excerpt(name)} does not fit the text: one of them was changed, so ask for the original"
    return Refused("note.signature", rule, detail)


def _verifies(key: VerifierKey, text: bytes, signature: bytes) -> bool:
    if key.kind == COSIGNATURE_V1:
        return cosignature.verify(text, signature, key.point)
    return keys.verify(key.point, text, signature)


def _check_bytes(note: bytes) -> Refused | None:
    if len(note) > MAX_BYTES:
        rule = f"corfu: a note has at most {MAX_BYTES:,} bytes"
        return Refused("note.size", rule, f"this note has {len(note):,} bytes: send the note alone")
    if _CONTROL.search(note):
        return _malformed("the note holds a control character: copy the note as plain text")
    try:
        note.decode()
    except UnicodeDecodeError:
        return _malformed("the note is not UTF-8: copy the note as UTF-8 text")
    return None


def _malformed(detail: str) -> Refused:
    return Refused("note.form", "signed-note: text, empty line, signature lines", detail)
