"""Receipts: the published forms, ours, and that every changed byte is refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corfu.record import checkpoint, keys, note, proof, tiles, tree
from corfu.record.checkpoint import Checkpoint
from corfu.record.refusal import Refused
from tests.record.vectors import ORIGIN, got, make_act, read, signer, trusting

LOG = signer(ORIGIN)
WITNESSES = [signer(f"witness.example/w{number}", number, keys.COSIGNATURE_V1) for number in range(2, 7)]
ACT = make_act()
SIZE, INDEX = 1000, 776
ENTRIES = [b"%d" % number if number != INDEX else ACT for number in range(SIZE)]
HASHES = [tree.leaf_hash(entry) for entry in ENTRIES]


def receipt(*witnesses: keys.SignerKey) -> bytes:
    """A receipt for the act."""
    stored, root = tiles.make_tiles(HASHES), tree.root(HASHES)
    opened = got(tiles.open_tree(SIZE, root, lambda tile: stored[tile]))
    signed = got(note.parse(got(checkpoint.sign(Checkpoint(ORIGIN, SIZE, root), LOG))))
    lines = [got(checkpoint.cosign(signed.text, one, 1_795_000_000)) for one in witnesses]
    whole = got(note.build(signed.text, *signed.signatures, *lines))
    return got(proof.make(INDEX, got(tree.inclusion_proof(INDEX, SIZE, opened.read)), whole))


def verify(data: bytes, *trusted: keys.SignerKey, entry: bytes = ACT, witnesses: int = 0) -> object:
    """What a reader who trusts these keys finds."""
    parsed = proof.parse(data)
    return parsed if isinstance(parsed, Refused) else proof.verify(parsed, entry, trusting(*trusted), ORIGIN, witnesses)


def test_published_forms(shared: Path) -> None:
    cases = read(shared, "tlog_proof_format.json")
    for case in cases:
        parsed = proof.parse(case["text"].encode())
        assert isinstance(parsed, Refused) == (case["expect"] == "reject"), case["id"]
        if not isinstance(parsed, Refused):
            assert (parsed.index, len(parsed.hashes)) == (case["index"], case["hashes"])
            assert bytes(parsed).decode() == case["text"]
    assert len(cases) == 10


def test_a_receipt_proves_its_act_and_no_other() -> None:
    data = receipt()
    assert isinstance(verify(data, LOG), checkpoint.Signed)
    assert isinstance(verify(data, LOG, entry=ACT + b"x"), Refused)
    assert isinstance(verify(data, LOG, entry=ENTRIES[0]), Refused)
    assert isinstance(verify(data, signer(ORIGIN, 9)), Refused)


def test_a_receipt_of_another_log_is_refused() -> None:
    refused = proof.verify(got(proof.parse(receipt())), ACT, trusting(LOG), "other.example")
    assert isinstance(refused, Refused)
    assert refused.code == "proof.origin"


def test_witnesses_are_counted() -> None:
    data = receipt(*WITNESSES[:2])
    assert isinstance(verify(data, LOG, *WITNESSES, witnesses=2), checkpoint.Signed)
    assert isinstance(verify(data, LOG, *WITNESSES, witnesses=3), Refused)
    assert isinstance(verify(data, LOG, WITNESSES[0], witnesses=2), Refused)


def test_a_receipt_with_five_witnesses_is_small() -> None:
    assert len(receipt(*WITNESSES)) <= 2_500


def test_every_changed_byte_is_refused() -> None:
    data = receipt()
    for at in range(len(data)):
        for change in (1, 2, 0x20, 0x80):
            assert isinstance(verify(data[:at] + bytes((data[at] ^ change,)) + data[at + 1 :], LOG), Refused), at


def test_extra_data_is_carried() -> None:
    data = got(proof.make(5, [b"\1" * 32], b"checkpoint\n", b"more"))
    assert data.startswith(b"c2sp.org/tlog-proof@v1\nextra bW9yZQ==\nindex 5\n")
    assert got(proof.parse(data)).extra == b"more"
    assert got(proof.parse(got(proof.make(5, [], b"checkpoint\n", b"")))).extra == b""


@pytest.mark.parametrize("index", [-1, 2**63])
def test_an_index_out_of_range_is_refused(index: int) -> None:
    assert isinstance(proof.make(index, [], b"checkpoint\n"), Refused)


def test_what_cannot_be_written_is_refused() -> None:
    assert isinstance(proof.make(1, [b"short"], b"checkpoint\n"), Refused)
    assert isinstance(proof.make(1, [b"\0" * 32] * 64, b"checkpoint\n"), Refused)
    assert isinstance(proof.make(1, [], b"no newline"), Refused)
    assert isinstance(proof.make(1, [], b""), Refused)


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_a_receipt_or_refused(data: bytes) -> None:
    head = b"c2sp.org/tlog-proof@v1\n"
    for candidate in (
        data,
        head + data,
        head + b"index 1\n" + data + b"\n\nx\n",
        head + b"extra " + data + b"\nindex 0\n\nx\n",
    ):
        parsed = proof.parse(candidate)
        assert isinstance(parsed, Refused) or bytes(parsed) == candidate
