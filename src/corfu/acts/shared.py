"""The log's tables within the application's own database: an act and its effect are one transaction.

`corfu.acts.store.Database` over Django's connection of the thread that writes. There is one writing process, which
holds the file `writer.lock`, and in it one thread at a time.
"""

from collections.abc import Sequence
from typing import Final

from django.db import DatabaseError, connection, transaction

from corfu.acts import postgresql, sqlite
from corfu.acts.store import Database, Values

_LOCK: Final = "SELECT pg_advisory_xact_lock(1668248166)"  # "corf", as in corfu.acts.postgresql


class SharedDatabase:
    """Django's connection as the log's database; `corfu.acts.store.Database`."""

    error: type[Exception] = DatabaseError

    def __init__(self) -> None:
        """Nothing is asked of the connection yet."""
        self._open: list[transaction.Atomic] = []

    def rows(self, statement: str, values: Values = ()) -> list[Values]:
        """Run one statement and fetch what it gives."""
        with connection.cursor() as cursor:
            cursor.execute(statement.replace("?", "%s"), values or None)
            found = cursor.fetchall() if cursor.description else []
        return [tuple(map(_plain, row)) for row in found]

    def many(self, statement: str, rows: Sequence[Values]) -> None:
        """Run one statement for each row."""
        with connection.cursor() as cursor:
            cursor.executemany(statement.replace("?", "%s"), rows)

    def begin(self, *, durable: bool = True) -> None:
        """Begin a transaction. All of them are durable: what is not the record's may be in them too.

        Raises RuntimeError inside of another: what is signed after this one's commit would not be on the disk.
        """
        del durable
        atomic = transaction.atomic(durable=True)
        atomic.__enter__()
        self._open.append(atomic)
        if connection.vendor == "postgresql":
            try:
                self.rows(_LOCK)
            except DatabaseError:
                self.rollback()
                raise

    def commit(self) -> None:
        """End it."""
        self._open.pop().__exit__(None, None, None)

    def rollback(self) -> None:
        """Undo it."""
        if self._open:
            self._open.pop().__exit__(DatabaseError, DatabaseError("undone"), None)

    def create(self) -> None:
        """Make tables and triggers."""
        self._own().create()

    def exists(self) -> bool:
        """Whether there is a log in it."""
        return self._own().exists()

    def schema_problem(self) -> str | None:
        """What of the log's tables or triggers is not as `create` made it."""
        return self._own().schema_problem()

    def shred(self) -> None:
        """After an erasure: take what was erased out of the database's files, as far as it can."""
        self._own().shred()

    def close(self) -> None:
        """The connection is Django's: it is closed when Django closes it."""

    def _own(self) -> Database:
        connection.ensure_connection()
        if connection.vendor == "postgresql":
            return _Postgresql(connection.connection, DatabaseError)
        return sqlite.SqliteDatabase(connection.connection, writing=True)


class _Postgresql(postgresql.PostgresqlDatabase):
    """Schema and triggers by Django's cursors, which bind values on the client's side."""

    def rows(self, statement: str, values: Values = ()) -> list[Values]:
        """Run one statement and fetch what it gives."""
        return SharedDatabase().rows(statement, values)


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value
