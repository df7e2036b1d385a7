"""A whole profile to spoil: the example of docs/profiles.md, written out as files."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from corfu.profiles import Problem, check

_FILE: Final = re.compile(r"^`([\w./-]+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)

Spoil = Callable[..., list[Problem]]


@pytest.fixture
def lakes(root: Path, tmp_path: Path) -> Path:
    """The example as a folder."""
    folder = tmp_path / "three-lakes"
    for name, text in _FILE.findall((root / "docs/profiles.md").read_text(encoding="utf-8")):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def spoil(lakes: Path) -> Spoil:
    """Replace a text in one of its files, or give the file whole, and say what the check finds."""

    def _spoil(name: str, old: str | bytes, new: str | None = None) -> list[Problem]:
        path = lakes / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if new is None:
            path.write_bytes(old if isinstance(old, bytes) else old.encode())
        else:
            text = path.read_text(encoding="utf-8")
            assert isinstance(old, str)
            assert old in text
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return check(lakes)

    return _spoil
