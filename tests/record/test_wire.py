"""Base64: the one spelling of a hash, as it is read and as a regular expression."""

import re

from hypothesis import given
from hypothesis import strategies as st

from corfu.record.wire import HASH, base64, hash_from_base64

HASHES = st.binary(min_size=32, max_size=32)


@given(HASHES)
def test_the_expression_takes_every_hash(value: bytes) -> None:
    assert re.fullmatch(HASH, base64(value))
    assert hash_from_base64(base64(value)) == value


@given(HASHES, st.integers(0, 43), st.characters() | st.sampled_from("+/=\n ABQ_-"), st.integers(-1, 1))
def test_the_expression_takes_only_what_is_read_as_a_hash(value: bytes, at: int, put: str, grow: int) -> None:
    text = base64(value)
    changed = text[:at] + put * (1 + grow) + text[at + 1 :]
    assert (re.fullmatch(HASH, changed) is None) == (hash_from_base64(changed) is None)
