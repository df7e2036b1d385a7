"""Signed notes: the published cases, and what we make ourselves."""

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corfu.record import keys, note
from corfu.record.note import SignatureLine
from corfu.record.refusal import Refused
from tests.record.vectors import got, read, signer, trusting

TEXT = "Меры доверия\n\n信任\n".encode()
A, B, C = signer("example.com/a", 1), signer("example.com/b", 2), signer("example.com/c", 3)
NOTE = got(note.sign(TEXT, A, B))


def test_published_cases(shared: Path) -> None:
    cases = read(shared, "signed_note.json")["cases"]
    for case in cases:
        data = case["note"].encode() if "note" in case else base64.b64decode(case["note_b64"])
        opened = note.open_note(data, trusting(*(got(keys.parse_vkey(vkey)) for vkey in case["vkeys"])))
        assert isinstance(opened, Refused) == (case["expect"] == "reject"), case["id"]
        if not isinstance(opened, Refused):
            whole, verified = opened
            assert [line.name for line in verified] == case["verified"]
            assert [line.name for line in whole.signatures if line not in verified] == case.get("unverified", [])
            assert bytes(whole) == data
    assert len(cases) == 15


def test_published_signature(shared: Path) -> None:
    case = read(shared, "signed_note.json")["sign"]
    key = got(keys.parse_private_key(case["skey_go_format"]))
    assert got(note.sign(case["text"].encode(), key)).decode() == case["want"]


def test_several_signatures_are_verified_and_unknown_ones_passed_over() -> None:
    for trusted, names in (((A,), ["a"]), ((B,), ["b"]), ((B, A), ["a", "b"]), ((A, C), ["a"])):
        whole, verified = got(note.open_note(NOTE, trusting(*trusted)))
        assert whole.text == TEXT
        assert [line.name.removeprefix("example.com/") for line in verified] == names
    assert isinstance(note.open_note(NOTE, trusting(C)), Refused)
    assert isinstance(note.open_note(NOTE, {}), Refused)


def test_one_wrong_signature_by_a_known_key_spoils_the_note() -> None:
    parsed = got(note.parse(NOTE))
    wrong = parsed.signatures[1]._replace(signature=parsed.signatures[0].signature)
    spoilt = bytes(parsed._replace(signatures=(parsed.signatures[0], wrong)))
    refused = note.open_note(spoilt, trusting(A, B))
    assert isinstance(refused, Refused)
    assert refused.code == "note.signature"
    assert not isinstance(note.open_note(spoilt, trusting(A)), Refused)


def test_a_key_of_the_same_name_and_another_id_is_unknown() -> None:
    assert isinstance(note.open_note(NOTE, trusting(signer("example.com/a", 9))), Refused)


@pytest.mark.parametrize(
    "text",
    [b"", b"no newline", b"\x01\n", b"a\rb\n", b"tab\there\n", b"\xff\n", "— example.com/a AAAAAAA=".encode()],
)
def test_a_text_that_is_none_is_not_signed(text: bytes) -> None:
    assert isinstance(note.sign(text, A), Refused)


@pytest.mark.parametrize("text", [b"\n", b"\n\n", b"a\n\n", b"a\n\n\n\nb\n", "a\n\n— b AAAAAAA=\n".encode()])
def test_a_text_with_empty_lines_comes_back_whole(text: bytes) -> None:
    data = got(note.sign(text, A))
    assert got(note.open_note(data, trusting(A)))[0].text == text


def test_a_note_needs_a_signature_and_a_key_of_the_right_type() -> None:
    assert isinstance(note.sign(TEXT), Refused)
    assert isinstance(note.sign(TEXT, signer("w", 1, keys.COSIGNATURE_V1)), Refused)
    assert isinstance(note.build(TEXT, SignatureLine("a b", 1, b"1234")), Refused)
    assert isinstance(note.build(TEXT, SignatureLine("a\nb", 1, b"1234")), Refused)
    assert isinstance(note.build(TEXT, SignatureLine("a", 1, b"")), Refused)
    assert isinstance(note.build(TEXT, SignatureLine("a", 2**32, b"1234")), Refused)
    assert isinstance(note.build(TEXT, SignatureLine("\ud800", 1, b"1234")), Refused)


def test_limits() -> None:
    line = SignatureLine("a", 1, b"1234")
    assert not isinstance(note.build(TEXT, *[line] * 100), Refused)
    assert isinstance(note.build(TEXT, *[line] * 101), Refused)
    assert isinstance(note.parse(b"a" * 1_000_001), Refused)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n\n— example.com/a", "\n— example.com/a"),
        ("\n\n— example.com/a", "\n\n- example.com/a"),
        ("\n\n— example.com/a", "\n\n—  example.com/a"),
        ("\n\n— example.com/a", "\n\n—example.com/a"),
        ("— example.com/b ", "— example.com/b  "),
        ("— example.com/b ", "— example.com/b+c "),
        ("— example.com/b ", "— example.com/b\u00a0c "),
        ("=\n—", "=\r\n—"),
        ("=\n—", "\n—"),
    ],
)
def test_malformed_lines_are_refused(old: str, new: str) -> None:
    assert old in NOTE.decode()
    assert isinstance(note.parse(NOTE.decode().replace(old, new).encode()), Refused)


def test_every_changed_byte_is_refused() -> None:
    known = trusting(A)
    signed = got(note.sign(TEXT, A))
    for at in range(len(signed)):
        for change in range(1, 256):
            assert isinstance(
                note.open_note(signed[:at] + bytes((signed[at] ^ change,)) + signed[at + 1 :], known), Refused
            )


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_a_note_or_refused(data: bytes) -> None:
    for candidate in (data, data + NOTE, NOTE + data, TEXT + b"\n" + data + b"\n", TEXT + "\n— ".encode() + data):
        parsed = note.parse(candidate)
        assert isinstance(parsed, Refused) or bytes(parsed) == candidate
