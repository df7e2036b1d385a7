"""The commands for an installation: corfu init, demo, serve, worker, backup, restore, rebuild, audit."""

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from corfu import profiles
from corfu.cli.command import Exit, command, write_all
from corfu.formats.errors import BadInput
from corfu.site import setup


def now() -> datetime:
    """This instant."""
    return datetime.now(UTC)


@contextmanager
def _installation(data: Path, *, exercise: bool = False) -> Iterator[None]:
    """Django, started on an installation that is there; what stops the record is one sentence."""
    setup.check(data)
    with _started(data, exercise=exercise):
        yield


@contextmanager
def _started(data: Path, *, exercise: bool = False) -> Iterator[None]:
    setup.django_for(data, exercise=exercise)
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - after Django has started
    from django.db import DatabaseError  # noqa: PLC0415

    from corfu.acts.log import Stopped  # noqa: PLC0415
    from corfu.acts.writer import Closed  # noqa: PLC0415

    try:
        yield
    except (Closed, Stopped) as error:
        raise BadInput(str(error)) from None
    except (DatabaseError, ImproperlyConfigured) as error:
        said = str(error).partition("\n")[0].rstrip(".")
        raise BadInput(f"The database cannot be used ({said}). See that it is there, and has room.") from None


def _init(options: argparse.Namespace) -> Exit:
    profile = _profile(options.profile)
    where = options.profile if options.profile in profiles.BUILT_IN else str(Path(options.profile).absolute())
    with setup.making(options.data), _made(options.data, f"{where}\n"):
        setup.make_database(options.origin, now())
        from corfu.site import entering  # noqa: PLC0415 - after Django has started

        entering.enter(profile, now())
    print(f"wrote {options.data}; secret-key and record/*.key in it are secret: keep copies in another place")
    return Exit.DONE


@contextmanager
def _made(data: Path, organisations: str) -> Iterator[None]:
    """Settings read which organisations these are when they are read themselves."""
    (data / "profiles").write_text(organisations)
    with _started(data):
        yield


def _profile(named: str) -> profiles.Profile:
    try:
        return profiles.load(named if named in profiles.BUILT_IN else Path(named))
    except profiles.BadProfile as error:
        first = error.problems[0]
        out = "corfu profile check names them all"
        raise BadInput(f"{named} has {len(error.problems)} problems, the first: {first} {out}.") from None


def _demo(options: argparse.Namespace) -> Exit:
    data: Path = options.data
    if not (data / "secret-key").exists():
        _fill(data)
    with _installation(data, exercise=True):
        from corfu.site import demo, serve  # noqa: PLC0415 - after Django has started

        serve.collect()
        print(f"\nOpen http://127.0.0.1:{options.port}/ in a browser. {demo.WHO}\nStop it with Ctrl-C.", flush=True)
        serve.serve("127.0.0.1", options.port, quiet=True)
    return Exit.DONE


def _fill(data: Path) -> None:
    with setup.making(data), _started(data, exercise=True):
        from corfu.site import demo  # noqa: PLC0415 - after Django has started

        setup.make_database("demo.example/corfu", now())
        print(f"Filling {data} with the Corfu Process and the exercise ...", flush=True)
        print(f"{demo.fill(now())} acts are in the record.", flush=True)


def _serve(options: argparse.Namespace) -> Exit:
    with _installation(options.data):
        from django.core.management import call_command  # noqa: PLC0415 - after Django has started

        from corfu.site import serve  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        serve.collect()
        serve.serve(options.host, options.port)
    return Exit.DONE


def _backup(options: argparse.Namespace) -> Exit:
    with _installation(options.data):
        from corfu.site import keep  # noqa: PLC0415 - after Django has started

        own = [path for path in options.data.rglob("*") if path.is_file()]
        write_all([(options.output, keep.back_up(options.data))], keep=own, secret=True)
    print(f"wrote {options.output}; keep it as secret as the installation: it holds keys and every document")
    return Exit.DONE


def _restore(options: argparse.Namespace) -> Exit:
    with setup.making(options.data), _started(options.data):
        from django.core.management import call_command  # noqa: PLC0415 - after Django has started

        from corfu.site import keep  # noqa: PLC0415

        files = keep.opened(options.backup)
        for name in {"secret-key", "profiles"} & files.keys():
            (options.data / name).write_bytes(files[name])
        call_command("migrate", verbosity=0)
        count = keep.restore(files)
    print(f"{count} acts restored into {options.data}, and verified")
    return Exit.DONE


def _rebuild(options: argparse.Namespace) -> Exit:
    with _installation(options.data):
        from corfu.acts import rebuild  # noqa: PLC0415 - after Django has started

        before = rebuild.contents()
        count = rebuild.again()
        after = rebuild.contents()
    wrong = [table for table in after if after[table] != before[table]]
    print(f"{count} acts applied again: {sum(map(len, after.values()))} rows in {len(after)} tables")
    if wrong:
        print(f"They were not as the record says, and are now: {', '.join(wrong)}.")
        return Exit.FOUND_A_NO
    return Exit.DONE


def _audit(options: argparse.Namespace) -> Exit:
    with _installation(options.data):
        from corfu.negotiation.texts import audit, queries  # noqa: PLC0415 - after Django has started

        texts = queries.all_texts()
        found = audit.changes_without_authority(texts)
    print(f"{len(texts)} texts; changes without authority: {len(found)}")
    for fault in found:
        print(fault)
    return Exit.FOUND_A_NO if found else Exit.DONE


def _worker(options: argparse.Namespace) -> Exit:
    with _installation(options.data):
        from corfu.site import worker  # noqa: PLC0415 - after Django has started

        worker.work(options.every, once=options.once)
    return Exit.DONE


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands for an installation."""
    made = _with_data(command(commands, "init", _init, "make an installation: its folder, its database, its record"))
    made.add_argument("--origin", metavar="NAME", required=True, help="the record's name for ever: a domain and a path")
    made.add_argument(
        "--profile", metavar="NAME", default="osce", help="osce, exercise, or a folder of files (default: osce)"
    )
    made = _with_data(command(commands, "demo", _demo, "fill an installation with the example and serve it"), "demo")
    _port(made)
    made = _with_data(command(commands, "serve", _serve, "serve an installation"))
    made.add_argument("--host", metavar="HOST", default="127.0.0.1", help="where to listen (default: 127.0.0.1)")
    _port(made)
    made = _with_data(command(commands, "worker", _worker, "announce what already holds"))
    made.add_argument(
        "--every", metavar="SECONDS", type=_between(1, 86_400), default=60, help="how often (default: 60)"
    )
    made.add_argument("--once", action="store_true", help="once, and end")
    made = _with_data(command(commands, "backup", _backup, "put an installation into one file"))
    made.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="the file to write")
    made = _with_data(command(commands, "restore", _restore, "make an installation from a backup, and verify it"))
    made.add_argument("backup", metavar="FILE", type=Path, help="what corfu backup wrote")
    _with_data(command(commands, "rebuild", _rebuild, "make all rows anew from the record, and compare"))
    _with_data(command(commands, "audit", _audit, "hold every version of every text against the acts in the record"))


def _with_data(made: argparse.ArgumentParser, default: str = "data") -> argparse.ArgumentParser:
    folder = Path(os.environ.get("CORFU_DATA", default))
    made.add_argument(
        "--data", metavar="DIR", type=Path, default=folder, help=f"the installation's folder (default: {default})"
    )
    return made


def _between(low: int, high: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not (text.isascii() and text.isdigit() and low <= int(text[:9]) <= high):
            raise argparse.ArgumentTypeError(f"give a whole number from {low} to {high}, not {text[:20]}")
        return int(text)

    return number


def _port(made: argparse.ArgumentParser) -> None:
    made.add_argument("--port", metavar="N", type=_between(1, 65_535), default=8000, help="the port (default: 8000)")
