"""A Word file written anew with some parts changed: the same bytes for the same content, on any day."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from corfu.formats.word.markup import STRICT
from corfu.formats.word.names import CONTENT_TYPES, RELATIONSHIPS
from corfu.formats.word.package import LARGEST_PART, Package, damaged

TYPES: Final = "[content_types].xml"
ROOT_RELATIONS: Final = "_rels/.rels"
SIGNATURES: Final = "_xmlsignatures/"
BEGINNING: Final = (1980, 1, 1, 0, 0, 0)  # the first instant a zip file can name: no part tells when it was written
LEVEL: Final = 6


def packed(package: Package, changed: Mapping[str, Element]) -> bytes:
    """The package with these parts changed; the others are byte for byte as they were.

    The list of content types comes first, as readers of streams like it (ECMA-376 part 2, annex A). Digital
    signatures are left out with all that refers to them: they vouch for a text that this no longer is. Raises
    BadInput for a part that cannot be unpacked.
    """
    trees = {part.lower(): root for part, root in changed.items()}
    signed = any(part.startswith(SIGNATURES) for part in package.entries)
    if signed:
        trees |= {part: _unsigned(package.tree(part)) for part in (TYPES, ROOT_RELATIONS) if package.has(part)}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part in sorted(package.entries, key=lambda part: part != TYPES):
            info = package.entries[part]
            if part.startswith(SIGNATURES) or info.is_dir():
                continue
            data = _bytes(package, info)
            _write(archive, info.filename, _serialised(trees[part], data) if part in trees else data)
    return buffer.getvalue()


def _write(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, BEGINNING)
    info.create_system = 0  # else the file would tell which kind of machine made it
    archive.writestr(info, data, zipfile.ZIP_DEFLATED, LEVEL)


def _bytes(package: Package, info: zipfile.ZipInfo) -> bytes:
    try:
        if info.file_size <= LARGEST_PART:  # zipfile never unpacks more than the declared size
            return package.archive.read(info)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        pass
    raise damaged(package.name, info)


def _serialised(root: Element, former: bytes) -> bytes:
    """The tree as XML, in the strict form of the format again when the part came in it."""
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if b"http://purl.oclc.org/ooxml/" in former:
        for strict, transitional in STRICT:
            data = data.replace(b'="%b"' % transitional, b'="http://purl.oclc.org/ooxml/%b"' % strict)
    return data


def _unsigned(root: Element) -> Element:
    for node in list(root.iter(f"{{{CONTENT_TYPES}}}Override", f"{{{RELATIONSHIPS}}}Relationship")):
        named = node.get("PartName", "") + node.get("Target", "")
        if named.lstrip("/").lower().startswith(SIGNATURES):
            root.remove(node)
    return root
