"""Bring the software of others that test_interop.py runs: `python tests/record/interop/set_up.py`.

It goes into $CORFU_INTEROP, or `~/.cache/corfu-interop`: never into the project, and never needed to run Corfu. Go and
its packages come from the system: `apt-get install golang-go golang-golang-x-mod-dev`. aics-tlog wants Python 3.12.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

FOLDER: Final = Path(os.environ.get("CORFU_INTEROP") or Path.home() / ".cache" / "corfu-interop")
NPM: Final = ("@sigstore/verify@3.1.1",)
PYPI: Final = ("aics-tlog==0.2.1", "aics-witness==0.1.0", "sigstore==4.5.1")
PYTHONS: Final = ("python3.14", "python3.13", "python3.12", "python3")


def newer_python() -> str | None:
    """A Python of 3.12 or later that starts."""
    ask = "import sys; raise SystemExit(sys.version_info < (3, 12))"
    for name in (sys.executable, *filter(None, map(shutil.which, PYTHONS))):
        if subprocess.run([name, "-c", ask], capture_output=True, check=False).returncode == 0:
            return name
    return None


def main() -> None:
    """Install what can be installed here."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    if shutil.which("npm"):
        subprocess.run(["npm", "install", "--no-fund", "--no-audit", "--prefix", str(FOLDER), *NPM], check=True)
    if python := newer_python():
        subprocess.run([python, "-m", "venv", str(FOLDER / "venv")], check=True)
        subprocess.run([str(FOLDER / "venv" / "bin" / "pip"), "install", "--quiet", *PYPI], check=True)


if __name__ == "__main__":
    main()
