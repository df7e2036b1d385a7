"""Whatever is no sound Word file is refused: one sentence, soon, in little memory, and nothing else happens."""

import io
import json
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest

from corfu.formats.errors import BadInput
from corfu.formats.word.package import LARGEST_FILE, read_path
from corfu.formats.word.views import read
from tests.formats.word.bad_files import BAD, GOOD, names
from tests.formats.word.build import HEAD, NAMESPACES, docx, package, par, part, run, zipped

MOST_MEMORY: Final = 300 * 1024  # kilobytes, the whole process
MOST_SECONDS: Final = 5.0
# Read in a process of its own, which says what happened, how long it took and how much memory it needed (VmHWM:
# unlike resource.getrusage, it does not count what the parent had when it forked).
READER: Final = """
import json, resource, sys, time
from pathlib import Path
from corfu.formats.errors import BadInput
from corfu.formats.word.package import read_path
from corfu.formats.word.views import read
began, path = time.monotonic(), Path(sys.argv[1])
try:
    said = [paragraph.text for paragraph in read(read_path(path), path.name).accept()][:3]
except BadInput as error:
    said = str(error)
status = Path("/proc/self/status")
if status.exists():
    memory = int(status.read_text().partition("VmHWM:")[2].split()[0])
else:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([said, time.monotonic() - began, memory]))
"""


@pytest.mark.parametrize("name", BAD)
def test_refused_in_one_sentence_soon_and_in_little_memory(name: str, tmp_path: Path) -> None:
    make, words = BAD[name]
    path = tmp_path / "NOR.docx"
    path.write_bytes(make())
    done = subprocess.run([sys.executable, "-c", READER, path], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    said, seconds, memory = json.loads(done.stdout)
    assert isinstance(said, str), f"read as {said}"
    assert said.startswith("NOR.docx ")
    assert words in said
    assert said.endswith(".")
    assert "\n" not in said
    assert len(said) < 220
    assert seconds < MOST_SECONDS
    assert memory < MOST_MEMORY


def test_every_cut_of_a_good_file_is_refused() -> None:
    for end in range(0, len(GOOD) - 1, 7):
        with pytest.raises(BadInput):
            read(GOOD[:end], "x.docx")


def test_any_byte_changed_is_read_or_refused_but_never_crashes() -> None:
    for at in range(0, len(GOOD), 5):
        with suppress(BadInput):
            read(GOOD[:at] + bytes([GOOD[at] ^ 0x55]) + GOOD[at + 1 :], "x.docx").accept()


def text(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in read(data, "x.docx").accept()]


def test_strict_files_are_read() -> None:
    strict = NAMESPACES.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    ).replace(
        "http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math"
    )
    words = "see http://purl.oclc.org/ooxml/wordprocessingml/main for more"
    body = f"<w:body>{par(run(words) + '<m:oMath><m:r><m:t>π</m:t></m:r></m:oMath>')}</w:body>"
    assert text(package({"word/document.xml": part("document", body, strict)})) == [f"{words}π"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_other_encodings_are_read(encoding: str) -> None:
    declared = HEAD.replace("UTF-8", "UTF-16" if "16" in encoding else "UTF-8")
    document = f"{declared}<w:document {NAMESPACES}><w:body>{par(run('Решает 协商'))}</w:body></w:document>"
    assert text(package({"word/document.xml": document.encode(encoding)})) == ["Решает 协商"]


def test_main_part_is_found_wherever_it_is() -> None:
    body = part("document", f"<w:body>{par(run('here'))}</w:body>")
    assert text(package({"word/document2.xml": body}, "/word/document2.xml")) == ["here"]
    assert text(package({"Word/Document.xml": body}, "word/document.xml")) == ["here"]
    assert text(zipped({"word/document.xml": body})) == ["here"]


def test_macros_do_not_matter() -> None:
    parts = {name: zipfile.ZipFile(io.BytesIO(GOOD)).read(name) for name in names(GOOD)}
    kinds = (
        parts["[Content_Types].xml"]
        .decode()
        .replace(
            "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "vnd.ms-word.document.macroEnabled.main+xml",
        )
    )
    assert "macroEnabled" in kinds
    made = zipped({**parts, "[Content_Types].xml": kinds, "word/vbaProject.bin": OLE_MACROS})
    assert text(made) == text(GOOD)


OLE_MACROS: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)


def test_a_long_document_of_much_the_same_is_no_bomb() -> None:
    assert len(text(docx(par(run("Decides to meet again.")) * 20_000))) == 20_000


def test_paths(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"^NOR\.docx is not there"):
        read_path(tmp_path / "NOR.docx")
    with pytest.raises(BadInput, match=r" is a folder, not a Word file"):
        read_path(tmp_path)
    with pytest.raises(BadInput, match=r"^null is a device or a pipe"):
        read_path(Path("/dev/null"))
    large = tmp_path / "large.docx"
    with large.open("wb") as stream:
        stream.truncate(LARGEST_FILE + 1)
    with pytest.raises(BadInput, match=r"^large\.docx is refused: it is larger than 200 MB"):
        read_path(large)
    large.write_bytes(b"x")
    assert read_path(large) == b"x"


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "NOR.docx"
    path.write_bytes(b"x")

    def refuse(_: Path) -> bytes:  # who runs the tests as root may read everything
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(BadInput, match=r"^NOR\.docx cannot be opened: you have no permission"):
        read_path(path)
