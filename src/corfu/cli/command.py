"""What all commands share: how they are declared, what their exit codes mean, how they write files."""

import argparse
import os
import tempfile
from collections.abc import Callable, Mapping
from enum import IntEnum
from pathlib import Path

from corfu.formats.errors import BadInput


class Exit(IntEnum):
    """What every command's exit code means."""

    DONE = 0
    FOUND_A_NO = 1
    COULD_NOT = 2


def command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], Exit],
    summary: str,
) -> argparse.ArgumentParser:
    """Declare a command under `commands`: its name, what runs it, and what it does in half a sentence."""
    made = commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.set_defaults(run=run)
    return made


def write_all(outputs: Mapping[Path, bytes]) -> None:
    """All files or none: each is written beside its place and moved there when all are."""
    ready: list[tuple[Path, Path]] = []
    try:
        for path, data in outputs.items():
            ready.append((_beside(path, data), path))
        for made, path in ready:
            made.replace(path)
    finally:
        for made, _ in ready:
            made.unlink(missing_ok=True)


def _beside(path: Path, data: bytes) -> Path:
    if path.is_dir():
        raise BadInput(f"{path} is a folder. Name the file to write.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            file.write(data)
            os.fchmod(file.fileno(), 0o666 & ~_umask())
        return Path(file.name)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}. Name a place where you may write.") from None


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
