"""What stands under one column or key, understood: or the problem with it."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from corfu.profiles.dated import Dated, Precision, dated
from corfu.profiles.problem import Code, Problem, excerpt
from corfu.profiles.rows import RawRow
from corfu.profiles.shape import LISTS, Field, Holds
from corfu.profiles.standing import Standing
from corfu.profiles.words import ENGLISH, Words

Value = (
    Words
    | Dated
    | date
    | datetime
    | Standing
    | str
    | int
    | float
    | bool
    | tuple[str, ...]
    | tuple[Words, ...]
    | dict[str, str]
)

MAX_TEXT: Final = 10_000
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_CODE: Final = re.compile(r"[A-Z][A-Z0-9-]{0,15}", re.ASCII)
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}", re.ASCII)
_MONTH_DAY: Final = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)
_SPACES: Final = str.maketrans("\n\u00a0\u202f", "   ")
_TRUTHS: Final = {"true": True, "false": False, "yes": True, "no": False}


class NotThat(Exception):
    """A value is not what its column holds: with the code, the cause and the way out."""

    def __init__(self, code: Code, cause: str, remedy: str) -> None:
        """Cause and remedy are clauses in English without a full stop."""
        super().__init__(cause)
        self.code, self.cause, self.remedy = code, cause, remedy

    def at(self, row: RawRow, name: str) -> Problem:
        """The problem, in its place."""
        return row.problem(self.code, name, self.cause, self.remedy)


def parse(field: Field, value: object) -> Value:
    """Understand a value that is there. Texts for people come back as English. Raises NotThat."""
    if field.holds in LISTS:
        return tuple(_items(field, value))
    return _READERS[field.holds](field, value)


def _items(field: Field, value: object) -> list[str]:
    items = value.split(";") if isinstance(value, str) else value
    if not isinstance(items, list):
        raise NotThat(Code.BAD_VALUE, f"{excerpt(value)} is no list", 'write ["one", "two"], in a CSV file one;two')
    found = [_text(field, item) for item in items]
    read = _ITEMS.get(field.holds)
    for item in found:
        if read:
            read(field, item)
    if len(set(found)) < len(found) and field.holds is not Holds.PARAGRAPHS:
        raise NotThat(Code.TWICE, f"{excerpt(value)} names one twice", "name each once")
    return found


def _text(_: Field, value: object) -> str:
    if not isinstance(value, str):
        raise NotThat(Code.BAD_VALUE, f"{excerpt(value)} is no text", "write it in quotes")
    text = value.strip()
    if len(text) > MAX_TEXT:
        cause = f"a text of {len(text):,} characters, {MAX_TEXT:,} are allowed"
        raise NotThat(Code.TOO_LARGE, cause, "shorten it")
    if not text or not text.translate(_SPACES).isprintable():
        raise NotThat(
            Code.BAD_VALUE, f"{excerpt(value)} is empty or has characters that cannot be seen", "write it anew"
        )
    return text


def _matching(pattern: re.Pattern[str], code: Code, wanted: str) -> Callable[[Field, object], str]:
    def read(field: Field, value: object) -> str:
        text = _text(field, value)
        if len(text) > 80 or not pattern.fullmatch(text):
            raise NotThat(code, f"{excerpt(text)} is not {wanted}", "write one")
        return text

    return read


_id = _matching(_ID, Code.BAD_ID, "a name of small letters a-z, digits and single hyphens")
_code = _matching(_CODE, Code.BAD_CODE, "a code that can sign: A-Z, then up to 15 of A-Z, 0-9 and hyphen")
_language = _matching(_LANGUAGE, Code.BAD_VALUE, "the code of a language, such as fr")
_month_day = _matching(_MONTH_DAY, Code.BAD_DATE, "a month and day such as 12-15")


def _date(field: Field, value: object) -> Dated:
    found = dated(_text(field, value))
    if not found:
        raise NotThat(Code.BAD_DATE, f"{excerpt(value)} is no date", "write 2008, 2008-08 or 2008-08-08")
    return found


def _day(field: Field, value: object) -> date:
    found = dated(_text(field, value))
    if not found or found.precision != Precision.DAY:
        raise NotThat(Code.BAD_DATE, f"{excerpt(value)} is no day", "write it as 2008-08-08")
    return found.first


def _instant(_: Field, value: object) -> datetime:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        found = None
    if not isinstance(found, datetime) or found.tzinfo is None:
        raise NotThat(Code.BAD_DATE, f"{excerpt(value)} is no instant", "write it as 2008-08-08T15:00:00Z")
    return found.astimezone(UTC)


def _whole(_: Field, value: object) -> int:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value, re.ASCII):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9:
        return value
    raise NotThat(Code.BAD_VALUE, f"{excerpt(value)} is no whole number", "write digits only")


def _number(_: Field, value: object) -> float:
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,9})?", value, re.ASCII):
        return float(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    raise NotThat(Code.BAD_VALUE, f"{excerpt(value)} is no number", "write it as 48.21")


def _truth(_: Field, value: object) -> bool:
    found = _TRUTHS.get(value) if isinstance(value, str) else value
    if not isinstance(found, bool):
        raise NotThat(Code.BAD_VALUE, f"{excerpt(value)} is neither true nor false", "write true or false")
    return found


def _standing(field: Field, value: object) -> Standing:
    text = _text(field, value)
    if text not in set(Standing):
        raise NotThat(Code.BAD_STANDING, f"there is no standing {excerpt(text)}", f"use {', '.join(Standing)}")
    return Standing(text)


def _choice(field: Field, value: object) -> str:
    text = _text(field, value)
    if text not in field.to:
        raise NotThat(Code.BAD_VALUE, f"{excerpt(text)} is none of the choices", f"use {', '.join(field.to)}")
    return text


def _timezone(field: Field, value: object) -> str:
    text = _text(field, value)
    try:
        return ZoneInfo(text).key
    except (OSError, ValueError):  # ZoneInfoNotFoundError is a KeyError with OSError's manners on some systems
        pass
    except KeyError:
        pass
    raise NotThat(Code.BAD_VALUE, f"there is no time zone {excerpt(text)}", "use a name such as Europe/Vienna")


_READERS: Final[Mapping[Holds, Callable[[Field, object], Value]]] = {
    Holds.WORDS: _text,
    Holds.NAME: _text,
    Holds.PLAIN: _text,
    Holds.ID: _id,
    Holds.KIND: _id,
    Holds.CODE: _code,
    Holds.DATE: _date,
    Holds.DAY: _day,
    Holds.INSTANT: _instant,
    Holds.MONTH_DAY: _month_day,
    Holds.WHOLE: _whole,
    Holds.NUMBER: _number,
    Holds.TRUTH: _truth,
    Holds.STANDING: _standing,
    Holds.CHOICE: _choice,
    Holds.REFERENCE: _text,
    Holds.TIMEZONE: _timezone,
}
_ITEMS: Final[Mapping[Holds, Callable[[Field, object], Value]]] = {
    Holds.LANGUAGES: _language,
    Holds.KINDS: _id,
}


def languages(value: object) -> tuple[str, ...]:
    """The languages of a profile. Raises NotThat."""
    found = _items(Field("languages", Holds.LANGUAGES), value)
    if ENGLISH not in found:
        cause = "English is not among the languages"
        raise NotThat(Code.BAD_VALUE, cause, "add en: the main files are written in English")
    if len(found) > 40:
        raise NotThat(Code.TOO_LARGE, f"{len(found)} languages, 40 are allowed", "leave some out")
    return tuple(found)
