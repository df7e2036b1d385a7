"""XML, read as if it came from an enemy: no entities, no document types, nothing fetched, bounded in depth and size."""

import re
from typing import Final

from lxml import etree

from corfu.formats.errors import BadFile

# A tree costs about 100 bytes of memory for each tag and each attribute. The bound is some 3,000 pages of heavily
# revised text; what lies above it is an attempt to fill the memory.
MOST_NODES: Final = 1_800_000
# The strict form of the format (ECMA-376 part 1) differs from the transitional one in its namespaces.
STRICT: Final = (
    (b"wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)
WIDE: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
DECLARATION: Final = re.compile(r"\s*<\?xml[^>]*\?>")


def parse(data: bytes, part: str, name: str) -> etree._Element:
    """The root element of one part of the file `name`; comments and processing instructions are left out.

    Raises BadInput for XML that is broken, nested too deep, too large, or that has a document type: the format
    forbids one (ECMA-376 part 2, 8.2.2.2), and entities are how XML is made to explode or to read other files.
    """
    data = _transitional(_as_utf8(data, part, name))
    if b"<!DOCTYPE" in data:
        raise _with_document_type(part, name)
    if data.count(b"<") + data.count(b"=") > MOST_NODES:
        raise BadFile(
            "%(name)s is refused: %(part)s is larger than any text for negotiation. Send the text alone.",
            name=name,
            part=part,
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _broken(part, name, error) from None
    if root.getroottree().docinfo.internalDTD is not None:  # an encoding that hid it from the search above
        raise _with_document_type(part, name)
    return root


def _as_utf8(data: bytes, part: str, name: str) -> bytes:
    for start, encoding in WIDE:
        if data.startswith(start):
            try:
                return DECLARATION.sub("", data.decode(encoding), count=1).encode()
            except UnicodeError:
                raise BadFile(
                    "%(name)s is damaged: %(part)s is not readable text. "
                    "Open it in Word, save it again and send it again.",
                    name=name,
                    part=part,
                ) from None
    return data


def _transitional(data: bytes) -> bytes:
    if b"http://purl.oclc.org/ooxml/" in data:
        for strict, transitional in STRICT:
            pattern = rb"""(\sxmlns(?::[\w.-]+)?\s*=\s*)(["'])http://purl\.oclc\.org/ooxml/%b\2""" % strict
            data = re.sub(pattern, rb"\1\g<2>%b\2" % transitional, data)
    return data


def _with_document_type(part: str, name: str) -> BadFile:
    return BadFile(
        "%(name)s is refused: %(part)s declares a document type (DTD), which no Word file does and which can hide an "
        "attack. Save the text in Word as a new .docx and send that.",
        name=name,
        part=part,
    )


def _broken(part: str, name: str, error: etree.XMLSyntaxError) -> BadFile:
    if "depth" in str(error).lower():
        return too_deep(name, part)
    return BadFile(
        "%(name)s is damaged: %(part)s is not well-formed XML (line %(line)d). "
        "Open it in Word, save it again and send it again.",
        name=name,
        part=part,
        line=error.lineno or 1,
    )


def too_deep(name: str, part: str) -> BadFile:
    """What to raise for a part that is nested deeper than the reader goes."""
    return BadFile(
        "%(name)s is refused: %(part)s is nested deeper than any text. Save the text in Word anew.",
        name=name,
        part=part,
    )


def without_body(name: str) -> BadFile:
    """What to raise for a document without w:body."""
    return BadFile("%(name)s is damaged: it has no body of text. Open it in Word and save it again.", name=name)
