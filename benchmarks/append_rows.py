"""Appending to a log: acts a second in batches, and the time of one durable act beside the disk's own sync."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from statistics import median
from typing import Any, Final

from benchmarks.measuring import ROOT
from benchmarks.rows import Row, Setting, skipped
from tests.acts import cluster

ACTS: Final = 6_000
BAR: Final = 8_000
SINGLE: Final = 200


def appending(setting: Setting) -> Iterator[Row]:
    """The whole pipeline in batches of 100: form, signature, rules, hash, durable commit, checkpoint."""
    alone = {"acts": ACTS, "threads": 1}
    one, proven, two = _in_turn("batches", setting.times, [alone, alone | {"receipts": True}, alone | {"threads": 2}])
    bare = 1 / one["check"]
    yield Row(
        f"append {ACTS:,} acts in batches of 100, one core, SQLite", f"{one['acts']:,.0f} acts/s",
        "their signatures alone, by libsodium", f"{bare:,.0f} /s", f"{one['acts'] / bare:.2f} ×",
        f"≥ {BAR:,} acts/s", one["acts"] >= BAR, _busy(one),
    )  # fmt: skip
    yield Row("the same, by that core's own time, without what it waited", f"{one['acts'] / one['busy']:,.0f} acts/s")
    yield Row("the same, and each act's receipt written out", f"{proven['acts']:,.0f} acts/s")
    yield Row("the same without receipts, from two threads on that core", f"{two['acts']:,.0f} acts/s")
    with _server() as address:
        what = "the same, one thread, PostgreSQL (its server on any core)"
        if address is None:
            yield skipped(what, cluster.ABSENT)
            return
        (found,) = _in_turn("batches", setting.times, [alone | {"address": address}])
    yield Row(what, f"{found['acts']:,.0f} acts/s")


def durable(setting: Setting) -> Iterator[Row]:
    """One act at a time, from handing it in to its receipt; the disk's sync is measured before each."""
    (found,) = _in_turn("single", setting.times, [{"acts": SINGLE}])
    bar = 3 * found["sync"] + 0.005
    yield Row(
        f"one durable act, SQLite, median of {SINGLE}", _ms(found["act"]),
        "fdatasync of a page appended, measured in turn with it", f"{_ms(found['sync'])} = {1 / found['sync']:,.0f} /s",
        f"{found['act'] / found['sync']:.1f} ×", f"≤ 3 × that + 5 ms = {_ms(bar)}", found["act"] <= bar,
        f"One act takes two syncs, one after the other: the commit, then the file with the last checkpoint. One in"
        f" twenty took more than {_ms(found['slow'])}.",
    )  # fmt: skip
    with _server() as address:
        what = "the same, PostgreSQL"
        if address is None:
            yield skipped(what, cluster.ABSENT)
            return
        (other,) = _in_turn("single", setting.times, [{"acts": SINGLE, "address": address}])
    limit = 3 * other["sync"] + 0.005
    bar_text = f"≤ {_ms(limit)}"
    yield Row(what, _ms(other["act"]), "the same", _ms(other["sync"]), bar=bar_text, met=other["act"] <= limit)


def _busy(found: dict[str, float]) -> str:
    syncs = 2 * ACTS / 100
    return (
        f"The core worked on it for {found['busy']:.0%} of the time of a median run; the rest it waited for other"
        f" processes or for the disk, which syncs two times a batch, {syncs:,.0f} times in all, and took"
        f" {_ms(found['sync'])} for one fdatasync then."
    )


def _ms(took: float) -> str:
    return f"{1000 * took:.3g} ms"


def _in_turn(task: str, times: int, cases: list[dict[str, Any]]) -> list[dict[str, float]]:
    """The median figures of a task of benchmarks.appending, each time in a fresh process, the cases in turn."""
    found: list[list[dict[str, float]]] = [[] for _ in cases]
    for _ in range(times):
        for case, each in zip(cases, found, strict=True):
            given = dict(case)
            if "address" in given:
                given["address"] = cluster.fresh_schema(given["address"])
            command = [sys.executable, "-m", "benchmarks.appending", task, json.dumps(given)]
            done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, cwd=ROOT)
            each.append(json.loads(done.stdout))
    return [{name: median(one[name] for one in each) for name in each[0]} for each in found]


@contextmanager
def _server() -> Iterator[str | None]:
    """The address of a PostgreSQL server with its usual settings; None where there is none."""
    if not find_spec("psycopg"):
        yield None
        return
    with cluster.running() as address:
        yield address
