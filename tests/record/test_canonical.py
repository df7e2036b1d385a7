"""Canonical JSON: the published vectors of RFC 8785, and each of our narrower rules."""

import base64
import json
import struct
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corfu.record import canonical
from corfu.record.jcs import jcs, number
from corfu.record.refusal import Refused
from tests.record.vectors import got, read

REFUSED_LINES = [
    (b'{"b":1,"a":2}', "json.order"),
    (b'{"a":1,"a":1}', "json.duplicate"),
    (b'{"a":1,"a":2,"b":{"c":1,"c":1}}', "json.duplicate"),
    (b'{"a": 1}', "json.space"),
    (b'{"a":1} ', "json.space"),
    (b' {"a":1}', "json.form"),
    (b'{"a":1}\n', "json.space"),
    (b'{"a":1}{}', "json.form"),
    (b'{"a":1', "json.form"),
    (b"", "json.form"),
    (b"\xef\xbb\xbf{}", "json.form"),
    (b'"\\u0041"', "json.spelling"),
    (b'"\\/"', "json.spelling"),
    (b'"\\ud800"', "json.spelling"),
    (b'"\\ud83d\\ude00"', "json.spelling"),
    (b"-0", "json.spelling"),
    (b"1.0", "json.number"),
    (b"1e3", "json.number"),
    (b"NaN", "json.number"),
    (b"-Infinity", "json.number"),
    (b"9007199254740992", "json.number"),
    (b"-9007199254740992", "json.number"),
    (b"1" + b"0" * 5000, "json.number"),
    (b"[" * 9 + b"]" * 9, "json.depth"),
    (b"[" * 30_000 + b"]" * 30_000, "json.depth"),
    (b'{"a":' * 10_000, "json.depth"),
    ('"a\u0301"'.encode(), "json.nfc"),
    (b'"\\n"', "json.control"),
    (b'"\\u0000"', "json.control"),
    (b'"\\\\\\t"', "json.control"),
    (b'"\x7f"', "json.control"),
    ('"\x85"'.encode(), "json.control"),
    ('"é\x7f"'.encode(), "json.control"),
    (b'"\n"', "json.form"),
    ('"\u202e"'.encode(), "json.bidi"),
    ('"\u2066"'.encode(), "json.bidi"),
    ('"\u2028"'.encode(), "json.separator"),
    ('"\u2029"'.encode(), "json.separator"),
    ('"\ufdd0"'.encode(), "json.noncharacter"),
    ('"\U0001ffff"'.encode(), "json.noncharacter"),
    (b'"\xff"', "json.utf8"),
    (b'"\xed\xa0\x80"', "json.utf8"),
    ('{"\uff01":1,"\U0001f600":2}'.encode(), "json.order"),
    (b'"' + b"a" * 65_534 + b'"', "json.size"),
]

CANONICAL = [
    b"{}",
    b"[]",
    b"0",
    b"-9007199254740991",
    b'{"a":1,"b":[true,false,null,""]}',
    b"[" * 8 + b"]" * 8,
    b'"[[[[[[[[[[[["',
    rb'"\"\\"',
    rb'"\\n"',
    '"Меры доверия, 信任, l\u2019Acte\u00a0: œuvre"'.encode(),
    '{"\U0001f600":2,"\uff01":1}'.encode(),
    b'"' + b"a" * 65_533 + b'"',
]

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
)


@pytest.mark.parametrize(("line", "code"), REFUSED_LINES, ids=range(len(REFUSED_LINES)))
def test_a_line_that_breaks_a_rule_is_refused_by_its_name(line: bytes, code: str) -> None:
    refused = canonical.decode(line)
    assert isinstance(refused, Refused)
    assert refused.code == code, str(refused)
    assert str(refused).endswith(").")
    assert len(str(refused)) < 400
    assert str(refused).isprintable()


@pytest.mark.parametrize("line", CANONICAL, ids=range(len(CANONICAL)))
def test_a_canonical_line_is_read_and_written_again(line: bytes) -> None:
    value = canonical.decode(line)
    assert not isinstance(value, Refused), str(value)
    assert canonical.encode(value) == line


def test_hostile_lines_are_refused_quickly() -> None:
    hostile = [
        b"1" * 65_535,
        b"[" * 65_535,
        b'"' * 65_535,
        b'\\"' * 32_767,
        b'{"a":' * 13_000,
        b"[[" + b'"a",' * 16_000,
    ]
    hostile.append(b"[" * 9 + b'\\"' * 32_000)
    hostile.append(b'{"b":0,' + b'"a":1,' * 10_000 + b'"a":1}')
    before = time.perf_counter()
    assert all(isinstance(canonical.decode(line), Refused) for line in hostile)
    assert time.perf_counter() - before < 2


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (1.0, "json.number"),
        (2**53, "json.number"),
        ({1: 2}, "json.member"),
        ({10**5000: 2}, "json.member"),
        ([10**5000], "json.number"),
        ((1, 2), "json.type"),
        (b"x", "json.type"),
        (type("Text", (str,), {})("x"), "json.type"),
        ("\ud800", "json.surrogate"),
        ({"\udfff": 1}, "json.surrogate"),
        ("\u202e", "json.bidi"),
        ("e\u0301", "json.nfc"),
        ("a" * 70_000, "json.size"),
    ],
)
def test_a_value_that_cannot_be_written_is_refused(value: object, code: str) -> None:
    refused = canonical.encode(value)
    assert isinstance(refused, Refused)
    assert refused.code == code, str(refused)


def test_a_value_that_holds_itself_is_refused() -> None:
    circle: list[object] = []
    circle.append(circle)
    assert isinstance(canonical.encode(circle), Refused)
    wide: list[object] = []
    for _ in range(8):
        wide = [wide] * 1000
    assert isinstance(canonical.encode(wide), Refused)


@given(VALUES)
def test_what_is_written_is_read_back(value: object) -> None:
    line = canonical.encode(value)
    if isinstance(line, bytes):
        again = canonical.decode(line)
        assert again == value
        assert canonical.encode(again) == line == jcs(value)


@given(VALUES)
def test_what_is_read_is_written_the_same(value: object) -> None:
    for line in (json.dumps(value), json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))):
        data = line.encode(errors="replace")
        read_back = canonical.decode(data)
        assert isinstance(read_back, Refused) or canonical.encode(read_back) == data


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_a_value_or_refused(line: bytes) -> None:
    value = canonical.decode(line)
    assert isinstance(value, Refused) or canonical.encode(value) == line


def test_jcs_published_files(shared: Path) -> None:
    files = read(shared, "jcs_rfc8785.json")
    assert len(files) == 6
    for name, case in files.items():
        value = json.loads(base64.b64decode(case["input_b64"]))
        assert jcs(value) == base64.b64decode(case["output_b64"]) == bytes.fromhex(case["outhex"]), name


def test_jcs_published_numbers(shared: Path) -> None:
    lines = (shared / "vectors" / "jcs_es6_numbers_first_1000.txt").read_text().splitlines()
    assert len(lines) == 1000
    for line in lines:
        bits, expected = line.split(",")
        value = struct.unpack(">d", bytes.fromhex(bits.zfill(16)))[0]
        assert number(value) == expected


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1e21, "1e+21"),
        (1e20, "100000000000000000000"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"),
        (5e-324, "5e-324"),
        (-1.5, "-1.5"),
        (123.0, "123"),
        (0.1, "0.1"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
    ],
)
def test_numbers_as_ecmascript_writes_them(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53, "\ud800", {1: 2}, {1}])
def test_jcs_refuses_what_has_no_form(value: object) -> None:
    assert isinstance(jcs(value), Refused)
    assert isinstance(jcs([[value]]), Refused)


def test_jcs_refuses_deep_nesting() -> None:
    value: list[object] = []
    for _ in range(5000):
        value = [value]
    assert isinstance(jcs(value), Refused)


def test_jcs_w3c_eddsa(shared: Path) -> None:
    files = read(shared, "w3c_eddsa_jcs_2022.json")
    folder = "eddsa-jcs-2022/"
    assert got(jcs(json.loads(files["unsigned.json"]))).decode() == files[folder + "canonDocJCS.txt"]
    assert got(jcs(json.loads(files[folder + "proofConfigJCS.json"]))).decode() == files[folder + "proofCanonJCS.txt"]
