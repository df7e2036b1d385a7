"""Acts: built, read, verified, refused by name, and never changed unnoticed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corfu.record import act, canonical, keys, note, tree
from corfu.record.refusal import Refused
from corfu.record.wire import base64
from tests.record.vectors import ORIGIN, ROOT, got, make_act, members, signer, trusting

NORVALE = signer("delegation/NOR")
KNOWN = trusting(NORVALE)
ACT = make_act()


def test_an_act_is_a_two_line_signed_note() -> None:
    lines = ACT.decode().split("\n")
    assert lines[0] == "corfu/act/v1"
    assert lines[1] == (
        '{"act":"amendment.file","at":"2026-11-23T09:10:00Z","author":"NOR","id":"5f3c1f0e9b8a4d6c",'
        f'"log":"{ORIGIN}","prev":null,"seen":{{"root":"{ROOT}","size":0}},"text":"dd7/rev.4"}}'
    )
    assert lines[2] == lines[4] == ""
    assert lines[3].startswith("— delegation/NOR ")
    whole, verified = got(note.open_note(ACT, KNOWN))
    assert (len(verified), bytes(whole)) == (1, ACT)


def test_an_act_is_read_and_verified() -> None:
    read = got(act.parse(ACT))
    assert (read.kind, read.author, read.prev, read.payload) == ("amendment.file", "NOR", None, {"text": "dd7/rev.4"})
    assert read.members == members()
    assert act.verify(read, KNOWN) == NORVALE.verifier
    assert act.admit(read) is None
    assert (read.leaf, read.hash) == (tree.leaf_hash(ACT), base64(tree.leaf_hash(ACT)))
    following = got(act.parse(make_act(prev=read.hash, seen={"root": read.hash, "size": 1})))
    assert following.prev == read.hash


def test_an_act_signed_elsewhere_is_assembled() -> None:
    text = got(act.text_of(members()))
    line = got(note.signature_line(text, NORVALE))
    assert act.assemble(text, line) == ACT


@pytest.mark.parametrize("trusted", [(), (signer("delegation/NOR", 9),), (signer("delegation/SAR"),)])
def test_an_act_by_an_unknown_key_is_refused(trusted: tuple[keys.SignerKey, ...]) -> None:
    refused = act.verify(got(act.parse(ACT)), trusting(*trusted))
    assert isinstance(refused, Refused)
    assert refused.code == "act.key"


def test_a_cosigners_key_signs_no_acts() -> None:
    assert isinstance(act.build(members(), signer("delegation/NOR", 1, keys.COSIGNATURE_V1)), Refused)


def test_another_authors_signature_does_not_fit() -> None:
    other = got(act.parse(make_act(text="dd7/rev.5")))
    mixed = got(act.assemble(got(act.parse(ACT)).text, other.signature))
    refused = act.verify(got(act.parse(mixed)), KNOWN)
    assert isinstance(refused, Refused)
    assert refused.code == "note.signature"


BAD_MEMBERS: list[dict[str, Any]] = [
    {"act": "file"},
    {"act": "Amendment.file"},
    {"act": "amendment.file\n"},
    {"act": 5},
    {"act": None},
    {"at": "2026-11-23T09:10:00"},
    {"at": "2026-11-23T09:10:00+00:00"},
    {"at": "2026-11-23 09:10:00Z"},
    {"at": "2026-11-23T09:10:00.5Z"},
    {"at": "2026-02-29T09:10:00Z"},
    {"at": "2026-11-23T24:00:00Z"},
    {"at": "2026-12-31T23:59:60Z"},
    {"at": "0000-01-01T00:00:00Z"},
    {"at": "٢٠٢٦-11-23T09:10:00Z"},
    {"author": ""},
    {"author": "N" * 65},
    {"author": "Norvale’s delegation"},
    {"id": "short"},
    {"id": None},
    {"log": "two words"},
    {"log": "a+b"},
    {"log": ""},
    {"prev": ""},
    {"prev": "null"},
    {"prev": ROOT[:-2] + "V="},
    {"prev": ROOT[1:]},
    {"prev": 0},
    {"seen": None},
    {"seen": []},
    {"seen": "root"},
    {"seen": {"root": ROOT}},
    {"seen": {"size": 0}},
    {"seen": {"root": ROOT, "size": 0, "more": 1}},
    {"seen": {"root": ROOT, "size": -1}},
    {"seen": {"root": ROOT, "size": True}},
    {"seen": {"root": ROOT, "size": "0"}},
    {"seen": {"root": None, "size": 1}},
    {"seen": {"root": base64(b"\1" * 32), "size": 0}},
]


@pytest.mark.parametrize("changed", BAD_MEMBERS, ids=str)
def test_a_member_not_in_its_form_is_refused_before_signing_and_in_reading(changed: dict[str, Any]) -> None:
    refused = act.build(members(**changed), NORVALE)
    assert isinstance(refused, Refused)
    assert refused.code == ("json.control" if changed.get("act") == "amendment.file\n" else "act.form"), str(refused)
    assert next(iter(changed)) in str(refused) or refused.code == "json.control"
    assert isinstance(act.parse(signed_anyway(members(**changed))), Refused)


@pytest.mark.parametrize("name", sorted(act.RESERVED))
def test_a_missing_member_is_named(name: str) -> None:
    left = {other: value for other, value in members().items() if other != name}
    refused = act.build(left, NORVALE)
    assert isinstance(refused, Refused)
    assert name in refused.detail
    assert isinstance(act.parse(signed_anyway(left)), Refused)


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({"name": "x"}, "act.person"),
        ({"signatory": {"given_name": "x"}}, "act.person"),
        ({"list": [{"email": "x"}]}, "act.person"),
        ({"Title": "x"}, "act.member"),
        ({"заголовок": "x"}, "act.member"),
        ({"": "x"}, "act.member"),
        ({"title": "\u0378"}, "json.unassigned"),
        ({"size": 1.5}, "json.number"),
        ({"title": "a\u202eb"}, "json.bidi"),
        ({"title": "x" * 65_200}, "act.size"),
    ],
)
def test_what_may_not_be_admitted_is_refused_before_signing(payload: dict[str, Any], code: str) -> None:
    refused = act.build(members(**payload), NORVALE)
    assert isinstance(refused, Refused)
    assert refused.code == code, str(refused)


@pytest.mark.parametrize("payload", [{"name": "x"}, {"Title": "x"}, {"title": "\u0378"}])
def test_what_the_door_refuses_is_still_an_act_to_an_auditor(payload: dict[str, Any]) -> None:
    read = got(act.parse(signed_anyway(members(**payload))))
    assert act.verify(read, KNOWN) == NORVALE.verifier
    assert act.admit(read) is not None


def test_titles_in_any_script_are_admitted() -> None:
    titles = ["Mesures de confiance\u00a0: révision", "Меры укрепления доверия", "建立信任措施", "تدابير بناء الثقة"]
    read = got(act.parse(make_act(titles=titles)))
    assert read.payload["titles"] == titles
    assert act.admit(read) is None


def signed_anyway(changed: dict[str, Any]) -> bytes:
    """An act signed by somebody who checks nothing but canonical form."""
    line = canonical.encode(changed)
    if isinstance(line, Refused):
        return b""
    return got(note.sign(act.HEADER + line + b"\n", NORVALE))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"corfu/act/v1", b"corfu/act/v2"),
        (b"corfu/act/v1\n", b""),
        (b"\n{", b"\n\n{"),
        (b"}\n\n", b"}\n"),
        (b"}\n\n", b"}\n\n\n"),
        (b"}\n\n", b"}\nmore\n\n"),
        (b"}\n\n", b"} \n\n"),
        (b"}\n\n", b"}\r\n\r\n"),
        (b'"author"', b' "author"'),
    ],
)
def test_other_forms_of_the_note_are_refused(old: bytes, new: bytes) -> None:
    assert old in ACT
    assert isinstance(act.parse(ACT.replace(old, new, 1)), Refused)


def test_a_second_signature_is_refused() -> None:
    line = ACT[ACT.index("— ".encode()) :]
    assert not isinstance(note.parse(ACT + line), Refused)
    assert isinstance(act.parse(ACT + line), Refused)
    assert isinstance(act.parse(ACT[:-1]), Refused)
    assert isinstance(act.parse(ACT + b"\n"), Refused)


def test_every_changed_byte_is_refused() -> None:
    for at in range(len(ACT)):
        for change in (*range(1, 128, 5), 0x20, 0x80):
            read = act.parse(ACT[:at] + bytes((ACT[at] ^ change,)) + ACT[at + 1 :])
            assert isinstance(read, Refused) or isinstance(act.verify(read, KNOWN), Refused), at


def test_every_byte_left_out_or_doubled_is_refused() -> None:
    for at in range(len(ACT)):
        for changed in (ACT[:at] + ACT[at + 1 :], ACT[:at] + ACT[at : at + 1] + ACT[at:]):
            read = act.parse(changed)
            assert isinstance(read, Refused) or isinstance(act.verify(read, KNOWN), Refused), at


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_an_act_or_refused(data: bytes) -> None:
    for candidate in (data, act.HEADER + data, act.HEADER + data + ACT[-110:], ACT + data):
        read = act.parse(candidate)
        assert isinstance(read, Refused) or read.note == candidate


@given(
    st.dictionaries(st.sampled_from(sorted(act.RESERVED)), st.none() | st.integers() | st.text() | st.lists(st.text()))
)
def test_any_members_are_an_act_or_refused(changed: dict[str, Any]) -> None:
    built = act.build(members(**changed), NORVALE)
    assert isinstance(built, Refused) or got(act.parse(built)).members == members(**changed)
