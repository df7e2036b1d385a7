"""Pages kept in memory until the next act.

What an anonymous reader sees is a function of the record, of who cosigned it, of the organisations' data and of the
day. So a page may be kept under its address for as long as these are the same, and nobody ever sees a stale one.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

from corfu.acts import queries
from corfu.acts.actor import ANONYMOUS
from corfu.acts.asking import actor_of, now_of

_PAGES: Final = 500
_LARGEST: Final = 300_000

Key = tuple[object, ...]


class _Kept:
    def __init__(self) -> None:
        self._pages: OrderedDict[Key, HttpResponse] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> HttpResponse | None:
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def put(self, key: Key, page: HttpResponse) -> None:
        with self._lock:
            self._pages[key] = page
            while len(self._pages) > _PAGES:
                self._pages.popitem(last=False)


def kept(following: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer from memory whoever asks without any cookie."""
    pages = _Kept()

    def respond(request: HttpRequest) -> HttpResponse:
        key = _key(request)
        found = pages.get(key) if key else None
        if found is not None:
            return _copy(found)
        response = following(request)
        if key and _may_keep(request, response):
            pages.put(key, _copy(response))
        return response

    return respond


def _key(request: HttpRequest) -> Key | None:
    if request.method != "GET" or request.COOKIES or actor_of(request) != ANONYMOUS:
        return None
    head, cosigned = queries.brief(), queries.last_cosigned()
    return head and (request.get_host(), request.get_full_path(), head, cosigned, now_of(request).date())


def _may_keep(request: HttpRequest, response: HttpResponse) -> bool:
    """Nothing that is for one reader alone, such as the token of a form; nothing large."""
    for_one = response.cookies or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
    html = response.headers.get("Content-Type", "").startswith("text/html")
    return response.status_code == 200 and html and not for_one and len(response.content) <= _LARGEST


def _copy(page: HttpResponse) -> HttpResponse:
    """Whoever stands outside may add headers and compress; what is kept stays as it is."""
    made = HttpResponse(page.content, status=page.status_code)
    for name, value in page.headers.items():
        made.headers[name] = value
    return made
