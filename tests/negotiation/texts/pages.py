"""Pages of texts in tests: a browser for each delegation, forms read from pages, queries counted."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

from tests.negotiation.texts import table


def client(code: str | None) -> Any:
    """A browser in which somebody acts for this participant, or nobody."""
    from django.test import Client

    made = Client()
    if code:
        assert made.post("/en/act-for/", {"code": code}).status_code == 302
    return made


def url(path: str = "") -> str:
    return f"/en/texts/{table.SLUG}/{path}"


def seen(response: Any) -> str:
    """What a page says: its text, tags aside, spaces single."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


def hidden(response: Any, name: str) -> str:
    """The value of the first hidden field of this name."""
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found, name
    return unescape(found[1])


@contextmanager
def at_most(queries: int) -> Iterator[None]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        yield
    assert len(found) <= queries, "\n".join(one["sql"][:300] for one in found)
