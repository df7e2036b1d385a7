"""Server time, queries and weight of pages, in a process of its own: `python -m benchmarks.pages ARGUMENTS`.

Prints figures as JSON: for each page seconds (median, p95), the queries of one request, its HTML's bytes, compressed;
and the bytes of its first view in a browser, in two languages, or why there are none.
"""

import gzip
import json
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any, Final

PAGES: Final = (
    "", "processes/corfu/", "countries/", "countries/kz/", "meetings/", "meetings/2009-corfu/",
    "meetings/kinds/pc-plenary/", "decisions/", "decisions/pc-dec-150/", "structures/", "structures/chairpersonship/",
    "structures/field-operations/", "structures/chart/", "about/rules/", "about/leadership/", "our-work/fields/",
    "stories/corfu-process/", "record/", "record/acts/600/",
)  # fmt: skip


def measured(page: str, times: int) -> dict[str, Any]:
    """One page in three languages, so many times each: made anew, and as it is kept for readers without a cookie."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    reader, stranger, weight = Client(), Client(), 0
    reader.cookies["a"] = "b"  # whoever has a cookie gets a page of their own
    anew: list[float] = []
    kept: list[float] = []
    for lang in ("en", "fr", "ru"):
        address = f"/{lang}/{page}"
        first = stranger.get(address)
        assert first.status_code == 200, f"{address}: {first.status_code}"
        weight = max(weight, len(gzip.compress(first.content, 6)))
        for client, took in times * ((reader, anew), (stranger, kept)):
            began = time.perf_counter()
            client.get(address)
            took.append(time.perf_counter() - began)
    with CaptureQueriesContext(connection) as queries:
        reader.get(f"/en/{page}")
    return {
        "page": page or "(home)",
        "queries": len(queries),
        "bytes": weight,
        "anew": [median(anew), sorted(anew)[int(0.95 * len(anew))]],
        "kept": [median(kept), sorted(kept)[int(0.95 * len(kept))]],
    }


def views(folder: Path) -> dict[str, list[int]] | str:
    """First views of the same house, from the server that `corfu serve` starts: it alone holds the log meanwhile."""
    from benchmarks import weight
    from corfu.acts import writer

    writer.close()
    return weight.weigh(folder, PAGES)


def main(arguments: str) -> None:
    """Fill a house in a folder that is gone afterwards, and measure."""
    given: dict[str, Any] = json.loads(arguments)
    with tempfile.TemporaryDirectory(prefix="corfu-bench-") as folder:
        data = Path(folder) / "house"
        from benchmarks import house
        from corfu.site import setup

        with setup.making(data):
            setup.django_for(data)
            setup.make_database("bench.example/record", house.NOW)
            acts = house.fill(given["decisions"])
        (data / "static").mkdir()
        from django.conf import settings

        from corfu.site import serve

        settings.ALLOWED_HOSTS = ["*"]
        serve.collect()
        found = [measured(page, given["times"]) for page in PAGES]
        print(json.dumps({"acts": acts, "pages": found, "views": views(data)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
