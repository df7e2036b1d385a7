"""Lays a text out as a Word file the way people and programs do: runs cut anywhere, links, fields, controls, tables."""

from collections.abc import Sequence
from random import Random
from xml.sax.saxutils import escape

from tests.formats.word.build import cell, docx, par, row, table

FORMATS = ["", "", "<w:rPr/>", "<w:rPr><w:b/></w:rPr>", '<w:rPr><w:i/><w:color w:val="FF0000"/></w:rPr>']
SIGNS = {"\t": "<w:tab/>", "\u2028": "<w:br/>", "\u2011": "<w:noBreakHyphen/>", "\u00ad": "<w:softHyphen/>"}
SIGNS_IN_TEXT = [*SIGNS, "e\u2011mail ", "a\tb", "one\u2028two"]
LANDSCAPE = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
ALIGNED = ["", "", '<w:jc w:val="center"/>']


def file(random: Random, texts: Sequence[str], *, fields: bool = True) -> bytes:
    """A Word file with these paragraphs, in order, and empty ones between them. fields: also fields and content
    controls around paragraphs, in which LibreOffice 7.4 loses tracked changes (and pandoc loses some fields)."""
    blocks: list[str] = []
    rest = list(texts)
    while rest:
        most = random.randint(1, 3)
        taken, rest = rest[:most], rest[most:]
        blocks.append(_block(random, taken, fields))
        if random.random() < 0.15:
            blocks.append(par())
    return docx("".join(blocks) + ("<w:sectPr/>" if random.random() < 0.8 else ""))


def _block(random: Random, texts: Sequence[str], fields: bool) -> str:
    kind = random.random()
    if kind < 0.15:
        cut = random.randint(0, len(texts))
        cells = [[_paragraph(random, t, fields) for t in some] or [par()] for some in (texts[:cut], texts[cut:])]
        rows = (
            [row(cell(*some)) for some in cells] if random.random() < 0.5 else [row(*(cell(*some) for some in cells))]
        )
        return table(*rows)
    inside = "".join(_paragraph(random, t, fields, section=kind > 0.3) for t in texts)
    if kind < 0.25 and fields:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    return inside


def _paragraph(random: Random, text: str, fields: bool, *, section: bool = False) -> str:
    properties = random.choice(ALIGNED)
    if section and random.random() < 0.08:
        return f"<w:p><w:pPr>{properties}{LANDSCAPE}</w:pPr>{_inside(random, text, fields)}</w:p>"
    if random.random() < 0.2:
        return f"<w:p>{_inside(random, text, fields)}</w:p>"
    return par(_inside(random, text, fields), properties=properties)


def _inside(random: Random, text: str, fields: bool) -> str:
    return "".join(_wrapped(random, some, fields) for some in _cut(random, text, 2))


def _cut(random: Random, text: str, most: int) -> list[str]:
    cuts = sorted(random.randint(0, len(text)) for _ in range(random.randint(0, most)))
    return [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]


def _wrapped(random: Random, text: str, fields: bool) -> str:
    runs = "".join(_run(random, some) for some in _cut(random, text, 2))
    match random.randint(0, 11):
        case 0:
            return f'<w:hyperlink w:anchor="top">{runs}</w:hyperlink>'
        case 1:
            return f"<w:sdt><w:sdtPr><w:id w:val='7'/></w:sdtPr><w:sdtContent>{runs}</w:sdtContent></w:sdt>"
        case 2:
            return f'<w:smartTag w:uri="u" w:element="e">{runs}</w:smartTag>'
        case 3 if fields:
            return f'<w:fldSimple w:instr=" QUOTE x ">{runs}</w:fldSimple>'
        case 4 if fields:
            begin, between, end = (f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end"))
            head = f'<w:r>{begin}</w:r><w:r><w:instrText xml:space="preserve"> QUOTE </w:instrText>{between}</w:r>'
            return f"{head}{runs}<w:r>{end}</w:r>"
        case 5:
            mark = '<w:bookmarkStart w:id="40" w:name="b"/><w:proofErr w:type="spellStart"/>'
            return f'{mark}{runs}<w:bookmarkEnd w:id="40"/>'
        case _:
            return runs


def _run(random: Random, text: str) -> str:
    inside = ""
    for some in _cut(random, text, 1):
        word = ""
        for letter in [*some, ""]:
            if letter in SIGNS or not letter:
                inside += f'<w:t xml:space="preserve">{escape(word)}</w:t>' if word or random.random() < 0.1 else ""
                inside += SIGNS.get(letter, "")
                word = ""
            else:
                word += letter
    before = "<w:lastRenderedPageBreak/>" if random.random() < 0.05 else ""
    return f"<w:r>{random.choice(FORMATS)}{before}{inside}</w:r>"
