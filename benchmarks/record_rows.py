"""The audit of a log's bundle, and receipts."""

import time
from collections.abc import Callable, Iterator
from statistics import median

from nacl import bindings

from benchmarks.rows import Row, Setting, seconds
from corfu.record import act, bundle, verify
from corfu.record.report import VERIFIED
from corfu.record.whole_tree import WholeTree
from tests.record.logs import KAR, LOG, NOR, NOR_LATER, REGISTRAR, WITNESSES, ZEN, Log, make_log
from tests.record.vectors import got

ACTS = 20_000


def auditing(setting: Setting) -> Iterator[Row]:
    """The whole audit of a bundle in memory, on one core; beside it nothing but the acts' Ed25519 verifications."""
    log = make_log(ACTS)
    signed = _signed(log)
    found = _in_turn(
        [lambda: _verified(log.bundle), lambda: _bare(signed), lambda: _verified(log.bundle, threads=2)], setting.times
    )
    audit, bare, two = (ACTS / took for took in found)
    note = (
        f"Of an audit's time {bare and audit / bare:.0%} is libsodium's verifications, which PyNaCl offers one at a"
        f" time only; the rest takes {1e6 * (1 / audit - 1 / bare):.0f} µs an act. With {bare:,.0f} verifications/s no"
        f" audit on this core can have more acts/s than that."
    )
    yield Row(
        f"full offline audit, {ACTS:,} acts, {len(log.documents):,} documents", f"{audit:,.0f} acts/s",
        "their signatures alone, by libsodium", f"{bare:,.0f} /s", f"{audit / bare:.2f} ×",
        "≥ 15,000 acts/s", audit >= 15_000, note,
    )  # fmt: skip
    yield Row(
        "the same, signatures on a second core", f"{two:,.0f} acts/s",
        "on one core", f"{audit:,.0f} acts/s", f"{two / audit:.2f} ×",
    )  # fmt: skip


def receipts(setting: Setting) -> Iterator[Row]:
    """A receipt from the hashes of a tree in memory, and from a bundle's tiles, each tile read being checked."""
    log = make_log(ACTS)
    found, whole = got(bundle.read(log.bundle)), WholeTree(log.leaves)
    places = range(7, ACTS, ACTS // 200)
    witnesses = [one.verifier for one in WITNESSES]
    made = [got(verify.make_receipt(whole, log.checkpoint, index)) for index in places]
    opened = got(verify.open_tree(found))
    took = [
        one / len(places)
        for one in _in_turn(
            [
                lambda: [verify.make_receipt(whole, log.checkpoint, index) for index in places],
                lambda: [verify.make_receipt(opened, log.checkpoint, index) for index in places],
                lambda: [verify.receipt(found, index) for index in places],
                lambda: [
                    verify.check_receipt(one, log.entries[index], LOG.verifier, witnesses)
                    for one, index in zip(made, places, strict=True)
                ],
            ],
            setting.times,
        )
    ]
    size = max(map(len, made))
    yield Row(f"receipt from {ACTS:,} acts", seconds(took[0]), bar="≤ 1 ms", met=took[0] <= 0.001)
    yield Row("the same, from an open bundle's tiles", seconds(took[1]), bar="≤ 1 ms", met=took[1] <= 0.001)
    yield Row("the same, opening the bundle's tree each time", seconds(took[2]))
    yield Row("checking it, two cosignatures included", seconds(took[3]), bar="≤ 1 ms", met=took[3] <= 0.001)
    yield Row("its size, two cosignatures included", f"{size:,} bytes", bar="≤ 2,500 bytes", met=size <= 2500)


def _in_turn(works: list[Callable[[], object]], times: int) -> list[float]:
    """The median seconds of each, measured in turn."""
    found: list[list[float]] = [[] for _ in works]
    for _ in range(times):
        for work, took in zip(works, found, strict=True):
            start = time.perf_counter()
            work()
            took.append(time.perf_counter() - start)
    return [median(took) for took in found]


def _verified(made: bytes, threads: int = 1) -> None:
    assert verify.verify(made, threads=threads).verdict == VERIFIED


def _signed(log: Log) -> list[tuple[bytes, bytes]]:
    """What libsodium is given for each act: signature and text, and the key."""
    points = {key.verifier.key_id: key.verifier.point for key in (REGISTRAR, NOR, NOR_LATER, KAR, ZEN)}
    acts = [got(act.parse(entry)) for entry in log.entries]
    return [(one.signature.signature + one.text, points[one.signature.key_id]) for one in acts]


def _bare(signed: list[tuple[bytes, bytes]]) -> None:
    for message, point in signed:
        bindings.crypto_sign_open(message, point)
