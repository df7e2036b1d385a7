"""The example's files, made with LibreOffice: each is the base when rejected, and its own text when accepted."""

import tomllib
from pathlib import Path
from typing import Any, Final

import pytest

from corfu.formats.word.views import WordFile, read

CODES: Final = ("NOR", "VEL", "SAR", "LUM", "OST", "KAR", "TIR", "BEL", "DOR", "ZEN", "ILV", "MAR")
SPECIFICATION: Final = Path(__file__).resolve().parents[4] / "shared" / "data" / "negotiation" / "dd7.toml"


@pytest.fixture(scope="module")
def wanted() -> dict[str, Any]:
    if not SPECIFICATION.exists():
        pytest.skip("the specification ../shared/data/negotiation/dd7.toml is not beside the project")
    return tomllib.loads(SPECIFICATION.read_text(encoding="utf-8"))


def opened(folder: Path, name: str) -> WordFile:
    return read((folder / f"{name}.docx").read_bytes(), f"{name}.docx")


def texts(base: dict[str, Any], edits: list[dict[str, str]]) -> list[str]:
    """The base's paragraphs with those edits made, as the maker of the files was told to."""
    found: list[str] = [base["title"], *base["paragraphs"]]
    for edit in edits:
        if "after" in edit:
            at = next(n for n, text in enumerate(found) if edit["after"] in text)
            found.insert(at + 1, edit["insert"])
        elif "drop" in edit:
            found.remove(next(text for text in found if edit["drop"] in text))
        else:
            at = next(n for n, text in enumerate(found) if edit["find"] in text)
            found[at] = found[at].replace(edit["find"], edit["replace"], 1)
    return found


@pytest.mark.parametrize("code", CODES)
def test_returned_file(code: str, dd7: Path, wanted: dict[str, Any]) -> None:
    file = opened(dd7, code)
    told = next(delegation for delegation in wanted["delegation"] if delegation["code"] == code)
    assert [paragraph.text for paragraph in file.reject()] == texts(wanted["base"], [])
    assert [paragraph.text for paragraph in file.accept()] == texts(wanted["base"], told["edit"])
    assert file.authors == (told["name"],)
    assert file.has_changes
    assert file.not_understood == ()


def test_base(dd7: Path, wanted: dict[str, Any]) -> None:
    file = opened(dd7, "base")
    assert [paragraph.text for paragraph in file.accept()] == texts(wanted["base"], [])
    assert [paragraph.heading for paragraph in file.accept()] == [1] + [0] * 21
    assert not file.has_changes
