"""Making a log, opening it for its one writer or for a reader, and the check between opening and the first act."""

import os
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from corfu.acts.actor import SECRETARIAT
from corfu.acts.audit import DATABASE, Audited, audit, size_of
from corfu.acts.home import SECRET, Home, create, hold, read_file, read_key, sync_folder
from corfu.acts.lock import open_lock, read_head
from corfu.acts.log import Log, Stopped, Submission
from corfu.acts.postgresql import connect
from corfu.acts.sqlite import SqliteDatabase, create_file
from corfu.acts.store import Database, Store
from corfu.record import act as acts
from corfu.record import keys
from corfu.record.keys import SignerKey
from corfu.record.refusal import Refused
from corfu.record.report import Fault
from corfu.record.tree import EMPTY_ROOT
from corfu.record.wire import base64

REGISTRAR: Final = SECRETARIAT
_RULE: Final = "corfu: a log is opened after a check"
_AROUND_SQLITE: Final = {
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY,
}  # fmt: skip
_AROUND_POSTGRESQL: Final = {"08", "28", "53", "57", "58"}
"""Classes of SQLSTATE: the connection, who may, too little of something, an operator, the system."""


def init(
    folder: Path,
    origin: str,
    at: str,
    identifier: str,
    *,
    registrar: str = REGISTRAR,
    address: str | None = None,
    database: Database | None = None,
) -> Log | Refused:
    """Make a log with new keys and open it. `at`: now, as acts say it. `identifier`: a fresh id for log.open.

    `address`: that of a PostgreSQL database; without it, a SQLite file in the folder. `database`: the application's
    own, in which the log is to live; then neither.
    """
    key, by = keys.generate(origin), keys.generate(f"registrar/{registrar}")
    if isinstance(key, Refused):
        return key
    if isinstance(by, Refused):
        return by
    opening = acts.build(_opening(key, by, registrar, at, identifier), by)
    if isinstance(opening, Refused):
        return opening
    home = Home(folder)
    place = _place(home, address, database)
    if isinstance(place, Refused):
        return place
    errors: tuple[type[Exception], ...] = (OSError, sqlite3.Error, Stopped, *([place.error] if place else []))
    try:
        return _first_act(home, Store(_furnish(home, key, by, address, place)), key, opening)
    except errors as error:
        _clear(home)
        out = "see that the disk has room and that you may write there, and begin again"
        return _refused(f"no log was made ({_said(error)}): {out}")


def _opening(key: SignerKey, by: SignerKey, registrar: str, at: str, identifier: str) -> dict[str, object]:
    return {
        "act": "log.open",
        "at": at,
        "author": registrar,
        "id": identifier,
        "key": by.verifier.vkey,
        "log": key.verifier.name,
        "log_key": key.verifier.vkey,
        "prev": None,
        "seen": {"root": base64(EMPTY_ROOT), "size": 0},
    }


def _place(home: Home, address: str | None, given: Database | None) -> Database | Refused | None:
    """The database that there is already, if any; refused where something is there that a new log would hide."""
    if home.folder.exists() and (not home.folder.is_dir() or any(home.folder.iterdir())):
        return _refused(f"the folder {home.folder} is there already, and not empty: name a new folder")
    database: Database | Refused | None = connect(address, writing=True) if address else given
    if isinstance(database, Refused):
        return database
    if database is not None and database.exists():
        database.close()
        return _refused("this database holds a log already: name another one, or another schema")
    return database


def _furnish(home: Home, key: SignerKey, by: SignerKey, address: str | None, database: Database | None) -> Database:
    """Folder and keys; a SQLite database where there is no other."""
    home.folder.mkdir(parents=True, exist_ok=True)
    home.heads.mkdir()
    if address:
        create(home.address, f"{address}\n".encode(), SECRET)
    create(home.key, f"{key.private_key}\n".encode(), SECRET)
    create(home.registrar, f"{by.private_key}\n".encode(), SECRET)
    sync_folder(home.folder.absolute().parent)
    return create_file(home.sqlite) if database is None else database


def _clear(home: Home) -> None:
    """Take away what was made of a log that nobody has seen: no other file, and no folder in which one is left."""
    for path in (home.key, home.registrar, home.address, home.sqlite, *home.beside, home.checkpoint, home.lock):
        path.unlink(missing_ok=True)
    for folder in (home.heads, home.folder):
        with suppress(OSError):
            folder.rmdir()


def _first_act(home: Home, store: Store, key: SignerKey, opening: bytes) -> Log | Refused:
    lock = hold(home.lock)
    assert lock is not None  # the folder was made a moment ago
    log = Log(home, store, key, lock, Audited(key.verifier))
    try:
        with store.transaction():
            store.database.create()
        (first,) = log.append([Submission(opening)])
    except BaseException:
        log.close()
        raise
    if isinstance(first, Refused):
        log.close()
        return first
    return log


def open_log(folder: Path, database: Database | None = None) -> Log | Refused:
    """Open a log for writing: refused while another writes, and unless everything in it is as it was left.

    `database`: the application's own, if the log lives there. Entries that came after the last signed checkpoint, in a
    crash, are signed now.
    """
    home = Home(folder)
    signer = _signer(home)
    if isinstance(signer, Refused):
        return signer
    lock = hold(home.lock)
    if lock is None:
        return Refused("log.writer", "corfu: one writer", "another process writes to this log: end it, or wait for it")
    opened = _opened(home, signer, lock, database)
    if isinstance(opened, Refused):
        os.close(lock)
    return opened


def _opened(home: Home, signer: SignerKey, lock: int, database: Database | None) -> Log | Refused:
    store = Store(database) if database else open_store(home, writing=True)
    if isinstance(store, Refused):
        return store
    try:
        log = _checked(home, store, signer, lock)
    except store.database.error as error:
        log = broken(error)
    except BaseException:
        store.database.close()
        raise
    if isinstance(log, Refused):
        store.database.close()
    return log


def _checked(home: Home, store: Store, signer: SignerKey, lock: int) -> Log | Refused:
    """Look at everything, and finish what a crash has cut short."""
    head = read_head(home.checkpoint, signer.verifier)
    if isinstance(head, Refused):
        return head
    found = audit(store, signer.verifier, head, heads(home), quick=True)
    if isinstance(found, Fault):
        return distrusted(found)
    last = open_lock(home.checkpoint, signer.verifier)
    if isinstance(last, Refused):
        return last
    log = Log(home, store, signer, lock, found, last, head)
    if log.size > size_of(head):
        log.sign()
    elif store.last_checkpoint() < log.size:
        log.keep_head()
    return log


def open_store(home: Home, *, writing: bool = False) -> Store | Refused:
    """The database of a log, for reading unless said otherwise."""
    database = _connected(home, writing)
    if isinstance(database, Refused):
        return database
    try:
        there = database.exists()
    except database.error as error:
        database.close()
        return broken(error)
    if not there:
        database.close()
        return _refused("there is no log in this database: put the newest copy back")
    return Store(database)


def broken(error: Exception) -> Refused:
    """What a database says that cannot be read, and the way out: another copy helps only if this one is spoilt."""
    out = "put the newest good copy of it back"
    if around := _around(error):
        out = f"{around}, and only if that is not it {out}"
    return _refused(f"the database cannot be read ({_said(error)}): {out}")


def _around(error: Exception) -> str:
    """What to see to where it is not the database that is wrong, but what is around it."""
    if isinstance(error, sqlite3.Error):
        there = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_BUSY) & 0xFF in _AROUND_SQLITE
        return "see that the disk has room and that you may write beside it" if there else ""
    state: str | None = getattr(error, "sqlstate", "XX000")
    return "see that its server runs and has room" if state is None or state[:2] in _AROUND_POSTGRESQL else ""


def _said(error: BaseException) -> str:
    if isinstance(error, Stopped) and error.__cause__:
        error = error.__cause__
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _connected(home: Home, writing: bool) -> Database | Refused:
    if home.address.exists():
        address = read_file(home.address, 10_000)
        if isinstance(address, Refused):
            return address
        return connect(address.decode("utf-8", "replace").strip(), writing=writing)
    if not home.sqlite.is_file():
        return _refused(f"the file {home.sqlite} is missing: put the newest copy of it back")
    try:
        return SqliteDatabase(home.sqlite, writing=writing)
    except sqlite3.Error as error:
        return broken(error)


def check(folder: Path) -> Audited | Fault | Refused:
    """Check everything that a log keeps, signatures and documents too. No writer may be at work meanwhile."""
    home = Home(folder)
    signer = _signer(home)
    if isinstance(signer, Refused):
        return signer
    lock = hold(home.lock)
    if lock is None:
        return Refused("log.writer", "corfu: one writer", "a process writes to this log: end it first, or wait for it")
    try:
        store, head = open_store(home), read_head(home.checkpoint, signer.verifier)
        if isinstance(store, Refused):
            return store
        if isinstance(head, Refused):
            return head
        try:
            return audit(store, signer.verifier, head, heads(home))
        except store.database.error as error:
            return Fault(DATABASE, f"It cannot be read: {(str(error).splitlines() or ['no reason given'])[0]}.")
        finally:
            store.database.close()
    finally:
        os.close(lock)


def distrusted(fault: Fault) -> Refused:
    """Why a log is not opened: what was found, and the way out."""
    place = fault.what if fault.index is None else f"entry {fault.index}, {fault.what}"
    why = f"{fault.why[:1].lower()}{fault.why[1:]}".removesuffix(".")
    detail = f"this log signs nothing more as it is: {why} ({place})"
    out = "put the newest good copy of the database back; if acts are lost, keep what is left and open a new log"
    return Refused("log.distrusted", _RULE, f"{detail}; {out}")


def heads(home: Home) -> Mapping[str, bytes]:
    """What witnesses have cosigned, by file name."""
    found: dict[str, bytes] = {}
    for path in sorted(home.heads.iterdir()) if home.heads.is_dir() else ():
        data = read_file(path)
        if not path.name.startswith("."):
            found[f"heads/{path.name}"] = b"" if isinstance(data, Refused) else data
    return found


def _signer(home: Home) -> SignerKey | Refused:
    """The log's key."""
    if not home.folder.is_dir():
        return _refused(f"the folder {home.folder} is not a log's: name one, or make one with corfu log init")
    return read_key(home.key)


def _refused(detail: str) -> Refused:
    return Refused("log.start", _RULE, detail)
