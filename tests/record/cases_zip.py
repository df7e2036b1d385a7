"""Zips that are no bundles: damaged, hostile, or with other files than a bundle has."""

import struct
from collections.abc import Callable

from tests.record.logs import Log, pack

Make = Callable[[], bytes]


def cases(log: Callable[[], Log]) -> dict[str, Make]:
    """Every one of them is refused as a whole: nobody looks further."""

    def files(**more: bytes) -> dict[str, bytes]:
        return {**log().files(), **more}

    return {f"bundle: {name}": make for name, make in {**_shapes(log), **_names(files), **_sizes(files)}.items()}


def _shapes(log: Callable[[], Log]) -> dict[str, Make]:
    def whole() -> bytes:
        return log().bundle

    return {
        "nothing": lambda: b"",
        "not a zip": lambda: b"This is a letter.\n" * 40,
        "a short text": lambda: b"PK\5\6",
        "cut short": lambda: whole()[:-200],
        "cut in half": lambda: whole()[: len(whole()) // 2],
        "the last byte missing": lambda: whole()[:-1],
        "something after it": lambda: whole() + b"\n",
        "something before it": lambda: b"#!/bin/sh\n" + whole(),
        "a comment": lambda: whole()[:-2] + b"\2\0hi",
        "an empty zip": lambda: pack([]),
        "encrypted": lambda: _patched(whole(), "keys", flags=1),
        "with a data descriptor": lambda: _patched(whole(), "keys", flags=8),
        "packed by an unknown method": lambda: _patched(whole(), "keys", method=12),
        "a checksum that is false": lambda: _patched(whole(), "keys", crc=7),
        "a size too small": lambda: _patched(whole(), "keys", size=100),
        "a size too large": lambda: _patched(whole(), "keys", size=1000),
        "two lists that differ": lambda: _patched(whole(), "keys", local=False, crc=7),
        "two headers whose flags differ": lambda: _patched(whole(), "keys", local=False, flags=0x0800),
        "a name longer than the list": lambda: _patched(whole(), "tile/entries/000.p/40", named=1000),
        "a byte order mark before a name": lambda: _renamed(log().files(), "keys", "\ufeffkeys"),
        "one file's bytes for two": lambda: _overlapping(whole()),
        "a file that the list does not name": lambda: _unlisted(whole()),
        "a damaged stream": lambda: _damaged(whole(), "keys"),
        "many disks": lambda: whole()[:-18] + b"\1\0" + whole()[-16:],
        "zip64": lambda: whole()[:-14] + b"\xff\xff\xff\xff" + whole()[-10:],
        "a list beyond 4 GB": lambda: whole()[:-6] + b"\xff\xff\xff\xff" + whole()[-2:],
    }


def _names(files: Callable[..., dict[str, bytes]]) -> dict[str, Make]:
    names = {
        "an absolute path": "/etc/passwd",
        "a path upwards": "../../home/x",
        "a path upwards, deeper": "documents/../../x",
        "a path with backslashes": "..\\x",
        "a drive": "C:x",
        "a file too many": "notes.txt",
        "a folder": "tile/",
        "a name that is none": "",
        "another spelling of a tile": "tile/0/x000/000",
        "a tile of level 64": "tile/64/000",
        "a tile beyond 2^63": "tile/0/x999/x999/x999/x999/x999/999",
        "the first tile beyond 2^63": "tile/entries/x036/x028/x797/x018/x963/968",
        "a tile too many": "tile/3/000.p/1",
        "a narrower tile": "tile/0/000.p/39",
        "a tile of no width": "tile/0/000.p/0",
        "a document in capitals": "documents/" + "AB" * 32,
        "a document with an ending": "documents/" + "ab" * 32 + ".txt",
        "a name of another script": "документ",
    }
    made: dict[str, Make] = {name: _adding(files, path) for name, path in names.items()}
    for path in ("checkpoint", "keys", "tile/0/000.p/40", "tile/entries/000.p/40"):
        made[f"{path} missing"] = _lacking(files, path)
    made["a tile beyond 2^63, the checkpoint false too"] = lambda: pack(
        files(checkpoint=b"", **{"tile/0/x999/x999/x999/x999/x999/999": b"x"}).items()
    )
    made["a name twice"] = lambda: pack([*files().items(), ("keys", files()["keys"])])
    made["a document twice"] = lambda: pack([*files().items(), *list(files().items())[1:2]])
    return made | {f"keys: {name}": _with_keys(files, change) for name, change in KEYS.items()}


KEYS: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "not ended": lambda data: data[:-1],
    "an empty line": lambda data: data + b"\n",
    "no log": lambda data: data.partition(b"\n")[2],
    "two logs": lambda data: data.partition(b"\n")[0] + b"\n" + data,
    "a witness twice": lambda data: data + data.split(b"\n")[1] + b"\n",
    "a key changed": lambda data: data.replace(b"+A", b"+B", 1),
    "not UTF-8": lambda data: data.replace(b"corfu", b"corf\xff", 1),
    "another label": lambda data: data.replace(b"witness ", b"wizness "),
    "two spaces": lambda data: data.replace(b"log ", b"log  ", 1),
    "spaces at the end": lambda data: data.replace(b"\n", b" \n"),
    "carriage returns": lambda data: data.replace(b"\n", b"\r\n"),
}


def _with_keys(files: Callable[..., dict[str, bytes]], change: Callable[[bytes], bytes]) -> Make:
    return lambda: pack(files(keys=change(files()["keys"])).items())


def _adding(files: Callable[..., dict[str, bytes]], path: str) -> Make:
    return lambda: pack([*files().items(), (path, b"x" * 32)])


def _lacking(files: Callable[..., dict[str, bytes]], path: str) -> Make:
    return lambda: pack((name, data) for name, data in files().items() if name != path)


def _sizes(files: Callable[..., dict[str, bytes]]) -> dict[str, Make]:
    bomb = "documents/" + "ab" * 32
    return {
        "a bomb": lambda: pack(files(**{bomb: bytes(10_000_000)}).items()),
        "a bomb that says it is none": lambda: _patched(
            pack(files(**{bomb: bytes(20_000_000)}).items()), bomb, size=999_999
        ),
        "a tile that is too large": lambda: pack(files(**{"tile/0/000.p/40": bytes(9000)}).items()),
        "a checkpoint that is too large": lambda: pack(files(checkpoint=b"x\n" * 600_000).items(), 0),
        "keys that are too large": lambda: pack(files(keys=b"log x\n" * 20_000).items()),
        "a document that would be too large": lambda: _patched(
            pack(files(**{bomb: b"x" * 9}).items()), bomb, size=0x1000_0001
        ),
        "files that would be too large together": lambda: _many(files()),
    }


def _many(files: dict[str, bytes]) -> bytes:
    """Twenty documents, each said to be of 250 MB."""
    names = ["documents/" + f"{number:064x}" for number in range(20)]
    data = pack([*files.items(), *((name, bytes(range(256)) * 12_000) for name in names)], 0)
    for name in names:
        data = _patched(data, name, size=250_000_000)
    return data


def _patched(data: bytes, name: str, *, local: bool = True, **fields: int) -> bytes:
    """A zip whose headers say something else of one file: flags, method, crc, size, the length of its name."""
    places = {
        "flags": (8, 6, "<H"),
        "method": (10, 8, "<H"),
        "crc": (16, 14, "<L"),
        "size": (24, 22, "<L"),
        "named": (28, 26, "<H"),
    }
    central = _central(data, name)
    start = int.from_bytes(data[central + 42 : central + 46], "little")
    made = bytearray(data)
    for field, value in fields.items():
        at_central, at_local, form = places[field]
        struct.pack_into(form, made, central + at_central, value)
        if local:
            struct.pack_into(form, made, start + at_local, value)
    return bytes(made)


def _central(data: bytes, name: str) -> int:
    """Where the list at the end speaks of a file."""
    at = int.from_bytes(data[-6:-2], "little")
    while data[at + 46 : at + 46 + int.from_bytes(data[at + 28 : at + 30], "little")] != name.encode():
        at += 46 + sum(struct.unpack("<3H", data[at + 28 : at + 34]))
    return at


def _renamed(files: dict[str, bytes], old: str, new: str) -> bytes:
    return pack((new if name == old else name, data) for name, data in files.items())


def _damaged(data: bytes, name: str) -> bytes:
    central = _central(data, name)
    start = int.from_bytes(data[central + 42 : central + 46], "little") + 30 + len(name)
    return data[:start] + bytes([data[start] ^ 0xFF]) + data[start + 1 :]


def _overlapping(data: bytes) -> bytes:
    """The list names a second file, whose bytes are those of the first."""
    place = int.from_bytes(data[-6:-2], "little")
    first = data[place : place + 46 + len("checkpoint")]
    assert first.endswith(b"checkpoint")
    listed = first[:-10] + b"README.txt" + data[place:-22]
    files = int.from_bytes(data[-14:-12], "little") + 1
    return data[:place] + listed + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, files, files, len(listed), place, 0)


def _unlisted(data: bytes) -> bytes:
    """Bytes between the last file and the list."""
    place = int.from_bytes(data[-6:-2], "little")
    return data[:place] + b"hidden" + data[place:-6] + struct.pack("<LH", place + 6, 0)
