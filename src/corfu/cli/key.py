"""The commands for keys, which need no log and no network: corfu key new, corfu key sign."""

import argparse
import json
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NoReturn

from corfu.acts.chain import MAX_DOCUMENT
from corfu.acts.home import read_file
from corfu.cli.command import Exit, command, print_bytes, write_all
from corfu.cli.log import fresh_id, got, new_key, now, signer
from corfu.formats.errors import BadInput
from corfu.record import act, checkpoint, commitment, note
from corfu.record.keys import COSIGNATURE_V1, ED25519
from corfu.record.wire import base64, from_base64

_DIGITS: Final = 100  # far beyond any number that an act may hold
_RULE: Final = "A JSON object with the members of an act is needed"


def _new(options: argparse.Namespace) -> Exit:
    path = options.output or Path(f"{options.name.replace('/', '-')}.key")
    made = new_key(options.name, path, COSIGNATURE_V1 if options.witness else ED25519)
    print(made.vkey)
    print(f"wrote {path}: it is secret; the line above is for the registrar", file=sys.stderr)
    return Exit.DONE


def _sign(options: argparse.Namespace) -> Exit:
    by = signer(options.key)
    members = _members(options.act)
    members |= _from_files(options)
    attached = [_attached(path, options.layer) for path in options.attach]
    if attached:
        members["documents"] = [*_listed(members), *(said for said, _ in attached)]
    text = got(act.text_of(members))
    print_bytes(text)
    if not (options.yes or _agreed(by.verifier.name)):
        raise BadInput("Nothing was signed.")
    signed = got(act.assemble(text, got(note.signature_line(text, by))))
    outputs = [(options.output, signed)]
    outputs += [(options.documents / _file_name(said["commitment"]), whole) for said, whole in attached]
    read = [options.key, options.act, options.seen, options.prev, *options.attach]
    write_all(outputs, keep=filter(None, read))
    print("".join(f"wrote {path}\n" for path, _ in outputs), end="", file=sys.stderr)
    return Exit.DONE


def _members(path: Path) -> dict[str, Any]:
    """The members as they were written by hand; `id` and `at` are added where they are not given."""
    data = got(read_file(path, act.MAX_BYTES))
    try:
        value = json.loads(data, object_pairs_hook=_once, parse_int=_whole, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{path} is not JSON ({error}). {_RULE}.") from None
    if not isinstance(value, dict):
        raise BadInput(f"{path} holds something else. {_RULE}.")
    return {"at": now(), "id": fresh_id()} | value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a member stands twice")
    return found


def _whole(text: str) -> int:
    return int(text) if len(text) < _DIGITS else _no_number(f"{text[:_DIGITS]}…")


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is not a number that can stand there")


def _from_files(options: argparse.Namespace) -> dict[str, object]:
    """`log` and `seen` from the checkpoint that was seen, `prev` from one's own last act."""
    found: dict[str, object] = {}
    if options.seen:
        whole = got(note.parse(got(read_file(options.seen))))
        said = got(checkpoint.parse(whole.text))
        found |= {"log": said.origin, "seen": {"root": base64(said.root), "size": said.size}}
    if options.prev:
        found["prev"] = got(act.parse(got(read_file(options.prev, act.MAX_BYTES)))).hash
    return found


def _listed(members: Mapping[str, Any]) -> list[Any]:
    documents = members.get("documents", [])
    if not isinstance(documents, list):
        raise BadInput("The member documents is not a list. Leave it out: --attach writes it.")
    return documents


def _attached(path: Path, layer: str) -> tuple[dict[str, str], bytes]:
    """What the act says of a document, and the file for the log: a fresh salt, then the document."""
    salt, document = secrets.token_bytes(commitment.SALT_SIZE), got(read_file(path, MAX_DOCUMENT))
    return {"commitment": base64(got(commitment.commit(document, salt))), "layer": layer}, salt + document


def _file_name(committed: str) -> str:
    return (from_base64(committed) or b"").hex()


def _agreed(name: str) -> bool:
    """Whether a person at a terminal says yes to exactly what was printed."""
    if not sys.stdin.isatty():
        raise BadInput("Nobody is at the terminal to say yes. Read what is printed above, then give --yes.")
    print(f"Sign exactly this as {name}? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands for keys."""
    made = command(commands, "key", lambda _: Exit.DONE, "make keys, and sign with them offline")
    key = made.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _new_options(command(key, "new", _new, "make a key; print its public half"))
    _sign_options(command(key, "sign", _sign, "sign an act, showing exactly what is signed"))


def _new_options(made: argparse.ArgumentParser) -> None:
    made.epilog = """\
example:
  corfu key new delegation/NOR -o nor.key"""
    made.add_argument("name", metavar="NAME", help="delegation/CODE for acts of CODE; any name for a witness")
    made.add_argument("-o", "--output", metavar="FILE", type=Path, help="where the secret goes (default: NAME.key)")
    made.add_argument("--witness", action="store_true", help="a key that cosigns checkpoints, and signs no acts")


def _sign_options(made: argparse.ArgumentParser) -> None:
    made.epilog = """\
example:
  corfu key sign --key nor.key act.json --seen checkpoint --prev last.act -o new.act

ACT.json holds the act's members. `id` and `at` are made where they are missing. What is printed, to the last newline,
is what is signed. Nothing is sent anywhere."""
    made.add_argument("act", metavar="ACT.json", type=Path, help="the members of the act")
    made.add_argument("--key", metavar="FILE", type=Path, required=True, help="the author's key")
    made.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="the signed act to write")
    made.add_argument("--seen", metavar="FILE", type=Path, help="the checkpoint you checked: gives log and seen")
    made.add_argument("--prev", metavar="FILE", type=Path, help="your last act in this log: gives prev")
    made.add_argument("--attach", metavar="FILE", type=Path, action="append", default=[], help="commit to a document")
    made.add_argument("--layer", metavar="NAME", default="public", help="who may read what is attached (public)")
    made.add_argument(
        "--documents", metavar="DIR", type=Path, default=Path(), help="where attached documents go, with their salt"
    )
    made.add_argument("--yes", action="store_true", help="sign without asking")
