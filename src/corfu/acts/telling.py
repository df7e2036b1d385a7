"""How rows are told to people, in the language of the page: texts, dates, participants, facts with their source.

Views build what templates show from these; the templates' filters are the same functions.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from corfu import profiles
from corfu.acts.actor import SECRETARIAT
from corfu.acts.fields import span
from corfu.acts.once import once
from corfu.profiles.profile import Profile
from corfu.profiles.words import Words

_SMALL_MONTHS: Final = {"it", "ru"}
"""Where months are written small and Django begins some of them with a capital."""

_ZERO: Final = re.compile(r"^0(?=\d )")
"""Django begins Italian days with it, where a month in words follows too."""

_FIRST_DAY: Final = re.compile(r"^1(?= |$)")
_FIRST_OF: Final = {"fr": "1er", "it": "1º"}
"""The first of a month, where it is written otherwise than the other days."""


class HasWords(Protocol):
    """A row of a topic."""

    words: Any


class Told(NamedTuple):
    """A text and the language it is in, empty where that is the page's own."""

    text: str
    lang: str

    def __str__(self) -> str:
        """The text alone."""
        return self.text


def language() -> str:
    """The page's language."""
    return get_language() or "en"


def address(path: str) -> str:
    """A page of any topic under the page's language, such as "processes/corfu/": for rooms that may not import it."""
    return f"/{language()}/{path}"


@once
def link(view: str, *given: object) -> str:
    """Where a view is under the page's language: Django's `reverse`, for lists."""
    return reverse(view, args=given)


def words(row: HasWords | Mapping[str, Mapping[str, str]], name: str = "title") -> Told:
    """A text of a row by its name: in the page's language, else in English, else in any."""
    texts: Mapping[str, Mapping[str, str]] = row if isinstance(row, Mapping) else row.words
    here = language()
    for code in (here, "en", *texts):
        if text := texts.get(code, {}).get(name):
            return Told(text, "" if code == here else code)
    return Told("", "")


def text(words_: Words) -> Told:
    """A profile's text in the page's language, else in English."""
    lang = language()
    return Told(words_.get(lang), "en" if words_.behind(lang) and lang != "en" else "")


@once
def when(dated: str) -> str:
    """A date as exactly as it is known: "27–28 June 2009", "June 2008", "2008"."""
    first, _, last = dated.partition("/")
    if not first:
        return ""
    if not last or last == first:
        return _one(first)
    begins, ends = span(first)[0], span(last)[1]
    if len(first) == len(last) == 10 and begins.year == ends.year:
        if (begins.month, begins.day, ends.month, ends.day) == (1, 1, 12, 31):
            return str(begins.year)
        if begins.month == ends.month:
            return _days_of_month(begins, ends)
        pattern = gettext("j F")  # a day and its month, in Django's codes for dates
        return f"{written(begins, pattern)} – {day(ends)}"
    return f"{_one(first)} – {_one(last)}"


def _days_of_month(begins: date, ends: date) -> str:
    whole, alone = day(ends), str(ends.day)
    at = whole.find(alone)
    point = "." if whole[at + len(alone) :].startswith(".") else ""  # German: 27.–28. Juni
    return f"{whole[:at]}{written(begins, 'j')}{point}–{whole[at:]}" if at >= 0 else f"{day(begins)} – {whole}"


def _one(known: str) -> str:
    first = span(known)[0]
    if len(known) == 4:
        return known
    return written(first, "YEAR_MONTH_FORMAT") if len(known) == 7 else day(first)


def day(of: date) -> str:
    """A day in full."""
    return written(of, "DATE_FORMAT")


def written(of: date, pattern: str) -> str:
    """A day or an instant in one of Django's formats, by its name or in its codes, as the page's language writes it."""
    made, lang = _ZERO.sub("", date_format(of, pattern)), language()
    if lang in _SMALL_MONTHS:
        made = made.lower()
    return _FIRST_DAY.sub(_FIRST_OF[lang], made) if lang in _FIRST_OF else made


def instant(seconds: float) -> str:
    """An instant (POSIX seconds) in UTC, and so said."""
    return f"{written(datetime.fromtimestamp(seconds, UTC), 'DATETIME_FORMAT')} UTC"


def instant_in(seconds: float, organisation: Profile) -> str:
    """The same instant as the clocks of the organization's city show it, and so said."""
    there = datetime.fromtimestamp(seconds, ZoneInfo(organisation.timezone))
    return f"{written(there, 'DATETIME_FORMAT')} ({text(organisation.host_city).text})"


def machine(dated: str) -> str:
    """The first day of a date, for the `datetime` of `<time>`."""
    return dated.partition("/")[0]


def profile(organisation: str) -> Profile:
    """An organisation that this installation knows, by its id."""
    return _loaded(tuple(settings.CORFU_PROFILES))[organisation]


@cache
def _loaded(names: tuple[str, ...]) -> dict[str, Profile]:
    loaded = [profiles.load(name if name in profiles.BUILT_IN else Path(name)) for name in names]
    return {one.id: one for one in loaded}


def all_profiles() -> list[Profile]:
    """All organisations of this installation, the one whose pages these are first."""
    return list(_loaded(tuple(settings.CORFU_PROFILES)).values())


def house() -> Profile:
    """The organisation whose pages these are."""
    return all_profiles()[0]


class Named(NamedTuple):
    """A participant as pages name it; `url` is empty where there is no page."""

    code: str
    name: str
    url: str


@once
def participant(code: str) -> Named:
    """A participant's name in the page's language, by its code; the code itself where no profile knows it."""
    found = _participants(tuple(settings.CORFU_PROFILES)).get(code)
    if found is None:
        return Named(code, gettext("Secretariat") if code == SECRETARIAT else code, "")
    organisation, name = found
    linked = organisation == house().id
    return Named(code, name.get(language()), address(f"countries/{code.lower()}/") if linked else "")


@cache
def _participants(names: tuple[str, ...]) -> dict[str, tuple[str, Words]]:
    found: dict[str, tuple[str, Words]] = {}
    for known in reversed(_loaded(names).values()):
        for one in (*known.organisations, *known.partners, *known.former, *known.states):
            found[one.code] = (known.id, one.name)
    return found


def act_of(place: int | None) -> dict[str, Any]:
    """The act that a row comes from, with its address; nothing where it was never entered."""
    return {} if place is None else {"act": place, "act_url": link("acts:act", place)}


def held_by(custody: str) -> str:
    """Who holds a key, in words; `custody` as its enrolment says it."""
    return gettext("held by the server") if custody == "server" else gettext("held by the delegation")


def fact(name: str, value: object, **more: str) -> dict[str, str]:
    """A line of a table of facts (template corfu/parts/facts.html)."""
    return {"name": name, "value": str(value), **more}
