"""Time and memory: of one piece of work in a process of its own, and of a whole command."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
WATCHED: Final = Path(__file__).with_name("watched.py")


def cold(task: str, times: int, **arguments: Any) -> dict[str, float]:
    """The median figures of a task of benchmarks.cold, each time in a fresh process, where nothing is cached yet."""
    return in_turn(task, times, [arguments])[0]


def in_turn(task: str, times: int, cases: Sequence[dict[str, Any]]) -> list[dict[str, float]]:
    """The same for several cases that are to be compared: measured in turn, so that a machine that is busy for a
    while is busy for all of them."""
    found: list[list[dict[str, float]]] = [[] for _ in cases]
    for _ in range(times):
        for n, arguments in enumerate(cases):
            command = [sys.executable, "-m", "benchmarks.cold", task, json.dumps(arguments)]
            done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, cwd=ROOT)
            found[n].append(json.loads(done.stdout))
    return [{name: median(one[name] for one in each) for name in each[0]} for each in found]


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole process: seconds from start to end, its peak memory in MB, and what it said last if it failed."""

    seconds: float
    megabytes: float
    failed: str = ""


def whole(command: Sequence[str], times: int) -> Whole:
    """Run a command so many times: the median time, the largest memory."""
    runs: list[Whole] = []
    for _ in range(times):
        # A small process in between: the peak that the system reports of a child begins with that of its parent.
        watched = [sys.executable, "-S", str(WATCHED), *command]
        done = subprocess.run(watched, capture_output=True, check=True, text=True)
        told = json.loads(done.stdout)
        if told["code"]:
            last = (done.stderr.strip() or "no word").splitlines()[-1]
            return Whole(0.0, 0.0, f"it ended with code {told['code']} ({last})")
        runs.append(Whole(told["seconds"], told["megabytes"]))
    return Whole(median(run.seconds for run in runs), max(run.megabytes for run in runs))


def corfu(*arguments: str | Path) -> list[str]:
    """The command line of `corfu` with these arguments."""
    return [sys.executable, "-m", "corfu.cli", *map(str, arguments)]
