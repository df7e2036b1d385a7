"""Backup and restore: the record with all its documents, the keys, and the accounts; rows are made anew from these.

A backup is one file that must be kept as secret as the installation itself: it holds keys and every document.

    record.zip      the bundle of the whole record, documents of every layer
    keys/…          the log's key, the registrar's, and those that the server holds for delegations
    witnesses       whose cosignatures are taken
    accounts.json   accounts, their second factors; no sessions
    secret-key      the key of the sessions
"""

import io
import zipfile
from pathlib import Path
from typing import Final

from django.core import serializers
from django.db import models, transaction

from corfu.acts import rebuild, writer
from corfu.acts.export import make_bundle
from corfu.acts.home import PUBLIC, SECRET, create
from corfu.acts.restore import put_back
from corfu.formats.errors import BadInput
from corfu.record import bundle, verify
from corfu.record.refusal import Refused

_ACCOUNTS: Final = ("auth.user", "account.emailaddress", "mfa.authenticator", "socialaccount.socialaccount")
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
    if home.witnesses.exists():
        files["witnesses"] = home.witnesses.read_bytes()
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
            if not {"record.zip", "accounts.json", "secret-key", "keys/log.key", "keys/registrar.key"} <= set(names):
                raise BadInput(f"{backup} is no backup of Corfu. Name a file that corfu backup wrote.")
            files = {name: archive.read(name) for name in names}
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError) as error:
        raise BadInput(f"{backup} cannot be read ({error}). Name a file that corfu backup wrote.") from None
    if any(name.startswith("/") or ".." in name or "\\" in name for name in names):
        raise BadInput(f"{backup} names files outside its folder. Name a file that corfu backup wrote.")
    report = verify.verify(files["record.zip"])
    if report.verdict:
        raise BadInput(f"The record in {backup} is not true: {report.fault.why if report.fault else 'unreadable'}")
    return files


def restore(files: dict[str, bytes]) -> int:
    """Fill an empty installation, whose tables were just made; gives the number of acts. It ends with verify."""
    found = bundle.read(files["record.zip"])
    if isinstance(found, Refused):
        raise BadInput(str(found))
    home = writer.home()
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
        for row in serializers.deserialize("json", files["accounts.json"].decode()):
            row.save()
        count = rebuild.replay(writer.store())
    _verified(home.folder)
    return count


def _verified(folder: Path) -> None:
    made = make_bundle(writer.home(), _every_layer(), writer.store())
    report = None if isinstance(made, Refused) else verify.verify(made)
    if report is None or report.verdict:
        raise BadInput(f"What was restored into {folder} does not verify. Use another backup.")
