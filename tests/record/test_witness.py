"""Witnesses: the published session, each answer of tlog-witness, and forks kept as evidence."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corfu.record import checkpoint, keys, note, tree, witness
from corfu.record.checkpoint import Checkpoint
from corfu.record.refusal import Refused
from corfu.record.witness import Answer, Head
from tests.record.test_tree import HASHES, mth, reader
from tests.record.vectors import ORIGIN, got, read, signer, trusting

LOG = signer(ORIGIN)
WITNESS = signer("example.com/witness", 2, keys.COSIGNATURE_V1)
NOW = 1_795_000_000


def head(size: int, root: bytes | None = None) -> bytes:
    """The log's signed checkpoint."""
    return got(checkpoint.sign(Checkpoint(ORIGIN, size, root or mth(HASHES[:size])), LOG))


def request(old: int, new: int, root: bytes | None = None) -> bytes:
    """A request with the true proof from `old` to `new`."""
    return got(witness.make_request(old, got(tree.consistency_proof(old, new, reader(HASHES))), head(new, root)))


def ask(body: bytes, stored: int | None = None) -> Answer:
    """The answer of a witness that has cosigned the tree of `stored` leaves."""
    heads = {} if stored is None else {ORIGIN: Head(stored, mth(HASHES[:stored]), head(stored))}
    return witness.decide(body, {ORIGIN: trusting(LOG)}, heads, WITNESS, NOW)


def test_published_session(shared: Path) -> None:
    """Made against tlog-witness 0.1: an unknown log was 403 then; a signature in stray base64 may be 400 or 403."""
    session = read(shared, "tlog_witness_session.json")
    log = got(keys.verifier_key(session["log_origin"], bytes.fromhex(session["log_public_key_hex"])))
    heads: dict[str, Head] = {}
    statuses = []
    for step in session["steps_in_order_one_stateful_witness"]:
        answer = witness.decide(step["request_body"].encode(), {log.name: trusting(log)}, heads, WITNESS, NOW)
        if answer.head:
            heads[log.name] = answer.head
        statuses.append(answer.status)
        if answer.status == 200:
            assert answer.body.startswith("— example.com/witness ".encode())
        if step["status"] == 409:
            assert step["asserts"] == [f"body == {answer.body.decode()!r}".replace("'", '"')]
            assert answer.content_type == "text/x.tlog.size"
    published = [step["status"] for step in session["steps_in_order_one_stateful_witness"]]
    assert published == [200, 403, 403, 422, 422, 200, 409, 200, 409]
    assert statuses == [200, 400, 404, 422, 422, 200, 409, 200, 409]


@pytest.mark.parametrize(
    ("stored", "old", "new"), [(None, 0, 5), (5, 5, 5), (5, 5, 6), (5, 5, 70), (64, 64, 65), (None, 0, 0)]
)
def test_a_consistent_checkpoint_is_cosigned(stored: int | None, old: int, new: int) -> None:
    answer = ask(request(old, new), stored)
    assert (answer.status, answer.evidence) == (200, None)
    assert answer.head == Head(new, mth(HASHES[:new]), head(new))
    opened = got(checkpoint.open_checkpoint(head(new) + answer.body, trusting(LOG, WITNESS)))
    assert opened.cosigned == ((WITNESS.verifier.name, NOW),)


def test_another_old_size_is_told_the_latest() -> None:
    for stored, old, new in ((5, 3, 9), (5, 0, 9), (None, 3, 9), (9, 3, 5)):
        answer = ask(request(old, new), stored)
        assert (answer.status, answer.body, answer.content_type) == (409, b"%d\n" % (stored or 0), "text/x.tlog.size")
        assert (answer.head, answer.evidence) == (None, None)


def test_an_old_size_above_the_checkpoint_is_a_bad_request() -> None:
    answer = ask(b"old 9\n\n" + head(5), 9)
    assert (answer.status, answer.head) == (400, None)


@pytest.mark.parametrize("old", [5, 0, 3])
def test_two_roots_of_one_size_are_proof_of_a_fork(old: int) -> None:
    forked = head(5, b"\1" * 32)
    answer = ask(b"old %d\n\n" % old + forked, 5)
    assert (answer.status, answer.body, answer.head) == (409, b"5\n", None)
    assert answer.evidence == witness.Fork(head(5), forked, proven=True)


def test_a_proof_that_fails_is_kept_as_a_suspicion() -> None:
    answer = ask(request(5, 9, b"\1" * 32), 5)
    assert (answer.status, answer.head) == (422, None)
    assert answer.evidence == witness.Fork(head(5), head(9, b"\1" * 32), proven=False)
    assert ask(request(0, 9).replace(b"old 0\n", b"old 0\n" + b"A" * 43 + b"=\n")).evidence is None


def test_evidence_holds_only_what_the_log_signed() -> None:
    forked = got(note.parse(head(5, b"\1" * 32)))
    stranger = got(note.signature_line(forked.text, signer("stranger.example")))
    answer = ask(b"old 5\n\n" + bytes(forked._replace(signatures=(stranger, *forked.signatures))), 5)
    assert answer.evidence == witness.Fork(head(5), bytes(forked), proven=True)


def test_an_unknown_log_and_a_foreign_signature() -> None:
    assert witness.decide(request(0, 5), {}, {}, WITNESS, NOW).status == 404
    foreign = got(note.sign(got(note.parse(head(5))).text, signer("other.example")))
    assert ask(b"old 0\n\n" + foreign).status == 403
    wrong = got(note.parse(head(5)))
    wrong = wrong._replace(signatures=(wrong.signatures[0]._replace(signature=b"\0" * 64),))
    assert ask(b"old 0\n\n" + bytes(wrong)).status == 403


def test_a_cosignature_of_the_logs_own_does_not_stand_for_its_signature() -> None:
    cosigner = signer(ORIGIN, 1, keys.COSIGNATURE_V1)
    text = got(note.parse(head(5))).text
    body = b"old 0\n\n" + got(note.build(text, got(checkpoint.cosign(text, cosigner, 1))))
    assert witness.decide(body, {ORIGIN: trusting(LOG, cosigner)}, {}, WITNESS, NOW).status == 403


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"old 0\n",
        b"old 00\n\n" + head(5),
        b"old -1\n\n" + head(5),
        b"old \xd9\xa1\n\n" + head(5),
        b"new 0\n\n" + head(5),
        b"old 0\nAAAA\n\n" + head(5),
        b"old 0\n" + (b"A" * 43 + b"=\n") * 64 + b"\n" + head(5),
        b"old 0\n\nnot a note\n",
        b"old 0\n\n" + head(5)[:-1],
        b"old 0\r\n\r\n" + head(5),
    ],
)
def test_a_malformed_request_is_a_bad_request(body: bytes) -> None:
    answer = ask(body)
    assert (answer.status, answer.head, answer.evidence) == (400, None, None)
    assert answer.body.endswith(b".\n")


def test_a_witness_with_a_key_of_the_wrong_type_says_so() -> None:
    assert witness.decide(request(0, 5), {ORIGIN: trusting(LOG)}, {}, LOG, NOW).status == 500


def test_a_request_that_cannot_be_written_is_refused() -> None:
    for old in (-1, 2**63, 10**5000):
        assert isinstance(witness.make_request(old, [], head(5)), Refused)
    assert isinstance(witness.make_request(0, [b"short"], head(5)), Refused)


@given(st.binary() | st.text().map(str.encode))
def test_any_body_is_answered(data: bytes) -> None:
    for body in (data, b"old 0\n" + data, b"old 5\n\n" + data, request(5, 9) + data):
        assert ask(body, 5).status in ({400, 403, 404, 409, 422} if data else {400, 200})
