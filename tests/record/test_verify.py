"""The audit of bundles: every case of the table by both Python verifiers, and what the command says and writes."""

import ast
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corfu.cli import main
from corfu.record import bundle, keys, standalone, verify
from corfu.record.keys import VerifierKey
from corfu.record.ledger import Ledger
from corfu.record.refusal import Refused
from corfu.record.report import WORDS
from tests.record.cases import CASES, Case
from tests.record.logs import LOG, WITNESSES, Log, make_log, pack
from tests.record.standalone import PATH, judged, load
from tests.record.vectors import got

TWICE_BAD = {"bundle: files that would be too large together"}
"""Bundles with two things wrong, of which each verifier may name the one it comes to first."""


@pytest.fixture(scope="module")
def log() -> Log:
    return make_log(1000)


def key_of(case: Case) -> VerifierKey | None:
    return got(keys.parse_vkey(case.key)) if case.key else None


def alone(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, str]:
    """What corfu-verify.py gives and prints."""
    monkeypatch.setattr(sys, "argv", ["corfu-verify.py", *arguments])
    code = load().main()
    return code, capsys.readouterr().out


def written(folder: Path, case: Case) -> list[str]:
    """The case as files, and the options that name them."""
    (folder / "bundle.zip").write_bytes(case.make())
    options = [str(folder / "bundle.zip")]
    if case.since:
        (folder / "since").write_bytes(case.since())
        options += ["--since", str(folder / "since")]
    return [*options, "--key", case.key] if case.key else options


@pytest.mark.parametrize("name", CASES)
def test_all_verifiers_say_the_same_of_every_case(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = CASES[name]
    report = verify.verify(case.make(), case.since and case.since(), key_of(case))
    fault = report.fault
    assert verify.verify(case.make(), case.since and case.since(), key_of(case), threads=3) == report
    assert (report.verdict, fault and fault.what, fault and fault.index) == (case.verdict, case.what, case.index)
    assert fault is None or (fault.what in WORDS and fault.why.endswith(".") and fault.why.isascii()), fault
    if name in TWICE_BAD:
        assert judged(case.make()) == (case.verdict, case.what, case.index)
        return
    options = written(tmp_path, case)
    before = sorted(tmp_path.iterdir())
    assert alone(capsys, monkeypatch, *options, "--json") == (case.verdict, report.as_json())
    assert alone(capsys, monkeypatch, *options) == (case.verdict, report.as_text())
    assert (main(["verify", *options, "--json"]), capsys.readouterr().out) == (case.verdict, report.as_json())
    assert (main(["verify", *options]), capsys.readouterr().out) == (case.verdict, report.as_text())
    assert sorted(tmp_path.iterdir()) == before, "reading writes nothing"


def test_the_good_log_of_1000_acts_is_verified(log: Log) -> None:
    report = verify.verify(log.bundle, log.older(500), LOG.verifier)
    assert report.verdict == 0, report
    acts = dict.fromkeys(("entries", "acts", "signatures", "chain", "seen"), 1000)
    few = {"files": 340, "checkpoint": 1, "cosignatures": 2, "tiles": 5, "since": 1, "documents": 329}
    assert report.counts == acts | few
    assert judged(log.bundle, log.older(500), LOG.verifier.vkey) == (0, None, None)


def test_a_fork_of_the_1000_acts_is_false_since_the_log_was_seen(log: Log) -> None:
    fork = make_log(1000, fork=700)
    for since, verdict in ((log.older(700), 0), (log.older(701), 1), (log.checkpoint, 1)):
        report = verify.verify(fork.bundle, since)
        assert report.verdict == verdict
        assert (report.fault and report.fault.what) == ("since" if verdict else None)
        assert judged(fork.bundle, since)[0] == verdict


def test_the_report_in_json(log: Log) -> None:
    said = json.loads(verify.verify(log.bundle).as_json())
    assert list(said) == ["corfu_verify", "verdict", "origin", "size", "root", "checks", "false", "not_checked"]
    assert (said["corfu_verify"], said["size"], said["false"]) == (1, 1000, None)
    assert {"what": "signatures", "count": 1000} in said["checks"]
    assert any("993 amendment.file" in sentence for sentence in said["not_checked"])
    assert any("112, of which 1 were erased" in sentence for sentence in said["not_checked"])


def test_files_that_are_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "good.zip").write_bytes(CASES["good"].make())
    for arguments in (
        [str(tmp_path / "no.zip")],
        [str(tmp_path)],
        [str(tmp_path / "good.zip"), "--since", str(tmp_path / "no")],
        [str(tmp_path / "good.zip"), "--key", "not a key"],
        [str(tmp_path / "good.zip"), "--key", ""],
        [str(tmp_path / "good.zip"), "--key", WITNESSES[0].verifier.vkey],
    ):
        assert main(["verify", *arguments]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.startswith("corfu: ")
        assert said.err.count("\n") == 1
        assert run(PATH, *arguments) == 2


def test_the_standalone_needs_nothing_but_python_3_9_and_pynacl() -> None:
    source = PATH.read_text()
    assert len(source.splitlines()) <= 500
    assert "corfu." not in source.replace("corfu.example", "")
    ast.parse(source, feature_version=(3, 9))
    imported = {line.split()[1].split(".")[0] for line in source.splitlines() if line.startswith(("import ", "from "))}
    assert imported - sys.stdlib_module_names == {"nacl"}


# Bundles, made and read.


def test_a_bundle_that_is_made_is_read_and_verified(log: Log) -> None:
    documents = {bytes.fromhex(name): (data[:32], data[32:]) for name, data in log.documents.items()}
    witnesses = [one.verifier for one in log.witnesses]
    made = got(bundle.make(log.entries, log.checkpoint, LOG.verifier, witnesses, documents, standalone.files()))
    assert made == got(bundle.make(log.entries, log.checkpoint, LOG.verifier, witnesses, documents, standalone.files()))
    found = got(bundle.read(made))
    assert dict(found.tiles) == log.tiles
    assert found.committed == {name: name for name in documents}
    assert (found.log, found.witnesses) == (LOG.verifier, tuple(witnesses))
    name = min(documents)
    assert found.document(name) == documents[name]
    assert found.document(bytes(32)) is None
    assert set(found.for_people) >= {"README.txt", "corfu-verify.py"}
    assert verify.verify(made).verdict == 0
    assert judged(made)[0] == 0


def test_a_bundle_that_could_not_be_read_is_not_made(log: Log) -> None:
    witness = WITNESSES[0].verifier
    for refused in (
        bundle.make([b"x" * 70_000], log.checkpoint, LOG.verifier),
        bundle.make([], log.checkpoint, witness),
        bundle.make([], log.checkpoint, LOG.verifier, [witness, witness]),
        bundle.make([], b"x" * 2_000_000, LOG.verifier),
        bundle.make([], log.checkpoint, LOG.verifier, for_people={"notes.txt": b""}),
    ):
        assert isinstance(refused, Refused)


def test_a_document_that_deflates_too_well_is_stored() -> None:
    documents = {bytes(32): (bytes(32), b" " * 5_000_000)}
    made = got(bundle.make([], make_log(24).older(0), LOG.verifier, documents=documents))
    assert len(made) > 5_000_000
    assert isinstance(
        bundle.read(pack({"checkpoint": b"", f"documents/{'00' * 32}": bytes(5_000_000)}.items())), Refused
    )


# Receipts.


def test_receipts_from_a_bundle_prove_their_entries(log: Log) -> None:
    found = got(bundle.read(log.bundle))
    opened = got(verify.open_tree(found))
    witnesses = [one.verifier for one in WITNESSES]
    module = load()
    for index in range(0, 1000, 37):
        receipt = got(verify.make_receipt(opened, found.checkpoint, index))
        assert receipt == verify.receipt(found, index)
        assert len(receipt) <= 2_500
        assert verify.check_receipt(receipt, log.entries[index], LOG.verifier, witnesses) is None
        other = log.entries[index - 1]
        fault = verify.check_receipt(receipt, other, LOG.verifier, witnesses)
        assert fault is not None
        assert fault.what == "tree"
        assert verify.check_receipt(receipt, log.entries[index], LOG.verifier) is not None, "who cosigned is unknown"
        log_key, *known = module.read_keys(log.keys)
        module.check_receipt(receipt, log.entries[index], log_key, known)
        with pytest.raises(module.Wrong):
            module.check_receipt(receipt, other, log_key, known)
    assert isinstance(verify.receipt(found, 1000), Refused)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 17, 31])
def test_every_receipt_of_small_logs(size: int) -> None:
    log = make_log(40)
    entries, signed = log.entries[:size], log.older(size)
    made = got(bundle.read(got(bundle.make(entries, signed, LOG.verifier))))
    module = load()
    (key,) = module.read_keys(bundle.keys_file(LOG.verifier))
    for index in range(size):
        receipt = got(verify.receipt(made, index))
        for entry, holds in ((entries[index], True), (log.entries[-1], False)):
            assert (verify.check_receipt(receipt, entry, LOG.verifier) is None) == holds
            try:
                module.check_receipt(receipt, entry, key, [])
            except module.Wrong:
                assert not holds
            else:
                assert holds


# What nobody thought of.


@settings(max_examples=60)
@given(st.data())
def test_any_change_of_a_bundle_is_never_verified_and_never_crashes(data: st.DataObject) -> None:
    whole = bytearray(make_log(40).bundle)
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    report = verify.verify(bytes(whole))
    same = report.verdict, report.fault and report.fault.what, report.fault and report.fault.index
    assert judged(bytes(whole)) == same
    if report.verdict == 0:  # the zip's own times and the like: every file is what it was
        assert got(bundle.read(bytes(whole))).tiles == got(bundle.read(make_log(40).bundle)).tiles


@given(st.binary(max_size=300))
def test_any_bytes_are_refused(data: bytes) -> None:
    assert verify.verify(data).verdict == 2
    assert verify.verify(pack([("checkpoint", data), ("keys", make_log(40).keys)])).verdict == 1
    assert judged(pack([("checkpoint", make_log(40).checkpoint), ("keys", data)]))[0] == 2


@settings(max_examples=200)
@given(st.binary(max_size=200), st.integers(0, 3))
def test_any_bytes_in_the_place_of_an_act_are_judged_alike(noise: bytes, how: int) -> None:
    """Both parsers of acts agree on what is an act: on noise, and on noise within one."""
    entry = make_log(40).entries[9]
    at = int.from_bytes(noise[:2] or b"\0") % len(entry)
    changed = [noise, entry[:at] + noise + entry[at:], entry[:at] + noise + entry[at + len(noise) :], entry[at:]][how]
    module = load()
    ledger = Ledger(LOG.verifier, lambda _: bytes(32))
    fault = ledger.add(changed, bytes(32))
    is_form = fault is not None and fault.act is None
    assert is_form == (module.parse_act(changed) is None)


def run(*arguments: Any) -> int:
    """A process of its own, with an environment in which nothing of ours can be found."""
    import subprocess

    site = Path(sys.modules["nacl"].__file__ or "").parent.parent
    environment = {"PATH": os.defpath, "PYTHONPATH": str(site)}
    return subprocess.run([sys.executable, "-S", *map(str, arguments)], env=environment, check=False).returncode


def test_the_standalone_as_a_stranger_runs_it(tmp_path: Path) -> None:
    for name, code in (("good", 0), ("an entry changed", 1), ("bundle: not a zip", 2)):
        (tmp_path / "b.zip").write_bytes(CASES[name].make())
        assert run(PATH, tmp_path / "b.zip") == code
    assert run(PATH, tmp_path / "none.zip") == 2
