"""Acts: two-line signed notes, `corfu/act/v1`. The whole note, signature included, is the leaf of the log.

    corfu/act/v1
    {"act":"amendment.file","at":"2026-11-23T09:10:00Z","author":"NOR", …}

    — delegation/NOR <base64>

The second line is canonical JSON (`corfu.record.canonical`). Every act has these members; all others are its payload:

- `act`: the kind, words parted by points, such as "amendment.file";
- `at`: when its author says it was done, RFC 3339 in UTC, whole seconds, `YYYY-MM-DDThh:mm:ssZ`: a claim;
- `author`: the code of who acts, such as "NOR"; `id`: a fresh identifier; `log`: the origin of the log it is for;
- `prev`: the leaf hash of the author's previous act in base64, null in the first;
- `seen`: the head its author had seen: `{"root": <base64>, "size": <integer>}` as in the checkpoint.

`parse` and `verify` hold for ever and for everyone. `admit` is for whoever lets acts into a log, and may become
stricter.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from corfu.record import canonical, keys, note
from corfu.record.canonical import Value
from corfu.record.characters import check_assigned
from corfu.record.keys import ED25519, Known, SignerKey, VerifierKey
from corfu.record.note import SignatureLine
from corfu.record.refusal import Refused, excerpt
from corfu.record.tree import EMPTY_ROOT, leaf_hash
from corfu.record.wire import HASH, base64

HEADER: Final = b"corfu/act/v1\n"
MAX_BYTES: Final = 65_535
"""The longest note: an entry bundle writes its length as a uint16 (tlog-tiles)."""
MAX_LINE: Final = MAX_BYTES - 535
"""The longest members, 65,000 bytes: room is left for the header and the signature line, so that they are refused
before signing."""
ERASE: Final = "erasure.record"
RESERVED: Final = frozenset({"act", "at", "author", "id", "log", "prev", "seen"})

PERSONAL: Final = frozenset(
    "birthdate birthplace email e_mail family_name first_name full_name given_name last_name name passport person"
    " person_name phone signature_name surname telephone".split()
)
"""Members that would hold what is known of a person. A tripwire: such things belong in documents, under commitments."""

_NEEDED: Final = {"commitment", "layer"}
_DOCUMENT: Final = {*_NEEDED, "lang", "type"}
_is_hash: Final = re.compile(HASH).fullmatch
_PARTING: Final = "\n\n— ".encode()
_MEMBERS: Final = re.compile(r"[a-z][a-z0-9_]{0,63}(?:\n[a-z][a-z0-9_]{0,63})*+")
_EMPTY_ROOT: Final = base64(EMPTY_ROOT)
_FORMS: Final = {
    "act": (r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+", "words parted by points, such as amendment.file"),
    "at": (
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2}Z",
        "RFC 3339 in UTC with Z, whole seconds",
    ),
    "author": (r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}", "a code, up to 64 of A-Z a-z 0-9 . _ / -"),
    "id": (r"[A-Za-z0-9][A-Za-z0-9_-]{7,63}", "8 to 64 of A-Z a-z 0-9 _ -"),
    "log": (r"[^\s+\x00-\x1f]{1,255}", "the log's origin, without spaces and plus"),
    "prev": (HASH, "a leaf hash in base64, or null in an author's first act"),
    "root": (HASH, "a root hash in base64"),
}
# One match for all members instead of one each: this runs for every act of an audit.
_ALL: Final = re.compile(r"\n".join(form for form, _ in _FORMS.values()))


class Act(NamedTuple):
    """An act whose form is right; who signed it is to be believed after `verify`.

    `note`: the leaf. `members`: all of them, reserved and payload; not to be changed.
    """

    note: bytes
    text: bytes
    members: Mapping[str, Value]
    signature: SignatureLine

    @property
    def kind(self) -> str:
        """What was done: the member `act`."""
        return str(self.members["act"])

    @property
    def author(self) -> str:
        """The code of who acts."""
        return str(self.members["author"])

    @property
    def prev(self) -> str | None:
        """The `hash` of the author's previous act."""
        prev = self.members["prev"]
        return None if prev is None else str(prev)

    @property
    def payload(self) -> dict[str, Value]:
        """The members that belong to this kind of act."""
        return {name: value for name, value in self.members.items() if name not in RESERVED}

    @property
    def leaf(self) -> bytes:
        """Its leaf hash: SHA-256(0x00 || note)."""
        return leaf_hash(self.note)

    @property
    def hash(self) -> str:
        """What the author's next act gives as `prev`: the leaf hash in base64, as it stands in the log's tiles."""
        return base64(self.leaf)


def text_of(members: Mapping[str, object]) -> bytes | Refused:
    """The bytes that an author signs for an act with these members; refused if it could not be admitted."""
    line = canonical.encode(dict(members))
    if isinstance(line, Refused):
        return line
    if len(line) > MAX_LINE:
        return _too_long(len(line))
    problem = check_members(members) or _check_door(members, line)
    if not problem and not lists_documents(members):
        return _malformed("the member documents or commitments is not in its form: list commitment and layer of each")
    return problem or HEADER + line + b"\n"


def build(members: Mapping[str, object], signer: SignerKey) -> bytes | Refused:
    """The act with these members, signed: the note that goes into the log."""
    text = text_of(members)
    if isinstance(text, Refused):
        return text
    line = note.signature_line(text, signer)
    return line if isinstance(line, Refused) else assemble(text, line)


def assemble(text: bytes, signature: SignatureLine) -> bytes | Refused:
    """The act of a text and its author's signature line, made elsewhere; the signature is not verified here."""
    whole = note.build(text, signature)
    if isinstance(whole, Refused):
        return whole
    act = parse(whole)
    return act if isinstance(act, Refused) else whole


def parse(data: bytes) -> Act | Refused:
    """Read an act's form: the bytes themselves are canonical, and there is exactly one signature line."""
    if len(data) > MAX_BYTES:
        return _too_long(len(data))
    head, parting, tail = data.partition(_PARTING)
    if not head.startswith(HEADER) or not parting or not tail.endswith(b"\n"):
        return _malformed(
            "header, members and signature line are needed: copy the whole act, its last newline included"
        )
    # Newlines within: none in canonical JSON, none in a signature line. So there are two lines and one signature.
    signature = note.parse_signature(tail[:-1])
    if isinstance(signature, Refused):
        return signature
    members = canonical.decode(head[len(HEADER) :])
    if isinstance(members, Refused):
        return members
    if not isinstance(members, dict):
        return _malformed("the second line of an act is a JSON object, not another value: put the members in one")
    return check_members(members) or Act(data, head + b"\n", members, signature)


def verify(act: Act, known: Known) -> VerifierKey | Refused:
    """Check an act's signature; gives the key that made it. Whether that key may act for the author is not asked."""
    line = act.signature
    key = known.get((line.name, line.key_id))
    if key is None or key.kind != ED25519:
        rule = "corfu/act/v1: an act is signed by an enrolled key"
        return Refused("act.key", rule, f"no known key {excerpt(line.name)} has signed this act: ask for its enrolment")
    return key if keys.verify(key.point, act.text, line.signature) else note.wrong_signature(line.name)


def admit(act: Act) -> Refused | None:
    """Check what a log asks before it lets an act in, beyond form and signature.

    Member names are short, lower-case and ASCII; none of them is for what is known of a person; every character is
    assigned in Unicode.
    """
    return _check_door(act.members, act.text[len(HEADER) : -1])


def lists_documents(members: Mapping[str, object]) -> bool:
    """Whether the documents that an act commits to, and those that it erases, are listed in their form."""
    erased = members.get("commitments") if members["act"] == ERASE else []
    return _are_documents(members.get("documents", [])) and _are_hashes(erased)


def _are_hashes(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(one, str) and _is_hash(one) for one in values)


def _are_documents(documents: object) -> bool:
    return isinstance(documents, list) and all(map(_is_document, documents))


def _is_document(one: object) -> bool:
    if not isinstance(one, dict) or not _NEEDED <= one.keys() <= _DOCUMENT:
        return False
    return all(isinstance(value, str) for value in one.values()) and _is_hash(one["commitment"]) is not None


def check_members(members: Mapping[str, object]) -> Refused | None:
    """Check the members that every act has."""
    try:
        seen, prev, at = members["seen"], members["prev"], members["at"]
        root = seen["root"]  # type: ignore[index]
        fields = (members["act"], at, members["author"], members["id"], members["log"], prev, root)
        together = "\n".join(fields if prev is not None else (*fields[:5], _EMPTY_ROOT, root))  # type: ignore[arg-type]
        if _ALL.fullmatch(together):
            datetime.fromisoformat(at)  # type: ignore[arg-type]
            return _check_seen(seen)  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError):  # one is missing, is not text, or is a date that no calendar has
        pass
    return _which_member(members)


def _check_seen(seen: Mapping[str, object]) -> Refused | None:
    size = seen.get("size")
    if len(seen) != 2 or type(size) is not int or size < 0:
        return _malformed("the member seen has two members, root and size, and the size is a whole number, 0 or more")
    if size == 0 and seen["root"] != _EMPTY_ROOT:
        return _malformed("the member seen.root of an empty tree is SHA-256() in base64")
    return None


def _which_member(members: Mapping[str, object]) -> Refused:
    """Name the first member that is missing or not in its form."""
    if missing := RESERVED - members.keys():
        return _malformed(f"the act lacks the members {', '.join(sorted(missing))}: add them")
    seen = members["seen"]
    if not isinstance(seen, dict) or "root" not in seen:
        return _malformed("the member seen has two members, root and size")
    for name, (form, meaning) in _FORMS.items():
        value = seen["root"] if name == "root" else members[name]
        if (value is not None or name != "prev") and not (isinstance(value, str) and re.fullmatch(form, value)):
            return _malformed(
                f"the member {'seen.root' if name == 'root' else name} is {meaning}, not {excerpt(value)}"
            )
    return _malformed(f"the member at is an instant of the calendar, not {excerpt(members['at'])}")


def _check_door(members: Mapping[str, object], line: bytes) -> Refused | None:
    names = list(canonical.member_names(members))
    if not _MEMBERS.fullmatch("\n".join(names)) or not PERSONAL.isdisjoint(names):
        return _which_name(names)
    return check_assigned(line.decode(errors="replace"))


def _which_name(names: Iterable[str]) -> Refused:
    if found := sorted(PERSONAL.intersection(names)):
        rule = "corfu/act/v1: what is known of a person lives in documents, never in clear members"
        return Refused("act.person", rule, f"the member {found[0]} says who somebody is: commit to a document instead")
    bad = next(name for name in names if not _MEMBERS.fullmatch(name) or "\n" in name)
    rule = "corfu/act/v1: member names are up to 64 of a-z 0-9 _, a letter first"
    return Refused("act.member", rule, f"{excerpt(bad)} cannot be the name of a member: choose another")


def _too_long(size: int) -> Refused:
    rule = f"tlog-tiles: an entry has at most {MAX_BYTES:,} bytes, its signature included"
    return Refused("act.size", rule, f"this act has {size:,} bytes: put long text in a document and commit to it")


def _malformed(detail: str) -> Refused:
    return Refused("act.form", "corfu/act/v1", detail)
