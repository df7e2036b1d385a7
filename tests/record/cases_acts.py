"""Logs that are rightly hashed and signed, with an act in them that may not stand where it stands."""

from collections.abc import Callable
from typing import Any, Final

from corfu.record import act
from corfu.record.canonical import encode
from corfu.record.wire import base64
from tests.record.logs import (
    KAR,
    LOG,
    NOR,
    NOR_LATER,
    REGISTRAR,
    STRANGER,
    ZEN,
    Writer,
    raw_act,
)  # fmt: skip
from tests.record.vectors import got, signer

AT: Final = 9
"""The entry that is wrong in most of these logs: five acts come after it."""

ZERO: Final = "A" * 43 + "="


def _written(wrong: Callable[[Writer], object]) -> bytes:
    """A log of a few acts, with what `wrong` adds as entry 9, and more after it."""
    writer = Writer()
    writer.open()
    for by in (NOR, KAR, ZEN, NOR, KAR):
        writer.amend(by)
    assert writer.size == AT
    wrong(writer)
    for by in (ZEN, KAR, ZEN, KAR, ZEN):
        writer.amend(by)
    return writer.seal().bundle


def _act(by: Any = NOR, kind: str = "amendment.file", **given: Any) -> bytes:
    return _written(lambda writer: writer.add(kind, by, **given))


def _line(change: Callable[[bytes], bytes]) -> bytes:
    """The members of entry 9 with their bytes changed, rightly signed."""

    def wrong(writer: Writer) -> None:
        line = got(encode(writer.members("amendment.file", "NOR", text="dd7")))
        writer.append(raw_act(change(line), NOR))

    return _written(wrong)


def _text(text: str) -> bytes:
    return _line(lambda line: line.replace(b'"text":"dd7"', f'"text":"{text}"'.encode("utf-8", "surrogatepass")))


def _payload(json: str) -> bytes:
    return _line(lambda line: line.replace(b'"text":"dd7"', f'"text":{json}'.encode()))


def _entry(change: Callable[[bytes], bytes]) -> bytes:
    """Entry 9, an act of Norvale's, with its bytes changed after it was signed."""

    def wrong(writer: Writer) -> None:
        writer.append(change(got(act.build(writer.members("amendment.file", "NOR", text="dd7"), NOR))))

    return _written(wrong)


def _open(**given: Any) -> bytes:
    """A log that is opened in another way."""
    writer = Writer()
    payload = {"key": REGISTRAR.verifier.vkey, "log_key": LOG.verifier.vkey} | given
    kind = str(payload.pop("act", "log.open"))
    writer.add(kind, REGISTRAR, **payload)
    return writer.seal().bundle


def _opened_by(by: Any, **given: Any) -> bytes:
    writer = Writer()
    writer.add("log.open", by, author="SEC", **({"key": REGISTRAR.verifier.vkey, "log_key": LOG.verifier.vkey} | given))
    return writer.seal().bundle


def _revoked() -> bytes:
    def wrong(writer: Writer) -> None:
        writer.revoke(NOR)
        writer.amend(NOR)

    return _written(wrong)


def _backwards() -> bytes:
    return _written(lambda writer: writer.add("amendment.file", NOR, seen=writer.seen(3)))


def _unsound() -> bytes:
    """A key of small order: what it seems to sign, anyone can."""
    point = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")
    vkey = signer("delegation/XYZ", 7).verifier
    forged = type(vkey)(vkey.name, vkey.kind, point).vkey
    return _enrol(key=forged, **{"for": "XYZ"})


def _enrol(by: Any = REGISTRAR, **given: Any) -> bytes:
    payload = {"custody": "delegation", "for": "XYZ", "key": STRANGER.verifier.vkey} | given
    return _act(by, "key.enrol", **payload)


def _twice() -> bytes:
    """A key that was revoked is enrolled again, under another name."""

    def wrong(writer: Writer) -> None:
        writer.revoke(NOR)
        writer.enrol(signer("delegation/XYZ", 3))

    return _written(wrong)


def _commitment(**given: Any) -> bytes:
    return _act(documents=[{"commitment": ZERO, "layer": "public"} | given])


def _good(wrong: Callable[[Writer], object]) -> tuple[Callable[[], bytes], int]:
    return (lambda: _written(wrong)), 0


def _replaced(writer: Writer) -> None:
    """The registrar takes a second key and revokes the first; the second enrols."""
    later = signer("registrar/SEC", 12)
    writer.add("key.enrol", REGISTRAR, custody="server", key=later.verifier.vkey, **{"for": "SEC"})
    writer.revoke(REGISTRAR)
    writer.add("key.enrol", later, custody="delegation", key=STRANGER.verifier.vkey, **{"for": "XYZ"})
    writer.amend(STRANGER)


ODD_TEXTS: Final = "a\u200db \u200e\u200f \u00a0\u2009 \U0001f54a \U00020000 نص עברית हिन्दी ไทย \u0301"

GOOD: Final[dict[str, tuple[Callable[[], bytes], int]]] = {
    "good, unknown kinds": _good(lambda writer: writer.add("dream.tell", NOR, deep=[[[{"a": [None, True, 0]}]]])),
    "good, odd Unicode": (lambda: _text(ODD_TEXTS), 0),
    # By Unicode 16 these are not in NFC, by Unicode 14 they are: Pythons and browsers of every year must agree.
    "good, accents newer than some verifiers": (
        lambda: _text("\U000105d2\u0307 a\u0897\u0316 \U00016d67\U00016d67"),
        0,
    ),
    "good, astral names": (lambda: _payload('{"\U0001f600":1,"\uff01":2}'), 0),
    "good, the largest numbers": (lambda: _payload("[9007199254740991,-9007199254740991]"), 0),
    "good, quotes and backslashes": (lambda: _text(r"\"\\\""), 0),
    "good, eight levels": (lambda: _payload("[[[[[[[0]]]]]]]"), 0),
    "good, two keys of one code": _good(lambda writer: (writer.enrol(NOR_LATER), writer.amend(NOR_LATER))),
    "good, its holder revokes a key": _good(lambda writer: writer.revoke(NOR, by=NOR)),
    "good, the registrar's second key": _good(_replaced),
}

FORM: Final = {
    "an empty entry": lambda: _written(lambda writer: writer.append(b"")),
    "an entry that is no act": lambda: _written(lambda writer: writer.append(b"Hello.\n")),
    "spaces": lambda: _line(lambda line: line.replace(b":", b": ", 1)),
    "members out of order": lambda: _payload('{"b":1,"a":2}'),
    "a member twice": lambda: _payload('{"a":1,"a":1}'),
    "not JSON": lambda: _line(lambda line: line[:-1]),
    "a list": lambda: _line(lambda line: b"[]"),
    "a text": lambda: _line(lambda line: b'"act"'),
    "not UTF-8": lambda: _line(lambda line: line.replace(b"dd7", b"\xff")),
    "an escape": lambda: _text(r"\u0041"),
    "a fraction": lambda: _payload("1.5"),
    "an exponent": lambda: _payload("1e3"),
    "minus zero": lambda: _payload("-0"),
    "NaN": lambda: _payload("NaN"),
    "a number too large": lambda: _payload("9007199254740992"),
    "a number of 5,000 digits": lambda: _payload("9" * 5000),
    "nine levels": lambda: _payload("[[[[[[[[]]]]]]]]"),
    "twenty thousand levels": lambda: _payload("[" * 20_000 + "]" * 20_000),
    "a control character": lambda: _text(r"\u0007"),
    "a newline": lambda: _text(r"a\nb"),
    "DEL": lambda: _text("\x7f"),
    "NEL": lambda: _text("\x85"),
    "a bidirectional override": lambda: _text("\u202e"),
    "an isolate": lambda: _text("\u2066"),
    "a line separator": lambda: _text("\u2028"),
    "a noncharacter": lambda: _text("\ufdd0"),
    "an astral noncharacter": lambda: _text("\U0010ffff"),
    "half a character": lambda: _text(r"\ud800"),
    "half a character in bytes": lambda: _text("\ud800"),
    "not NFC": lambda: _text("e\u0301"),
    "not NFC beside a newer accent": lambda: _text("\u0897 e\u0301"),
    "accents in another order": lambda: _text("q\u0301\u0327"),
    "two signatures": lambda: _entry(lambda entry: entry + entry[entry.rindex("—".encode()) :]),
    "no newline at its end": lambda: _entry(lambda entry: entry[:-1]),
    "a signature of four bytes": lambda: _entry(lambda entry: entry[: entry.rindex(b" ")] + b" AAAAAA==\n"),
    "another header": lambda: _entry(lambda entry: entry.replace(b"/v1", b"/v2", 1)),
    "a member is missing": lambda: _line(lambda line: line.replace(b'"prev"', b'"prex"')),
    "no such day": lambda: _line(lambda line: line.replace(b"2026-11-23", b"2026-02-30")),
    "a leap second": lambda: _line(lambda line: line.replace(b":09Z", b":60Z")),
    "a kind of one word": lambda: _line(lambda line: line.replace(b"amendment.file", b"amendment")),
    "an id that is a number": lambda: _line(lambda line: line.replace(b'"text":', b'"id":12345678,"text":')),
    "seen below zero": lambda: _line(lambda line: line.replace(b'"size":8', b'"size":-8')),
    "seen is true": lambda: _line(lambda line: line.replace(b'"size":8', b'"size":true')),
    "an empty tree with a root": lambda: _line(lambda line: line.replace(b'"size":8', b'"size":0')),
    "made for another log": lambda: _act(log="corfu.example/other"),
    "a second opening": lambda: _act(REGISTRAR, "log.open", key=STRANGER.verifier.vkey, log_key=LOG.verifier.vkey),
    "an id used before": lambda: _written(lambda writer: writer.add("amendment.file", NOR, id=_id_of(writer, 4))),
    "documents that are no list": lambda: _act(documents={}),
    "documents that are null": lambda: _act(documents=None),
    "a document without a layer": lambda: _act(documents=[{"commitment": ZERO}]),
    "a commitment of 31 bytes": lambda: _commitment(commitment=base64(bytes(31))),
    "a commitment spelled otherwise": lambda: _commitment(commitment="A" * 42 + "B="),
    "a document with more members": lambda: _commitment(size=3),
    "a language that is a number": lambda: _commitment(lang=3),
    "an erasure of nothing named": lambda: _act(REGISTRAR, "erasure.record"),
    "an erasure of a number": lambda: _act(REGISTRAR, "erasure.record", commitments=[3]),
}


def _id_of(writer: Writer, index: int) -> str:
    return str(got(act.parse(writer.entries[index])).members["id"])


KEYS: Final = {
    "by a key that was revoked": (_revoked, 10),
    "by a key never enrolled": (lambda: _act(STRANGER), AT),
    "by another key of that name": (lambda: _act(NOR_LATER), AT),
    "by another's key": (lambda: _act(KAR, author="NOR"), AT),
    "by the log's key": (lambda: _act(LOG, author="NOR"), AT),
    "a key enrolled by a delegation": (lambda: _enrol(NOR), AT),
    "a key enrolled twice": (lambda: _enrol(key=KAR.verifier.vkey, **{"for": "KAR"}), AT),
    "a revoked key enrolled again": (_twice, 10),
    "the log's key enrolled": (lambda: _enrol(key=signer("delegation/XYZ", 1).verifier.vkey), AT),
    "a key enrolled for another": (lambda: _enrol(**{"for": "NOR"}), AT),
    "a key enrolled for a list": (lambda: _enrol(**{"for": ["XYZ"]}), AT),
    "a key enrolled in no custody": (lambda: _enrol(custody=["server"]), AT),
    "a cosigner's key enrolled": (lambda: _enrol(key=signer("delegation/XYZ", 7, 4).verifier.vkey), AT),
    "a key of small order": (_unsound, AT),
    "an enrolment without a key": (lambda: _enrol(key=None), AT),
    "a registrar's name for a delegation": (
        lambda: _enrol(key=signer("registrar/XYZ", 7).verifier.vkey, **{"for": "XYZ"}),
        AT,
    ),
    "a key revoked by another": (lambda: _act(KAR, "key.revoke", key=NOR.verifier.vkey), AT),
    "a key revoked by its holder's other": (
        lambda: _written(lambda writer: (writer.enrol(NOR_LATER), writer.revoke(NOR, by=NOR_LATER))),
        10,
    ),
    "a key revoked that never was": (lambda: _act(REGISTRAR, "key.revoke", key=STRANGER.verifier.vkey), AT),
    "a key revoked twice": (lambda: _written(lambda writer: (writer.revoke(NOR), writer.revoke(NOR))), 10),
    "a revocation of nothing": (lambda: _act(REGISTRAR, "key.revoke"), AT),
    "opened with another log key": (lambda: _open(log_key=NOR.verifier.vkey), 0),
    "opened without a key": (lambda: _open(key=None), 0),
    "opened by the log's own key": (
        lambda: _opened_by(signer("registrar/SEC", 1), key=signer("registrar/SEC", 1).verifier.vkey),
        0,
    ),
    "opened by a delegation": (lambda: _opened_by(NOR, key=NOR.verifier.vkey), 0),
    "opened by another than it names": (lambda: _opened_by(signer("registrar/SEC", 13)), 0),
}


def _signature(entry: bytes) -> bytes:
    """The same act with another signature of the same key: that over another text."""
    other = raw_act(b"{}", NOR)
    return entry[: entry.rindex(b" ")] + other[other.rindex(b" ") :]


CASES: Final[dict[str, tuple[Any, ...]]] = {
    **GOOD,
    **{f"act: {name}": (make, 1, "act", AT) for name, make in FORM.items()},
    "act: not opened": (lambda: _open(act="log.begin"), 1, "act", 0),
    **{f"key: {name}": (make, 1, "key", index) for name, (make, index) in KEYS.items()},
    "signature: over another text": (lambda: _entry(_signature), 1, "signature", AT),
    "signature: of 63 bytes": (
        lambda: _entry(lambda entry: entry[: entry.rindex(b" ") + 89] + b"\n"), 1, "signature", AT,
    ),
    "signature: a member changed": (
        lambda: _entry(lambda entry: entry.replace(b'"dd7"', b'"dd8"')), 1, "signature", AT,
    ),
    "chain: another previous act": (lambda: _act(prev=ZERO), 1, "chain", AT),
    "chain: no previous act": (lambda: _act(prev=None), 1, "chain", AT),
    "chain: a first act with a previous one": (
        lambda: _written(lambda writer: (writer.enrol(STRANGER), writer.add("a.b", STRANGER, prev=ZERO))),
        1, "chain", 10,
    ),
    "seen: ahead of its place": (
        lambda: _act(seen={"root": ZERO, "size": 10}), 1, "seen", AT,
    ),
    "seen: far ahead": (lambda: _act(seen={"root": ZERO, "size": 2**53 - 1}), 1, "seen", AT),
    "seen: less than before": (_backwards, 1, "seen", AT),
    "seen: another log": (lambda: _act(seen={"root": ZERO, "size": 8}), 1, "seen", AT),
}  # fmt: skip
