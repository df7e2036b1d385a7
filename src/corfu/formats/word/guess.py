"""What a file that is no Word file is instead, so that the sender can be told in one sentence."""

import codecs
import unicodedata
from collections.abc import Collection
from typing import Final

SAVE_AS_DOCX: Final = "Save it in Word as .docx and send it again."

# The first bytes, and what they tell.
SIGNATURES: Final = (
    (b"%PDF", "it is a PDF"),
    (b"{\\rtf", "it is an RTF file"),
    (b"\x89PNG", "it is a picture"),
    (b"\xff\xd8\xff", "it is a picture"),
    (b"GIF8", "it is a picture"),
    (b"\x1f\x8b", "it is a gzip archive"),
    (b"7z\xbc\xaf", "it is a 7-Zip archive"),
    (b"Rar!", "it is a RAR archive"),
)
# Names of streams inside an OLE compound file ([MS-CFB]); they are written in UTF-16.
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OPEN_DOCUMENT: Final = {
    "text": "OpenDocument text (.odt)",
    "spreadsheet": "OpenDocument spreadsheet (.ods)",
    "presentation": "OpenDocument presentation (.odp)",
    "graphics": "OpenDocument drawing (.odg)",
}


def bytes_that_are_no_zip(data: bytes) -> str:
    """The rest of a sentence that begins with the file's name, for bytes that do not begin as a zip file does."""
    if data.startswith(OLE):
        return _ole(data)
    for start, what in SIGNATURES:
        if data.startswith(start):
            return f"is not a Word file: {what}. {SAVE_AS_DOCX}"
    return f"is not a Word file: {_text(data)}. {SAVE_AS_DOCX}"


def zip_without_document(names: Collection[str], mimetype: str) -> str:
    """The rest of the sentence for a sound zip file without a Word document; names are in lower case."""
    if mimetype.startswith("application/vnd.oasis.opendocument."):
        kind = OPEN_DOCUMENT.get(mimetype.rpartition(".")[2].removesuffix("-template"), "OpenDocument file")
        return f"is not a Word file: it is an {kind}. {SAVE_AS_DOCX}"
    for folder, what in (("xl/", "an Excel workbook"), ("ppt/", "a PowerPoint presentation"), ("visio/", "a drawing")):
        if any(name.startswith(folder) for name in names):
            return f"is not a Word file: it is {what}. Send the text as .docx."
    if any(name.endswith(".iwa") for name in names):
        return "is not a Word file: it is an Apple Pages document. Export it to Word (.docx) and send that."
    if "[content_types].xml" in names:
        return "is damaged: it holds no document (word/document.xml). Open it in Word, save it again and send it again."
    return "is not a Word file: it is a zip archive of other files. Send the .docx itself."


def _ole(data: bytes) -> str:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        return "is locked with a password. Open it in Word, take the password away, save it and send it again."
    if holds("WordDocument"):
        return f"is in the old Word format (.doc). {SAVE_AS_DOCX}"
    if holds("Workbook"):
        return "is not a Word file: it is an old Excel workbook. Send the text as .docx."
    return f"is not a Word file that can be read: it is in an old Office format, or locked. {SAVE_AS_DOCX}"


def _text(data: bytes) -> str:
    sample = data[:4096]
    encoding = "utf-16" if sample.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    # Incremental: the sample may end in the middle of a letter.
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(sample).lstrip("\ufeff \t\r\n")
    start = text[:500].lower()
    if "mso-application" in start or "schemas.microsoft.com/office/word/2003" in start or "/2006/xmlpackage" in start:
        return "it is a Word XML file (.xml)"
    if "<html" in start or "<!doctype html" in start:
        return "it is a web page (HTML)"
    if start.startswith("<?xml"):
        return "it is an XML file"
    strange = sum(unicodedata.category(letter) in ("Cc", "Cn", "Co") and letter not in "\t\r\n\f" for letter in text)
    strange += text.count("\ufffd") if encoding == "utf-16" else 0
    return "it is plain text" if strange * 50 <= len(text) else "it is something else, or damaged"
