"""A witness: it cosigns logs that only grow, over HTTP as C2SP tlog-witness 1.0.0 has it, or by following them.

    witness.key   its key, of type 0x04, mode 600
    logs          the vkeys of the logs it follows, one a line
    heads/        the last checkpoint of each log that it cosigned, as the log signed it
    evidence/     both heads wherever a log did not merely grow; never overwritten

A cosignature leaves only after the head it is for is on the disk.
"""

import hashlib
import http.client
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from corfu.acts.home import SECRET, create, hold, read_file, read_key, sync_folder, write_durably
from corfu.record import checkpoint, keys, note, witness
from corfu.record.keys import COSIGNATURE_V1, ED25519, Known, SignerKey, VerifierKey
from corfu.record.refusal import Refused, excerpt
from corfu.record.witness import Answer, Fork, Head

MAX_BODY: Final = 200_000
"""Larger than any request with a hundred signatures."""
SECONDS: Final = 10.0
"""How long a request may take, from its first byte to its last."""
MAX_AT_ONCE: Final = 32

_RULE: Final = "corfu: a witness's folder has witness.key and logs"


class Witness:
    """A witness's key, the logs it follows, and its heads. Made by `open_witness`."""

    def __init__(self, folder: Path, signer: SignerKey, logs: Mapping[str, Known], lock: int) -> None:
        """Use `open_witness`: it takes the lock, so that no other process answers from the same heads."""
        self.folder = folder
        self.signer = signer
        self.logs = logs
        self._lock = lock
        self._turn = threading.Lock()

    def answer(self, body: bytes, now: int) -> Answer:
        """Answer an add-checkpoint request; what must be saved or kept is on the disk when this returns."""
        with self._turn:
            answer = witness.decide(body, self.logs, self.heads(), self.signer, now)
            if answer.evidence:
                self.keep(answer.evidence)
            if answer.head:
                self._save(answer.head)
            return answer

    def heads(self) -> dict[str, Head]:
        """What was cosigned last, by origin. Raises OSError where that cannot be read: it must never be forgotten."""
        found: dict[str, Head] = {}
        for origin, known in self.logs.items():
            path = self._path(origin)
            if path.exists():
                signed = path.read_bytes()
                opened = checkpoint.open_checkpoint(signed, known)
                if isinstance(opened, Refused) or opened.checkpoint.origin != origin:
                    raise OSError(5, "is not the head of that log any more", str(path))
                found[origin] = Head(opened.checkpoint.size, opened.checkpoint.root, signed)
        return found

    @property
    def own(self) -> list[Path]:
        """The files of the witness itself, in whose place nothing else may be put."""
        kept = [path for name in ("heads", "evidence") for path in (self.folder / name).iterdir()]
        return [*(self.folder / name for name in ("witness.key", "witness.lock", "logs")), *kept]

    def keep(self, fork: Fork) -> list[Path]:
        """Keep both heads; the files' names come from what is in them, so nothing is written over."""
        name = hashlib.sha256(fork.stored + fork.offered).hexdigest()[:16]
        kept: list[Path] = []
        for which, signed in (("stored", fork.stored), ("offered", fork.offered)):
            path = self.folder / "evidence" / f"{name}-{which}"
            create(path, signed)
            kept.append(path)
        return kept

    def _save(self, head: Head) -> None:
        opened = note.parse(head.note)
        assert not isinstance(opened, Refused)
        write_durably(self._path(opened.text.split(b"\n")[0].decode()), head.note)

    def _path(self, origin: str) -> Path:
        return self.folder / "heads" / hashlib.sha256(origin.encode()).hexdigest()[:16]


def new_witness(folder: Path, name: str, logs: list[str]) -> SignerKey | Refused:
    """Make a witness's folder and key. `logs`: the vkeys of the logs it is to follow."""
    signer = keys.generate(name, COSIGNATURE_V1)
    known = _logs("\n".join(logs))
    if isinstance(signer, Refused):
        return signer
    if isinstance(known, Refused):
        return known
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        return Refused(
            "witness.folder", _RULE, f"the folder {folder} is there already, and not empty: name a new folder"
        )
    try:
        _furnish(folder, signer, logs)
    except OSError:
        for file in ("witness.key", "logs"):
            (folder / file).unlink(missing_ok=True)
        for part in (folder / "heads", folder / "evidence", folder):
            with suppress(OSError):
                part.rmdir()
        raise
    return signer


def _furnish(folder: Path, signer: SignerKey, logs: list[str]) -> None:
    for part in (folder, folder / "heads", folder / "evidence"):
        part.mkdir(parents=True, exist_ok=True)
    create(folder / "witness.key", f"{signer.private_key}\n".encode(), SECRET)
    create(folder / "logs", "".join(f"{vkey}\n" for vkey in logs).encode())
    sync_folder(folder.absolute().parent)


def open_witness(folder: Path) -> Witness | Refused:
    """Open a witness's folder; refused while another process has it open."""
    signer, listed = read_key(folder / "witness.key"), read_file(folder / "logs")
    if isinstance(signer, Refused):
        return signer
    if isinstance(listed, Refused):
        return listed
    if signer.verifier.kind != COSIGNATURE_V1:
        return Refused("witness.key", "tlog-cosignature: a witness's key is of type 0x04", "witness.key is of another")
    logs = _logs(listed.decode("utf-8", "replace"))
    if isinstance(logs, Refused):
        return logs
    lock = hold(folder / "witness.lock")
    if lock is None:
        return Refused("witness.lock", "corfu: one process", f"another process uses {folder}: end it, or wait for it")
    return Witness(folder, signer, logs, lock)


def _logs(listed: str) -> dict[str, Known] | Refused:
    found: dict[str, dict[tuple[str, int], VerifierKey]] = {}
    for vkey in filter(None, map(str.strip, listed.splitlines())):
        key = keys.parse_vkey(vkey)
        if isinstance(key, Refused):
            return key
        if key.kind != ED25519:
            return Refused("witness.log", _RULE, f"the key of {excerpt(key.name)} is not a log's: take the log's vkey")
        found.setdefault(key.name, {})[key.name, key.key_id] = key
    return dict(found)


class _Handler(BaseHTTPRequestHandler):
    """POST …/add-checkpoint, nothing else; one request for each connection."""

    server: "Server"
    server_version = "corfu-witness"
    sys_version = ""
    timeout = SECONDS

    def setup(self) -> None:
        """However slowly bytes come, the connection ends in time."""
        super().setup()
        self._end = threading.Timer(SECONDS, self._cut)
        self._end.daemon = True
        self._end.start()

    def finish(self) -> None:
        """The answer is out, or nobody wants it."""
        self._end.cancel()
        try:
            super().finish()
        except OSError:
            self.close_connection = True

    def _cut(self) -> None:
        try:
            self.connection.shutdown(2)
        except OSError:
            self.close_connection = True

    def do_POST(self) -> None:
        """Answer add-checkpoint."""
        if not self.path.endswith("/add-checkpoint"):
            self._answer(HTTPStatus.NOT_FOUND, b"POST to add-checkpoint.\n")
            return
        size = self.headers.get("Content-Length", "")
        if not (size.isascii() and size.isdigit()) or len(size) > 9:
            self._answer(HTTPStatus.LENGTH_REQUIRED, b"Say how long the request is.\n")
        elif int(size) > MAX_BODY:
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, b"The request is too long.\n")
        else:
            self._decide(int(size))

    def _decide(self, size: int) -> None:
        body = self.rfile.read(size)
        if len(body) < size:
            return
        try:
            answer = self.server.witness.answer(body, self.server.now())
        except OSError as error:
            self.server.trouble(f"{error.filename}: {error.strerror or error}")
            self._answer(HTTPStatus.INTERNAL_SERVER_ERROR, b"This witness cannot write: ask again later.\n")
            return
        if answer.evidence:
            self.server.trouble("a log did not merely grow: both heads are in evidence/")
        self._answer(answer.status, answer.body, answer.content_type)

    def _answer(self, status: int, body: bytes, content_type: str = witness.TEXT) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Requests are not logged; what matters is said by `Server.trouble`."""


class Server(ThreadingHTTPServer):
    """A witness at an address. `now`: POSIX seconds. `trouble`: told, in a sentence, what its operator must know."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(
        self, address: tuple[str, int], served: Witness, now: Callable[[], int], trouble: Callable[[str], None]
    ) -> None:
        """Bind; `serve_forever` answers."""
        super().__init__(address, _Handler)
        self.witness = served
        self.now = now
        self.trouble = trouble
        self._room = threading.BoundedSemaphore(MAX_AT_ONCE)

    def process_request(self, request: object, client_address: object) -> None:
        """More connections than there is room for wait; each ends in time."""
        self._room.acquire()
        super().process_request(request, client_address)  # type: ignore[arg-type]

    def process_request_thread(self, request: object, client_address: object) -> None:
        """One connection, in its thread."""
        try:
            super().process_request_thread(request, client_address)  # type: ignore[arg-type]
        finally:
            self._room.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that broke is the other side's matter."""


def post(address: str, body: bytes) -> tuple[int, bytes] | Refused:
    """POST a request to the add-checkpoint of a witness, at an address that the operator named."""
    return _fetch(_url(address, "add-checkpoint"), body, MAX_BODY)


def get(address: str, path: str, limit: int) -> bytes | Refused:
    """GET a file of a log, served at an address that the operator named."""
    answer = _fetch(_url(address, path), None, limit)
    if isinstance(answer, Refused):
        return answer
    status, data = answer
    return data if status == HTTPStatus.OK else _unreachable(f"the address {_url(address, path)} answered {status}")


def _url(address: str, path: str) -> str:
    return f"{address.rstrip('/')}/{path}"


class _Straight(urllib.request.HTTPRedirectHandler):
    """No redirect is followed: nobody but the operator says where we connect to."""

    def redirect_request(self, *_: object) -> None:
        return None


def _fetch(url: str, body: bytes | None, limit: int) -> tuple[int, bytes] | Refused:
    if not url.startswith(("http://", "https://")):
        return _unreachable(f"the address {url} is neither http nor https: name such an address")
    opener = urllib.request.build_opener(_Straight, urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, body, timeout=SECONDS) as answer:
            status, data = answer.status, answer.read(limit + 1)
    except urllib.error.HTTPError as error:
        with error:
            status, data = error.code, error.read(limit + 1)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return _unreachable(f"the address {url} cannot be reached ({error})")
    if len(data) > limit:
        return _unreachable(f"the address {url} sends more than {limit:,} bytes")
    return status, data


def _unreachable(detail: str) -> Refused:
    return Refused("witness.address", "corfu: the address that was named, http or https", detail)
