"""The commands for logs, keys and witnesses as people use them, and what they say when something is wrong."""

import base64
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from corfu.cli import Exit, main
from corfu.record import act, keys, proof, verify
from tests.record.vectors import ORIGIN, got


class Desk:
    """A folder in which somebody works; what the last command said, and all that was heard."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys
        self.out = self.err = self.heard = ""

    def __call__(self, *command: str, code: Exit = Exit.DONE) -> str:
        """Run a command; words with a slash in front are files of this folder."""
        done = main([str(self.folder / word[1:]) if word.startswith("/") else word for word in command])
        self.out, self.err = self._capsys.readouterr()
        self.heard += self.out + self.err
        assert done == code, self.out + self.err
        return self.out

    def refused(self, *command: str) -> str:
        """Run a command that must end with one sentence and nothing else."""
        self(*command, code=Exit.COULD_NOT)
        assert self.out == ""
        (sentence,) = self.err.splitlines()
        assert sentence.startswith("corfu: ")
        assert "Traceback" not in sentence
        return sentence

    def write(self, name: str, value: Any) -> None:
        """Write a file: JSON, or bytes."""
        (self.folder / name).write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())

    def read(self, name: str) -> bytes:
        """Read one."""
        return (self.folder / name).read_bytes()


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A log in which Norvale has a key."""
    return _furnished(Desk(tmp_path, capsys))


@pytest.fixture
def either(tmp_path: Path, capsys: pytest.CaptureFixture[str], address: str | None) -> Desk:
    """The same, in SQLite and in PostgreSQL."""
    return _furnished(Desk(tmp_path, capsys), *(("--database", address) if address else ()))


def _furnished(made: Desk, *options: str) -> Desk:
    made("log", "init", "/log", "--origin", ORIGIN, *options)
    vkey = made("key", "new", "delegation/NOR", "-o", "/nor.key").strip()
    assert made("log", "enrol", "/log", vkey, "--for", "NOR").startswith("1 key.enrol SEC ")
    made("log", "checkpoint", "/log", "-o", "/seen")
    made.write("act.json", {"act": "amendment.file", "author": "NOR", "prev": None, "text": "dd7/rev.4"})
    made.write("words.txt", b"Words for participants only.\n")
    return made


SIGN = ("key", "sign", "/act.json", "--key", "/nor.key", "--seen", "/seen", "-o", "/new.act")


def test_an_act_is_signed_offline_appended_and_proven(either: Desk) -> None:
    shown = either(*SIGN, "--attach", "/words.txt", "--layer", "participants", "--documents", "/attached", "--yes")
    signed = got(act.parse(either.read("new.act")))
    assert shown.encode() == signed.text, "what was printed is what was signed, to the byte"
    told = either("log", "append", "/log", "/new.act", "--documents", "/attached", "--receipts", "/receipts")
    assert told == f"2 amendment.file NOR {signed.hash}\n"
    receipt = got(proof.parse(either.read("receipts/2.tlog-proof")))
    log = got(keys.parse_private_key(either.read("log/log.key").decode().strip()))
    got(proof.verify(receipt, either.read("new.act"), got(keys.known(log.verifier)), ORIGIN))
    either("log", "bundle", "/log", "-o", "/log.zip", "--layer", "participants")
    report = verify.verify(either.read("log.zip"), either.read("seen"))
    assert (report.verdict, report.size, report.counts["documents"], report.counts["since"]) == (0, 3, 1, 1)
    assert "words.txt" not in str(either.read("log.zip"))
    either("log", "bundle", "/log", "-o", "/public.zip")
    assert verify.verify(either.read("public.zip")).counts["documents"] == 0
    assert "3 acts, 3 checkpoints, 1 documents" in either("log", "check", "/log")


def test_the_next_act_follows_the_last_and_a_revoked_key_signs_nothing(either: Desk) -> None:
    either(*SIGN, "--yes")
    either("log", "append", "/log", "/new.act")
    either("log", "checkpoint", "/log", "-o", "/seen")
    either.write("act.json", {"act": "text.note", "author": "NOR"})
    either(*SIGN[:-1], "/second.act", "--prev", "/new.act", "--yes")
    assert either("log", "append", "/log", "/second.act").startswith("3 text.note NOR ")
    vkey = got(keys.parse_private_key(either.read("nor.key").decode().strip())).verifier.vkey
    either("log", "revoke", "/log", vkey)
    either("log", "checkpoint", "/log", "-o", "/seen")
    either(*SIGN[:-1], "/third.act", "--prev", "/second.act", "--yes")
    assert "was revoked before it, by entry 4" in either.refused("log", "append", "/log", "/third.act")


def test_acts_come_from_standard_input(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk(*SIGN, "--yes")
    notes = desk.read("new.act")

    class Piped:
        buffer = io.BytesIO(notes)

    monkeypatch.setattr(sys, "stdin", Piped())
    assert desk("log", "append", "/log", "-").startswith("2 amendment.file NOR ")
    Piped.buffer = io.BytesIO(notes + notes)
    desk("log", "append", "/log", "-", code=Exit.COULD_NOT)
    assert [line.partition(":")[2][:6] for line in desk.err.splitlines()] == [" act 1", " act 2"]
    for data in (b"", b"one line\n", notes[:-1] + notes):
        Piped.buffer = io.BytesIO(data)
        assert "four lines each" in desk.refused("log", "append", "/log", "-") or data


def test_nothing_is_signed_unless_somebody_says_yes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    desk(*SIGN, code=Exit.COULD_NOT)
    assert "give --yes" in desk.err
    monkeypatch.setattr(sys, "stdin", Terminal("n\n"))
    desk(*SIGN, code=Exit.COULD_NOT)
    assert "Nothing was signed" in desk.err
    assert not (desk.folder / "new.act").exists()
    monkeypatch.setattr(sys, "stdin", Terminal("yes\n"))
    desk(*SIGN)
    assert "Sign exactly this as delegation/NOR?" in desk.err
    desk(*SIGN[:-1], "/seen", "--yes", code=Exit.COULD_NOT)
    assert "would be lost" in desk.err


def test_secrets_are_for_their_owner_and_never_written_over(desk: Desk) -> None:
    secret = ("nor.key", "log/log.key", "log/registrar.key", "log/log.sqlite3")
    assert {(desk.folder / name).stat().st_mode & 0o777 for name in secret} == {0o600}
    assert "is there already" in desk.refused("key", "new", "delegation/NOR", "-o", "/nor.key")
    (desk.folder / "nor.key").chmod(0o644)
    assert "Others may read" in desk.refused(*SIGN, "--yes")
    for name in ("nor.key", "log/log.key"):
        # PRIVATE+KEY+name+hash+base64, and base64 itself may hold a +.
        *_, encoded = desk.read(name).decode().strip().split("+", 4)
        assert len(base64.b64decode(encoded, validate=True)) == 33, "a byte for the kind, then the secret seed"
        assert encoded not in desk.heard, "nothing that was ever printed here has it"


def test_a_witness_follows_and_its_cosignature_is_shown(either: Desk) -> None:
    either("log", "bundle", "/log", "-o", "/log.zip")
    log = got(keys.parse_private_key(either.read("log/log.key").decode().strip())).verifier.vkey
    vkey = either("witness", "new", "/ost", "witness.example/ost", "--log", log).strip()
    either("witness", "follow", "/ost", "/log.zip", "-o", "/cosigned")
    assert "cosigned corfu.example/record at 2 entries" in either.err
    assert "no witness" in either.refused("log", "checkpoint", "/log", "--add", "/cosigned").lower()
    either("log", "trust", "/log", vkey)
    shown = either("log", "checkpoint", "/log", "--add", "/cosigned")
    assert shown.encode() == either.read("cosigned")


@pytest.mark.parametrize("every", ["0", "-1", "nan", "1e400", "soon"])
def test_a_witness_waits_for_a_time_that_can_be_waited(every: str, desk: Desk) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["witness", "follow", str(desk.folder / "ost"), "log.zip", "--every", every])
    assert ended.value.code == Exit.COULD_NOT


def test_a_witness_goes_on_when_a_log_cannot_be_read_for_a_while(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk("log", "bundle", "/log", "-o", "/log.zip")
    whole = desk.read("log.zip")
    log = got(keys.parse_private_key(desk.read("log/log.key").decode().strip())).verifier.vkey
    desk("witness", "new", "/ost", "witness.example/ost", "--log", log)
    waits = iter((b"", whole, None))

    def wait(_: float) -> None:
        there = next(waits)
        if there is None:
            raise KeyboardInterrupt
        desk.write("log.zip", there)

    monkeypatch.setattr(time, "sleep", wait)
    desk("witness", "follow", "/ost", "/log.zip", "-o", "/cosigned", "--every", "1")
    said = desk.err.splitlines()
    assert [line.partition(" ")[0] for line in said] == ["cosigned", "corfu:", "cosigned"]
    assert "not a whole zip" in said[1]


@pytest.mark.parametrize("name", ["/ost/witness.key", "/ost/logs", "/log.zip"])
def test_a_witness_writes_over_nothing_it_needs(name: str, desk: Desk) -> None:
    desk("log", "bundle", "/log", "-o", "/log.zip")
    log = got(keys.parse_private_key(desk.read("log/log.key").decode().strip())).verifier.vkey
    desk("witness", "new", "/ost", "witness.example/ost", "--log", log)
    assert "would be lost" in desk.refused("witness", "follow", "/ost", "/log.zip", "-o", name)


def test_what_is_signed_is_printed_to_the_byte_whatever_the_console(desk: Desk) -> None:
    desk.write("act.json", {"act": "text.note", "author": "NOR", "prev": None, "text": "Осло 奥斯陆"})
    command = [str(desk.folder / word[1:]) if word[0] == "/" else word for word in (*SIGN, "--yes")]
    asked = [sys.executable, "-m", "corfu.cli", *command]
    done = subprocess.run(asked, capture_output=True, check=True, env={**os.environ, "PYTHONIOENCODING": "latin-1"})
    assert done.stdout == got(act.parse(desk.read("new.act"))).text


BAD = [
    (("log", "append", "/nowhere", "/act.json"), "is not a log's"),
    (("log", "append", "/log", "/nothing.act"), "No such file"),
    (("log", "append", "/log", "/act.json"), "header, members and signature line"),
    (("log", "append", "/log", "/log"), "Is a directory"),
    (("log", "init", "/log", "--origin", ORIGIN), "not empty"),
    (("log", "init", "/new", "--origin", "two words"), "cannot stand in a signature line"),
    (("log", "init", "/new", "--origin", ORIGIN, "--registrar", "S E C"), "cannot stand"),
    (("log", "init", "/new", "--origin", ORIGIN, "--database", "postgresql://127.0.0.1:9/x"), "PostgreSQL said"),
    (("log", "enrol", "/log", "nonsense", "--for", "NOR"), "not in its form"),
    (("log", "bundle", "/nowhere", "-o", "/x.zip"), "is not a log's"),
    (("log", "check", "/nowhere"), "is not a log's"),
    (("log", "checkpoint", "/nowhere"), "is not a log's"),
    (("log", "checkpoint", "/log", "--add", "/act.json"), "signature line"),
    (("log", "trust", "/log", "nonsense"), "not in its form"),
    (("log", "bundle", "/log", "-o", "/log/log.key"), "would be lost"),
    (("log", "checkpoint", "/log", "-o", "/log/checkpoint"), "would be lost"),
    (("log", "checkpoint", "/log", "-o", "/log/log.sqlite3-wal"), "would be lost"),
    (("key", "new", "two words", "-o", "/x.key"), "cannot stand in a signature line"),
    (("key", "new", "x", "-o", "/no/folder/x.key"), "cannot be written"),
    ((*SIGN[:4], "/act.json", *SIGN[5:], "--yes"), "others may read"),
    (("key", "sign", "/words.txt", *SIGN[3:], "--yes"), "is not JSON"),
    (("key", "sign", "/twice.json", *SIGN[3:], "--yes"), "stands twice"),
    (("key", "sign", "/list.json", *SIGN[3:], "--yes"), "A JSON object"),
    (("key", "sign", "/float.json", *SIGN[3:], "--yes"), "not one of these"),
    (("key", "sign", "/huge.json", *SIGN[3:], "--yes"), "not JSON"),
    (("key", "sign", "/deep.json", *SIGN[3:], "--yes"), "not JSON"),
    (("key", "sign", "/act.json", *SIGN[3:5], "--seen", "/words.txt", *SIGN[7:], "--yes"), "signature line"),
    (("key", "sign", "/unlisted.json", *SIGN[3:], "--yes"), "list commitment and layer of each"),
    (("witness", "follow", "/nowhere", "/log.zip"), "the file /"),
    (("witness", "new", "/w", "name", "--log", "nonsense"), "not in its form"),
    (("witness", "serve", "/nowhere"), "cannot be read"),
    (("witness", "serve", "/nowhere", "--listen", "here"), "is not HOST:PORT"),
]


@pytest.mark.parametrize(("command", "cause"), BAD, ids=[f"{' '.join(c[:2])} {n}" for n, (c, _) in enumerate(BAD)])
def test_bad_input_is_answered_with_one_sentence(desk: Desk, command: tuple[str, ...], cause: str) -> None:
    desk.write("twice.json", b'{"act":"a.b","act":"a.c"}')
    desk.write("list.json", b"[]")
    desk.write("float.json", b'{"act":"text.note","author":"NOR","prev":null,"n":1.5}')
    desk.write("huge.json", b'{"n":' + b"9" * 6000 + b"}")
    desk.write("deep.json", b"[" * 60_000)
    desk.write("unlisted.json", b'{"act":"text.note","author":"NOR","prev":null,"documents":5}')
    before = sorted(path.relative_to(desk.folder) for path in desk.folder.rglob("*"))
    assert cause.lower() in desk.refused(*command).lower()
    assert sorted(path.relative_to(desk.folder) for path in desk.folder.rglob("*")) == before


def test_a_database_that_is_none_or_was_torn_is_said_to_be_so(desk: Desk) -> None:
    for data in (b"", b"nothing of SQLite's" * 1000):
        whole = desk.read("log/log.sqlite3")
        desk.write("log/log.sqlite3", data)
        assert "put the newest" in desk.refused("log", "bundle", "/log", "-o", "/x.zip")
        assert "put the newest" in desk.refused("log", "append", "/log", "/act.json")
        assert "put the newest" in desk.refused("log", "check", "/log")
        desk.write("log/log.sqlite3", whole)
    torn = bytearray(desk.read("log/log.sqlite3"))
    torn[4096:] = bytes(len(torn) - 4096)  # all pages but the first
    desk.write("log/log.sqlite3", bytes(torn))
    assert "cannot be read" in desk.refused("log", "bundle", "/log", "-o", "/x.zip")
    desk("log", "check", "/log", code=Exit.FOUND_A_NO)
    assert desk.out.startswith("FALSE: database: ")
    (desk.folder / "log" / "log.sqlite3").unlink()
    assert "is missing" in desk.refused("log", "append", "/log", "/act.json")


def test_a_log_that_was_changed_is_named_with_entry_and_what(desk: Desk) -> None:
    import sqlite3

    connection = sqlite3.connect(desk.folder / "log" / "log.sqlite3")
    ((trigger,),) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'entries_update'")
    connection.execute("DROP TRIGGER entries_update")
    connection.execute("UPDATE entries SET note = CAST(note || x'0a' AS BLOB) WHERE place = 1")
    connection.execute(trigger)
    connection.commit()
    connection.close()
    desk("log", "check", "/log", code=Exit.FOUND_A_NO)
    assert desk.out.startswith("FALSE: entry 1, tree: ")
    assert "(entry 1, tree); put the newest good copy" in desk.refused("log", "append", "/log", "/act.json")
