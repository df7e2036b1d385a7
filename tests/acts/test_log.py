"""The writer: what it accepts and refuses, what it acknowledges, who may write, what it does when the disk fails."""

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, NoReturn

import pytest

from corfu.acts import start
from corfu.acts.audit import Audited
from corfu.acts.export import make_bundle
from corfu.acts.group import STOPPED, Group
from corfu.acts.home import Home
from corfu.acts.lock import create, read_head
from corfu.acts.log import Accepted, Log, Stopped, Submission
from corfu.acts.store import Store
from corfu.record import act, bundle, checkpoint, proof, verify
from corfu.record.refusal import Refused
from corfu.record.wire import base64
from tests.acts import cluster
from tests.acts.samples import AT, append, new_log, opened, sample
from tests.record.logs import KAR, NOR, STRANGER, ZEN
from tests.record.vectors import ORIGIN, got, trusting


def code(result: object) -> str:
    assert isinstance(result, Refused), result
    return result.code


def test_an_accepted_act_comes_with_a_receipt_that_anyone_can_check(tmp_path: Path, address: str | None) -> None:
    log = new_log(tmp_path / "log", address)
    scribe = opened(log)
    accepted = append(log, scribe.enrolments())
    notes = scribe.amendments(7)
    accepted += append(log, notes)
    assert [one.place for one in accepted] == list(range(1, 11))
    for note, one in zip(notes, accepted[3:], strict=True):
        receipt = got(proof.parse(bytes(one.receipt)))
        signed = got(proof.verify(receipt, note, trusting(log.signer), ORIGIN))
        assert (signed.checkpoint.size, signed.checkpoint.root) == (11, scribe.hashes.root_at(11))
    assert bytes(got(log.receipt(10))) == bytes(accepted[-1].receipt)
    log.close()


def test_a_closed_log_goes_on_and_its_bundle_is_verified(tmp_path: Path, address: str | None) -> None:
    scribe = sample(tmp_path / "log", 60, 9, address)
    log = got(start.open_log(tmp_path / "log"))
    assert log.size == 60
    append(log, scribe.amendments(3))
    log.close()
    found = start.check(tmp_path / "log")
    assert isinstance(found, Audited), found
    assert (found.hashes.size, found.documents, len(found.signed)) == (63, 6, 10)
    made = got(make_bundle(Home(tmp_path / "log"), ["public"]))
    report = verify.verify(made)
    assert (report.verdict, report.size, report.fault) == (0, 63, None)
    assert report.counts["documents"] == 3
    everything = got(bundle.read(got(make_bundle(Home(tmp_path / "log"), ["public", "participants"]))))
    assert len(everything.committed) == 5, "six, one of them erased"


def test_what_is_refused_leaves_no_trace_and_the_others_go_in(tmp_path: Path, address: str | None) -> None:
    log = new_log(tmp_path / "log", address)
    scribe = opened(log)
    append(log, scribe.enrolments())
    good = scribe.amendments(1)[0]
    seen = {"root": base64(scribe.hashes.root_at(4)), "size": 4}

    def made(by: Any = NOR, **given: Any) -> bytes:
        members = {
            "act": "text.note", "at": AT, "author": by.verifier.name.partition("/")[2], "id": "fresh-id-1",
            "log": ORIGIN, "prev": None, "seen": seen,
        }  # fmt: skip
        return got(act.build(members | given, by))

    results = log.append(
        [
            Submission(note)
            for note in (
                b"nothing",
                made(by=STRANGER),
                made(author="KAR"),
                made(by=KAR, prev=base64(bytes(32))),
                made(by=KAR, log="elsewhere.example/log"),
                made(by=KAR, seen=seen | {"size": 5}),
                made(by=KAR, seen=seen | {"root": base64(bytes(32))}),
                made(by=KAR)[:-5] + b"AAA=\n",
                good,
                good,
                made(by=ZEN, documents=[{"commitment": base64(bytes(32)), "layer": "public"}]),
                made(by=ZEN, act="erasure.record", commitments=[base64(bytes(32))]),
                made(by=ZEN, act="key.enrol", key=STRANGER.verifier.vkey, custody="server"),
            )
        ]
    )
    assert [one.code if isinstance(one, Refused) else one.place for one in results] == [
        "act.form", "log.key", "log.key", "log.chain", "log.act", "log.seen", "log.seen", "log.signature", 4,
        "log.act", "log.document", "log.erasure", "log.key",
    ]  # fmt: skip
    assert log.size == log.store.size() == 5
    log.close()


def test_an_act_that_is_handed_in_again_is_said_to_be_there(tmp_path: Path, address: str | None) -> None:
    """After a crash nobody knows whether it came in: the second time tells."""
    log = new_log(tmp_path / "log", address)
    notes = opened(log).enrolments()
    append(log, notes)
    (again,) = log.append([Submission(notes[1])])
    assert code(again) == "log.there"
    assert "is in the log already, as entry 2: nothing is left to do" in str(again)
    log.close()


def test_all_or_none(tmp_path: Path, address: str | None) -> None:
    log = new_log(tmp_path / "log", address)
    scribe = opened(log)
    notes = scribe.enrolments()
    results = log.append([Submission(notes[0]), Submission(b"bad")], whole=True)
    assert [code(one) for one in results] == ["log.whole", "act.form"]
    with pytest.raises(Stopped):
        log.append([Submission(notes[0])])
    log.close()
    log = got(start.open_log(tmp_path / "log"))
    assert [one.place for one in append(log, notes)] == [1, 2, 3]
    log.close()


def test_documents_come_with_their_act_and_go_with_an_erasure_only(tmp_path: Path, address: str | None) -> None:
    log = new_log(tmp_path / "log", address)
    scribe = opened(log)
    append(log, scribe.enrolments())
    scribe.look()
    submission = scribe.with_document("participants")
    ((name, whole),) = submission.documents.items()
    assert code(log.append([Submission(submission.note)])[0]) == "log.document"
    assert code(log.append([Submission(submission.note, {name: whole + b"x"})])[0]) == "commitment.false"
    append(log, [submission])
    assert [(row.layer, row.document) for row in log.store.documents()] == [("participants", whole[32:])]
    scribe.look()
    stolen = {"commitment": name, "layer": "public"}
    other = got(act.build(scribe.members("text.note", KAR, documents=[stolen]), KAR))
    assert code(log.append([Submission(other, {name: whole})])[0]) == "log.document", "it would be shown to all"
    foreign = got(act.build(scribe.members("erasure.record", KAR, commitments=[name]), KAR))
    assert code(log.append([Submission(foreign)])[0]) == "log.erasure"
    append(log, [scribe.write("erasure.record", NOR, commitments=[name])])
    assert [(row.salt, row.document, row.erased) for row in log.store.documents()] == [(None, None, 5)]
    log.close()
    assert isinstance(start.check(tmp_path / "log"), Audited)
    if address is None:
        files = (tmp_path / "log").glob("log.sqlite3*")
        assert not any(whole[32:] in file.read_bytes() for file in files), "nor in any corner of the file"


REFUSED = [
    "UPDATE entries SET note = note WHERE place = 1",
    "DELETE FROM entries WHERE place = 5",
    "INSERT INTO entries (place, head, link, note) SELECT place + 100, head + 100, link, note FROM entries WHERE place = 5",  # noqa: E501
    "UPDATE checkpoints SET note = note",
    "DELETE FROM checkpoints WHERE size = 1",
    "UPDATE documents SET layer = 'public'",
    "UPDATE documents SET salt = NULL, document = NULL, erased = 2",
    "DELETE FROM documents",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_triggers_refuse_what_is_not_growth(statement: str, tmp_path: Path, address: str | None) -> None:
    sample(tmp_path / "log", 20, 5, address)
    store = got(start.open_store(Home(tmp_path / "log"), writing=True))
    with pytest.raises(store.database.error, match="the log only grows"):
        store.database.rows(statement)
    store.database.close()
    assert isinstance(start.check(tmp_path / "log"), Audited)


def test_replace_and_truncate_are_refused_too(tmp_path: Path, postgresql: str) -> None:
    sample(tmp_path / "a", 20, 5)
    with sqlite3.connect(tmp_path / "a" / "log.sqlite3") as connection:
        for table in ("entries", "checkpoints", "documents"):
            with pytest.raises(sqlite3.IntegrityError, match="the log only grows"):
                connection.execute(f"REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")
    connection.close()
    sample(tmp_path / "b", 20, 5, cluster.fresh_schema(postgresql))
    store = got(start.open_store(Home(tmp_path / "b")))
    with pytest.raises(store.database.error, match="the log only grows"):
        store.database.rows("TRUNCATE documents, entries")
    store.database.rows("SET session_replication_role = replica")
    with pytest.raises(store.database.error, match="the log only grows"):
        store.database.rows("DELETE FROM entries")
    store.database.rows("ALTER TABLE entries DISABLE TRIGGER corfu_delete")
    store.database.close()
    found = start.check(tmp_path / "b")
    assert "corfu_delete on entries is missing" in str(found)


def test_a_second_writer_is_refused_with_one_sentence(tmp_path: Path, address: str | None) -> None:
    log = new_log(tmp_path / "log", address)
    assert code(start.open_log(tmp_path / "log")) == "log.writer"
    program = "import sys; from corfu.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [
        sys.executable,
        "-c",
        program,
        "log",
        "append",
        str(tmp_path / "log"),
        str(tmp_path / "log" / "checkpoint"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    (sentence,) = done.stderr.splitlines()
    assert "Another process writes to this log: end it" in sentence
    log.close()
    got(start.open_log(tmp_path / "log")).close()


def test_two_folders_with_one_database_have_one_writer(tmp_path: Path, postgresql: str) -> None:
    address = cluster.fresh_schema(postgresql)
    log = new_log(tmp_path / "log", address)
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("log.key", "database", "checkpoint"):
        (copy / name).write_bytes((tmp_path / "log" / name).read_bytes())
        (copy / name).chmod(0o600)
    assert code(start.open_log(copy)) == "log.writer"
    log.close()
    assert code(start.init(tmp_path / "third", ORIGIN, AT, "0123456789abcdef", address=address)) == "log.start"


def test_a_database_in_postgresql_that_lost_its_last_acts_signs_nothing(tmp_path: Path, postgresql: str) -> None:
    """As it is after an older dump was put back."""
    scribe = sample(tmp_path / "log", 30, 10, cluster.fresh_schema(postgresql))
    log = got(start.open_log(tmp_path / "log"))
    append(log, scribe.amendments(2))
    log.close()
    store = got(start.open_store(Home(tmp_path / "log"), writing=True))
    for table, column in (("checkpoints", "size > 30"), ("entries", "place >= 30")):
        store.database.rows(f"ALTER TABLE {table} DISABLE TRIGGER corfu_delete")
        store.database.rows(f"DELETE FROM {table} WHERE {column}")
        store.database.rows(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER corfu_delete")
    store.database.close()
    refused = start.open_log(tmp_path / "log")
    assert code(refused) == "log.distrusted"
    assert "is of 32 entries, the database has 30: an older copy" in str(refused)
    assert code(make_bundle(Home(tmp_path / "log"), [])) == "log.older"


def test_an_older_copy_of_the_database_signs_nothing(tmp_path: Path) -> None:
    scribe = sample(tmp_path / "log", 30, 10)
    file = tmp_path / "log" / "log.sqlite3"
    older = file.read_bytes()
    log = got(start.open_log(tmp_path / "log"))
    append(log, scribe.amendments(2))
    log.close()
    newest = file.read_bytes()
    file.write_bytes(older)
    refused = start.open_log(tmp_path / "log")
    assert code(refused) == "log.distrusted"
    assert "is of 32 entries, the database has 30: an older copy" in str(refused)
    assert "put the newest good copy of the database back" in str(refused)
    assert code(make_bundle(Home(tmp_path / "log"), [])) == "log.older", "no bundle either that nobody could read"
    file.write_bytes(newest)
    got(start.open_log(tmp_path / "log")).close()
    head = tmp_path / "log" / "checkpoint"
    signed = head.read_bytes()
    head.write_bytes(signed.replace(b"\n32\n", b"\n31\n"))
    refused = start.open_log(tmp_path / "log")
    assert "checkpoint of 32 entries in the database is not the last one that was signed" in str(refused)
    head.write_bytes(bytes(8192))
    assert "holds no checkpoint that this log's key has signed" in str(start.open_log(tmp_path / "log"))
    head.unlink()
    assert "is missing" in str(start.open_log(tmp_path / "log"))
    head.write_bytes(signed)
    got(start.open_log(tmp_path / "log")).close()


def test_another_history_of_the_same_length_signs_nothing(tmp_path: Path) -> None:
    scribe = sample(tmp_path / "log", 30, 10)
    file, head = tmp_path / "log" / "log.sqlite3", tmp_path / "log" / "checkpoint"
    older, older_head = file.read_bytes(), head.read_bytes()
    log = got(start.open_log(tmp_path / "log"))
    append(log, [scribe.write("text.note", scribe.registrar)])
    one, signed = file, log.head
    log.close()
    file.write_bytes(older)
    head.write_bytes(older_head)  # both put back, and the log forked ...
    scribe.look()
    log = got(start.open_log(tmp_path / "log"))
    members = scribe.members("text.note", scribe.registrar, prev=log.prev("SEC"), seen=log.seen(), text="other")
    append(log, [got(act.build(members, scribe.registrar))])
    log.close()
    (tmp_path / "log" / "heads" / "0123456789abcdef").write_bytes(signed)  # ... but a witness has seen the first
    refused = start.open_log(tmp_path / "log")
    assert code(refused) == "log.distrusted"
    assert "heads/0123456789abcdef) has another root than the first 31 entries" in str(refused)
    assert one.exists()


def test_acts_that_a_crash_left_unsigned_are_signed_at_the_next_start(tmp_path: Path, address: str | None) -> None:
    log = new_log(tmp_path / "log", address)
    scribe = opened(log)
    before = log.head
    append(log, scribe.enrolments())
    signed = log.head
    log.close()
    log.home.checkpoint.unlink()
    create(log.home.checkpoint, before).close()  # as if the crash had come before the next was written
    store = got(start.open_store(log.home, writing=True))
    drop = "DROP TRIGGER checkpoints_delete" if address is None else "DROP TRIGGER corfu_delete ON checkpoints"
    store.database.rows(drop)
    store.database.rows("DELETE FROM checkpoints WHERE size = 4")
    again = (
        "CREATE TRIGGER checkpoints_delete BEFORE DELETE ON checkpoints "
        "BEGIN SELECT RAISE(ABORT, 'the log only grows: checkpoints'); END"
        if address is None
        else "CREATE TRIGGER corfu_delete BEFORE DELETE ON checkpoints FOR EACH ROW EXECUTE FUNCTION corfu_refuse()"
    )
    store.database.rows(again)
    if address:
        store.database.rows("ALTER TABLE checkpoints ENABLE ALWAYS TRIGGER corfu_delete")
    store.database.close()
    log = got(start.open_log(tmp_path / "log"))
    assert (log.size, log.head) == (4, signed), "to the byte what was signed the first time"
    assert read_head(log.home.checkpoint, log.signer.verifier) == signed
    log.close()
    assert isinstance(start.check(tmp_path / "log"), Audited)


class Failing(Store):
    """A store whose commit fails."""

    def __init__(self, store: Store) -> None:
        super().__init__(store.database)

    def add_entries(self, entries: Any) -> None:
        super().add_entries(entries)
        raise sqlite3.OperationalError("disk I/O error")


def test_after_an_error_nothing_more_is_signed(tmp_path: Path, address: str | None) -> None:
    log = new_log(tmp_path / "log", address)
    scribe = opened(log)
    notes = scribe.enrolments()
    whole, log.store = log.store, Failing(log.store)
    with pytest.raises(Stopped, match="disk I/O error"):
        log.append([Submission(notes[0])])
    log.store = whole
    with pytest.raises(Stopped):
        log.append([Submission(notes[0])])
    log.close()
    log = got(start.open_log(tmp_path / "log"))
    assert [one.place for one in append(log, notes)] == [1, 2, 3]
    log.close()


def test_many_threads_are_written_in_groups(tmp_path: Path, address: str | None) -> None:
    log = new_log(tmp_path / "log", address)
    scribe = opened(log)
    notes = scribe.enrolments()
    append(log, notes)
    group, results = Group(log), dict[str, Accepted | Refused]()

    def delegation(by: Any) -> None:
        name = by.verifier.name
        prev = log.prev(name.partition("/")[2])
        for number in range(6):
            members = scribe.members("text.note", by, prev=prev, id=f"{name[-3:]}-{number:08}")
            done = group.submit(Submission(got(act.build(members, by))))
            results[f"{name}{number}"] = done
            prev = got(done).hash

    scribe.look()
    threads = [threading.Thread(target=delegation, args=(by,)) for by in (NOR, KAR)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got(one).place for one in results.values()) == list(range(4, 16))
    log.close()
    assert isinstance(start.check(tmp_path / "log"), Audited)


def test_a_group_whose_log_stops_ends_its_process(tmp_path: Path, address: str | None) -> None:
    log = new_log(tmp_path / "log", address)
    notes = opened(log).enrolments()
    log.store = Failing(log.store)

    def stop(why: str) -> NoReturn:
        raise SystemExit(why)

    with pytest.raises(SystemExit, match="the log stopped"):
        Group(log, stop).submit(Submission(notes[0]))
    log.close()
    program = "from corfu.acts.group import leave; leave('the log stopped')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (STOPPED, "corfu: the log stopped.\n")


def test_checkpoints_extend_each_other(tmp_path: Path, address: str | None) -> None:
    log = new_log(tmp_path / "log", address)
    scribe = opened(log)
    heads = [log.head]
    for _ in range(2):
        append(log, scribe.enrolments() if log.size == 1 else scribe.amendments(5))
        heads.append(log.head)
    known = trusting(log.signer)
    said = [got(checkpoint.open_checkpoint(head, known)).checkpoint for head in heads]
    assert [one.size for one in said] == [1, 4, 9]
    assert log.store.checkpoints() == [(one.size, head) for one, head in zip(said, heads, strict=True)]
    assert isinstance(log, Log)
    log.close()
