"""The store in PostgreSQL by psycopg 3, with synchronous_commit=on. The tables lie in the connection's first schema.

One writer: a session's advisory lock. It is held by the very connection that writes, so a transaction that a writer
left behind when it died has ended, one way or the other, before another writer can begin.
"""

import time
from collections.abc import Sequence
from typing import Any, Final

from corfu.acts.store import Values
from corfu.record.refusal import Refused

_LOCK: Final = 0x636F7266  # "corf"
_WAIT: Final = 3.0
"""Seconds that the server is given to notice that a writer died."""

_TABLES: Final = (
    """CREATE TABLE entries (
  place bigint PRIMARY KEY CHECK (place >= 0),
  head bigint NOT NULL CHECK (head > place),
  link bytea NOT NULL CHECK (length(link) = 32),
  note bytea NOT NULL
)""",
    """CREATE TABLE checkpoints (
  size bigint PRIMARY KEY CHECK (size > 0),
  note bytea NOT NULL
)""",
    """CREATE TABLE documents (
  commitment text COLLATE "C" PRIMARY KEY,
  place bigint NOT NULL REFERENCES entries (place),
  layer text NOT NULL,
  salt bytea CHECK (length(salt) = 32),
  document bytea CHECK ((salt IS NULL) = (document IS NULL)),
  erased bigint REFERENCES entries (place) CHECK ((erased IS NULL) = (document IS NOT NULL))
)""",
    """CREATE TABLE cosignatures (
  size bigint NOT NULL,
  vkey text COLLATE "C" NOT NULL,
  line bytea NOT NULL,
  PRIMARY KEY (size, vkey, line)
)""",
)
_BODIES: Final = {
    "corfu_refuse": "BEGIN RAISE EXCEPTION 'the log only grows: %', TG_TABLE_NAME; END",
    "corfu_next_entry": """BEGIN
  IF NEW.place <> (SELECT coalesce(max(place) + 1, 0) FROM entries) THEN
    RAISE EXCEPTION 'the log only grows: entries';
  END IF;
  RETURN NEW;
END""",
    "corfu_next_checkpoint": """BEGIN
  IF NEW.size <= (SELECT coalesce(max(size), 0) FROM checkpoints) THEN
    RAISE EXCEPTION 'the log only grows: checkpoints';
  END IF;
  RETURN NEW;
END""",
    "corfu_erasure": """BEGIN
  IF OLD.erased IS NULL AND NEW.document IS NULL AND NEW.salt IS NULL
    AND (NEW.commitment, NEW.place, NEW.layer) = (OLD.commitment, OLD.place, OLD.layer)
    AND EXISTS (SELECT 1 FROM entries WHERE place = NEW.erased
      AND position(convert_to('"act":"erasure.record"', 'UTF8') IN note) > 0
      AND position(convert_to(OLD.commitment, 'UTF8') IN note) > 0)
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the log only grows: documents';
END""",
}
_NAMES: Final = ("entries", "checkpoints", "documents", "cosignatures")
# TRUNCATE asks for a trigger of its own.
_TRIGGERS: Final = {
    ("entries", "corfu_insert"): ("BEFORE INSERT", "ROW", "corfu_next_entry"),
    ("checkpoints", "corfu_insert"): ("BEFORE INSERT", "ROW", "corfu_next_checkpoint"),
    **{
        (name, "corfu_update"): ("BEFORE UPDATE", "ROW", "corfu_erasure" if name == "documents" else "corfu_refuse")
        for name in _NAMES
    },
    **{(name, "corfu_delete"): ("BEFORE DELETE", "ROW", "corfu_refuse") for name in _NAMES},
    **{(name, "corfu_truncate"): ("BEFORE TRUNCATE", "STATEMENT", "corfu_refuse") for name in _NAMES},
}

_FUNCTIONS_THERE: Final = (
    "SELECT proname::text, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
)
_TRIGGERS_THERE: Final = """SELECT c.relname::text, t.tgname::text, p.proname::text
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE t.tgenabled = 'A' AND c.relnamespace = current_schema()::regnamespace"""


class PostgresqlDatabase:
    """One connection; `corfu.acts.store.Database`. Made by `connect`."""

    def __init__(self, connection: Any, error: type[Exception]) -> None:
        """A psycopg connection in autocommit mode: transactions are begun by `begin` alone."""
        self.error = error
        self._connection = connection

    def rows(self, statement: str, values: Values = ()) -> list[Values]:
        """Run one statement and fetch what it gives."""
        cursor = self._connection.execute(statement.replace("?", "%s"), values or None, binary=True)
        found: list[Values] = cursor.fetchall() if cursor.description else []
        return found

    def many(self, statement: str, rows: Sequence[Values]) -> None:
        """Run one statement for each row."""
        with self._connection.cursor() as cursor:
            cursor.executemany(statement.replace("?", "%s"), rows)

    def begin(self, *, durable: bool = True) -> None:
        """Begin a transaction; without `durable` its commit waits for no disk."""
        self.rows("BEGIN")
        self.rows(f"SET LOCAL synchronous_commit = {'on' if durable else 'off'}")

    def commit(self) -> None:
        """End it."""
        self.rows("COMMIT")

    def rollback(self) -> None:
        """Undo it, if there is still somebody to undo it."""
        if not self._connection.closed:
            self.rows("ROLLBACK")

    def create(self) -> None:
        """Make tables, functions and triggers."""
        for table in _TABLES:
            self.rows(table)
        for name, body in _BODIES.items():
            self.rows(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $corfu${body}$corfu$")
        for (table, name), (event, each, function) in _TRIGGERS.items():
            self.rows(f"CREATE TRIGGER {name} {event} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()")
            # Always: not even a session that says it is a replica passes it by.
            self.rows(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")

    def exists(self) -> bool:
        """Whether there is a log in it."""
        ((found,),) = self.rows("SELECT to_regclass('entries') IS NOT NULL")
        return bool(found)

    def schema_problem(self) -> str | None:
        """What of the triggers is not as `create` made it."""
        bodies: dict[str, str] = dict(self.rows(_FUNCTIONS_THERE))
        for name, body in _BODIES.items():
            if bodies.get(name) != body:
                return f"the function {name} is missing or is not as the log made it"
        found = self.rows(_TRIGGERS_THERE)
        for (table, name), (_, _, function) in _TRIGGERS.items():
            if (table, name, function) not in found:
                return f"the trigger {name} on {table} is missing, or switched off"
        return None

    def shred(self) -> None:
        """Erased bytes stay in dead rows until VACUUM; copies in the server's own write-ahead log go when it does."""
        self.rows("VACUUM documents")

    def close(self) -> None:
        """Close it, and with it the writer's lock."""
        self._connection.close()


def connect(address: str, *, writing: bool = False) -> PostgresqlDatabase | Refused:
    """Connect to `postgresql://…`; refused where psycopg is absent, nobody answers, or another writer is at work."""
    try:
        import psycopg  # noqa: PLC0415 - an extra: who uses SQLite has it not
    except ImportError:
        return _refused("the Python package psycopg is not installed: pip install 'corfu[postgresql]'")
    try:
        connection = psycopg.connect(address, autocommit=True, connect_timeout=10)
        database = PostgresqlDatabase(connection, psycopg.Error)
        problem = _check_writing(database) if writing else None
    except psycopg.Error as error:
        said = str(error).strip().splitlines() or ["no reason given"]
        return _refused(f"PostgreSQL said: {said[0]}")
    if problem is not None:
        database.close()
        return problem
    return database


def _check_writing(database: PostgresqlDatabase) -> Refused | None:
    ((fsync,),) = database.rows("SELECT current_setting('fsync')")
    if fsync != "on":
        return _refused("this server runs with fsync off, and may forget what it has confirmed: switch it on")
    until = time.monotonic() + _WAIT
    lock = "SELECT pg_try_advisory_lock(?::int, hashtext(current_schema()))"
    while not database.rows(lock, (_LOCK,))[0][0]:
        if time.monotonic() > until:
            rule = "corfu: one writer"
            return Refused("log.writer", rule, "another process writes to this log: end it, or let it do the work")
        time.sleep(0.1)
    return None


def _refused(detail: str) -> Refused:
    return Refused("store.postgresql", "corfu: the log's database can be used", detail)
