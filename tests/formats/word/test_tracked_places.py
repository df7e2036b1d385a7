"""Tracked changes in every place: sections, cells, lists, links, fields, notes, text boxes."""

import re

import pytest
from lxml import etree

from corfu.formats.word.names import W, local
from corfu.formats.word.views import read
from corfu.wording.model import Delete, Edit, Insert, Kind, Move, Paragraph, Reserve
from tests.formats.word import laid_out
from tests.formats.word.build import cell, docx, field, level, lists, numbered, par, row, run, table, text_box
from tests.formats.word.checked import document, made, views


def texts(out: bytes) -> list[str]:
    return views(out)[0]


BOLD = "<w:b/>"


def section(inside: str) -> str:
    """A paragraph with which a section ends."""
    return f"<w:p><w:pPr>{laid_out.LANDSCAPE}</w:pPr>{inside}</w:p>"


@pytest.mark.parametrize(
    "body",
    [
        par(run("one")) + par(run("two")) + par(run("three")),
        par(run("one")) + table(row(cell(par(run("two"))), cell(par(run("three"))))) + "<w:sectPr/>",
        table(row(cell(par(run("one")), par(run("two"))))) + par(run("three")),
        section(run("one")) + section(run("two")) + par(run("three")) + "<w:sectPr/>",
        par(run("one"))
        + f"<w:sdt><w:sdtPr/><w:sdtContent>{par(run('two'))}</w:sdtContent></w:sdt>"
        + par(run("three")),
        par() + par(run("one")) + par() + par(run("two"), properties="<w:keepNext/>") + par(run("three")) + par(),
    ],
    ids=["plain", "before a table", "in a cell", "sections", "in a control", "between empty ones"],
)
def test_whole_paragraphs_anywhere(body: str) -> None:
    base = docx(body)
    for at in (None, "p1", "p2", "p3"):
        new = [Insert(at, Paragraph("n1", "new")), Insert(at, Paragraph("n2", "newer"))]
        made(base, *new)
        for gone in ([], ["p1"], ["p2"], ["p3"], ["p2", "p3"], ["p1", "p2"], ["p1", "p2", "p3"]):
            made(base, *new[:1], *map(Delete, gone))
            made(base, *map(Delete, gone), Move("p1", at), Edit("p1", 0, 0, "so\n"))


def test_a_deleted_last_paragraph_leaves_no_empty_one_where_it_looks_like_the_one_before() -> None:
    file = read(made(docx(par(run("one")) + par(run("two"))), Delete("p2")), "out")
    assert [p.text for p in file.accept()] == ["one"]
    assert [p.text for p in file.reject()] == ["one", "two"]


def test_the_end_of_a_section_stays_the_end_of_the_section() -> None:
    base = docx(section(run("one")) + table(row(cell(par(run("two"))))) + par(run("three")))
    root = document(made(base, Insert("p1", Paragraph("n", "new"))))
    (end,) = root.iter(f"{W}sectPr")
    paragraph = next(end.iterancestors(f"{W}p"))
    assert "".join(map(str, paragraph.itertext())) == "new"
    assert [local(n.tag) for n in paragraph[0]] == ["sectPr"]
    assert root.find(f"{W}body/{W}p/{W}pPr/{W}rPr/{W}ins") is not None


def test_a_new_list_paragraph_is_in_the_list_unless_its_number_is_typed() -> None:
    items = "".join(par(run(t), properties=numbered(1)) for t in ("one", "two"))
    base = docx(par(run("Decides:")) + items, numbering=lists(a=level(0, "%1.")))
    kind = Kind.OPERATIVE
    listed = read(made(base, Insert("p2", Paragraph("n", "new", kind))), "out").accept()
    assert [p.label for p in listed] == ["", "1.", "2.", "3."]
    typed = read(made(base, Insert("p2", Paragraph("n", "1 bis. new", kind))), "out").accept()
    assert [p.label for p in typed] == ["", "1.", "", "2."]


def test_a_style_that_numbers_is_switched_off_where_the_number_is_typed() -> None:
    styles = f'<w:style w:type="paragraph" w:styleId="N"><w:name w:val="N"/><w:pPr>{numbered(1)}</w:pPr></w:style>'
    items = "".join(par(run(t), properties='<w:pStyle w:val="N"/><w:jc w:val="left"/>') for t in ("one", "two"))
    base = docx(items, styles=styles, numbering=lists(a=level(0, "%1.")))
    out = made(base, Insert("p1", Paragraph("n", "1 bis. new", Kind.OPERATIVE)))
    assert [p.label for p in read(out, "out").accept()] == ["1.", "", "2."]
    assert [local(n.tag) for n in document(out)[0][1][0]] == ["pStyle", "numPr", "jc", "rPr"]


# --- what stands inside a paragraph


def body_of(out: bytes) -> str:
    """The body's XML without namespaces, numbers and names, for looking at."""
    text = etree.tostring(document(out)[0], encoding="unicode")
    text = re.sub(r' xmlns:\w+="[^"]*"| xml:space="preserve"| w:(id|author|date|name)="[^"]*"', "", text)
    return re.sub("<w:bookmark(Start|End)/>", "", text).replace("w:", "")


def test_struck_and_new_words_look_as_the_words_they_replace() -> None:
    base = docx(par(run("We ") + run("shall", properties=BOLD) + run(" act")))
    found = body_of(made(base, Edit("p1", 1, 2, "should ")))
    assert (
        "<p><pPr><rPr/></pPr><r><t>We </t></r>"
        "<del><r><rPr><b/></rPr><delText>shall</delText></r></del>"
        "<ins><r><rPr><b/></rPr><t>should</t></r></ins><r><t> act</t></r></p>"
    ) in found


def test_words_after_a_link_are_no_part_of_it() -> None:
    link = f'<w:hyperlink w:anchor="a">{run("the link")}</w:hyperlink>'
    out = body_of(made(docx(par(run("See ") + link)), Edit("p1", 3, 3, " and more")))
    assert "</hyperlink><ins>" in out
    out = body_of(made(docx(par(run("See ") + link)), Edit("p1", 2, 3, "rope")))
    assert "</del><ins><r><t>rope</t></r></ins></hyperlink>" in out


def test_a_field_goes_as_a_whole_and_new_words_stand_outside() -> None:
    base = docx(par(run("See ") + field(" REF a ", "page 5") + run(" there")))
    out = body_of(made(base, Edit("p1", 1, 3, "elsewhere ")))
    assert '<del><r><fldChar fldCharType="begin"/></r><r><delInstrText> REF a </delInstrText></r>' in out
    assert '<r><fldChar fldCharType="end"/></r></del><ins><r><t>elsewhere</t></r></ins>' in out
    out = body_of(made(base, Edit("p1", 3, 3, "now ")))
    assert '<fldChar fldCharType="end"/></r><r><t> </t></r><ins>' in out
    out = body_of(made(base, Edit("p1", 1, 2, "")))
    assert "delInstrText" not in out


def test_tabs_breaks_and_hyphens_have_their_own_elements() -> None:
    out = body_of(made(docx(par(run("one"))), Edit("p1", 1, 1, "\ta\u2028b\u2011c\u00adnew\nend")))
    assert "<tab/><t>a</t><br/><t>b</t><noBreakHyphen/><t>c</t><softHyphen/><t>new</t>" in out


def test_what_cannot_be_cut_is_written_anew_as_words() -> None:
    formula = "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"
    out = made(docx(par(run("so ") + formula + run(" holds"))), Edit("p1", 2, 3, "-"))
    assert texts(out) == ["so a-b holds"]
    assert "<del><m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath></del><ins><r><t>a-b</t></r></ins>" in body_of(out)


def test_a_picture_letter_inside_a_run_stays_whole() -> None:
    choices = '<mc:Choice Requires="future"/><mc:Fallback><w:t>:-)</w:t></mc:Fallback>'
    smile = f"<mc:AlternateContent>{choices}</mc:AlternateContent>"
    base = docx(par(f"<w:r><w:t>well</w:t>{smile}<w:t>done</w:t></w:r>"))
    assert texts(made(base, Edit("p1", 1, 2, ";"))) == ["well;-)done"]


def test_a_paragraph_broken_in_a_link_and_a_control() -> None:
    inside = f"<w:sdt><w:sdtPr><w:id w:val='7'/></w:sdtPr><w:sdtContent>{run('a b c d')}</w:sdtContent></w:sdt>"
    base = docx(section(f'<w:hyperlink w:anchor="a">{inside}</w:hyperlink>') + par(run("end")))
    out = made(base, Edit("p1", 2, 2, "x\ny "))
    assert texts(out) == ["a b x", "y c d", "end"]
    assert body_of(out).count("<hyperlink") == 2
    assert body_of(out).count('<id val="7"/>') == body_of(out).count("<sectPr>") == 1


def test_a_moved_paragraph_keeps_its_formatting() -> None:
    base = docx(par(run("one ") + run("bold", properties=BOLD)) + par(run("two")) + par(run("three")))
    out = made(base, Move("p1", "p2"), Edit("p1", 0, 1, "only "), Reserve("p2"))
    assert texts(out) == ["two", "only bold", "three"]
    assert "<t>only </t></r><r><rPr><b/></rPr><t>bold</t>" in body_of(out)


# --- what hangs on a paragraph

NOTE = '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>a note</w:t></w:r></w:p></w:footnote>'
REFERENCE = '<w:r><w:t>one</w:t><w:footnoteReference w:id="2"/><w:t xml:space="preserve"> two</w:t></w:r>'


def test_a_note_is_changed_in_its_own_part() -> None:
    base = docx(par(REFERENCE) + par(run("end")), footnotes=NOTE)
    out = made(base, Edit("p3", 1, 1, "worthy "), Edit("p1", 0, 1, "ONE "))
    assert texts(out) == ["ONE two", "end", "a worthy note"]
    assert b"worthy" not in etree.tostring(document(out))


def test_a_note_stays_with_its_words_unless_it_is_deleted_too() -> None:
    base = docx(par(REFERENCE) + par(run("end")), footnotes=NOTE)
    assert texts(made(base, Delete("p1"))) == ["end", "a note"]
    assert texts(made(base, Delete("p1"), Delete("p3"))) == ["end"]


def test_a_text_box_says_the_new_words_only() -> None:
    base = docx(par(run("one") + text_box(par(run("boxed")))) + par(run("end")))
    out = made(base, Edit("p2", 0, 1, "free"))
    assert texts(out) == ["one", "free", "end"]
    assert "Fallback" not in body_of(out)
    assert texts(made(base, Delete("p1"))) == ["boxed", "end"]
    assert texts(made(base, Delete("p1"), Delete("p2"))) == ["end"]
