"""A Word file as a package of parts (Open Packaging Conventions, ECMA-376 part 2), opened with suspicion."""

import io
import posixpath
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from lxml import etree

from corfu.formats.errors import BadFile, BadInput
from corfu.formats.word import guess, markup
from corfu.formats.word.names import CONTENT_TYPES, RELATIONSHIPS

LARGEST_FILE: Final = 200 * 2**20  # bytes, on the disk
LARGEST_PART: Final = 64 * 2**20  # bytes of one part, unpacked
# Text in XML packs 5 to 60 times; deflate reaches 1,032. The ratio counts only where the size could hurt.
LARGEST_RATIO: Final = 300
RATIO_COUNTS_FROM: Final = 8 * 2**20
MAIN: Final = "word/document.xml"
STORED_OR_DEFLATED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of one file. A part's name has no leading slash; upper and lower case are one (part 2, 6.2.2.3)."""

    name: str
    main: str
    archive: zipfile.ZipFile
    entries: dict[str, zipfile.ZipInfo]
    targets: tuple[tuple[str, str], ...] = ()  # what the main part refers to: kind, name of the part

    def has(self, part: str) -> bool:
        return part.lower() in self.entries

    def tree(self, part: str) -> etree._Element:
        """The part's root element. Raises BadInput."""
        return markup.parse(_unpack(self.archive, self.entries[part.lower()], self.name), part, self.name)

    def related(self, kind: str) -> tuple[str, ...]:
        """Names of the parts that the main part calls 'styles', 'numbering', 'footnotes', 'header' …"""
        return tuple(target for of, target in self.targets if of == kind and self.has(target))

    def related_tree(self, kind: str) -> etree._Element | None:
        """The root element of the first such part, None when there is none. Raises BadInput."""
        return next((self.tree(part) for part in self.related(kind)), None)


def read_path(path: Path) -> bytes:
    """The bytes of a file on the disk. Raises BadInput for what cannot be opened, is a folder, or is over 200 MB."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise BadInput(f"{path.name or path} is a folder, not a Word file. Name the files inside it.")
        if not stat.S_ISREG(found.st_mode):
            raise BadInput(f"{path.name} is a device or a pipe, not a Word file. Name a file.")
        if found.st_size > LARGEST_FILE:
            raise BadInput(f"{path.name} is refused: it is larger than 200 MB. Send the text without its pictures.")
        return path.read_bytes()
    except FileNotFoundError:
        raise BadInput(f"{path.name} is not there: no such file in {path.parent}. Check the name.") from None
    except PermissionError:
        raise BadInput(f"{path.name} cannot be opened: you have no permission to read it.") from None
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read: {error.strerror or error}.") from None


def open_package(data: bytes, name: str) -> Package:
    """The parts of a Word file. Raises BadInput for every file that is not a sound and harmless .docx or .docm.

    Nothing but the list of parts, the relationships and the content types is unpacked here; macros are never read.
    """
    if not data:
        raise BadFile("%(name)s is empty. Ask the sender for the file again.", name=name)
    if not data.startswith(b"PK"):
        raise BadFile(guess.bytes_that_are_no_zip(data), name=name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise BadFile(
            "%(name)s is damaged: its end is missing, as after a broken transfer. Ask the sender for the file again.",
            name=name,
        ) from None
    return _package(archive, _entries(archive, name), name)


def _entries(archive: zipfile.ZipFile, name: str) -> dict[str, zipfile.ZipInfo]:
    entries: dict[str, zipfile.ZipInfo] = {}
    end = 0
    for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
        part = info.filename.replace("\\", "/").lstrip("/").lower()
        if info.flag_bits & 1:
            raise BadFile(
                "%(name)s is locked with a password. Save it in Word without one and send it again.", name=name
            )
        # One stretch of packed bytes that several parts share is how small files unpack to very large ones.
        if part in entries or info.header_offset < end:
            raise BadFile(
                "%(name)s is refused: two of its parts have one name or overlap (%(part)s). "
                "Ask the sender for the file again.",
                name=name,
                part=info.filename,
            )
        end = info.header_offset + 30 + len(info.orig_filename.encode()) + info.compress_size
        entries[part] = info
    return entries


def _package(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], name: str) -> Package:
    package = Package(name, MAIN, archive, entries)
    targets = [target for kind, target in _relationships(package, "") if kind == "officeDocument"]
    main = next((target for target in targets if package.has(target)), MAIN)
    if not package.has(main) or "wordprocessing" not in _content_type(package, main):
        mimetype = _unpack(archive, entries["mimetype"], name)[:200] if "mimetype" in entries else b""
        raise BadFile(guess.zip_without_document(entries, mimetype.decode("ascii", "replace").strip()), name=name)
    return Package(name, main, archive, entries, tuple(_relationships(package, main)))


def _relationships(package: Package, source: str) -> Iterator[tuple[str, str]]:
    folder, part = posixpath.split(source)
    rels = posixpath.join(folder, "_rels", f"{part}.rels")
    if not package.has(rels):
        return
    for relation in package.tree(rels).iter(f"{{{RELATIONSHIPS}}}Relationship"):
        if relation.get("TargetMode") != "External":  # what lies outside the file is never fetched
            target = posixpath.normpath(posixpath.join("/", folder, unquote(relation.get("Target", ""))))
            yield relation.get("Type", "").rpartition("/")[2], target.lstrip("/")


def _content_type(package: Package, part: str) -> str:
    """The part's content type; a guess in our favour where the file does not say, since other programs are lax."""
    if package.has("[Content_Types].xml"):
        for override in package.tree("[Content_Types].xml").iter(f"{{{CONTENT_TYPES}}}Override"):
            if override.get("PartName", "").lstrip("/").lower() == part.lower():
                return override.get("ContentType", "").replace("application/vnd.ms-word", "wordprocessing")
    return "wordprocessing" if part.lower().startswith("word/") else ""


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """The part's bytes. The sizes a zip file declares are a claim: what really comes out is counted too."""
    if info.compress_type not in STORED_OR_DEFLATED:
        raise damaged(name, info) from None
    try:
        with archive.open(info) as stream:
            data = b"" if info.file_size > LARGEST_PART else stream.read(LARGEST_PART + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        raise damaged(name, info) from None
    size = max(len(data), info.file_size)
    if size > LARGEST_PART or (size > RATIO_COUNTS_FROM and size > LARGEST_RATIO * info.compress_size):
        raise BadFile(
            "%(name)s is refused: %(part)s unpacks to %(size)d MB, as in a file made to fill the memory. "
            "Save the text in Word as a new .docx and send that.",
            name=name,
            part=info.filename,
            size=size // 2**20,
        )
    return data


def damaged(name: str, info: zipfile.ZipInfo) -> BadFile:
    """What to raise for a part that cannot be unpacked."""
    return BadFile(
        "%(name)s is damaged: %(part)s cannot be unpacked. Ask the sender for the file again.",
        name=name,
        part=info.filename,
    )
