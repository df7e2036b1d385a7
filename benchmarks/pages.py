"""Server time, queries and weight of pages, in a process of its own: `python -m benchmarks.pages ARGUMENTS`.

Prints figures as JSON: for each page and reader seconds (median, p95), the most queries of one request, its HTML's
bytes, compressed; and the bytes of its first view in a browser, in two languages, or why there are none.
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
DELEGATION: Final = "NOR"

Readers = dict[str, Any]
"""Django's test clients by what they get: pages "kept" in memory, made "anew", or made for a "delegate"."""


def readers() -> Readers:
    """A stranger, whoever has a cookie, and a delegation of the exercise after its one click."""
    from django.conf import settings
    from django.test import Client

    found = {"kept": Client(), "anew": Client(), "delegate": Client()}
    found["anew"].cookies["a"] = "b"
    settings.CORFU_EXERCISE = True
    assert found["delegate"].post("/en/act-for/", {"code": DELEGATION}).status_code == 302
    return found


def asked(name: str, address: str, who: Readers) -> Any:
    """A page as one of the readers gets it: the delegate on a site that says it is an exercise, the others on one of
    history alone, where no page sets a cookie."""
    from django.conf import settings

    settings.CORFU_EXERCISE = name == "delegate"
    return who[name].get(address)


def measured(page: str, times: int, who: Readers) -> dict[str, Any]:
    """One page in three languages, so many times each for each reader, in turn."""
    took: dict[str, list[float]] = {name: [] for name in who}
    weight = 0
    for lang in ("en", "fr", "ru"):
        address = f"/{lang}/{page}"
        for name in who:
            first = asked(name, address, who)
            assert first.status_code == 200, f"{address}: {first.status_code}"
            weight = max(weight, len(gzip.compress(first.content, 6)))
        for name in times * tuple(who):
            began = time.perf_counter()
            asked(name, address, who)
            took[name].append(time.perf_counter() - began)
    figures = {name: [median(all_), sorted(all_)[int(0.95 * len(all_))]] for name, all_ in took.items()}
    return {"page": page or "(home)", "queries": queries(f"/en/{page}", who), "bytes": weight, **figures}


def queries(address: str, who: Readers) -> int:
    """How many queries a page takes at most, whoever reads it."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    most = 0
    for name in who:
        with CaptureQueriesContext(connection) as made:
            asked(name, address, who)
        most = max(most, len(made))
    return most


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
        who = readers()
        found = [measured(page, given["times"], who) for page in PAGES]
        print(json.dumps({"acts": acts, "pages": found, "views": views(data)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
