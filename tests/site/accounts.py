"""People with accounts: accredited by an act, with a password, and with an app that gives codes (RFC 6238)."""

import hashlib
import hmac
import json
import re
import struct
import time
from base64 import b32decode
from typing import Any, Final

from tests import cast

PASSWORD: Final = "a long enough pass phrase"
ACTIVATE: Final = "/en/account/2fa/totp/activate/"


def accredited(code: str, email: str, *, administrator: bool = False) -> Any:
    """The account of a person who may act for this participant, with a password."""
    from django.contrib.auth.models import User

    from corfu.acts.registry import Document

    person = json.dumps({"email": email, "name": f"Person of {code}"}).encode()
    payload = {"for": code, "administrator": administrator, "since": "2020-01-01T00:00:00Z"}
    cast.done("delegation.accredit", payload, documents=[Document("credential", f"group:{code}", "en", person)])
    user = User.objects.get(email=email)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Any, email: str, lang: str = "en") -> Any:
    """Give the password on the page for it."""
    return client.post(f"/{lang}/account/login/", {"login": email, "password": PASSWORD})


def ask(client: Any, address: str) -> str:
    """A page for which the password is asked once more, if it was not lately."""
    response = client.get(address)
    if response.status_code == 302:
        response = client.post(response.headers["Location"], {"password": PASSWORD}, follow=True)
    assert response.status_code == 200 and response.request["PATH_INFO"] == address, response.content.decode()
    return str(response.content.decode())


def totp(secret: str, ahead: int = 0) -> str:
    """The code of six digits that an app shows now, or `ahead` half minutes later."""
    moment = struct.pack(">Q", int(time.time()) // 30 + ahead)
    digest = hmac.new(b32decode(secret), moment, hashlib.sha1).digest()
    (number,) = struct.unpack_from(">I", digest, digest[-1] & 15)
    return f"{(number & 0x7FFFFFFF) % 10**6:06}"


def set_up_app(client: Any) -> str:
    """Set up an app as its owner would; gives the secret that the page shows."""
    page = ask(client, ACTIVATE)
    found = re.search(r'id="authenticator_secret"[^>]* value="([A-Z2-7]{32})"', page)
    assert found, page
    done = client.post(ACTIVATE, {"code": totp(found[1])})
    if done.status_code == 200:  # on a busy machine the code's half minute ended before it was read
        done = client.post(ACTIVATE, {"code": totp(found[1])})
    assert (done.status_code, done.headers["Location"]) == (302, "/en/account/2fa/recovery-codes/")
    return found[1]


def with_app(code: str, email: str) -> Any:
    """A client of somebody who acts for this participant, second factor and all."""
    from django.core.cache import cache
    from django.test import Client

    cache.clear()
    accredited(code, email)
    client = Client()
    sign_in(client, email)
    set_up_app(client)
    return client
