"""What an act's payload may hold: each kind of act declares its members, and this checks them before anything else."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from django.utils.translation import gettext_lazy as _

from corfu.acts.actor import CHAIR, PARTICIPANTS, PUBLIC, STATES
from corfu.acts.refusals import Refusal

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LANGUAGES: Final = ("en", "fr", "de", "it", "ru", "es")
STANDINGS: Final = ("confirmed", "recalled", "uncertain", "seed", "not-found")
_SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,62}[a-z0-9])?")
_CODE: Final = re.compile(r"[A-Z][A-Z0-9-]{0,15}")
_DATE: Final = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_DATED: Final = re.compile(rf"{_DATE}(?:/{_DATE})?")
_FIRST: Final[Mapping[int, Callable[[str], str]]] = {4: "{}-01-01".format, 7: "{}-01".format, 10: str}
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_MAX_TEXT: Final = 20_000

Check = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Field:
    """One member of a payload: what it must be, in a word for people, and whether it may be left out."""

    holds: Check
    what: "StrOrPromise"
    needed: bool = True


def is_text(value: object) -> TypeGuard[str]:
    """A line or more, not empty and not endless."""
    return isinstance(value, str) and 0 < len(value.strip()) <= _MAX_TEXT


def is_slug(value: object) -> TypeGuard[str]:
    """What may stand in an address."""
    return isinstance(value, str) and _SLUG.fullmatch(value) is not None


def is_code(value: object) -> TypeGuard[str]:
    """A participant's code."""
    return isinstance(value, str) and _CODE.fullmatch(value) is not None


def is_dated(value: object) -> TypeGuard[str]:
    """A date as exactly as it is known, a year, a month or a day; or two of them, first/last."""
    if not isinstance(value, str) or not _DATED.fullmatch(value):
        return False
    try:
        first, last = span(value)
    except ValueError:
        return False
    return first <= last


def span(dated: str) -> tuple[date, date]:
    """The first and the last day of a date that is known to the year, the month or the day, or of two of them."""
    first, _, last = dated.partition("/")
    begins, ends = date.fromisoformat(_FIRST[len(first)](first)), last or first
    if len(ends) == 10:
        return begins, date.fromisoformat(ends)
    year, month = int(ends[:4]), int(ends[5:7] or 12)
    following = date(year + month // 12, month % 12 + 1, 1)
    return begins, following - timedelta(days=1)


def is_instant(value: object) -> TypeGuard[str]:
    """An instant in UTC, whole seconds."""
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_words(value: object) -> TypeGuard[dict[str, dict[str, str]]]:
    """Texts by language, then by name: {"en": {"title": …}, "fr": …}; English or another language must be there."""
    if not isinstance(value, dict) or not value or not value.keys() <= set(LANGUAGES):
        return False
    return all(isinstance(one, dict) and one and all(map(is_text, one.values())) for one in value.values())


def _is_fact(value: object) -> bool:
    """Where something of the public record is from: {"source": url or "", "standing": …}."""
    if not isinstance(value, dict) or value.keys() - {"source", "standing"}:
        return False
    source = value.get("source", "")
    return value.get("standing") in STANDINGS and isinstance(source, str) and len(source) <= 1_000


def is_number(value: object) -> TypeGuard[int]:
    """A whole number, from 0."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31


def _is_layer(value: object) -> bool:
    """Who may read: everybody, those who take part, States, the chair, a group."""
    if not isinstance(value, str):
        return False
    group = value.removeprefix("group:")
    return value in {PUBLIC, PARTICIPANTS, STATES, CHAIR} or (group != value and is_slug(group) and len(group) <= 32)


def _all(check: Check) -> Check:
    return lambda value: isinstance(value, list) and len(value) <= 100 and all(map(check, value))


TEXT: Final = Field(is_text, _("a text"))
SLUG: Final = Field(is_slug, _("a short name of a-z, 0-9, hyphens and points"))
CODE: Final = Field(is_code, _("a participant's code"))
CODES: Final = Field(_all(is_code), _("a list of participants' codes"))
SLUGS: Final = Field(_all(is_slug), _("a list of short names"))
DATED: Final = Field(is_dated, _("a date: a year, a month or a day"))
INSTANT: Final = Field(is_instant, _("an instant in UTC"))
WORDS: Final = Field(is_words, _("texts by language"))
FACT: Final = Field(_is_fact, _("a source and a standing"))
BOOLEAN: Final = Field(lambda value: isinstance(value, bool), _("true or false"))
NAMES: Final = Field(_all(is_text), _("a list of names"))
LAYER: Final = Field(_is_layer, "public | participants | states | chair | group:…")
NUMBER: Final = Field(is_number, _("a whole number"))


def optional(field: Field) -> Field:
    """The same, but it may be left out."""
    return Field(field.holds, field.what, needed=False)


def _at_most(characters: int, field: Field) -> Field:
    """The same, but short enough for its column: PostgreSQL refuses what is longer, SQLite would keep it."""
    return Field(lambda value: field.holds(value) and len(value) <= characters, field.what)


ID: Final = _at_most(40, SLUG)
"""An organisation, a kind: what the profile names."""
SYMBOL: Final = _at_most(80, TEXT)
"""A document's symbol, or several."""


def one_of(*values: str) -> Field:
    """One of these words."""
    return Field(lambda value: value in values, " | ".join(values))


def check(declared: Mapping[str, Field], payload: Mapping[str, object]) -> Refusal | None:
    """Check a payload against what its kind declares: everything needed is there, in its form, and nothing else."""
    for name in payload:
        if name not in declared:
            return _refusal(_("“%(name)s” does not belong in this act: leave it out."), name)
    for name, field in declared.items():
        if name not in payload:
            if field.needed:
                return _refusal(_("“%(name)s” is missing: give %(what)s."), name, field.what)
        elif not field.holds(payload[name]):
            return _refusal(_("“%(name)s” must be %(what)s."), name, field.what)
    return None


def _refusal(sentence: "StrOrPromise", name: str, what: "StrOrPromise" = "") -> Refusal:
    return Refusal("act.payload", "house.form", sentence, {"name": name[:40], "what": str(what)}, 400)


def instant(now: datetime) -> str:
    """An instant as acts say it."""
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
