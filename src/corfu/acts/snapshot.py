"""A log as it was signed last, read beside its writer: enough to have it cosigned."""

from dataclasses import dataclass

from corfu.acts.audit import size_of
from corfu.acts.export import log_key
from corfu.acts.home import Home
from corfu.acts.lock import read_head
from corfu.acts.store import Store
from corfu.record import tree
from corfu.record.keys import VerifierKey
from corfu.record.refusal import Refused
from corfu.record.whole_tree import WholeTree


@dataclass
class Snapshot:
    """The log up to its last signed checkpoint; `corfu.acts.cosigned.Cosignable`."""

    home: Home
    store: Store
    head: bytes
    size: int
    verifier: VerifierKey
    whole: WholeTree

    def consistency(self, old: int) -> tuple[bytes, ...] | Refused:
        """The proof that the last checkpoint extends the tree of `old` entries."""
        return tree.consistency_proof(old, self.size, self.whole.read)


def snapshot(home: Home, store: Store) -> Snapshot | Refused:
    """Read a log as it is now; its writer may be at work."""
    key = log_key(store)
    head = key if isinstance(key, Refused) else read_head(home.checkpoint, key)
    if isinstance(key, Refused):
        return key
    if isinstance(head, Refused):
        return head
    size = size_of(head)
    leaves = [tree.leaf_hash(entry.note) for entry in store.entries(0, size)]
    return Snapshot(home, store, head, size, key, WholeTree(leaves))
