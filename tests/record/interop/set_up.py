"""Bring the software of others that test_interop.py runs: `python -m tests.record.interop.set_up [FOLDER]`.

It goes into FOLDER, which the tests then find by $CORFU_INTEROP; without either it is `~/.cache/corfu-interop`. Never
into the project, and never needed to run Corfu. Go and its packages come from the system: `apt-get install golang-go
golang-golang-x-mod-dev`. aics-tlog wants Python 3.12 or later, which is looked for on the PATH and among pyenv's; its
own folder of packages is made with that.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

FOLDER: Final = Path(os.environ.get("CORFU_INTEROP") or Path.home() / ".cache" / "corfu-interop")
GO_SOURCES: Final = Path(os.environ.get("CORFU_GOPATH", "/usr/share/gocode"))
GO_MOD: Final = GO_SOURCES / "src/golang.org/x/mod"
NPM: Final = ("@sigstore/verify@3.1.1",)
PYPI: Final = ("aics-tlog==0.2.1", "aics-witness==0.1.0", "sigstore==4.5.1")
OLDEST: Final = (3, 12)


def pythons() -> Iterator[str]:
    """Every Python that there is, by its path."""
    yield sys.executable
    for minor in range(20, OLDEST[1] - 1, -1):
        if found := shutil.which(f"python3.{minor}"):
            yield found
    if pyenv := shutil.which("pyenv"):  # its own programs start only the version that it is told to
        root = subprocess.run([pyenv, "root"], capture_output=True, text=True, check=False).stdout.strip()
        yield from map(str, sorted(Path(root or "/nonexistent").glob("versions/3.*/bin/python"), reverse=True))


def newer_python() -> str | None:
    """A Python of 3.12 or later that starts."""
    ask = f"import sys; raise SystemExit(sys.version_info < {OLDEST})"
    return next((one for one in pythons() if _starts([one, "-c", ask])), None)


def _starts(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def versions(folder: Path) -> dict[str, str]:
    """What of it is there, and of which version."""
    found: dict[str, str] = {}
    if shutil.which("go") and (GO_MOD / "sumdb/tlog").is_dir():
        said = subprocess.run(["go", "version"], capture_output=True, text=True, check=False).stdout.split()
        asked = ["dpkg-query", "-W", "-f", "${Version}", "golang-golang-x-mod-dev"]
        package = subprocess.run(asked, capture_output=True, text=True, check=False).stdout if _starts(asked) else "?"
        found["golang.org/x/mod"] = f"{package}, {said[2] if len(said) > 2 else 'go'}"
    if (package_json := folder / "node_modules/@sigstore/verify/package.json").is_file():
        found["@sigstore/verify"] = json.loads(package_json.read_text())["version"]
    for info in sorted(folder.glob("venv/lib/python*/site-packages/*.dist-info")):
        name, _, version = info.name.removesuffix(".dist-info").partition("-")
        if name in {one.partition("==")[0].replace("-", "_") for one in PYPI}:
            found[name.replace("_", "-")] = version
    return found


def main() -> int:
    """Install what can be installed here; 1 if something is absent then."""
    parser = argparse.ArgumentParser(prog="python -m tests.record.interop.set_up")
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER, help=f"where it goes (default: {FOLDER})")
    folder: Path = parser.parse_args().folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    if npm := shutil.which("npm"):
        subprocess.run([npm, "install", "--silent", "--no-fund", "--no-audit", "--prefix", folder, *NPM], check=True)
    if python := newer_python():
        subprocess.run([python, "-m", "venv", folder / "venv"], check=True)
        subprocess.run([folder / "venv" / "bin" / "pip", "install", "--quiet", *PYPI], check=True)
    found = versions(folder)
    wanted = ["golang.org/x/mod", *(one.rpartition("@")[0] for one in NPM), *(one.partition("==")[0] for one in PYPI)]
    for name in wanted:
        print(f"{name}: {found.get(name, 'absent')}")
    print(f"Now: CORFU_INTEROP={folder} python -m pytest tests/record/test_interop.py")
    return 0 if all(name in found for name in wanted) else 1


if __name__ == "__main__":
    sys.exit(main())
