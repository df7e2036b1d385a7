"""The rolling text as a Word file: well formed, complete, and read the same by other programs."""

import io
import re
import subprocess
import time
import zipfile
from itertools import pairwise
from pathlib import Path

import pypandoc  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from lxml import etree

from corfu.formats.brackets import clean
from corfu.formats.compilation import Compilation, Returned
from corfu.formats.word.rolling import rolling_docx
from corfu.wording.compile import compile
from corfu.wording.model import Amendment, Edit, Paragraph, Version
from tests.formats.rounds import compilation, everything, exercise, large
from tests.wording.strategies import versions

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# The order in which ECMA-376 part 1 wants the properties that we write (CT_PPr, CT_RPr, CT_TblPr, CT_TcPr, CT_Style).
ORDER = {
    "pPr": "pStyle keepNext keepLines widowControl pBdr tabs bidi spacing ind jc outlineLvl",
    "rPr": "rStyle rFonts b bCs i iCs caps color spacing sz szCs rtl lang",
    "tblPr": "tblW tblInd tblLayout tblCellMar",
    "tblCellMar": "top left bottom right",
    "tcPr": "tcW gridSpan tcBorders",
    "pBdr": "top left bottom right",
    "style": "name basedOn next uiPriority semiHidden qFormat pPr rPr tblPr",
    "settings": "zoom defaultTabStop characterSpacingControl compat",
    "font": "altName charset family pitch",
    "sectPr": "headerReference footerReference pgSz pgMar",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p",
}


def returned(version: Version) -> Compilation:
    names = {"ZEN": "Zenobia", "NOR": "Norvale", "BEL": "Belloria"}
    files = tuple(Returned(a.by[0], f"{a.id}.docx", a) for a in version.amendments)
    return Compilation("A text", "base.docx", version, compile(version), files, names)


def parts(data: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}


def lines(data: bytes, style: str = "") -> list[str]:
    """The paragraphs' words, of one style or all; a soft break as in our own text."""
    found = []
    for p in parts(data)["word/document.xml"].iter(f"{W}p"):
        name = p.find(f"{W}pPr/{W}pStyle")
        if not style or (name is not None and name.get(f"{W}val") == style):
            marks = {f"{W}t": None, f"{W}tab": "\t", f"{W}br": "\u2028"}
            found.append("".join(marks[e.tag] or e.text or "" for e in p.iter() if e.tag in marks))
    return found


def test_the_example_reads_as_a_chair_would_type_it(dd7: Path) -> None:
    text = lines(rolling_docx(exercise(dd7)), "RollingText")
    assert text[9] == (
        "4.\tAlso decides that the State which receives such a request [shall] [BEL: should] reply in writing within "
        "[48 hours] [BEL: 48 hours, and in any case within five days] [ILV, NOR, SAR: 24 hours] "
        "[KAR, VEL: ten working days];"
    )
    assert text[5] == (
        "[Mindful of the need to [avoid duplication with] [DOR: complement, and not to duplicate,] "
        "existing mechanisms,]"
    )
    assert text[11].startswith("5 bis.\t[ILV: Decides that the Chairperson shall inform")
    assert text[6].startswith(
        "1.\tDecides to establish a standing channel for the prevention of incidents [ZEN: on land,] at sea and in the "
        "air [DOR: and in cyberspace] (hereinafter “the channel”), which [shall be] [BEL: is] open"
    )
    assert "[KAR: delete]" in text[3]


def test_notes_about_paragraphs_stand_under_them() -> None:
    data = rolling_docx(everything())
    assert lines(data, "RollingNote") == [
        "[Moved here from 6: SAR]",
        "[Reservation: ILV]",
        "[New paragraph: NOR, SAR]",
        "[Moved here from 6: LUM]",
        'Same words, other spaces, quotes or dashes: “"complete"”: ILV',
        "Same words, other spaces, quotes or dashes: “140 000”: ILV",
        "[New paragraph: BEL]",
        "[Delete the paragraph: LUM]",
        "[Delete the paragraph: VEL, KAR]",
        "[Move the paragraph to the beginning: SAR]",
        "[Move the paragraph to after 1: LUM]",
        "[Reservation, linked to paragraph 1: VEL]",
        "[Scrutiny reservation: NOR]",
    ]
    assert lines(data, "RollingWarning") == ["! Changed without tracking by VEL: “48 hours” → “ten working days”"]


@given(versions)
@settings(max_examples=60)
def test_every_wording_and_everyone_who_wants_it_is_there(version: Version) -> None:
    c = returned(version)
    shown = [_bare(line) for line in lines(rolling_docx(c))]
    for p in c.rolling.paragraphs:
        for span in p.spans:
            for variant in span.variants[1:]:
                wanted = f"[{', '.join(c.in_order(variant.by))}:{variant.text or 'delete'}"
                assert any(_bare(wanted) in line for line in shown), wanted
        for support in (p.delete, p.move, p.inserted, *(r.support for r in p.reserved)):
            assert all(any(code in line for line in shown) for code in support.by)


@given(versions)
@settings(max_examples=60)
def test_without_what_delegations_want_it_is_the_base(version: Version) -> None:
    c = returned(version)
    bare = Compilation(c.title, c.base, version, compile(Version(0, version.paragraphs)), (), {})
    shown = [
        _bare(line) for line in (*lines(rolling_docx(bare), "RollingText"), *lines(rolling_docx(bare), "Heading2"))
    ]
    assert sorted(shown) == sorted(_bare(p.text) for p in version.paragraphs)


def _bare(text: str) -> str:
    return re.sub(r"[\s¶↵]", "", clean(text))


@given(versions)
@settings(max_examples=60)
def test_the_file_keeps_the_order_of_the_schema(version: Version) -> None:
    for root in parts(rolling_docx(returned(version))).values():
        for element in root.iter(f"{W}*"):
            name = etree.QName(element).localname
            if name in ORDER:
                order = ORDER[name].split()
                found = [order.index(etree.QName(child).localname) for child in element]
                assert all(a <= b for a, b in pairwise(found)), etree.tostring(element)


@pytest.mark.parametrize("round_", ["example", "everything", "nothing"])
def test_what_is_named_exists(dd7: Path, round_: str) -> None:
    c = {"example": exercise(dd7), "everything": everything(), "nothing": returned(Version(0, ()))}[round_]
    found = parts(rolling_docx(c))
    document = found["word/document.xml"]
    styles = {style.get(f"{W}styleId") for style in found["word/styles.xml"].iter(f"{W}style")}
    used = {e.get(f"{W}val") for e in document.iter(f"{W}pStyle", f"{W}rStyle")}
    used |= {e.get(f"{W}val") for e in found["word/styles.xml"].iter(f"{W}basedOn", f"{W}next")}
    assert used <= styles
    marks = [e.get(f"{W}name") for e in document.iter(f"{W}bookmarkStart")]
    ids = [e.get(f"{W}id") for e in document.iter(f"{W}bookmarkStart")]
    assert len(set(marks)) == len(marks) == len(set(ids))
    assert {e.get(f"{W}anchor") for e in document.iter(f"{W}hyperlink")} <= set(marks)
    body = document.find(f"{W}body")
    assert body is not None
    assert [etree.QName(e).localname for e in body][-2:] == ["p", "sectPr"]


def test_no_tracked_change_and_no_address_outside() -> None:
    data = rolling_docx(everything())
    for name, root in parts(data).items():
        tags = {etree.QName(e).localname for e in root.iter(f"{W}*")}
        assert not tags & {"ins", "del", "moveFrom", "moveTo", "pPrChange", "rPrChange"}, name
        assert "External" not in etree.tostring(root, encoding="unicode")


def test_the_same_compilation_gives_the_same_bytes() -> None:
    assert rolling_docx(everything()) == rolling_docx(everything())


HOSTILE = '<w:p>&amp; "q" ]]> <!-- \x00\x07\x0b\ud800\ufffe \u202e'


def test_hostile_words_stay_words() -> None:
    base = (Paragraph("a", f"Base {HOSTILE}"), Paragraph("b", "second"))
    wanted = Amendment(HOSTILE, (HOSTILE,), 0, (Edit("b", 0, 1, HOSTILE),))
    version = Version(0, base, (wanted,))
    file = Returned(HOSTILE, HOSTILE, wanted, (), (HOSTILE,), (HOSTILE,))
    data = rolling_docx(Compilation(HOSTILE, HOSTILE, version, compile(version), (file,), {HOSTILE: HOSTILE}), HOSTILE)
    assert "<w:p>&amp;" in "".join(lines(data, "RollingText"))
    assert "\ufffd" in "".join(lines(data, "RollingText"))


def test_right_to_left_paragraphs_say_so() -> None:
    document = parts(rolling_docx(everything()))["word/document.xml"]
    found = [p for p in document.iter(f"{W}p") if p.find(f"{W}pPr/{W}bidi") is not None]
    assert found
    assert all(re.search("[يقر“]", "".join(t.text or "" for t in p.iter(f"{W}t"))) for p in found)


def test_the_table_repeats_its_head_and_keeps_its_rows_whole(dd7: Path) -> None:
    document = parts(rolling_docx(exercise(dd7)))["word/document.xml"]
    (table,) = document.iter(f"{W}tbl")
    rows = table.findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * (len(rows) - 1)
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    (grid,) = table.iter(f"{W}tblGrid")
    assert sum(int(column.get(f"{W}w", "0")) for column in grid) == 11906 - 2 * 1361


def test_pandoc_reads_the_same(dd7: Path, tmp_path: Path) -> None:
    file = tmp_path / "rolling.docx"
    file.write_bytes(rolling_docx(exercise(dd7)))
    text = pypandoc.convert_file(str(file), "plain", extra_args=["--wrap=none", "--track-changes=all"])
    assert "[48 hours] [BEL: 48 hours, and in any case within five days] [ILV, NOR, SAR: 24 hours]" in text
    assert "“near its borders” → “that affects its security”" in text


@pytest.mark.office
@pytest.mark.parametrize("round_", ["example", "everything"])
def test_libreoffice_opens_and_prints_it(dd7: Path, tmp_path: Path, round_: str) -> None:
    c = exercise(dd7) if round_ == "example" else everything()
    (tmp_path / "rolling.docx").write_bytes(rolling_docx(c))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for kind in ("pdf", "txt:Text"):
        command = [
            "soffice",
            "--headless",
            profile,
            "--convert-to",
            kind,
            "--outdir",
            tmp_path,
            tmp_path / "rolling.docx",
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=200)
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", (tmp_path / "rolling.pdf").read_bytes())) <= 8
    text = (tmp_path / "rolling.txt").read_text(encoding="utf-8-sig")
    assert "[ILV, NOR, SAR: 24 hours]" in text if round_ == "example" else "[NOR, SAR: 24 hours]" in text


def test_a_large_round_is_quick() -> None:
    c = large()
    start = time.process_time()
    data = rolling_docx(c)
    assert time.process_time() - start < 1
    assert len(data) < 1_000_000


def test_a_round_in_which_nobody_asks_for_anything_says_so() -> None:
    c = compilation("Agreed", (Paragraph("p", "1. All is well."),), {"NOR": []}, {"NOR": "Norvale"})
    text = "\n".join(lines(rolling_docx(c)))
    assert "Norvale NOR   asks for no change  NOR.docx" in text
    assert "None: every change in the returned files was tracked." in text
