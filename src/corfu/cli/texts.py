"""The commands for texts: compile, changes, text, compare."""

import argparse
import csv
import io
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from corfu.cli.command import Exit, command, write_all
from corfu.formats.compilation import Compilation, Returned
from corfu.formats.errors import BadInput
from corfu.formats.rolling_html import rolling_html
from corfu.formats.rolling_json import rolling_json
from corfu.formats.summary import act_lines, summary, untracked_lines
from corfu.formats.word.package import read_path
from corfu.formats.word.returned import base_of, returned, shown
from corfu.formats.word.rolling import rolling_docx
from corfu.formats.word.round import Source, compile_round, read_base
from corfu.formats.word.tracked import redline, tracked
from corfu.formats.word.views import read
from corfu.wording.model import SOFT_BREAK, Paragraph


def _compile(options: argparse.Namespace) -> Exit:
    names = _delegations(options.delegations)
    base, files = _source(options.base), _answers(options.base, options.returned)
    done = compile_round(base, files, names, by_author=options.by == "author", progress=_progress(len(files)))
    outputs: list[tuple[Path, bytes]] = []
    if options.output:
        outputs.append((options.output, rolling_docx(done)))
    if options.html:
        outputs.append((options.html, rolling_html(done).encode()))
    as_json = _json(done) if options.json else b""
    if options.json and options.json != "-":
        outputs.append((Path(options.json), as_json))
    if options.tracked:
        outputs += _tracked(options, done)
    write_all(outputs, keep=[options.base, *options.returned])
    if options.json == "-":
        sys.stdout.buffer.write(as_json)  # JSON is UTF-8, whatever the console speaks
        sys.stdout.flush()
    report = summary(done) + "".join(f"\nwrote {path}" for path, _ in outputs)
    print(report.rstrip("\n"), file=sys.stderr if options.json == "-" else sys.stdout)
    return Exit.DONE


def _json(done: Compilation) -> bytes:
    return (json.dumps(rolling_json(done), ensure_ascii=False, indent=1) + "\n").encode()


def _tracked(options: argparse.Namespace, done: Compilation) -> list[tuple[Path, bytes]]:
    """Every delegation's own text as tracked changes on the base, one file each."""
    base, now = read_path(options.base), _now()
    made: list[tuple[Path, bytes]] = []
    for file in done.files:
        if file.amendment:
            author = done.names.get(file.by, file.by)
            path = options.tracked / f"{Path(file.by.replace('/', '-')).name}.docx"
            made.append((path, tracked(base, done.base, done.version.paragraphs, file.amendment, author, now)))
    return made


def _changes(options: argparse.Namespace) -> Exit:
    name, data = _source(options.returned)
    file = read(data(), name)
    base = read_base(_source(options.base)) if options.base else base_of(file)
    found = returned(file, base, Path(name).stem)
    for line in act_lines(found.amendment.acts if found.amendment else (), base):
        print(line)
    _notes(found, base)
    if not found.asks:
        print("no changes", file=sys.stderr)
    return Exit.DONE


def _notes(found: Returned, base: Sequence[Paragraph]) -> None:
    for line in untracked_lines([found], base):
        print(f"changed without tracking: {line}")
    for note in found.not_understood:
        print(f"not understood: {note}")
    for note in found.comments:
        print(f"comment: {note}")


def _text(options: argparse.Namespace) -> Exit:
    name, data = _source(options.file)
    file = read(data(), name)
    for paragraph in shown(file.reject() if options.reject else file.accept()):
        print(paragraph.text.replace(SOFT_BREAK, " "))
    return Exit.DONE


def _compare(options: argparse.Namespace) -> Exit:
    (old_name, old), (new_name, new) = _source(options.old), _source(options.new)
    before, after = read_base((old_name, old)), base_of(read(new(), new_name), accept=True)
    made = redline(old(), old_name, before, after, options.author, _now())
    write_all([(options.output, made)], keep=[options.old, options.new])
    print(f"wrote {options.output}")
    return Exit.DONE


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _source(path: Path) -> Source:
    return path.name, partial(read_path, path)


def _answers(base: Path, paths: Sequence[Path]) -> list[Source]:
    """The returned files; the base itself, which a pattern like *.docx catches too, is none."""
    answers = [path for path in paths if not (path.exists() and base.exists() and path.samefile(base))]
    if not answers:
        raise BadInput(f"{base.name} is the only file given. Name the files that came back after it.")
    return [_source(path) for path in answers]


def _delegations(path: Path | None) -> Mapping[str, str]:
    """Codes and names, in the order of the file; none when there is no file."""
    if path is None:
        return {}
    try:
        rows = list(csv.DictReader(io.StringIO(read_path(path).decode("utf-8-sig"))))
        return {row["code"].strip(): row["name"].strip() for row in rows}
    except (UnicodeDecodeError, csv.Error, KeyError, AttributeError):
        message = f"{path.name} is no list of delegations. It is a CSV file in UTF-8 with the columns code and name."
        raise BadInput(message) from None


def _progress(files: int) -> Callable[[int], None]:
    """Tell on standard error how far the reading is, when there is something to wait for."""

    def tell(done: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{done} of {files} files read", end="\n" if done == files else "", file=sys.stderr, flush=True)
        elif done % 10 == 0 or done == files:
            print(f"{done} of {files} files read", file=sys.stderr)

    return tell if files > 5 else lambda _: None


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands for texts."""
    _compile_options(command(commands, "compile", _compile, "compile returned Word files into one rolling text"))
    _changes_options(command(commands, "changes", _changes, "what one returned file asks for"))
    _text_options(command(commands, "text", _text, "a Word file's text, one paragraph a line"))
    _compare_options(command(commands, "compare", _compare, "two versions as one Word file with tracked changes"))


def _compile_options(made: argparse.ArgumentParser) -> None:
    made.epilog = """\
example:
  corfu compile base.docx returned/*.docx -o rolling.docx --html rolling.html

A file's name is the delegation: NOR.docx comes from NOR. Every file is compared with BASE, so a change that was
not tracked is found too, flagged, and counted as that delegation's. Equal proposals become one, with all names.
A file that cannot be read stops the whole round: nothing is written, and one sentence says which file and why."""
    made.add_argument("base", metavar="BASE", type=Path, help="the draft you sent out (.docx, no tracked changes)")
    made.add_argument("returned", metavar="RETURNED", type=Path, nargs="+", help="the Word files that came back")
    made.add_argument("-o", "--output", metavar="FILE", type=Path, help="write the rolling text as a Word file")
    made.add_argument("--html", metavar="FILE", type=Path, help="write it as one self-contained page")
    made.add_argument("--json", metavar="FILE", help="write it as JSON (- for standard output)")
    made.add_argument("--tracked", metavar="DIR", type=Path, help="write each delegation's text as tracked changes")
    made.add_argument(
        "--by", choices=("file", "author"), default="file",
        help="whose a change is: the file's (its name), or that of the author inside (default: file)",
    )  # fmt: skip
    made.add_argument(
        "--delegations", metavar="CSV", type=Path,
        help="a list with the columns code and name: its order is the order of names in brackets",
    )  # fmt: skip


def _changes_options(made: argparse.ArgumentParser) -> None:
    made.epilog = """\
example:
  corfu changes NOR.docx --base base.docx

Without --base the file's own text with all changes rejected is the base, and what was not tracked cannot be seen."""
    made.add_argument("returned", metavar="RETURNED", type=Path, help="the Word file that came back")
    made.add_argument("--base", metavar="BASE", type=Path, help="the draft it answers: finds untracked changes too")


def _text_options(made: argparse.ArgumentParser) -> None:
    made.epilog = "Empty paragraphs are left out; a line break inside a paragraph is a space."
    made.add_argument("file", metavar="FILE", type=Path, help="a Word file")
    view = made.add_mutually_exclusive_group()
    view.add_argument("--accept", action="store_true", help="with all tracked changes accepted (the default)")
    view.add_argument("--reject", action="store_true", help="with all tracked changes rejected")


def _compare_options(made: argparse.ArgumentParser) -> None:
    made.epilog = """\
example:
  corfu compare Rev4.docx Rev5.docx -o Rev4-Rev5.docx

In the file it writes, rejecting all changes gives OLD and accepting all gives the text of NEW."""
    made.add_argument("old", metavar="OLD", type=Path, help="the older version (.docx, no tracked changes)")
    made.add_argument("new", metavar="NEW", type=Path, help="the newer version (.docx; its changes count as accepted)")
    made.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="the Word file to write")
    made.add_argument("--author", metavar="NAME", default="Corfu", help="whose the changes are said to be")
