"""Two people on the same thing at once, clicks that come twice, a server killed in the middle: on a real server."""

import html
import http.client
import http.cookiejar
import re
import signal
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pytest

from benchmarks.weight import serving_process
from tests.house import copied, demonstration

pytestmark = pytest.mark.slow

EDIT: Final = "/en/texts/dd7/paragraphs/p22/edit/"
_HIDDEN: Final = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


class Visitor:
    """Somebody with a browser of their own that keeps its cookies, and acts for a delegation."""

    def __init__(self, base: str, code: str) -> None:
        self.base = base
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.send("/en/act-for/", {"code": code}, self.read("/en/"))

    def read(self, path: str) -> str:
        page: str = self._opener.open(self.base + path, timeout=30).read().decode()
        return page

    def send(self, path: str, values: dict[str, str], page: str) -> tuple[int, str]:
        """Send a form of a page; gives the status and the page that follows."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token
        data = urllib.parse.urlencode({**values, "csrfmiddlewaretoken": token[1]}).encode()
        try:
            answer = self._opener.open(self.base + path, data, timeout=30)
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        return answer.status, answer.read().decode()

    def previewed(self, words: str) -> tuple[dict[str, str], str]:
        """The form by which new words of the paragraph are filed, and its page."""
        page = self.read(EDIT)
        hidden = {name: html.unescape(value) for name, value in _HIDDEN.findall(page)}
        typed = {**hidden, "what": "words", "words": words, "note": ""}
        status, preview = self.send(EDIT, {**typed, "step": "preview"}, page)
        assert status == 200
        seen = {name: html.unescape(value) for name, value in _HIDDEN.findall(preview)}
        return {**typed, **seen, "step": "file"}, preview


def at_once(*what: Callable[[], tuple[int, str]]) -> list[tuple[int, str]]:
    with ThreadPoolExecutor(len(what)) as pool:
        return [one.result() for one in [pool.submit(each) for each in what]]


def words(version: str) -> str:
    return f"12. Decides that this Decision takes effect on the day of its adoption, {version}."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A filled installation that nobody has open."""
    with copied(demonstration, tmp_path / "house") as made:
        return made


def test_what_comes_at_once_or_twice_or_before_a_crash_is_there_once(folder: Path) -> None:
    with serving_process(folder, command="demo") as (base, server):
        sarn, other_sarn, norvale = Visitor(base, "SAR"), Visitor(base, "SAR"), Visitor(base, "NOR")
        form, page = sarn.previewed(words("in all languages"))
        twice = at_once(*[lambda: sarn.send(EDIT, form, page)] * 4)
        assert sorted(status for status, _ in twice) == [200, 409, 409, 409]
        assert sum("You have filed exactly this already" in answer for _, answer in twice) == 3

        mine, my_page = other_sarn.previewed(words("in six languages"))
        theirs, their_page = norvale.previewed(words("in six languages"))
        both = at_once(lambda: other_sarn.send(EDIT, mine, my_page), lambda: norvale.send(EDIT, theirs, their_page))
        assert [status for status, _ in both] == [200, 200]

        told: list[int] = []
        file_until_it_dies(norvale, told, kill=lambda: server.send_signal(signal.SIGKILL))
        server.wait()
    with serving_process(folder, command="demo") as (base, _):
        page = Visitor(base, "NOR").read("/en/texts/dd7/?by=NOR")
        assert told and all(f"variant number {number}" in page for number in told)
        assert page.count("in six languages") >= 1


def file_until_it_dies(visitor: Visitor, told: list[int], kill: Callable[[], None]) -> None:
    """File one amendment after another until the server is killed; `told`: those that were said to be done."""
    timer = threading.Timer(1.5, kill)
    timer.start()
    try:
        for number in range(1_000):
            form, page = visitor.previewed(words(f"variant number {number}"))
            status, _ = visitor.send(EDIT, form, page)
            assert status == 200
            told.append(number)
    except (urllib.error.URLError, ConnectionError, TimeoutError, http.client.HTTPException):
        pass
    finally:
        timer.join()
