"""A log of 1,000 acts in three scripts, checked by software that we did not write.

Skipped where that software is absent; `python -m tests.record.interop.set_up` brings it, for tests only. `-s` shows
the counts.
"""

import base64
import json
import os
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from corfu.record import checkpoint, keys, note, tiles, tree, witness
from corfu.record.refusal import Refused
from tests.record.interop.set_up import FOLDER, GO_MOD, GO_SOURCES
from tests.record.logs import KAR, LOG, NOR, NOR_LATER, REGISTRAR, WITNESSES, ZEN, Log, head, make_log
from tests.record.vectors import ORIGIN, got, trusting

PROGRAMS: Final = Path(__file__).parent / "interop"
SET_UP: Final = "python -m tests.record.interop.set_up, and CORFU_INTEROP if it was given a folder"
PYTHON: Final = FOLDER / "venv" / "bin" / "python"
MODULES: Final = FOLDER / "node_modules"
OLD: Final = (1, 2, 255, 256, 257, 500, 512, 768, 999, 1000)


def go(folder: Path) -> list[str]:
    """Go's sumdb/note and sumdb/tlog."""
    if not shutil.which("go") or not (GO_MOD / "sumdb/tlog").is_dir():
        pytest.skip("needs Go: apt-get install golang-go golang-golang-x-mod-dev")
    return ["go", "run", str(PROGRAMS / "check.go"), str(folder)]


def sigstore_js(folder: Path) -> list[str]:
    """@sigstore/verify."""
    if not shutil.which("node") or not (MODULES / "@sigstore" / "verify").is_dir():
        pytest.skip(f"needs node and @sigstore/verify: {SET_UP}")
    return ["node", str(PROGRAMS / "check.cjs"), str(folder), str(MODULES)]


def python_with(program: str) -> str:
    """The Python that has a package, of PyPI."""
    if not next(FOLDER.glob(f"venv/lib/python*/site-packages/{program}"), None):
        pytest.skip(f"needs {program.replace('_', '-')} of PyPI, and Python 3.12: {SET_UP}")
    return str(PYTHON)


def aics(folder: Path) -> list[str]:
    """aics-tlog."""
    return [python_with("aics_tlog"), str(PROGRAMS / "check_aics.py"), str(folder)]


def sigstore_py(folder: Path) -> list[str]:
    """Sigstore for Python."""
    return [python_with("sigstore"), str(PROGRAMS / "check_sigstore.py"), str(folder)]


Program = Callable[[Path], list[str]]
SAME: Final = "inclusion proofs, each with the checkpoint's signature"
EXPECTED: Final[dict[Program, dict[str, int]]] = {
    go: {
        "acts": 1000,
        "checkpoint": 1,
        "consistency proofs": len(OLD),
        "entries": 1000,
        "inclusion proofs": 1000,
        "same proofs": 1000,
        "tiles": 5,
    },
    sigstore_js: {SAME: 1000},
    aics: {
        "acts": 1000,
        "checkpoint": 1,
        "consistency proofs": len(OLD),
        "cosignatures": 2,
        "entry bundles": 4,
        "inclusion proofs": 1000,
        "tiles": 5,
    },
    sigstore_py: {SAME: 1000},
}


def unpack(log: Log, folder: Path) -> None:
    """Write a log for the programs of others: its bundle unpacked, the keys, and the proofs we make."""
    for name, data in log.files().items():
        (folder / "bundle" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "bundle" / name).write_bytes(data)
    known = {
        "log": LOG.verifier.vkey,
        "acts": [key.verifier.vkey for key in (REGISTRAR, NOR, NOR_LATER, KAR, ZEN)],
        "witnesses": [key.verifier.vkey for key in WITNESSES],
    }
    (folder / "known.json").write_text(json.dumps(known))
    (folder / "proofs.json").write_text(json.dumps(proofs_of(log)))


def proofs_of(log: Log) -> dict[str, Any]:
    """Inclusion proofs of all entries, and consistency proofs from some older sizes, made from the tiles."""
    size = len(log.entries)
    opened = got(tiles.open_tree(size, log.root, lambda tile: log.tiles[tile.path]))

    def text(hashes: tuple[bytes, ...] | Refused) -> list[str]:
        return [base64.b64encode(one).decode() for one in got(hashes)]

    records = [text(tree.inclusion_proof(index, size, opened.read)) for index in range(size)]
    trees = [
        {
            "old": old,
            "root": base64.b64encode(got(tree.root_of(old, opened.read))).decode(),
            "proof": text(tree.consistency_proof(old, size, opened.read)),
        }
        for old in OLD
    ]
    return {"records": records, "trees": trees}


def run(command: list[str], cache: Path) -> subprocess.CompletedProcess[str]:
    """Run a program of others; Go builds without network, from the system's packages."""
    own = {"GOCACHE": str(cache), "GOPATH": str(GO_SOURCES), "GO111MODULE": "off", "GOFLAGS": "", "GOPROXY": "off"}
    return subprocess.run(command, env={**os.environ, **own}, capture_output=True, text=True, check=False, timeout=240)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where Go keeps what it has built."""
    return tmp_path_factory.mktemp("go")


@pytest.fixture(scope="module")
def log() -> Log:
    """The log: 1,000 acts with Latin, Cyrillic and Chinese titles."""
    whole = make_log(1000)
    words = b"".join(whole.entries).decode() + b"".join(data[32:] for data in whole.documents.values()).decode()
    assert all(re.search(letters, words) for letters in ("œuvre", "[а-я]{4}", "[\u4e00-\u9fff]{4}"))
    return whole


@pytest.mark.parametrize("program", EXPECTED, ids=lambda program: program.__name__)
def test_others_accept_our_log(program: Program, log: Log, tmp_path: Path, cache: Path) -> None:
    command = program(tmp_path)
    unpack(log, tmp_path)
    done = run(command, cache)
    assert done.returncode == 0, done.stderr
    counts = json.loads(done.stdout)
    assert counts == EXPECTED[program]
    print(program.__doc__, counts)


@pytest.mark.parametrize("program", EXPECTED, ids=lambda program: program.__name__)
def test_others_refuse_what_we_refuse(program: Program, log: Log, tmp_path: Path, cache: Path) -> None:
    """Else their yes would mean nothing: an entry, a proof, the checkpoint are changed in one place each."""
    command = program(tmp_path)
    for name, at in (("bundle/tile/entries/002", 4000), ("bundle/checkpoint", 30), ("proofs.json", 0)):
        unpack(log, tmp_path)
        data = bytearray((tmp_path / name).read_bytes())
        at = at or data.index(b"=") - 20
        data[at] = ord("B") if data[at] == ord("A") else ord("A")
        (tmp_path / name).write_bytes(data)
        assert run(command, cache).returncode != 0, name


@pytest.fixture
def other_witness(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """An aics-witness that follows our log: where it listens, and its key."""
    python = python_with("aics_witness")
    config = str(tmp_path / "witness.json")

    def aics_witness(*arguments: str) -> list[str]:
        return [python, "-m", "aics_witness", arguments[0], "--config", config, *arguments[1:]]

    made = subprocess.run(aics_witness("init", "--name", "aics.example/w1"), capture_output=True, text=True, check=True)
    subprocess.run(aics_witness("add-log", "--origin", ORIGIN, "--vkey", LOG.verifier.vkey), check=True)
    serve = aics_witness("serve", "--listen", "127.0.0.1:0")
    with subprocess.Popen(serve, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        for line in running.stderr:
            if listening := re.search(r"listening on (http\S+)", line):
                break
        else:
            pytest.fail("aics-witness did not start")
        yield listening[1], made.stdout.strip()
        running.terminate()


def submit(address: str, old: int, log: Log, signed: bytes) -> tuple[int, bytes]:
    """Ask a witness to cosign a head of the log, in the form of tlog-witness."""
    size = got(checkpoint.parse(got(note.parse(signed)).text)).size
    opened = got(tiles.open_tree(len(log.entries), log.root, lambda tile: log.tiles[tile.path]))
    proof = got(tree.consistency_proof(old, size, opened.read))
    request = urllib.request.Request(f"{address}/add-checkpoint", got(witness.make_request(old, proof, signed)))
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


def test_another_witness_cosigns_our_log(log: Log, other_witness: tuple[str, str]) -> None:
    address, vkey = other_witness
    assert re.search(r"\+[0-9a-f]{8}\+", vkey)
    cosigner = got(keys.parse_vkey(vkey))
    assert cosigner.kind == keys.COSIGNATURE_V1
    signed, older = head(log.leaves, witnesses=()), log.older(300)
    for old, said in ((0, older), (300, signed), (1000, signed)):
        status, line = submit(address, old, log, said)
        assert status == 200, line
        opened = got(checkpoint.open_checkpoint(said + line, trusting(LOG, cosigner)))
        assert [one.name for one in opened.cosigned] == ["aics.example/w1"]
        assert abs(opened.cosigned[0].timestamp - time.time()) < 300
    # It keeps what it has cosigned: an older head, a fork, and a head that nobody signed are refused.
    assert submit(address, 0, log, older)[0] == 409
    assert submit(address, 1000, log, head([*log.leaves[:-1], log.leaves[0]], witnesses=()))[0] in {409, 422}
    assert submit(address, 1000, log, head(log.leaves, (), KAR))[0] in {400, 403, 404}
