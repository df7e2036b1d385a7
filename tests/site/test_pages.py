"""Every page that belongs to no single builder's tests: signing in, the delegation's page, the record, health."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from corfu.record import keys, verify
from corfu.record.report import VERIFIED
from tests import cast
from tests.site import accounts

LANGUAGES = ("en", "fr", "de", "it", "ru", "es")


@pytest.fixture
def client(house: Path) -> Any:
    from django.test import Client

    return Client()


def sign_in(client: Any, code: str) -> None:
    assert client.post("/en/act-for/", {"code": code}).status_code == 302


def test_who_comes_to_the_root_is_sent_to_their_language(client: Any) -> None:
    assert client.get("/", headers={"accept-language": "ru,en;q=0.5"}).headers["Location"] == "/ru/"
    assert client.get("/", headers={"accept-language": "xx"}).headers["Location"] == "/en/"


def test_health_says_how_many_acts_there_are(client: Any) -> None:
    assert client.get("/healthz").json()["acts"] > 10


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["record/", "record/acts/3/", "record/checkpoints/", "account/login/"])
def test_a_page_stands_in_every_language(client: Any, lang: str, path: str) -> None:
    response = client.get(f"/{lang}/{path}")
    assert response.status_code == 200
    page = response.content.decode()
    assert f'<html lang="{lang}">' in page
    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert all(f'hreflang="{other}" href="/{other}/{path}"' in page for other in LANGUAGES)
    assert "style=" not in page and not re.search(r'<script(?! src="/static/|[^>]* type="application/json")', page)
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]


def test_an_act_is_shown_with_a_receipt_that_proves_it(client: Any) -> None:
    from corfu.acts import queries, writer
    from corfu.acts.actor import ANONYMOUS

    receipt = client.get("/en/record/acts/3.tlog-proof")
    found = queries.act(3, actor=ANONYMOUS)
    assert found is not None
    key = queries.log_key()
    assert isinstance(key, keys.VerifierKey)
    assert verify.check_receipt(receipt.content, found.note.encode(), key) is None
    assert client.get("/en/record/acts/999999/").status_code == 404
    assert client.get("/en/record/acts/999999.tlog-proof").status_code == 404
    writer.close()


def test_the_bundle_verifies_and_brings_both_verifiers(client: Any) -> None:
    whole = client.get("/en/record/bundle.zip").content
    assert verify.verify(whole).verdict == VERIFIED
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert {"verify.html", "corfu-verify.py", "README.txt"} <= set(archive.namelist())


def test_one_click_signs_in_as_a_delegation_and_out_again(client: Any) -> None:
    assert client.get("/en/delegation/").status_code == 302
    sign_in(client, cast.SPONSOR)
    assert "Norvale" in client.get("/en/delegation/").content.decode()
    assert client.post("/en/act-for/", {"code": "NOBODY"}).status_code == 404
    assert client.get("/en/act-for/").status_code == 405
    sign_in(client, "")
    assert client.get("/en/delegation/").status_code == 302


def test_without_the_exercise_there_is_no_such_door(client: Any) -> None:
    from django.test import override_settings

    with override_settings(CORFU_EXERCISE=False):
        assert client.post("/en/act-for/", {"code": cast.SPONSOR}).status_code == 404


def test_an_administrator_accredits_and_ends_and_only_the_delegation_sees_who(client: Any) -> None:
    from corfu.community.models import Credential

    sign_in(client, cast.SPONSOR)
    given = {"email": "ada@norvale.example", "person": "Ada Lund", "administrator": "on"}
    assert client.post("/en/delegation/accredit/", given).status_code == 302
    assert "Ada Lund" in client.get("/en/delegation/").content.decode()
    assert client.post("/en/delegation/accredit/", {"email": "no address", "person": ""}).status_code == 400
    credential = Credential.objects.get()
    whole = client.get("/en/record/bundle.zip").content
    sign_in(client, cast.SECOND)
    assert "Ada Lund" not in client.get("/en/delegation/").content.decode()
    assert client.post("/en/delegation/end/", {"credential": credential.pk}).status_code == 403
    assert b"Ada" not in whole
    page = client.get(f"/en/record/acts/{credential.place}/").content.decode()
    assert "Ada" not in page and "ada@" not in page
    sign_in(client, cast.SPONSOR)
    assert client.post("/en/delegation/end/", {"credential": credential.pk}).status_code == 302
    assert client.post("/en/delegation/end/", {"credential": credential.pk}).status_code == 409


def test_a_person_acts_for_a_delegation_as_long_as_the_credential_lasts(client: Any) -> None:
    from django.contrib.auth.models import User

    from corfu.community.models import Credential

    sign_in(client, cast.SPONSOR)
    client.post("/en/delegation/accredit/", {"email": "ada@norvale.example", "person": "Ada Lund"})
    sign_in(client, "")
    user = User.objects.get(email="ada@norvale.example")
    assert not user.has_usable_password()
    user.set_password(accounts.PASSWORD)
    user.save()
    assert accounts.sign_in(client, user.email).status_code == 302
    accounts.set_up_app(client)
    page = client.get("/en/delegation/").content.decode()
    assert "Norvale" in page and "Accredit somebody" not in page
    cast.done("credential.end", {"credential": Credential.objects.get().pk})
    assert client.get("/en/delegation/").status_code == 302


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "confirm-email/", "3rdparty/", "social/signup/", "oidc/x/login/"]
)
def test_what_this_house_does_not_offer_is_not_there(client: Any, path: str) -> None:
    assert client.get(f"/en/account/{path}").status_code == 404
    assert client.post(f"/en/account/{path}").status_code == 404
