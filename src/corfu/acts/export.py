"""A log's bundle: what anyone may have of it, to be checked anywhere (`corfu.record.bundle`)."""

from collections.abc import Collection, Iterator
from importlib.resources import files

from corfu.acts.audit import size_of
from corfu.acts.cosigned import cosigned_head, trusted
from corfu.acts.home import Home
from corfu.acts.lock import read_head
from corfu.acts.start import broken, open_store
from corfu.acts.store import Store
from corfu.record import act as acts
from corfu.record import bundle, keys
from corfu.record.act import Act
from corfu.record.keys import VerifierKey
from corfu.record.refusal import Refused
from corfu.record.wire import from_base64


def make_bundle(home: Home, layers: Collection[str], store: Store | None = None) -> bytes | Refused:
    """The log as far as its last signed checkpoint, and the documents of these layers that were not erased.

    `store`: the application's own, if the log lives there. A writer may be at work. `corfu.record.verify` is what says
    whether all of it is true.
    """
    opened = store or open_store(home)
    if isinstance(opened, Refused):
        return opened
    try:
        return _made(home, opened, layers)
    except opened.database.error as error:
        return broken(error)
    finally:
        opened.database.close()


def _made(home: Home, store: Store, layers: Collection[str]) -> bytes | Refused:
    log = log_key(store)
    head = log if isinstance(log, Refused) else read_head(home.checkpoint, log)
    if isinstance(log, Refused) or isinstance(head, Refused):
        return log if isinstance(log, Refused) else head
    size = size_of(head)
    entries = [entry.note for entry in store.entries(0, size)]
    if len(entries) < size:
        detail = f"the last checkpoint is of {size:,} entries, and the database has {len(entries):,}"
        rule = "corfu: a bundle has all entries of its checkpoint"
        return Refused("log.older", rule, f"{detail}: an older copy is in its place, so put the newest one back")
    witnesses = trusted(home)
    if isinstance(witnesses, Refused):
        return witnesses
    documents: dict[bytes, tuple[bytes, bytes]] = {}
    for row in store.documents():
        name = from_base64(row.commitment)
        if name and row.salt is not None and row.document is not None and row.layer in layers and row.place < size:
            documents[name] = row.salt, row.document
    known = [witness.key for witness in witnesses]
    signed = cosigned_head(store, head, known)
    return bundle.make(entries, signed, log, known, documents, dict(_for_people()))


def log_key(store: Store) -> VerifierKey | Refused:
    """The key that signs a log's checkpoints, as its entry 0 names it."""
    parsed = next((acts.parse(entry.note) for entry in store.entries(0, 1)), None)
    named = parsed.members.get("log_key") if isinstance(parsed, Act) else None
    if isinstance(named, str):
        return keys.parse_vkey(named)
    return Refused("log.open", "corfu/act/v1: entry 0 is log.open", "this log was never opened: check it")


def _for_people() -> Iterator[tuple[str, bytes]]:
    folder = files("corfu.record") / "standalone"
    for name in bundle.FOR_PEOPLE:
        if (file := folder / name).is_file():
            yield name, file.read_bytes()
