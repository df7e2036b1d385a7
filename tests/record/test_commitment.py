"""Commitments: the exact bytes, and that neither document nor salt can be exchanged."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from corfu.record import commitment
from corfu.record.refusal import Refused
from tests.record.vectors import got

SALT = bytes(range(32))


def test_the_exact_bytes() -> None:
    expected = hashlib.sha256(b"corfu/commitment/v1\n" + SALT + "Предложение".encode()).digest()
    assert commitment.commit("Предложение".encode(), SALT) == expected


@given(st.binary(), st.binary(), st.binary(min_size=32, max_size=32))
def test_only_the_same_document_and_salt_open_it(document: bytes, other: bytes, salt: bytes) -> None:
    made = got(commitment.commit(document, SALT))
    assert commitment.check(made, document, SALT) is None
    assert (commitment.check(made, other, SALT) is None) == (other == document)
    assert (commitment.check(made, document, salt) is None) == (salt == SALT)
    assert commitment.check(made[1:], document, SALT) is not None


def test_a_salt_of_another_length_is_refused() -> None:
    for salt in (b"", SALT[1:], SALT + b"\0"):
        assert isinstance(commitment.commit(b"x", salt), Refused)
        assert commitment.check(SALT, b"x", salt) is not None
