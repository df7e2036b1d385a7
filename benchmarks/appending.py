"""Appending to a log, in a process and on a core of its own: `python -m benchmarks.appending TASK ARGUMENTS`.

Acts are built and signed beforehand. Prints figures as JSON.
"""

import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any, Final

from corfu.acts import start
from corfu.acts.home import read_key
from corfu.acts.log import Accepted, Log, Submission
from corfu.record import act, keys
from corfu.record.keys import SignerKey
from corfu.record.refusal import Refused

ORIGIN: Final = "bench.example/record"
AT: Final = "2026-11-23T09:10:00Z"
TITLES: Final = (
    "Draft decision on the notification of certain military activities, paragraph {}",
    "Проект решения об уведомлении о некоторых видах военной деятельности, пункт {}",
    "关于通报某些军事活动的决定草案，第{}段",
)
BATCH: Final = 100


def made(log: Log, by: SignerKey, number: int, prev: str | None, **payload: object) -> Submission:
    """An act, signed; its author has seen the last checkpoint."""
    author = by.verifier.name.partition("/")[2]
    members = {
        "act": "amendment.file", "at": AT, "author": author, "id": f"{author}-{number:012}", "log": log.origin,
        "prev": prev, "seen": log.seen(), "text": "dd7/rev.4",
    }  # fmt: skip
    note = act.build({**members, **payload}, by)
    assert isinstance(note, bytes)
    return Submission(note)


def delegations(log: Log, count: int) -> list[SignerKey]:
    """So many delegations, their keys enrolled."""
    registrar = read_key(log.home.registrar)
    assert isinstance(registrar, SignerKey)
    found: list[SignerKey] = []
    for number in range(count):
        key = keys.signer_key(f"delegation/D{number}", bytes([number + 1]) * 32)
        assert isinstance(key, SignerKey)
        payload = {"act": "key.enrol", "custody": "delegation", "for": f"D{number}", "key": key.verifier.vkey}
        append(log, [made(log, registrar, number, log.prev("SEC"), **payload)])
        found.append(key)
    return found


def amendments(log: Log, by: SignerKey, count: int) -> list[Submission]:
    """Acts of one delegation, one after the other."""
    found: list[Submission] = []
    prev = None
    for number in range(count):
        found.append(made(log, by, number, prev, title=TITLES[number % 3].format(number)))
        parsed = act.parse(found[-1].note)
        assert not isinstance(parsed, Refused)
        prev = parsed.hash
    return found


def append(log: Log, batch: Sequence[Submission], *, receipts: bool = True) -> None:
    """Append what is good. `receipts`: and write out the receipt of each act."""
    for one in log.append(batch):
        assert isinstance(one, Accepted), str(one)
        if receipts:
            bytes(one.receipt)


def syncs(folder: Path, count: int = 100) -> float:
    """The seconds that this disk takes to sync a page that was appended: fdatasync, the median."""
    took: list[float] = []
    with (folder / "probe").open("wb", buffering=0) as file:
        for _ in range(count):
            file.write(bytes(4096))
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            took.append(time.perf_counter() - began)
    return median(took)


def opened(folder: Path, address: str | None) -> Log:
    """A new log."""
    log = start.init(folder / "log", ORIGIN, AT, "0123456789abcdef", address=address)
    assert isinstance(log, Log), str(log)
    return log


def batches(
    folder: Path, *, acts: int, threads: int, receipts: bool = False, address: str | None = None
) -> dict[str, float]:
    """Acts a second in batches of 100, from so many threads, each of which brings one delegation's acts in order."""
    log = opened(folder, address)
    each = [amendments(log, by, acts // threads) for by in delegations(log, threads)]
    before = syncs(folder)

    def bring(notes: list[Submission]) -> None:
        for at in range(0, len(notes), BATCH):
            append(log, notes[at : at + BATCH], receipts=receipts)

    workers = [threading.Thread(target=bring, args=(notes,)) for notes in each]
    began, used = time.perf_counter(), time.process_time()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    took, used = time.perf_counter() - began, time.process_time() - used
    log.close()
    return {"acts": acts / took, "busy": used / took, "sync": median([before, syncs(folder)]), "check": checks(each[0])}


def checks(notes: Sequence[Submission]) -> float:
    """The seconds of a signature's check alone, as long as it takes on this core."""
    parsed = [one for one in (act.parse(note.note) for note in notes[:1000]) if not isinstance(one, Refused)]
    signer = keys.signer_key("delegation/D0", bytes([1]) * 32)
    assert isinstance(signer, SignerKey)
    known = {(signer.verifier.name, signer.verifier.key_id): signer.verifier}
    began = time.perf_counter()
    for one in parsed:
        act.verify(one, known)
    return (time.perf_counter() - began) / len(parsed)


def single(folder: Path, *, acts: int, address: str | None = None) -> dict[str, float]:
    """Seconds from handing in one act to its receipt, and the disk's own sync measured in turn with it."""
    log = opened(folder, address)
    (by,) = delegations(log, 1)
    took: list[float] = []
    own: list[float] = []
    for note in amendments(log, by, acts):
        own.append(syncs(folder, 1))
        began = time.perf_counter()
        append(log, [note])
        took.append(time.perf_counter() - began)
    log.close()
    return {"act": median(took), "slow": sorted(took)[int(len(took) * 0.95)], "sync": median(own)}


TASKS: Final[dict[str, Callable[..., dict[str, float]]]] = {"batches": batches, "single": single}


def main(task: str, arguments: str) -> None:
    """Do a task on one core, in a folder that is gone afterwards."""
    given: dict[str, Any] = json.loads(arguments)
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    # Where the project stands, since a system may keep its folder for temporary files in memory.
    with tempfile.TemporaryDirectory(prefix=".corfu-bench-", dir=Path()) as folder:
        print(json.dumps(TASKS[task](Path(folder), **given)))


if __name__ == "__main__":
    main(*sys.argv[1:])
