"""What all commands share: how they are declared, what their exit codes mean, how they write files."""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Final

from corfu.formats.errors import BadInput

_LONGEST: Final = 1e7  # some months


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


def seconds(text: str) -> float:
    """How long to wait, as an option says it."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= _LONGEST:
        raise argparse.ArgumentTypeError(f"give a number of seconds above 0, not {text[:20]}")
    return value


def print_bytes(data: bytes) -> None:
    """Print what is signed, to the byte: not as this console spells its letters."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def write_all(outputs: Sequence[tuple[Path, bytes]], keep: Iterable[Path] = (), *, secret: bool = False) -> None:
    """All files or none: each is written beside its place and moved there when all are.

    `keep`: the files that were read, which no output may replace. `secret`: nobody else may read them, at no moment.
    Raises BadInput.
    """
    targets = [(path.resolve(), data) for path, data in outputs]  # what a link points to is written, not the link
    _check([path for path, _ in targets], {path.resolve() for path in keep})
    ready: list[tuple[Path, Path]] = []
    try:
        for path, data in targets:
            ready.append((_beside(path, data, secret=secret), path))
        for made, path in ready:
            made.replace(path)
    finally:
        for made, _ in ready:
            made.unlink(missing_ok=True)


def _check(paths: Sequence[Path], keep: Collection[Path]) -> None:
    seen: set[str] = set()
    for path in paths:
        if path in keep:
            raise BadInput(f"{path} is one of the files needed here: it would be lost. Name another file to write.")
        if str(path).lower() in seen:
            raise BadInput(f"{path} would be written twice. Give each output a name of its own.")
        if path.exists() and not path.is_file():
            raise BadInput(f"{path} is no ordinary file. Name the file to write.")
        seen.add(str(path).lower())


def _beside(path: Path, data: bytes, *, secret: bool) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            file.write(data)
            if not secret:
                os.fchmod(file.fileno(), 0o666 & ~_umask())
        return Path(file.name)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}. Name a place where you may write.") from None


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
