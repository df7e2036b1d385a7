"""The files that carry tracked changes: ids in them, what stays as it was, what is refused."""

import io
import re
import zipfile

import pytest

from corfu.formats.errors import BadInput
from corfu.formats.word.bookmarks import bookmark_name, paragraph_id
from corfu.formats.word.returned import base_of, shown
from corfu.formats.word.tracked import redline, tracked, with_ids
from corfu.formats.word.views import read
from corfu.wording.model import Amendment, Delete, Edit, Paragraph
from tests.formats.word.build import cell, change, docx, par, row, run, table, zipped
from tests.formats.word.checked import DATE, check_xml, made, views


def test_ids_travel_as_bookmarks() -> None:
    base = docx(par() + par(run("one")) + table(row(cell(par(run("two"))))) + par(run("three")))
    paragraphs = [Paragraph(id, text) for id, text in (("a-1", "one"), ("b", "two"), ("c_d", "three"))]
    out = with_ids(base, "base", paragraphs)
    check_xml(out)
    assert with_ids(out, "base", paragraphs) == out
    assert [p.id for p in shown(read(out, "out").accept())] == ["a-1", "b", "c_d"]
    with pytest.raises(ValueError, match="as Word reads it"):
        with_ids(base, "base", [Paragraph("a", "one"), Paragraph("A", "two"), Paragraph("c", "three")])


@pytest.mark.parametrize(
    "id", ["p1", "p1.2", "a_b", "a__b", "_", "__2d_", "a-_b", "é", "_x_", "3f2504e04f8911d39a0c0305e82c3301"]
)
def test_a_bookmarks_name_gives_its_id_back(id: str) -> None:
    assert re.fullmatch(r"_corfu_\w{1,33}", bookmark_name(id), re.ASCII)
    assert paragraph_id(bookmark_name(id)) == id


@pytest.mark.parametrize("id", ["", "x" * 34, "-" * 8])
def test_an_id_that_fits_no_bookmark_is_refused(id: str) -> None:
    with pytest.raises(ValueError, match="too long"):
        bookmark_name(id)


def test_a_redline_leads_from_one_version_to_the_next() -> None:
    base = docx(par(run("The Council,")) + par(run("1. decides to act")) + par(run("2. ends")))
    old = base_of(read(base, "old"))
    new = ["The Council,", "1. decides to act at once", "1 bis. goes on"]
    out = redline(base, "old", old, new, "Chair", DATE)
    check_xml(out)
    assert views(out) == (new, [p.text for p in old])
    same = redline(base, "old", old, old, "Chair", DATE)
    assert not read(same, "same").has_changes


def test_everything_else_in_the_file_stays_and_signatures_go() -> None:
    with zipfile.ZipFile(io.BytesIO(docx(par(run("one")), header1=par(run("top"))))) as archive:
        files = {name: archive.read(name) for name in reversed(archive.namelist())}
    files["word/media/x.png"] = b"\x89PNG"
    plain = zipped(files)
    out = made(plain, Edit("p1", 0, 1, "two"))
    with zipfile.ZipFile(io.BytesIO(out)) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert {n: archive.read(n) for n in files if n != "word/document.xml"} == {
            n: data for n, data in files.items() if n != "word/document.xml"
        }
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    relation = f'<Relationship Id="s" Type="{kind}" Target="_xmlsignatures/origin.sigs"/></Relationships>'
    files["_rels/.rels"] = files["_rels/.rels"].replace(b"</Relationships>", relation.encode())
    files["_xmlsignatures/origin.sigs"] = files["_xmlsignatures/sig1.xml"] = b"<x/>"
    unsigned = made(zipped(files), Edit("p1", 0, 1, "two"))
    assert b"ignature" not in unsigned
    with zipfile.ZipFile(io.BytesIO(unsigned)) as archive:
        assert b"signature" not in archive.read("_rels/.rels")


def test_the_same_changes_make_the_same_bytes() -> None:
    base = docx(par(run("one")) + par(run("two")))
    assert made(base, Delete("p1"), Edit("p2", 0, 1, "2")) == made(base, Delete("p1"), Edit("p2", 0, 1, "2"))


@pytest.mark.parametrize(
    "body",
    [
        par(run("one") + change("ins", run("more"))),
        par(run("one"), mark=change("del")),
        par(run("one"), properties=change("pPrChange", "<w:pPr/>")),
        table(row(cell(par(run("one"))), properties=change("ins"))),
    ],
)
def test_a_base_with_tracked_changes_is_refused(body: str) -> None:
    with pytest.raises(BadInput, match=r"^base.docx holds tracked changes itself; accept or reject them in Word first"):
        with_ids(docx(body), "base.docx", [Paragraph("p1", "one")])


@pytest.mark.parametrize("wanted", [["one"], ["one", "two", "three"], ["two", "one"], ["one", "zwei"]])
def test_another_file_than_the_paragraphs_is_refused(wanted: list[str]) -> None:
    base = docx(par(run("one")) + par(run("two")))
    with pytest.raises(BadInput, match="not the file that this text was read from"):
        with_ids(base, "base.docx", [Paragraph(f"p{n}", text) for n, text in enumerate(wanted)])


def test_an_amendment_to_another_text_is_refused() -> None:
    base = docx(par(run("one")))
    with pytest.raises(ValueError, match="names paragraph 'x'"):
        tracked(base, "base", [Paragraph("p1", "one")], Amendment("a", (), 0, (Delete("x"),)), "Norvale", DATE)


def test_the_strict_form_of_the_format_stays_strict() -> None:
    with zipfile.ZipFile(io.BytesIO(docx(par(run("one"))))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    main = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    files["word/document.xml"] = files["word/document.xml"].replace(main, strict)
    with zipfile.ZipFile(io.BytesIO(made(zipped(files), Edit("p1", 0, 1, "two")))) as archive:
        data = archive.read("word/document.xml")
    assert strict in data
    assert main not in data
