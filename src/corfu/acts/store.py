"""What the log keeps, and the few functions that SQLite and PostgreSQL stand behind.

    entries        place, head, link, note
    checkpoints    size, note
    documents      commitment, place, layer, salt, document, erased
    cosignatures   size, vkey, line

`head` is the size of the checkpoint that first covers the entry; `link` is SHA-256 over the link before, the head and
the leaf hash, so that a change is found where it was made and not only somewhere below a root. Nothing here is secret
but documents and salts. Triggers refuse every UPDATE and DELETE, and every INSERT that is not the next entry; one
UPDATE is let through: that which takes away a document and its salt and names the entry of an act that says so.

Statements are written with `?` for each value. Bytes are BLOB in SQLite and bytea in PostgreSQL.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, NamedTuple, Protocol

LINK_START: Final = b"\x00" * 32
_CHUNK: Final = 1_000

Values = tuple[Any, ...]


class Database(Protocol):
    """One connection. Every function raises `self.error` when the database will not or cannot."""

    error: type[Exception]

    def rows(self, statement: str, values: Values = ()) -> list[Values]:
        """Run one statement and fetch what it gives."""

    def many(self, statement: str, rows: Sequence[Values]) -> None:
        """Run one statement for each row."""

    def begin(self, *, durable: bool = True) -> None:
        """Begin a transaction. `durable`: its commit returns when the disk has it; else it may be lost in a crash."""

    def commit(self) -> None:
        """End it; when this returns it is durable."""

    def rollback(self) -> None:
        """Undo it."""

    def create(self) -> None:
        """Make tables and triggers, within a transaction."""

    def exists(self) -> bool:
        """Whether there is a log in it."""

    def schema_problem(self) -> str | None:
        """What of the tables or triggers is not as `create` made it."""

    def shred(self) -> None:
        """After an erasure: take what was erased out of the database's files, as far as it can."""

    def close(self) -> None:
        """Close it; locks that the database holds for this writer end."""


class Entry(NamedTuple):
    """A row of the table entries, as it stands there: nothing is checked."""

    place: int
    head: int
    link: bytes
    note: bytes


class Document(NamedTuple):
    """A row of the table documents. `commitment`: base64. `salt` and `document` are None after the erasure."""

    commitment: str
    place: int
    layer: str
    salt: bytes | None
    document: bytes | None
    erased: int | None


class Cosignature(NamedTuple):
    """A row of the table cosignatures: a witness's signature line under the checkpoint of this size."""

    size: int
    vkey: str
    line: bytes


def link_of(before: bytes, head: int, leaf: bytes) -> bytes:
    """The link of an entry: the link of the entry before it (`LINK_START` for the first), its head, its leaf hash."""
    return hashlib.sha256(before + head.to_bytes(8, signed=True) + leaf).digest()


class Store:
    """The log's rows."""

    def __init__(self, database: Database) -> None:
        """Nothing is read yet."""
        self.database = database

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[None]:
        """All or nothing; when the block is left without an exception, it is durable."""
        self.database.begin(durable=durable)
        try:
            yield
        except BaseException:
            self.database.rollback()
            raise
        self.database.commit()

    def entries(self, start: int | None = None, stop: int | None = None) -> Iterator[Entry]:
        """Entries by place, from `start` up to and without `stop`; without bounds all there are, whatever place."""
        at = -(2**63) if start is None else start
        end = 2**63 - 1 if stop is None else stop
        statement = (
            f"SELECT place, head, link, note FROM entries WHERE place >= ? AND place < ? ORDER BY place LIMIT {_CHUNK}"  # noqa: S608
        )
        while at < end and (rows := self.database.rows(statement, (at, end))):
            yield from map(Entry._make, rows)
            at = rows[-1][0] + 1

    def size(self) -> int:
        """How many entries there are."""
        ((size,),) = self.database.rows("SELECT count(*) FROM entries")
        return int(size)

    def add_entries(self, entries: Sequence[Entry]) -> None:
        """Insert the next entries."""
        self.database.many("INSERT INTO entries (place, head, link, note) VALUES (?, ?, ?, ?)", entries)

    def checkpoints(self) -> list[tuple[int, bytes]]:
        """All checkpoints by size."""
        rows = self.database.rows("SELECT size, note FROM checkpoints ORDER BY size")
        return [(size, note) for size, note in rows]

    def last_checkpoint(self) -> int:
        """The size of the last one; 0 where there is none."""
        ((size,),) = self.database.rows("SELECT coalesce(max(size), 0) FROM checkpoints")
        return int(size)

    def add_checkpoint(self, size: int, note: bytes) -> None:
        """Insert one."""
        self.database.many("INSERT INTO checkpoints (size, note) VALUES (?, ?)", [(size, note)])

    def documents(self, *, contents: bool = True) -> Iterator[Document]:
        """All documents by commitment, one at a time; without contents, salt and document are None."""
        columns = "salt, document" if contents else "NULL, NULL"
        statement = (
            f"SELECT commitment, place, layer, {columns}, erased FROM documents"  # noqa: S608
            " WHERE commitment > ? ORDER BY commitment LIMIT 1"
        )
        at = ""
        while rows := self.database.rows(statement, (at,)):
            yield Document._make(rows[0])
            at = rows[0][0]

    def add_documents(self, documents: Iterable[Document]) -> None:
        """Insert documents."""
        columns = "commitment, place, layer, salt, document, erased"
        self.database.many(f"INSERT INTO documents ({columns}) VALUES (?, ?, ?, ?, ?, ?)", list(documents))  # noqa: S608

    def erase(self, commitments: Iterable[str], place: int) -> None:
        """Destroy documents and salts, by the act at this place, which must name them."""
        rows = [(place, commitment) for commitment in commitments]
        self.database.many("UPDATE documents SET salt = NULL, document = NULL, erased = ? WHERE commitment = ?", rows)

    def cosignatures(self, size: int | None = None) -> list[Cosignature]:
        """All cosignatures by size; or those under one checkpoint."""
        where, values = ("", ()) if size is None else ("WHERE size = ?", (size,))
        statement = f"SELECT size, vkey, line FROM cosignatures {where} ORDER BY size, vkey, line"  # noqa: S608
        return [Cosignature._make(row) for row in self.database.rows(statement, values)]

    def add_cosignature(self, cosignature: Cosignature) -> None:
        """Insert one."""
        self.database.many("INSERT INTO cosignatures (size, vkey, line) VALUES (?, ?, ?)", [cosignature])
