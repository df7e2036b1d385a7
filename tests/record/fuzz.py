"""Coverage-guided fuzzing of every parser: `python -m tests.record.fuzz MINUTES` (needs `pip install atheris`).

Not part of the test run. Whatever the bytes, a parser gives a value that is written as the same bytes again, or a
`Refused` whose sentence is one line; anything else stops the run and leaves the input in crash-*.
"""

import importlib
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from corfu.record import act, canonical, checkpoint, jcs, keys, note, proof, tiles, tree, witness
from corfu.record.checkpoint import Checkpoint
from corfu.record.refusal import Refused
from tests.record.vectors import ORIGIN, got, make_act, signer, trusting

LOG: Final = signer(ORIGIN)
KNOWN: Final = trusting(LOG, signer("delegation/NOR"))
HEAD: Final = got(checkpoint.sign(Checkpoint(ORIGIN, 1, b"\1" * 32), LOG))
RECEIPT: Final = got(proof.make(0, [], HEAD, b"extra"))
REQUEST: Final = got(witness.make_request(0, [], HEAD))
ACT: Final = make_act(titles=["Меры", "信任"], list=[1, -2, {"a": True}])


def same(parsed: Any, written: Callable[[Any], Any], data: object) -> None:
    """A value is written as it was read; a refusal is a sentence."""
    if isinstance(parsed, Refused):
        assert str(parsed).isprintable()
        assert len(str(parsed)) < 500
    else:
        assert written(parsed) == data, (data, written(parsed))


def line(data: bytes) -> None:
    """Canonical JSON, which JCS in general writes the same."""
    value = canonical.decode(data)
    same(value, canonical.encode, data)
    same(value, jcs.jcs, data)


def whole_act(data: bytes) -> None:
    """An act, and that it is a note to others too."""
    read = act.parse(data)
    same(read, lambda found: found.note, data)
    if not isinstance(read, Refused):
        assert bytes(got(note.parse(data))) == data
        act.admit(read)
        assert isinstance(act.verify(read, KNOWN), Refused) or data == ACT


def signed(data: bytes) -> None:
    """A note, and a checkpoint; no other than the true one is believed."""
    same(note.parse(data), bytes, data)
    opened = checkpoint.open_checkpoint(data, KNOWN)
    assert isinstance(opened, Refused) or opened.checkpoint == got(checkpoint.parse(HEAD.split(b"\n\n")[0] + b"\n"))


def texts(data: bytes) -> None:
    """Keys and paths, in text."""
    text = data.decode(errors="surrogateescape")
    same(keys.parse_vkey(text), lambda key: key.vkey, text)
    same(keys.parse_private_key(text), lambda key: key.private_key, text)
    same(tiles.parse_path(text), lambda tile: tile.path, text)


def bundle(data: bytes) -> None:
    """An entry bundle, its width the first byte, and a frontier."""
    same(tiles.unpack_entries(data[1:], data[0] if data else 0), tiles.pack_entries, data[1:])
    same(tree.parse_frontier(data), bytes, data)


def answer(data: bytes) -> None:
    """A witness's answer to anything."""
    same(witness.parse_request(data), bytes, data)
    logs = {ORIGIN: trusting(LOG)}
    assert witness.decide(data, logs, {}, signer("w", 2, keys.COSIGNATURE_V1), 1).status in {
        200,
        400,
        403,
        404,
        409,
        422,
    }


TARGETS: Final[dict[str, tuple[Callable[[bytes], None], list[bytes]]]] = {
    "act": (whole_act, [ACT]),
    "canonical": (line, [ACT.split(b"\n")[1], b"[]", '{"\U0001f600":[0,-1,null,"\\\\\\""]}'.encode()]),
    "note": (signed, [HEAD, ACT]),
    "checkpoint": (
        lambda data: same(checkpoint.parse(data), checkpoint.text_of, data),
        [HEAD.split(b"\n\n")[0] + b"\n"],
    ),
    "proof": (lambda data: same(proof.parse(data), bytes, data), [RECEIPT]),
    "texts": (texts, [LOG.verifier.vkey.encode(), LOG.private_key.encode(), b"tile/0/x001/067.p/5"]),
    "bundle": (bundle, [b"\2\0\1a\0\0", b"\0" * 7 + b"\1" + b"a" * 32]),
    "witness": (answer, [REQUEST]),
}


def one(data: bytes) -> None:
    """The first byte chooses the parser."""
    names = sorted(TARGETS)
    if data:
        TARGETS[names[data[0] % len(names)]][0](data[1:])


def main(minutes: float) -> None:
    """Fuzz for so many minutes, from seeds that are right."""
    try:
        atheris = importlib.import_module("atheris")  # no types for it
    except ImportError:
        sys.exit("atheris is absent: pip install atheris")
    with tempfile.TemporaryDirectory() as folder:
        for number, name in enumerate(sorted(TARGETS)):
            for at, seed in enumerate(TARGETS[name][1]):
                (Path(folder) / f"{name}-{at}").write_bytes(bytes([number]) + seed)
        atheris.instrument_all()
        atheris.Setup(["fuzz", f"-max_total_time={int(minutes * 60)}", "-max_len=4096", "-timeout=5", folder], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 10)
