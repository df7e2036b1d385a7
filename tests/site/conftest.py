"""An installation with the cast in it, on either database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import copied, with_cast


@pytest.fixture
def house(tmp_path: Path, address: str | None) -> Iterator[Path]:
    """An installation in which the cast takes part."""
    with copied(with_cast, tmp_path / "house", address) as folder:
        yield folder
