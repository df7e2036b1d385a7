"""Files that must be refused, each made here, with the words that the refusal must hold."""

import io
import random
import struct
import zipfile
from collections.abc import Callable
from typing import Final

from tests.formats.word.build import HEAD, NAMESPACES, docx, package, par, part, run, zipped

GOOD: Final = docx(par(run("Decides to meet again " * 50)))
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
MARKED: Final = "application/vnd.oasis.opendocument.text"
LAUGHS: Final = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


def document(inside: str, declaration: str = "") -> bytes:
    return package({"word/document.xml": f"{HEAD}{declaration}<w:document {NAMESPACES}>{inside}</w:document>"})


def with_part(data: bytes, name: str = "word/document.xml") -> bytes:
    return zipped({**{n: zipfile.ZipFile(io.BytesIO(GOOD)).read(n) for n in names(GOOD)}, name: data})


def names(data: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(data)).namelist()


def bomb(unit: bytes = bytes(2**20), times: int = 600, before: bytes = b"", after: bytes = b"") -> bytes:
    """A package whose document unpacks to `times` units, made without ever holding it whole."""
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer) as old:
        parts = {name: old.read(name) for name in old.namelist() if name != "word/document.xml"}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
        with archive.open("word/document.xml", "w", force_zip64=True) as stream:
            stream.write(before)
            for _ in range(times):
                stream.write(unit)
            stream.write(after)
    return made.getvalue()


def lying_bomb() -> bytes:
    """The same, but every header says that the document has 1,000 bytes."""
    data = bytearray(bomb(times=100))
    size = struct.pack("<I", 100 * 2**20)
    return bytes(data).replace(size, struct.pack("<I", 1000))


def nodes(unit: str, times: int) -> bytes:
    # The noise keeps the ratio of the packing below the one that is refused.
    start = f"{HEAD}<w:document {NAMESPACES}><w:body><!--{random.Random(1).randbytes(60_000).hex()}-->".encode()
    return bomb((unit * 1000).encode(), times, start, b"</w:body></w:document>")


def twice() -> bytes:
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("WORD/document.xml", "<x/>")
    return buffer.getvalue()


def overlapping() -> bytes:
    """A zip whose two last entries are one stretch of packed bytes."""
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/extra.xml", "<x/>")
        archive.filelist[-1].header_offset = archive.filelist[0].header_offset
    return buffer.getvalue()


def flagged() -> bytes:
    """The same package with the flag for encryption set on every entry."""
    data = bytearray(GOOD)
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    return bytes(data)


def packed_otherwise() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        for name in names(GOOD):
            archive.writestr(name, zipfile.ZipFile(io.BytesIO(GOOD)).read(name))
    return buffer.getvalue()


def spoilt() -> bytes:
    """The packed bytes of the document overwritten in the middle."""
    info = zipfile.ZipFile(io.BytesIO(GOOD)).getinfo("word/document.xml")
    at = info.header_offset + 30 + len(info.filename) + info.compress_size // 2
    return GOOD[:at] + bytes(40) + GOOD[at + 40 :]


def deep(tag: str, times: int) -> bytes:
    return document(f"<w:body>{f'<w:{tag}>' * times}{f'</w:{tag}>' * times}</w:body>")


# name → (how to make the bytes, words of the sentence)
BAD: Final[dict[str, tuple[Callable[[], bytes], str]]] = {
    "empty": (lambda: b"", "is empty"),
    "text": (lambda: "Decides to meet — encore une fois.\n".encode() * 9, "it is plain text"),
    "text in UTF-16": (lambda: "Решает вновь".encode("utf-16"), "it is plain text"),
    "text in Latin 1": (lambda: "Décide à nouveau de se réunir après l'été".encode("latin-1"), "it is plain text"),
    "other bytes": (lambda: bytes(range(256)) * 40, "something else, or damaged"),
    "web page": (lambda: b"<!DOCTYPE html><html><body>x</body></html>", "web page"),
    "Word XML": (lambda: b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><x/>', "Word XML file"),
    "RTF": (lambda: rb"{\rtf1 x}", "RTF"),
    "PDF": (lambda: b"%PDF-1.7\n", "PDF"),
    "cut short": (lambda: GOOD[: len(GOOD) * 2 // 3], "its end is missing"),
    "a few bytes": (lambda: GOOD[:10], "its end is missing"),
    "spoilt in the middle": (spoilt, "word/document.xml cannot be unpacked"),
    "old Word": (lambda: OLE + "WordDocument".encode("utf-16-le") + bytes(900), "old Word format (.doc)"),
    "password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le") + bytes(900), "locked with a password"),
    "old Excel": (lambda: OLE + "Workbook".encode("utf-16-le") + bytes(900), "Excel"),
    "other OLE": (lambda: OLE, "old Office format"),
    "encrypted entries": (flagged, "locked with a password"),
    "unusual packing": (packed_otherwise, "cannot be unpacked"),
    "bomb of zeros": (bomb, "unpacks to 600 MB"),
    "bomb that lies": (lying_bomb, "cannot be unpacked"),
    "bomb of empty paragraphs": (lambda: nodes("<w:p/>", 10_000), "unpacks to 57 MB"),
    "far too many paragraphs": (lambda: nodes("<w:p/>", 400), "more than 100,000 paragraphs"),
    "far too many nodes": (lambda: nodes("<w:p/>", 1_900), "larger than any text"),
    "far too many attributes": (
        lambda: nodes('<w:r w:a="" w:b="" w:c="" w:d="" w:e="" w:f=""/>', 260),
        "larger than any",
    ),
    "one name twice": (twice, "have one name or overlap"),
    "overlapping": (overlapping, "have one name or overlap"),
    "OpenDocument": (lambda: zipped({"mimetype": MARKED, "content.xml": "<x/>"}), "OpenDocument text (.odt)"),
    "workbook": (lambda: package({"xl/workbook.xml": "<x/>"}, "xl/workbook.xml"), "Excel workbook"),
    "slides": (lambda: package({"ppt/presentation.xml": "<x/>"}, "ppt/presentation.xml"), "PowerPoint"),
    "Pages": (lambda: zipped({"Index/Document.iwa": "x"}), "Apple Pages"),
    "other zip": (lambda: zipped({"NOR.docx": GOOD}), "zip archive of other files"),
    "no files": (lambda: zipped({}), "zip archive of other files"),
    "no document": (lambda: package({"word/styles.xml": part("styles", "")}), "holds no document"),
    "no body": (lambda: document(""), "has no body"),
    "broken XML": (lambda: document("<w:body><w:p></w:body>"), "not well-formed XML"),
    "XML that is no text": (lambda: with_part(b"\xff\xfe\x00\xd8\x00"), "not readable text"),
    "unknown entity": (lambda: document(f"<w:body>{par('&eacute;')}</w:body>"), "not well-formed XML"),
    "billion laughs": (
        lambda: document("<w:body>&a9;</w:body>", f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>'),
        "document type",
    ),
    "outside entity": (
        lambda: document("<w:body>&a;</w:body>", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        "document type",
    ),
    "outside document type": (
        lambda: document("<w:body/>", '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'),
        "document type",
    ),
    "document type in UTF-16": (
        lambda: with_part(f'<!DOCTYPE x [<!ENTITY a "b">]><w:document {NAMESPACES}/>'.encode("utf-16")),
        "document type",
    ),
    "document type in the styles": (
        lambda: with_part(b"<!DOCTYPE x []><x/>", "word/styles.xml"),
        "document type",
    ),
    "document type in the relationships": (lambda: with_part(b"<!DOCTYPE x []><x/>", "_rels/.rels"), "document type"),
    "deep": (lambda: deep("sdt", 100_000), "nested deeper"),
    "deep tables": (lambda: deep("tbl", 300), "nested deeper"),
}
