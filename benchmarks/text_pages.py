"""Time, queries and weight of texts' pages, in a process of its own: `python -m benchmarks.text_pages ARGUMENTS`.

Prints figures as JSON: what the house holds; for each page seconds (median, p95) as a delegate or the chair gets it,
seconds of the first one after an act on the text, the most queries of one request; the bytes of its first view in a
browser, in two languages, or why there are none.
"""

import json
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, Final

_BIG: Final = "texts/big/"
DELEGATE: Final = (
    "texts/", "brief/", _BIG, f"{_BIG}?view=brackets", f"{_BIG}?view=NOR", f"{_BIG}versions/", f"{_BIG}versions/39/",
    f"{_BIG}compare/?from=39&to=40", f"{_BIG}paragraphs/p5/", f"{_BIG}paragraphs/p5/edit/", f"{_BIG}add/",
    f"{_BIG}upload/", f"{_BIG}amendments/", f"{_BIG}mine/", f"{_BIG}languages/", f"{_BIG}languages/ru/",
    f"{_BIG}languages/ru/deliver/", "texts/text-3/", "texts/text-3/mine/", "texts/dd7/",
    "texts/dd7/paragraphs/p11/", "texts/dd7/versions/4/concordance/",
)  # fmt: skip
CHAIR: Final = ("texts/open/", "texts/dd7/desk/", "texts/text-3/desk/", f"{_BIG}desk/")
BY: Final = {"delegate": "NOR", "chair": "LUM"}


def clients() -> dict[str, Any]:
    """A delegate and the chair, after one click each."""
    from django.test import Client

    found = {name: Client() for name in BY}
    for name, code in BY.items():
        assert found[name].post("/en/act-for/", {"code": code}).status_code == 302
    return found


def measured(page: str, times: int, client: Any) -> dict[str, Any]:
    """One page in three languages: often, and once with nothing of its text in memory."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from corfu.negotiation.texts import queries

    took, first, most = [], [], 0
    for lang in ("en", "fr", "ru"):
        address = f"/{lang}/{page}"
        assert client.get(address).status_code == 200, address
        queries.STATES.clear()
        with CaptureQueriesContext(connection) as made:
            first.append(_timed(client, address))
            most = max(most, len(made))
        took += [_timed(client, address) for _ in range(times)]
    return {
        "page": page,
        "median": median(took),
        "p95": sorted(took)[int(0.95 * len(took))],
        "first": median(first),
        "queries": most,
    }


def _timed(client: Any, address: str) -> float:
    began = time.perf_counter()
    client.get(address)
    return time.perf_counter() - began


def main(arguments: str) -> None:
    """Fill a house in a folder that is gone afterwards, and measure."""
    given: dict[str, Any] = json.loads(arguments)
    with tempfile.TemporaryDirectory(prefix="corfu-bench-") as folder:
        data = Path(folder) / "house"
        from benchmarks import negotiations, weight
        from corfu.site import setup

        with setup.making(data):
            setup.django_for(data, exercise=True)
            setup.make_database("bench.example/record", datetime.now(UTC))
            from corfu.site import demo

            demo.fill(datetime.now(UTC))
            held = negotiations.fill(given["texts"], 40, given["amendments"])
        (data / "static").mkdir(exist_ok=True)
        from django.conf import settings

        from corfu.acts import writer
        from corfu.site import serve

        settings.ALLOWED_HOSTS = ["*"]
        serve.collect()
        who = clients()
        pages = [("delegate", page) for page in DELEGATE] + [("chair", page) for page in CHAIR]
        found = [measured(page, given["times"], who[name]) for name, page in pages]
        writer.close()
        views = weight.weigh(data, DELEGATE, BY["delegate"])
        of_chair = weight.weigh(data, CHAIR, BY["chair"])
        views = views | of_chair if isinstance(views, dict) and isinstance(of_chair, dict) else views
        print(json.dumps({"held": held, "pages": found, "views": views}))


if __name__ == "__main__":
    main(*sys.argv[1:])
