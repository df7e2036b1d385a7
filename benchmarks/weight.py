"""What a first view of a page weighs over the wire: a real server, a real browser, an empty cache for each page."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Error, sync_playwright

from tests.setup_browser import HELP, launch

LANGUAGES: Final = ("en", "ru")
_PATIENCE: Final = 60.0


@contextmanager
def serving(folder: Path, *, command: str = "serve") -> Iterator[str]:
    """`corfu serve`, or `corfu demo`, on a free port, in a process of its own; gives "http://127.0.0.1:…"."""
    with serving_process(folder, command=command) as (base, _):
        yield base


@contextmanager
def serving_process(folder: Path, *, command: str = "serve") -> "Iterator[tuple[str, subprocess.Popen[bytes]]]":
    """The same, with the process itself."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    asked = [str(Path(sys.executable).with_name("corfu")), command, "--data", str(folder), "--port", str(port)]
    server = subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(base := f"http://127.0.0.1:{port}", server)
        yield base, server
    finally:
        server.terminate()
        server.wait()


def _wait(base: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(f"{base}/healthz").close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{server.args!r} does not answer")


def weigh(folder: Path, pages: Sequence[str], code: str = "") -> dict[str, list[int]] | str:
    """Bytes of each page's first view in each of LANGUAGES, headers included; or why nothing could be weighed.

    `code`: of the delegation of the exercise that reads.
    """
    with sync_playwright() as playwright:
        try:
            browser = launch(playwright)
        except Error:
            return HELP
        with browser, serving(folder, command="demo" if code else "serve") as base:
            state = signed_in(browser, base, code) if code else None
            return {page: [_view(browser, f"{base}/{lang}/{page}", state) for lang in LANGUAGES] for page in pages}


def signed_in(browser: Browser, base: str, code: str) -> Any:
    """The cookies of who acts for a delegation: its windows have seen nothing else."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{base}/en/")
        page.locator("#delegation").select_option(code)
        page.get_by_role("button", name="Act for this delegation").click()
        return context.storage_state()


def _view(browser: Browser, address: str, state: Any = None) -> int:
    """All bytes that come in for one page, in a context that has seen nothing before."""
    with browser.new_context(viewport={"width": 1280, "height": 900}, storage_state=state) as context:
        page = context.new_page()
        session, came = context.new_cdp_session(page), 0

        def finished(told: dict[str, Any]) -> None:
            nonlocal came
            came += int(told["encodedDataLength"])

        session.on("Network.loadingFinished", finished)
        session.send("Network.enable")
        answer = page.goto(address, wait_until="networkidle")
        assert answer is not None, address
        assert answer.status == 200, f"{address}: {answer.status}"
        page.evaluate("document.fonts.ready.then(() => 0)")
        return came
