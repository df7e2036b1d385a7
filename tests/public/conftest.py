"""An installation that holds the demonstration's record, made once for all tests of the public pages."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.acts import cluster
from tests.house import NOW, installation, use

Where = tuple[Path, str | None]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Where:
    """An installation with the Corfu Process and the exercise in it: its folder, and its database's address."""
    server = request.getfixturevalue("postgresql") if request.param == "postgresql" else None
    address = cluster.fresh_schema(server) if server else None
    with installation(tmp_path_factory.mktemp("public") / "house", address) as folder:
        from corfu.site import demo

        demo.fill(NOW)
    return folder, address


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
