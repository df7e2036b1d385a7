"""An installation with the cast in it, on either database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import cast
from tests.house import installation


@pytest.fixture
def house(tmp_path: Path, address: str | None) -> Iterator[Path]:
    """An installation in which the cast takes part."""
    with installation(tmp_path / "house", address) as folder:
        cast.assemble()
        yield folder
