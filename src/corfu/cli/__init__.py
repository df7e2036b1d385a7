"""The command `corfu`: reads files, writes files, prints; everything it knows is said by the rooms below."""

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

from corfu import __version__
from corfu.cli import key, log, profile, record, site, texts, witness
from corfu.cli.command import Exit
from corfu.formats.errors import BadInput

__all__ = ["Exit", "main", "parser"]


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


def parser() -> argparse.ArgumentParser:
    """The command line, as argparse knows it."""
    main = argparse.ArgumentParser(
        prog="corfu",
        description="Texts negotiated by consensus: compile returned Word files into one rolling text with brackets "
        "and names, see what a file changes, compare two versions; and keep a record of it that anyone can check.",
        epilog="Exit codes: 0 done; 1 done, but what was found is a no; 2 could not be done, with one sentence why. "
        "Each command has its own --help.",
    )
    main.add_argument("--version", action="version", version=f"corfu {__version__}")
    commands = main.add_subparsers(title="commands", metavar="COMMAND", required=True)
    texts.add_commands(commands)
    record.add_commands(commands)
    log.add_commands(commands)
    key.add_commands(commands)
    witness.add_commands(commands)
    profile.add_commands(commands)
    site.add_commands(commands)
    return main
