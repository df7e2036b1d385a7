"""The whole site as a browser finds it: an installation behind a web server, and one address of every kind of page."""

import re
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tests.house import copied, demonstration

LANGUAGES: Final = ("en", "fr", "de", "it", "ru", "es")
_LINK: Final = re.compile(r'href="(/en/(?:[^"#?]*/|[^"#?]*[.]html)?)["#?]')
_CLASSES: Final = re.compile(r' class="([^"]*)"')
_EACH, _READ = 3, 60

Shape = frozenset[str]


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The demonstration, filled and served on a free port with its static files; gives "http://127.0.0.1:…"."""
    with copied(demonstration, folder):
        from django.core.management import call_command
        from django.core.servers.basehttp import ThreadedWSGIServer
        from django.core.wsgi import get_wsgi_application
        from django.test.testcases import QuietWSGIRequestHandler

        call_command("collectstatic", verbosity=0, interactive=False)
        server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
        server.set_app(get_wsgi_application())
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def kinds() -> dict[str, list[str]]:
    """Addresses (without their language) by the view that answers: up to three of each, as different as there are.

    Everything that the pages of one language link to is found by following links; of what there are hundreds of,
    the first sixty are read.
    """
    found: dict[str, dict[str, Shape]] = defaultdict(dict)
    for name, address, page in _followed():
        found[name][address.removeprefix("/en/")] = _shape(page)
    return {name: list(_unlike(shapes)) for name, shapes in found.items()}


def _followed() -> Iterator[tuple[str, str, str]]:
    from django.test import Client
    from django.urls import resolve

    client, waiting, seen = Client(), ["/en/"], {"/en/"}
    read: dict[str, int] = defaultdict(int)
    for address in waiting:
        name = resolve(address).view_name
        read[name] += 1
        if read[name] > _READ:
            continue
        response: Any = client.get(address)
        if response.status_code == 302:
            continue
        assert response.status_code == 200, address
        page = response.content.decode()
        yield name, address, page
        new = [link for link in dict.fromkeys(_LINK.findall(page)) if link not in seen]
        seen.update(new)
        waiting += new


def _shape(page: str) -> Shape:
    """Of which parts a page is made: the classes on it, which come from the templates."""
    return frozenset(name for names in _CLASSES.findall(page) for name in names.split())


def _unlike(shapes: dict[str, Shape]) -> Iterator[str]:
    """The page with the most parts, then each time the one that adds most to what was seen."""
    seen: set[str] = set()
    for _ in range(_EACH):
        best = max(shapes, key=lambda address: len(shapes[address] - seen))
        if seen and shapes[best] <= seen:
            return
        yield best
        seen |= shapes[best]
