"""Find a Chromium for the tests, or bring one: the system's, Playwright's own, Debian's package, in this order.

`make test` runs this file; the fixture `browser` of conftest.py uses `launch`.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from typing import Final

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HELP: Final = (
    "No browser: its tests are skipped. To run them: apt-get install chromium, or reach Playwright's downloads."
)


def launch(playwright: Playwright) -> Browser:
    """Start the system's Chromium if there is one that starts, else Playwright's own; raises playwright's Error."""
    for path in filter(None, map(shutil.which, NAMES)):
        try:
            return playwright.chromium.launch(executable_path=path)
        except Error:
            continue
    return playwright.chromium.launch()


def version() -> str:
    """The version of the browser that starts here, or nothing."""
    with sync_playwright() as playwright:
        try:
            with launch(playwright) as browser:
                return browser.version
        except Error:
            return ""


def nothing_to_do() -> None:
    """Try what the machine has before bringing anything."""


def download() -> None:
    """Playwright's own build, without a window: about 110 MB, kept outside the project by Playwright."""
    run([sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"])


def install_debian_package() -> None:
    """Debian's Chromium, with every library it needs, where we may install packages."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        run(["apt-get", "update"])
        run(["apt-get", "install", "--yes", "--no-install-recommends", "chromium"])


def run(command: list[str]) -> None:
    """Run a step in silence: whether it helped shows in whether a browser starts."""
    environment = {**os.environ, "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "15000", "DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(command, env=environment, capture_output=True, check=False, timeout=600)
    except subprocess.TimeoutExpired:
        return


STEPS: Final[tuple[tuple[str, Callable[[], None]], ...]] = (
    ("", nothing_to_do),
    ("No browser here: fetching Playwright's own ...", download),
    ("That did not do: installing Debian's package chromium ...", install_debian_package),
)


def main() -> None:
    """Take the steps until a browser starts."""
    for saying, step in STEPS:
        if saying:
            print(saying, flush=True)
        step()
        if found := version():
            print(f"Browser for the tests: Chromium {found}.")
            return
    print(HELP)


if __name__ == "__main__":
    main()
