"""What every page's template has: the languages with this page's address in each, the head of the record, the actor."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from corfu.acts import queries, telling
from corfu.acts.actor import ANONYMOUS

OWN_NAMES = {
    "en": "English",
    "fr": "Français",
    "de": "Deutsch",
    "it": "Italiano",
    "ru": "Русский",
    "es": "Español",
}


class Head(NamedTuple):
    """The last checkpoint, as the foot of every page shows it."""

    size: int
    hash: str
    url: str


class Language(NamedTuple):
    """A language the reader may switch to, and where this page is in it."""

    code: str
    name: str
    url: str
    current: bool


def page(request: HttpRequest) -> dict[str, Any]:
    """The names that every template may use."""
    return {
        "languages": _languages(request.get_full_path()),
        "actor": _actor(request),
        "waiting": _waiting(request),
        "sign_in_url": reverse("account_login"),
        "exercise": settings.CORFU_EXERCISE,
        "record_head": _head(),
    }


def _languages(here: str) -> tuple[Language, ...]:
    """Addresses differ in their language alone, which stands first."""
    current = telling.language()
    rest = here.removeprefix(f"/{current}/")
    return tuple(
        Language(code, name, here if rest == here else f"/{code}/{rest}", code == current)
        for code, name in OWN_NAMES.items()
    )


def _actor(request: HttpRequest) -> dict[str, Any]:
    """Who is signed in, as the head of the page shows it."""
    actor = getattr(request, "actor", ANONYMOUS)
    person = getattr(request, "user", None)
    signed_in = actor.code is not None or (person is not None and person.is_authenticated)
    if not signed_in:
        return {"signed_in": False}
    name = telling.participant(actor.code).name if actor.code else str(person)
    by_one_click = settings.CORFU_EXERCISE and actor.code is not None and actor.person is None
    return {
        "signed_in": True,
        "name": name,
        "url": reverse("community:delegation") if actor.code else "",
        "links": [] if by_one_click else _of_account(),
        "sign_out_url": reverse("act-for") if by_one_click else reverse("account_logout"),
    }


def _of_account() -> list[dict[str, str]]:
    """The pages of an account's own."""
    return [
        {"name": gettext("Second factor"), "url": reverse("mfa_index")},
        {"name": gettext("Password"), "url": reverse("account_change_password")},
    ]


def _waiting(request: HttpRequest) -> dict[str, str] | None:
    """For whom the reader may act as soon as there is a second factor, and where it is set up."""
    code = getattr(request, "waiting", None)
    return {"name": telling.participant(code).name, "url": reverse("mfa_index")} if code else None


def _head() -> Head | None:
    """The size and the root of the last checkpoint, from the file beside the database."""
    found = queries.brief()
    return Head(*found, telling.link("acts:checkpoint")) if found else None
