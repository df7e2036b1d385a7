"""A log put back from a bundle that holds every document: the same entries, in one batch."""

from collections.abc import Iterator, Sequence

from corfu.acts import lock
from corfu.acts.chain import documents_of, erased_by
from corfu.acts.home import Home
from corfu.acts.store import LINK_START, Cosignature, Document, Entry, Store, link_of
from corfu.record import act as acts
from corfu.record import note, tiles, tree
from corfu.record.act import Act
from corfu.record.bundle import Bundle, entry_tiles
from corfu.record.checkpoint import open_checkpoint
from corfu.record.note import Note
from corfu.record.refusal import Refused
from corfu.record.wire import from_base64

_GONE = b"\x00" * 32
"""What stands for a document that was erased, until the same transaction erases it again."""


def put_back(found: Bundle, home: Home, store: Store) -> None:
    """Fill an empty log, within the caller's transaction. The bundle has been verified; its documents are all there."""
    log = found.log
    opened = open_checkpoint(found.checkpoint, {(log.name, log.key_id): log})
    assert not isinstance(opened, Refused)  # the bundle was verified
    size, link, rows = opened.checkpoint.size, LINK_START, []
    entries = list(_entries(found, size))
    for place, entry in enumerate(entries):
        link = link_of(link, size, tree.leaf_hash(entry))
        rows.append(Entry(place, size, link, entry))
    store.database.create()
    store.add_entries(rows)
    _put_documents(found, store, [_act(entry) for entry in entries])
    own = tuple(one for one in opened.note.signatures if one.name == log.name)
    head = bytes(Note(opened.note.text, own))
    store.add_checkpoint(size, head)
    _put_cosignatures(found, store, size)
    lock.create(home.checkpoint, head).close()


def _entries(found: Bundle, size: int) -> Iterator[bytes]:
    for tile in entry_tiles(size):
        read = tiles.unpack_entries(found.tiles[tile.path], tile.width)
        assert not isinstance(read, Refused)  # the bundle was verified
        yield from read


def _act(entry: bytes) -> Act:
    parsed = acts.parse(entry)
    assert isinstance(parsed, Act)
    return parsed


def _put_documents(found: Bundle, store: Store, log: Sequence[Act]) -> None:
    erased = {name: place for place, one in enumerate(log) for name in erased_by(one)}
    for place, one in enumerate(log):
        rows = []
        for said in documents_of(one):
            name = said["commitment"]
            held = found.document(from_base64(name) or b"")
            salt, document = held if held and not isinstance(held, Refused) else (_GONE, _GONE)
            rows.append(Document(name, place, said["layer"], salt, document, None))
        if rows:
            store.add_documents(rows)
    for name, place in erased.items():
        store.erase([name], place)


def _put_cosignatures(found: Bundle, store: Store, size: int) -> None:
    parsed = note.parse(found.checkpoint)
    assert not isinstance(parsed, Refused)
    keys = {(one.name, one.key_id): one for one in found.witnesses}
    for line in parsed.signatures:
        if key := keys.get((line.name, line.key_id)):
            store.add_cosignature(Cosignature(size, key.vkey, bytes(line)))
