"""Every single-byte change of a log of 1,000 acts, tried on both Python verifiers: `python -m tests.record.sweep`; on
verify.html in Chromium: `python -m tests.record.sweep_page`.

A change is judged by the verifier's own function for the part that was changed, for a whole audit each time would take
days: an entry beside its leaf hash, a hash of a tile of level 0 beside its entry, a tile above beside what the entries
hash to, the checkpoint with its signatures, a receipt with its entry. `sampled` does whole audits.

Without options each byte is changed to all its 255 other values; `--bits`: its 8 bits, one at a time, which is what the
tests do. One receipt is treated so; of the 999 others each byte is changed once, to a value drawn at random. Prints a
line for each part and verifier: bytes, changes, accepted.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple

from corfu.record import bundle, verify
from corfu.record.report import Fault
from corfu.record.tiles import Tile
from corfu.record.whole_tree import WholeTree
from tests.record.logs import LOG, WITNESSES, Log, make_log
from tests.record.standalone import load
from tests.record.vectors import got

Judge = Callable[[bytes], bool]
"""Whether a part is accepted."""

BITS = [1 << bit for bit in range(8)]
ALL = list(range(1, 256))


class Count(NamedTuple):
    """What a sweep did."""

    part: str
    verifier: str
    bytes: int
    changes: int
    accepted: int

    def __str__(self) -> str:
        return (
            f"{self.part:<22} {self.verifier:<16} {self.bytes:>8,} bytes {self.changes:>12,} changes"
            f" {self.accepted:>3} accepted"
        )


def tried(data: bytes, masks: Iterable[int], accepts: Judge, span: range | None = None) -> tuple[int, int, int]:
    """Bytes, changes and how many of them were accepted; `span`: which bytes, all without it."""
    assert accepts(data), "unchanged it is accepted, or the sweep would say nothing"
    changed, masks = bytearray(data), list(masks)
    accepted = 0
    places = range(len(data)) if span is None else span
    for at in places:
        for mask in masks:
            changed[at] ^= mask
            accepted += accepts(bytes(changed))
            changed[at] ^= mask
    return len(places), len(places) * len(masks), accepted


class Parts:
    """The parts of one log, and how the package's verifier judges each."""

    name = "corfu verify"

    def __init__(self, log: Log) -> None:
        """The log is good."""
        self.log = log
        self.witnesses = [one.verifier for one in WITNESSES]
        self.whole = WholeTree(log.leaves)
        self.read = got(bundle.read(log.bundle))
        self.receipts = [got(verify.make_receipt(self.whole, log.checkpoint, at)) for at in range(len(log.entries))]

    def checkpoint(self, data: bytes) -> bool:
        """The head with all its signatures."""
        head = verify.check_head(data, LOG.verifier)
        return (
            not isinstance(head, Fault) and verify.check_cosignatures(head.note, LOG.verifier, self.witnesses) is None
        )

    def proof(self, index: int) -> Judge:
        """The receipt of an entry."""
        entry = self.log.entries[index]
        return lambda data: verify.check_receipt(data, entry, LOG.verifier, self.witnesses) is None

    def walk(self, data: bytes, hashes: bytes) -> bool:
        """Entries, each after its length, beside their hashes."""
        return verify.walk(data, hashes, 0, []) is None

    def tile(self, path: str) -> Judge:
        """A tile above level 0."""
        level, _, width = path.removeprefix("tile/").replace("000", "").replace("/.p/", " ").partition(" ")
        tile = Tile(int(level), 0, int(width or 256))
        return lambda data: self.whole.is_tile(tile, data)

    def audit(self, path: str, data: bytes) -> tuple[int, str | None, int | None]:
        """Everything, with one file changed."""
        tiles = {**self.read.tiles, path: data} if path != "checkpoint" else self.read.tiles
        checkpoint = data if path == "checkpoint" else self.read.checkpoint
        report = verify.audit(replace(self.read, tiles=tiles, checkpoint=checkpoint))
        return report.verdict, report.fault and report.fault.what, report.fault and report.fault.index


class Alone(Parts):
    """The same parts, judged by corfu-verify.py."""

    name = "corfu-verify.py"

    @cached_property
    def module(self) -> Any:
        """The file, loaded."""
        return load()

    @cached_property
    def keys(self) -> tuple[Any, list[Any]]:
        """The keys as it reads them."""
        log, *witnesses = self.module.read_keys(self.log.keys)
        return log, witnesses

    def checkpoint(self, data: bytes) -> bool:
        """The head with all its signatures."""
        log, witnesses = self.keys
        return self._holds(lambda: self.module.check_cosignatures(self.module.read_head(data, log), log, witnesses))

    def proof(self, index: int) -> Judge:
        """The receipt of an entry."""
        entry = self.log.entries[index]
        return lambda data: self._holds(lambda: self.module.check_receipt(data, entry, *self.keys))

    def walk(self, data: bytes, hashes: bytes) -> bool:
        """Entries, each after its length, beside their hashes."""
        return self._holds(lambda: list(self.module.walk(data, hashes, 0)))

    def tile(self, path: str) -> Judge:
        """A tile above level 0: it has no function of its own, so this is the audit up to it."""
        return lambda data: self.audit(path, data)[1] != "tree"

    def audit(self, path: str, data: bytes) -> tuple[int, str | None, int | None]:
        """Everything, with one file changed; the zip is read once."""
        files = {**self.log.files(), path: data}
        unzip, self.module.unzip = self.module.unzip, lambda _: files
        try:
            self.module.audit(b"", None, None, {}, self.module.Counter())
        except self.module.Wrong as wrong:
            return (2 if wrong.args[0] == "bundle" else 1), wrong.args[0], wrong.args[2]
        finally:
            self.module.unzip = unzip
        return 0, None, None

    def _holds(self, check: Callable[[], object]) -> bool:
        try:
            check()
        except self.module.Wrong:
            return False
        return True


def small(parts: Parts, masks: list[int]) -> Iterator[Count]:
    """Checkpoint, a receipt, tiles above level 0."""
    yield Count("checkpoint", parts.name, *tried(parts.log.checkpoint, masks, parts.checkpoint))
    yield Count("receipt", parts.name, *tried(parts.receipts[777], masks, parts.proof(777)))
    for path in (path for path in parts.log.tiles if path.startswith("tile/1/")):
        yield Count(path, parts.name, *tried(parts.log.tiles[path], masks, parts.tile(path)))


def receipts(parts: Parts, indexes: Iterable[int], seed: int = 1) -> Iterator[Count]:
    """Receipts of these entries, each byte changed once."""
    draw = random.Random(seed)
    changes = accepted = 0
    for index in indexes:
        changed, accepts = bytearray(parts.receipts[index]), parts.proof(index)
        assert accepts(bytes(changed))
        for at in range(len(changed)):
            mask = draw.randrange(1, 256)
            changed[at] ^= mask
            accepted += accepts(bytes(changed))
            changed[at] ^= mask
        changes += len(changed)
    yield Count("receipts of the others", parts.name, changes, changes, accepted)


def leaves(parts: Parts, masks: list[int], tile: Tile) -> Iterator[Count]:
    """A tile of level 0 and its entries: each entry with its hash."""
    hashes = parts.log.tiles[tile.path]
    path = tile.path.replace("tile/0/", "tile/entries/")
    packed = parts.log.tiles[path]
    entries, level, at = [0, 0, 0], [0, 0, 0], 0
    for number in range(tile.width):
        own = hashes[32 * number : 32 * number + 32]
        end = at + 2 + int.from_bytes(packed[at : at + 2])
        slot = packed[at:end]
        # Another length reaches into the entries that follow, so they stand there; their own hashes are not asked for.
        rest = slot + packed[end : end + 65_536]
        assert parts.walk(slot, own)
        of_length = tried(rest, masks, _reaching(parts, own, len(slot)), range(2))
        of_words = tried(slot, masks, _beside(parts, own), range(2, len(slot)))
        of_hash = tried(own, masks, _hashing(parts, slot))
        entries = [a + b + c for a, b, c in zip(entries, of_length, of_words, strict=True)]
        level = [a + b for a, b in zip(level, of_hash, strict=True)]
        at = end
    yield Count(path, parts.name, *entries)
    yield Count(tile.path, parts.name, *level)


def _beside(parts: Parts, own: bytes) -> Judge:
    return lambda data: parts.walk(data, own)


def _hashing(parts: Parts, slot: bytes) -> Judge:
    return lambda data: parts.walk(slot, data)


def _reaching(parts: Parts, own: bytes, length: int) -> Judge:
    """An entry whose length was changed, read on into what follows; it ends where its length says."""

    def accepts(data: bytes) -> bool:
        end = 2 + int.from_bytes(data[:2])
        return parts.walk(data[:end], own) and end == length

    return accepts


def level_0(log: Log) -> list[Tile]:
    """The tiles of leaf hashes."""
    size = len(log.entries)
    return [Tile(0, index, min(256, size - 256 * index)) for index in range(-(-size // 256))]


def sampled(both: list[Parts], number: int, seed: int = 1) -> Iterator[tuple[int, int, str, int]]:
    """Whole audits of changes drawn at random: how many, how many accepted, in what the verifiers differed, the place.

    Yields one row per change.
    """
    draw = random.Random(seed)
    files = {**both[0].log.tiles, "checkpoint": both[0].log.checkpoint}
    names, sizes = list(files), [len(data) for data in files.values()]
    for _ in range(number):
        (path,) = draw.choices(names, sizes)
        data = bytearray(files[path])
        at = draw.randrange(len(data))
        data[at] ^= draw.randrange(1, 256)
        said = [parts.audit(path, bytes(data)) for parts in both]
        yield sum(verdict == 0 for verdict, _, _ in said), len(set(said)) - 1, path, at


def without_naming() -> None:
    """Leave out the naming of a false entry's kind: it takes most of the time, and comes after the verdict."""
    verify._kind = lambda entry: None
    load().parse_act = lambda _: None


def main() -> int:
    """Sweep everything; 1 if anything was accepted."""
    parser = argparse.ArgumentParser(prog="python -m tests.record.sweep", description="Change every byte.")
    parser.add_argument("--bits", action="store_true", help="each bit once, instead of all 255 other values")
    parser.add_argument("--verifier", choices=(Parts.name, Alone.name), help="this one alone")
    options = parser.parse_args()
    masks = BITS if options.bits else ALL
    log = make_log(1000)
    without_naming()
    found, started = [], time.monotonic()
    for parts in (made(log) for made in (Parts, Alone) if options.verifier in {None, made.name}):
        others = receipts(parts, (index for index in range(1000) if index != 777))
        for counts in (small(parts, masks), *(leaves(parts, masks, tile) for tile in level_0(log)), others):
            for count in counts:
                found.append(count)
                print(count, f"{time.monotonic() - started:>7.0f} s", flush=True)
    accepted = sum(count.accepted for count in found)
    print(f"{sum(count.changes for count in found):,} changes, {accepted} accepted.")
    return 1 if accepted else 0


if __name__ == "__main__":
    sys.exit(main())
