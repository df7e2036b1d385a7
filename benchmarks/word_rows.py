"""The command `corfu compile` on Word files, and the parts of its work."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from subprocess import CalledProcessError
from typing import NamedTuple

from benchmarks.generate import negotiation
from benchmarks.measuring import ROOT, Whole, cold, corfu, whole
from benchmarks.office import Attempt, absent, attempt
from benchmarks.rows import Row, Setting, faster, seconds, skipped
from benchmarks.word_files import WordFiles, as_word

ROUND = "57 returned Word files of 10,000 words"
WHAT = f"corfu compile of {ROUND} into Word, HTML and JSON, whole process"


@contextmanager
def a_round() -> Iterator[WordFiles]:
    """The base and the returned files of 57 delegations with 2,000 amendments, for as long as they are needed."""
    with tempfile.TemporaryDirectory(prefix="corfu-bench-") as folder:
        yield as_word(negotiation(1, delegations=57, amendments=2_000), Path(folder))


def _compiled(files: WordFiles, times: int) -> Whole:
    with tempfile.TemporaryDirectory(prefix="corfu-bench-") as folder:
        outputs = ["-o", f"{folder}/r.docx", "--html", f"{folder}/r.html", "--json", f"{folder}/r.json"]
        return whole(corfu("compile", files.base, *files.returned, *outputs), times)


def compiling(setting: Setting) -> Iterator[Row]:
    """What a secretariat does with what came back."""
    with a_round() as files:
        ours = _compiled(files, setting.times)
    if ours.failed:
        yield skipped(WHAT, ours.failed)
        return
    yield Row(WHAT, seconds(ours.seconds), bar="≤ 3 s", met=ours.seconds <= 3)
    yield Row("the same, peak memory", f"{ours.megabytes:.0f} MB", bar="≤ 400 MB", met=ours.megabytes <= 400)


def merging(setting: Setting) -> Iterator[Row]:
    """What it would do without us: LibreOffice, file by file."""
    if why := absent():
        yield skipped("LibreOffice merging the same files one by one", why)
        return
    with a_round() as files:
        ours = _compiled(files, max(1, setting.times // 2))
        if ours.failed:
            yield skipped(WHAT, ours.failed)
            return
        for way in WAYS:
            yield _beside(files, ours, way, setting.patience)


class Way(NamedTuple):
    """One of the ways of office_merge.py through the files."""

    key: str
    name: str
    bar: str = "–"


WAYS = (
    Way("session", "LibreOffice merging them one by one (MergeDocuments)"),
    Way("restart", "the same, LibreOffice started anew for each file and after each crash", "≥ 10 × faster"),
    Way("compare", "LibreOffice comparing each with the base (CompareDocuments): 57 results, no common one"),
)


def _beside(files: WordFiles, ours: Whole, way: Way, patience: float) -> Row:
    found = attempt(way.key, files.base, files.returned, patience)
    done = len(found.seconds)
    if not done:
        return skipped(way.name, f"LibreOffice did not finish a single file ({found.end})")
    theirs, ratio = seconds(found.total), faster(ours.seconds, found.total)
    if done < found.files:
        full = found.extrapolated
        theirs = f"{theirs} for {done} of {found.files} files, then {found.end}; extrapolated to all: {seconds(full)}"
        ratio = f"at least {ratio}; extrapolated: {faster(ours.seconds, full)}"
    met = found.total >= 10 * ours.seconds if way.bar != "–" else None  # held by what was measured alone
    return Row(WHAT, seconds(ours.seconds), way.name, theirs, ratio, way.bar, met, _told(way, found))


def _told(way: Way, found: Attempt) -> str:
    """How it went, in a sentence or two."""
    done, last = len(found.seconds), found.changes[-1]
    told = (
        f"{way.name}: {seconds(found.total / done)} a file; crashes: {found.crashes}; {found.end} after {done} files."
    )
    if way.key == "compare":
        return f"{told} Tracked changes in the last result: {last}."
    rose = sum(b > a for a, b in pairwise((0, *found.changes)))
    return f"{told} Tracked changes in the document then: {last}; files that had added some: {rose} of {done}."


def reading(setting: Setting) -> Iterator[Row]:
    """One returned file."""
    with a_round() as files:
        middle = files.returned[len(files.returned) // 2]
        found = cold("reading", setting.times, base=str(files.base), returned_file=str(middle))
    yield Row("read one returned Word file of 10,000 words, all changes accepted", seconds(found["read"]))
    yield Row("the same, and find what it asks for", seconds(found["asks"]))


def rendering(setting: Setting) -> Iterator[Row]:
    """The rolling text of the whole round, as each of the three files."""
    with a_round() as files:
        for how, name in (("docx", "Word"), ("html", "HTML"), ("json", "JSON")):
            what = f"write the rolling text of {ROUND} as {name}"
            try:
                took = cold(
                    "rendering", setting.times, base=str(files.base), files=[*map(str, files.returned)], how=how
                )
            except CalledProcessError:
                yield skipped(what, "it failed")
                continue
            yield Row(what, seconds(took[how]))


def example(setting: Setting) -> Iterator[Row]:
    """The example that the README shows."""
    folder = ROOT / "examples" / "dd7"
    base, returned = folder / "base.docx", [p for p in sorted(folder.glob("*.docx")) if p.name != "base.docx"]
    ours = _compiled(WordFiles(base, tuple(returned), {}), setting.times)
    what = f"corfu compile of examples/dd7 ({len(returned)} files) into Word, HTML and JSON, whole process"
    if ours.failed:
        yield skipped(what, ours.failed)
    else:
        yield Row(what, seconds(ours.seconds), bar="< 1.5 s", met=ours.seconds < 1.5)
