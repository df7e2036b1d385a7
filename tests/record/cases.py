"""Bundles good and bad, and what every verifier must say of them: verdict, word and entry of the first false thing.

`CASES` is used by the tests of all three verifiers. Each bundle is made when it is asked for, the same in every run.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from corfu.record import checkpoint, note
from corfu.record.checkpoint import Checkpoint
from corfu.record.wire import base64, from_base64
from tests.record import cases_acts, cases_zip
from tests.record.logs import (
    LOG,
    NOR,
    WITNESSES,
    Log,
    Writer,
    head,
    make_log,
    pack,
    signed_head,
)  # fmt: skip
from tests.record.vectors import got, signer

SIZE: Final = 40
"""The log that most cases are about: NOR revoked by entry 20, a document erased by entry 30."""

OTHER_LOG: Final = signer(LOG.verifier.name, 77)
"""A key of the log's name that is not the log's."""


@dataclass(frozen=True)
class Case:
    """One bundle. `index`: the entry that is named. `since`, `key`: what the reader gives besides."""

    make: Callable[[], bytes]
    verdict: int
    what: str | None = None
    index: int | None = None
    since: Callable[[], bytes] | None = None
    key: str | None = None


def _log() -> Log:
    return make_log(SIZE)


def _with(changed: dict[str, bytes | None], log: Log | None = None) -> bytes:
    files = {**(log or _log()).files(), **changed}
    return pack((name, data) for name, data in sorted(files.items()) if data is not None)


def _flipped(path: str, at: int, log: Log | None = None) -> bytes:
    """The bundle with one bit of one file changed."""
    data = bytearray((log or _log()).files()[path])
    data[at] ^= 1
    return _with({path: bytes(data)}, log)


def _entries(*order: int) -> Log:
    """The log with these entries, nothing signed anew."""
    return _log().but(entries=tuple(_log().entries[index] for index in order))


def _start(index: int, log: Log | None = None) -> int:
    """Where an entry of the first entry bundle begins, after its length."""
    return sum(2 + len(entry) for entry in (log or _log()).entries[:index]) + 2


def _swapped(*, tiles: bool) -> bytes:
    log = _entries(*range(10), 11, 10, *range(12, SIZE))
    return log.bundle if tiles else _with({ENTRIES: log.files()[ENTRIES]})


def _said(size: int, root: bytes | None = None, origin: str = LOG.verifier.name) -> bytes:
    """The bundle with a checkpoint that says something else, signed all the same."""
    by = LOG if origin == LOG.verifier.name else signer(origin, 1)
    return _with({"checkpoint": signed_head(Checkpoint(origin, size, root or _log().root), WITNESSES, by)})


def _checkpoint(old: bytes, new: bytes) -> bytes:
    assert old in _log().checkpoint
    return _with({"checkpoint": _log().checkpoint.replace(old, new, 1)})


def _cosigned(*times: int) -> bytes:
    """The bundle cosigned by one witness at these times."""
    text = _log().checkpoint.partition(b"\n\n")[0] + b"\n"
    lines = [got(checkpoint.cosign(text, WITNESSES[0], time)) for time in times]
    return _with({"checkpoint": got(note.build(text, got(note.signature_line(text, LOG)), *lines))})


def _beyond() -> tuple[bytes, bytes]:
    """The last signature line, and the same with a time of 2^63."""
    text, _, lines = _log().checkpoint.partition(b"\n\n")
    signature = WITNESSES[1].sign(b"cosignature/v1\ntime %d\n%b\n" % (2**63, text))
    line = note.SignatureLine(WITNESSES[1].verifier.name, WITNESSES[1].verifier.key_id, (2**63).to_bytes(8) + signature)
    return lines.splitlines(keepends=True)[-1], bytes(line)


def _beside() -> tuple[bytes, bytes]:
    """The log's signature line, and the same with a false one after it."""
    own = _log().checkpoint.partition(b"\n\n")[2].splitlines(keepends=True)[0]
    return own, own + bytes(note.SignatureLine(LOG.verifier.name, LOG.verifier.key_id, bytes(64)))


def _again(signed: bytes) -> bytes:
    """A note with its first signature line written twice."""
    text, _, lines = signed.partition(b"\n\n")
    return text + b"\n\n" + lines.splitlines(keepends=True)[0] + lines


def _extended(line: str) -> bytes:
    said = Checkpoint(LOG.verifier.name, SIZE, _log().root, (line,))
    return _with({"checkpoint": signed_head(said, WITNESSES)})


def _resigned(*, keys_too: bool) -> bytes:
    log = make_log(SIZE, fork=25)
    forged = log.but(checkpoint=head(log.leaves, WITNESSES, OTHER_LOG))
    changed = {"keys": forged.keys.replace(LOG.verifier.vkey.encode(), OTHER_LOG.verifier.vkey.encode())}
    return _with(dict(changed) if keys_too else {}, forged)


def _document(change: Callable[[bytes], bytes]) -> bytes:
    name = min(_log().documents)
    return _with({f"documents/{name}": change(_log().documents[name])})


def _holder() -> int:
    """The entry that commits to the document of `_document`."""
    committed = base64(bytes.fromhex(min(_log().documents))).encode()
    return next(index for index, entry in enumerate(_log().entries) if committed in entry)


def _erased_name() -> str:
    commitment = _log().entries[30].split(b'"commitments":["')[1][:44]
    return (from_base64(commitment) or b"").hex()


def _released(*, erased: bool) -> bytes:
    """The bundle with documents that it lacked: the erased one, or all others."""
    chosen = {name for name in _log().withheld if (name == _erased_name()) == erased}
    return _with({f"documents/{name}": _log().withheld[name] for name in chosen})


def _empty() -> bytes:
    return Writer().seal().bundle


ENTRIES, LEAVES = "tile/entries/000.p/40", "tile/0/000.p/40"

GOOD: Final = {
    "good": Case(lambda: _log().bundle, 0),
    "good, no act at all": Case(_empty, 0),
    "good, one full tile": Case(lambda: make_log(256).bundle, 0),
    "good, one act in the second tile": Case(lambda: make_log(257).bundle, 0),
    "good, without documents": Case(lambda: _log().but(documents={}).bundle, 0),
    "good, no witness": Case(lambda: _log().but(witnesses=(), checkpoint=head(_log().leaves, ())).bundle, 0),
    "good, a witness is silent": Case(lambda: _log().but(checkpoint=head(_log().leaves, WITNESSES[:1])).bundle, 0),
    "good, a witness signed twice": Case(lambda: _cosigned(5, 6, 6), 0),
    "good, cosigned at the beginning and the end of time": Case(lambda: _cosigned(0, 2**63 - 1), 0),
    "good, the log signed twice": Case(lambda: _with({"checkpoint": _again(_log().checkpoint)}), 0),
    "good, an extension that looks like a signature": Case(lambda: _extended("— x AAAAAAA="), 0),
    "good, files for people": Case(lambda: _with({"README.txt": b"Read.", "verify.html": b"<p>"}), 0),
    "good, stored": Case(lambda: pack(_log().files().items(), 0), 0),
    "good, in another order": Case(lambda: pack(reversed(_log().files().items())), 0),
    "good, the reader's key": Case(lambda: _log().bundle, 0, key=LOG.verifier.vkey),
    "good, since 20": Case(lambda: _log().bundle, 0, since=lambda: _log().older(20)),
    "good, since now": Case(lambda: _log().bundle, 0, since=lambda: _log().checkpoint),
    "good, since nothing": Case(lambda: _log().bundle, 0, since=lambda: _log().older(0)),
    "good, a fork alone": Case(lambda: make_log(SIZE, fork=25).bundle, 0),
    "good, since before the fork": Case(lambda: make_log(SIZE, fork=25).bundle, 0, since=lambda: _log().older(25)),
}

TREE: Final = {
    "an entry changed": Case(lambda: _flipped(ENTRIES, _start(17) + 40), 1, "tree", 17),
    "an entry changed, tiles made anew": Case(
        lambda: _log().but(entries=(*_log().entries[:17], b"x", *_log().entries[18:])).bundle, 1, "tree"
    ),
    "an entry's length changed": Case(lambda: _flipped(ENTRIES, _start(17) - 1), 1, "tree", 17),
    "an entry of the second tile changed": Case(
        lambda: _flipped("tile/entries/001.p/44", 40, make_log(300)), 1, "tree", 256
    ),
    "entries swapped": Case(lambda: _swapped(tiles=False), 1, "tree", 10),
    "entries swapped, tiles made anew": Case(lambda: _swapped(tiles=True), 1, "tree"),
    "the last entry dropped": Case(lambda: _with({ENTRIES: _log().files()[ENTRIES][: _start(39) - 2]}), 1, "tree", 39),
    "the last entry cut": Case(lambda: _with({ENTRIES: _log().files()[ENTRIES][:-1]}), 1, "tree", 39),
    "the last entry dropped, tiles made anew": Case(lambda: _entries(*range(39)).bundle, 2, "bundle"),
    "an entry too many": Case(lambda: _with({ENTRIES: _log().files()[ENTRIES] + b"\0\1x"}), 1, "tree"),
    "a leaf hash changed": Case(lambda: _flipped(LEAVES, 32 * 23 + 5), 1, "tree", 23),
    "a tile cut": Case(lambda: _with({LEAVES: _log().files()[LEAVES][:-1]}), 1, "tree"),
    "a tile of level 1 changed": Case(lambda: _flipped("tile/1/000.p/1", 3, make_log(300)), 1, "tree"),
    "another root, signed": Case(lambda: _said(SIZE, bytes(32)), 1, "tree"),
}

CHECKPOINT: Final = {
    "the root changed": Case(lambda: _checkpoint(b"\n40\n", b"\n40\nA"), 1, "checkpoint"),
    "the size changed": Case(lambda: _checkpoint(b"\n40\n", b"\n41\n"), 1, "checkpoint"),
    "a size with a leading zero": Case(lambda: _checkpoint(b"\n40\n", b"\n040\n"), 1, "checkpoint"),
    "a size beyond 63 bits": Case(lambda: _checkpoint(b"\n40\n", b"\n9223372036854775808\n"), 1, "checkpoint"),
    "a size of 5,000 digits": Case(lambda: _checkpoint(b"\n40\n", b"\n" + b"9" * 5000 + b"\n"), 1, "checkpoint"),
    "a gigantic size, signed": Case(lambda: _said(2**63 - 1), 2, "bundle"),
    "a size of 2^32, signed": Case(lambda: _said(2**32), 2, "bundle"),
    "a smaller size, signed": Case(lambda: _said(39), 2, "bundle"),
    "another origin, signed": Case(lambda: _said(SIZE, origin="corfu.example/other"), 1, "checkpoint"),
    "the checkpoint empty": Case(lambda: _with({"checkpoint": b""}), 1, "checkpoint"),
    "the checkpoint without signatures": Case(
        lambda: _with({"checkpoint": _log().checkpoint.partition(b"\n\n")[0] + b"\n\n"}), 1, "checkpoint"
    ),
    "the checkpoint not UTF-8": Case(lambda: _checkpoint(b"corfu", b"corf\xff"), 1, "checkpoint"),
    "signed by another key of that name": Case(lambda: _resigned(keys_too=False), 1, "checkpoint"),
    "signed anew with a key put in its place": Case(lambda: _resigned(keys_too=True), 1, "key", 0),
    "that, read with the reader's key": Case(
        lambda: _resigned(keys_too=True), 1, "checkpoint", key=LOG.verifier.vkey
    ),
    "the reader's key is another": Case(lambda: _log().bundle, 1, "checkpoint", key=OTHER_LOG.verifier.vkey),
    "the reader's key is of another name": Case(lambda: _log().bundle, 1, "checkpoint", key=NOR.verifier.vkey),
    "a false cosignature": Case(
        lambda: _checkpoint(_log().checkpoint[-30:], b"A" * 25 + _log().checkpoint[-5:]), 1, "cosignature"
    ),
    "cosigned beyond 63 bits": Case(lambda: _checkpoint(*_beyond()), 1, "cosignature"),
    "a log's signature that is false beside a right one": Case(lambda: _checkpoint(*_beside()), 1, "checkpoint"),
    "a cosignature under another name": Case(lambda: _checkpoint(b"/west ", b"/best "), 1, "cosignature"),
    "a cosigner who is not in keys": Case(
        lambda: _log().but(witnesses=WITNESSES[:1]).bundle, 1, "cosignature"
    ),
    "a fork, since after it": Case(
        lambda: make_log(SIZE, fork=25).bundle, 1, "since", since=lambda: _log().older(30)
    ),
    "a fork, since its size": Case(lambda: make_log(SIZE, fork=25).bundle, 1, "since", since=lambda: _log().checkpoint),
    "since is longer": Case(lambda: _log().bundle, 1, "since", since=lambda: make_log(300).checkpoint),
    "since changed": Case(
        lambda: _log().bundle, 1, "since", since=lambda: _log().older(20).replace(b"\n20\n", b"\n21\n")
    ),
    "since is no checkpoint": Case(lambda: _log().bundle, 1, "since", since=lambda: b"PK"),
    "since by another log": Case(
        lambda: _log().bundle, 1, "since", since=lambda: head(_log().leaves[:20], (), signer("corfu.example/other", 1))
    ),
}  # fmt: skip

DOCUMENTS: Final = {
    "a document altered": Case(lambda: _document(lambda data: data + b"!"), 1, "document", _holder()),
    "a salt altered": Case(lambda: _document(lambda data: b"\0" + data[1:]), 1, "document", _holder()),
    "a document without a salt": Case(lambda: _document(lambda data: data[:31]), 1, "document", _holder()),
    "an empty document": Case(lambda: _document(lambda data: b""), 1, "document", _holder()),
    "a document nobody committed to": Case(lambda: _with({"documents/" + "00" * 32: bytes(40)}), 1, "document"),
    "an erased document": Case(lambda: _released(erased=True), 1, "document", 30),
    "good, documents of another layer": Case(lambda: _released(erased=False), 0),
}  # fmt: skip


CASES: Final[dict[str, Case]] = {
    **GOOD, **TREE, **CHECKPOINT, **DOCUMENTS,
    **{name: Case(make, *said) for name, (make, *said) in cases_acts.CASES.items()},
    **{name: Case(make, 2, "bundle") for name, make in cases_zip.cases(_log).items()},
}  # fmt: skip
