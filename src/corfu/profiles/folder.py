"""Reading the files of a profile, which may come from anyone: ordinary files inside the folder, of a size, in UTF-8."""

import csv
import io
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from corfu.profiles.problem import Code, Problem, excerpt

MAX_FILE: Final = 2 * 1024 * 1024
MAX_FILES: Final = 500

Read = bytes | Problem


def files_of(folder: Path) -> list[str]:
    """Every .toml and .csv file in the folder and its folders, by its path with slashes; hidden ones left out.

    At most `MAX_FILES` and one: whoever checks sees that there are too many. Links to folders are not followed.
    """
    found: list[str] = []
    waiting = [folder]
    while waiting and len(found) <= MAX_FILES:
        for path in sorted(waiting.pop().iterdir()):
            if path.is_dir() and not path.is_symlink() and not path.name.startswith((".", "__")):
                waiting.append(path)
            elif path.suffix in {".toml", ".csv"} and not path.name.startswith("."):
                found.append(path.relative_to(folder).as_posix())
    return sorted(found[: MAX_FILES + 1])


def read_bytes(folder: Path, name: str) -> Read:
    """One file of the folder, or why it is not read."""
    path = folder / name
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            return Problem(Code.OUTSIDE, name, "", "is a link out of the folder", "put the file itself here")
        if not path.exists():
            return Problem(Code.NO_FILE, name, "", "is missing", "add it, as docs/profiles.md describes")
        if not path.is_file():  # a pipe would keep us waiting for ever
            return Problem(Code.UNREADABLE, name, "", "is no ordinary file", "put a file of text here")
        if (size := path.stat().st_size) > MAX_FILE:
            return _too_large(name, size)
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except (OSError, RuntimeError) as error:  # RuntimeError: a link that leads to itself
        cause = f"cannot be read ({getattr(error, 'strerror', None) or error})"
        return Problem(Code.UNREADABLE, name, "", cause, "put a file here that you may read")
    return data if len(data) <= MAX_FILE else _too_large(name, len(data))


def _too_large(name: str, size: int) -> Problem:
    cause = f"has {size:,} bytes, {MAX_FILE:,} are allowed"
    return Problem(Code.TOO_LARGE, name, "", cause, "leave out what does not belong to a profile")


def as_text(data: bytes, name: str) -> str | Problem:
    """The text of a file; the mark that some programs write before UTF-8 is passed over."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Problem(Code.NOT_UTF8, name, f"line {line}", "is not in UTF-8", "save the file again as UTF-8")


def as_toml(text: str, name: str) -> dict[str, Any] | Problem:
    """The tables of a TOML file."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: also a number of thousands of digits
        return Problem(Code.NOT_TOML, name, "", f"is not TOML ({error})", "correct it there")


Line = tuple[int, list[str]]


def as_csv(text: str, name: str) -> list[Line] | Problem:
    """The rows of a CSV file, the header first, each with the number of the line it begins on; empty lines left out."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Line] = []
    before = 0
    try:
        for cells in reader:
            if any(cells):
                rows.append((before + 1, [cell.strip() for cell in cells]))
            before = reader.line_num
    except csv.Error as error:
        return Problem(Code.NOT_CSV, name, f"line {before + 1}", f"is not CSV ({error})", "correct it there")
    if not rows:
        return Problem(Code.NOT_CSV, name, "", "is empty", "begin it with a line that names the columns")
    if len(rows[0][1]) == 1 and ";" in rows[0][1][0]:
        return Problem(Code.NOT_CSV, name, "line 1", "has semicolons between the columns", "save it with commas")
    return rows


def strays(found: Iterable[str], known: Iterable[str]) -> list[Problem]:
    """Files that nothing reads: most often a name with a slip in it."""
    known = set(known)
    there = sorted(known)
    return [
        Problem(Code.NOT_OURS, excerpt(name)[1:-1], "", "is read by nobody", f"rename it to one of {', '.join(there)}")
        for name in found
        if name not in known
    ]
