"""Random direct changes in SQL, behind the triggers' back: `python -m tests.acts.tamper [COUNT] [--seed N]
[--postgresql]`.

Each is made in a transaction on one log of 1,000 acts, checked, and rolled back: triggers and constraints are put out
of the way, the change is made, the triggers come back. The whole-log check must find it, and say at which entry and
what.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, Final, NamedTuple

from corfu.acts import cosigned, postgresql
from corfu.acts.audit import audit
from corfu.acts.home import Home, read_key
from corfu.acts.lock import read_head
from corfu.acts.sqlite import SCHEMA, SqliteDatabase
from corfu.acts.start import heads, open_log, open_store
from corfu.record import checkpoint, note
from corfu.record.report import Fault
from tests.acts import cluster
from tests.acts.samples import sample
from tests.record.logs import COSIGNED_AT, WITNESSES
from tests.record.vectors import got

SIZE: Final = 1_000
BATCH: Final = 20
CONSTRAINTS: Final = """SELECT conname::text, conrelid::regclass::text FROM pg_constraint
WHERE connamespace = current_schema()::regnamespace AND contype IN ('c', 'f')"""


class Change(NamedTuple):
    """One change. `places`: the entries it touches; the check is to name one of them, or `word` where there is none.

    `guards`: changes to the triggers themselves, which stay as they then are.
    """

    what: str
    places: tuple[int, ...]
    statements: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    guards: tuple[str, ...] = ()
    word: str = ""


class Tampered:
    """A log that is changed again and again, and always put back."""

    def __init__(self, folder: Path, address: str | None = None) -> None:
        """Make the log; its database is opened once, for changing. `address`: that of an empty PostgreSQL schema."""
        self.home = Home(folder / "log")
        sample(self.home.folder, SIZE, BATCH, address)
        self._cosign()
        self.store = got(open_store(self.home))
        self.sqlite = isinstance(self.store.database, SqliteDatabase)
        if self.sqlite:
            self.rows("PRAGMA query_only = OFF")
        self.log = got(read_key(self.home.key)).verifier
        self.head = got(read_head(self.home.checkpoint, self.log))
        self.documents = [row[:2] for row in self.rows("SELECT commitment, place FROM documents ORDER BY place")]
        self.sizes = [row[0] for row in self.rows("SELECT size FROM checkpoints ORDER BY size")]
        self.cosigned = self.rows("SELECT size, vkey, line FROM cosignatures ORDER BY size, vkey")

    def _cosign(self) -> None:
        """Two witnesses have cosigned the last checkpoint."""
        log = got(open_log(self.home.folder))
        text = got(note.parse(log.head)).text
        for number, witness in enumerate(WITNESSES):
            assert cosigned.trust(self.home, witness.verifier.vkey, None) is None
            got(cosigned.add(log, log.head + bytes(got(checkpoint.cosign(text, witness, COSIGNED_AT + number)))))
        log.close()

    def rows(self, statement: str, values: tuple[Any, ...] = ()) -> list[Any]:
        """Ask the database."""
        return self.store.database.rows(statement, values)

    def found(self, *, quick: bool = False) -> Fault | None:
        """What the whole-log check says."""
        result = audit(self.store, self.log, self.head, heads(self.home), quick=quick)
        return result if isinstance(result, Fault) else None

    def after(self, change: Change) -> Fault | None:
        """What the whole-log check says of the log with this change, which is then taken back."""
        with self.changed(change):
            return self.found()

    @contextmanager
    def changed(self, change: Change) -> Iterator[None]:
        """The log with this change, for as long as the block lasts."""
        if self.sqlite:
            self.rows("PRAGMA ignore_check_constraints = ON")
        self.rows("BEGIN")
        try:
            for statement in self._open():
                self.rows(statement)
            for statement, values in change.statements:
                self.rows(statement, values)
            for statement in (*self._guard(), *change.guards):
                self.rows(statement)
            yield
        finally:
            self.rows("ROLLBACK")

    def _open(self) -> list[str]:
        if self.sqlite:
            return [f"DROP TRIGGER {name}" for name in _triggers()]
        gone = [f"ALTER TABLE {table} DROP CONSTRAINT {name}" for name, table in self.rows(CONSTRAINTS)]
        return [*gone, *(f"ALTER TABLE {table} DISABLE TRIGGER {name}" for table, name in postgresql._TRIGGERS)]

    def _guard(self) -> list[str]:
        if self.sqlite:
            return [SCHEMA[name] for name in _triggers()]
        return [f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}" for table, name in postgresql._TRIGGERS]


def _triggers() -> list[str]:
    return [name for name, text in SCHEMA.items() if text.startswith("CREATE TRIGGER")]


def changed_byte(data: bytes, chance: random.Random) -> bytes:
    """One byte is another, or gone, or one more."""
    at = chance.randrange(len(data))
    other = bytes([data[at] ^ chance.randrange(1, 256)])
    return chance.choice(
        [data[:at] + other + data[at + 1 :], data[:at] + data[at + 1 :], data[:at] + other + data[at:]]
    )


Maker = Callable[[Tampered, random.Random], Change]


def entry_bytes(log: Tampered, chance: random.Random) -> Change:
    place = chance.randrange(SIZE)
    ((note,),) = log.rows("SELECT note FROM entries WHERE place = ?", (place,))
    return Change("bytes of an entry", (place,), (_set("entries", "note", changed_byte(note, chance), "place", place),))


def entry_beside(log: Tampered, chance: random.Random) -> Change:
    place = chance.randrange(SIZE)
    column = chance.choice(["link", "head"])
    ((old,),) = log.rows(f"SELECT {column} FROM entries WHERE place = ?", (place,))
    new: Any = changed_byte(old, chance) if column == "link" else old
    if column == "head":
        new = chance.choice([0, place, place + 1, old - 1, old + 1, old + BATCH, 2**40, -1])
        new = old + 7 if new == old else new
    return Change(f"{column} of an entry", (place,), (_set("entries", column, new, "place", place),))


def entry_deleted(log: Tampered, chance: random.Random) -> Change:
    place = chance.choice([chance.randrange(SIZE), SIZE - 1])
    return Change("entry deleted", (place,), (("DELETE FROM entries WHERE place = ?", (place,)),))


def entries_cut(log: Tampered, chance: random.Random) -> Change:
    place = chance.choice([chance.randrange(SIZE), SIZE - BATCH])
    cut = ["DELETE FROM entries WHERE place >= ?", "DELETE FROM documents WHERE place >= ?"]
    if chance.random() < 0.5:
        cut.append("DELETE FROM checkpoints WHERE size > ?")
    return Change("last entries cut off", tuple(range(place, SIZE)), tuple((one, (place,)) for one in cut))


def entries_swapped(log: Tampered, chance: random.Random) -> Change:
    a, b = sorted(chance.sample(range(SIZE), 2))
    if chance.random() < 0.5:
        a, b = min(a, SIZE - 2), min(a, SIZE - 2) + 1
    columns = chance.choice(["note", "note, link", "note, link, head"]).split(", ")
    ((*one,), (*two,)) = (
        log.rows(f"SELECT {', '.join(columns)} FROM entries WHERE place = ?", (n,))[0] for n in (a, b)
    )
    marks = ", ".join(f"{column} = ?" for column in columns)
    statements = ((f"UPDATE entries SET {marks} WHERE place = ?", (*row, n)) for row, n in ((one, b), (two, a)))
    return Change("entries swapped", (a, b), tuple(statements))


def entry_inserted(log: Tampered, chance: random.Random) -> Change:
    ((head, link, note),) = log.rows("SELECT head, link, note FROM entries WHERE place = ?", (chance.randrange(SIZE),))
    place = chance.choice([SIZE, SIZE + 1, -1, 10**12])
    head = chance.choice([head, SIZE + 1])
    values = (place, head, link, chance.choice([note, b"", changed_byte(note, chance)]))
    return Change("entry inserted", (place,), (("INSERT INTO entries VALUES (?, ?, ?, ?)", values),))


def checkpoint_changed(log: Tampered, chance: random.Random) -> Change:
    size, other = chance.sample(log.sizes, 2)
    ((note,),) = log.rows("SELECT note FROM checkpoints WHERE size = ?", (size,))
    kind = chance.choice(["changed", "deleted", "moved", "replaced", "inserted"])
    places: tuple[int, ...] = (size - 1,)
    statement: tuple[str, tuple[Any, ...]]
    if kind == "changed":
        statement = _set("checkpoints", "note", changed_byte(note, chance), "size", size)
    elif kind == "deleted":
        statement = ("DELETE FROM checkpoints WHERE size = ?", (size,))
    elif kind == "moved":
        statement = _set("checkpoints", "size", size + 2, "size", size)
        places = (size - 1, size + 1)
    elif kind == "replaced":
        swap = "UPDATE checkpoints SET note = (SELECT note FROM checkpoints WHERE size = ?) WHERE size = ?"
        statement = (swap, (other, size))
    else:
        statement = ("INSERT INTO checkpoints VALUES (?, ?)", (size + 1, note))
        places = (size,)
    return Change(f"checkpoint {kind}", places, (statement,))


def document_changed(log: Tampered, chance: random.Random) -> Change:
    (name, place), (_, other) = chance.sample(log.documents, 2)
    ((salt, document, erased),) = log.rows("SELECT salt, document, erased FROM documents WHERE commitment = ?", (name,))
    column = chance.choice(["salt", "document", "layer", "place", "erased", "commitment", "gone", "row"])
    if column == "row":
        return Change("document row deleted", (place,), (("DELETE FROM documents WHERE commitment = ?", (name,)),))
    if column == "gone":
        gone = ("UPDATE documents SET salt = NULL, document = NULL WHERE commitment = ?", (name,))
        back = ("UPDATE documents SET salt = ?, document = ? WHERE commitment = ?", (bytes(32), b"A", name))
        return Change("document's words deleted or put back", (place,), (gone if document is not None else back,))
    new = {
        "salt": changed_byte(salt or bytes(32), chance), "document": changed_byte(document or b"x", chance),
        "layer": "secretariat", "place": other, "erased": 7 if erased is None else erased + 1, "commitment": f"{name}x",
    }[column]  # fmt: skip
    return Change(f"{column} of a document", (place,), (_set("documents", column, new, "commitment", name),))


def document_inserted(log: Tampered, chance: random.Random) -> Change:
    place = chance.randrange(SIZE)
    values = (chance.randbytes(32).hex(), place, "public", chance.randbytes(32), b"words", None)
    return Change("document inserted", (place,), (("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?)", values),))


def cosignature_changed(log: Tampered, chance: random.Random) -> Change:
    size, vkey, line = chance.choice(log.cosigned)
    kind = chance.choice(["line", "vkey", "size", "deleted", "inserted"])
    where = "size = ? AND vkey = ? AND line = ?"
    if kind == "deleted":
        statement: tuple[str, tuple[Any, ...]] = (f"DELETE FROM cosignatures WHERE {where}", (size, vkey, line))
    elif kind == "inserted":
        other = chance.choice(log.sizes[:-1])
        row = chance.choice([(other, vkey, line), (size, vkey, changed_byte(line, chance)), (size + 5, vkey, line)])
        statement = ("INSERT INTO cosignatures VALUES (?, ?, ?)", row)
        size = row[0]
    else:
        others = [one for _, one, _ in log.cosigned if one != vkey]
        new: Any = {"line": changed_byte(line, chance), "vkey": others[0], "size": chance.choice(log.sizes[:-1])}[kind]
        statement = (f"UPDATE cosignatures SET {kind} = ? WHERE {where}", (new, size, vkey, line))
        size = new if kind == "size" else size
    word = "heads/" if kind == "deleted" else ""
    return Change(f"cosignature {kind}", (size - 1,), (statement,), word=word)


def guard_changed(log: Tampered, chance: random.Random) -> Change:
    """A trigger is gone, switched off, or another."""
    if log.sqlite:
        name = chance.choice(_triggers())
        weaker = f"CREATE TRIGGER {name} BEFORE DELETE ON entries BEGIN SELECT 1; END"
        guards = chance.choice([(f"DROP TRIGGER {name}",), (f"DROP TRIGGER {name}", weaker)])
        return Change("trigger changed", (), guards=guards, word=name)
    table, name = chance.choice(list(postgresql._TRIGGERS))
    function = chance.choice(list(postgresql._BODIES))
    body = f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
    return chance.choice(
        [
            Change("trigger changed", (), guards=(f"ALTER TABLE {table} DISABLE TRIGGER {name}",), word=name),
            Change("trigger changed", (), guards=(f"ALTER TABLE {table} ENABLE TRIGGER {name}",), word=name),
            Change("trigger changed", (), guards=(f"DROP TRIGGER {name} ON {table}",), word=name),
            Change("trigger changed", (), guards=(body,), word=function),
        ]
    )


def _set(table: str, column: str, value: Any, key: str, where: Any) -> tuple[str, tuple[Any, ...]]:
    return f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (value, where)


MAKERS: Final[tuple[tuple[Maker, int], ...]] = (
    (entry_bytes, 30), (entry_beside, 15), (entry_deleted, 10), (entries_cut, 5), (entries_swapped, 10),
    (entry_inserted, 5), (checkpoint_changed, 12), (document_changed, 10), (document_inserted, 3),
    (cosignature_changed, 6), (guard_changed, 4),
)  # fmt: skip


def changes(log: Tampered, count: int, seed: int) -> list[Change]:
    """Random changes of all kinds."""
    chance = random.Random(seed)
    makers = chance.choices([maker for maker, _ in MAKERS], [weight for _, weight in MAKERS], k=count)
    return [maker(log, chance) for maker in makers]


def wrong(change: Change, fault: Fault | None) -> str:
    """What is wrong with what the check said of a change; empty if it found it and named it."""
    if fault is None:
        return "not found"
    if change.word:
        return "" if change.word in fault.why else f"{change.word} is not named: {fault.what}: {fault.why}"
    if fault.index not in {None, *change.places}:
        return f"named entry {fault.index}: {fault.what}: {fault.why}"
    return "" if fault.index is not None else f"named no entry: {fault.what}: {fault.why}"


def sweep(log: Tampered, count: int, seed: int) -> tuple[Counter[str], Counter[str], int]:
    """What was made, what it was named as, and how many were not found or named wrongly."""
    made: Counter[str] = Counter()
    said: Counter[str] = Counter()
    bad = 0
    for change in changes(log, count, seed):
        fault = log.after(change)
        made[change.what] += 1
        said[fault.what if fault else "-"] += 1
        if problem := wrong(change, fault):
            bad += 1
            print(f"{change.what} at {change.places[:2]}: {problem}", flush=True)
    return made, said, bad


def main() -> int:
    """Make so many changes and print what became of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.acts.tamper")
    parser.add_argument("count", type=int, nargs="?", default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgresql", action="store_true", help="in a server that is started for it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, cluster.running() if options.postgresql else nullcontext() as address:
        if options.postgresql and address is None:
            print(cluster.ABSENT)
            return 2
        log = Tampered(Path(name), cluster.fresh_schema(address) if address else None)
        assert log.found() is None
        began = time.perf_counter()
        made, said, bad = sweep(log, options.count, options.seed)
        took = time.perf_counter() - began
        assert log.found() is None
        log.store.database.close()
    print(f"{options.count} changes in {took:.0f} s, {bad} not found or named wrongly")
    print("made:", dict(made.most_common()))
    print("named as:", dict(said.most_common()))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
