"""An installation for tests: its own folder, its own database, its own record; nothing is shared between two."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

_TABLES: Final = Path(tempfile.mkdtemp(prefix="corfu-tables-"))
"""Where the first SQLite database of this process is kept, its tables made and empty, to be copied by the others."""
NOW: Final = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ORIGIN: Final = "test.example/record"


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
    start()
    from django.core.management import call_command
    from django.db import connections

    from corfu.acts import opening, writer

    folder.mkdir(parents=True, exist_ok=True)
    use(folder, address)
    (folder / "secret-key").write_text("for tests only, and as long as a key must be\n")
    template = None if address else _TABLES / "corfu.sqlite3"
    try:
        if template and template.exists():
            connections["default"].close()
            shutil.copy(template, folder / "corfu.sqlite3")
        else:
            call_command("migrate", verbosity=0)
        if template and not template.exists():
            connections["default"].close()  # the last connection brings the write-ahead log home
            shutil.copy(folder / "corfu.sqlite3", template)
        if record:
            opening.open_record(ORIGIN, NOW)
        yield folder
    finally:
        writer.close()
        connections["default"].close()
