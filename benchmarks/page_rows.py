"""Every page of a large house: server time, number of queries, weight."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, Final

from benchmarks.rows import Row, Setting, skipped

LIGHT: Final = 150_000
HEAVY: Final = {"": 7_900_000, "meetings/2009-corfu/": 9_000_000}
"""Indico 3.2.9, the home page and a meeting: bytes of a first view."""


def pages(setting: Setting) -> Iterator[Row]:
    """Server time in the process itself, whole middleware included; compressed HTML, and what a first view adds."""
    arguments = {"times": 4 * setting.times, "decisions": 5_000 if setting.times > 1 else 200}
    command = [sys.executable, "-m", "benchmarks.pages", json.dumps(arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    for one in found["pages"]:
        (kept, anew, delegate), queries = (one[name][1] for name in ("kept", "anew", "delegate")), one["queries"]
        yield Row(
            f"/en/{one['page']} ({found['acts']:,} acts in the house)",
            f"p95 {_ms(anew)} made anew, {_ms(delegate)} for a delegate",
            "kept in memory, p95; queries at most; HTML, compressed",
            f"{_ms(kept)}; {queries}; {one['bytes'] / 1000:.1f} kB",
            bar="p95 ≤ 25 ms, ≤ 12 queries", met=max(anew, delegate, kept) <= 0.025 and queries <= 12,
        )  # fmt: skip
    yield from weights(found["views"])


def weights(views: dict[str, list[int]] | str) -> Iterator[Row]:
    """First views with an empty cache: everything that comes over the wire, as it is served."""
    if isinstance(views, str):
        yield skipped("first views", views.removesuffix("."))
        return
    for page, (english, russian) in views.items():
        heavy = HEAVY.get(page)
        yield Row(
            f"first view of {page or '(home)'}", f"en {_kb(english)}, ru {_kb(russian)}",
            "Indico 3.2.9, uncompressed" if heavy else "–", f"{heavy / 1e6:.1f} MB" if heavy else "–",
            f"{heavy / max(english, russian):.0f} × lighter" if heavy else "–",
            bar="≤ 150 kB", met=max(english, russian) <= LIGHT,
        )  # fmt: skip


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.1f} ms"


def _kb(size: int) -> str:
    return f"{size / 1000:.1f} kB"
