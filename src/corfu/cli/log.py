"""The commands for a log: corfu log init, append, enrol, revoke, checkpoint, trust, bundle, check."""

import argparse
import secrets
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from corfu.acts import cosigned, export, start, witness
from corfu.acts.home import SECRET, Home, create, read_file, read_key
from corfu.acts.lock import read_head
from corfu.acts.log import Accepted, Log, Stopped, Submission
from corfu.cli.command import Exit, command, print_bytes, write_all
from corfu.formats.errors import BadInput
from corfu.record import act, bundle, keys
from corfu.record.keys import SignerKey, VerifierKey
from corfu.record.refusal import Refused
from corfu.record.report import Fault
from corfu.record.wire import from_base64

_LINES: Final = 4  # of an act: header, members, empty line, signature
_MAX_INPUT: Final = 0x1000_0000
_MAX_DOCUMENT: Final = bundle.MAX_DOCUMENT
T = TypeVar("T")


def got(value: "T | Refused") -> T:
    """The value; a refusal is the one sentence the command ends with."""
    if isinstance(value, Refused):
        raise BadInput(str(value))
    return value


@contextmanager
def _opened(folder: Path) -> Iterator[Log]:
    """The log, for writing; what stops it is the one sentence the command ends with."""
    try:
        log = got(start.open_log(folder))
        try:
            yield log
        except log.store.database.error as error:
            raise BadInput(str(start.broken(error))) from None
        finally:
            log.close()
    except Stopped as error:
        raise BadInput(f"{str(error)[:1].upper()}{str(error)[1:]}.") from None


def now() -> str:
    """This instant, as acts say it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def fresh_id() -> str:
    """An id for an act."""
    return secrets.token_hex(16)


def _init(options: argparse.Namespace) -> Exit:
    log = got(
        start.init(
            options.log, options.origin, now(), fresh_id(), registrar=options.registrar, address=options.database
        )
    )
    try:
        print(f"log        {log.signer.verifier.vkey}")
        print(f"registrar  {got(read_key(log.home.registrar)).verifier.vkey}")
        print(f"wrote {options.log}; log.key and registrar.key in it are secret: keep copies in another place")
    finally:
        log.close()
    return Exit.DONE


def _append(options: argparse.Namespace) -> Exit:
    notes = list(_notes(options.note))
    given = [Submission(note, _documents(note, options.documents)) for note in notes]
    with _opened(options.log) as log:
        results = log.append(given, whole=True)
    return _told(results, options.receipts, _names(options.note, len(notes)))


def _notes(named: Sequence[str]) -> Iterator[bytes]:
    """The acts, in order: one in each file; on standard input one after the other, four lines each."""
    for name in named:
        if name != "-":
            yield got(read_file(Path(name), act.MAX_BYTES))
            continue
        data = sys.stdin.buffer.read(_MAX_INPUT + 1)
        lines = data.splitlines(keepends=True)
        if len(data) > _MAX_INPUT or not lines or len(lines) % _LINES:
            raise BadInput("Standard input is not acts one after the other, four lines each: give it what cat gives.")
        yield from (b"".join(lines[at : at + _LINES]) for at in range(0, len(lines), _LINES))


def _names(named: Sequence[str], count: int) -> list[str]:
    """What to call each act when something is wrong with it."""
    return list(named) if "-" not in named else [f"act {number}" for number in range(1, count + 1)]


def _documents(note: bytes, folder: Path | None) -> Mapping[str, bytes]:
    """Salt and document of each commitment of an act, from files named as in a bundle."""
    parsed = act.parse(note)
    if isinstance(parsed, Refused) or folder is None:
        return {}
    said: Any = parsed.members.get("documents")  # of whose form nobody has yet made sure
    found: dict[str, bytes] = {}
    for one in said if isinstance(said, list) else ():
        named = one.get("commitment") if isinstance(one, dict) else None
        name = from_base64(named) if isinstance(named, str) else None
        if name is not None and (folder / name.hex()).exists():
            found[str(named)] = got(read_file(folder / name.hex(), _MAX_DOCUMENT))
    return found


def _told(results: Sequence[Accepted | Refused], receipts: Path | None, names: Sequence[str]) -> Exit:
    """Print what became of each act: all are in the log, or none."""
    accepted = [one for one in results if isinstance(one, Accepted)]
    for name, one in zip(names, results, strict=True):
        if isinstance(one, Refused) and one.code != "log.whole":
            print(f"corfu: {name}: {one}", file=sys.stderr)
    if len(accepted) < len(results):
        return Exit.COULD_NOT
    outputs = [(receipts / f"{one.place}.tlog-proof", bytes(one.receipt)) for one in accepted if receipts]
    for one in accepted:
        print(f"{one.place} {one.act.kind} {one.act.author} {one.hash}")
    write_all(outputs)  # after the acts are told: they are in the log whether or not this can be written
    return Exit.DONE


def _enrol(options: argparse.Namespace) -> Exit:
    key = got(keys.parse_vkey(options.vkey))
    payload = {"custody": options.custody, "for": getattr(options, "for"), "key": key.vkey}
    return _file(options, "key.enrol", payload)


def _revoke(options: argparse.Namespace) -> Exit:
    return _file(options, "key.revoke", {"key": got(keys.parse_vkey(options.vkey)).vkey})


def _file(options: argparse.Namespace, kind: str, payload: Mapping[str, object]) -> Exit:
    """Sign an act of the registrar's and append it."""
    signer = got(read_key(options.key or Home(options.log).registrar))
    with _opened(options.log) as log:
        note = got(act.build({**_members(log, kind), **payload}, signer))
        results = log.append([Submission(note)])
    return _told(results, None, [kind])


def _members(log: Log, kind: str) -> dict[str, object]:
    return {
        "act": kind,
        "at": now(),
        "author": log.registrar,
        "id": fresh_id(),
        "log": log.origin,
        "prev": log.prev(log.registrar),
        "seen": log.seen(),
    }


def _checkpoint(options: argparse.Namespace) -> Exit:
    home = Home(options.log)
    if options.add or options.cosign:
        with _opened(options.log) as log:
            for path in options.add:
                _say_new(got(cosigned.add(log, got(read_file(path)))), str(path))
            for one in got(cosigned.trusted(home)) if options.cosign else ():
                if one.address:
                    _say_new(got(cosigned.ask(log, one, witness.post)), one.key.name)
    witnesses, store = got(cosigned.trusted(_existing(options.log))), got(start.open_store(home))
    try:
        head = got(read_head(home.checkpoint, got(export.log_key(store))))
        signed = cosigned.cosigned_head(store, head, [one.key for one in witnesses])
    except store.database.error as error:
        raise BadInput(str(start.broken(error))) from None
    finally:
        store.database.close()
    _out(signed, options.output, home)
    return Exit.DONE


def _say_new(count: int, whence: str) -> None:
    print(f"{count} new cosignature{'' if count == 1 else 's'} from {whence}", file=sys.stderr)


def _out(data: bytes, path: Path | None, home: Home) -> None:
    if path is None:
        print_bytes(data)
    else:
        write_all([(path, data)], keep=home.own)
        print(f"wrote {path}")


def _trust(options: argparse.Namespace) -> Exit:
    problem = cosigned.trust(_existing(options.log), options.vkey, options.address)
    if problem:
        raise BadInput(str(problem))
    return Exit.DONE


def _existing(folder: Path) -> Home:
    if not (home := Home(folder)).checkpoint.exists():
        raise BadInput(f"The folder {folder} is not a log's. Make one with corfu log init.")
    return home


def _bundle(options: argparse.Namespace) -> Exit:
    home = _existing(options.log)
    made = got(export.make_bundle(home, options.layer or ["public"]))
    write_all([(options.output, made)], keep=home.own)
    print(f"wrote {options.output}")
    return Exit.DONE


def _check(options: argparse.Namespace) -> Exit:
    found = start.check(options.log)
    if isinstance(found, Refused):
        raise BadInput(str(found))
    if isinstance(found, Fault):
        kind = f" ({found.act})" if found.act else ""
        place = f"entry {found.index}{kind}, " if found.index is not None else ""
        print(f"FALSE: {place}{found.what}: {found.why}")
        return Exit.FOUND_A_NO
    print(
        f"{found.hashes.size} acts, {len(found.signed)} checkpoints, {found.documents} documents: all as they were left"
    )
    return Exit.DONE


def new_key(name: str, path: Path, kind: int = keys.ED25519) -> VerifierKey:
    """Make a key and write its secret half to a file that only its owner reads; never over another."""
    made = got(keys.generate(name, kind))
    if not create(path, f"{made.private_key}\n".encode(), SECRET):
        raise BadInput(f"{path} is there already. Name another file: a key that is lost cannot be made again.")
    return made.verifier


def signer(path: Path) -> SignerKey:
    """A private key from its file."""
    return got(read_key(path))


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands for a log."""
    made = command(commands, "log", lambda _: Exit.DONE, "keep a log of signed acts")
    log = made.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _init_options(command(log, "init", _init, "make a log, its keys and its first act"))
    _append_options(command(log, "append", _append, "append signed acts, all or none"))
    _enrol_options(command(log, "enrol", _enrol, "enrol a key, as the registrar"))
    _revoke_options(command(log, "revoke", _revoke, "revoke a key, as the registrar"))
    _checkpoint_options(command(log, "checkpoint", _checkpoint, "the last signed checkpoint, with its cosignatures"))
    _trust_options(command(log, "trust", _trust, "take a witness's cosignatures from now on"))
    _bundle_options(command(log, "bundle", _bundle, "everything a reader needs to check the log, as one file"))
    _check_options(command(log, "check", _check, "check everything that a log keeps, signatures and documents too"))


def _log(made: argparse.ArgumentParser) -> None:
    made.add_argument("log", metavar="LOG", type=Path, help="the log's folder")


def _init_options(made: argparse.ArgumentParser) -> None:
    made.epilog = """\
example:
  corfu log init record --origin example.org/corfu

The database is a SQLite file in the folder, or with --database a PostgreSQL one; the folder holds the rest."""
    made.add_argument("log", metavar="DIR", type=Path, help="a new folder")
    made.add_argument("--origin", metavar="NAME", required=True, help="the log's name for ever: a domain and a path")
    made.add_argument("--registrar", metavar="CODE", default=start.REGISTRAR, help="who enrols keys (default: SEC)")
    made.add_argument("--database", metavar="URL", help="postgresql://…: keep the acts there")


def _append_options(made: argparse.ArgumentParser) -> None:
    made.epilog = """\
example:
  corfu log append record amendment.act --documents attached --receipts receipts

Each NOTE is a file with one act; - reads acts from standard input, one after the other, as cat would give them. If one
is refused, none is appended, and one sentence for each says why. For each act its index, kind, author and hash are
printed, when it is on the disk for good."""
    _log(made)
    made.add_argument("note", metavar="NOTE", nargs="+", help="files with one signed act each, or -")
    made.add_argument("--documents", metavar="DIR", type=Path, help="where the documents are that they commit to")
    made.add_argument("--receipts", metavar="DIR", type=Path, help="write each act's receipt there")


def _enrol_options(made: argparse.ArgumentParser) -> None:
    _log(made)
    made.add_argument("vkey", metavar="VKEY", help="the key, as corfu key new prints it")
    made.add_argument("--for", metavar="CODE", required=True, help="whose key it is, such as NOR")
    made.add_argument(
        "--custody", choices=("delegation", "server"), default="delegation", help="who holds it (default: delegation)"
    )
    _registrar_key(made)


def _revoke_options(made: argparse.ArgumentParser) -> None:
    _log(made)
    made.add_argument("vkey", metavar="VKEY", help="the key that is to sign nothing from now on")
    _registrar_key(made)


def _registrar_key(made: argparse.ArgumentParser) -> None:
    made.add_argument("--key", metavar="FILE", type=Path, help="the registrar's key (default: registrar.key in LOG)")


def _checkpoint_options(made: argparse.ArgumentParser) -> None:
    _log(made)
    made.add_argument("-o", "--output", metavar="FILE", type=Path, help="write it there")
    made.add_argument("--add", metavar="FILE", type=Path, action="append", default=[], help="take in what was cosigned")
    made.add_argument("--cosign", action="store_true", help="ask the witnesses whose address is known to cosign it")


def _trust_options(made: argparse.ArgumentParser) -> None:
    _log(made)
    made.add_argument("vkey", metavar="VKEY", help="the witness's key")
    made.add_argument("address", metavar="URL", nargs="?", help="where it can be asked; else it follows by itself")


def _bundle_options(made: argparse.ArgumentParser) -> None:
    _log(made)
    made.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="the zip to write")
    made.add_argument("--layer", metavar="NAME", action="append", help="whose documents go in (default: public)")


def _check_options(made: argparse.ArgumentParser) -> None:
    made.epilog = (
        "Exit code 1 if something is false; the first such thing is named. No writer may be at work meanwhile."
    )
    _log(made)
