"""Labels from Word's own lists, in the scripts that people number in."""

import pytest

from corfu.formats.word.numbers import written
from corfu.formats.word.views import read
from tests.formats.word.build import change, docx, level, lists, numbered, par, run

CONTRACT = level(0, "%1.") + level(1, "%1.%2") + level(2, "(%3)", "lowerLetter")


def labels(body: str, numbering: str, *, reject: bool = False, **parts: str) -> list[str]:
    file = read(docx(body, numbering=numbering, **parts), "x.docx")
    return [paragraph.label for paragraph in (file.reject() if reject else file.accept())]


def items(*levels: int, number: int = 1) -> str:
    return "".join(par(run("x"), properties=numbered(number, at)) for at in levels)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("decimal", {1: "1", 40: "40"}),
        ("decimalZero", {1: "01", 9: "09", 10: "10"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa", 53: "aaa"}),
        ("upperLetter", {2: "B", 28: "BB"}),
        ("lowerRoman", {4: "iv", 9: "ix", 1994: "mcmxciv"}),
        ("upperRoman", {14: "XIV"}),
        ("ordinal", {1: "1st", 2: "2nd", 3: "3rd", 11: "11th", 22: "22nd"}),
        ("russianLower", {1: "а", 9: "и", 10: "к", 29: "я", 30: "аа"}),
        ("russianUpper", {5: "Д"}),
        ("arabicAlpha", {1: "أ", 3: "ت", 28: "ي"}),
        ("arabicAbjad", {3: "ج", 10: "ي"}),
        ("hebrew1", {1: "א", 15: "טו", 16: "טז", 21: "כא"}),
        ("hebrew2", {22: "ת"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 105: "一百零五", 110: "一百一十"}),
        ("chineseCountingThousand", {1001: "一千零一", 10_000: "一零零零零"}),
        ("ideographDigital", {10: "一〇"}),
        ("japaneseCounting", {101: "百一", 34: "三十四"}),
        ("koreanDigital", {12: "일이"}),
        ("decimalEnclosedCircle", {3: "③", 21: "21"}),
        ("ideographTraditional", {1: "甲", 11: "甲"}),
        ("hindiNumbers", {12: "१२"}),
        ("thaiNumbers", {7: "๗"}),
        ("numberInDash", {5: "- 5 -"}),
        ("none", {1: ""}),
        ("neverHeardOf", {7: "7"}),
    ],
)
def test_numbers(kind: str, expected: dict[int, str]) -> None:
    assert {number: written(kind, number) for number in expected} == expected


def test_zero_and_huge_numbers_are_written_somehow() -> None:
    for kind in ("decimalZero", "lowerLetter", "lowerRoman", "chineseCounting", "hebrew1", "ordinal", "iroha"):
        for number in (-1, 0, 99_999_999):
            assert len(written(kind, number)) < 200


def test_levels_restart_under_a_higher_one() -> None:
    assert labels(items(0, 1, 1, 2, 2, 1, 2, 0, 1), lists(a=CONTRACT)) == [
        "1.", "1.1", "1.2", "(a)", "(b)", "1.3", "(a)", "2.", "2.1",
    ]  # fmt: skip


def test_a_level_without_the_one_above_it_shows_that_ones_start() -> None:
    assert labels(items(1, 1, 0), lists(a=CONTRACT)) == ["1.1", "1.2", "1."]


def test_restart_as_told() -> None:
    never = level(0, "%1.") + level(1, "%2)", more='<w:lvlRestart w:val="0"/>')
    assert labels(items(0, 1, 1, 0, 1), lists(a=never)) == ["1.", "1)", "2)", "2.", "3)"]
    first = level(0, "%1.") + level(1, "%2)") + level(2, "%3-", more='<w:lvlRestart w:val="1"/>')
    assert labels(items(0, 1, 2, 1, 2, 0, 1, 2), lists(a=first)) == ["1.", "1)", "1-", "2)", "2-", "2.", "1)", "1-"]


def test_lists_of_one_kind_count_on_unless_told_to_start_anew() -> None:
    numbering = lists(a=CONTRACT) + (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    )
    body = items(0, 0) + items(0, number=2) + items(0, 0, number=3) + items(0)
    assert labels(body, numbering) == ["1.", "2.", "3.", "7.", "8.", "9."]


def test_a_list_may_replace_a_level() -> None:
    numbering = lists(a=CONTRACT) + (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        + level(0, "Article %1", "upperRoman", start=3)
        + "</w:lvlOverride></w:num>"
    )
    assert labels(items(0, 0, number=2), numbering) == ["Article III", "Article IV"]


def test_legal_numbering_shows_figures() -> None:
    legal = level(0, "%1", "upperRoman") + level(1, "%1.%2", "lowerLetter", "<w:isLgl/>")
    assert labels(items(0, 1), lists(a=legal)) == ["I", "1.1"]


def test_none_bullets_and_empty_texts() -> None:
    numbering = lists(
        a=level(0, "\uf0b7", "bullet"), b=level(0, ""), c=level(0, "%1", "none"), d=level(0, "–", "bullet")
    )
    body = "".join(items(0, number=number) for number in (1, 2, 3, 4, 0, 99))
    assert labels(body, numbering) == ["•", "", "", "–", "", ""]


def test_zeros_before_figures_as_newer_word_writes_them() -> None:
    padded = (
        '<w:lvl w:ilvl="0"><w:start w:val="9"/><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" '
        'w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback>'
        '</mc:AlternateContent><w:lvlText w:val="%1"/></w:lvl>'
    )
    assert labels(items(0, 0), lists(a=padded)) == ["009", "010"]


LIST_ONE = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
STYLED = f"""
<w:style w:type="paragraph" w:styleId="Op"><w:name w:val="Operative"/>{LIST_ONE}</w:style>
<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="Op"/></w:style>
<w:style w:type="numbering" w:styleId="Outline"><w:name w:val="Outline"/>{LIST_ONE}</w:style>
"""


def styled(style: str, more: str = "") -> str:
    return par(run("x"), properties=f'<w:pStyle w:val="{style}"/>{more}')


def test_numbers_that_come_with_the_style() -> None:
    numbering = lists(
        a=level(0, "%1.", more='<w:pStyle w:val="Op"/>') + level(1, "(%2)", "lowerLetter", '<w:pStyle w:val="Sub"/>')
    )
    body = (
        styled("Op")
        + styled("Sub")
        + styled("Sub")
        + styled("Op", '<w:numPr><w:numId w:val="0"/></w:numPr>')
        + styled("Op")
    )
    assert labels(body, numbering, styles=STYLED) == ["1.", "(a)", "(b)", "", "2."]


def test_numbers_that_come_with_a_list_style() -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="Outline"/>{level(0, "%1)")}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Outline"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    )
    assert labels(items(0, 0, number=2), numbering, styles=STYLED) == ["1)", "2)"]


def test_numbers_before_the_changes() -> None:
    added = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/>{change("ins")}</w:numPr>'
    original = '<w:numberingChange w:id="1" w:author="Sarn" w:original="%1:2:4:."/>'
    changed = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/>{original}</w:numPr>'
    body = par(run("x"), properties=added) + par(run("y"), properties=changed)
    assert labels(body, lists(a=CONTRACT)) == ["1.", "2."]
    assert labels(body, lists(a=CONTRACT), reject=True) == ["", "b."]


def test_a_file_without_lists_has_no_labels() -> None:
    file = read(docx(items(0)), "x.docx")
    assert [(paragraph.label, paragraph.level) for paragraph in file.accept()] == [("", 0)]


def test_level_is_told() -> None:
    file = read(docx(items(0, 2), numbering=lists(a=CONTRACT)), "x.docx")
    assert [paragraph.level for paragraph in file.accept()] == [0, 2]
