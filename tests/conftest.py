"""What any test may ask for by name, and what is skipped where a program or a folder is absent."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Error, sync_playwright

from tests.acts import cluster
from tests.setup_browser import HELP, launch

ROOT: Final = Path(__file__).resolve().parent.parent

# A busy machine is no bug: examples have no deadline of their own, each test has pytest-timeout's.
settings.register_profile("corfu", deadline=None, print_blob=True)
# New inputs are looked for where people work; a run that decides whether a change lands tries the same ones each time.
settings.register_profile("ci", settings.get_profile("corfu"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "corfu")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests that need LibreOffice where there is none."""
    if shutil.which("soffice"):
        return
    reason = pytest.mark.skip(reason="needs LibreOffice: apt-get install libreoffice-writer")
    for item in items:
        if "office" in item.keywords:
            item.add_marker(reason)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def dd7() -> Path:
    """The example: base.docx and the files that twelve delegations sent back."""
    return ROOT / "examples" / "dd7"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The data that stands beside the checkout and is not part of the project."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("needs ../shared/data, which stands beside the checkout where the project is developed")
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium without a window; mark the test `browser`."""
    with sync_playwright() as playwright:
        try:
            chromium = launch(playwright)
        except Error:
            pytest.skip(HELP)
        with chromium:
            yield chromium


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server."""
    pytest.importorskip("psycopg", reason="needs psycopg: pip install 'corfu[postgresql]'")
    with cluster.running() as address:
        if address is None:
            pytest.skip(cluster.ABSENT)
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> str | None:
    """Where a new log keeps its acts: None for SQLite, else an empty schema of PostgreSQL."""
    if request.param == "sqlite":
        return None
    return cluster.fresh_schema(request.getfixturevalue("postgresql"))
