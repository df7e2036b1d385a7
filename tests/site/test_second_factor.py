"""The second factor: demanded where the profile says so, set up and asked for by allauth's own pages."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from tests import cast
from tests.public.reading import LANGUAGES, queries
from tests.site.accounts import ACTIVATE, PASSWORD, accredited, ask, set_up_app, sign_in, totp

ADA: Final = "ada@norvale.example"
SET_UP: Final = 'href="/en/account/2fa/"'
DEMANDED: Final = "whoever acts for Norvale needs a second factor"
AUTHENTICATE: Final = "/en/account/2fa/authenticate/"


@pytest.fixture
def client(house: Path) -> Iterator[Any]:
    """Of Ada, who is accredited for Norvale and has a password; she has not signed in."""
    from django.core.cache import cache
    from django.test import Client

    cache.clear()
    accredited(cast.SPONSOR, ADA)
    yield Client()
    cache.clear()


def read(client: Any, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    page: str = response.content.decode()
    return page


def acts(client: Any) -> bool:
    return bool(client.get("/en/delegation/").status_code == 200)


def test_who_lacks_it_reads_as_the_public_does_and_is_told_on_every_page(client: Any) -> None:
    assert sign_in(client, ADA).headers["Location"] == "/en/"
    assert not acts(client)
    for address in ("", "processes/", "countries/nor/", "record/", "account/2fa/", "account/password/change/"):
        page = read(client, f"/en/{address}")
        assert page.count(DEMANDED) == 1 and SET_UP in page
        assert "ada@norvale.example" in page and "You act" not in page
    from corfu.acts import writer

    size = writer.log().size
    given = {"email": "bo@norvale.example", "person": "Bo"}
    assert client.post("/en/delegation/accredit/", given).status_code == 403
    assert writer.log().size == size


def test_it_is_said_in_every_language(client: Any) -> None:
    sign_in(client, ADA)
    said = set()
    for lang in LANGUAGES:
        found = re.search(r'<p class="message warning">(.*?)</p>', read(client, f"/{lang}/"))
        assert found and f'href="/{lang}/account/2fa/"' in found[1]
        said.add(re.sub(r"<[^>]+>", "", found[1]))
    assert len(said) == 6


def test_who_sets_it_up_acts_at_once(client: Any) -> None:
    sign_in(client, ADA)
    set_up_app(client)
    assert acts(client) and DEMANDED not in read(client, "/en/")


def test_a_wrong_code_sets_nothing_up(client: Any) -> None:
    sign_in(client, ADA)
    page = ask(client, ACTIVATE)
    assert 'src="data:image/svg+xml;base64,' in page
    refused = client.post(ACTIVATE, {"code": "000000"})
    assert (refused.status_code, "Incorrect code" in refused.content.decode()) == (200, True)
    assert not acts(client)


def test_it_is_asked_at_the_next_sign_in(client: Any) -> None:
    from django.test import Client

    sign_in(client, ADA)
    secret = set_up_app(client)
    again = Client()
    assert sign_in(again, ADA).headers["Location"] == AUTHENTICATE
    assert not acts(again) and DEMANDED not in read(again, "/en/")
    assert "Incorrect code" in again.post(AUTHENTICATE, {"code": "000000"}).content.decode()
    assert not acts(again)
    assert again.post(AUTHENTICATE, {"code": totp(secret)}).headers["Location"] == "/en/"
    assert acts(again)


def test_a_code_serves_once(client: Any) -> None:
    from django.test import Client

    sign_in(client, ADA)
    code = totp(set_up_app(client))
    one, two = Client(), Client()
    for each in (one, two):
        sign_in(each, ADA)
        each.post(AUTHENTICATE, {"code": code})
    assert (acts(one), acts(two)) == (True, False)


def test_recovery_codes_are_shown_and_serve_once(client: Any) -> None:
    from django.test import Client

    sign_in(client, ADA)
    set_up_app(client)
    codes = re.findall(r"^\s*(?:<textarea[^>]*>)?([0-9a-f]{8})\b", _area(client), re.MULTILINE)
    assert len(codes) == 10
    taken = client.get("/en/account/2fa/recovery-codes/download/")
    assert taken.content.decode().split() == codes
    for expected in (True, False):
        other = Client()
        sign_in(other, ADA)
        other.post(AUTHENTICATE, {"code": codes[0]})
        assert acts(other) is expected


def _area(client: Any) -> str:
    found = re.search(
        r'<textarea id="recovery_codes"[^>]*>(.*?)</textarea>',
        read(client, "/en/account/2fa/recovery-codes/"),
        re.DOTALL,
    )
    assert found
    return found[1].strip()


def test_after_five_wrong_codes_the_right_one_is_refused_too(client: Any) -> None:
    from django.test import Client

    sign_in(client, ADA)
    secret = set_up_app(client)
    other = Client()
    sign_in(other, ADA)
    said = [other.post(AUTHENTICATE, {"code": "000000"}).content.decode() for _ in range(6)]
    assert all("Incorrect code" in one for one in said[:5]) and "Too many failed" in said[5]
    assert "Too many failed" in other.post(AUTHENTICATE, {"code": totp(secret)}).content.decode()
    assert not acts(other)


def test_after_five_wrong_passwords_the_right_one_is_refused_too(client: Any) -> None:
    for _ in range(5):
        client.post("/en/account/login/", {"login": ADA, "password": "not it at all"})
    assert "Too many failed" in sign_in(client, ADA).content.decode()


def test_too_many_requests_have_a_page_in_the_readers_language(client: Any) -> None:
    letter = {"email": "nobody@norvale.example"}
    refused = [client.post("/de/account/password/reset/", letter) for _ in range(6)][-1]
    page = refused.content.decode()
    assert refused.status_code == 429
    assert '<html lang="de">' in page and 'class="foot"' in page and "Too many" not in page


def test_who_takes_it_away_acts_no_more(client: Any) -> None:
    sign_in(client, ADA)
    set_up_app(client)
    assert client.post("/en/account/2fa/totp/deactivate/").status_code == 302
    assert not acts(client) and DEMANDED in read(client, "/en/")


def test_where_no_organisation_demands_it_the_password_is_enough(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from corfu.acts import telling

    free = replace(telling.profile("exercise"), second_factor=False)
    monkeypatch.setattr(telling, "profile", lambda _: free)
    sign_in(client, ADA)
    assert acts(client) and DEMANDED not in read(client, "/en/")


def test_the_secretariat_is_asked_by_the_organisation_whose_pages_these_are(client: Any) -> None:
    from corfu.acts import telling

    assert telling.house().second_factor
    accredited("SEC", "ida@secretariat.example")
    sign_in(client, "ida@secretariat.example")
    assert not acts(client) and "whoever acts for" in read(client, "/en/")
    set_up_app(client)
    assert acts(client)


def test_one_click_of_the_exercise_needs_none(client: Any) -> None:
    client.post("/en/act-for/", {"code": cast.SPONSOR})
    assert acts(client)


def test_it_costs_one_query_of_whoever_is_signed_in(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from corfu.acts import telling

    sign_in(client, ADA)
    set_up_app(client)
    asked = queries(client, "/en/processes/")
    free = replace(telling.profile("exercise"), second_factor=False)
    monkeypatch.setattr(telling, "profile", lambda _: free)
    assert asked - queries(client, "/en/processes/") == 1


def test_who_acts_for_two_may_choose_and_is_asked_for_each(client: Any) -> None:
    accredited(cast.SECOND, ADA)
    sign_in(client, ADA)
    assert client.post("/en/delegation/choose/", {"code": cast.OBJECTOR}).status_code == 403
    assert client.post("/en/delegation/choose/", {"code": cast.SECOND}).status_code == 302
    assert "whoever acts for Sarn" in read(client, "/en/")
    set_up_app(client)
    assert "Sarn" in read(client, "/en/delegation/")


def test_a_new_password_comes_by_a_letter_that_is_kept_here(
    client: Any, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.conf import settings

    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
    monkeypatch.setattr(settings, "EMAIL_FILE_PATH", house / "mail")
    asked = client.post("/fr/account/password/reset/", {"email": ADA})
    assert asked.headers["Location"] == "/fr/account/password/reset/done/"
    client.post("/fr/account/password/reset/", {"email": "nobody@norvale.example"})
    (letter,) = (house / "mail").iterdir()
    text = letter.read_text()
    found = re.search(r"http://[^/]+(/fr/account/password/reset/key/\S+)", text)
    assert found and "Subject: [testserver] " in text and "A new password" not in text
    form = client.get(found[1], follow=True)
    where = form.redirect_chain[-1][0]
    new = "another long pass phrase"
    assert client.post(where, {"password1": new, "password2": new}).status_code == 302
    assert sign_in(client, ADA).status_code == 200
    signed = client.post("/en/account/login/", {"login": ADA, "password": new})
    assert signed.status_code == 302 and new != PASSWORD
    assert client.get(found[1], follow=True).status_code == 200
