"""The store in SQLite: write-ahead log, synchronous=FULL, which returns from a commit when the disk has it."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from corfu.acts.home import SECRET, create
from corfu.acts.store import Values

# STRICT: a column holds its type and nothing else. REPLACE deletes without asking the DELETE triggers, so INSERT
# triggers refuse every place, commitment or size that there is already.
_TABLES: Final = {
    "entries": """CREATE TABLE entries (
  place INTEGER PRIMARY KEY CHECK (place >= 0),
  head INTEGER NOT NULL CHECK (head > place),
  link BLOB NOT NULL CHECK (length(link) = 32),
  note BLOB NOT NULL
) STRICT""",
    "checkpoints": """CREATE TABLE checkpoints (
  size INTEGER PRIMARY KEY CHECK (size > 0),
  note BLOB NOT NULL
) STRICT""",
    "documents": """CREATE TABLE documents (
  commitment TEXT NOT NULL PRIMARY KEY,
  place INTEGER NOT NULL REFERENCES entries (place),
  layer TEXT NOT NULL,
  salt BLOB CHECK (length(salt) = 32),
  document BLOB CHECK ((salt IS NULL) = (document IS NULL)),
  erased INTEGER REFERENCES entries (place) CHECK ((erased IS NULL) = (document IS NOT NULL))
) STRICT""",
    "cosignatures": """CREATE TABLE cosignatures (
  size INTEGER NOT NULL,
  vkey TEXT NOT NULL,
  line BLOB NOT NULL,
  PRIMARY KEY (size, vkey, line)
) STRICT""",
}
_NEXT: Final = {
    "entries": "NEW.place <> (SELECT coalesce(max(place) + 1, 0) FROM entries)",
    "checkpoints": "NEW.size <= (SELECT coalesce(max(size), 0) FROM checkpoints)",
    "documents": "NEW.document IS NULL OR NEW.commitment IN (SELECT commitment FROM documents)",
    "cosignatures": "EXISTS (SELECT 1 FROM cosignatures WHERE (size, vkey, line) = (NEW.size, NEW.vkey, NEW.line))",
}
_ERASURE: Final = """OLD.erased IS NULL AND NEW.document IS NULL AND NEW.salt IS NULL
    AND (NEW.commitment, NEW.place, NEW.layer) = (OLD.commitment, OLD.place, OLD.layer)
    AND EXISTS (SELECT 1 FROM entries WHERE place = NEW.erased
      AND instr(note, CAST('"act":"erasure.record"' AS BLOB)) AND instr(note, CAST(OLD.commitment AS BLOB)))"""


def _triggers(table: str) -> dict[str, str]:
    update = f"WHEN NOT ({_ERASURE}) " if table == "documents" else ""
    refuse = f"BEGIN SELECT RAISE(ABORT, 'the log only grows: {table}'); END"
    return {
        f"{table}_insert": f"CREATE TRIGGER {table}_insert BEFORE INSERT ON {table} WHEN {_NEXT[table]} {refuse}",
        f"{table}_update": f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} {update}{refuse}",
        f"{table}_delete": f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {refuse}",
    }


SCHEMA: Final = _TABLES | {name: text for table in _TABLES for name, text in _triggers(table).items()}


class SqliteDatabase:
    """One connection to a file; `corfu.acts.store.Database`."""

    error: type[Exception] = sqlite3.Error

    def __init__(self, file: Path | sqlite3.Connection, *, writing: bool = False) -> None:
        """Open it, for the one writer or for a reader. Any thread may use it, one at a time.

        Or take the connection of an application, which has set it up itself.
        """
        self._writing = writing
        if isinstance(file, sqlite3.Connection):
            self._connection = file
            return
        # A reader of a write-ahead log writes too, to say where it reads: query_only keeps it from the rest.
        uri = f"{file.absolute().as_uri()}?mode=rw"
        self._connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=10)
        if not writing:
            self.rows("PRAGMA query_only = ON")
            return
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
            self.rows(f"PRAGMA {pragma}")
        # After a crash the last commit may stand in the system's memory and not on the disk, if it was its sync that
        # failed. Moved into the main file, whose sync is then asked for anew, it is on the disk before it is believed.
        ((busy, _, _),) = self.rows("PRAGMA wal_checkpoint(FULL)")
        if busy:
            raise sqlite3.OperationalError("somebody has been reading for ten seconds")

    def rows(self, statement: str, values: Values = ()) -> list[Values]:
        """Run one statement and fetch what it gives."""
        return self._connection.execute(statement, values).fetchall()

    def many(self, statement: str, rows: Sequence[Values]) -> None:
        """Run one statement for each row."""
        self._connection.executemany(statement, rows)

    def begin(self, *, durable: bool = True) -> None:
        """Begin a transaction; without `durable` its commit waits for no disk, and the next durable one carries it."""
        self.rows(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        self.rows("BEGIN IMMEDIATE" if self._writing else "BEGIN")

    def commit(self) -> None:
        """End it."""
        self.rows("COMMIT")

    def rollback(self) -> None:
        """Undo it, if the database has not done so itself."""
        if self._connection.in_transaction:
            self.rows("ROLLBACK")

    def create(self) -> None:
        """Make tables and triggers."""
        for statement in SCHEMA.values():
            self.rows(statement)

    def exists(self) -> bool:
        """Whether there is a log in it."""
        return bool(self.rows("SELECT 1 FROM sqlite_master WHERE name = 'entries'"))

    def schema_problem(self) -> str | None:
        """What of the tables or triggers is not as `create` made it."""
        # Tables of the application may stand beside these; what hangs on these is the log's alone.
        every = self.rows("SELECT tbl_name, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        found: dict[str, str] = {name: sql for table, name, sql in every if table in _TABLES}
        for name in sorted(SCHEMA.keys() | found.keys()):
            if found.get(name) != SCHEMA.get(name):
                what = f"the {'table' if name in _TABLES else 'trigger'} {name}"
                return f"{what} is missing" if name not in found else f"{what} is not as the log made it"
        return None

    def shred(self) -> None:
        """Erased bytes are overwritten in the main file by secure_delete; the write-ahead log is emptied here."""
        self.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close it."""
        self._connection.close()


def create_file(path: Path) -> SqliteDatabase:
    """A new database for the writer; the file must not exist yet."""
    if not create(path, b"", SECRET):
        raise FileExistsError(17, "File exists", str(path))
    return SqliteDatabase(path, writing=True)
