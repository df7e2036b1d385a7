"""What readers, operators and the world do wrong: one clear sentence, nothing lost, nothing half made."""

import json
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests import cast
from tests.house import installation

LANGUAGES = ("en", "fr", "de", "it", "ru", "es")


@pytest.fixture
def client(house: Path) -> Any:
    from django.test import Client

    return Client(raise_request_exception=False)


@pytest.fixture
def administrator(client: Any) -> Any:
    """Signed in for Norvale."""
    assert client.post("/en/act-for/", {"code": cast.SPONSOR}).status_code == 302
    return client


def texts(response: Any) -> str:
    page = response.content.decode()
    assert 'class="top"' in page and 'class="foot"' in page and page.count("<h1") == 1
    return str(page)


def size() -> int:
    from corfu.acts import writer

    return writer.log().size


TITLES = {
    "en": "There is no such page", "fr": "Cette page n’existe pas", "de": "Diese Seite gibt es nicht",
    "it": "Questa pagina non esiste", "ru": "Такой страницы нет", "es": "Esta página no existe",
}  # fmt: skip
BAD_ADDRESSES = (
    "nowhere/", "record/acts/99999999999999999999999/", "record/acts/9223372036854775807/",
    "record/acts/99999999999999999999999.tlog-proof", "countries/%FF/", "processes/x/", "meetings/kinds/x/",
)  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_not_there_is_said_in_the_readers_language(client: Any, lang: str) -> None:
    for path in BAD_ADDRESSES:
        response = client.get(f"/{lang}/{path}")
        assert response.status_code == 404, path
        assert TITLES[lang] in texts(response)
    assert TITLES[lang] in texts(client.get("/nowhere", headers={"accept-language": lang}))


@pytest.mark.parametrize("path", ["record/?kind=%00", "record/?%00=1", "record/?author=%00", "countries/%00/"])
def test_a_nul_is_refused_before_a_database_sees_it(client: Any, path: str) -> None:
    response = client.get(f"/en/{path}")
    assert response.status_code == 400
    assert "cannot be understood" in texts(response)
    assert client.post("/en/act-for/", {"code": "\0"}).status_code == 400


@pytest.mark.parametrize("page", ["abc", "-1", "0", "9" * 40, "1e9", "", "%FF", "%E2%80%AE"])
def test_any_number_of_a_page_gives_a_page(client: Any, page: str) -> None:
    for path in ("record/", "meetings/", "decisions/"):
        assert client.get(f"/en/{path}?page={page}").status_code == 200


def test_nothing_asked_for_becomes_markup(client: Any) -> None:
    shot = '"><script>alert(1)</script>'
    for path in ("record/", "meetings/", "account/login/"):
        page = client.get(f"/en/{path}", {"kind": shot, "author": shot, "next": shot, "page": shot}).content.decode()
        assert "<script>alert" not in page


def test_a_form_without_its_token_is_told_what_to_do(house: Path) -> None:
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/de/delegation/end/", {"credential": "-"})
    assert response.status_code == 403
    assert "Es wurde nichts getan" in texts(response)


def test_a_wrong_host_and_a_wrong_method_have_their_pages(client: Any, settings_with: Callable[..., None]) -> None:
    response = client.get("/fr/delegation/end/")
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert "Cela ne se fait pas ainsi" in texts(response)
    settings_with(ALLOWED_HOSTS=["corfu.example"])
    assert "cannot be understood" in texts(client.get("/en/", headers={"host": "evil.example"}))


@pytest.fixture
def settings_with(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    from django.conf import settings

    def change(**values: Any) -> None:
        for name, value in values.items():
            monkeypatch.setattr(settings, name, value)

    return change


def test_a_fault_of_ours_has_a_page(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from corfu.acts import queries

    def fail(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(queries, "log", fail)
    response = client.get("/es/record/")
    assert response.status_code == 500
    assert "El fallo es nuestro" in texts(response)


def test_head_is_answered_without_a_body(client: Any) -> None:
    response = client.head("/en/")
    assert (response.status_code, response.content) == (200, b"")
    assert int(response.headers["Content-Length"]) > 1000


def accredit(client: Any, email: str = "ada@norvale.example", **more: str) -> Any:
    return client.post("/en/delegation/accredit/", {"email": email, "person": "Ada", **more})


def test_a_double_click_accredits_once(administrator: Any) -> None:
    before = size()
    answers: list[int] = []

    def click() -> None:
        from django.db import connection

        answers.append(accredit(administrator).status_code)
        connection.close()

    threads = [threading.Thread(target=click) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(answers) == {302: 1, 409: 7}
    assert size() == before + 1
    assert accredit(administrator, administrator="on").status_code == 302  # a wider right is another credential


def test_a_credential_with_an_end_can_be_ended_before_and_only_once(administrator: Any) -> None:
    from corfu.community.models import Credential

    assert accredit(administrator, until="2999-12-31").status_code == 302
    one = Credential.objects.get()
    assert f'value="{one.pk}"' in administrator.get("/en/delegation/").content.decode()
    ended = [administrator.post("/en/delegation/end/", {"credential": one.pk}).status_code for _ in range(2)]
    assert ended == [302, 409]


ODD = [
    {"email": "x@" + ".".join(["b" * 60] * 4)},
    {"email": "no address"},
    {"email": ""},
    {"person": "\u202eevil"},
    {"person": "a\u2028b"},
    {"person": "A" * 151},
    {"until": "2020-01-01"},
    {"until": "0001-01-01"},
    {"until": "never"},
]


@pytest.mark.parametrize("odd", ODD, ids=[json.dumps(one)[:40] for one in ODD])
def test_odd_input_is_told_and_changes_nothing(administrator: Any, odd: dict[str, str]) -> None:
    before = size()
    response = administrator.post(
        "/en/delegation/accredit/", {"email": "ada@norvale.example", "person": "Ada", **odd}
    )  # fmt: skip
    assert response.status_code in {400, 409}
    assert 'class="error"' in texts(response) or "message error" in texts(response)
    assert size() == before


def test_nobody_ends_what_is_another_delegations(administrator: Any) -> None:
    from django.test import Client

    from corfu.community.models import Credential

    accredit(administrator)
    one, other = Credential.objects.get(), Client()
    other.post("/en/act-for/", {"code": cast.SECOND})
    assert other.post("/en/delegation/end/", {"credential": one.pk}).status_code == 403
    assert "ada@" not in other.get("/en/delegation/").content.decode()
    assert b"ada@" not in Client().get("/en/record/bundle.zip").content
    Client().post("/en/delegation/end/", {"credential": one.pk})
    assert Credential.objects.get().until is None


@pytest.mark.parametrize("way", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\\\evil.example"])
def test_signing_in_leads_nowhere_else(client: Any, settings_with: Callable[..., None], way: str) -> None:
    from django.contrib.auth.models import User

    settings_with(ALLOWED_HOSTS=["testserver"])
    User.objects.create_user("ada@norvale.example", "ada@norvale.example", "a long enough one")
    given = {"login": "ada@norvale.example", "password": "a long enough one", "next": way}
    response = client.post("/en/account/login/", given)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/") and "evil" not in response.headers["Location"]


def test_whoever_knocks_is_counted_by_their_own_address() -> None:
    from tests.house import start

    start()
    from django.test import RequestFactory

    from corfu.site.accounts import Accounts

    def address(**meta: Any) -> str:
        return Accounts().get_client_ip(RequestFactory().get("/", **meta))

    assert address(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.7") == "203.0.113.7"
    assert address(REMOTE_ADDR="203.0.113.8", HTTP_X_FORWARDED_FOR="6.6.6.6") == "203.0.113.8"
    assert address(REMOTE_ADDR="127.0.0.1") == "127.0.0.1"


def corfu(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    import os

    own = {name: value for name, value in os.environ.items() if name not in {"CORFU_DATA", "DATABASE_URL"}}
    whole = [sys.executable, "-m", "corfu.cli", *command]
    return subprocess.run(whole, capture_output=True, text=True, check=False, env=own | environment)


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    """What a command said that could not be done."""
    assert (done.returncode, done.stdout) == (2, ""), done
    (only,) = done.stderr.splitlines()
    assert only.startswith("corfu: ") and only.endswith(".")
    return only


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a backup of a small installation."""
    folder = tmp_path_factory.mktemp("kept")
    with installation(folder / "house") as house:
        (house / "secret-key").write_text("x" * 64)
        (house / "profiles").write_text("exercise\n")
        from corfu.site import keep

        cast.assemble()
        (folder / "backup").write_bytes(keep.back_up(house))
    with zipfile.ZipFile(folder / "backup") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, files: dict[str, bytes], kind: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", kind) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


BAD: dict[str, dict[str, bytes]] = {
    "names outside": {"keys/../../evil.key": b"x"},
    "an absolute name": {"/etc/evil": b"x"},
    "a folder": {"keys/a/b.key": b"x"},
    "a key that is none": {"keys/log.key": b"x"},
    "no secret": {"secret-key": b""},
    "accounts that are none": {"accounts.json": b"{"},
    "rows that are no accounts": {
        "accounts.json": b'[{"model": "contenttypes.contenttype", "pk": 9, "fields": {"app_label": "x", "model": "x"}}]'
    },
    "accounts in no known letters": {"accounts.json": b"\xff"},
    "a record that is none": {"record.zip": b"PK"},
    "more than it is": {"witnesses": b"\0" * 3_000_000},
}


@pytest.mark.parametrize("wrong", BAD)
def test_a_bad_backup_leaves_nothing_behind(tmp_path: Path, backup: dict[str, bytes], wrong: str) -> None:
    kind = zipfile.ZIP_DEFLATED if wrong == "more than it is" else zipfile.ZIP_STORED
    file, data = packed(tmp_path / "bad", backup | BAD[wrong], kind), tmp_path / "again"
    sentence(corfu("restore", str(file), "--data", str(data)))
    assert not list(data.iterdir())
    assert sorted(one.name for one in tmp_path.iterdir()) == ["again", "bad"]


def test_a_backup_cut_anywhere_is_refused(tmp_path: Path, backup: dict[str, bytes]) -> None:
    whole = packed(tmp_path / "whole", backup).read_bytes()
    for part in (0, 1, len(whole) // 2, len(whole) - 1):
        (tmp_path / "cut").write_bytes(whole[:part])
        sentence(corfu("restore", str(tmp_path / "cut"), "--data", str(tmp_path / "again")))
    sentence(corfu("restore", str(tmp_path / "nothing"), "--data", str(tmp_path / "again")))
    done = corfu("restore", str(tmp_path / "whole"), "--data", str(tmp_path / "again"))
    assert done.returncode == 0, done
    assert (tmp_path / "again" / "profiles").read_text() == "exercise\n"
    assert (tmp_path / "again").stat().st_mode & 0o077 == 0


def test_an_installation_that_was_not_made_to_the_end_is_not_served(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("x" * 64)
    (tmp_path / "unfinished").touch()
    for command in ("serve", "demo", "backup"):
        more = ("-o", str(tmp_path / "b")) if command == "backup" else ()
        assert "not made to the end" in sentence(corfu(command, "--data", str(tmp_path), *more))


def test_settings_that_are_wrong_are_one_sentence(tmp_path: Path) -> None:
    make = ("init", "--origin", "test.example/x", "--data", str(tmp_path / "new"))
    for address in ("mysql://x", "postgresql://u:geheim@127.0.0.1:abc/x", "postgresql://u:geheim@127.0.0.1:1/x"):
        assert "geheim" not in sentence(corfu(*make, DATABASE_URL=address))
    sentence(corfu(*make, CORFU_OIDC=str(tmp_path / "nothing")))
    assert not list((tmp_path / "new").iterdir())


def test_a_second_server_on_one_folder_is_told_at_once_before_any_act(tmp_path: Path) -> None:
    data = str(tmp_path / "house")
    assert corfu("init", "--origin", "test.example/x", "--data", data).returncode == 0
    with serving(data):
        sentence(corfu("serve", "--data", data, "--port", str(free_port())))
        sentence(corfu("rebuild", "--data", data))
        assert corfu("backup", "--data", data, "-o", str(tmp_path / "b")).returncode == 0
    assert corfu("rebuild", "--data", data).returncode == 0


@contextmanager
def serving(data: str) -> Iterator[str]:
    """`corfu serve` as an operator runs it; gives its address once it answers."""
    address = f"http://127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "corfu.cli", "serve", "--data", data, "--port", address.rpartition(":")[2]]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            while not answers(f"{address}/healthz"):
                assert server.poll() is None, "it ended"
                time.sleep(0.1)
            yield address
        finally:
            server.terminate()


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as found:
            return bool(found.status == 200)
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
