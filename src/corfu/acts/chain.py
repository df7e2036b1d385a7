"""Which act may be the next one: what every auditor will ask (`corfu.record.ledger`), and what the log asks besides.

The log asks besides that
- the act is fit for ever (`corfu.record.act.admit`) and its author saw a head that has been signed;
- each commitment is fresh: nobody takes another's and gives it a more public layer;
- the documents it commits to come with it;
- documents are erased by the registrar or by who committed to them.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from corfu.acts.hashes import Hashes
from corfu.record import act as acts
from corfu.record import bundle, commitment
from corfu.record.act import Act
from corfu.record.keys import VerifierKey
from corfu.record.ledger import Ledger
from corfu.record.refusal import Refused, excerpt
from corfu.record.report import Fault
from corfu.record.wire import base64, from_base64

MAX_DOCUMENT: Final = bundle.MAX_DOCUMENT - commitment.SALT_SIZE


class Committed(NamedTuple):
    """A document that an act committed to. `erased`: the place of the act that destroyed it."""

    author: str
    place: int
    layer: str
    erased: int | None = None


class Chain(Ledger):
    """What the acts so far have established. A refusal changes nothing.

    `documents`: by commitment in base64.
    """

    def __init__(self, log: VerifierKey, hashes: Hashes) -> None:
        """An empty log. `log`: the key of its checkpoints. `hashes`: its tree, which the caller keeps."""
        super().__init__(log, hashes.root_at)
        self.documents: dict[str, Committed] = {}

    def next(self, author: str) -> str | None:
        """What the author's next act gives as `prev`."""
        before = self._authors.get(author)
        return before.hash if before else None

    def place(self, identifier: str) -> int | None:
        """Where the act with this id is."""
        return self._ids.get(identifier)

    def check(self, found: Act, *, signature: bool = True) -> Fault | None:
        """What `Ledger.add` checks of an act whose form is right; without `signature`, all but that."""
        members = found.members
        fault = self._check_form(members) or self._check_key(found)
        if not fault and signature:
            fault = self.check_signature(found)
        fault = fault or self._check_chain(members) or self._check_seen(members)
        return fault and fault._replace(act=found.kind)

    def check_signature(self, found: Act) -> Fault | None:
        """Check an act's signature by the key that it names, whenever that was enrolled."""
        fault = self._check_signature(found)
        return fault and fault._replace(act=found.kind)

    def take(self, found: Act, leaf: bytes) -> None:
        """Take in an act that `check` has nothing against."""
        place = self.size
        self._take(found, base64(leaf))
        for document in documents_of(found):
            self.documents[document["commitment"]] = Committed(found.author, place, document["layer"])
        for name in erased_by(found):
            if name in self.documents:
                self.documents[name] = self.documents[name]._replace(erased=place)

    def admit(self, found: Act, given: Mapping[str, bytes], signed: int) -> Refused | None:
        """Check what auditors will ask, and what the log asks besides.

        `given`: salt and document by commitment in base64. `signed`: the size of the last checkpoint.
        """
        seen: Any = found.members["seen"]
        if seen["size"] > signed:
            detail = f"its author had seen {seen['size']:,} entries, but {signed:,} is the last size that was signed"
            return _refused("seen", "seen is a checkpoint that the log has signed", detail)
        if fault := self.check(found):
            return Refused(f"log.{fault.what}", f"corfu/act/v1: {fault.what}", fault.why.removesuffix("."))
        return (
            acts.admit(found)
            or (self._check_erasure(found) if found.kind == acts.ERASE else None)
            or self._check_documents(found, given)
        )

    def _check_erasure(self, found: Act) -> Refused | None:
        rule = "documents are erased once, by the registrar or by who committed to them"
        for name in erased_by(found):
            known = self.documents.get(name)
            if known is None or known.erased is not None:
                return _refused("erasure", rule, f"{excerpt(name)} was not committed to, or is erased already")
            if found.author not in {self.registrar, known.author}:
                return _refused("erasure", rule, f"{excerpt(name)} was committed to by {known.author}")
        return None

    def _check_documents(self, found: Act, given: Mapping[str, bytes]) -> Refused | None:
        names = [document["commitment"] for document in documents_of(found)]
        for name in names:
            if name in self.documents or names.count(name) > 1:
                rule = "each document has a fresh salt, so each commitment is new"
                return _refused("document", rule, f"{excerpt(name)} was committed to before: take a fresh salt")
            if name not in given:
                rule = "an act comes with the documents it commits to"
                return _refused(
                    "document", rule, f"the document of {excerpt(name)} is missing: hand it in with the act"
                )
            if problem := check_document(name, given[name]):
                return problem
        if foreign := given.keys() - set(names):
            rule = "a document comes with the act that commits to it"
            return _refused("document", rule, f"this act does not commit to {excerpt(min(foreign))}: leave it out")
        return None


def check_document(name: str, whole: bytes) -> Refused | None:
    """Check salt and document against a commitment in base64."""
    if len(whole) > bundle.MAX_DOCUMENT:
        rule = f"a document has at most {MAX_DOCUMENT:,} bytes"
        return _refused("document", rule, f"the document of {excerpt(name)} has more: split it")
    salt, document = split(whole)
    return commitment.check(from_base64(name) or b"", document, salt)


def split(whole: bytes) -> tuple[bytes, bytes]:
    """Salt and document, which stand in one file one after the other."""
    return whole[: commitment.SALT_SIZE], whole[commitment.SALT_SIZE :]


def documents_of(found: Act) -> list[dict[str, str]]:
    """What an act that was checked says of its documents: commitment and layer; lang and type where given."""
    documents: Any = found.members.get("documents", [])
    return documents  # type: ignore[no-any-return]


def erased_by(found: Act) -> list[str]:
    """The commitments whose documents a checked act destroys."""
    named: Any = found.members["commitments"] if found.kind == acts.ERASE else []
    return named  # type: ignore[no-any-return]


def _refused(code: str, rule: str, detail: str) -> Refused:
    return Refused(f"log.{code}", f"corfu: {rule}", detail)
