"""Group commit: many threads hand in one act each, and those that wait together are written together."""

import os
import sys
import threading
from collections import deque
from collections.abc import Callable
from typing import Final, NoReturn

from corfu.acts.log import Accepted, Log, Stopped, Submission
from corfu.record.refusal import Refused

LIMIT: Final = 256
"""How many acts one batch takes."""
STOPPED: Final = 70
"""The exit code of a process whose log has stopped: EX_SOFTWARE of sysexits.h."""


class _Waiting:
    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        self.result: Accepted | Refused | None = None


def leave(why: str) -> NoReturn:
    """End the process at once, all its threads: nothing may be said of acts whose fate nobody knows."""
    sys.stderr.write(f"corfu: {why}.\n")
    sys.stderr.flush()
    os._exit(STOPPED)


class Group:
    """The log for many threads. Whoever comes first writes for all that wait; there is no thread of its own."""

    def __init__(self, log: Log, stop: Callable[[str], NoReturn] = leave) -> None:
        """`stop`: what to do when the log has stopped; it must not return."""
        self._log = log
        self._stop = stop
        self._waiting: deque[_Waiting] = deque()
        self._leading = threading.Lock()

    def submit(self, submission: Submission) -> Accepted | Refused:
        """Append one act, together with others; returns when its receipt is durable, or with the refusal."""
        mine = _Waiting(submission)
        self._waiting.append(mine)
        with self._leading:
            while mine.result is None:
                self._write([self._waiting.popleft() for _ in range(min(LIMIT, len(self._waiting)))])
            return mine.result  # who waited for its turn was written by the one before, or has now written itself

    def _write(self, batch: list[_Waiting]) -> None:
        try:
            results = self._log.append([one.submission for one in batch])
        except Stopped as error:
            self._stop(str(error))
        for one, result in zip(batch, results, strict=True):
            one.result = result
