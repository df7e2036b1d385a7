"""Bundles: all that a reader needs to check a log offline, as one zip (`corfu.record.zipped`).

    checkpoint            signed note: the log's signature, and cosignatures
    keys                  "log <vkey>" on the first line, then "witness <vkey>" for each witness
    tile/…                hash tiles, all levels, and entry bundles, as tlog-tiles names them
    documents/<64 hex>    32 bytes of salt, then the document; the name is the commitment in hex
    README.txt  corfu-verify.py  verify.html      for people; checked by nobody

No other names. What `read` gives is whole and within limits; whether it is true is for `corfu.record.verify`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from corfu.record import commitment, keys, tiles, tree, zipped
from corfu.record.keys import COSIGNATURE_V1, ED25519, VerifierKey
from corfu.record.refusal import Refused
from corfu.record.tiles import ENTRIES, WIDTH, Tile
from corfu.record.wire import HASH_SIZE
from corfu.record.zipped import RULE, Member

FOR_PEOPLE: Final = ("README.txt", "corfu-verify.py", "verify.html")
MAX_DOCUMENT: Final = 0x1000_0000
MAX_KEYS: Final = 100

_LIMITS: Final = {"checkpoint": 1_000_000, "keys": 100_000, **dict.fromkeys(FOR_PEOPLE, 0x100_0000)}
_DOCUMENT: Final = re.compile(r"documents/[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Bundle:
    """What stands in a bundle, nothing of it verified.

    `tiles`: hash tiles and entry bundles by path. `committed`: for each document, by its name's 32 bytes, what its salt
    and words do commit to, or None where there is no room for a salt. `for_people`: which files for people it holds.
    """

    checkpoint: bytes
    log: VerifierKey
    witnesses: tuple[VerifierKey, ...]
    tiles: Mapping[str, bytes]
    committed: Mapping[bytes, bytes | None]
    for_people: tuple[str, ...]
    files: int
    _data: bytes
    _members: Mapping[str, Member]

    def document(self, name: bytes) -> tuple[bytes, bytes] | Refused | None:
        """Salt and document of a commitment, read anew; None where the bundle lacks it."""
        member = self._members.get(f"documents/{name.hex()}")
        whole = None if member is None else zipped.unfold(self._data, member)
        if whole is None or isinstance(whole, Refused):
            return whole
        return whole[: commitment.SALT_SIZE], whole[commitment.SALT_SIZE :]


def read(data: bytes) -> Bundle | Refused:
    """Read a bundle: every file is unfolded and its checksum compared; documents are not kept in memory."""
    members = zipped.members(data)
    if isinstance(members, Refused):
        return members
    limits = _limits(members)
    problem = limits if isinstance(limits, Refused) else zipped.check_sizes(members, limits)
    if problem is not None:
        return problem
    files: dict[str, bytes] = {}
    committed: dict[bytes, bytes | None] = {}
    for member in members:
        content = zipped.unfold(data, member)
        if isinstance(content, Refused):
            return content
        if member.name.startswith("documents/"):
            committed[bytes.fromhex(member.name[10:])] = _commits_to(content)
        else:
            files[member.name] = content
    return _parts(files, committed, data, {member.name: member for member in members})


def _parts(
    files: dict[str, bytes], committed: dict[bytes, bytes | None], data: bytes, members: dict[str, Member]
) -> Bundle | Refused:
    for name in ("checkpoint", "keys"):
        if name not in files:
            return missing(name)
    found = parse_keys(files["keys"])
    if isinstance(found, Refused):
        return found
    log, *witnesses = found
    stored = {name: content for name, content in files.items() if name.startswith("tile/")}
    people = tuple(name for name in FOR_PEOPLE if name in files)
    return Bundle(
        files["checkpoint"], log, tuple(witnesses), stored, committed, people, len(members), data, members
    )  # fmt: skip


def _limits(members: Sequence[Member]) -> dict[str, int] | Refused:
    """How many bytes each file may have; refused if a name is bad, foreign or stands twice."""
    limits: dict[str, int] = {}
    for name in (member.name for member in members):
        if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
            detail = f"the file {name[:48]!a} would be put outside its folder: do not unpack it"
            return Refused("bundle.path", RULE, detail)
        if name in limits:
            return Refused("bundle.twice", RULE, f"the file {name[:48]!a} stands in it twice: ask for another bundle")
        limit = _limit(name)
        if limit is None:
            return foreign(name)
        limits[name] = limit
    return limits


def _limit(name: str) -> int | None:
    """The largest size of a file by its name; None where no such file belongs in a bundle."""
    if name in _LIMITS:
        return _LIMITS[name]
    if _DOCUMENT.fullmatch(name):
        return MAX_DOCUMENT
    tile = tiles.parse_path(name)
    if isinstance(tile, Refused):
        return None
    return WIDTH * (2 + tiles.MAX_ENTRY if tile.level == ENTRIES else HASH_SIZE)


def parse_keys(data: bytes) -> list[VerifierKey] | Refused:
    """The keys of the file `keys`: the log's, then the witnesses'."""
    try:
        lines = data.decode().split("\n")
    except UnicodeDecodeError:
        return _bad_keys()
    if lines.pop() or not 0 < len(lines) <= MAX_KEYS:
        return _bad_keys()
    found: list[VerifierKey] = []
    for line in lines:
        label, kind = ("witness ", COSIGNATURE_V1) if found else ("log ", ED25519)
        key = keys.parse_vkey(line.removeprefix(label)) if line.startswith(label) else None
        if key is None or isinstance(key, Refused) or key.kind != kind:
            return _bad_keys()
        if (key.name, key.key_id) in {(one.name, one.key_id) for one in found}:
            return _bad_keys()
        found.append(key)
    return found


def keys_file(log: VerifierKey, witnesses: Sequence[VerifierKey] = ()) -> bytes:
    """The file `keys`."""
    lines = [f"log {log.vkey}", *(f"witness {one.vkey}" for one in witnesses)]
    return "".join(f"{line}\n" for line in lines).encode()


def make(
    entries: Sequence[bytes],
    checkpoint: bytes,
    log: VerifierKey,
    witnesses: Sequence[VerifierKey] = (),
    documents: Mapping[bytes, tuple[bytes, bytes]] | None = None,
    for_people: Mapping[str, bytes] | None = None,
) -> bytes | Refused:
    """A bundle of a whole log.

    `checkpoint`: the signed note over these entries, with no signatures but those of `log` and `witnesses`.
    `documents`: salt and document by commitment (32 bytes). `for_people`: those of FOR_PEOPLE to put in.
    """
    stored = tiles_of(entries)
    if isinstance(stored, Refused):
        return stored
    files = {"checkpoint": checkpoint, "keys": keys_file(log, witnesses), **stored, **(for_people or {})}
    files |= {f"documents/{name.hex()}": salt + words for name, (salt, words) in (documents or {}).items()}
    made = zipped.write(files)
    again = made if isinstance(made, Refused) else read(made)
    return again if isinstance(again, Refused) else made


def tiles_of(entries: Sequence[bytes]) -> dict[str, bytes] | Refused:
    """All hash tiles and entry bundles of a log, by path."""
    leaves = [tree.leaf_hash(entry) for entry in entries]
    stored = {tile.path: data for tile, data in tiles.make_tiles(leaves).items()}
    for tile in entry_tiles(len(entries)):
        packed = tiles.pack_entries(entries[tile.index * WIDTH : tile.index * WIDTH + tile.width])
        if isinstance(packed, Refused):
            return packed
        stored[tile.path] = packed
    return stored


def entry_tiles(size: int) -> Iterator[Tile]:
    """The entry bundles of a log of `size` entries."""
    for index in range(-(-size // WIDTH)):
        yield Tile(ENTRIES, index, min(WIDTH, size - index * WIDTH))


def check_files(stored: Mapping[str, bytes], size: int) -> Refused | None:
    """Check that there are exactly the tiles of a tree of `size`, which may be a hostile number."""
    wanted: set[str] = set()
    for kind in (entry_tiles(size), tiles.tiles_of(size)):
        for tile in kind:
            if tile.path not in stored:  # so it ends early: no bundle holds more than some ten thousand files
                return missing(tile.path)
            wanted.add(tile.path)
    extra = sorted(stored.keys() - wanted)
    return foreign(extra[0]) if extra else None


def missing(name: str) -> Refused:
    """The refusal of a bundle that lacks a file."""
    return Refused("bundle.missing", RULE, f"the file {name[:48]!a} is missing: ask for the whole bundle")


def foreign(name: str) -> Refused:
    """The refusal of a bundle that holds a file which does not belong."""
    detail = f"the file {name[:48]!a} does not belong in it: ask for the bundle as the log made it"
    return Refused("bundle.foreign", RULE, detail)


def _commits_to(content: bytes) -> bytes | None:
    salt, words = content[: commitment.SALT_SIZE], content[commitment.SALT_SIZE :]
    found = commitment.commit(words, salt)
    return None if isinstance(found, Refused) else found


def _bad_keys() -> Refused:
    detail = "the file keys has not the log's key and then witnesses' keys, each in its form and once"
    return Refused("bundle.keys", RULE, detail)
