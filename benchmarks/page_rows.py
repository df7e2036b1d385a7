"""Every page of a large house: server time, number of queries, weight."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from benchmarks.rows import Row, Setting


def pages(setting: Setting) -> Iterator[Row]:
    """Server time in the process itself, whole middleware included; compressed HTML, and what a first view adds."""
    arguments = {"times": 5 * setting.times, "decisions": 5_000 if setting.times > 1 else 200}
    command = [sys.executable, "-m", "benchmarks.pages", json.dumps(arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    for one in found["pages"]:
        met = one["kept"][1] <= 0.025 and one["queries"] <= 12
        yield Row(
            f"/en/{one['page']} ({found['acts']:,} acts in the house)", f"p95 {_ms(one['kept'][1])}",
            "made anew: median, p95; queries; HTML, compressed",
            f"{_ms(one['anew'][0])}, {_ms(one['anew'][1])}; {one['queries']}; {one['bytes'] / 1000:.1f} kB",
            bar="p95 ≤ 25 ms, ≤ 12 queries", met=met,
        )  # fmt: skip


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.1f} ms"
