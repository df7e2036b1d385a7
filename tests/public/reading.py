"""How tests read a public page: what every page must be, and how often it asks the database."""

import re
from itertools import pairwise
from typing import Any, Final

LANGUAGES: Final = ("en", "fr", "de", "it", "ru", "es")


def read(client: Any, address: str) -> str:
    """A page, after checking what every page must be."""
    response = client.get(address)
    assert response.status_code == 200, address
    page: str = response.content.decode()
    assert "<script" not in page and " style=" not in page
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", page)]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids)), sorted(ids)
    assert all(target in ids for target in re.findall(r'href="#([^"]+)"', page))
    return page


def queries(client: Any, address: str) -> int:
    """How many queries a page takes, once it is warm."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    return len(found)
