"""Checkpoints and cosignatures: Rekor's, Tessera's and Sunlight's, and the strictness of ours."""

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corfu.record import checkpoint, cosignature, keys, note, tree
from corfu.record.checkpoint import Checkpoint, Cosigned
from corfu.record.refusal import Refused
from tests.record.vectors import ORIGIN, got, read, signer, trusting

ROOT = bytes(range(32))
HEAD = Checkpoint(ORIGIN, 776, ROOT)
LOG = signer(ORIGIN)
WITNESS = signer("witness.example/w1", 2, keys.COSIGNATURE_V1)
OTHER = signer("witness.example/w2", 3, keys.COSIGNATURE_V1)


def cosigned(*signers: keys.SignerKey, at: int = 1_795_000_000) -> bytes:
    """Our checkpoint with cosignatures."""
    signed = got(note.parse(got(checkpoint.sign(HEAD, LOG))))
    lines = (got(checkpoint.cosign(signed.text, one, at)) for one in signers)
    return got(note.build(signed.text, *signed.signatures, *lines))


def test_rekor_checkpoints_and_inclusion_proofs(shared: Path) -> None:
    bundles = read(shared, "rekor2_checkpoints.json")
    for bundle in bundles:
        trusted = []
        for log in bundle["trusted_logs"]:
            if log["key_details"] == "PKIX_ED25519":
                point = base64.b64decode(log["spki_b64"])[-32:]
                trusted.append(got(keys.verifier_key(log["base_url"].removeprefix("https://"), point)))
        proof = bundle["inclusion_proof"]
        opened = checkpoint.open_checkpoint(proof["checkpoint"]["envelope"].encode(), trusting(*trusted))
        assert isinstance(opened, Refused) == (bundle["expect"] == "reject"), bundle["name"]
        if not isinstance(opened, Refused):
            head = opened.checkpoint
            assert head.root == base64.b64decode(proof["rootHash"])
            leaf = tree.leaf_hash(base64.b64decode(bundle["canonicalized_body_b64"]))
            hashes = [base64.b64decode(item) for item in proof["hashes"]]
            assert tree.check_inclusion(leaf, int(proof["logIndex"]), head.size, hashes, head.root) is None
    assert len(bundles) == 11


def test_tessera_checkpoints_at_every_size(shared: Path) -> None:
    log = read(shared, "tessera_15_leaf_log.json")
    leaves = [tree.leaf_hash(leaf.encode()) for leaf in log["leaves"]]
    known = trusting(got(keys.parse_vkey(log["vkey"])))
    files = log["files (checkpoint*: text, others: base64)"]
    names = ["checkpoint", *(f"checkpoint.{size}" for size in range(16))]
    for name in names:
        head = got(checkpoint.open_checkpoint(files[name].encode(), known)).checkpoint
        assert name in {"checkpoint", f"checkpoint.{head.size}"}
        assert head.root == tree.root(leaves[: head.size])


def test_sunlight_cosignatures(shared: Path) -> None:
    files = read(shared, "sunlight_mirror_and_cosignatures.json")["files (tile/**: base64, others: text)"]
    vkeys = [name for name in files if name.endswith(".v0.json")]
    known = trusting(*(got(keys.parse_vkey(files[name].split('"')[-2])) for name in vkeys))
    checked = 0
    for name in files:
        if name.endswith("/checkpoint"):
            whole, verified = got(note.open_note(files[name].encode(), known))
            assert got(checkpoint.parse(whole.text)).size == 300
            assert [cosignature.timestamp(line.signature) for line in verified] == [1767139200]
            changed = files[name].replace("\n300\n", "\n301\n").encode()
            assert isinstance(note.open_note(changed, known), Refused)
            checked += 1
    assert checked == len(vkeys) == 3


def test_a_checkpoint_is_written_signed_and_read() -> None:
    text = b"corfu.example/record\n776\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
    assert checkpoint.text_of(HEAD) == text
    opened = got(checkpoint.open_checkpoint(got(checkpoint.sign(HEAD, LOG)), trusting(LOG)))
    assert (opened.checkpoint, opened.note.text, opened.cosigned) == (HEAD, text, ())
    extended = HEAD._replace(extensions=("one", "two words"))
    assert checkpoint.parse(got(checkpoint.text_of(extended))) == extended


def test_cosignatures_are_told_with_their_times() -> None:
    opened = got(checkpoint.open_checkpoint(cosigned(WITNESS, OTHER), trusting(LOG, WITNESS, OTHER)))
    assert opened.cosigned == (
        Cosigned("witness.example/w1", 1_795_000_000),
        Cosigned("witness.example/w2", 1_795_000_000),
    )
    opened = got(checkpoint.open_checkpoint(cosigned(WITNESS, OTHER), trusting(LOG, OTHER)))
    assert [one.name for one in opened.cosigned] == ["witness.example/w2"]


def test_what_a_cosigner_signs() -> None:
    signature = got(cosignature.sign(b"origin\n1\nroot\n", WITNESS, 1679315147))
    assert signature[:8] == (1679315147).to_bytes(8)
    message = b"cosignature/v1\ntime 1679315147\norigin\n1\nroot\n"
    assert keys.verify(WITNESS.verifier.point, message, signature[8:])


def test_every_changed_byte_of_a_cosigned_checkpoint_is_refused() -> None:
    signed, known = cosigned(WITNESS), trusting(LOG, WITNESS)
    whole = got(checkpoint.open_checkpoint(signed, known))
    for at in range(len(signed)):
        for change in (1, 2, 4, 0x20, 0x80):
            changed = checkpoint.open_checkpoint(signed[:at] + bytes((signed[at] ^ change,)) + signed[at + 1 :], known)
            # A name or key ID changed makes the signature one of an unknown key: then it counts no more.
            assert isinstance(changed, Refused) or (changed.checkpoint == HEAD and len(changed.cosigned) == 0)
            assert changed != whole


def test_only_the_logs_own_key_makes_a_checkpoint_its_own() -> None:
    foreign = got(note.sign(got(checkpoint.text_of(HEAD)), signer("other.example")))
    for signed in (
        foreign,
        got(
            note.build(got(checkpoint.text_of(HEAD)), got(checkpoint.cosign(got(checkpoint.text_of(HEAD)), WITNESS, 1)))
        ),
    ):
        refused = checkpoint.open_checkpoint(signed, trusting(LOG, signer("other.example"), WITNESS))
        assert isinstance(refused, Refused)
        assert refused.code == "checkpoint.origin"
    assert isinstance(checkpoint.sign(HEAD, signer("other.example")), Refused)


def test_a_key_cosigns_only_checkpoints_in_time_and_of_its_type() -> None:
    text = got(checkpoint.text_of(HEAD))
    assert isinstance(checkpoint.cosign(text, LOG, 1), Refused)
    assert isinstance(checkpoint.cosign(text, WITNESS, -1), Refused)
    assert isinstance(checkpoint.cosign(text, WITNESS, 2**63), Refused)
    assert isinstance(checkpoint.cosign(b"corfu/act/v1\n{}\n", WITNESS, 1), Refused)
    assert not cosignature.verify(text, b"\xff" * 72, WITNESS.verifier.point)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "o\n1\n",
        "o\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "o\n01\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "o\n+1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "o\n-1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "o\n١\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "o\n1_0\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "o\n9223372036854775808\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        "o\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=\n",
        "o\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n",
        "o\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==\n",
        "o\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n\n",
        "o\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nx\n\ny\n",
        "o\n0\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    assert isinstance(checkpoint.parse(text.encode()), Refused)


@pytest.mark.parametrize(
    "head",
    [
        Checkpoint("", 1, ROOT),
        Checkpoint("a\nb", 1, ROOT),
        Checkpoint("a", -1, ROOT),
        Checkpoint("a", 2**63, ROOT),
        Checkpoint("a", 1, ROOT[1:]),
        Checkpoint("a", 0, ROOT),
        Checkpoint("a", 1, ROOT, ("",)),
        Checkpoint("a", 1, ROOT, ("x\ny",)),
        Checkpoint("\ud800", 1, ROOT),
    ],
)
def test_what_cannot_be_written_is_refused(head: Checkpoint) -> None:
    assert isinstance(checkpoint.text_of(head), Refused)
    assert isinstance(checkpoint.sign(head, LOG), Refused)


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_a_checkpoint_or_refused(data: bytes) -> None:
    for candidate in (
        data,
        data + b"\n1\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        got(checkpoint.text_of(HEAD)) + data,
    ):
        parsed = checkpoint.parse(candidate)
        assert isinstance(parsed, Refused) or checkpoint.text_of(parsed) == candidate
        assert isinstance(checkpoint.open_checkpoint(candidate, trusting(LOG)), Refused)
