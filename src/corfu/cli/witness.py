"""The commands for a witness: corfu witness new, serve, follow."""

import argparse
import sys
import time
from pathlib import Path

from corfu.acts import follow
from corfu.acts.witness import Server, Witness, new_witness, open_witness
from corfu.cli.command import Exit, command, print_bytes, seconds, write_all
from corfu.cli.log import got
from corfu.formats.errors import BadInput


def _new(options: argparse.Namespace) -> Exit:
    made = got(new_witness(options.witness, options.name, options.log))
    print(made.verifier.vkey)
    print(f"wrote {options.witness}: witness.key in it is secret; the line above is for the log", file=sys.stderr)
    return Exit.DONE


def _serve(options: argparse.Namespace) -> Exit:
    host, _, port = options.listen.rpartition(":")
    if not host or not (port.isascii() and port.isdigit()) or int(port) > 65_535:
        raise BadInput(f"{options.listen} is not HOST:PORT. Say for example 127.0.0.1:8100.")
    watching = got(open_witness(options.witness))
    try:
        server = Server((host.strip("[]"), int(port)), watching, lambda: int(time.time()), _trouble)
    except OSError as error:
        raise BadInput(f"{options.listen} cannot be used: {error.strerror or error}. Name another address.") from None
    with server:
        print(f"listening on http://{host}:{server.server_address[1]}", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return Exit.DONE
    return Exit.DONE


def _trouble(what: str) -> None:
    print(f"corfu: {what}", file=sys.stderr, flush=True)


def _follow(options: argparse.Namespace) -> Exit:
    watching = got(open_witness(options.witness))
    found = _look(watching, options.source, options.output)
    try:
        while found is Exit.DONE and options.every is not None:
            time.sleep(options.every)
            found = _look_again(watching, options.source, options.output)
    except KeyboardInterrupt:
        return Exit.DONE
    return found


def _look_again(watching: Witness, named: str, output: Path | None) -> Exit:
    """Look once more; a log that cannot be read just now is told of, and may be read the next time."""
    try:
        return _look(watching, named, output)
    except BadInput as error:
        print(f"corfu: {error}", file=sys.stderr, flush=True)
        return Exit.DONE


def _look(watching: Witness, named: str, output: Path | None) -> Exit:
    found = got(follow.follow(watching, got(follow.source(named)), int(time.time())))
    if found.cosigned is None:
        kept = ", ".join(map(str, found.fork))
        print(f"FORK: {found.checkpoint.origin}: {found.why}: {kept}", file=sys.stderr)
        return Exit.FOUND_A_NO
    if output:
        write_all([(output, found.cosigned)], keep=[Path(named), *watching.own])
    else:
        print_bytes(found.cosigned)
    print(f"cosigned {found.checkpoint.origin} at {found.checkpoint.size} entries", file=sys.stderr)
    return Exit.DONE


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands for a witness."""
    made = command(commands, "witness", lambda _: Exit.DONE, "watch logs: cosign those that only grow")
    witness = made.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _new_options(command(witness, "new", _new, "make a witness's folder and key"))
    _serve_options(command(witness, "serve", _serve, "cosign when asked, over HTTP (tlog-witness)"))
    _follow_options(command(witness, "follow", _follow, "look at a log and cosign it, unasked"))


def _folder(made: argparse.ArgumentParser) -> None:
    made.add_argument("witness", metavar="DIR", type=Path, help="the witness's folder")


def _new_options(made: argparse.ArgumentParser) -> None:
    _folder(made)
    made.add_argument("name", metavar="NAME", help="the witness's name: a domain and a path")
    made.add_argument("--log", metavar="VKEY", action="append", required=True, help="the key of a log to watch")


def _serve_options(made: argparse.ArgumentParser) -> None:
    _folder(made)
    made.add_argument(
        "--listen", metavar="HOST:PORT", default="127.0.0.1:8100", help="where to listen (default: 127.0.0.1:8100)"
    )


def _follow_options(made: argparse.ArgumentParser) -> None:
    made.epilog = """\
example:
  corfu witness follow ost record.zip -o cosigned

Exit code 1 if the log did not merely grow: both heads are then kept in evidence/."""
    _folder(made)
    made.add_argument("source", metavar="LOG", help="a bundle, a folder of tiles, or an http address")
    made.add_argument("-o", "--output", metavar="FILE", type=Path, help="write the cosigned checkpoint there")
    made.add_argument("--every", metavar="SECONDS", type=seconds, help="look again and again")
