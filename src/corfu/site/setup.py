"""Making an installation, and starting Django for the commands that need it."""

import os
import secrets
from datetime import datetime
from pathlib import Path

from corfu.formats.errors import BadInput


def django_for(data: Path, *, exercise: bool = False) -> None:
    """Start Django on the installation in this folder."""
    os.environ["CORFU_DATA"] = str(data.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corfu.site.settings")
    if exercise:
        os.environ["CORFU_EXERCISE"] = "1"
    import django  # noqa: PLC0415 - settings read the environment when Django is first asked

    django.setup()


def make_folder(data: Path) -> None:
    """A folder for an installation, with its secret key; refused where there is one."""
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise BadInput(f"{data} is there already, and not empty. Name a new folder.")
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = data / "secret-key"
    key.touch(mode=0o600)
    key.write_text(secrets.token_urlsafe(48) + "\n")


def make_database(origin: str, now: datetime) -> None:
    """Tables, and the record's first act. Django must have been started."""
    from django.core.management import call_command  # noqa: PLC0415 - as above

    from corfu.acts import opening  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    opening.open_record(origin, now)
