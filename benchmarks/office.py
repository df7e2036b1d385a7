"""LibreOffice on the same files: what a secretariat would use instead, as far as it gets."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

SCRIPT: Final = Path(__file__).with_name("office_merge.py")
PYTHONS: Final = ("/usr/bin/python3", "/usr/lib/libreoffice/program/python", "python3")
"""Where a Python with LibreOffice's `uno` is found."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """How far LibreOffice came: the seconds for each file it finished (with its own start wherever it is started),
    those that a further file would take (with a start only where each needs one), the tracked changes in the document
    after each, its crashes, and how it ended: done, crashed, stopped (time was up) or an error."""

    files: int
    seconds: tuple[float, ...]
    working: tuple[float, ...]
    changes: tuple[int, ...]
    crashes: int
    end: str

    @property
    def total(self) -> float:
        """What it took, for the files it finished."""
        return sum(self.seconds)

    @property
    def extrapolated(self) -> float:
        """What all files would take at the rate of the last ten that it finished."""
        last = self.working[-10:]
        return self.total + (self.files - len(self.seconds)) * (sum(last) / len(last) if last else 0.0)


@cache
def version() -> str:
    """The version of LibreOffice; empty when there is none."""
    if not shutil.which("soffice"):
        return ""
    told = subprocess.run(
        ["soffice", "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False
    )
    return " ".join(told.stdout.split()[:2])


@cache
def python() -> str:
    """A Python that can drive LibreOffice; empty when there is none."""
    for name in PYTHONS:
        if (path := shutil.which(name)) and _imports_uno(path):
            return path
    return ""


def _imports_uno(path: str) -> bool:
    done = subprocess.run([path, "-c", "import uno"], stderr=subprocess.DEVNULL, check=False)
    return done.returncode == 0


def absent() -> str:
    """Why LibreOffice cannot be measured here; empty when it can."""
    if not version():
        return "LibreOffice (soffice) is absent"
    return "" if python() else "no Python with LibreOffice's uno (Debian: python3-uno)"


def attempt(way: str, base: Path, files: Sequence[Path], seconds: float) -> Attempt:
    """Let LibreOffice go one of the ways of office_merge.py through the files, for `seconds` at most."""
    with tempfile.TemporaryDirectory(prefix="corfu-bench-") as folder:
        profile = f"{folder}/profile"
        # Copies: a LibreOffice that crashes leaves locks beside the files, and the next one will not open them.
        copies = [Path(shutil.copy(path, folder)) for path in (base, *files)]
        # Its first start makes the profile: that is not what we measure.
        _run("compare", profile, 60, copies[-1], copies[-1:])
        lines = _run(way, profile, seconds, copies[0], copies[1:])
    found = [line for line in lines if "file" in line]
    end = next((str(line["end"]) for line in lines if "end" in line), "lost")
    seconds_each = tuple(line["seconds"] for line in found)
    working = tuple(line["seconds"] - (0.0 if way == "restart" else line["opening"]) for line in found)
    changes = tuple(int(line["changes"]) for line in found)
    return Attempt(len(files), seconds_each, working, changes, sum("crash" in line for line in lines), end)


def _run(way: str, profile: str, seconds: float, base: Path, files: Sequence[Path]) -> list[dict[str, float]]:
    Path(profile).mkdir(exist_ok=True)
    command = [python(), str(SCRIPT), way, "soffice", profile, str(seconds), str(base), *map(str, files)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
