"""A disk that is full, a folder that is read-only, a writer that is killed: one sentence each, and nothing half made.

The commands run as they are, in processes of their own. A full disk is played by a limit on the size of files, which
asks for no mount: whatever would write beyond it fails.
"""

import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from corfu.acts import start
from corfu.acts.audit import Audited
from corfu.record import act
from tests.acts.faults import may_trace
from tests.acts.samples import Scribe, sample
from tests.record.vectors import ORIGIN, got, signer

CORFU = (sys.executable, "-m", "corfu.cli")
VKEY = signer(ORIGIN).verifier.vkey


def corfu(*command: str, limit: int | None = None, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run a command. `limit`: the size in bytes that no file may pass. `before`: what starts it."""

    def limited() -> None:
        assert limit is not None
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    whole = [*before, *CORFU, *command]
    own = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    prepare = None if limit is None else limited
    return subprocess.run(whole, capture_output=True, text=True, check=False, env=own, preexec_fn=prepare)


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    """What a command said that could not be done."""
    assert (done.returncode, done.stdout) == (2, ""), done
    (only,) = done.stderr.splitlines()
    assert only.startswith("corfu: ")
    return only


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A log of 30 acts."""
    sample(tmp_path / "log", 30, 10)
    return tmp_path / "log"


@pytest.fixture
def scribe(tmp_path: Path) -> Scribe:
    """That log, and who goes on writing it."""
    return sample(tmp_path / "log", 30, 10)


@pytest.mark.parametrize("limit", [0, 30, 100, 4_000, 20_000])
def test_a_log_that_finds_no_room_is_not_half_made(limit: int, tmp_path: Path) -> None:
    made = ("log", "init", str(tmp_path / "log"), "--origin", ORIGIN)
    assert "No log was made (" in sentence(corfu(*made, limit=limit))
    assert list(tmp_path.iterdir()) == []
    assert corfu(*made).returncode == 0


def test_a_key_and_a_witness_that_find_no_room_are_not_half_made(tmp_path: Path) -> None:
    for made in (
        ("key", "new", "delegation/NOR", "-o", str(tmp_path / "nor.key")),
        ("witness", "new", str(tmp_path / "ost"), "witness.example/ost", "--log", VKEY),
    ):
        assert ".key cannot be written: File too large." in sentence(corfu(*made, limit=30))
        assert list(tmp_path.glob("*")) == []
        assert corfu(*made).returncode == 0
        for path in tmp_path.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def test_acts_that_find_no_room_leave_the_log_as_it_was(scribe: Scribe, tmp_path: Path) -> None:
    notes = tmp_path / "notes.act"
    scribe.look()
    notes.write_bytes(scribe.write("text.note", scribe.registrar, text="x" * 60_000))
    command = ("log", "append", str(tmp_path / "log"), str(notes))
    full = (tmp_path / "log" / "log.sqlite3").stat().st_size
    assert "The log stopped (" in sentence(corfu(*command, limit=full))
    for limit in (0, 100, 20_000):
        said = sentence(corfu(*command, limit=limit))
        assert "see that the disk has room" in said or "The log stopped (" in said
    found = start.check(tmp_path / "log")
    assert isinstance(found, Audited)
    assert found.hashes.size == 30
    assert corfu(*command).stdout.startswith("30 text.note SEC ")


def test_a_log_that_may_only_be_read_says_so(log: Path) -> None:
    """Root may write everywhere, unless that is taken from it."""
    before: tuple[str, ...] = ()
    if os.geteuid() == 0:
        before = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
        if not shutil.which("setpriv") or corfu("--version", before=before).returncode:
            pytest.skip("needs another user than root, or setpriv of util-linux: apt-get install util-linux")
    for path in (log, *log.iterdir()):
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        for command in (("append", str(log), str(log / "checkpoint")), ("check", str(log))):
            assert "writer.lock cannot be written: Permission denied." in sentence(
                corfu("log", *command, before=before)
            )
        bundle = sentence(corfu("log", "bundle", str(log), "-o", str(log.parent / "log.zip"), before=before))
        assert "see that the disk has room and that you may write beside it" in bundle
    finally:
        log.chmod(0o700)
        for path in log.iterdir():
            path.chmod(0o700 if path.is_dir() else 0o600)
    assert isinstance(start.check(log), Audited)


@pytest.mark.slow
def test_a_command_that_is_killed_is_simply_given_again(scribe: Scribe, tmp_path: Path) -> None:
    """Before the commit is on the disk, after it, and when half of the acts were told."""
    if why := may_trace():
        pytest.skip(why)
    scribe.look()
    notes = [scribe.write("text.note", scribe.registrar) for _ in range(2)]
    names = [str(tmp_path / f"{got(act.parse(note)).members['id']}.act") for note in notes]
    for name, note in zip(names, notes, strict=True):
        Path(name).write_bytes(note)
    shutil.copytree(tmp_path / "log", tmp_path / "first")
    ends = set[str]()
    for call in ("fdatasync:signal=KILL:when=1", "fdatasync:signal=KILL:when=3", "write:signal=KILL:when=2"):
        shutil.rmtree(tmp_path / "log")
        shutil.copytree(tmp_path / "first", tmp_path / "log")
        command = ("log", "append", str(tmp_path / "log"), *names)
        strace = ("strace", "-f", "-o", os.devnull, "-e", f"trace={call.partition(':')[0]}", "-e", f"inject={call}")
        assert corfu(*command, before=strace).returncode in {-signal.SIGKILL, 128 + signal.SIGKILL}
        again = corfu(*command)
        if again.returncode == 0:
            assert [line.partition(" ")[0] for line in again.stdout.splitlines()] == ["30", "31"]
        else:
            said = [
                line.partition("This very act is in the log already, as entry ")[2]
                for line in again.stderr.splitlines()
            ]
            assert [one[:2] for one in said] == ["30", "31"]
        ends.add("appended" if again.returncode == 0 else "there")
        found = start.check(tmp_path / "log")
        assert isinstance(found, Audited)
        assert found.hashes.size == 32
    assert ends == {"appended", "there"}
