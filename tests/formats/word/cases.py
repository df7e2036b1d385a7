"""Messy Word files as people make them, each with what it says when all is accepted and when all is rejected.

Texts are written by hand, not by the reader. `pandoc` and `office` say why those two programs read it otherwise;
where they are empty, the tests compare with them.
"""

from dataclasses import dataclass, field
from typing import Final

from tests.formats.word.build import (
    cell,
    change,
    docx,
    gone,
    ins,
    level,
    lists,
    numbered,
    par,
    row,
    run,
    table,
    text_box,
)
from tests.formats.word.build import (
    field as word_field,
)

INS: Final = change("ins")
DEL: Final = change("del")
FROM: Final = change("moveFrom")
TO: Final = change("moveTo")
LEGAL: Final = lists(legal=level(0, "%1.") + level(1, "(%2)", "lowerLetter") + level(2, "(%3)", "lowerRoman"))


@dataclass(frozen=True)
class Case:
    """One file: the inside of its body, what the two views say, and its further parts."""

    body: str
    accept: list[str]
    reject: list[str]
    pandoc: str = ""
    office: str = ""
    parts: dict[str, str] = field(default_factory=dict)

    def file(self) -> bytes:
        return docx(self.body, **self.parts)


def move(kind: str, name: str, inside: str) -> str:
    return (
        f'<w:{kind}RangeStart w:id="7{len(name)}" w:author="Sarn" w:date="2026-01-05T10:00:00Z" w:name="{name}"/>'
        f'{inside}<w:{kind}RangeEnd w:id="7{len(name)}"/>'
    )


def control(inside: str) -> str:
    return f"<w:sdt><w:sdtPr><w:alias w:val='Box'/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


NESTED: Final = word_field(" IF ", "x").replace(
    "</w:instrText>",
    f"</w:instrText></w:r>{word_field(' NAME ', 'hidden')}<w:r><w:instrText> more</w:instrText>",
    1,
)


CASES: Final[dict[str, Case]] = {
    # --- runs
    "nothing tracked": Case(par(run("Decides to meet")), ["Decides to meet"], ["Decides to meet"]),
    "replaced word": Case(
        par(run("within ") + gone("48") + ins("24") + run(" hours")), ["within 24 hours"], ["within 48 hours"]
    ),
    "neighbours by two authors": Case(
        par(run("a ") + ins("b ") + ins("c ", "Sarn") + gone("d ") + gone("e ", "Sarn") + run("f")),
        ["a b c f"],
        ["a d e f"],
    ),
    "deleted by one what another inserted": Case(
        par(run("a ") + change("ins", run("b ") + gone("c ", "Sarn") + run("d ")) + run("e")), ["a b d e"], ["a e"]
    ),
    "insertion inside a deletion": Case(
        par(run("a ") + change("del", run("b ", tag="delText") + ins("c ", "Sarn")) + run("d")),
        ["a d"],
        ["a b d"],
        office="it takes the inner insertion for one of its own",
    ),
    "insertion inside another's insertion": Case(
        par(run("a ") + change("ins", run("b ") + ins("c ", "Sarn")) + run("d")), ["a b c d"], ["a d"]
    ),
    "author and date taken out": Case(
        par(
            run("a ")
            + change("ins", run("b "), "", "")
            + change("del", run("c ", tag="delText"), "Author", "")
            + run("d")
        ),
        ["a b d"],
        ["a c d"],
    ),
    "tabs, breaks and signs": Case(
        par(
            "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t><w:noBreakHyphen/><w:t>e</w:t>"
            '<w:softHyphen/><w:t>f</w:t><w:br w:type="page"/><w:t>g</w:t></w:r>'
        ),
        ["a\tb\u2028c\u2028d\u2011e\u00adfg"],
        ["a\tb\u2028c\u2028d\u2011e\u00adfg"],
        pandoc="it has no carriage return and makes page breaks lines",
        office="it makes a page break a paragraph",
    ),
    "white space that is not preserved": Case(
        par("<w:r><w:t> a </w:t></w:r><w:r><w:t xml:space='preserve'> b\n c </w:t></w:r><w:r><w:t>\n d</w:t></w:r>"),
        ["a b  c d"],
        ["a b  c d"],
    ),
    "right to left": Case(
        par(
            run("تقرر ", properties="<w:rtl/>")
            + change("del", run("الدول ", tag="delText", properties="<w:rtl/>"))
            + change("ins", run("الأطراف ", properties="<w:rtl/>"))
            + run("(OSCE) ما يلي:", properties="<w:rtl/>"),
            properties="<w:bidi/>",
        ),
        ["تقرر الأطراف (OSCE) ما يلي:"],
        ["تقرر الدول (OSCE) ما يلي:"],
    ),
    "embedded directions": Case(
        par(
            '<w:dir w:val="rtl">'
            + run("א ")
            + ins("ב ")
            + '</w:dir><w:bdo w:val="ltr">'
            + gone("c ")
            + run("d")
            + "</w:bdo>"
        ),
        ["א ב d"],
        ["א c d"],
        pandoc="it leaves out w:dir and w:bdo",
    ),
    "Han with ruby": Case(
        par(
            f"<w:r><w:ruby><w:rt>{run('xié shāng')}</w:rt><w:rubyBase>{run('协商')}</w:rubyBase></w:ruby></w:r>"
            + ins("一致")
        ),
        ["协商一致"],
        ["协商"],
        pandoc="it leaves out w:ruby",
    ),
    "letters beyond the first plane": Case(par(run("𠮷") + ins("🕊")), ["𠮷🕊"], ["𠮷"]),
    # --- paragraph marks
    "paragraph inserted as Word writes it": Case(
        par(run("one")) + par(ins("new"), mark=INS) + par(run("two")), ["one", "new", "two"], ["one", "two"]
    ),
    "paragraph inserted as LibreOffice writes it": Case(
        par(run("one"), mark=INS) + par(ins("new")) + par(run("two")), ["one", "new", "two"], ["one", "two"]
    ),
    "paragraph inserted at the end, before the mark": Case(
        par(run("one"), mark=INS) + par(ins("new")), ["one", "new"], ["one"]
    ),
    "paragraph inserted at the end, with its mark": Case(
        par(run("one")) + par(ins("new"), mark=INS), ["one", "new"], ["one"]
    ),
    "paragraph deleted": Case(
        par(run("one")) + par(gone("two"), mark=DEL) + par(run("three")), ["one", "three"], ["one", "two", "three"]
    ),
    "last paragraph deleted": Case(par(run("one")) + par(gone("two"), mark=DEL), ["one"], ["one", "two"]),
    "last paragraph deleted from the mark before": Case(
        par(run("one"), mark=DEL) + par(gone("two")), ["one"], ["one", "two"]
    ),
    "split": Case(par(run("one, "), mark=INS) + par(run("and two")), ["one, ", "and two"], ["one, and two"]),
    "split with words added on both sides": Case(
        par(run("one") + ins(";"), mark=INS) + par(ins("also ") + run(" and two")),
        ["one;", "also  and two"],
        ["one and two"],
    ),
    "split in three by two authors": Case(
        par(run("a "), mark=INS) + par(run("b "), mark=change("ins", by="Sarn")) + par(run("c")),
        ["a ", "b ", "c"],
        ["a b c"],
    ),
    "join": Case(par(run("one "), mark=DEL) + par(run("two")), ["one two"], ["one ", "two"]),
    "join of three, the middle one deleted": Case(
        par(run("a "), mark=DEL) + par(gone("b "), mark=DEL) + par(run("c")), ["a c"], ["a ", "b ", "c"]
    ),
    "split and join at once": Case(
        par(run("a "), mark=INS) + par(run("b "), mark=DEL) + par(run("c")), ["a ", "b c"], ["a b ", "c"]
    ),
    "mark inserted by one and deleted by another": Case(
        par(run("a "), mark=INS + change("del", by="Sarn")) + par(run("b")),
        ["a b"],
        ["a b"],
        pandoc="it takes notice of one of the two",
        office="it takes notice of one of the two",
    ),
    "empty paragraph inserted": Case(par(run("a")) + par(mark=INS) + par(run("b")), ["a", "", "b"], ["a", "b"]),
    "empty paragraph deleted": Case(par(run("a")) + par(mark=DEL) + par(run("b")), ["a", "b"], ["a", "", "b"]),
    "words deleted, mark kept": Case(par(run("a")) + par(gone("b")) + par(run("c")), ["a", "", "c"], ["a", "b", "c"]),
    "everything inserted": Case(par(ins("a"), mark=INS) + par(ins("b"), mark=INS), ["a", "b"], [""]),
    # --- moves
    "moved paragraph": Case(
        par(run("one"))
        + par(move("moveFrom", "m1", change("moveFrom", run("two"), "Sarn")), mark=change("moveFrom", by="Sarn"))
        + par(run("three"))
        + par(move("moveTo", "m1", change("moveTo", run("two"), "Sarn")), mark=change("moveTo", by="Sarn"))
        + par(run("four")),
        ["one", "three", "two", "four"],
        ["one", "two", "three", "four"],
    ),
    "moved words": Case(
        par(
            run("a ")
            + move("moveFrom", "m2", change("moveFrom", run("b ")))
            + run("c ")
            + move("moveTo", "m2", change("moveTo", run("b ")))
            + run("d")
        ),
        ["a c b d"],
        ["a b c d"],
    ),
    "words changed where they were moved to": Case(
        par(
            run("a ")
            + move("moveFrom", "m3", change("moveFrom", run("b c ")))
            + run("d ")
            + move("moveTo", "m3", change("moveTo", run("b ") + gone("c ") + ins("x ")))
            + run("e")
        ),
        ["a d b x e"],
        ["a b c d e"],
        office="version 7.4 loses the deletion inside the moved words",
    ),
    # --- tables
    "row inserted and row deleted": Case(
        par(run("before"))
        + table(
            row(cell(par(run("a"))), cell(par(run("b")))),
            row(cell(par(ins("c"), mark=INS)), cell(par(ins("d"), mark=INS)), properties=INS),
            row(cell(par(gone("e"), mark=DEL)), cell(par(gone("f"), mark=DEL)), properties=DEL),
        )
        + par(run("after")),
        ["before", "a", "b", "c", "d", "after"],
        ["before", "a", "b", "e", "f", "after"],
    ),
    "row deleted, its text left alone": Case(
        table(row(cell(par(run("a")))), row(cell(par(run("b"))), properties=DEL)) + par(run("after")),
        ["a", "after"],
        ["a", "b", "after"],
        pandoc="it knows no rows that were deleted",
        office="it deletes a row only with all the text in it",
    ),
    "whole table inserted": Case(
        par(run("before")) + table(row(cell(par(ins("a"))), properties=INS)) + par(run("after")),
        ["before", "a", "after"],
        ["before", "after"],
    ),
    "cells inserted and deleted": Case(
        table(
            row(
                cell(par(run("a"))),
                cell(par(run("b")), properties=change("cellIns")),
                cell(par(run("c")), properties=change("cellDel")),
            )
        )
        + par(run("after")),
        ["a", "b", "after"],
        ["a", "c", "after"],
        pandoc="it knows no cells that were inserted or deleted",
        office="version 7.4 knows no cells that were inserted or deleted",
    ),
    "changes inside a cell": Case(
        table(row(cell(par(run("a ") + gone("b") + ins("c"))), cell(par(run("d "), mark=DEL) + par(run("e")))))
        + par(run("after")),
        ["a c", "d e", "after"],
        ["a b", "d ", "e", "after"],
    ),
    "last mark of a cell deleted": Case(
        table(row(cell(par(run("a"), mark=DEL)), cell(par(run("b"))))) + par(run("after")),
        ["a", "b", "after"],
        ["a", "b", "after"],
        pandoc="it joins the cell to the next one",
    ),
    "cell emptied": Case(
        table(row(cell(par(gone("a"), mark=DEL) + par(gone("b"), mark=DEL)), cell(par(run("c"))))) + par(run("after")),
        ["", "c", "after"],
        ["a", "b", "c", "after"],
    ),
    "mark before a table deleted": Case(
        par(run("a"), mark=DEL) + table(row(cell(par(run("b"))))) + par(run("c")),
        ["a", "b", "c"],
        ["a", "b", "c"],
        pandoc="it joins the paragraph to the first cell",
    ),
    "empty paragraph before a table deleted": Case(
        par(run("x")) + par(gone("a"), mark=DEL) + table(row(cell(par(run("b"))))) + par(run("c")),
        ["x", "b", "c"],
        ["x", "a", "b", "c"],
    ),
    "deleted from one paragraph through a table into the next": Case(
        par(run("a ") + gone("b"), mark=DEL)
        + table(row(cell(par(gone("c"), mark=DEL)), properties=DEL))
        + par(gone("d ") + run("e")),
        ["a e"],
        ["a b", "c", "d e"],
        office="it does not join across a table",
    ),
    "table in a table": Case(
        table(
            row(cell(par(run("a")) + table(row(cell(par(ins("b")))), row(cell(par(run("c"))), properties=DEL)) + par()))
        ),
        ["a", "b", ""],
        ["a", "", "c", ""],
        pandoc="it knows no rows that were deleted",
        office="it deletes a row only with all the text in it",
    ),
    # --- what encloses text
    "link": Case(
        par(
            run("see ")
            + '<w:hyperlink w:anchor="x">'
            + run("the ")
            + ins("new ")
            + gone("old ")
            + run("rules")
            + "</w:hyperlink>"
            + change("ins", '<w:hyperlink w:anchor="y">' + run(" here") + "</w:hyperlink>")
        ),
        ["see the new rules here"],
        ["see the old rules"],
        office="it loses a link inside an insertion",
    ),
    "fields": Case(
        par(
            run("on ")
            + change("del", word_field(" DATE ", "1 May", "delText"))
            + change("ins", word_field(" X ", "2 May"))
            + '<w:fldSimple w:instr=" PAGE ">'
            + run(" p. 7")
            + "</w:fldSimple>"
        ),
        ["on 2 May p. 7"],
        ["on 1 May p. 7"],
        pandoc="it leaves out fields it does not know",
        office="it works fields out anew",
    ),
    "field in a field": Case(
        par(run("a ") + NESTED + run(" b")),
        ["a x b"],
        ["a x b"],
        pandoc="it leaves out fields it does not know",
        office="it takes the inner field for text",
    ),
    "content controls": Case(
        control(par(run("a ") + control(run("b ") + gone("c ") + ins("d "))))
        + control(par(ins("e"), mark=INS))
        + par(run("f")),
        ["a b d ", "e", "f"],
        ["a b c ", "f"],
        office="it keeps an inserted paragraph that a content control encloses",
    ),
    "custom mark-up and smart tags": Case(
        par(
            '<w:smartTag w:element="place">'
            + run("a ")
            + ins("b ")
            + '</w:smartTag><w:customXml w:element="x">'
            + gone("c ")
            + run("d")
            + "</w:customXml>"
        ),
        ["a b d"],
        ["a c d"],
        pandoc="it leaves out w:customXml",
    ),
    "formula": Case(
        par(
            "<m:oMath><m:r><m:t>a=</m:t></m:r><m:r><w:ins w:id='1' w:author='S'><m:t>b</m:t></w:ins></m:r>"
            "<m:r><w:rPr><w:del w:id='2' w:author='S'/></w:rPr><m:t>c</m:t></m:r></m:oMath>"
        ),
        ["a=b"],
        ["a=c"],
        pandoc="it takes no notice of changes in formulas",
        office="a formula is an object there, not text",
    ),
    # --- lists
    "list with an inserted and a deleted item": Case(
        par(run("a"), properties=numbered(1))
        + par(ins("b"), mark=INS, properties=numbered(1, 1))
        + par(gone("c"), mark=DEL, properties=numbered(1))
        + par(run("d"), properties=numbered(1)),
        ["1. a", "(a) b", "2. d"],
        ["1. a", "2. c", "3. d"],
        parts={"numbering": LEGAL},
    ),
    "item joined to the next": Case(
        par(run("a "), mark=DEL, properties=numbered(1))
        + par(run("b"), properties=numbered(1))
        + par(run("c"), properties=numbered(1)),
        ["1. a b", "2. c"],
        ["1. a ", "2. b", "3. c"],
        parts={"numbering": LEGAL},
    ),
    "numbering added": Case(
        par(run("a"), properties=numbered(1) + "<w:pPrChange w:id='5' w:author='S'><w:pPr/></w:pPrChange>")
        + par(run("b"), properties=numbered(1)),
        ["1. a", "2. b"],
        ["a", "1. b"],
        parts={"numbering": LEGAL},
    ),
    # --- notes, boxes
    "footnotes": Case(
        par(
            run("a")
            + '<w:r><w:footnoteReference w:id="2"/></w:r>'
            + change("ins", '<w:r><w:footnoteReference w:id="3"/></w:r>')
        )
        + par(run("b")),
        ["a", "b", "one new", "two"],
        ["a", "b", "one old"],
        pandoc="it puts notes into the text",
        office="its text files have numbers in place of the notes",
        parts={
            "footnotes": '<w:footnote w:type="separator" w:id="0">' + par(run("-")) + "</w:footnote>"
            '<w:footnote w:id="2">' + par(run("one ") + gone("old") + ins("new")) + "</w:footnote>"
            '<w:footnote w:id="3">' + par(run("two")) + "</w:footnote>"
        },
    ),
    "text box": Case(
        par(run("a ") + text_box(par(run("in ") + gone("old ") + ins("new ")) + par(run("box"))) + run("b"))
        + par(run("c")),
        ["a b", "in new ", "box", "c"],
        ["a b", "in old ", "box", "c"],
        pandoc="it puts the box before its paragraph",
        office="its text files have no boxes",
    ),
    "text box in a deleted run of a joined paragraph": Case(
        par(run("a ") + text_box(par(run("box"))), mark=DEL)
        + par(run("b") + change("del", text_box(par(run("lost")))))
        + par(run("c")),
        ["a b", "box", "c"],
        ["a ", "box", "b", "lost", "c"],
        pandoc="it puts the box before its paragraph",
        office="its text files have no boxes",
    ),
}
