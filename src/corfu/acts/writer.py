"""The process that writes: its log, opened once and checked as a whole, and the keys that the server holds.

A delegation's key lies here only where its enrolment says so (custody "server"); `key.enrol` and every act's page say
it too.
"""

import secrets
import threading
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from corfu.acts import start
from corfu.acts.fields import instant
from corfu.acts.home import SECRET, Home, create, read_key
from corfu.acts.log import Log
from corfu.acts.shared import SharedDatabase
from corfu.acts.store import Store
from corfu.record import keys
from corfu.record.keys import SignerKey, VerifierKey
from corfu.record.refusal import Refused

DOOR: Final = threading.RLock()
"""Held from the rule's question to the receipt: nothing changes between a yes and its effect."""


class Closed(Exception):
    """The record cannot be written: str(error) is one sentence, for whoever runs the installation."""


class _Open:
    log: Log | None = None
    folder: Path | None = None


def home() -> Home:
    """The record's folder of this installation."""
    return Home(Path(settings.CORFU_DATA) / "record")


def store() -> Store:
    """The log's rows, for reading."""
    return Store(SharedDatabase())


def log() -> Log:
    """The log, open for writing; hold DOOR. Raises `Closed`."""
    here = home()
    if _Open.log is None or _Open.folder != here.folder:
        close()
        opened = start.open_log(here.folder, SharedDatabase())
        if isinstance(opened, Refused):
            raise Closed(str(opened))
        _Open.log, _Open.folder = opened, here.folder
    return _Open.log


def close() -> None:
    """Let another process write; the next act here opens the log anew."""
    if _Open.log is not None:
        _Open.log.close()
    _Open.log = _Open.folder = None


def make(origin: str, now: datetime) -> Log:
    """Make this installation's log; its first act is in it. Raises `Closed`."""
    here = home()
    made = start.init(here.folder, origin, instant(now), secrets.token_hex(16), database=SharedDatabase())
    if isinstance(made, Refused):
        raise Closed(str(made))
    (here.folder / "keys").mkdir(mode=0o700, exist_ok=True)
    _Open.log, _Open.folder = made, here.folder
    return made


def signer(code: str) -> SignerKey | None:
    """The key that the server holds for an author, if it does."""
    here = home()
    path = here.registrar if code == log().registrar else here.folder / "keys" / f"{code}.key"
    found = read_key(path)
    return None if isinstance(found, Refused) else found


def new_key(code: str) -> VerifierKey:
    """Make a key for a delegation, to be held by the server. Raises `Closed` where there is one."""
    made = keys.generate(f"delegation/{code}")
    if isinstance(made, Refused):
        raise Closed(str(made))
    if not create(home().folder / "keys" / f"{code}.key", f"{made.private_key}\n".encode(), SECRET):
        raise Closed(f"The server holds a key for {code} already: revoke it first.")
    return made.verifier
