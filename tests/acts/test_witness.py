"""A witness: over HTTP, following a log, and when a log forks or its own files fail."""

import http.client
import shutil
import socket
import threading
import time
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from corfu.acts import cosigned, follow, start, witness
from corfu.acts.audit import Audited
from corfu.acts.export import make_bundle
from corfu.acts.home import Home, read_key
from corfu.acts.log import Log
from corfu.acts.witness import MAX_BODY, Server, Witness, new_witness, open_witness
from corfu.record import act, checkpoint, proof, verify
from corfu.record.keys import SignerKey
from corfu.record.refusal import Refused
from corfu.record.witness import make_request
from tests.acts.samples import Scribe, append, new_log, opened, sample
from tests.record.vectors import ORIGIN, got, trusting

NAME = "witness.example/ost"
NOW = 1_795_000_000


def watching(folder: Path, log: SignerKey) -> Witness:
    """A witness of one log."""
    got(new_witness(folder, NAME, [log.verifier.vkey]))
    return got(open_witness(folder))


@contextmanager
def served(server: ThreadingHTTPServer) -> Iterator[str]:
    """A server in a thread; its address."""
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def serving(watched: Witness, said: list[str] | None = None) -> Iterator[str]:
    """The witness over HTTP on a free port of the loopback."""
    told = [] if said is None else said
    with served(Server(("127.0.0.1", 0), watched, lambda: NOW, told.append)) as address:
        yield address


@pytest.fixture
def log(tmp_path: Path, address: str | None) -> Iterator[Log]:
    """A log of one act, open for writing."""
    made = new_log(tmp_path / "log", address)
    yield made
    made.close()


def test_a_log_is_cosigned_over_http_as_it_grows(log: Log, tmp_path: Path) -> None:
    watched = watching(tmp_path / "ost", log.signer)
    key = watched.signer.verifier
    with serving(watched) as address:
        assert cosigned.trust(log.home, key.vkey, f"{address}/some/prefix") is None
        (trusted,) = got(cosigned.trusted(log.home))
        assert got(cosigned.ask(log, trusted, witness.post)) == 1
        append(log, opened(log).enrolments())
        assert got(cosigned.ask(log, trusted, witness.post)) == 1
        log.home.head_of(NAME).unlink()  # we forget what it has cosigned: it tells
        assert got(cosigned.ask(log, trusted, witness.post)) == 0, "the same cosignature, in the same second"
    assert watched.heads()[ORIGIN].size == log.size == 4
    signed = cosigned.cosigned_head(log.store, log.head, [key])
    found = got(checkpoint.open_checkpoint(signed, trusting(log.signer, key)))
    assert [(one.name, one.timestamp) for one in found.cosigned] == [(NAME, NOW)]
    made = got(make_bundle(log.home, ["public"]))
    report = verify.verify(made)
    assert (report.verdict, report.counts["cosignatures"]) == (0, 1)
    receipt = got(log.receipt(2))
    entry = next(log.store.entries(2)).note
    with_witness = proof.Receipt(receipt.index, receipt.hashes, signed)
    got(proof.verify(with_witness, entry, trusting(log.signer, key), ORIGIN, witnesses=1))


def test_a_bundle_a_folder_and_a_served_log_are_followed(tmp_path: Path) -> None:
    scribe = sample(tmp_path / "log", 300, 50)
    home = Home(tmp_path / "log")
    signer = got(read_key(home.key))
    watched = watching(tmp_path / "ost", signer)
    first = tmp_path / "first.zip"
    first.write_bytes(got(make_bundle(home, ["public"])))
    found = got(follow.follow(watched, got(follow.source(str(first))), NOW))
    assert found.checkpoint.size == 300
    assert found.cosigned is not None
    log = got(start.open_log(home.folder))
    append(log, scribe.amendments(250))
    assert cosigned.trust(home, watched.signer.verifier.vkey, None) is None
    assert got(cosigned.add(log, found.cosigned)) == 1
    assert got(cosigned.add(log, found.cosigned)) == 0
    log.close()
    (tmp_path / "second.zip").write_bytes(got(make_bundle(home, ["public"])))
    with zipfile.ZipFile(tmp_path / "second.zip") as archive:
        archive.extractall(tmp_path / "served")
    handler = partial(Quiet, directory=str(tmp_path / "served"))
    with served(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as address:
        over_http = got(follow.follow(watched, got(follow.source(address)), NOW + 1))
    in_folder = got(follow.follow(watched, got(follow.source(str(tmp_path / "served"))), NOW + 1))
    assert over_http == in_folder
    assert (over_http.checkpoint.size, over_http.fork) == (550, ())
    older = got(follow.follow(watched, got(follow.source(str(first))), NOW + 2))
    assert older.cosigned is None
    assert "it shows 300 entries, after 550" in older.why
    assert isinstance(start.check(home.folder), Audited)


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def forked(folder: Path) -> tuple[Path, Path, Scribe]:
    """Two logs with one key, which agree on 40 entries and on nothing after them."""
    scribe = sample(folder / "one", 40, 10)
    shutil.copytree(folder / "one", folder / "two")
    for name in ("one", "two"):
        log = got(start.open_log(folder / name))
        for number in range(2):
            members = {"prev": log.prev("SEC"), "seen": log.seen(), "id": f"{name}-{number:08}"}
            append(log, [act_of(scribe, members)])
        log.close()
    return folder / "one", folder / "two", scribe


def act_of(scribe: Scribe, given: Mapping[str, object]) -> bytes:
    """An act of the registrar's with these members."""
    return got(act.build(scribe.members("text.note", scribe.registrar, **given), scribe.registrar))


def test_both_heads_of_a_fork_are_kept_and_never_written_over(tmp_path: Path) -> None:
    one, two, scribe = forked(tmp_path)
    watched = watching(tmp_path / "ost", got(read_key(Home(one).key)))
    for name in (one, two):
        (tmp_path / f"{name.name}.zip").write_bytes(got(make_bundle(Home(name), ["public"])))
    assert got(follow.follow(watched, got(follow.source(str(tmp_path / "one.zip"))), NOW)).cosigned
    found = got(follow.follow(watched, got(follow.source(str(tmp_path / "two.zip"))), NOW))
    assert found.cosigned is None
    assert "two roots of one size" in found.why
    kept = {path: path.read_bytes() for path in found.fork}
    assert [checkpoint_size(data) for data in kept.values()] == [42, 42]
    assert len(set(kept.values())) == 2
    assert len(list((tmp_path / "ost" / "evidence").iterdir())) == 2
    stamps = [path.stat().st_mtime_ns for path in kept]
    follow.follow(watched, got(follow.source(str(tmp_path / "two.zip"))), NOW + 5)
    assert [path.stat().st_mtime_ns for path in kept] == stamps
    log = got(start.open_log(two))
    append(log, [act_of(scribe, {"prev": log.prev("SEC"), "seen": log.seen(), "id": "longer-0001"})])
    log.close()
    (tmp_path / "two.zip").write_bytes(got(make_bundle(Home(two), ["public"])))
    longer = got(follow.follow(watched, got(follow.source(str(tmp_path / "two.zip"))), NOW))
    assert longer.cosigned is None
    assert "does not extend" in longer.why
    assert watched.heads()[ORIGIN].size == 42, "the witness stays with what it has seen"


def checkpoint_size(signed: bytes) -> int:
    return int(signed.split(b"\n")[1])


def test_a_witness_that_knows_more_stops_the_log(tmp_path: Path) -> None:
    scribe = sample(tmp_path / "log", 30, 10)
    home = Home(tmp_path / "log")
    saved = {path: path.read_bytes() for path in (home.sqlite, home.checkpoint)}
    watched = watching(tmp_path / "ost", got(read_key(home.key)))
    with serving(watched) as address:
        cosigned.trust(home, watched.signer.verifier.vkey, address)
        (trusted,) = got(cosigned.trusted(home))
        log = got(start.open_log(home.folder))
        append(log, scribe.amendments(5))
        assert got(cosigned.ask(log, trusted, witness.post)) == 1
        newer = cosigned.cosigned_head(log.store, log.head, [trusted.key])
        log.close()
        for path, data in saved.items():
            path.write_bytes(data)  # the whole folder is put back from last night's copy
        assert "is of 35 entries, the database has 30" in str(start.open_log(home.folder)), "heads/ was not in it"
        home.head_of(NAME).unlink()
        log = got(start.open_log(home.folder))
        asked = cosigned.ask(log, trusted, witness.post)
        assert isinstance(asked, Refused)
        assert asked.code == "witness.ahead"
        brought = cosigned.add(log, newer)
        assert isinstance(brought, Refused)
        assert brought.code == "witness.unknown"
        log.close()
    assert isinstance(start.open_log(home.folder), Refused), "from now on the head that was brought counts"


def post(address: str, body: bytes, path: str = "/add-checkpoint", **headers: str) -> tuple[int, bytes]:
    host = address.removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=20)
    connection.request("POST", path, body, headers)
    answer = connection.getresponse()
    found = answer.status, answer.read()
    connection.close()
    return found


def test_bad_requests_get_an_answer_and_change_nothing(log: Log, tmp_path: Path) -> None:
    watched = watching(tmp_path / "ost", log.signer)
    good = got(make_request(0, (), log.head))
    with serving(watched) as address:
        assert post(address, good, "/")[0] == 404
        assert post(address, b"nonsense")[0] == 400
        assert post(address, good.replace(ORIGIN.encode(), b"other.example/log"))[0] == 404
        assert post(address, good[:-6] + b"AAAA=\n")[0] in {400, 403}
        assert post(address, b"", **{"Content-Length": str(MAX_BODY + 1)})[0] == 413
        assert post(address, b"", **{"Content-Length": "-1"})[0] == 411
        assert watched.heads() == {}
        assert post(address, good)[0] == 200
        assert post(address, good)[0] == 409
        connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=20)
        connection.request("GET", "/add-checkpoint")
        assert connection.getresponse().status == 501
        connection.close()


def test_a_slow_client_is_cut_off(log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witness, "SECONDS", 0.5)
    watched = watching(tmp_path / "ost", log.signer)
    with serving(watched) as address:
        host, _, port = address.removeprefix("http://").rpartition(":")
        with socket.create_connection((host, int(port)), timeout=20) as slow:
            began = time.monotonic()
            slow.sendall(b"POST /add-checkpoint HTTP/1.0\r\nContent-Length: 1000\r\n\r\n")
            for _ in range(10):
                time.sleep(0.1)
                try:
                    slow.sendall(b"x")
                except OSError:
                    break
            assert slow.recv(100) == b""
            assert time.monotonic() - began < 5
        assert post(address, got(make_request(0, (), log.head)))[0] == 200


def test_a_head_that_cannot_be_saved_or_read_is_not_cosigned(log: Log, tmp_path: Path) -> None:
    watched = watching(tmp_path / "ost", log.signer)
    said: list[str] = []
    request = got(make_request(0, (), log.head))
    heads = tmp_path / "ost" / "heads"
    with serving(watched, said) as address:
        heads.rmdir()
        heads.write_bytes(b"")
        assert post(address, request)[0] == 500
        heads.unlink()
        heads.mkdir()
        assert post(address, request)[0] == 200
        (path,) = heads.iterdir()
        path.write_bytes(path.read_bytes().replace(b"\n1\n", b"\n2\n"))
        assert post(address, request)[0] == 500
    assert [("heads" in one) for one in said] == [True, True]


def test_a_witness_folder_has_one_user_and_a_sound_key(log: Log, tmp_path: Path) -> None:
    watched = watching(tmp_path / "ost", log.signer)
    assert "another process uses" in str(open_witness(tmp_path / "ost")).lower()
    assert watched.folder == tmp_path / "ost"
    assert isinstance(new_witness(tmp_path / "ost", NAME, [log.signer.verifier.vkey]), Refused)
    assert isinstance(new_witness(tmp_path / "x", NAME, [watched.signer.verifier.vkey]), Refused)
    assert isinstance(new_witness(tmp_path / "x", "bad name", [log.signer.verifier.vkey]), Refused)
    assert not (tmp_path / "x").exists()


def test_only_the_address_that_was_named_is_asked(tmp_path: Path) -> None:
    class Elsewhere(Quiet):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:9/")
            self.end_headers()

    with served(ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)) as address:
        assert "answered 302" in str(witness.get(address, "checkpoint", 100))
    assert "cannot be reached" in str(witness.get(address, "checkpoint", 100))
    assert "neither http nor https" in str(witness.get("file:///etc", "passwd", 100))
