"""Zip files, read strictly, in memory: no reader of a bundle may see other files in it than another reader.

Of PKWARE's APPNOTE.TXT we accept the plainest form. The files stand one after the other from the first byte on, in the
order of the central directory, which follows at once; the end record (22 bytes, no comment) ends the zip. One disk, no
zip64, no encryption, no data descriptors; each file stored or deflated, its local header saying what the directory
says. Extra fields and times are passed over. Nothing is unfolded beyond the size that the directory gives.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final, NamedTuple

from corfu.record.refusal import Refused

MAX_BYTES: Final = 0xFFFF_FFFE
"""The largest zip, and the most that all its files may unfold to: above it zip64 would be needed."""
MAX_FILES: Final = 0xFFFE
MAX_RATIO: Final = 100
"""What deflating may have saved at most in a file of a megabyte or more; beyond it is a bomb."""

RULE: Final = "corfu bundle: a plain zip of known files, each within its limit"

_END: Final = struct.Struct("<4s4H2LH")
_ENTRY: Final = struct.Struct("<4s6H3L5H2L")
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_MEGABYTE: Final = 1_000_000
_STORED: Final = 0
_DEFLATED: Final = 8
_HARMLESS: Final = 0x0806  # how hard the packer tried, and that names are UTF-8
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)


class Member(NamedTuple):
    """One file of a zip. `start`: where its `packed` bytes begin; `size`: how many they unfold to."""

    name: str
    start: int
    packed: int
    size: int
    method: int
    crc: int


def members(data: bytes) -> list[Member] | Refused:
    """The files of a zip in their order; nothing is unfolded yet, and names are not judged."""
    if len(data) > MAX_BYTES:
        return too_large()
    if len(data) < _END.size:
        return _not_whole()
    mark, disk, first_disk, here, files, length, directory, comment = _END.unpack(data[-_END.size :])
    if mark != b"PK\5\6" or comment:
        return _not_whole()
    if files > MAX_FILES or max(length, directory) > MAX_BYTES:
        return too_large()
    if disk or first_disk or here != files or directory + length + _END.size != len(data):
        return _not_whole()
    return _listed(data, files, directory, len(data) - _END.size)


def _listed(data: bytes, files: int, at: int, end: int) -> list[Member] | Refused:
    """Walk the central directory and, beside it, the local headers."""
    found: list[Member] = []
    directory, local = at, 0
    for _ in range(files):
        if at + _ENTRY.size > end:
            return _not_whole()
        mark, _, _, flags, method, _, _, crc, packed, size, named, extra, comment, *_, offset = _ENTRY.unpack_from(
            data, at
        )
        raw = data[at + _ENTRY.size : at + _ENTRY.size + named]
        name = raw.decode("utf-8", "replace")
        at += _ENTRY.size + named + extra + comment
        if mark != b"PK\1\2" or offset != local:
            return _not_whole()
        if refused := _check_method(name, flags, method):
            return refused
        start = _local_start(data, local, directory, (flags, method, crc, packed, size), raw)
        if start is None or start + packed > directory:
            return _not_whole()
        found.append(Member(name, start, packed, size, method, crc))
        local = start + packed
    return found if (at, local) == (end, directory) else _not_whole()


def _local_start(data: bytes, at: int, end: int, said: tuple[int, ...], raw: bytes) -> int | None:
    """Where a file's bytes begin, if its local header says of it what the directory says."""
    if at + _LOCAL.size > end:
        return None
    mark, _, flags, method, _, _, crc, packed, size, named, extra = _LOCAL.unpack_from(data, at)
    name = data[at + _LOCAL.size : at + _LOCAL.size + named]
    same = (mark, (flags, method, crc, packed, size), name) == (b"PK\3\4", said, raw)
    return at + _LOCAL.size + named + extra if same else None


def check_sizes(found: list[Member], limits: Mapping[str, int]) -> Refused | None:
    """Refuse what is larger than its limit (by name), bombs, and a zip that would fill the memory."""
    for member in found:
        if member.size > limits[member.name] or (member.size >= _MEGABYTE and member.size > MAX_RATIO * member.packed):
            beyond = f"more than its kind may have or {MAX_RATIO} times its size"
            detail = f"the file {member.name[:48]!a} would unfold to {member.size} bytes, {beyond}"
            return Refused("bundle.bomb", RULE, detail)
    return too_large() if sum(member.size for member in found) > MAX_BYTES else None


def unfold(data: bytes, member: Member) -> bytes | Refused:
    """The bytes of one file, which are exactly as many as the directory says, with its checksum."""
    raw = data[member.start : member.start + member.packed]
    if member.method == _DEFLATED:
        inflate = zlib.decompressobj(-15)
        try:
            raw = inflate.decompress(raw, member.size + 1)
        except zlib.error:
            return _damaged(member.name)
        if not inflate.eof or inflate.unused_data or inflate.unconsumed_tail:
            return _damaged(member.name)
    return raw if len(raw) == member.size and zlib.crc32(raw) == member.crc else _damaged(member.name)


def write(files: Mapping[str, bytes]) -> bytes | Refused:
    """A zip of these files: sorted names, fixed times, so that the same files give the same bytes with the same zlib.

    Hashes and salts do not deflate; what does is deflated, unless it would look like a bomb.
    """
    if len(files) > MAX_FILES or sum(256 + len(data) for data in files.values()) > MAX_BYTES:  # 256: the two headers
        return too_large()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _EARLIEST)
            info.create_system, info.external_attr = 3, 0o644 << 16  # whatever system writes it: the same bytes
            info.compress_type = _method(files[name])
            archive.writestr(info, files[name], compresslevel=6)
    return made.getvalue()


def _method(data: bytes) -> int:
    packed = len(zlib.compress(data, 6))
    return _DEFLATED if packed < len(data) < MAX_RATIO // 2 * packed else _STORED


def _check_method(name: str, flags: int, method: int) -> Refused | None:
    if not flags & ~_HARMLESS and method in {_STORED, _DEFLATED}:
        return None
    odd = "is encrypted or oddly packed: ask for another"
    return Refused("bundle.method", RULE, f"the file {name[:48]!a} {odd}")


def too_large() -> Refused:
    """The refusal of a zip that would need zip64."""
    detail = "this bundle has more than 4 GB or 65,534 files: ask for one with fewer documents"
    return Refused("bundle.size", RULE, detail)


def _not_whole() -> Refused:
    detail = "this is not a whole zip: it is cut short, damaged, or something was added, so fetch it again"
    return Refused("bundle.zip", RULE, detail)


def _damaged(name: str) -> Refused:
    return Refused("bundle.damaged", RULE, f"the file {name[:48]!a} is damaged: fetch the bundle again")
