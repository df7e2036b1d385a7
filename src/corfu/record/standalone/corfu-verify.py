#!/usr/bin/env python3
"""Check a bundle of a Corfu log, offline: `python3 corfu-verify.py BUNDLE [--since CHECKPOINT] [--key VKEY] [--json]`.

Needs Python 3.9 or later and PyNaCl (`pip install pynacl`), nothing else, and no network. Reads what is named, writes
nothing. Exit code 0: everything is true; 1: something is false, the first such thing is named; 2: cannot be read.
Written apart from the program that makes bundles. Begin below, with `audit`: it has the checks in their order. The
formats are published: signed-note, tlog-checkpoint, tlog-tiles, tlog-cosignature and tlog-proof at c2sp.org; the
tree's hashes in RFC 6962, section 2.1; canonical JSON in RFC 8785; Ed25519 in RFC 8032.
"""

from __future__ import annotations

# ruff: noqa: B905, DTZ007, EXE001, N999, UP014, UP035 - one file for Python 3.9 must not be as new and long as the rest
import argparse
import json
import re
import struct
import sys
import unicodedata
import zlib
from base64 import b64decode, b64encode
from collections import Counter
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Callable, Iterator, NamedTuple

from nacl.bindings import crypto_core_ed25519_is_valid_point
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

HUGE = 2**63 - 1
EMPTY = sha256().digest()
NAME = re.compile(r"[^\s+\x00-\x1f\ud800-\udfff]+")
DOCUMENT = {"commitment", "lang", "layer", "type"}
Id = tuple[str, bytes]  # of a key: its name and the first bytes of its hash, as they stand before a signature
Key = NamedTuple("Key", [("id", Id), ("point", bytes), ("text", str)])
Head = NamedTuple("Head", [("origin", str), ("size", int), ("root", bytes), ("text", bytes), ("signed", list[Any])])
NOBODY = Key(("", b""), b"", "")
Act = NamedTuple("Act", [("says", dict[str, Any]), ("text", bytes), ("by", Id), ("signature", bytes)])


class Wrong(Exception):
    """The first false thing: of which sort, why; at which entry, of which kind, where it has them."""


def require(what: str, true: object, why: str, index: int | None = None, kind: str | None = None) -> None:
    """Go on only if something is true."""
    if not true:
        rule = " (rule: corfu bundle: a plain zip of known files, each within its limit)." if what == "bundle" else ""
        raise Wrong(what, why + rule, index, kind)


readable = partial(require, "bundle")


def decode(text: object, size: int = 0) -> bytes:
    """What base64 stands for; nothing if it is not in its one spelling, or not of the size asked for."""
    try:
        data = b64decode(text, validate=True) if isinstance(text, str) else b""
    except ValueError:
        return b""
    return data if b64encode(data).decode() == text and size in (0, len(data)) else b""


def read_key(text: object, kind: int) -> Key | None:
    """Read name+hash+base64(kind, point), kind 1 for signing, 4 for cosigning; None unless sound in all parts."""
    name, number, encoded = [*text.split("+", 2), "", ""][:3] if isinstance(text, str) else ("", "", "")
    data = decode(encoded)
    if len(data) != 33 or data[0] != kind or not NAME.fullmatch(name):
        return None
    hashed = sha256(name.encode() + b"\n" + data).digest()[:4]
    sound = number == hashed.hex() and crypto_core_ed25519_is_valid_point(data[1:])
    return Key((name, hashed), data[1:], str(text)) if sound else None


def read_signature(line: str) -> tuple[Id, bytes] | None:
    """Read the line of a signature after its dash: a name, a space, base64 of the key's hash and the signature."""
    name, _, encoded = line.partition(" ")
    data = decode(encoded)
    return ((name, data[:4]), data[4:]) if len(data) > 4 and NAME.fullmatch(name) else None


def fits(point: bytes, message: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 signature fits."""
    try:
        return len(signature) == 64 and VerifyKey(point).verify(message, signature) is not None
    except (BadSignatureError, ValueError):
        return False


# The zip: only the plainest form, so that no two readers see different files in it.
TOO_LARGE = "This bundle has more than 4 GB or 65,534 files: ask for one with fewer documents"
NOT_WHOLE = "This is not a whole zip: it is cut short, damaged, or something was added, so fetch it again"
FOREIGN = "does not belong in it: ask for the bundle as the log made it"
LIMITS = {"checkpoint": 1_000_000, "keys": 100_000, "README.txt": 2**24, "corfu-verify.py": 2**24, "verify.html": 2**24}
OUTSIDE = re.compile(r"^/|[\\:]|(^|/)\.\.(/|$)")
TILE = r"tile/(?:entries|[0-9]|[1-5][0-9]|6[0-3])/(?:(?!x000)(?:x[0-9]{3}/){1,5})?[0-9]{3}"
PARTIAL = r"(?:\.p/(?:[1-9]|[1-9][0-9]|1[0-9][0-9]|2[0-4][0-9]|25[0-5]))?"


def unzip(data: bytes) -> dict[str, bytes]:
    """All files by name. The list at the end and the headers before each file say the same, and leave no gap."""
    mark, disk, first_disk, here, count, length, place, comment = struct.unpack("<4s4H2LH", data[-22:].rjust(22))
    small = len(data) < 2**32 - 1 and max(length, place) < 2**32 - 1 and count < 0xFFFF
    readable(small or mark != b"PK\5\6", TOO_LARGE)
    ended = (mark, disk, first_disk, here, comment) == (b"PK\5\6", 0, 0, count, 0)
    readable(ended and place + length + 22 == len(data), NOT_WHOLE)
    at, start, total, files = place, 0, 0, dict[str, bytes]()
    for _ in range(count):
        entry, header = data[at : at + 46].ljust(46), data[start : start + 30].ljust(30)
        mark, *said, extra, comment, first = struct.unpack("<4s4x2H4x3L3H8xL", entry)
        local_mark, *local_said, skip = struct.unpack("<4s2x2H4x3L2H", header)
        flags, method, checksum, packed, size, named = said
        raw, begin = data[at + 46 : at + 46 + named], start + 30 + named + skip
        name = raw.decode("utf-8", "replace")
        file = f"The file {name[:48]!a}"
        readable((mark, local_mark, first) == (b"PK\1\2", b"PK\3\4", start) and begin + packed <= place, NOT_WHOLE)
        readable(not flags & ~0x0806 and method in (0, 8), f"{file} is encrypted or oddly packed: ask for another")
        readable((local_said, data[start + 30 : start + 30 + named]) == (said, raw), NOT_WHOLE)
        readable(not OUTSIDE.search(name), f"{file} would be put outside its folder: do not unpack it")
        readable(name not in files, f"{file} stands in it twice: ask for another bundle")
        readable(limit_of(name), f"{file} {FOREIGN}")
        within = size <= limit_of(name) and (size < 1_000_000 or size <= 100 * packed)
        readable(within, f"{file} would unfold to {size} bytes, more than its kind may have or 100 times its size")
        at, start, total = at + 46 + named + extra + comment, begin + packed, total + size
        readable(total < 2**32 - 1, TOO_LARGE)
        stream = zlib.decompressobj(-15)
        try:
            content = stream.decompress(data[begin:start], size + 1) if method else data[begin:start]
        except zlib.error:
            content = b""
        whole = method == 0 or (stream.eof and not stream.unused_data)
        sound = whole and len(content) == size and zlib.crc32(content) == checksum
        readable(sound, f"{file} is damaged: fetch the bundle again")
        files[name] = content
    readable((at, start) == (len(data) - 22, place), NOT_WHOLE)
    return files


def limit_of(name: str) -> int:
    """How large a file of this name may be; 0 if none of this name may be there."""
    if re.fullmatch(TILE + PARTIAL, name) and int(re.sub("[x/]|[.].*", "", name.split("/", 2)[2])) <= HUGE // 256:
        return 256 * (2 + 65_535 if name.startswith("tile/entries/") else 32)
    return 2**28 if re.fullmatch("documents/[0-9a-f]{64}", name) else LIMITS.get(name, 0)


def read_keys(data: bytes) -> list[Key]:
    """The keys of the file `keys`, a line each: the log's first, then those of witnesses."""
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    labels = ["log", *["witness"] * (len(lines) - 2), ""]
    keys = [read_key(line.partition(" ")[2], 4 if number else 1) for number, line in enumerate(lines[:-1])]
    found = {key.id: key for key in keys if key}
    sound = [line.partition(" ")[0] for line in lines] == labels and 0 < len(found) == len(keys) <= 100
    why = "The file keys has not the log's key and then witnesses' keys, each in its form and once"
    readable(sound and lines[-1] == "", why)
    return list(found.values())


# The checkpoint: the head of the log's tree, signed by the log, cosigned by witnesses.
def read_head(note: bytes, log: Key) -> Head:
    """Read a signed checkpoint: lines, an empty line, signature lines; and check the log's signature."""
    text, empty, tail = note.decode("utf-8", "surrogateescape").rpartition("\n\n")
    lines, signed = text.split("\n"), tail[:-1].split("\n")
    found = [read_signature(line[2:]) for line in signed if line[:2] == "— "]
    signatures = [one for one in found if one]
    odd = len(note) > 1_000_000 or re.search(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]", text + tail) or not empty
    odd = odd or tail[-1:] != "\n" or not len(signatures) == len(signed) <= 100 or len(lines) < 3 or "" in lines
    odd = odd or not re.fullmatch("0|[1-9][0-9]{0,18}", lines[1]) or int(lines[1]) > HUGE or not decode(lines[2], 32)
    odd = odd or (lines[1] == "0" and decode(lines[2]) != EMPTY)
    require("checkpoint", not odd, "It is not a signed note of an origin, a size and a root hash (tlog-checkpoint).")
    head = Head(lines[0], int(lines[1]), decode(lines[2]), text.encode() + b"\n", signatures)
    own = [signature for key, signature in signatures if key == log.id]
    why = f"It is not signed by the log's key {log.text[:48]!a} for its origin."
    require("checkpoint", own and head.origin == log.id[0], why)
    true = all(fits(log.point, head.text, signature) for signature in own)
    require("checkpoint", true, "The log's signature does not fit what the checkpoint says.")
    return head


def check_cosignatures(head: Head, log: Key, witnesses: list[Key]) -> int:
    """Check every signature but the log's: no unknown one may stand, or one whose name was changed would pass."""
    points = {witness.id: witness.point for witness in witnesses}
    others = [one for one in head.signed if one[0] != log.id]
    for key, signature in others:
        name = f"{key[0][:48]!a}"
        require("cosignature", key in points, f"The checkpoint is signed by {name}, whose key is not in keys.")
        time = int.from_bytes(signature[:8], "big")
        signed = b"cosignature/v1\ntime %d\n%b" % (time, head.text)
        true = time <= HUGE and fits(points[key], signed, signature[8:])
        require("cosignature", true, f"The cosignature by {name} does not fit the checkpoint.")
    return len({key for key, _ in others})


def tiles_of(size: int) -> Iterator[tuple[int, int, int, str]]:
    """Level, index, width and path of all tiles: level -1 files of entries, 0 of their hashes, 1 of full tiles …"""
    for level in range(-1, 8):
        hashes = size >> 8 * max(level, 0)
        for first in range(0, hashes, 256):
            *groups, last = f"{first // 256:,}".split(",")  # 1234067 is written x001/x234/067
            place = "".join(f"x{group:0>3}/" for group in groups) + f"{last:0>3}"
            width = min(256, hashes - first)
            part = f".p/{width}" if width < 256 else ""
            yield level, first // 256, width, f"tile/{'entries' if level < 0 else level}/{place}{part}"


def check_files(files: dict[str, bytes], size: int) -> None:
    """Check that the tiles are those of such a tree. `size` may be a hostile number: the first missing one ends it."""
    wanted = set()
    for *_, path in tiles_of(size):
        readable(path in files, f"The file {path!a} is missing: ask for the whole bundle")
        wanted.add(path)
    for name in sorted(files.keys() - wanted):
        readable(not name.startswith("tile/"), f"The file {name[:48]!a} {FOREIGN}")
    for level, _, width, path in tiles_of(size):
        held, due = len(files[path]), 32 * width
        require("tree", level < 0 or held == due, f"The file {path} has {held} bytes, not {due}.")


def walk(data: bytes, hashes: bytes, first: int) -> Iterator[bytes]:
    """Read a file of entries, each after its length in two bytes, and compare each with its hash."""
    at = 0
    for index in range(len(hashes) // 32):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        whole = at + 2 <= len(data) and end <= len(data)
        require("tree", whole, "The file of entries ends before this entry does.", first + index)
        entry, at = data[at + 2 : end], end
        if sha256(b"\0" + entry).digest() != hashes[32 * index : 32 * index + 32]:
            act = parse_act(entry)
            raise Wrong("tree", "Its hash is not the one in the log's tree.", first + index, act and act.says["act"])
        yield entry
    require("tree", at == len(data), "A file of entries holds more than its entries.")


def roots_of(hashes: list[bytes]) -> list[bytes]:
    """The root over none of these hashes, the first, the first two, and so on: from a stack of complete subtrees."""
    roots, stack = [EMPTY], list[bytes]()
    for size, node in enumerate(hashes, 1):
        for _ in range((size & -size).bit_length() - 1):
            node = sha256(b"\1" + stack.pop() + node).digest()
        stack.append(node)
        for left in stack[-2::-1]:
            node = sha256(b"\1" + left + node).digest()
        roots.append(node)
    return roots


FORMS = re.compile(
    r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+\n[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-5][0-9]:[0-5][0-9]Z\n"
    r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}\n[A-Za-z0-9][A-Za-z0-9_-]{7,63}\n[^\s+\x00-\x1f]{1,255}"
)
LAST = "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
FORBIDDEN = re.compile(f"\\\\|[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef{LAST}]")


def parse_act(entry: bytes) -> Act | None:
    """Read an act: `corfu/act/v1`, a line of canonical JSON, an empty line, a signature line."""
    head, dash, tail = entry.decode("utf-8", "surrogateescape").partition("\n\n— ")
    mark, _, line = head.partition("\n")
    signature = read_signature(tail[:-1])
    if len(entry) > 65_535 or mark != "corfu/act/v1" or not dash or tail[-1:] != "\n" or not signature:
        return None
    try:
        says = json.loads(line, parse_float=int, parse_constant=int)  # int() refuses 1.0, 1e3 and NaN
        canonical = written(says, 8) == line and is_normal(line)
        formed = canonical and FORMS.fullmatch("\n".join(says[name] for name in ("act", "at", "author", "id", "log")))
        datetime.strptime(says["at"], "%Y-%m-%dT%H:%M:%SZ")  # refuses what no calendar has
        size, root, prev = says["seen"]["size"], decode(says["seen"]["root"], 32), says["prev"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    seen = len(says["seen"]) == 2 and type(size) is int and size >= 0 and root and (size or root == EMPTY)
    sound = formed and seen and not FORBIDDEN.search(re.sub(r'\\["\\]', "", line))
    return Act(says, (head + "\n").encode(), *signature) if sound and (prev is None or decode(prev, 32)) else None


def is_normal(text: str) -> bool:
    """Whether it is in normal form C. Characters later than Unicode 3.2 combine with none: so all years agree."""
    old = "".join("\0" if unicodedata.ucd_3_2_0.category(one) == "Cn" else one for one in text)
    return unicodedata.is_normalized("NFC", text) or unicodedata.is_normalized("NFC", old)


def written(value: Any, room: int) -> str:
    """JSON as RFC 8785 writes it: no spaces, members sorted by their UTF-16. `room`: how deep it may be nested."""
    if (room == 0 and isinstance(value, (dict, list))) or (isinstance(value, int) and abs(value) >= 2**53):
        raise ValueError
    if isinstance(value, list):
        return "[" + ",".join(written(item, room - 1) for item in value) + "]"
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{written(name, 0)}:{written(value[name], room - 1)}" for name in names) + "}"
    return json.dumps(value, ensure_ascii=False)


class Ledger:
    """What the acts so far have established. `keys`: a key, for whom, and the entry that revoked it."""

    def __init__(self, log: Key, roots: list[bytes]) -> None:
        self.log, self.roots, self.registrar, self.points, self.kinds = log, roots, "", {log.point}, list[str]()
        self.keys: dict[Id, tuple[Key, str, int | None]] = {}
        self.latest: dict[str, tuple[str, int, int]] = {}  # by author: hash, entry, size seen
        self.ids, self.held, self.erased = dict[str, int](), dict[bytes, int](), dict[bytes, int]()

    def add(self, entry: bytes, counts: Counter[str]) -> None:
        """Check the next act, and take it in."""
        index, act = len(self.kinds), parse_act(entry)
        if not act:
            raise Wrong("act", "It is not in the form of an act, to the byte (corfu/act/v1).", index, None)
        says, author = act.says, act.says["author"]
        check = partial(require, index=index, kind=says["act"])
        check("act", says["log"] == self.log.id[0], "It was made for another log.")
        opens = (says["act"] == "log.open") == (index == 0)
        check("act", opens, "The first act opens the log (log.open), and no other does.")
        check("act", says["id"] not in self.ids, f"Its id was used before, by entry {self.ids.get(says['id'])}.")
        check("act", listed(says), "Its documents or commitments are not listed in their form.")
        key = self.signer(act, index, check)
        counts["acts"] += 1
        fit = fits(key.point, act.text, act.signature)
        check("signature", fit, f"The signature by {act.by[0][:48]!a} does not fit what it says.")
        counts["signatures"] += 1
        prev, before, seen = self.latest.get(author, (None, None, 0))
        check("chain", says["prev"] == prev, f"Its author's previous act is entry {before}, which it does not name.")
        counts["chain"] += 1
        size, root = says["seen"]["size"], decode(says["seen"]["root"])
        why = f"Its author had seen {size} entries: more than all, or fewer than before."
        check("seen", seen <= size <= index, why)
        why = f"Its author had seen another log: its {size} entries have another root."
        check("seen", root == self.roots[size], why)
        counts["seen"] += 1
        self.kinds.append(says["act"])
        self.ids[says["id"]] = index
        self.latest[author] = (b64encode(sha256(b"\0" + entry).digest()).decode(), index, size)
        for known, some in zip((self.held, self.erased), listed(says)):
            for one in some:
                known.setdefault(decode(one), index)

    def signer(self, act: Act, index: int, check: Callable[..., None]) -> Key:
        """The key that signs an act, which may do so here. What an act says about keys takes effect after it."""
        says, author, name = act.says, act.says["author"], ascii(act.by[0][:48])
        new, code = read_key(says.get("key"), 1) or NOBODY, says.get("for")
        fresh = new != NOBODY and new.point not in self.points and new.id not in self.keys
        if index == 0:
            fresh = fresh and new.id == act.by and new.id[0] == f"registrar/{author}"
            why = "It does not name a key of the registrar, which signs it, and the log's own."
            check("key", fresh and says.get("log_key") == self.log.text, why)
            self.registrar, code, self.keys[act.by] = author, author, (new, author, None)
        check("key", act.by in self.keys, f"The key {name} was not enrolled before it.")
        key, holder, revoked = self.keys[act.by]
        check("key", revoked is None, f"The key {name} was revoked before it, by entry {revoked}.")
        check("key", holder == author, f"The key {name} was enrolled for {holder[:48]!a}, not for its author.")
        if says["act"] == "key.enrol":
            names = [f"delegation/{code}"] + [f"registrar/{code}"] * (code == self.registrar)
            named = fresh and isinstance(code, str) and new.id[0] in names
            named = named and says.get("custody") in ("delegation", "server")
            why = "It is not by the registrar, or does not say which new key is enrolled, for whom, in what custody."
            check("key", named and author == self.registrar, why)
        if says["act"] == "key.revoke":
            old, holder, revoked = self.keys.get(new.id, (None, "", None))
            sound = old == new and revoked is None and (author == self.registrar or new.id == act.by)
            check("key", sound, "It is not by registrar or holder, or does not name a key that is in force.")
            self.keys[new.id] = (new, holder, index)
        if says["act"] in ("log.open", "key.enrol"):
            self.keys[new.id] = (new, str(code), None)
            self.points.add(new.point)
        return key


def listed(says: dict[str, Any]) -> list[list[str]]:
    """The commitments to documents that an act holds, and those that it erases; nothing if not in their form."""
    documents, erased = says.get("documents", []), says.get("commitments") if says["act"] == "erasure.record" else []
    if not isinstance(documents, list) or not isinstance(erased, list):
        return []
    formed = all(isinstance(one, dict) and {"commitment", "layer"} <= one.keys() <= DOCUMENT for one in documents)
    if not formed or not all(isinstance(text, str) for one in documents for text in one.values()):
        return []
    names = [one["commitment"] for one in documents]
    return [names, erased] if all(decode(one, 32) for one in names + erased) else []


def check_documents(files: dict[str, bytes], ledger: Ledger, counts: Counter[str]) -> None:
    """Check each document, 32 bytes of salt before it, by its name, which is what an act commits to."""
    for path in sorted(name for name in files if name.startswith("documents/")):
        name, file = bytes.fromhex(path[10:]), f"The file {path[:26]}..."
        require("document", name in ledger.held, f"{file} is a document that no act commits to.")
        index = ledger.erased.get(name, ledger.held[name])
        kind, true = ledger.kinds[index], sha256(b"corfu/commitment/v1\n" + files[path]).digest() == name
        require("document", name not in ledger.erased, f"{file} is a document that this act erased.", index, kind)
        require("document", true and len(files[path]) >= 32, f"{file} is not what this act commits to.", index, kind)
        counts["documents"] += 1


def check_receipt(receipt: bytes, entry: bytes, log: Key, witnesses: list[Key]) -> None:
    """Check a receipt (tlog-proof): that this entry is in the log of that key. For whoever imports this file."""
    form = rb"c2sp\.org/tlog-proof@v1\nindex (0|[1-9][0-9]{0,18})\n((?:[^\n]{44}\n)*)\n(.+)"
    found = re.fullmatch(form, receipt, re.DOTALL)
    index, lines, note = found.groups() if found else (b"-1", b"", b"")
    path = [decode(line, 32) for line in lines.decode("ascii", "replace").split("\n")[:-1]]
    head = read_head(note, log)
    check_cosignatures(head, log, witnesses)
    node, number, size, right = sha256(b"\0" + entry).digest(), int(index), head.size, list[bool]()
    while 0 <= number < size > 1:  # from the root to the leaf: in which half it is
        half = 1 << (size - 1).bit_length() - 1
        right.insert(0, number >= half)
        number, size = (number - half, size - half) if number >= half else (number, half)
    for is_right, sibling in zip(right, path):
        node = sha256(b"\1" + sibling + node if is_right else b"\1" + node + sibling).digest()
    true = (number, size, len(path)) == (0, 1, len(right)) and all(path) and node == head.root
    require("tree", true, "The receipt does not lead to the root of its checkpoint.")


def audit(data: bytes, since: bytes | None, key: Key | None, report: dict[str, Any], counts: Counter[str]) -> None:
    """All checks in their order; the first false thing ends them. The report is filled in on the way."""
    files = unzip(data)
    for name in ("checkpoint", "keys"):
        readable(name in files, f"The file {name!a} is missing: ask for the whole bundle")
    log, *witnesses = read_keys(files["keys"])
    log, counts["files"] = key or log, len(files)
    head = read_head(files["checkpoint"], log)
    report.update(origin=head.origin, size=head.size, root=b64encode(head.root).decode())
    counts["checkpoint"] = 1
    counts["cosignatures"] = check_cosignatures(head, log, witnesses)
    check_files(files, head.size)
    entries, counts["entries"] = list[bytes](), 0
    for level, index, _, path in tiles_of(head.size):
        for entry in walk(files[path], files[path.replace("entries", "0")], 256 * index) if level < 0 else ():
            entries.append(entry)
            counts["entries"] += 1
    levels, counts["tiles"] = [[sha256(b"\0" + entry).digest() for entry in entries]], 0
    for level, index, width, path in tiles_of(head.size):
        if level == len(levels):  # each hash is the root of a full tile below
            below = levels[-1]
            levels.append([roots_of(below[at : at + 256])[256] for at in range(0, len(below) - 255, 256)])
        true = level < 0 or files[path] == b"".join(levels[level][256 * index : 256 * index + width])
        require("tree", true, f"The file {path} is not what the entries below it hash to.")
        counts["tiles"] += level >= 0
    roots = roots_of(levels[0])
    require("tree", roots[-1] == head.root, "The entries hash to another root than the checkpoint's.")
    counts.update(acts=0, signatures=0, chain=0, seen=0)
    ledger = Ledger(log, roots)
    for entry in entries:
        ledger.add(entry, counts)
    if since is not None:
        counts["since"] = 0
        try:
            older = read_head(since, log)
        except Wrong as wrong:
            raise Wrong("since", f"The older checkpoint: {wrong.args[1]}", None, None) from None
        why = f"The older checkpoint is of {older.size} entries, more than are here."
        require("since", older.size <= head.size, why)
        why = "The older checkpoint is not of this log's first entries: keep both, they show a fork."
        require("since", older.root == roots[older.size], why)
        counts["since"] = 1
    counts["documents"] = 0
    check_documents(files, ledger, counts)
    absent = {name for name in ledger.held if f"documents/{name.hex()}" not in files}
    kinds = [f"{count} {kind[:48]}" for kind, count in sorted(Counter(ledger.kinds).items())]
    report["not_checked"] = [
        "Whether the keys of log and witnesses are the right ones: compare them with what these publish.",
        "Whether others are shown the same log: compare checkpoints, and keep one for --since.",
        f"Documents that are not here: {len(absent)}, of which {len(absent & ledger.erased.keys())} were erased.",
        "When acts were done: their order is proven, their times are what their authors say.",
        f"What acts mean, and whether rules of procedure allow them: {', '.join(kinds[:20]) or 'there are none'}.",
    ]


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Check a bundle of a Corfu log, offline.")
    parser.add_argument("bundle", metavar="BUNDLE", type=Path)
    parser.add_argument("--since", metavar="CHECKPOINT", type=Path, help="an older checkpoint, which you kept")
    parser.add_argument("--key", metavar="VKEY", help="the log's key, in place of the one in the bundle")
    parser.add_argument("--json", action="store_true", help="the report as JSON")
    options = parser.parse_args()
    counts, key = Counter[str](), read_key(options.key, 1)
    if options.key is not None and not key:
        parser.error("--key is not a key in its form (name+hash+base64): copy it again")
    report: dict[str, Any] = {"corfu_verify": 1, "verdict": 0, "origin": None, "size": None, "root": None}
    report.update(checks=[], false=None, not_checked=[])
    try:
        audit(options.bundle.read_bytes(), options.since and options.since.read_bytes(), key, report, counts)
    except (OSError, MemoryError) as error:
        parser.error(f"a file cannot be read: {str(error) or 'it is too large for the memory of this computer'}")
    except Wrong as wrong:
        what, why, index, act = wrong.args
        report["false"] = {"what": what, "index": index, "act": act, "why": why}
        report["verdict"] = 2 if what == "bundle" else 1
    report["checks"] = [{"what": what, "count": count} for what, count in counts.items()]
    lines = [("VERIFIED", "FALSE", "CANNOT BE READ")[report["verdict"]]]
    if false := report["false"]:
        place = "" if false["index"] is None else f"entry {false['index']} ({str(false['act'])[:48]}), "
        lines.append(f"first false: {place}{false['what']}. {false['why']}")
    lines += [f"{name}: {json.dumps(report[name])}" for name in ("origin", "size", "root") if report["root"]]
    lines += [f"{check['count']:>12} {check['what']}" for check in report["checks"]]
    lines += [f"not checked: {one}" for one in report["not_checked"]]
    sys.stdout.write((json.dumps(report, indent=1) if options.json else "\n".join(lines)) + "\n")
    return int(report["verdict"])


if __name__ == "__main__":
    sys.exit(main())
