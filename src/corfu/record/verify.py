"""The full audit of a bundle, offline: bytes in, a report out. Nothing is believed but the log's key.

The order of the checks is fixed, so that every verifier names the same first false thing:

1. the bundle can be read (`corfu.record.bundle`);
2. the checkpoint is in its form and signed by the log's key;
3. every other signature on it is a cosignature of a witness in `keys`;
4. there are the tiles of a tree of its size and no others; each entry hashes to its leaf, in order; each tile above to
   its own; and all of them to the checkpoint's root;
5. each act, in order: form, key, signature, chain, seen (`corfu.record.ledger`);
6. the older checkpoint that the reader kept, if any, is by the same key and of the same tree;
7. each document, in the order of names, is one that an act commits to, not erased, and is what was committed to.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Final, NamedTuple

from corfu.record import act, bundle, checkpoint, cosignature, keys, note, proof, tiles, tree
from corfu.record.aside import Aside
from corfu.record.bundle import Bundle
from corfu.record.checkpoint import Checkpoint
from corfu.record.keys import VerifierKey
from corfu.record.ledger import Ledger
from corfu.record.note import Note
from corfu.record.refusal import Refused
from corfu.record.report import BUNDLE, FALSE, UNREADABLE, VERIFIED, Fault, Report
from corfu.record.tiles import WIDTH, Tile
from corfu.record.whole_tree import WholeTree
from corfu.record.wire import HASH_SIZE, base64

_HEADS: Final = 1024
"""How many roots an audit keeps at hand: acts near each other have seen the same few heads."""

_STEPS: Final = {"act": "acts", "key": "acts", "signature": "signatures", "chain": "chain", "seen": "seen"}


class Head(NamedTuple):
    """A checkpoint signed by its log, and the note it stands in."""

    checkpoint: Checkpoint
    note: Note


def verify(data: bytes, since: bytes | None = None, key: VerifierKey | None = None, *, threads: int = 1) -> Report:
    """Audit a bundle. `since`: a signed checkpoint that the reader kept. `key`: the log's, in place of the bundle's.

    `threads`: how many cores check signatures, each many at a time; whatever their number, the report is the same.
    """
    found = bundle.read(data)
    if isinstance(found, Refused):
        return _report({}, Fault(BUNDLE, str(found)))
    return audit(found, since, key, threads=threads)


def audit(found: Bundle, since: bytes | None = None, key: VerifierKey | None = None, *, threads: int = 1) -> Report:
    """Audit what was read of a bundle."""
    counts = {"files": found.files}
    log = key or found.log
    head = check_head(found.checkpoint, log)
    if isinstance(head, Fault):
        return _report(counts, head)
    counts["checkpoint"] = 1
    fault = check_cosignatures(head.note, log, found.witnesses)
    if fault:
        return _report(counts, fault, head)
    signed = {(line.name, line.key_id) for line in head.note.signatures}  # a witness that signed twice is one witness
    counts["cosignatures"] = len(signed - {(log.name, log.key_id)})
    entries = check_entries(found.tiles, head.checkpoint.size, counts)
    if isinstance(entries, Fault):
        return _report(counts, entries, head)
    whole = WholeTree([leaf for _, leaf in entries])
    fault = check_tree(found.tiles, whole, head.checkpoint, counts)
    ledger = Ledger(log, lru_cache(_HEADS)(whole.root_at))
    if not fault:
        ledger = _checked_aside(entries, ledger, threads) or ledger
    fault = fault or check_acts(entries[ledger.size :], ledger, counts)
    if since is not None:
        fault = fault or check_since(since, log, whole, counts)
    fault = fault or check_documents(found.committed, ledger, counts)
    if fault:
        return _report(counts, fault, head)
    return _report(counts, None, head, _not_checked(found, ledger))


def check_head(signed: bytes, log: VerifierKey) -> Head | Fault:
    """Check a signed checkpoint: its form, and the signature of the log's key, whose name is the origin."""
    whole = note.parse(signed)
    said = whole if isinstance(whole, Refused) else checkpoint.parse(whole.text)
    if isinstance(whole, Refused) or isinstance(said, Refused):
        why = "It is not a signed note of an origin, a size and a root hash (tlog-checkpoint)."
        return Fault("checkpoint", why)
    lines = [line for line in whole.signatures if (line.name, line.key_id) == (log.name, log.key_id)]
    if said.origin != log.name or not lines:
        return Fault("checkpoint", f"It is not signed by the log's key {log.vkey[:48]!a} for its origin.")
    if not all(keys.verify(log.point, whole.text, line.signature) for line in lines):
        return Fault("checkpoint", "The log's signature does not fit what the checkpoint says.")
    return Head(said, whole)


def check_cosignatures(whole: Note, log: VerifierKey, witnesses: Sequence[VerifierKey]) -> Fault | None:
    """Check every signature but the log's: each is by a witness of the file `keys`, and fits.

    Notes allow signatures by unknown keys. In a bundle none may stand: a cosignature whose name was changed would pass
    for one.
    """
    points = {(one.name, one.key_id): one.point for one in witnesses}
    for line in whole.signatures:
        if (line.name, line.key_id) == (log.name, log.key_id):
            continue
        name, point = f"{line.name[:48]!a}", points.get((line.name, line.key_id))
        if point is None:
            return Fault("cosignature", f"The checkpoint is signed by {name}, whose key is not in keys.")
        if not cosignature.verify(whole.text, line.signature, point):
            return Fault("cosignature", f"The cosignature by {name} does not fit the checkpoint.")
    return None


def check_entries(
    stored: Mapping[str, bytes], size: int, counts: dict[str, int]
) -> list[tuple[bytes, bytes]] | Fault:  # fmt: skip
    """All entries with their leaf hashes, each the one that the level-0 tile holds."""
    refused = bundle.check_files(stored, size)
    if refused:
        return Fault(BUNDLE, str(refused))
    for tile in tiles.tiles_of(size):
        held, wanted = len(stored[tile.path]), tile.width * HASH_SIZE
        if held != wanted:
            return Fault("tree", f"The file {tile.path} has {held} bytes, not {wanted}.")
    counts["entries"] = 0
    found: list[tuple[bytes, bytes]] = []
    for tile in bundle.entry_tiles(size):
        leaves = stored[Tile(0, tile.index, tile.width).path]
        fault = walk(stored[tile.path], leaves, tile.index * WIDTH, found)
        counts["entries"] = len(found)
        if fault:
            return fault
    return found


def walk(data: bytes, leaves: bytes, first: int, found: list[tuple[bytes, bytes]]) -> Fault | None:
    """Read an entry bundle, the first of whose entries is `first` in the log, beside its tile of leaf hashes."""
    at = 0
    for number in range(len(leaves) // HASH_SIZE):
        end = at + 2 + int.from_bytes(data[at : at + 2])
        entry, leaf = data[at + 2 : end], leaves[number * HASH_SIZE : (number + 1) * HASH_SIZE]
        if at + 2 > len(data) or end > len(data):
            return Fault("tree", "The file of entries ends before this entry does.", first + number)
        if sha256(b"\x00" + entry).digest() != leaf:
            return Fault("tree", "Its hash is not the one in the log's tree.", first + number, _kind(entry))
        found.append((entry, leaf))
        at = end
    return None if at == len(data) else Fault("tree", "A file of entries holds more than its entries.")


def check_tree(stored: Mapping[str, bytes], whole: WholeTree, said: Checkpoint, counts: dict[str, int]) -> Fault | None:
    """Check the tiles above the leaves, and the root."""
    counts["tiles"] = 0
    for tile in tiles.tiles_of(whole.size):
        if not whole.is_tile(tile, stored[tile.path]):
            return Fault("tree", f"The file {tile.path} is not what the entries below it hash to.")
        counts["tiles"] += 1
    if whole.root_at(whole.size) != said.root:
        return Fault("tree", "The entries hash to another root than the checkpoint's.")
    return None


def check_acts(entries: Sequence[tuple[bytes, bytes]], ledger: Ledger, counts: dict[str, int]) -> Fault | None:
    """Check the acts in their order."""
    fault = None
    for entry, leaf in entries:
        fault = ledger.add(entry, leaf)
        if fault:
            break
    steps = list(dict.fromkeys(_STEPS.values()))
    passed = steps.index(_STEPS[fault.what]) if fault else 0  # the steps that the false act itself has passed
    counts |= {step: ledger.size + (number < passed) for number, step in enumerate(steps)}
    return fault


def _checked_aside(entries: Sequence[tuple[bytes, bytes]], ledger: Ledger, threads: int) -> Ledger | None:
    """The ledger with all acts in it, their signatures checked many at a time; None where anything is false."""
    with Aside(threads) as aside:
        whole = ledger.anew(aside)
        good = all(whole.add(entry, leaf) is None for entry, leaf in entries)
        return whole if good and aside.all_fit() else None


def check_since(since: bytes, log: VerifierKey, whole: WholeTree, counts: dict[str, int]) -> Fault | None:
    """Check that the log extends the tree of an older checkpoint; of its signatures only the log's is looked at."""
    counts["since"] = 0
    older = check_head(since, log)
    if isinstance(older, Fault):
        return Fault("since", f"The older checkpoint: {older.why}")
    size = older.checkpoint.size
    if size > whole.size:
        return Fault("since", f"The older checkpoint is of {size} entries, more than are here.")
    if whole.root_at(size) != older.checkpoint.root:
        why = "The older checkpoint is not of this log's first entries: keep both, they show a fork."
        return Fault("since", why)
    counts["since"] = 1
    return None


def check_documents(committed: Mapping[bytes, bytes | None], ledger: Ledger, counts: dict[str, int]) -> Fault | None:
    """Check each document by what it commits to, and that none is there that was erased."""
    counts["documents"] = 0
    for name in sorted(committed):
        text = base64(name)
        file, index = f"The file documents/{name.hex()[:16]}...", ledger.held.get(text)
        if index is None:
            return Fault("document", f"{file} is a document that no act commits to.")
        if text in ledger.erased:
            index = ledger.erased[text]
            return Fault("document", f"{file} is a document that this act erased.", index, ledger.kinds[index])
        if committed[name] != name:
            return Fault("document", f"{file} is not what this act commits to.", index, ledger.kinds[index])
        counts["documents"] += 1
    return None


def receipt(found: Bundle, index: int) -> bytes | Refused:
    """The receipt (tlog-proof) of one entry, from a bundle's tiles, those used being checked against the checkpoint."""
    opened = open_tree(found)
    return opened if isinstance(opened, Refused) else make_receipt(opened, found.checkpoint, index)


def open_tree(found: Bundle) -> tiles.TiledTree | Refused:
    """The tree of a bundle, for many receipts: what is read of it is checked once."""
    whole = note.parse(found.checkpoint)
    said = whole if isinstance(whole, Refused) else checkpoint.parse(whole.text)
    if isinstance(said, Refused):
        return said
    return tiles.open_tree(said.size, said.root, lambda tile: found.tiles.get(tile.path, bundle.missing(tile.path)))


def make_receipt(opened: tiles.TiledTree | WholeTree, signed: bytes, index: int) -> bytes | Refused:
    """The receipt of one entry of a tree, whose checkpoint is `signed`."""
    hashes = tree.inclusion_proof(index, opened.size, opened.read)
    return hashes if isinstance(hashes, Refused) else proof.make(index, hashes, signed)


def check_receipt(data: bytes, entry: bytes, log: VerifierKey, witnesses: Sequence[VerifierKey] = ()) -> Fault | None:
    """Check that a receipt proves `entry` to be in the log; signatures on it as in `check_cosignatures`."""
    found = proof.parse(data)
    if isinstance(found, Refused):
        return Fault("tree", str(found))
    head = check_head(found.checkpoint, log)
    if isinstance(head, Fault):
        return head
    said, leaf = head.checkpoint, tree.leaf_hash(entry)
    fault = check_cosignatures(head.note, log, witnesses)
    refused = tree.check_inclusion(leaf, found.index, said.size, found.hashes, said.root)
    return fault or (Fault("tree", str(refused), found.index) if refused else None)


def _kind(entry: bytes) -> str | None:
    found = act.parse(entry)
    return None if isinstance(found, Refused) else found.kind


def _report(
    counts: Mapping[str, int], fault: Fault | None, head: Head | None = None, not_checked: Sequence[str] = ()
) -> Report:
    verdict = VERIFIED if fault is None else UNREADABLE if fault.what == BUNDLE else FALSE
    said = head.checkpoint if head else None
    origin, size, root = (said.origin, said.size, said.root) if said else (None, None, None)
    return Report(verdict, dict(counts), fault, origin, size, root, tuple(not_checked))


def _not_checked(found: Bundle, ledger: Ledger) -> list[str]:
    """What a reader should know that nobody can conclude from a bundle alone."""
    absent = ledger.held.keys() - set(map(base64, found.committed))
    kinds = [f"{count} {kind[:48]}" for kind, count in sorted(Counter(ledger.kinds).items())]
    return [
        "Whether the keys of log and witnesses are the right ones: compare them with what these publish.",
        "Whether others are shown the same log: compare checkpoints, and keep one for --since.",
        f"Documents that are not here: {len(absent)}, of which {len(absent & ledger.erased.keys())} were erased.",
        "When acts were done: their order is proven, their times are what their authors say.",
        f"What acts mean, and whether rules of procedure allow them: {', '.join(kinds[:20]) or 'there are none'}.",
    ]
