"""Backup and restore: the record with all its documents, the keys, and the accounts; rows are made anew from these.

A backup is one file that must be kept as secret as the installation itself: it holds keys and every document.

    record.zip      the bundle of the whole record, documents of every layer
    keys/…          the log's key, the registrar's, and those that the server holds for delegations
    witnesses       whose cosignatures are taken
    accounts.json   accounts, their second factors; no sessions
    secret-key      the key of the sessions
    profiles        which organisations these are, if not the usual ones
"""

import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import Final

from django.core import serializers
from django.core.management.color import no_style
from django.db import connection, models, transaction

from corfu.acts import rebuild, writer
from corfu.acts.export import make_bundle
from corfu.acts.home import PUBLIC, SECRET, create
from corfu.acts.restore import put_back
from corfu.acts.shared import SharedDatabase
from corfu.formats.errors import BadInput
from corfu.record import bundle, verify
from corfu.record.keys import parse_private_key
from corfu.record.refusal import Refused

_ACCOUNTS: Final = ("auth.user", "account.emailaddress", "mfa.authenticator", "socialaccount.socialaccount")
_NAME: Final = "Name a file that corfu backup wrote."
_FILE: Final = re.compile(r"record\.zip|accounts\.json|secret-key|witnesses|profiles|keys/[A-Za-z0-9-]{1,40}\.key")
_MOMENT: Final = (1980, 1, 1, 0, 0, 0)


def back_up(data: Path) -> bytes:
    """The installation as one file. A server may be at work."""
    home = writer.home()
    made = make_bundle(home, _every_layer(), writer.store())
    if isinstance(made, Refused):
        raise BadInput(str(made))
    files = {"record.zip": made, "accounts.json": _accounts(), "secret-key": (data / "secret-key").read_bytes()}
    for path in (home.key, home.registrar, *sorted((home.folder / "keys").glob("*.key"))):
        files[f"keys/{path.name}"] = path.read_bytes()
    for path in (home.witnesses, data / "profiles"):
        if path.exists():
            files[path.name] = path.read_bytes()
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), content)
    return whole.getvalue()


def _every_layer() -> set[str]:
    return {row.layer for row in writer.store().documents(contents=False)} | {"public"}


def _accounts() -> bytes:
    rows: list[models.Model] = []
    for label in _ACCOUNTS:
        rows += _model(label)._default_manager.order_by("pk")
    return str(serializers.serialize("json", rows)).encode()


def _model(label: str) -> type[models.Model]:
    from django.apps import apps  # noqa: PLC0415 - the registry is ready when this is called

    return apps.get_model(label)


def opened(backup: Path) -> dict[str, bytes]:
    """The files of a backup; refused where it is none, or where its record is not true to the last byte."""
    try:
        with zipfile.ZipFile(backup) as archive:
            names = archive.namelist()
            if sum(one.file_size for one in archive.infolist()) > backup.stat().st_size:
                raise BadInput(f"{backup} would unpack to more than it is, as no backup does. {_NAME}")
            if not {"record.zip", "accounts.json", "secret-key", "keys/log.key", "keys/registrar.key"} <= set(names):
                raise BadInput(f"{backup} is no backup of Corfu. {_NAME}")
            files = {name: archive.read(name) for name in names}
    except OSError as error:
        raise BadInput(f"{backup} cannot be read: {error.strerror or error}. {_NAME}") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError) as error:
        raise BadInput(f"{backup} cannot be read ({error}). {_NAME}") from None
    unknown = [name for name in names if not _FILE.fullmatch(name)]
    if unknown or len(set(names)) < len(names):
        raise BadInput(f"{backup} holds what no backup holds, such as {(unknown or names)[0][:60]!a}. {_NAME}")
    report = verify.verify(files["record.zip"])
    if report.verdict:
        raise BadInput(f"The record in {backup} is not true: {report.fault.why if report.fault else 'unreadable'}")
    _check_secrets(backup, files)
    return files


def _check_secrets(backup: Path, files: dict[str, bytes]) -> None:
    """Keys that are none would be found out only when somebody wants to act."""
    wrong = [name for name, content in files.items() if name.startswith("keys/") and not _is_key(content)]
    if len(files["secret-key"].strip()) < 32:
        wrong.append("secret-key")
    if wrong:
        raise BadInput(f"{wrong[0]} in {backup} is no key. Use another backup.")


def _is_key(content: bytes) -> bool:
    return not isinstance(parse_private_key(content.decode("utf-8", "replace").strip()), Refused)


def restore(files: dict[str, bytes]) -> int:
    """Fill an empty installation, whose tables were just made; gives the number of acts. It ends with verify."""
    found = bundle.read(files["record.zip"])
    if isinstance(found, Refused):
        raise BadInput(str(found))
    home = writer.home()
    if SharedDatabase().exists():
        raise BadInput("This database holds a record already. Name another one, or another schema.")
    (home.folder / "keys").mkdir(parents=True)
    home.heads.mkdir()
    for name, content in files.items():
        if name.startswith("keys/"):
            own = name in {"keys/log.key", "keys/registrar.key"}
            create(home.folder / (name[5:] if own else name), content, SECRET)
    if "witnesses" in files:
        create(home.witnesses, files["witnesses"], PUBLIC)
    with transaction.atomic():
        put_back(found, home, writer.store())
        _put_accounts(files["accounts.json"])
        count = rebuild.replay(writer.store())
    _verified(home.folder)
    return count


def _put_accounts(accounts: bytes) -> None:
    """With the numbers they had; the next account gets the number after the last of them."""
    try:
        rows = list(serializers.deserialize("json", accounts.decode()))
    except (serializers.base.DeserializationError, UnicodeDecodeError):
        raise BadInput("The accounts in this backup cannot be read. Use another backup.") from None
    for row in rows:
        if row.object._meta.label_lower not in _ACCOUNTS:
            raise BadInput(f"There is a {row.object._meta.label_lower} among the accounts. Use another backup.")
        row.save()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(map(_model, _ACCOUNTS))):
            cursor.execute(statement)


def _verified(folder: Path) -> None:
    made = make_bundle(writer.home(), _every_layer(), writer.store())
    report = None if isinstance(made, Refused) else verify.verify(made)
    if report is None or report.verdict:
        raise BadInput(f"What was restored into {folder} does not verify. Use another backup.")
