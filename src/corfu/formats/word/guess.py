"""What a file that is no Word file is instead, so that the sender can be told in one sentence."""

import codecs
import unicodedata
from collections.abc import Collection
from typing import Final

from corfu.formats.errors import says

_PICTURE: Final = says("%(name)s is not a Word file: it is a picture. Save it in Word as .docx and send it again.")
# The first bytes, and what they tell.
SIGNATURES: Final = (
    (b"%PDF", says("%(name)s is not a Word file: it is a PDF. Save it in Word as .docx and send it again.")),
    (b"{\\rtf", says("%(name)s is not a Word file: it is an RTF file. Save it in Word as .docx and send it again.")),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (
        b"\x1f\x8b",
        says("%(name)s is not a Word file: it is a gzip archive. Save it in Word as .docx and send it again."),
    ),
    (
        b"7z\xbc\xaf",
        says("%(name)s is not a Word file: it is a 7-Zip archive. Save it in Word as .docx and send it again."),
    ),
    (b"Rar!", says("%(name)s is not a Word file: it is a RAR archive. Save it in Word as .docx and send it again.")),
)
# Names of streams inside an OLE compound file ([MS-CFB]); they are written in UTF-16.
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OFFICE: Final = (
    ("xl/", says("%(name)s is not a Word file: it is an Excel workbook. Send the text as .docx.")),
    ("ppt/", says("%(name)s is not a Word file: it is a PowerPoint presentation. Send the text as .docx.")),
    ("visio/", says("%(name)s is not a Word file: it is a drawing. Send the text as .docx.")),
)
_OPEN_DOCUMENT_FILE: Final = says(
    "%(name)s is not a Word file: it is an OpenDocument file. Save it in Word as .docx and send it again."
)
OPEN_DOCUMENT: Final = {
    "text": says(
        "%(name)s is not a Word file: it is an OpenDocument text (.odt). Save it in Word as .docx and send it again."
    ),
    "spreadsheet": says(
        "%(name)s is not a Word file: it is an OpenDocument spreadsheet (.ods). "
        "Save it in Word as .docx and send it again."
    ),
    "presentation": says(
        "%(name)s is not a Word file: it is an OpenDocument presentation (.odp). "
        "Save it in Word as .docx and send it again."
    ),
    "graphics": says(
        "%(name)s is not a Word file: it is an OpenDocument drawing (.odg). Save it in Word as .docx and send it again."
    ),
}


def bytes_that_are_no_zip(data: bytes) -> str:
    """The sentence, with a place for the file's name, for bytes that do not begin as a zip file does."""
    if data.startswith(OLE):
        return _ole(data)
    for start, what in SIGNATURES:
        if data.startswith(start):
            return what
    return _text(data)


def zip_without_document(names: Collection[str], mimetype: str) -> str:
    """The sentence for a sound zip file without a Word document; names are in lower case."""
    if mimetype.startswith("application/vnd.oasis.opendocument."):
        return OPEN_DOCUMENT.get(mimetype.rpartition(".")[2].removesuffix("-template"), _OPEN_DOCUMENT_FILE)
    for folder, what in OFFICE:
        if any(name.startswith(folder) for name in names):
            return what
    if any(name.endswith(".iwa") for name in names):
        return says(
            "%(name)s is not a Word file: it is an Apple Pages document. Export it to Word (.docx) and send that."
        )
    if "[content_types].xml" in names:
        return says(
            "%(name)s is damaged: it holds no document (word/document.xml). "
            "Open it in Word, save it again and send it again."
        )
    return says("%(name)s is not a Word file: it is a zip archive of other files. Send the .docx itself.")


def _ole(data: bytes) -> str:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        return says(
            "%(name)s is locked with a password. Open it in Word, take the password away, save it and send it again."
        )
    if holds("WordDocument"):
        return says("%(name)s is in the old Word format (.doc). Save it in Word as .docx and send it again.")
    if holds("Workbook"):
        return says("%(name)s is not a Word file: it is an old Excel workbook. Send the text as .docx.")
    return says(
        "%(name)s is not a Word file that can be read: it is in an old Office format, or locked. "
        "Save it in Word as .docx and send it again."
    )


def _text(data: bytes) -> str:
    sample = data[:4096]
    encoding = "utf-16" if sample.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    # Incremental: the sample may end in the middle of a letter.
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(sample).lstrip("\ufeff \t\r\n")
    start = text[:500].lower()
    if "mso-application" in start or "schemas.microsoft.com/office/word/2003" in start or "/2006/xmlpackage" in start:
        return says(
            "%(name)s is not a Word file: it is a Word XML file (.xml). Save it in Word as .docx and send it again."
        )
    if "<html" in start or "<!doctype html" in start:
        return says("%(name)s is not a Word file: it is a web page (HTML). Save it in Word as .docx and send it again.")
    if start.startswith("<?xml"):
        return says("%(name)s is not a Word file: it is an XML file. Save it in Word as .docx and send it again.")
    strange = sum(unicodedata.category(letter) in ("Cc", "Cn", "Co") and letter not in "\t\r\n\f" for letter in text)
    strange += text.count("\ufffd") if encoding == "utf-16" else 0
    if strange * 50 <= len(text):
        return says("%(name)s is not a Word file: it is plain text. Save it in Word as .docx and send it again.")
    return says(
        "%(name)s is not a Word file: it is something else, or damaged. Save it in Word as .docx and send it again."
    )
