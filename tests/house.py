"""An installation for tests: its own folder, its own database, its own record; nothing is shared between two."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from tests.acts import cluster

NOW: Final = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ORIGIN: Final = "test.example/record"

_FOLDER: Final = tempfile.TemporaryDirectory(prefix="corfu-originals-")  # gone when the process ends
_ORIGINALS: Final[dict[tuple[Callable[[], object], bool], tuple[Path, str | None]]] = {}
"""Folders and databases of installations that were filled and closed, by what filled them; True: on PostgreSQL."""


def start() -> None:
    """Start Django, once in a process, on a folder that no test uses."""
    from django.conf import settings

    if settings.configured:
        return
    folder = tempfile.mkdtemp(prefix="corfu-test-")
    (Path(folder) / "static").mkdir()  # whitenoise looks for it when it starts
    os.environ["CORFU_DATA"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "corfu.site.settings"
    os.environ["CORFU_EXERCISE"] = "1"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser tests leave a loop running in this thread
    import django

    django.setup()
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.ALLOWED_HOSTS = ["*"]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def use(folder: Path, address: str | None) -> None:
    """Let Django use the database at this address, or the SQLite file in the folder."""
    from django.conf import settings
    from django.db import connections

    from corfu.acts import writer
    from corfu.site.settings import database

    writer.close()
    settings.CORFU_DATA = folder
    connections["default"].close()
    made: dict[str, Any] = database(folder, address or "")
    connections.settings["default"] = connections.configure_settings({"default": made})["default"]
    del connections["default"]


@contextmanager
def installation(folder: Path, address: str | None = None, *, record: bool = True) -> Iterator[Path]:
    """An empty installation; with `record`, its log is open and holds log.open."""
    with copied(_tables, folder, address):
        if record:
            opened()
        yield folder


@contextmanager
def copied(fill: Callable[[], object], folder: Path, address: str | None = None) -> Iterator[Path]:
    """An installation in this folder as `fill` leaves one, on SQLite, or on the PostgreSQL server at this address."""
    from django.db import connections

    from corfu.acts import writer

    database = copy(fill, folder, address)
    use(folder, database)
    try:
        yield folder
    finally:
        writer.close()
        connections["default"].close()
        if database:
            cluster.drop(database)


def copy(fill: Callable[[], object], folder: Path, address: str | None) -> str | None:
    """Fill an installation once in this process for each kind of database; gives the address of the copy's."""
    asked = (fill, address is not None)
    if asked not in _ORIGINALS:
        _ORIGINALS[asked] = _original(fill, address)
    files, database = _ORIGINALS[asked]
    shutil.copytree(files, folder, dirs_exist_ok=True)
    return cluster.fresh_database(database, copy=True) if database else None


def _original(fill: Callable[[], object], address: str | None) -> tuple[Path, str | None]:
    start()
    from django.db import connections

    from corfu.acts import writer

    folder = Path(tempfile.mkdtemp(dir=_FOLDER.name))
    database = cluster.fresh_database(address) if address else None
    use(folder, database)
    fill()
    writer.close()
    connections["default"].close()  # SQLite's last connection brings its write-ahead log home
    return folder, database


def _tables() -> None:
    """Tables, and nothing in them."""
    from django.conf import settings
    from django.core.management import call_command

    (settings.CORFU_DATA / "secret-key").write_text("for tests only, and as long as a key must be\n")
    call_command("migrate", verbosity=0)


def opened() -> None:
    """Open the record."""
    from corfu.acts import opening

    opening.open_record(ORIGIN, NOW)


def demonstration() -> None:
    """The Corfu Process and the exercise, as `corfu demo` has them."""
    from corfu.site import demo

    _tables()
    opened()
    demo.fill(NOW)


def with_cast() -> None:
    """The cast takes part."""
    from tests import cast

    _tables()
    opened()
    cast.assemble()
