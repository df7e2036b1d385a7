"""A writer in a process of its own, to be killed: `python -m tests.acts.appender LOG NOTES SIGNED`.

NOTES: acts one after the other. It opens the log, says "ready", waits for a line, appends the acts in batches of 1, 1,
2, 1 and so on, and for each that was acknowledged prints its index and receipt. SIGNED: a file of zeros, mapped into
memory, in which every checkpoint stands that was ever signed, from the moment of its signing on: a store to memory is
no system call, and outlives the process.
"""

import mmap
import os
import sys
from itertools import cycle
from pathlib import Path

from corfu.acts import start
from corfu.acts.log import Accepted, Submission
from corfu.record import checkpoint
from corfu.record.checkpoint import Checkpoint
from corfu.record.keys import SignerKey
from corfu.record.refusal import Refused
from tests.record.vectors import got

SIZES = (1, 1, 2)


def notes_of(data: bytes) -> list[bytes]:
    """Acts that stand one after the other."""
    lines = data.splitlines(keepends=True)
    return [b"".join(lines[at : at + 4]) for at in range(0, len(lines), 4)]


def witnessed(path: Path) -> None:
    """From now on, every checkpoint that is signed stands in the file, each ended by a zero."""
    with path.open("r+b") as file:
        seen = mmap.mmap(file.fileno(), 0)
    sign, at = checkpoint.sign, 0

    def signing(said: Checkpoint, signer: SignerKey) -> bytes | Refused:
        nonlocal at
        signed = got(sign(said, signer))
        seen[at : at + len(signed)] = signed
        at += len(signed) + 1
        return signed

    checkpoint.sign = signing  # type: ignore[assignment]


def main(folder: str, notes: str, signed: str) -> None:
    """Append until all is done, or until the world ends."""
    witnessed(Path(signed))
    log = got(start.open_log(Path(folder)))
    left = notes_of(Path(notes).read_bytes())
    sizes = cycle(SIZES)
    os.write(1, b"ready\n")
    os.read(0, 100)
    while left:
        size = next(sizes)
        batch, left = left[:size], left[size:]
        for one in log.append([Submission(note) for note in batch]):
            assert isinstance(one, Accepted), str(one)
            os.write(1, b"%d %s\n" % (one.place, bytes(one.receipt).hex().encode()))
    log.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
