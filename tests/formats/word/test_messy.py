"""Messy files: both views as written by hand, as pandoc reads them, and as LibreOffice reads them."""

from pathlib import Path

import pytest

from corfu.formats.word.views import ViewParagraph, read
from tests.formats.word import office, pandoc
from tests.formats.word.cases import CASES, Case


def lines(view: tuple[ViewParagraph, ...]) -> list[str]:
    return [f"{paragraph.label} {paragraph.text}" if paragraph.label else paragraph.text for paragraph in view]


def words(texts: list[str]) -> list[str]:
    return [pandoc.folded(text) for text in texts if text.strip()]


@pytest.mark.parametrize("name", CASES)
def test_both_views_say_what_was_written_by_hand(name: str) -> None:
    case = CASES[name]
    file = read(case.file(), name)
    assert lines(file.accept()) == case.accept
    assert lines(file.reject()) == case.reject


@pytest.mark.parametrize("name", CASES)
def test_pandoc_agrees_unless_said_why_not(name: str, tmp_path: Path) -> None:
    path = tmp_path / "file.docx"
    path.write_bytes(CASES[name].file())
    file = read(CASES[name].file(), name)
    ours = [words([paragraph.text for paragraph in view]) for view in (file.accept(), file.reject())]
    theirs = [pandoc.view(path, "accept"), pandoc.view(path, "reject")]
    assert (ours == theirs) is not bool(CASES[name].pandoc), theirs


@pytest.fixture(scope="module")
def office_views(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list[str], list[str]]]:
    if not office.present():
        pytest.skip("LibreOffice (soffice) is not installed")
    files = {f"case{number}": case.file() for number, case in enumerate(CASES.values())}
    return office.views(files, tmp_path_factory.mktemp("office"))


@pytest.mark.office
@pytest.mark.parametrize("name", [name for name, case in CASES.items() if not case.office])
def test_libreoffice_agrees(name: str, office_views: dict[str, tuple[list[str], list[str]]]) -> None:
    case: Case = CASES[name]
    accepted, rejected = office_views[f"case{list(CASES).index(name)}"]
    assert words(accepted) == words(case.accept)
    assert words(rejected) == words(case.reject)
