"""The command `corfu`: reads files, writes files, prints; everything it knows is said by the rooms below."""

import argparse
import csv
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from enum import IntEnum
from functools import partial
from pathlib import Path

from corfu import __version__
from corfu.formats.compilation import Compilation, Returned
from corfu.formats.errors import BadInput
from corfu.formats.rolling_html import rolling_html
from corfu.formats.rolling_json import rolling_json
from corfu.formats.summary import act_line, summary, untracked_lines
from corfu.formats.word.package import read_path
from corfu.formats.word.returned import base_of, returned, shown
from corfu.formats.word.rolling import rolling_docx
from corfu.formats.word.round import Source, compile_round, read_base
from corfu.formats.word.tracked import redline, tracked
from corfu.formats.word.views import read
from corfu.wording.model import SOFT_BREAK


class Exit(IntEnum):
    """What every command's exit code means."""

    DONE = 0
    FOUND_A_NO = 1
    COULD_NOT = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; what stops it is one sentence on standard error."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError):  # a console that cannot show a letter shows its escape, and goes on
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    options = parser().parse_args(argv)
    try:
        run: Callable[[argparse.Namespace], Exit] = options.run
        return run(options)
    except BadInput as error:
        return _stopped(str(error))
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has left: nothing more to say
        return Exit.DONE
    except OSError as error:
        return _stopped(f"{error.filename or 'the output'} cannot be written: {error.strerror or error}.")
    except MemoryError:
        return _stopped("there is not enough memory for these files: compile fewer of them at a time.")
    except KeyboardInterrupt:
        return _stopped("stopped; nothing was written.")


def _stopped(why: str) -> Exit:
    print(f"corfu: {why}", file=sys.stderr)
    return Exit.COULD_NOT


def _compile(options: argparse.Namespace) -> Exit:
    names = _delegations(options.delegations)
    base, files = _source(options.base), _answers(options.base, options.returned)
    done = compile_round(base, files, names, by_author=options.by == "author", progress=_progress(len(files)))
    outputs: dict[Path, bytes] = {}
    if options.output:
        outputs[options.output] = rolling_docx(done)
    if options.html:
        outputs[options.html] = rolling_html(done).encode()
    as_json = _json(done) if options.json else ""
    if options.json and options.json != "-":
        outputs[Path(options.json)] = as_json.encode()
    if options.tracked:
        outputs |= _tracked(options, done)
    _write(outputs)
    if options.json == "-":
        print(as_json, end="")
    report = summary(done) + "".join(f"\nwrote {path}" for path in outputs)
    print(report.rstrip("\n"), file=sys.stderr if options.json == "-" else sys.stdout)
    return Exit.DONE


def _json(done: Compilation) -> str:
    return json.dumps(rolling_json(done), ensure_ascii=False, indent=1) + "\n"


def _tracked(options: argparse.Namespace, done: Compilation) -> dict[Path, bytes]:
    """Every delegation's own text as tracked changes on the base, one file each."""
    base, now = read_path(options.base), _now()
    made: dict[Path, bytes] = {}
    for file in done.files:
        if file.amendment:
            author = done.names.get(file.by, file.by)
            path = options.tracked / f"{Path(file.by.replace('/', '-')).name}.docx"
            made[path] = tracked(base, done.base, done.version.paragraphs, file.amendment, author, now)
    return made


def _changes(options: argparse.Namespace) -> Exit:
    name, data = _source(options.returned)
    file = read(data(), name)
    base = read_base(_source(options.base)) if options.base else base_of(file)
    found = returned(file, base, Path(name).stem)
    paragraphs = {p.id: p for p in base}
    for act in found.amendment.acts if found.amendment else ():
        print(act_line(act, paragraphs))
    _notes(found)
    if not found.asks:
        print("no changes", file=sys.stderr)
    return Exit.DONE


def _notes(found: Returned) -> None:
    for line in untracked_lines([found]):
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
    _write({options.output: redline(old(), old_name, before, after, options.author, _now())})
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


def _write(outputs: Mapping[Path, bytes]) -> None:
    """All files or none: each is written beside its place and moved there when all are."""
    ready: list[tuple[Path, Path]] = []
    try:
        for path, data in outputs.items():
            ready.append((_beside(path, data), path))
        for made, path in ready:
            made.replace(path)
    finally:
        for made, _ in ready:
            made.unlink(missing_ok=True)


def _beside(path: Path, data: bytes) -> Path:
    if path.is_dir():
        raise BadInput(f"{path} is a folder. Name the file to write.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            file.write(data)
            os.fchmod(file.fileno(), 0o666 & ~_umask())
        return Path(file.name)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}. Name a place where you may write.") from None


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def parser() -> argparse.ArgumentParser:
    """The command line, as argparse knows it."""
    main = argparse.ArgumentParser(
        prog="corfu",
        description="Texts negotiated by consensus: compile returned Word files into one rolling text with brackets "
        "and names, see what a file changes, compare two versions. No server, no account, no network.",
        epilog="Exit codes: 0 done; 1 done, but what was found is a no; 2 could not be done, with one sentence why. "
        "Each command has its own --help.",
    )
    main.add_argument("--version", action="version", version=f"corfu {__version__}")
    commands = main.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _compile_options(_command(commands, "compile", _compile, "compile returned Word files into one rolling text"))
    _changes_options(_command(commands, "changes", _changes, "what one returned file asks for"))
    _text_options(_command(commands, "text", _text, "a Word file's text, one paragraph a line"))
    _compare_options(_command(commands, "compare", _compare, "two versions as one Word file with tracked changes"))
    return main


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], Exit],
    summary: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(run=run)
    return command


def _compile_options(command: argparse.ArgumentParser) -> None:
    command.epilog = """\
example:
  corfu compile base.docx returned/*.docx -o rolling.docx --html rolling.html

A file's name is the delegation: NOR.docx comes from NOR. Every file is compared with BASE, so a change that was
not tracked is found too, flagged, and counted as that delegation's. Equal proposals become one, with all names.
A file that cannot be read stops the whole round: nothing is written, and one sentence says which file and why."""
    command.add_argument("base", metavar="BASE", type=Path, help="the draft you sent out (.docx, no tracked changes)")
    command.add_argument("returned", metavar="RETURNED", type=Path, nargs="+", help="the Word files that came back")
    command.add_argument("-o", "--output", metavar="FILE", type=Path, help="write the rolling text as a Word file")
    command.add_argument("--html", metavar="FILE", type=Path, help="write it as one self-contained page")
    command.add_argument("--json", metavar="FILE", help="write it as JSON (- for standard output)")
    command.add_argument("--tracked", metavar="DIR", type=Path, help="write each delegation's text as tracked changes")
    command.add_argument(
        "--by", choices=("file", "author"), default="file",
        help="whose a change is: the file's (its name), or that of the author inside (default: file)",
    )  # fmt: skip
    command.add_argument(
        "--delegations", metavar="CSV", type=Path,
        help="a list with the columns code and name: its order is the order of names in brackets",
    )  # fmt: skip


def _changes_options(command: argparse.ArgumentParser) -> None:
    command.epilog = """\
example:
  corfu changes NOR.docx --base base.docx

Without --base the file's own text with all changes rejected is the base, and what was not tracked cannot be seen."""
    command.add_argument("returned", metavar="RETURNED", type=Path, help="the Word file that came back")
    command.add_argument("--base", metavar="BASE", type=Path, help="the draft it answers: finds untracked changes too")


def _text_options(command: argparse.ArgumentParser) -> None:
    command.epilog = "Empty paragraphs are left out; a line break inside a paragraph is a space."
    command.add_argument("file", metavar="FILE", type=Path, help="a Word file")
    view = command.add_mutually_exclusive_group()
    view.add_argument("--accept", action="store_true", help="with all tracked changes accepted (the default)")
    view.add_argument("--reject", action="store_true", help="with all tracked changes rejected")


def _compare_options(command: argparse.ArgumentParser) -> None:
    command.epilog = """\
example:
  corfu compare Rev4.docx Rev5.docx -o Rev4-Rev5.docx

In the file it writes, rejecting all changes gives OLD and accepting all gives the text of NEW."""
    command.add_argument("old", metavar="OLD", type=Path, help="the older version (.docx, no tracked changes)")
    command.add_argument(
        "new", metavar="NEW", type=Path, help="the newer version (.docx; its changes count as accepted)"
    )
    command.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="the Word file to write")
    command.add_argument("--author", metavar="NAME", default="Corfu", help="whose the changes are said to be")


if __name__ == "__main__":
    sys.exit(main())
