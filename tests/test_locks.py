"""The locks pin, with hashes, all that pyproject.toml asks for, and carry no trace of where they were made."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PIN = re.compile(r"^([a-z0-9-]+)==(\S+) \\$", re.MULTILINE)
GROUPS = {"run": ["build"], "dev": ["build", "test", "check", "bench"]}


def pins(root: Path, lock: str) -> dict[str, str]:
    return dict(PIN.findall((root / "locks" / f"{lock}.txt").read_text(encoding="utf-8")))


def wanted(root: Path, lock: str) -> list[Requirement]:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [name for group in GROUPS[lock] for name in project["dependency-groups"][group]]
    return [Requirement(text) for text in project["project"]["dependencies"] + groups]


@pytest.mark.parametrize("lock", GROUPS)
def test_the_lock_pins_what_the_project_asks_for(root: Path, lock: str) -> None:
    pinned = pins(root, lock)
    unmet = [
        str(requirement)
        for requirement in wanted(root, lock)
        if (name := canonicalize_name(requirement.name)) not in pinned
        or not requirement.specifier.contains(pinned[name])
    ]
    assert unmet == [], "make locks, with uv on the PATH"


@pytest.mark.parametrize("lock", GROUPS)
def test_every_line_of_the_lock_is_a_pin_a_hash_or_a_reason(root: Path, lock: str) -> None:
    kinds = re.compile(r"[a-z0-9-]+==[^\s;@]+ \\|    --hash=sha256:[0-9a-f]{64}( \\)?|    #.*")
    lines = (root / "locks" / f"{lock}.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not kinds.fullmatch(line)] == []


def test_both_locks_pin_the_same_versions(root: Path) -> None:
    assert pins(root, "run").items() <= pins(root, "dev").items()
