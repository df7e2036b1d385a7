"""Acts in their order: what an act may be at its place in a log.

`Ledger.add` takes the acts one after the other and names the first that may not stand where it stands. Of every act it
checks the form, who signed and whether that key could sign then, the signature, the chain to its author's previous act
and the head its author had seen. It understands the acts that carry this: `log.open`, `key.enrol`, `key.revoke`,
`erasure.record`; of any other kind the meaning is not looked at.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from corfu.record import act, keys
from corfu.record.act import Act
from corfu.record.canonical import Value
from corfu.record.keys import ED25519, VerifierKey
from corfu.record.refusal import Refused
from corfu.record.report import Fault
from corfu.record.wire import base64

Fits = Callable[[bytes, bytes, bytes], bool]
"""Says whether a signature fits, as `corfu.record.keys.verify` does: point, text, signature."""
RootAt = Callable[[int], bytes]
"""Gives the root of the first so many entries, for any number up to the index of the act that is being added."""

OPEN, ENROL, REVOKE = "log.open", "key.enrol", "key.revoke"

_CUSTODY: Final = ("delegation", "server")


@dataclass(slots=True)
class Enrolled:
    """A key that may sign, for whom, and since when it may no more."""

    key: VerifierKey
    code: str
    revoked: int | None = None


@dataclass(slots=True)
class _Author:
    """An author's latest act: its hash in base64, its index, and how much of the log had been seen."""

    hash: str
    index: int
    seen: int


class Ledger:
    """What the acts so far have established; after a fault it is not to be used further.

    `keys`: by name and key ID. `held`: by commitment in base64, which has one spelling only, the index of the first act
    that holds it. `erased`: that of the act that says its document was destroyed. `kinds`: the kind of each act.
    """

    def __init__(self, log: VerifierKey, root_at: RootAt, fits: Fits = keys.verify) -> None:
        """Begin an empty log. `log`: the key that signs its checkpoints; its name is the origin. `fits`: who is asked
        whether a signature does."""
        self.size = 0
        self.keys: dict[tuple[str, int], Enrolled] = {}
        self.held: dict[str, int] = {}
        self.erased: dict[str, int] = {}
        self.kinds: list[str] = []
        self.registrar = ""
        self._log = log
        self._root_at = root_at
        self._fits = fits
        self._points = {log.point}
        self._ids: dict[str, int] = {}
        self._authors: dict[str, _Author] = {}

    def anew(self, fits: Fits) -> "Ledger":
        """An empty one of the same log, which asks another about signatures."""
        return Ledger(self._log, self._root_at, fits)

    def add(self, entry: bytes, leaf: bytes) -> Fault | None:
        """Check the next entry, whose leaf hash is `leaf`, and take it in."""
        found = act.parse(entry)
        if isinstance(found, Refused):
            return self._fault("act", "it is not in the form of an act, to the byte (corfu/act/v1)")
        members = found.members
        fault = (
            self._check_form(members)
            or self._check_key(found)
            or self._check_signature(found)
            or self._check_chain(members)
            or self._check_seen(members)
        )
        if fault:
            return fault._replace(act=found.kind)
        self._take(found, base64(leaf))
        return None

    def _fault(self, what: str, why: str) -> Fault:
        return Fault(what, f"{why[:1].upper()}{why[1:]}.", self.size)

    def _check_form(self, members: Mapping[str, Value]) -> Fault | None:
        if members["log"] != self._log.name:
            return self._fault("act", "it was made for another log")
        if (members["act"] == OPEN) != (self.size == 0):
            return self._fault("act", "the first act opens the log (log.open), and no other does")
        earlier = self._ids.get(str(members["id"]))
        if earlier is not None:
            return self._fault("act", f"its id was used before, by entry {earlier}")
        if not act.lists_documents(members):
            return self._fault("act", "its documents or commitments are not listed in their form")
        return None

    def _check_key(self, found: Act) -> Fault | None:
        """Whether this key could sign for this author here, and what an act about keys says."""
        members, line = found.members, found.signature
        if self.size == 0:
            return self._check_open(found)
        by = self.keys.get((line.name, line.key_id))
        name = f"the key {line.name[:48]!a}"
        if by is None:
            return self._fault("key", f"{name} was not enrolled before it")
        if by.revoked is not None:
            return self._fault("key", f"{name} was revoked before it, by entry {by.revoked}")
        if by.code != members["author"]:
            return self._fault("key", f"{name} was enrolled for {by.code[:48]!a}, not for its author")
        if members["act"] == ENROL:
            return self._check_enrol(members)
        return self._check_revoke(members, by) if members["act"] == REVOKE else None

    def _check_open(self, found: Act) -> Fault | None:
        members, line = found.members, found.signature
        key = _vkey(members.get("key"))
        named = key is not None and key.name == f"registrar/{members['author']}" and key.point not in self._points
        signs = key is not None and (line.name, line.key_id) == (key.name, key.key_id)
        if named and signs and members.get("log_key") == self._log.vkey:
            return None
        return self._fault("key", "it does not name a key of the registrar, which signs it, and the log's own")

    def _check_enrol(self, members: Mapping[str, Value]) -> Fault | None:
        key, code, custody = _vkey(members.get("key")), members.get("for"), members.get("custody")
        names = {f"delegation/{code}"} | ({f"registrar/{code}"} if code == self.registrar else set())
        named = isinstance(code, str) and isinstance(custody, str) and custody in _CUSTODY
        fresh = key is not None and key.point not in self._points and (key.name, key.key_id) not in self.keys
        if key and named and fresh and key.name in names and members["author"] == self.registrar:
            return None
        why = "it is not by the registrar, or does not say which new key is enrolled, for whom, in what custody"
        return self._fault("key", why)

    def _check_revoke(self, members: Mapping[str, Value], by: Enrolled) -> Fault | None:
        key = _vkey(members.get("key"))
        old = None if key is None else self.keys.get((key.name, key.key_id))
        in_force = old is not None and old.key == key and old.revoked is None
        if in_force and (old is by or members["author"] == self.registrar):
            return None
        return self._fault("key", "it is not by registrar or holder, or does not name a key that is in force")

    def _check_signature(self, found: Act) -> Fault | None:
        line = found.signature
        by = self.keys.get((line.name, line.key_id))
        key = by.key if by else _vkey(found.members["key"])  # the first act brings its own
        if key is not None and self._fits(key.point, found.text, line.signature):
            return None
        return self._fault("signature", f"the signature by {line.name[:48]!a} does not fit what it says")

    def _check_chain(self, members: Mapping[str, Value]) -> Fault | None:
        before = self._authors.get(str(members["author"]))
        if members["prev"] == (before.hash if before else None):
            return None
        place = before.index if before else None
        return self._fault("chain", f"its author's previous act is entry {place}, which it does not name")

    def _check_seen(self, members: Mapping[str, Value]) -> Fault | None:
        size, root = self._seen(members)
        before = self._authors.get(str(members["author"]))
        if not (before.seen if before else 0) <= size <= self.size:
            return self._fault("seen", f"its author had seen {size} entries: more than all, or fewer than before")
        if root != base64(self._root_at(size)):
            return self._fault("seen", f"its author had seen another log: its {size} entries have another root")
        return None

    @staticmethod
    def _seen(members: Mapping[str, Value]) -> tuple[int, str]:
        seen = members["seen"]
        assert isinstance(seen, dict)
        size, root = seen["size"], seen["root"]
        assert isinstance(size, int)
        assert isinstance(root, str)
        return size, root

    def _take(self, found: Act, leaf: str) -> None:
        """Let what the act says take effect, from the next entry on."""
        members, index, kind = found.members, self.size, found.kind
        self._ids[str(members["id"])] = index
        self._authors[found.author] = _Author(leaf, index, self._seen(members)[0])
        self.kinds.append(kind)
        self.size += 1
        for commitment in _commitments(members.get("documents")):
            self.held.setdefault(commitment, index)
        match kind:
            case "log.open":
                self.registrar = found.author
                self._enrol(members, found.author)
            case "key.enrol":
                self._enrol(members, str(members["for"]))
            case "key.revoke":
                key = _vkey(members["key"])
                assert key is not None
                self.keys[key.name, key.key_id].revoked = index
            case "erasure.record":
                for commitment in _texts(members["commitments"]):
                    self.erased.setdefault(commitment, index)

    def _enrol(self, members: Mapping[str, Value], code: str) -> None:
        key = _vkey(members["key"])
        assert key is not None
        self.keys[key.name, key.key_id] = Enrolled(key, code)
        self._points.add(key.point)


def _commitments(documents: Value) -> list[str]:
    """The commitments that an act holds, of whose form the ledger has seen."""
    listed = documents if isinstance(documents, list) else []
    return _texts([one["commitment"] for one in listed if isinstance(one, dict)])


def _texts(values: Value) -> list[str]:
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


def _vkey(text: Value) -> VerifierKey | None:
    """The key that signs acts, from its text; None if it is not one, or its point is not sound."""
    key = keys.parse_vkey(text) if isinstance(text, str) else None
    return None if key is None or isinstance(key, Refused) or key.kind != ED25519 else key
