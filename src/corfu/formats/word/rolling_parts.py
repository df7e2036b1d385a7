"""The parts of the rolling Word file that never change: styles, settings, fonts, header, footer, package.

Element order is that of the schemas of ECMA-376 part 1 (wml.xsd); Word refuses what stands in another order.
"""

import io
import zipfile
from collections.abc import Iterable
from typing import Final

from corfu.formats.word.names import CONTENT_TYPES, RELATIONSHIPS, WORD

OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARED: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

SERIF: Final = "Cambria"
SANS: Final = "Calibri"
ACCENT, OPEN, GONE, NEW, SOFT, RULE = "0B5A6E", "8A4B08", "9A2F2F", "2B6A3F", "565F67", "BFBAAE"

# A4 in twentieths of a point, and the room between its margins.
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 11906, 16838, 1361
WIDTH: Final = PAGE_WIDTH - 2 * MARGIN
HANG: Final = 794
STEP: Final = 624

_PARTS: Final = (
    ("styles", f"{_MAIN}.styles+xml"),
    ("settings", f"{_MAIN}.settings+xml"),
    ("fontTable", f"{_MAIN}.fontTable+xml"),
    ("header1", f"{_MAIN}.header+xml"),
    ("footer1", f"{_MAIN}.footer+xml"),
)


def package(body: str, header: str, footer: str, title: str, lang: str, numbering: str = "") -> bytes:
    """The zip file: the same bytes for the same text, with no clock and no name of a machine in it.

    `body`, `header` and `footer` are the XML of block elements, `numbering` that of lists, if there are any; `title`
    and `lang` are escaped already.
    """
    declared = (*_PARTS, ("numbering", f"{_MAIN}.numbering+xml")) if numbering else _PARTS
    parts = {
        "[Content_Types].xml": _content_types(declared),
        "_rels/.rels": _relationships((("officeDocument", "word/document.xml"), ("core", "docProps/core.xml"))),
        "docProps/core.xml": _core(title, lang),
        "word/document.xml": _root("document", f"<w:body>{body}{_section()}</w:body>"),
        "word/_rels/document.xml.rels": _relationships([(name.rstrip("1"), f"{name}.xml") for name, _ in declared]),
        "word/styles.xml": _root("styles", _styles(lang)),
        "word/settings.xml": _root("settings", _SETTINGS),
        "word/fontTable.xml": _root("fonts", _FONTS),
        "word/header1.xml": _root("hdr", header),
        "word/footer1.xml": _root("ftr", footer),
    }
    if numbering:
        parts["word/numbering.xml"] = _root("numbering", numbering)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            archive.writestr(info, _DECLARED + text)
    return stream.getvalue()


def _root(name: str, inner: str) -> str:
    return f'<w:{name} xmlns:w="{WORD}" xmlns:r="{OFFICE}">{inner}</w:{name}>'


def _content_types(declared: Iterable[tuple[str, str]]) -> str:
    overrides = [("word/document.xml", f"{_MAIN}.document.main+xml")]
    overrides += [(f"word/{name}.xml", kind) for name, kind in declared]
    overrides.append(("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"))
    return (
        f'<Types xmlns="{CONTENT_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in overrides)
        + "</Types>"
    )


def _relationships(targets: Iterable[tuple[str, str]]) -> str:
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    rows = (
        f'<Relationship Id="rId{n}" Type="{core if kind == "core" else f"{OFFICE}/{kind}"}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{RELATIONSHIPS}">{"".join(rows)}</Relationships>'


def _core(title: str, lang: str) -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:language>{lang}</dc:language>'
        "</cp:coreProperties>"
    )


def _section() -> str:
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>'
        f'<w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/><w:pgMar w:top="1588" w:right="{MARGIN}" w:bottom="1418" '
        f'w:left="{MARGIN}" w:header="737" w:footer="680" w:gutter="0"/></w:sectPr>'
    )


# Compatibility mode 15 is Word 2013 and later: without it Word says "Compatibility Mode" in its title bar.
_SETTINGS: Final = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="397"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat>'
)


def _font(name: str, other: str, family: str) -> str:
    return (
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="00"/><w:family w:val="{family}"/>'
        '<w:pitch w:val="variable"/></w:font>'
    )


_FONTS: Final = _font(SERIF, "Caladea", "roman") + _font(SANS, "Carlito", "swiss")


def _fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="SimSun" w:cs="Times New Roman"/>'


def _style(name: str, based: str, paragraph: str, run: str) -> str:
    """A paragraph style of our own; a character style where it is based on nothing."""
    return (
        f'<w:style w:type="{"paragraph" if based else "character"}" w:customStyle="1" '
        f'w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + "<w:qFormat/>"
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + "</w:style>"
    )


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _spacing(before: int, after: int, line: int = 240) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


_BOLD: Final = "<w:b/><w:bCs/>"


def _color(value: str) -> str:
    return f'<w:color w:val="{value}"/>'


def _styles(lang: str) -> str:
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(SERIF)}{_size(22)}"
        f'<w:lang w:val="{lang}" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_spacing(0, 0)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    return defaults + _BUILT_IN + _paragraph_styles() + _character_styles()


_BUILT_IN: Final = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    f'<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>'
    f'<w:next w:val="RollingAbout"/><w:qFormat/><w:pPr><w:keepNext/>{_spacing(40, 100, 252)}</w:pPr>'
    f"<w:rPr>{_BOLD}{_size(40)}</w:rPr></w:style>"
    f'<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    f'<w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/>{_spacing(480, 160)}'
    f'<w:outlineLvl w:val="0"/></w:pPr><w:rPr>{_BOLD}{_size(28)}</w:rPr></w:style>'
    f'<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>'
    f'<w:next w:val="RollingText"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/>{_spacing(280, 120)}'
    f'<w:outlineLvl w:val="1"/></w:pPr><w:rPr>{_BOLD}{_size(23)}</w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Header"><w:name w:val="header"/><w:basedOn w:val="Normal"/><w:pPr>'
    f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="{RULE}"/></w:pBdr>'
    f'<w:tabs><w:tab w:val="right" w:pos="{WIDTH}"/></w:tabs></w:pPr>'
    f"<w:rPr>{_fonts(SANS)}{_color(SOFT)}{_size(17)}</w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/><w:pPr>'
    f'<w:jc w:val="right"/></w:pPr><w:rPr>{_fonts(SANS)}{_color(SOFT)}{_size(17)}</w:rPr></w:style>'
)


def _paragraph_styles() -> str:
    sans = _fonts(SANS)
    sides = ("top", "left", "bottom", "right")
    box = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="6" w:color="{RULE}"/>' for side in sides)
    warned = f'<w:left w:val="single" w:sz="24" w:space="6" w:color="{GONE}"/>'
    kicker = f'{sans}{_BOLD}<w:caps/>{_color(ACCENT)}<w:spacing w:val="20"/>{_size(17)}'
    legend = f'<w:pBdr>{box}</w:pBdr>{_spacing(160, 280, 252)}<w:ind w:left="142" w:right="142"/>'
    text = f'<w:widowControl/>{_spacing(0, 160, 276)}<w:ind w:left="{HANG}"/>'
    return "".join(
        (
            _style("Rolling Kicker", "Normal", "<w:keepNext/>", kicker),
            _style("Rolling About", "Normal", _spacing(0, 60), f"{sans}{_color(SOFT)}{_size(20)}"),
            _style("Rolling Legend", "Normal", legend, f"{sans}{_size(18)}"),
            _style("Rolling Text", "Normal", text, ""),
            _style("Rolling Note", "RollingText", f"<w:keepLines/>{_spacing(0, 60)}", f"{sans}{_size(18)}"),
            _style("Rolling Warning", "RollingNote", f"<w:pBdr>{warned}</w:pBdr>{_spacing(0, 60)}", ""),
            _style("Rolling Cell", "Normal", f"{_spacing(50, 50)}", f"{sans}{_size(18)}"),
            _style("Rolling Cell Words", "RollingCell", "", f"{_fonts(SERIF)}{_size(19)}"),
            _style("Rolling Cell Head", "RollingCell", "<w:keepNext/>", f"{_BOLD}{_color(SOFT)}"),
            _style("Rolling Delegation", "RollingCell", f"<w:keepNext/>{_spacing(180, 60)}", _size(18)),
        )
    )


def _character_styles() -> str:
    sans = _fonts(SANS)
    looks = {
        "Code": f"{sans}{_BOLD}{_color(ACCENT)}{_size(19)}",
        "Bracket": f"{_BOLD}{_color(OPEN)}",
        "Deletion": f"{sans}<w:i/><w:iCs/>{_color(GONE)}{_size(21)}",
        "Delete": f"{_BOLD}{_color(GONE)}",
        "New": f"{_BOLD}{_color(NEW)}",
        "Act": _BOLD,
        "Quiet": _color(SOFT),
        "Name": f"{_fonts(SERIF)}{_BOLD}{_size(23)}",
    }
    return "".join(_style(f"Rolling {name}", "", "", look) for name, look in looks.items())
