"""An installation that holds the demonstration's record, made once for all tests of the public pages."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.house import NOW, installation, use


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation with the Corfu Process and the exercise in it."""
    with installation(tmp_path_factory.mktemp("public") / "house") as folder:
        from corfu.site import demo

        demo.fill(NOW)
    return folder


@pytest.fixture
def public(filled: Path) -> Iterator[Any]:
    """A reader's client on it. Tests only read."""
    from django.db import connections
    from django.test import Client

    from corfu.acts import writer

    use(filled, None)
    yield Client()
    writer.close()
    connections["default"].close()
