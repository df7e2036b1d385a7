"""The 24 files of word-revisions, made with Word, one kind of revision each; and the example's twelve files.

The files are no part of the project (MIT, Open-Xml-PowerTools); they are read from where they lie beside it.
"""

from pathlib import Path
from typing import Final

import pytest

from corfu.formats.word.views import WordFile, read
from tests.formats.word import office, pandoc
from tests.formats.word.test_messy import lines, words

ROOT: Final = Path(__file__).resolve().parents[3]
FOLDER: Final = ROOT.parent / "shared" / "data" / "word-revisions"
ABSENT: Final = "the 24 files of ../shared/data/word-revisions are not beside the project"
FILES: Final = sorted(path.stem for path in FOLDER.glob("*.docx"))
pytestmark = pytest.mark.skipif(not FILES, reason=ABSENT)

VIDEO: Final = "Video provides a powerful way to help you prove your point."
ONLINE: Final = "When you click Online Video, you can paste in the embed code for the video you want to add."
KEYWORD: Final = "You can also type a keyword to search online for the video that best fits your document."
LOOK: Final = (
    "To make your document look professionally produced, Word provides header, footer, cover page, and text box "
    "designs that complement each other."
)
COVER: Final = "For example, you can add a matching cover page, header, and sidebar."

# What a reader who opens the files in Word sees: paragraphs with their list labels, accepted and rejected.
EXPECTED: Final[dict[str, tuple[list[str], list[str]]]] = {
    "001-DeletedRun": (
        [f"Video provides a way to help you prove your point. {ONLINE} {KEYWORD}"],
        [f"Video provides a powerful way to help you prove your point. {ONLINE} {KEYWORD}"],
    ),
    "002-DeletedNumberedParagraphs": (
        ["This is text before.", "This is text after."],
        [
            "This is text before.",
            *(f"{n}. {text}" for n, text in enumerate((VIDEO, ONLINE, KEYWORD, LOOK, COVER), 1)),
            "This is text after.",
        ],
    ),
    "003-DeletedFieldCode": ([f"{ONLINE} {KEYWORD}"], [f"Video 2/7/2020{VIDEO[5:]} {ONLINE} {KEYWORD}"]),
    "004-InsertedNumberingProperties": (
        [f"1. {VIDEO}", f"2. {ONLINE}", f"3. {KEYWORD}"],
        [VIDEO, ONLINE, KEYWORD],
    ),
    # The first paragraph's number went with the mark that is taken back: it ends with the next mark, which had none.
    "005-InsertedNumberedParagraph": (
        [f"1. {VIDEO}", "2. This is an inserted paragraph.", f"3. {ONLINE}", KEYWORD, LOOK],
        [VIDEO, ONLINE, KEYWORD, LOOK],
    ),
    "006-DeletedTableRow": (
        ["111", "222", "333", "444", "777", "888", ""],
        ["111", "222", "333", "444", "555", "666", "777", "888", ""],
    ),
    "007-InsertedTableRow": (
        ["111", "222", "333", "444", "Aaa", "Bbb", "555", "666", "777", "888", ""],
        ["111", "222", "333", "444", "555", "666", "777", "888", ""],
    ),
    "008-InsertedFieldCode": (
        [f"Video 2/7/2020 provides a 2/8/2020{VIDEO[16:]} {ONLINE} {KEYWORD}"],
        [f"Video 2/7/2020 provides a{VIDEO[16:]} {ONLINE} {KEYWORD}"],
    ),
    "009-InsertedParagraph": (
        [VIDEO, ONLINE, "This is an inserted paragraph.", KEYWORD, LOOK, COVER],
        [VIDEO, ONLINE, KEYWORD, LOOK, COVER],
    ),
    "010-InsertedRun": (
        ["Video provides a inserted run powerful way to help you prove your point.", ONLINE, KEYWORD, LOOK, COVER],
        [VIDEO, ONLINE, KEYWORD, LOOK, COVER],
    ),
    "011-InsertedMathChar": (["A=2πr2"], ["A=πr2"]),
    "012-DeletedMathChar": (["A=r2"], ["A=πr2"]),
    "013-DeletedParagraph": ([VIDEO, ONLINE, KEYWORD, LOOK], [VIDEO, ONLINE, "Inserted Paragraph.", KEYWORD, LOOK]),
    "014-MovedParagraph": ([VIDEO, KEYWORD, ONLINE, LOOK, COVER, ""], [VIDEO, ONLINE, KEYWORD, LOOK, COVER, ""]),
    "017-NumberingChange": (
        [VIDEO, f"• {ONLINE}", f"• {KEYWORD}", f"• {LOOK}", COVER, ""],
        [VIDEO, f"1. {ONLINE}", f"2. {KEYWORD}", f"3. {LOOK}", COVER, ""],
    ),
}
for unchanged in ("015-InsertedContentControl", "016-DeletedContentControl", "019-RunPropertiesChange"):
    EXPECTED[unchanged] = ([VIDEO, ONLINE, KEYWORD, LOOK, COVER, ""],) * 2
EXPECTED["018-ParagraphPropertiesChange"] = ([VIDEO, ONLINE, KEYWORD, LOOK, COVER],) * 2
EXPECTED["020-SectionPropertiesChange"] = ([VIDEO, ONLINE, "", KEYWORD, LOOK, COVER, ""],) * 2

NOT_UNDERSTOOD: Final = {
    "004-InsertedNumberingProperties": ["3 paragraph formatting changes (w:pPrChange) by e in paragraphs 1, 2 and 3"],
    "005-InsertedNumberedParagraph": ["2 paragraph formatting changes (w:pPrChange) by e in paragraphs 2 and 3"],
    "015-InsertedContentControl": ["inserted content control (w:customXmlInsRangeStart) by e in paragraph 1"],
    "016-DeletedContentControl": ["deleted content control (w:customXmlDelRangeStart) by e in paragraph 1"],
    "017-NumberingChange": ["3 paragraph formatting changes (w:pPrChange) by e in paragraphs 2, 3 and 4"],
    "018-ParagraphPropertiesChange": ["paragraph formatting change (w:pPrChange) by e in paragraph 3"],
    "019-RunPropertiesChange": ["formatting change (w:rPrChange) by e in paragraph 1"],
    "020-SectionPropertiesChange": ["section formatting change (w:sectPrChange) by e in the last section"],
    "021-TableGridChange": [
        "table formatting change (w:tblPrChange) by e in paragraph 1",
        "table column change (w:tblGridChange) in paragraph 1",
        "20 table cell formatting changes (w:tcPrChange) by e in 20 paragraphs from 1 to 20",
    ],
    "022-TablePropertiesChange": [
        "table formatting change (w:tblPrChange) by e in paragraph 1",
        "table column change (w:tblGridChange) in paragraph 1",
        "20 table cell formatting changes (w:tcPrChange) by e in 20 paragraphs from 1 to 20",
    ],
    "023-CellPropertiesChange": [
        "table formatting change (w:tblPrChange) by e in paragraph 1",
        "table column change (w:tblGridChange) in paragraph 1",
        "3 table cell formatting changes (w:tcPrChange) by e in paragraphs 1, 2 and 8",
        "paragraph formatting change (w:pPrChange) by e in paragraph 1",
    ],
    "024-RowPropertiesChange": [
        "table formatting change (w:tblPrChange) by e in paragraph 1",
        "table column change (w:tblGridChange) in paragraph 1",
        "4 table cell formatting changes (w:tcPrChange) by e in paragraphs 1, 2, 3 and 4",
    ],
}
# Pandoc leaves out a date field (008) and takes no notice of changes in formulas (011, 012).
PANDOC_DIFFERS: Final = {"008-InsertedFieldCode", "011-InsertedMathChar", "012-DeletedMathChar"}
# LibreOffice shows today's date (003, 008), has formulas as objects (011, 012), and numbers the first paragraph of
# 005 when all is rejected: it takes a joined paragraph's properties from its first part, Word from its last.
OFFICE_DIFFERS: Final = PANDOC_DIFFERS | {"003-DeletedFieldCode", "005-InsertedNumberedParagraph"}


def opened(name: str) -> WordFile:
    return read((FOLDER / f"{name}.docx").read_bytes(), f"{name}.docx")


def test_all_24_kinds_are_there() -> None:
    assert len(FILES) == 24


@pytest.mark.parametrize("name", EXPECTED)
def test_both_views_are_exact(name: str) -> None:
    file = opened(name)
    assert (lines(file.accept()), lines(file.reject())) == EXPECTED[name]


@pytest.mark.parametrize("name", FILES)
def test_formatting_changes_leave_the_text_alone(name: str) -> None:
    file = opened(name)
    assert name in EXPECTED or lines(file.accept()) == lines(file.reject())


@pytest.mark.parametrize("name", FILES)
def test_what_has_no_effect_on_the_text_is_named(name: str) -> None:
    assert list(opened(name).not_understood) == NOT_UNDERSTOOD.get(name, [])


@pytest.mark.parametrize("name", FILES)
def test_pandoc_agrees_but_for_three(name: str) -> None:
    file, path = opened(name), FOLDER / f"{name}.docx"
    ours = [words([paragraph.text for paragraph in view]) for view in (file.accept(), file.reject())]
    assert (ours == [pandoc.view(path, "accept"), pandoc.view(path, "reject")]) is (name not in PANDOC_DIFFERS)


@pytest.fixture(scope="module")
def office_views(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list[str], list[str]]]:
    return office.views(
        {name: (FOLDER / f"{name}.docx").read_bytes() for name in FILES}, tmp_path_factory.mktemp("office")
    )


@pytest.mark.office
@pytest.mark.parametrize("name", [name for name in FILES if name not in OFFICE_DIFFERS])
def test_libreoffice_agrees_labels_and_all(name: str, office_views: dict[str, tuple[list[str], list[str]]]) -> None:
    file = opened(name)
    ours = words(lines(file.accept())), words(lines(file.reject()))
    assert ours == tuple(words(view) for view in office_views[name])
