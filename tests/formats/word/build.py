"""Makes small Word files for the tests: `docx(body)` with the XML of the body, and the parts it needs."""

import io
import zipfile
from collections.abc import Mapping
from itertools import count
from typing import Final
from xml.sax.saxutils import escape, quoteattr

NAMESPACES: Final = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "future": "http://example.org/not/yet/known",
    }.items()
)
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MIME: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
DATE: Final = "2026-01-05T10:00:00Z"
RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"

STYLES: Final = """
<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titre"><w:name w:val="Title"/><w:basedOn w:val="Standard"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:basedOn w:val="Standard"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="H1a"><w:name w:val="Chapter"/><w:basedOn w:val="H1"/></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>
"""

_numbers = count(1)


def run(text: str, *, tag: str = "t", properties: str = "") -> str:
    """A run of text; tag 'delText' inside a deletion."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>'


def change(kind: str, inside: str = "", by: str = "Norvale", date: str = DATE) -> str:
    """A w:ins, w:del, w:moveFrom, w:moveTo, w:cellIns … around `inside`."""
    who = f"w:id={quoteattr(str(next(_numbers)))} w:author={quoteattr(by)} w:date={quoteattr(date)}"
    return f"<w:{kind} {who}>{inside}</w:{kind}>"


def ins(text: str, by: str = "Norvale") -> str:
    return change("ins", run(text), by)


def gone(text: str, by: str = "Norvale") -> str:
    return change("del", run(text, tag="delText"), by)


def par(inside: str = "", *, mark: str = "", properties: str = "") -> str:
    """A paragraph. mark: the changes of its end mark, as `change('ins')`; properties: further content of w:pPr."""
    return f"<w:p><w:pPr>{properties}<w:rPr>{mark}</w:rPr></w:pPr>{inside}</w:p>"


def numbered(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def cell(*paragraphs: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def field(instruction: str, result: str, tag: str = "t") -> str:
    """A complex field, its instruction in the tag that belongs to `tag`."""
    code = "instrText" if tag == "t" else "delInstrText"
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:{code} xml:space="preserve">{escape(instruction)}</w:{code}></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result, tag=tag)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def text_box(*paragraphs: str) -> str:
    """A text box as Word writes it: the drawing, and the same text once more for programs that know no drawings."""
    inside = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="990000" cy="990000"/>'
        '<wp:docPr id="1" name="Box"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/'
        'wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:prstGeom prst="rect"/></wps:spPr><wps:txbx>'
        f"{inside}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def level(number: int, text: str, kind: str = "decimal", more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(**abstract: str) -> str:
    """numbering.xml: one list a name, numbered from 1 in the order given; each value holds w:lvl elements."""
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{n}">{x}</w:abstractNum>' for n, x in enumerate(abstract.values(), 1)
    )
    nums = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(1, len(abstract) + 1))
    return kinds + nums


def part(root: str, inside: str, namespaces: str = NAMESPACES) -> str:
    return f"{HEAD}<w:{root} {namespaces}>{inside}</w:{root}>"


def docx(body: str, **parts: str) -> bytes:
    """A Word file with that body. Further parts by name, each the inside of its root: styles, numbering, footnotes,
    endnotes, comments, header1, footer1."""
    roots = {"header1": "hdr", "footer1": "ftr"}
    files = {f"word/{name}.xml": part(roots.get(name, name), inside) for name, inside in parts.items()}
    files.setdefault("word/styles.xml", part("styles", STYLES))
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{name.rstrip("1")}" Target="{name}.xml"/>'
        for number, name in enumerate([path[5:-4] for path in files], 1)
    )
    files["word/_rels/document.xml.rels"] = f'{HEAD}<Relationships xmlns="{RELATIONS}">{relations}</Relationships>'
    files["word/document.xml"] = part("document", f"<w:body>{body}</w:body>")
    return package(files)


def package(files: Mapping[str, str | bytes], main: str = "word/document.xml") -> bytes:
    """A zip file of those parts, with the content types and the relationship that point to `main`."""
    kinds = {"header1": "header", "footer1": "footer", "document": "document.main"}
    overrides = "".join(
        f'<Override PartName="/{path}" ContentType="{MIME}.{kinds.get(path[5:-4], path[5:-4])}+xml"/>'
        for path in files
        if path.startswith("word/") and path.endswith(".xml")
    )
    first: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.'
        'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="{main}"/></Relationships>',
    }
    return zipped({**first, **files})


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return buffer.getvalue()
