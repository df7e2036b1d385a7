"""What every test of tracked changes checks: both views for our own reader, and the rules of the XML."""

import io
import zipfile
from random import Random

from lxml import etree
from lxml.etree import _Element as Element

from corfu.formats.word.names import AUTHOR, ID, NAME, W
from corfu.formats.word.returned import base_of, shown
from corfu.formats.word.tracked import tracked
from corfu.formats.word.views import read
from corfu.wording.apply import apply
from corfu.wording.model import Act, Amendment, Paragraph, Version
from tests.formats.word import laid_out, pandoc
from tests.wording import strategies

DATE = "2026-01-05T10:00:00Z"


def said(lines: list[str]) -> list[str]:
    return [line for line in lines if line.strip()]


def folded(lines: list[str]) -> list[str]:
    return [pandoc.folded(line) for line in said(lines)]


def lines_of(paragraphs: list[Paragraph]) -> list[str]:
    return said([line for p in paragraphs for line in p.text.split("\n")])


def views(data: bytes) -> tuple[list[str], list[str]]:
    file = read(data, "out.docx")
    assert file.not_understood == ()
    return [p.text for p in shown(file.accept())], [p.text for p in shown(file.reject())]


def document(data: bytes, part: str = "word/document.xml") -> Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(part))


def check_xml(data: bytes) -> None:
    """What Word asks for, and no reader here would notice."""
    root = document(data)
    changes = [n for n in root.iter() if n.get(AUTHOR) is not None]
    starts = list(root.iter(f"{W}bookmarkStart"))
    ours = [n for n in starts if n.get(NAME, "").startswith("_corfu_")]
    ids = [n.get(ID) for n in (*changes, *ours)]
    assert len(ids) == len(set(ids))
    assert not {n.get(ID) for n in changes} & {n.get(ID) for n in starts}
    ends = {n.get(ID) for n in root.iter(f"{W}bookmarkEnd")}
    assert {n.get(ID) for n in ours} <= ends
    for deletion in root.iter(f"{W}del"):
        assert not [t for t in deletion.iter(f"{W}t") if not _in_box(t, deletion)]
    for words in root.iter(f"{W}delText", f"{W}delInstrText"):
        assert any(above.tag == f"{W}del" for above in words.iterancestors())
    for node in changes:
        parent = node.getparent()
        assert parent is not None
        if parent.tag == f"{W}rPr":
            assert parent[0] is node and [n.tag for n in parent.iterancestors()][:2] == [f"{W}pPr", f"{W}p"]
            assert all(n.tag in (f"{W}sectPr", f"{W}pPrChange") for n in parent.itersiblings())
        else:
            around = [above for above in node.iterancestors() if above.get(AUTHOR) is not None]
            assert len(node) and all(_in_box(node, above) for above in around)
    for paragraph in root.iter(f"{W}p"):
        assert all(n is paragraph[0] for n in paragraph.iterchildren(f"{W}pPr"))
    assert not list(root.iter("break"))


def _in_box(node: Element, inside: Element) -> bool:
    return any(a.tag == f"{W}txbxContent" and inside in a.iterancestors() for a in node.iterancestors())


def made(base: bytes, *acts: Act) -> bytes:
    """The base with the acts tracked; what our reader reads in it is checked."""
    paragraphs = base_of(read(base, "base.docx"))
    amendment = Amendment("a", ("NOR",), 0, acts)
    out = tracked(base, "base.docx", paragraphs, amendment, "Norvale", DATE)
    check_xml(out)
    accepted, rejected = views(out)
    assert rejected == [p.text for p in paragraphs]
    assert accepted == lines_of(apply(paragraphs, amendment))
    return out


def random_case(random: Random, *, fields: bool = True) -> tuple[bytes, list[Paragraph], Amendment]:
    language = random.choice(sorted(strategies.WORDS))
    some = [p for p in strategies.base(random, language, 7) if p.text.strip()]
    paragraphs = [_with_signs(random, p) for p in some] or [Paragraph("p0", "one")]
    version = Version(0, tuple(paragraphs))
    amendment = strategies.amendment(random, "a", version, language)
    return laid_out.file(random, [p.text for p in paragraphs], fields=fields), paragraphs, amendment


def _with_signs(random: Random, paragraph: Paragraph) -> Paragraph:
    if random.random() < 0.7:
        return paragraph
    at = random.randint(0, len(paragraph.text))
    text = paragraph.text[:at] + random.choice(laid_out.SIGNS_IN_TEXT) + paragraph.text[at:]
    return Paragraph(paragraph.id, text, paragraph.kind)


def check(base: bytes, paragraphs: list[Paragraph], amendment: Amendment) -> bytes:
    out = tracked(base, "base.docx", paragraphs, amendment, "Norvale", DATE)
    check_xml(out)
    accepted, rejected = views(out)
    assert rejected == [p.text for p in paragraphs]
    assert accepted == lines_of(apply(paragraphs, amendment))
    return out
