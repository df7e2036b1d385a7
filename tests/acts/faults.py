"""The fault sweep: `python -m tests.acts.faults [--postgresql] [--short]`.

Each system call that an appending writer makes is made to fail once (EIO, and ENOSPC where it writes), and the writer
is killed once at each, by strace. After every fault the log is opened anew and must be whole: every acknowledged act is
in it, every checkpoint that was ever signed, shown or not, is a head of it, and it goes on.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from corfu.acts import start
from corfu.acts.audit import Audited
from corfu.acts.home import read_key
from corfu.acts.lock import read_head
from corfu.acts.log import Submission
from corfu.record import checkpoint, note, proof
from tests.acts import cluster
from tests.acts.appender import notes_of
from tests.acts.samples import append, new_log, opened
from tests.record.vectors import ORIGIN, got, trusting

TRACED: Final = "!exit_group"
"""Every call but the very last, which the system cannot fail; nothing comes after it."""
WRITING: Final = {"write", "pwrite64", "fsync", "fdatasync", "rename", "ftruncate", "openat", "unlink", "sendto"}
PATIENCE: Final = 5.0
"""Seconds that a writer may take, ten times as long as it does."""
LOCKED: Final = 15.0
"""The same with SQLite, which waits ten seconds for a lock: its own, where the call that gives it up has failed."""
HUNG: Final = 1000
_CALL: Final = re.compile(r"^(?:\[pid +\d+\] )?([a-z0-9_]+)\(", re.MULTILINE)
ENDS: Final = {0: "went on to the end", -9: "killed", HUNG: "waited for ever"}
_RECEIPT: Final = re.compile(rb"^(\d+) ([0-9a-f]+)\n", re.MULTILINE)


@dataclass(frozen=True)
class Fault:
    """The `nth` call of that name, since the writer was ready, goes wrong: by an error, or because it is killed."""

    call: str
    nth: int
    how: str

    @property
    def option(self) -> str:
        """For strace."""
        effect = "signal=KILL" if self.how == "KILL" else f"error={self.how}"
        return f"inject={self.call}:{effect}:when={self.nth}"


class Broken(AssertionError):
    """What no fault may bring about."""


class Sweep:
    """A small log, acts that fit it, and one trial after the other on copies of them."""

    def __init__(self, folder: Path, address: str | None = None) -> None:
        """`address`: that of a PostgreSQL server in which each trial gets a schema of its own."""
        self.folder = folder
        self.address = address
        self._notes = b""

    def ready(self) -> tuple[Path, Path]:
        """A fresh log of 14 entries, and the file with the acts to come: always the same for SQLite."""
        home = self.folder / "log"
        if self.address is None and self._notes:
            shutil.rmtree(home)
            shutil.copytree(self.folder / "first", home)
        else:
            shutil.rmtree(home, ignore_errors=True)
            log = new_log(home, cluster.fresh_schema(self.address) if self.address else None)
            scribe = opened(log)
            append(log, scribe.enrolments())
            append(log, scribe.amendments(2))
            append(log, scribe.amendments(3))
            append(log, scribe.amendments(5))
            log.close()
            scribe.look()
            self._notes = b"".join(scribe.write("text.note", scribe.registrar) for _ in range(6))
            (self.folder / "notes").write_bytes(self._notes)
            if self.address is None:
                shutil.copytree(home, self.folder / "first")
        (self.folder / "signed").write_bytes(bytes(100_000))
        return home, self.folder / "notes"

    def run(self, *injected: str, trace: Path | None = None) -> tuple[bytes, int]:
        """One writer, with strace at its side from the moment it is ready: what it said, and its exit code."""
        home, notes = self.ready()
        command = [sys.executable, "-m", "tests.acts.appender", str(home), str(notes), str(self.folder / "signed")]
        child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
        )
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            assert child.stdout.readline() == b"ready\n"
            output = str(trace) if trace else os.devnull
            options = ["-f", "-e", f"trace={TRACED}", *(part for one in injected for part in ("-e", one))]
            strace = ["strace", *options, "-o", output, "-p", str(child.pid)]
            tracer = subprocess.Popen(strace, stderr=subprocess.PIPE, text=True)
            assert tracer.stderr is not None
            said = tracer.stderr.readline()
            if "attached" not in said:
                tracer.wait()
                raise PermissionError(said.strip())
            child.stdin.write(b"go\n")
            told, code = self._ended(child)
            tracer.wait(timeout=60)
            tracer.stderr.close()
        finally:
            child.kill()
            child.wait()
            child.stdin.close()
            child.stdout.close()
        return told, code

    def _ended(self, child: "subprocess.Popen[bytes]") -> tuple[bytes, int]:
        """What it said, and its exit code; HUNG if it had to be ended: it waits for an answer that will not come."""
        hung = threading.Event()

        def end() -> None:
            hung.set()
            child.kill()

        timer = threading.Timer(PATIENCE if self.address else LOCKED, end)
        timer.start()
        try:
            assert child.stdout is not None
            told, code = child.stdout.read(), child.wait()
        finally:
            timer.cancel()
        return told, HUNG if hung.is_set() else code

    def calls(self) -> list[str]:
        """The calls of a run in which nothing goes wrong."""
        trace = self.folder / "trace"
        told, code = self.run(trace=trace)
        assert code == 0
        assert len(_RECEIPT.findall(told)) == 6
        self.check(told)
        lines = re.sub(r"^\d+ +", "", trace.read_text(), flags=re.MULTILINE)
        found = _CALL.findall(lines)
        first = next(n for n, call in enumerate(found) if call not in {"read", "restart_syscall"})
        return found[first - 1 :] if found[0] == "read" else found

    def check(self, told: bytes) -> int:
        """Open the log anew and hold it to what was told; gives how many acts were acknowledged."""
        home = self.folder / "log"
        notes = notes_of(self._notes)
        key = got(read_key(home / "log.key"))
        shown = [got(read_head(home / "checkpoint", key.verifier))]
        log = got(start.open_log(home))
        acknowledged = _RECEIPT.findall(told)
        for place, receipt in acknowledged:
            found = got(proof.parse(bytes.fromhex(receipt.decode())))
            entry = notes[int(place) - 14]
            got(proof.verify(found, entry, trusting(log.signer), ORIGIN))
            (there,) = log.store.entries(int(place), int(place) + 1)
            if there.note != entry:
                raise Broken(f"the acknowledged act {place} is lost")
            shown.append(found.checkpoint)
        signed = (self.folder / "signed").read_bytes().split(b"\x00")
        shown += [*filter(None, signed), log.head, *(one for _, one in log.store.checkpoints())]
        for one in shown:
            said = got(checkpoint.parse(got(note.parse(one)).text))
            if log._hashes.root_at(said.size) != said.root or said.size > log.size:
                raise Broken(f"a checkpoint of {said.size} entries was signed that is no head of this log")
        left = notes[log.size - 14 :]
        for result in log.append([Submission(one) for one in left]):
            got(result)
        log.close()
        found_all = start.check(home)
        if not isinstance(found_all, Audited) or found_all.hashes.size != 20:
            raise Broken(f"the log is not whole afterwards: {found_all}")
        return len(acknowledged)


def faults(calls: Iterable[str], short: int = 0) -> list[Fault]:
    """Each call failing, and the writer killed at each. `short`: only every so manieth of those that write."""
    counted: Counter[str] = Counter()
    found: list[Fault] = []
    for call in calls:
        counted[call] += 1
        errors = ["EIO", "ENOSPC"] if call in {"write", "pwrite64"} else ["EIO"]
        found += [Fault(call, counted[call], how) for how in [*errors, "KILL"]]
    return [one for one in found if one.call in WRITING][::short] if short else found


def may_trace() -> str:
    """Why strace cannot be used here; empty if it can."""
    if not shutil.which("strace"):
        return "needs strace: apt-get install strace"
    done = subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else f"strace may not trace here: {done.stderr.strip()[:80]}"


def main() -> int:
    """Sweep and print the counts."""
    parser = argparse.ArgumentParser(prog="python -m tests.acts.faults")
    parser.add_argument(
        "--postgresql", action="store_true", help="a server is started; the writer's side has the faults"
    )
    parser.add_argument("--short", action="store_true")
    options = parser.parse_args()
    if why := may_trace():
        print(why)
        return 2
    with tempfile.TemporaryDirectory() as name, cluster.running() if options.postgresql else nullcontext() as address:
        sweep = Sweep(Path(name), address)
        calls = sweep.calls()
        print(f"{len(calls)} system calls: {dict(Counter(calls).most_common())}", flush=True)
        results: Counter[str] = Counter()
        acknowledged = 0
        todo = faults(calls, 9 if options.short else 0)
        for fault in todo:
            told, code = sweep.run(fault.option)
            results[f"{fault.how}: {ENDS.get(code, 'stopped')}"] += 1
            try:
                acknowledged += sweep.check(told)
            except AssertionError as error:
                print(f"BROKEN by {fault}: {error}", flush=True)
                results["BROKEN"] += 1
        print(f"{len(todo)} faults, {acknowledged} acts acknowledged, {results['BROKEN']} times broken")
        for how, count in sorted(results.items()):
            print(f"  {how}: {count}")
    return 1 if results["BROKEN"] else 0


if __name__ == "__main__":
    sys.exit(main())
