"""Set up `.venv` for make: `python3 tools/setup.py run` (what Corfu needs) or `... dev` (tests and checks too).

Does nothing, quickly, when all is in place: a stamp in `.venv` holds a digest of what it was made from. Two set-ups
at once wait for each other. Only the standard library, and nothing an older Python could not read: it must be told.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
KINDS = ("run", "dev")  # each holds the one before


def main() -> None:
    """Set up what the first argument names."""
    if sys.version_info < (3, 11):  # noqa: UP036
        stop("Corfu needs Python 3.11 or later, this one is older. Way out: make PYTHON=python3.11 ...")
    kind = sys.argv[1]
    with (ROOT / ".setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not any(is_ready(at_least) for at_least in KINDS[KINDS.index(kind) :]):
            set_up(kind)


def set_up(kind: str) -> None:
    """Make the environment, or bring the one that stands up to date."""
    print(f"Setting up .venv ({kind}): one to three minutes the first time ...", flush=True)
    started = time.monotonic()
    make_environment()
    pip("install", "--require-hashes", "--requirement", str(lock_file(kind)))
    pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    stamp(kind).write_text(digest(kind), encoding="utf-8")
    print(f"Set up in {time.monotonic() - started:.0f} s.", flush=True)


def make_environment() -> None:
    """Make `.venv` anew when there is none, or when it was made by another Python or for another folder."""
    made_for = f"{sys.version}\n{ROOT}\n"
    note = VENV / "made-for"
    if PYTHON.exists() and note.exists() and note.read_text(encoding="utf-8") == made_for:
        return
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if not succeeds(command) and not (install_debian_venv() and succeeds(command)):
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        stop(f"This Python cannot make a virtual environment. Way out, on Debian: apt-get install {package}")
    note.write_text(made_for, encoding="utf-8")


def install_debian_venv() -> bool:
    """Debian ships the module `venv` as a package of its own: fetch it where we may."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    return succeeds(["apt-get", "update"]) and succeeds(["apt-get", "install", "--yes", package])


def pip(*arguments: str) -> None:
    """Run the environment's pip with the index this user has set for pip, PyPI by default."""
    quiet = ["--quiet", "--quiet", "--disable-pip-version-check", "--no-input"]
    if subprocess.run([str(PYTHON), "-m", "pip", *arguments, *quiet], check=False).returncode != 0:
        stop("pip could not install the packages above. Way out: reach PyPI, or set PIP_INDEX_URL to a mirror of it.")


def is_ready(kind: str) -> bool:
    """Whether `.venv` was made from exactly what stands here now."""
    return PYTHON.exists() and stamp(kind).exists() and stamp(kind).read_text(encoding="utf-8") == digest(kind)


def digest(kind: str) -> str:
    """Of all that the set-up depends on: the lock, the project's file, this script, this Python, this folder."""
    files = (lock_file(kind), ROOT / "pyproject.toml", Path(__file__))
    parts = [sys.version, str(ROOT), *(path.read_text(encoding="utf-8") for path in files)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def lock_file(kind: str) -> Path:
    """The pinned packages of a kind of set-up."""
    return ROOT / "locks" / f"{kind}.txt"


def stamp(kind: str) -> Path:
    """Where the digest is kept."""
    return VENV / f"set-up-{kind}"


def succeeds(command: "list[str]") -> bool:
    """Run a command without a word."""
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def stop(sentence: str) -> None:
    """Say what is wrong and the way out, in one sentence or two."""
    sys.exit(f"make: {sentence}")


if __name__ == "__main__":
    main()
