"""Every page on which a text is negotiated, in a house of many texts: server time, number of queries, weight."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, Final

from benchmarks.page_rows import weights
from benchmarks.rows import Row, Setting

LARGE: Final = {"texts/big/", "texts/big/?view=brackets", "texts/big/?view=NOR"}
"""A rolling text of 200 paragraphs with 500 brackets: it may take longer."""


def texts(setting: Setting) -> Iterator[Row]:
    """Server time in the process itself, whole middleware included, as a delegate or the chair gets the page."""
    whole = setting.times > 1
    arguments = {"times": 4 * setting.times, "texts": 200 if whole else 5, "amendments": 20_000 if whole else 4_000}
    command = [sys.executable, "-m", "benchmarks.text_pages", json.dumps(arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    held = found["held"]
    said = f"{held['texts']} texts, {held['versions']:,} versions, {held['amendments']:,} amendments"
    for one in found["pages"]:
        bar = 0.060 if one["page"] in LARGE else 0.025
        yield Row(
            f"/en/{one['page']} ({said})",
            f"p95 {_ms(one['p95'])}",
            "median; the first after an act; queries at most",
            f"{_ms(one['median'])}; {_ms(one['first'])}; {one['queries']}",
            bar=f"p95 ≤ {1000 * bar:.0f} ms, ≤ 12 queries", met=one["p95"] <= bar and one["queries"] <= 12,
        )  # fmt: skip
    yield from weights(found["views"])


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.1f} ms"
