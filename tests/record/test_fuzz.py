"""The fuzzer's own targets accept their seeds and any other bytes (the fuzzer itself runs apart)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.record import fuzz


@pytest.mark.parametrize("name", sorted(fuzz.TARGETS))
def test_targets_hold_on_their_seeds(name: str) -> None:
    target, seeds = fuzz.TARGETS[name]
    for seed in seeds:
        for at in range(len(seed)):
            target(seed[:at])
            target(seed[:at] + seed[at + 1 :])
            target(seed[:at] + bytes((seed[at] ^ 1,)) + seed[at + 1 :])
        target(seed)


@given(st.binary())
def test_targets_hold_on_any_bytes(data: bytes) -> None:
    for target, _ in fuzz.TARGETS.values():
        target(data)
