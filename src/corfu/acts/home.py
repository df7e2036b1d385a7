"""The folder a log lives in, and how files in it are written so that they are there after a power cut.

    log.key          the log's key: signs checkpoints, nothing else      mode 600
    registrar.key    the registrar's key: signs acts; may be elsewhere   mode 600
    log.sqlite3      the database; or `database`, the address of a PostgreSQL one, mode 600
    checkpoint       the last checkpoint that was signed: see corfu.acts.lock
    witnesses        whose cosignatures are taken: a line for each, its vkey and perhaps its address
    heads/           the last checkpoint that each witness cosigned
    writer.lock      held by the one writer

Whoever copies the database for a rainy day leaves `checkpoint` and `heads/` out, or the copy could not be told from the
newest state.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from corfu.record import keys
from corfu.record.keys import SignerKey
from corfu.record.refusal import Refused

SECRET: Final = 0o600
PUBLIC: Final = 0o644
_MAX_FILE: Final = 1_000_000


class Home:
    """A log's folder, by the names of what is in it."""

    def __init__(self, folder: Path) -> None:
        """The folder need not exist yet."""
        self.folder = folder
        self.key = folder / "log.key"
        self.registrar = folder / "registrar.key"
        self.sqlite = folder / "log.sqlite3"
        self.address = folder / "database"
        self.checkpoint = folder / "checkpoint"
        self.witnesses = folder / "witnesses"
        self.heads = folder / "heads"
        self.lock = folder / "writer.lock"

    @property
    def own(self) -> list[Path]:
        """The files of the log itself, in whose place nothing else may be put."""
        named = [self.key, self.registrar, self.sqlite, self.address, self.checkpoint, self.witnesses, self.lock]
        return [*named, *self.beside, *(self.heads.iterdir() if self.heads.is_dir() else ())]

    @property
    def beside(self) -> list[Path]:
        """What SQLite keeps beside its file while it works."""
        return [self.sqlite.with_name(f"{self.sqlite.name}-{end}") for end in ("wal", "shm", "journal")]

    def head_of(self, witness: str) -> Path:
        """The file of a witness's last head, by the witness's name."""
        return self.heads / hashlib.sha256(witness.encode()).hexdigest()[:16]


def write_durably(path: Path, data: bytes, mode: int = PUBLIC) -> None:
    """Replace a file whole: after a crash it is the old one or the new one, and after the return the new one."""
    beside = path.with_name(f".{path.name}.new")
    with suppress(FileNotFoundError):
        beside.unlink()  # of a process that died between the two
    _write_new(beside, data, mode)
    beside.rename(path)
    sync_folder(path.parent)


def create(path: Path, data: bytes, mode: int = PUBLIC) -> bool:
    """Write a file that must not exist yet; False where it does."""
    try:
        _write_new(path, data, mode)
    except FileExistsError:
        return False
    sync_folder(path.parent)
    return True


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_new(path: Path, data: bytes, mode: int) -> None:
    """A new file with all of it, or none."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(descriptor, left) :]
        os.fsync(descriptor)
    except OSError as error:
        path.unlink(missing_ok=True)  # half a key would keep the whole one from being written
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        os.close(descriptor)


@contextmanager
def held(path: Path) -> Iterator[bool]:
    """Hold a file's lock for as long as the block lasts; False where another process holds it."""
    descriptor = hold(path)
    try:
        yield descriptor is not None
    finally:
        if descriptor is not None:
            os.close(descriptor)


def hold(path: Path) -> int | None:
    """Take a file's lock, which ends with the process or when the descriptor is closed; None where another has it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, SECRET)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def read_file(path: Path, limit: int = _MAX_FILE) -> bytes | Refused:
    """A file's bytes, at most `limit` of them."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        return Refused("file.read", "corfu: it can be read", f"the file {path} cannot be read: {error.strerror}")
    if len(data) > limit:
        return Refused(
            "file.size", f"corfu: at most {limit:,} bytes", f"the file {path} is larger: name the right file"
        )
    return data


def read_key(path: Path) -> SignerKey | Refused:
    """A private key from its file, which nobody else may read."""
    data = read_file(path, 10_000)
    if isinstance(data, Refused):
        return data
    if path.stat().st_mode & 0o077:
        return Refused("key.mode", "corfu: only its owner reads a private key", f"others may read {path}: chmod 600 it")
    return keys.parse_private_key(data.decode("utf-8", "replace").strip())
