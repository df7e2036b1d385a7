"""The check of everything that a log keeps: entries, tree, checkpoints, documents, and what is known outside.

It ends at the first false thing and names it: `Fault.what` is a word of `corfu.record.report`, or "database" for a
row or trigger that is not as the log makes them. Signatures come last: they take most of the time, and whatever changes
an act changes its hash.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from corfu.acts.chain import Chain, check_document
from corfu.acts.hashes import Hashes
from corfu.acts.store import LINK_START, Entry, Store, link_of
from corfu.record import act as acts
from corfu.record import checkpoint, cosignature, keys, note, tree
from corfu.record.act import Act
from corfu.record.checkpoint import Checkpoint
from corfu.record.keys import COSIGNATURE_V1, VerifierKey
from corfu.record.refusal import Refused, excerpt
from corfu.record.report import Fault

DATABASE: Final = "database"


@dataclass
class Audited:
    """What a check has found so far. `ends`: the sizes at which checkpoints are due; `signed`: those there are.

    `due`: how many entries there must be.
    """

    log: VerifierKey
    hashes: Hashes = field(default_factory=Hashes)
    link: bytes = LINK_START
    ends: list[int] = field(default_factory=list)
    signed: dict[int, bytes] = field(default_factory=dict)
    documents: int = 0
    due: int = 0
    chain: Chain = field(init=False)

    def __post_init__(self) -> None:
        """The rules of the acts go by the tree that is built here."""
        self.chain = Chain(self.log, self.hashes)


def audit(
    store: Store, log: VerifierKey, head: bytes, heads: Mapping[str, bytes], *, quick: bool = False
) -> Audited | Fault:
    """Check a whole log. `head`: the last checkpoint it signed. `heads`: what witnesses hold, by where that stands.

    `quick`: without the signatures of acts, and without reading the documents.
    """
    problem = store.database.schema_problem()
    if problem:
        return Fault(DATABASE, f"{problem[:1].upper()}{problem[1:]}.")
    found = Audited(log, due=size_of(head))
    fault = (
        _check_entries(store, found)
        or _check_head(found, head)
        or _check_checkpoints(store, found, head, quick=quick)
        or _check_heads(found, heads)
        or _check_cosignatures(store, found, heads)
        or _check_documents(store, found, quick=quick)
    )
    if not fault and not quick:
        fault = _check_signatures(store, found)
    return fault or found


def _check_entries(store: Store, found: Audited) -> Fault | None:
    """Bytes, hashes, forms, rules: entry by entry. The seen roots ask for the tree so far, which grows along."""
    for entry in store.entries():
        fault = _check_entry(entry, found)
        if fault:
            return fault
    if not found.hashes.size:
        return Fault(DATABASE, "There is no entry at all, not even log.open.", 0)
    return None


def _check_entry(entry: Entry, found: Audited) -> Fault | None:
    place = found.hashes.size
    if entry.place != place:
        return _misplaced(entry, found)
    leaf = tree.leaf_hash(entry.note)
    link = link_of(found.link, entry.head, leaf)
    parsed = acts.parse(entry.note)
    kind = None if isinstance(parsed, Refused) else parsed.kind
    if link != entry.link:
        why = "Its bytes, its place or what stands beside them were changed: they do not belong together."
        return Fault("tree", why, place, kind)
    if isinstance(parsed, Refused):
        return Fault("act", str(parsed), place)
    fault = found.chain.check(parsed, signature=False)
    if fault:
        return fault
    fault = _check_end(entry, found, kind)
    found.chain.take(parsed, leaf)
    found.hashes.append(leaf)
    found.link = link
    return fault


def _misplaced(entry: Entry, found: Audited) -> Fault:
    """An entry is missing, or a row too many."""
    place = found.hashes.size
    if entry.place < 0 or place >= found.due:
        return Fault(DATABASE, f"A row stands outside of the log, which has {found.due} entries.", entry.place)
    return Fault(DATABASE, f"This entry is missing, and the next row says it is {entry.place}.", place)


def _check_end(entry: Entry, found: Audited, kind: str | None) -> Fault | None:
    """The sizes at which checkpoints were due: one for all entries of a batch, at its end."""
    if found.ends and entry.place < found.ends[-1]:
        if entry.head == found.ends[-1]:
            return None
    elif entry.head > entry.place:
        found.ends.append(entry.head)
        return None
    why = f"The row says it came under the checkpoint of {entry.head} entries, which cannot be."
    return Fault(DATABASE, why, entry.place, kind)


def _check_head(found: Audited, head: bytes) -> Fault | None:
    """Check the last checkpoint that was signed, as it was written down outside the database."""
    size = found.hashes.size
    if found.ends[-1] != size:
        return Fault(DATABASE, f"The last entries are missing: there were {found.ends[-1]}.", size)
    fault = _check_signed(found, head, "The file checkpoint")
    if fault:
        return fault
    said = _parsed(head)
    if said.size not in found.ends or (len(found.ends) > 1 and said.size < found.ends[-2]):
        return Fault("checkpoint", f"The file checkpoint is of {said.size} entries: it is older than the database.")
    return None


def _check_signed(found: Audited, signed: bytes, where: str) -> Fault | None:
    """Check a checkpoint that is known outside the database: the log may have grown since, and nothing else."""
    known = {(found.log.name, found.log.key_id): found.log}
    opened = checkpoint.open_checkpoint(signed, known)
    if isinstance(opened, Refused):
        return Fault("checkpoint", f"{where}: {str(opened)[:1].lower()}{str(opened)[1:]}")
    said = opened.checkpoint
    if said.size > found.hashes.size:
        held = found.hashes.size
        why = f"{where} is of {said.size} entries, the database has {held}: an older copy was put in its place."
        return Fault("since", why, found.hashes.size)
    if said.root != found.hashes.root_at(said.size):
        return Fault("since", f"{where} has another root than the first {said.size} entries of the database.")
    return None


def _check_checkpoints(store: Store, found: Audited, head: bytes, *, quick: bool) -> Fault | None:
    """Exactly one for each batch; after a crash the next writer puts the last one back, and is content without."""
    found.signed = dict(store.checkpoints())
    last = _parsed(head).size
    for size in sorted({*found.ends, *found.signed}):
        if size not in found.ends:
            why = f"A checkpoint of {size} entries stands in the database, where none was due."
            return Fault("checkpoint", why, size - 1)
        if size not in found.signed:
            if size > last or (quick and size == last):
                continue
            return Fault("checkpoint", f"The checkpoint of {size} entries is missing in the database.", size - 1)
        if size > last or (size == last and found.signed[size] != head):
            why = f"The checkpoint of {size} entries in the database is not the last one that was signed."
            return Fault("checkpoint", why, size - 1)
        fault = _check_signed(found, found.signed[size], f"The checkpoint of {size} entries")
        if fault:
            return fault._replace(what="checkpoint", index=size - 1)
        if _parsed(found.signed[size]).size != size:
            return Fault("checkpoint", f"The row of {size} entries holds another checkpoint.", size - 1)
    return None


def _check_heads(found: Audited, heads: Mapping[str, bytes]) -> Fault | None:
    for where, signed in heads.items():
        fault = _check_signed(found, signed, f"The head that a witness cosigned ({where})")
        if fault:
            return fault
    return None


def _check_cosignatures(store: Store, found: Audited, heads: Mapping[str, bytes]) -> Fault | None:
    """Check each row by the key in it, and that what witnesses' heads say stands there."""
    lines: set[bytes] = set()
    for row in store.cosignatures():
        key = keys.parse_vkey(row.vkey)
        line = note.parse_signature(row.line.removeprefix("— ".encode()).removesuffix(b"\n"))
        signed = found.signed.get(row.size)
        if (
            isinstance(key, Refused)
            or isinstance(line, Refused)
            or signed is None
            or key.kind != COSIGNATURE_V1
            or bytes(line) != row.line
            or (line.name, line.key_id) != (key.name, key.key_id)
            or not cosignature.verify(_text(signed), line.signature, key.point)
        ):
            why = f"A cosignature of the checkpoint of {row.size} entries does not fit it."
            return Fault("cosignature", why, row.size - 1)
        lines.add(row.line)
    for where, head in heads.items():
        parsed = note.parse(head)
        for line in () if isinstance(parsed, Refused) else parsed.signatures:
            if line.name != found.log.name and bytes(line) not in lines:
                return Fault("cosignature", f"The cosignature in {where} is missing in the database.")
    return None


def _check_documents(store: Store, found: Audited, *, quick: bool) -> Fault | None:
    """Each document that was committed to is there and fits, unless it was erased: then it is not there."""
    left = dict(found.chain.documents)
    for row in store.documents(contents=not quick):
        known = left.pop(row.commitment, None)
        short = excerpt(row.commitment)
        if known is None:
            return Fault("document", f"No act commits to the document {short} in the row of this one.", row.place)
        if (row.place, row.layer, row.erased) != (known.place, known.layer, known.erased):
            why = f"The row of the document {short} says another act, another layer or another erasure."
            return Fault("document", why, known.place)
        there = {row.salt is not None, row.document is not None}  # both or neither: a salt alone tells of its words
        if not quick and there != {known.erased is None}:
            why = "is gone, and no act erased it" if known.erased is None else "was erased, and is there all the same"
            return Fault("document", f"The document {short} {why}.", known.place)
        if not quick and row.salt is not None and row.document is not None:
            problem = check_document(row.commitment, row.salt + row.document)
            if problem:
                return Fault("document", f"The document {short} is not what this act commits to.", known.place)
        found.documents += 1
    for name, gone in left.items():
        return Fault("document", f"The document {excerpt(name)} is missing.", gone.place)
    return None


def _check_signatures(store: Store, found: Audited) -> Fault | None:
    for entry, parsed in _parsed_entries(store.entries()):
        fault = found.chain.check_signature(parsed)
        if fault:
            return fault._replace(index=entry.place)
    return None


def _parsed_entries(entries: Iterable[Entry]) -> Iterable[tuple[Entry, Act]]:
    for entry in entries:
        parsed = acts.parse(entry.note)
        if isinstance(parsed, Act):  # as all of them were, a moment ago
            yield entry, parsed


def _text(signed: bytes) -> bytes:
    parsed = note.parse(signed)
    return b"" if isinstance(parsed, Refused) else parsed.text


def _parsed(signed: bytes) -> Checkpoint:
    said = said_by(signed)
    assert isinstance(said, Checkpoint)
    return said


def said_by(signed: bytes) -> Checkpoint | Refused:
    """What a signed checkpoint says; whose the signatures are is not looked at."""
    parsed = note.parse(signed)
    return parsed if isinstance(parsed, Refused) else checkpoint.parse(parsed.text)


def size_of(signed: bytes) -> int:
    """The size that a signed checkpoint says; 0 if it is none."""
    said = said_by(signed)
    return 0 if isinstance(said, Refused) else said.size
