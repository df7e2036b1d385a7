"""Making an installation, and starting Django for the commands that need it."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from corfu.formats.errors import BadInput

UNFINISHED: Final = "unfinished"


def django_for(data: Path, *, exercise: bool = False) -> None:
    """Start Django on the installation in this folder."""
    os.environ["CORFU_DATA"] = str(data.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corfu.site.settings")
    if exercise:
        os.environ["CORFU_EXERCISE"] = "1"
    import django  # noqa: PLC0415 - settings read the environment when Django is first asked
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - as above

    try:
        django.setup()
    except (ImproperlyConfigured, ValueError, OSError) as error:
        said = str(error).partition("\n")[0].rstrip(".")
        raise BadInput(f"The settings cannot be used ({said}). Mend the environment: see docs/running.md.") from None


@contextmanager
def making(data: Path) -> Iterator[None]:
    """Make an installation in this folder, with its secret key: all of it, or nothing is left in the folder.

    Refused where there is anything. If the machine stops in between, `UNFINISHED` stays, and no command takes it.
    """
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise BadInput(f"{data} is there already, and not empty. Name a new folder.")
    data.mkdir(parents=True, exist_ok=True)
    data.chmod(0o700)  # accounts, documents and letters are in it
    try:
        (data / UNFINISHED).touch()
        key = data / "secret-key"
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(48) + "\n")
        yield
        (data / UNFINISHED).unlink()
    except BaseException:
        _empty(data)
        raise


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def check(data: Path) -> None:
    """Refuse a folder that is no installation, or was not made to the end."""
    if not (data / "secret-key").is_file():
        raise BadInput(f"{data} is no installation. Make one with corfu init, or name its folder with --data.")
    if (data / UNFINISHED).exists():
        raise BadInput(f"{data} was not made to the end, so nothing in it counts. Delete it, and make it again.")


def make_database(origin: str, now: datetime) -> None:
    """Tables, and the record's first act. Django must have been started."""
    from django.core.management import call_command  # noqa: PLC0415 - as above

    from corfu.acts import opening  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    opening.open_record(origin, now)
