"""Both databases, for every test that asks for `address`."""

from collections.abc import Iterator

import pytest

from tests.acts import cluster


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
