"""Dates as they are known: to the day, the month or the year."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class Precision(StrEnum):
    """How exactly a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True, order=True)
class Dated:
    """A date as it is known; sorts by its first day. `text`: "2008", "2008-08" or "2008-08-08".

    `first` and `last`: the first and last day it may mean, the same day where the day is known.
    """

    first: date
    last: date
    text: str
    precision: Precision

    def __str__(self) -> str:
        """As it was written."""
        return self.text


def dated(text: str) -> Dated | None:
    """Read a date as a profile writes it; None if it is none, such as 30 February."""
    found = _DATE.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    if month is None:
        return Dated(first, date(first.year, 12, 31), text, Precision.YEAR)
    if day is None:
        last = date(first.year, month, calendar.monthrange(first.year, month)[1])
        return Dated(first, last, text, Precision.MONTH)
    return Dated(first, first, text, Precision.DAY)
