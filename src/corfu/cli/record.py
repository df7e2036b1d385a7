"""The command for a record that others keep: verify."""

import argparse
import os
import sys
from pathlib import Path

from corfu.cli.command import Exit, command
from corfu.formats.errors import BadInput
from corfu.record import keys
from corfu.record.keys import ED25519, VerifierKey
from corfu.record.refusal import Refused
from corfu.record.verify import verify
from corfu.record.zipped import MAX_BYTES


def _verify(options: argparse.Namespace) -> Exit:
    key = _key(options.key)
    bundle = _bytes(options.bundle)
    since = None if options.since is None else _bytes(options.since)
    report = verify(bundle, since, key, threads=len(os.sched_getaffinity(0)))
    sys.stdout.write(report.as_json() if options.json else report.as_text())
    return Exit(report.verdict)


def _key(text: str | None) -> VerifierKey | None:
    key = None if text is None else keys.parse_vkey(text)
    if isinstance(key, Refused) or (key is not None and key.kind != ED25519):
        raise BadInput("--key is not the key of a log (name+hash+base64). Copy it again as the log published it.")
    return key


def _bytes(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise BadInput(f"{path} is no ordinary file. Name the bundle itself.")
        if path.stat().st_size > MAX_BYTES:
            raise BadInput(f"{path} has more than 4 GB. Ask for a bundle with fewer documents.")
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}. Name a file that you may read.") from None


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command verify."""
    made = command(commands, "verify", _verify, "check everything in a log's bundle, offline")
    made.epilog = """\
example:
  corfu verify corfu-2026-11-23.zip --since checkpoint-I-kept

Exit codes: 0 everything is true; 1 something is false, and the first such thing is named; 2 cannot be read."""
    made.add_argument("bundle", metavar="BUNDLE", type=Path, help="the bundle, a zip")
    made.add_argument("--since", metavar="CHECKPOINT", type=Path, help="an older checkpoint, which you kept")
    made.add_argument("--key", metavar="VKEY", help="the log's key, in place of the one in the bundle")
    made.add_argument("--json", action="store_true", help="the report as JSON")
