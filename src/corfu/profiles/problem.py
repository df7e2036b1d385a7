"""What is wrong with a profile's files, said so that whoever wrote them can put it right."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_SHOWN: Final = 48


class Code(StrEnum):
    """The kinds of problem: stable, for programs."""

    NO_FOLDER = "no-folder"
    NO_FILE = "no-file"
    NOT_OURS = "not-ours"
    OUTSIDE = "outside"
    TOO_LARGE = "too-large"
    UNREADABLE = "unreadable"
    NOT_UTF8 = "not-utf8"
    NOT_TOML = "not-toml"
    NOT_CSV = "not-csv"
    NO_COLUMN = "no-column"
    UNKNOWN_COLUMN = "unknown-column"
    NO_VALUE = "no-value"
    BAD_VALUE = "bad-value"
    BAD_DATE = "bad-date"
    BAD_ORDER = "bad-order"
    BAD_STANDING = "bad-standing"
    BAD_ID = "bad-id"
    BAD_CODE = "bad-code"
    TWICE = "twice"
    UNKNOWN_REFERENCE = "unknown-reference"
    NO_LABEL = "no-label"
    NO_WORDS = "no-words"
    STRAY_WORDS = "stray-words"


WORDS_ONLY: Final = frozenset({Code.NO_WORDS, Code.STRAY_WORDS})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right: where (file, and line or key), the cause, and the way out."""

    code: Code
    file: str
    place: str
    cause: str
    remedy: str

    @property
    def stops(self) -> bool:
        """Whether the profile cannot be used. Missing words do not stop it: English stands in their place."""
        return self.code not in WORDS_ONLY

    def __str__(self) -> str:
        """One sentence for a person."""
        where = f"{self.file}, {self.place}" if self.place else self.file
        return f"{where}: {self.cause}; {self.remedy}."


class BadProfile(ValueError):
    """A profile that cannot be used, with everything that is wrong with it."""

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        """`name`: the folder, or the built-in profile, as it was asked for."""
        super().__init__("\n".join([f"The profile {name} cannot be used.", *map(str, problems)]))
        self.problems: Final = problems


def excerpt(value: object) -> str:
    """What a problem quotes of a file: in quotes, on one line, what cannot be seen escaped, cut after 48 characters."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # a number of thousands of digits, a list within lists within lists
        text = type(value).__name__
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
