"""No change of a single byte goes unseen. All of it, with every value of every byte: `python -m tests.record.sweep`."""

import pytest

from tests.record.logs import make_log
from tests.record.standalone import load
from tests.record.sweep import BITS, Alone, Parts, leaves, level_0, receipts, sampled, small


@pytest.fixture(scope="module", params=[Parts, Alone], ids=["corfu verify", "corfu-verify.py"])
def parts(request: pytest.FixtureRequest) -> Parts:
    made: Parts = request.param(make_log(1000))
    return made


def test_every_bit_of_checkpoint_receipt_and_upper_tile(parts: Parts) -> None:
    counts = list(small(parts, BITS))
    assert [count.part for count in counts] == ["checkpoint", "receipt", "tile/1/000.p/3"]
    assert [count.accepted for count in counts] == [0, 0, 0]
    assert all(count.changes == 8 * count.bytes > 700 for count in counts)


def test_every_byte_of_receipts_from_all_over_the_log(parts: Parts) -> None:
    (count,) = receipts(parts, (0, 255, 256, 767, 768, 998, 999))
    assert count.accepted == 0
    assert count.changes == count.bytes > 5_000


def test_every_byte_of_an_entry_bundle_and_of_its_tile(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    """One change of each byte."""
    monkeypatch.setattr(load(), "parse_act", lambda entry: None)  # it names the kind of a false entry, at some length
    entries, hashes = leaves(parts, [1 << 3], level_0(parts.log)[3])
    assert (entries.part, entries.accepted) == ("tile/entries/003.p/232", 0)
    assert (hashes.part, hashes.accepted) == ("tile/0/003.p/232", 0)
    assert hashes.bytes == 32 * 232
    assert entries.bytes == len(parts.log.tiles[entries.part])


def test_changes_drawn_at_random_in_whole_audits() -> None:
    """Both verifiers name the same first false thing."""
    log = make_log(1000)
    found = list(sampled([Parts(log), Alone(log)], 1500))
    assert [row for row in found if row[0] or row[1]] == []
    assert len({path for _, _, path, _ in found}) > 5
