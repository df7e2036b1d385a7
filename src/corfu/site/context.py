"""What every page's template has: the languages with this page's address in each, the head of the record, the actor."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

OWN_NAMES = {
    "en": "English",
    "fr": "Français",
    "de": "Deutsch",
    "it": "Italiano",
    "ru": "Русский",
    "es": "Español",
}


class Language(NamedTuple):
    """A language the reader may switch to, and where this page is in it."""

    code: str
    name: str
    url: str
    current: bool


def page(request: HttpRequest) -> dict[str, Any]:
    """The names that every template may use."""
    here, current = request.get_full_path(), get_language()
    languages = [
        Language(code, OWN_NAMES[code], translate_url(here, code), code == current) for code, _ in settings.LANGUAGES
    ]
    return {
        "languages": languages,
        "actor": getattr(request, "actor", None),
        "now": getattr(request, "now", None),
        "exercise": settings.CORFU_EXERCISE,
    }
