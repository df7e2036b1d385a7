"""An installation that holds the demonstration's record, made once for all tests of the public pages."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.house import copy, demonstration, use

Where = tuple[Path, str | None]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Where:
    """An installation with the Corfu Process and the exercise in it: its folder, and its database's address."""
    server = request.getfixturevalue("postgresql") if request.param == "postgresql" else None
    folder = tmp_path_factory.mktemp("public")
    return folder, copy(demonstration, folder, server)


@pytest.fixture
def public(filled: Where) -> Iterator[Any]:
    """A reader's client on it. Tests only read."""
    from django.db import connections
    from django.test import Client

    from corfu.acts import writer

    use(*filled)
    yield Client()
    writer.close()
    connections["default"].close()
