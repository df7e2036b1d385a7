"""Keys: RFC 8032's small vectors, what libsodium accepts, what enrolment refuses, and how keys are written down."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corfu.record import keys
from corfu.record.keys import COSIGNATURE_V1, ED25519
from corfu.record.refusal import Refused
from tests.record.vectors import got, read, signer

# RFC 8032 §7.1, TEST 1, 2 and 3: seed, public key, message, signature.
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]

# What libsodium refuses among the edge cases, whatever else holds.
REFUSED_FLAGS = {"low_order_R", "low_order_A", "low_order_residue", "non_canonical_A", "non_canonical_R", "reencoded_k"}


@pytest.mark.parametrize(("seed", "point", "message", "signature"), RFC_8032)
def test_rfc_8032(seed: str, point: str, message: str, signature: str) -> None:
    key = got(keys.signer_key("a", bytes.fromhex(seed)))
    assert key.verifier.point.hex() == point
    assert key.sign(bytes.fromhex(message)).hex() == signature
    assert keys.verify(key.verifier.point, bytes.fromhex(message), bytes.fromhex(signature))
    assert not keys.verify(key.verifier.point, bytes.fromhex(message) + b"x", bytes.fromhex(signature))


def test_wycheproof(shared: Path) -> None:
    seen = 0
    for group in read(shared, "ed25519_wycheproof.json")["testGroups"]:
        point = bytes.fromhex(group["publicKey"]["pk"])
        for case in group["tests"]:
            accepted = keys.verify(point, bytes.fromhex(case["msg"]), bytes.fromhex(case["sig"]))
            assert accepted == (case["result"] == "valid"), case["tcId"]
            seen += 1
    assert seen == 151


def test_edge_cases_are_judged_as_libsodium_is_documented_to(shared: Path) -> None:
    cases = read(shared, "ed25519_cctv_edge_cases.json")
    accepted = 0
    for case in cases:
        verdict = keys.verify(*(bytes.fromhex(case["key"]), case["msg"].encode(), bytes.fromhex(case["sig"])))
        assert verdict == (not REFUSED_FLAGS & set(case["flags"] or [])), case["number"]
        accepted += verdict
    assert (len(cases), accepted) == (914, 43)


def test_with_enrolled_keys_only_the_sound_edge_case_is_left(shared: Path) -> None:
    for case in read(shared, "ed25519_cctv_edge_cases.json"):
        flags, point = set(case["flags"] or []), bytes.fromhex(case["key"])
        refused = keys.check_point(point)
        assert (refused is not None) == bool(flags & {"low_order_A", "low_order_component_A", "non_canonical_A"})
        if refused is None and keys.verify(point, case["msg"].encode(), bytes.fromhex(case["sig"])):
            assert not flags


@pytest.mark.parametrize(
    "point",
    [
        "00" * 32,  # order 4
        "01" + "00" * 31,  # the neutral element
        "ec" + "ff" * 30 + "7f",  # order 2
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",  # order 8
        "ed" + "ff" * 30 + "7f",  # zero, not canonical
        "ee" + "ff" * 30 + "7f",  # one, not canonical
        "02" + "00" * 31,  # not on the curve
        "ff" * 32,
        "00" * 31,
        "",
    ],
)
def test_enrolment_refuses_a_point_that_is_not_sound(point: str) -> None:
    refused = keys.verifier_key("delegation/NOR", bytes.fromhex(point))
    assert isinstance(refused, Refused)
    assert refused.code in {"key.point", "key.size"}


@pytest.mark.parametrize("length", [0, 31, 33, 63, 65, 96])
def test_a_signature_or_point_of_another_length_is_no_signature(length: int) -> None:
    key = signer("a")
    assert not keys.verify(key.verifier.point, b"m", b"\0" * length)
    assert not keys.verify(b"\0" * length, b"m", key.sign(b"m"))


@pytest.mark.parametrize("kind", [ED25519, COSIGNATURE_V1])
@pytest.mark.parametrize("name", ["example.com/foo", "delegation/NOR", "заседание", "a"])
def test_a_key_is_written_down_and_read_back(name: str, kind: int) -> None:
    key = got(keys.generate(name, kind))
    assert keys.parse_vkey(key.verifier.vkey) == key.verifier
    assert keys.parse_private_key(key.private_key) == key
    assert key.seed.hex() not in repr(key)
    assert repr(key.seed) not in repr(key)
    assert keys.generate(name, kind) != key


def test_the_type_is_part_of_the_key_id() -> None:
    assert signer("a", 1, ED25519).verifier.key_id != signer("a", 1, COSIGNATURE_V1).verifier.key_id


def test_gos_published_test_key(shared: Path) -> None:
    case = read(shared, "signed_note.json")["sign"]
    key = got(keys.parse_private_key(case["skey_go_format"]))
    assert key.verifier.vkey == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


@pytest.mark.parametrize(
    "name", ["", "a b", "a+b", "a\u00a0b", "a\nb", "a\u2003b", "a\x00", "a\x1cb", "\ud800", "a\x85"]
)
def test_a_name_that_cannot_stand_in_a_note_is_refused(name: str) -> None:
    refused = keys.generate(name)
    assert isinstance(refused, Refused)
    assert refused.code == "key.name"


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        "PeterNeumann+c74f20a3+",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n",
        "PeterNeumann+c74f20a3+ArpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
)
def test_a_damaged_key_is_refused(vkey: str) -> None:
    assert isinstance(keys.parse_vkey(vkey), Refused)
    assert isinstance(keys.parse_private_key("PRIVATE+KEY+" + vkey), Refused)
    assert isinstance(keys.parse_private_key(vkey), Refused)


@pytest.mark.parametrize("kind", [0, 2, 3, 5, 6, 255])
def test_another_signature_type_is_refused(kind: int) -> None:
    refused = keys.verifier_key("a", signer("a").verifier.point, kind)
    assert isinstance(refused, Refused)
    assert refused.code == "key.type"


def test_two_keys_that_nobody_could_tell_apart_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = signer("a", 1).verifier, signer("a", 2).verifier
    assert set(got(keys.known(one, one, other)).values()) == {one, other}
    monkeypatch.setattr(keys.VerifierKey, "key_id", 7)
    assert isinstance(keys.known(one, other), Refused)


@given(st.text())
def test_any_text_is_a_key_or_refused(text: str) -> None:
    for found in (keys.parse_vkey(text), keys.parse_private_key("PRIVATE+KEY+" + text)):
        assert isinstance(found, keys.VerifierKey | keys.SignerKey | Refused)


@given(st.integers(0, 70), st.integers(1, 127))
def test_every_changed_character_of_a_key_is_noticed(at: int, change: int) -> None:
    vkey = bytearray(signer("PeterNeumann").verifier.vkey.encode())
    vkey[at % len(vkey)] ^= change
    assert isinstance(keys.parse_vkey(vkey.decode()), Refused)
