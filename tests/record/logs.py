"""A complete small log in memory: keys, acts in three scripts, documents, checkpoints, tiles, bundle; always the same.

`make_log(1000)` is kept for the session. For a log with something wrong in it: `Writer` builds acts one by one, and any
member can be given; `append` takes any bytes as an entry; `seal` signs whatever stands there. Nothing here is secret.
"""

import hashlib
import io
import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any, Final

from corfu.record import act, canonical, checkpoint, commitment, keys, note, tiles, tree
from corfu.record.checkpoint import Checkpoint
from corfu.record.keys import SignerKey
from corfu.record.tiles import ENTRIES, WIDTH, Tile
from corfu.record.wire import base64, from_base64
from tests.record.vectors import ORIGIN, got, signer

LOG: Final = signer(ORIGIN, 1)
REGISTRAR: Final = signer("registrar/SEC", 2)
NOR: Final = signer("delegation/NOR", 3)
NOR_LATER: Final = signer("delegation/NOR", 4)
KAR: Final = signer("delegation/KAR", 5)
ZEN: Final = signer("delegation/ZEN", 6)
STRANGER: Final = signer("delegation/XYZ", 7)
WITNESSES: Final = (
    signer("witness.example/ost", 8, keys.COSIGNATURE_V1),
    signer("witness.example/west", 9, keys.COSIGNATURE_V1),
)

TITLES: Final = {
    "en": "Draft decision on the notification of certain military activities, paragraph {}",
    "fr": "Projet de décision : mesures de confiance et de sécurité, alinéa {} (œuvre commune)",
    "ru": "Проект решения об уведомлении о некоторых видах военной деятельности, пункт {}",
    "zh": "关于通报某些军事活动的决定草案，第{}段",
}
LANGUAGES: Final = tuple(TITLES)
COSIGNED_AT: Final = 1_795_000_000
"""When the witnesses cosigned, in POSIX seconds."""


@dataclass(frozen=True)
class Log:
    """A log and what a reader may have of it.

    `documents`: by commitment in hex, salt and document as a bundle holds them; `withheld`: the same for other layers
    and for what was erased, which a bundle lacks.
    """

    entries: tuple[bytes, ...]
    checkpoint: bytes
    documents: Mapping[str, bytes] = field(default_factory=dict)
    withheld: Mapping[str, bytes] = field(default_factory=dict)
    witnesses: tuple[SignerKey, ...] = WITNESSES

    @cached_property
    def leaves(self) -> list[bytes]:
        """The leaf hashes."""
        return [tree.leaf_hash(entry) for entry in self.entries]

    @cached_property
    def tiles(self) -> dict[str, bytes]:
        """Hash tiles and entry bundles by path."""
        found = {tile.path: data for tile, data in tiles.make_tiles(self.leaves).items()}
        for start in range(0, len(self.entries), WIDTH):
            part = self.entries[start : start + WIDTH]
            found[Tile(ENTRIES, start // WIDTH, len(part)).path] = got(tiles.pack_entries(part))
        return found

    @property
    def root(self) -> bytes:
        """The root of all entries."""
        return tree.root(self.leaves)

    @property
    def keys(self) -> bytes:
        """The file `keys`."""
        lines = ["log " + LOG.verifier.vkey, *("witness " + one.verifier.vkey for one in self.witnesses)]
        return "".join(f"{line}\n" for line in lines).encode()

    def files(self) -> dict[str, bytes]:
        """Everything in its bundle, by name, in the bundle's order."""
        documents = {f"documents/{name}": data for name, data in self.documents.items()}
        every = {"checkpoint": self.checkpoint, "keys": self.keys, **self.tiles, **documents}
        return {name: every[name] for name in sorted(every)}

    @cached_property
    def bundle(self) -> bytes:
        """The bundle, a zip."""
        return pack(self.files().items())

    def older(self, size: int) -> bytes:
        """The checkpoint that this log signed when it had `size` entries."""
        return head(self.leaves[:size], witnesses=())

    def but(self, **changed: Any) -> "Log":
        """This log with other parts; nothing is signed anew."""
        return replace(self, **changed)


class Writer:
    """Builds a log act by act; `prev`, `seen`, `id` and `at` are right unless they are given."""

    def __init__(self) -> None:
        """An empty log: not even opened."""
        self.entries: list[bytes] = []
        self.documents: dict[str, bytes] = {}
        self.withheld: dict[str, bytes] = {}
        self._frontier = tree.Frontier()
        self._roots = [tree.EMPTY_ROOT]
        self._prev: dict[str, str] = {}
        self._seen: dict[str, int] = {}

    @property
    def size(self) -> int:
        """How many entries it has."""
        return len(self.entries)

    def members(self, kind: str, author: str, **given: Any) -> dict[str, Any]:
        """The members of the next act."""
        index = self.size
        seen = max(self._seen.get(author, 0), index - index % 4)
        if "seen" not in given:
            self._seen[author] = seen
        return {
            "act": kind,
            "at": f"2026-11-{23 + index // 86_400:02}T{index // 3600 % 24:02}:{index // 60 % 60:02}:{index % 60:02}Z",
            "author": author,
            "id": hashlib.sha256(b"id %d" % index).hexdigest()[:16],
            "log": ORIGIN,
            "prev": self._prev.get(author),
            "seen": self.seen(seen),
        } | given

    def seen(self, size: int) -> dict[str, Any]:
        """A true head of this size, as an act says what its author had seen."""
        return {"root": base64(self._roots[size]), "size": size}

    def add(self, kind: str, by: SignerKey, author: str | None = None, **given: Any) -> int:
        """Add an act signed by a key; its author is the code in the key's name. Gives its index."""
        author = author or by.verifier.name.partition("/")[2]
        index = self.append(raw_act(got(canonical.encode(self.members(kind, author, **given))), by))
        self._prev[author] = base64(tree.leaf_hash(self.entries[index]))
        return index

    def append(self, entry: bytes) -> int:
        """Add any bytes as an entry. Gives its index."""
        self.entries.append(entry)
        self._frontier.append(tree.leaf_hash(entry))
        self._roots.append(self._frontier.root())
        return len(self.entries) - 1

    def document(self, text: str, lang: str, layer: str = "public") -> dict[str, str]:
        """Commit to a document; what an act's `documents` holds of it."""
        salt = hashlib.sha256(f"salt {len(self.documents) + len(self.withheld)}".encode()).digest()
        committed = got(commitment.commit(text.encode(), salt))
        kept = self.documents if layer == "public" else self.withheld
        kept[committed.hex()] = salt + text.encode()
        return {"commitment": base64(committed), "lang": lang, "layer": layer, "type": "text/plain"}

    def open(self) -> None:
        """Entries 0 to 3: the log is opened, three delegations' keys are enrolled."""
        self.add("log.open", REGISTRAR, key=REGISTRAR.verifier.vkey, log_key=LOG.verifier.vkey)
        self.enrol(NOR)
        self.enrol(KAR, custody="server")
        self.enrol(ZEN)

    def enrol(self, key: SignerKey, custody: str = "delegation", **given: Any) -> int:
        """Enrol a delegation's key."""
        code = key.verifier.name.partition("/")[2]
        payload = {"custody": custody, "for": code, "key": key.verifier.vkey} | given
        return self.add("key.enrol", REGISTRAR, **payload)

    def revoke(self, key: SignerKey, by: SignerKey = REGISTRAR) -> int:
        """Revoke a key."""
        return self.add("key.revoke", by, key=key.verifier.vkey)

    def erase(self, committed: str) -> int:
        """Destroy the document of a commitment (base64), and say so."""
        index = self.add("erasure.record", REGISTRAR, commitments=[committed])
        name = from_base64(committed)
        assert name is not None
        if found := self.documents.pop(name.hex(), None):
            self.withheld[name.hex()] = found
        return index

    def amend(self, by: SignerKey, **given: Any) -> int:
        """An act of a delegation: every third commits to a title, every ninth to words that are not public too."""
        index = self.size
        lang = LANGUAGES[index % len(LANGUAGES)]
        title = TITLES[lang].format(index)
        documents = [self.document(title, lang)] if index % 3 == 0 else []
        if index % 9 == 0:
            documents.append(self.document(f"{title} [{index}]", lang, "participants"))
        payload = {"documents": documents} if documents else {"title": title}
        return self.add("amendment.file", by, **{"text": "dd7/rev.4", **payload, **given})

    def seal(self, **parts: Any) -> Log:
        """The log as it now stands, its checkpoint signed and cosigned."""
        leaves = [tree.leaf_hash(entry) for entry in self.entries]
        whole: dict[str, Any] = {"documents": dict(self.documents), "withheld": dict(self.withheld)}
        return Log(tuple(self.entries), head(leaves), **(whole | parts))


def head(leaves: Sequence[bytes], witnesses: Iterable[SignerKey] = WITNESSES, by: SignerKey = LOG) -> bytes:
    """The signed checkpoint of a tree, cosigned."""
    return signed_head(Checkpoint(by.verifier.name, len(leaves), tree.root(leaves)), witnesses, by)


def signed_head(said: Checkpoint, witnesses: Iterable[SignerKey] = (), by: SignerKey = LOG) -> bytes:
    """Any checkpoint, signed and cosigned."""
    text = got(checkpoint.text_of(said))
    lines = [got(note.signature_line(text, by))]
    lines += [got(checkpoint.cosign(text, one, COSIGNED_AT + n)) for n, one in enumerate(witnesses)]
    return got(note.build(text, *lines))


def raw_act(line: bytes, by: SignerKey) -> bytes:
    """An entry with these bytes in the place of its members, rightly signed: for what `act.build` would refuse."""
    text = act.HEADER + line + b"\n"
    return text + b"\n" + bytes(got(note.signature_line(text, by)))


def pack(files: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files in this order; names may be bad, or stand twice."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, data in files:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = method
            archive.writestr(info, data)
    return made.getvalue()


@cache
def make_log(size: int = 1000, fork: int | None = None) -> Log:
    """A good log of `size` acts, 24 or more, with a revoked key in its first half and an erasure in its second.

    `fork`: from this entry on (18 or more) the acts are others: what a server would show to a second camp.
    """
    writer = Writer()
    writer.open()
    norvale = NOR
    public: list[str] = []
    while writer.size < size:
        index = writer.size
        if index == size // 2 - 2:
            writer.enrol(NOR_LATER)
        elif index == size // 2:
            writer.revoke(NOR, by=NOR)
            norvale = NOR_LATER
        elif index == size * 3 // 4:
            writer.erase(public[len(public) // 2])
        else:
            forked = {"text": "dd7/rev.5"} if fork is not None and index >= fork else {}
            added = writer.amend((norvale, KAR, ZEN)[index % 3 if index % 7 else 1], **forked)
            members = act.parse(writer.entries[added])
            documents = got(members).members.get("documents", [])
            assert isinstance(documents, list)
            public += [str(one["commitment"]) for one in documents[:1] if isinstance(one, dict)]
    return writer.seal()
