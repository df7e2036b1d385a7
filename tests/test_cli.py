"""The command as people use it: on the example, on odd files, on bad ones."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from corfu.cli import Exit, main
from tests.formats.test_rolling_json import text_of
from tests.formats.word import pandoc
from tests.formats.word.build import docx, package, par, part, run

CODES = "BEL DOR ILV KAR LUM MAR NOR OST SAR TIR VEL ZEN".split()


@pytest.fixture(scope="module")
def made(dd7: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example compiled, with every output."""
    out = tmp_path_factory.mktemp("made")
    answers = [str(dd7 / f"{code}.docx") for code in CODES]
    outputs = ["-o", "rolling.docx", "--json", "r.json", "--html", "r.html", "--tracked", "tracked"]
    paths = [a if a.startswith("-") else str(out / a) for a in outputs]
    assert main(["compile", str(dd7 / "base.docx"), *answers, *paths]) == Exit.DONE
    return out


@pytest.fixture(scope="module")
def data(made: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((made / "r.json").read_text(encoding="utf-8"))
    return loaded


def paragraph(data: dict[str, Any], label: str) -> dict[str, Any]:
    found: dict[str, Any] = next(p for p in data["paragraphs"] if p["label"] == label)
    return found


def spans(p: dict[str, Any]) -> list[dict[str, list[str]]]:
    return [{v["text"]: v["by"] for v in part["variants"]} for part in p["parts"] if not isinstance(part, str)]


def test_the_time_limit_of_paragraph_4_has_four_variants_and_shall_stands_against_should(data: dict[str, Any]) -> None:
    assert spans(paragraph(data, "4")) == [
        {"shall": [], "should": ["BEL"]},
        {
            "48 hours": [],
            "24 hours": ["ILV", "NOR", "SAR"],
            "ten working days": ["KAR", "VEL"],
            "48 hours, and in any case within five days": ["BEL"],
        },
    ]


def test_paragraph_3_has_one_span(data: dict[str, Any]) -> None:
    assert spans(paragraph(data, "3")) == [{"near its borders": [], "that affects its security": ["KAR", "VEL"]}]


def test_two_paragraphs_are_to_go_and_three_are_new(data: dict[str, Any]) -> None:
    gone = {p["label"] or p["kind"]: p["delete_by"] for p in data["paragraphs"] if p.get("delete_by")}
    assert gone == {"preambular": ["ZEN"], "9": ["VEL"]}
    new = {p["label"]: p["inserted_by"] for p in data["paragraphs"] if "inserted_by" in p}
    assert new == {"5 bis": ["ILV"], "(d)": ["NOR"], "10 bis": ["BEL"]}
    assert data["counts"]["paragraphs"] == 21
    assert [f["amendments"] for f in data["files"] if f["by"] == "NOR"] == [4]


@pytest.mark.parametrize("code", ["base", *CODES])
def test_every_text_comes_back_from_the_json_as_another_reader_reads_the_file(
    code: str, dd7: Path, data: dict[str, Any]
) -> None:
    assert text_of(data, None if code == "base" else code) == pandoc.view(dd7 / f"{code}.docx", "accept")


def test_our_own_exports_compile_to_the_same_again(made: Path, dd7: Path, data: dict[str, Any], tmp_path: Path) -> None:
    exports = sorted(str(path) for path in (made / "tracked").iterdir())
    assert len(exports) == len(CODES)
    assert main(["compile", str(dd7 / "base.docx"), *exports, "--json", str(tmp_path / "again.json")]) == Exit.DONE
    again = json.loads((tmp_path / "again.json").read_text(encoding="utf-8"))
    assert again["paragraphs"] == data["paragraphs"] and again["counts"] == data["counts"]


def test_the_order_of_the_files_changes_nothing(
    dd7: Path, data: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    answers = [str(dd7 / f"{code}.docx") for code in reversed(CODES)]
    assert main(["compile", str(dd7 / "base.docx"), *answers, "--json", "-"]) == Exit.DONE
    assert json.loads(capsys.readouterr().out) == data


def test_the_summary_can_be_read_by_a_person(dd7: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["compile", *(str(dd7 / f"{c}.docx") for c in ["base", *CODES])])
    told = capsys.readouterr()
    assert told.out.startswith("Draft Decision DD/7 on the prevention of incidents\n12 files, 41 amendments\n")
    assert "12 of 12 files read" in told.err


def test_names_stand_in_the_order_of_the_list(dd7: Path, tmp_path: Path) -> None:
    order = tmp_path / "order.csv"
    order.write_text("code,name\nSAR,Sarn\nNOR,Norvale\nILV,Ilvesia\n", encoding="utf-8")
    answers = [str(dd7 / f"{code}.docx") for code in CODES]
    out = ["-o", str(tmp_path / "r.docx"), "--html", str(tmp_path / "r.html"), "--delegations", str(order)]
    assert main(["compile", str(dd7 / "base.docx"), *answers, *out]) == Exit.DONE
    assert "SAR, NOR, ILV" in " ".join(pandoc.view(tmp_path / "r.docx", "accept"))


def test_an_untracked_change_is_flagged_by_name_paragraph_and_words(
    dd7: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sly = tmp_path / "NOR.docx"
    with zipfile.ZipFile(dd7 / "NOR.docx") as old, zipfile.ZipFile(sly, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"not later than 1 March", b"not later than 1 May"))
    outputs = ["--json", str(tmp_path / "r.json"), "--html", str(tmp_path / "r.html"), "-o", str(tmp_path / "r.docx")]
    assert main(["compile", str(dd7 / "base.docx"), str(sly), *outputs]) == Exit.DONE
    assert "NOR.docx, paragraph 2: “March” → “May”" in capsys.readouterr().out
    (file,) = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["files"]
    assert file["untracked"] == 1 and file["untracked_changes"][0] | {"paragraph": ""} == {
        "paragraph": "", "label": "2", "old": "March", "new": "May"}  # fmt: skip
    assert "without tracking" in (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "without tracking" in " ".join(pandoc.view(tmp_path / "r.docx", "accept"))
    assert main(["changes", str(sly), "--base", str(dd7 / "base.docx")]) == Exit.DONE
    assert "changed without tracking: NOR.docx, paragraph 2" in capsys.readouterr().out


def test_changes_of_one_file(dd7: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["changes", str(dd7 / "NOR.docx")]) == Exit.DONE
    assert capsys.readouterr().out.splitlines() == [
        "paragraph 4: “48” → “24”",
        "paragraph 6: “Encourages participating States to” → “Decides that participating States shall”",
        "paragraph 6: “9,000” → “5,000”",
        "new paragraph “(d) to train, on request, the national points of contact;” after paragraph 7(c)",
    ]


def test_text_accepts_or_rejects(dd7: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for option, verdict in (([], "accept"), (["--accept"], "accept"), (["--reject"], "reject")):
        assert main(["text", str(dd7 / "KAR.docx"), *option]) == Exit.DONE
        assert capsys.readouterr().out.splitlines() == pandoc.view(dd7 / "KAR.docx", verdict)


def test_compare_gives_old_when_rejected_and_new_when_accepted(dd7: Path, tmp_path: Path) -> None:
    out = tmp_path / "redline.docx"
    assert main(["compare", str(dd7 / "base.docx"), str(dd7 / "VEL.docx"), "-o", str(out)]) == Exit.DONE
    assert pandoc.view(out, "reject") == pandoc.view(dd7 / "base.docx", "accept")
    assert pandoc.view(out, "accept") == pandoc.view(dd7 / "VEL.docx", "accept")


def test_the_base_among_the_answers_is_left_out(dd7: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both = [str(dd7 / "base.docx"), str(dd7 / "base.docx")]
    assert main(["compile", *both, str(dd7 / "NOR.docx")]) == Exit.DONE
    assert "\n1 file, 4 amendments" in capsys.readouterr().out
    assert main(["compile", *both]) == Exit.COULD_NOT
    assert "only file given" in capsys.readouterr().err


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ([], ["compile"], ["changes"], ["text"], ["compare"]):
        with pytest.raises(SystemExit) as left:
            main([*command, "--help"])
        assert left.value.code == 0 and len(capsys.readouterr().out) > 300


# Bad input: exit code 2, one sentence that names the file and the cause, nothing written, little memory.

BASE = "".join(par(run(text)) for text in ("The Council,", "1. Decides to open a channel;", "2. Reviews it."))
EXPANSION = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def bomb() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(docx(BASE))) as good, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bad:
        for name in good.namelist():
            if name == "word/document.xml":
                with bad.open(name, "w") as stream:
                    for _ in range(600):
                        stream.write(b" " * 1_000_000)
            else:
                bad.writestr(name, good.read(name))
    return buffer.getvalue()


def document(xml: str) -> bytes:
    """A Word file with that document part, whatever it is."""
    return package({"word/document.xml": xml, "word/styles.xml": part("styles", "")})


def odt() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<office/>")
    return buffer.getvalue()


ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 1000

BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "is empty"),
    "text": (lambda: b"Dear colleagues, please find attached", "not a Word file"),
    "truncated": (lambda: docx(BASE)[:-200], ""),
    "encrypted": (lambda: ENCRYPTED, "password"),
    "bomb": (bomb, ""),
    "expansion": (lambda: document(EXPANSION + "<x>&b;</x>"), ""),
    "external": (lambda: document(EXTERNAL + "<x>&a;</x>"), ""),
    "broken": (lambda: document("<w:document><w:body>"), ""),
    "odt": (odt, "OpenDocument"),
    "other": (lambda: docx("".join(par(run(t)) for t in ("Minutes", "Those present", "Lunch"))), "another document"),
}


# As a base, another document is as good as any.
@pytest.mark.parametrize(
    ("role", "name"), [(r, n) for r in ("returned", "base") for n in BAD if (r, n) != ("base", "other")]
)
def test_a_bad_file_is_one_sentence_and_nothing_else(role: str, name: str, tmp_path: Path) -> None:
    make, cause = BAD[name]
    good, bad = tmp_path / "good.docx", tmp_path / "NOR.docx"
    good.write_bytes(docx(BASE))
    bad.write_bytes(make())
    order = [good, bad] if role == "returned" else [bad, good]
    assert_refused(order, tmp_path, cause)


def assert_refused(files: list[Path], folder: Path, cause: str) -> None:
    out = folder / "out"
    outputs = ["-o", str(out / "r.docx"), "--json", str(out / "r.json"), "--html", str(out / "r.html")]
    command = [sys.executable, "-c", MEASURED, sys.executable, "-m", "corfu.cli", "compile", *map(str, files), *outputs]
    told = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert told.returncode == Exit.COULD_NOT, told.stderr
    (sentence,) = told.stderr.strip().splitlines()
    assert "NOR.docx" in sentence and cause in sentence and "Traceback" not in sentence
    assert not out.exists()
    assert int(told.stdout) < 300 * 1024, "kilobytes at the peak"


MEASURED = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(done.returncode)
"""


def test_a_folder_and_a_file_that_may_not_be_read(dd7: Path, tmp_path: Path) -> None:
    (tmp_path / "NOR.docx").mkdir()
    assert_refused([dd7 / "base.docx", tmp_path / "NOR.docx"], tmp_path, "folder")
    assert_refused([dd7 / "base.docx", tmp_path / "no" / "NOR.docx"], tmp_path, "")


def test_no_permission(
    dd7: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def forbidden(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", lambda self, *_, **__: forbidden(self))
    monkeypatch.setattr(Path, "read_bytes", forbidden)
    assert main(["text", str(dd7 / "NOR.docx")]) == Exit.COULD_NOT
    assert "NOR.docx" in capsys.readouterr().err


def test_a_base_with_tracked_changes_is_refused(dd7: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compile", str(dd7 / "NOR.docx"), str(dd7 / "SAR.docx")]) == Exit.COULD_NOT
    assert "NOR.docx is the base but holds tracked changes" in capsys.readouterr().err


def test_two_files_of_one_name_are_refused(dd7: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    twin = tmp_path / "NOR.docx"
    twin.write_bytes((dd7 / "NOR.docx").read_bytes())
    assert main(["compile", str(dd7 / "base.docx"), str(dd7 / "NOR.docx"), str(twin)]) == Exit.COULD_NOT
    assert "NOR comes twice" in capsys.readouterr().err


def test_an_output_that_cannot_be_written_leaves_the_others_unwritten(
    dd7: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    outputs = ["--json", str(tmp_path / "r.json"), "-o", str(blocked / "r.docx")]
    assert main(["compile", str(dd7 / "base.docx"), str(dd7 / "NOR.docx"), *outputs]) == Exit.COULD_NOT
    assert "cannot be written" in capsys.readouterr().err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file"]


def test_a_list_of_delegations_that_is_none(dd7: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for text in (b"only\nwords\n", b"\xff\xfe\x00", b"code,name\nNOR\n"):
        (tmp_path / "list.csv").write_bytes(text)
        command = [
            "compile",
            str(dd7 / "base.docx"),
            str(dd7 / "NOR.docx"),
            "--delegations",
            str(tmp_path / "list.csv"),
        ]
        assert main(command) == Exit.COULD_NOT
        assert "list.csv is no list of delegations" in capsys.readouterr().err


def test_no_output_replaces_what_came_back_or_another_output(
    dd7: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base, answer = tmp_path / "base.docx", tmp_path / "NOR.docx"
    for path in (base, answer):
        path.write_bytes((dd7 / path.name).read_bytes())
    same = str(tmp_path / "same.x")
    for outputs, cause in (
        (["--tracked", str(tmp_path)], "would be lost"),
        (["-o", str(base)], "would be lost"),
        (["-o", same, "--html", same], "written twice"),
        (["-o", "/dev/null"], "no ordinary file"),
    ):
        assert main(["compile", str(base), str(answer), *outputs]) == Exit.COULD_NOT
        assert cause in capsys.readouterr().err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["NOR.docx", "base.docx"]
    assert answer.read_bytes() == (dd7 / "NOR.docx").read_bytes()


def test_json_is_utf8_on_any_console(dd7: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "corfu.cli", "compile", str(dd7 / "base.docx"), str(dd7 / "NOR.docx"), "--json", "-"],
        env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}, capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    assert "“the channel”" in "".join(str(p["parts"]) for p in json.loads(told.stdout)["paragraphs"])
