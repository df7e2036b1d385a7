"""What a table of a profile is: its columns or keys, and what may stand in them."""

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Final


class Holds(StrEnum):
    """What a column or key holds."""

    WORDS = auto()  # a text for people, in English; the other languages stand in words/<language>.toml
    NAME = auto()  # a proper name: needs words only where it is written otherwise
    NAMES = auto()  # a participant's name, in one column for each language of the profile: name_en, name_fr …
    SORTS = auto()  # what a name is sorted by, in columns of the same shape, each of which may be left out: sort_fr
    PARAGRAPHS = auto()  # a list of texts for people
    PLAIN = auto()  # a text that is the same in every language: a symbol, a pattern, a source
    ID = auto()
    CODE = auto()  # the code by which a participant signs: FR, NOR, NATO
    DATE = auto()  # 2008, 2008-08 or 2008-08-08
    DAY = auto()  # 2008-08-08
    INSTANT = auto()  # 2008-08-08T15:00:00Z
    MONTH_DAY = auto()  # 12-15
    WHOLE = auto()
    NUMBER = auto()
    TRUTH = auto()
    STANDING = auto()
    CHOICE = auto()
    KIND = auto()  # an id that labels.csv names for people: `to` is the first half of the label's id
    KINDS = auto()
    REFERENCE = auto()
    REFERENCES = auto()
    PLAINS = auto()  # a list of texts that are the same in every language
    LANGUAGES = auto()
    TIMEZONE = auto()


LISTS: Final = frozenset({Holds.PARAGRAPHS, Holds.PLAINS, Holds.KINDS, Holds.REFERENCES, Holds.LANGUAGES})


@dataclass(frozen=True, slots=True)
class Field:
    """One column or key. `to`: the kinds a reference may name, or the choices there are."""

    name: str
    holds: Holds
    required: bool = False
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of row: where it stands, what it holds, how its rows are told apart.

    `path`: the keys that lead to it in a TOML file, such as ("page", "sentence"); none for a CSV file.
    `identity`: the fields whose values, joined by a hyphen, are the row's id; within its parent's, where there is one.
    None: the row has its parent's id, and need not differ from others there.
    """

    kind: str
    file: str
    fields: tuple[Field, ...]
    path: tuple[str, ...] = ()
    identity: tuple[str, ...] = ("id",)
    single: bool = False
    required: bool = False

    @property
    def is_csv(self) -> bool:
        """Whether its file is a table of commas, not TOML."""
        return self.file.endswith(".csv")

    @property
    def name(self) -> str:
        """Where it stands, for people: `about.toml [[page.sentence]]`."""
        if self.is_csv or not self.path:
            return self.file
        return f"{self.file} [{'.'.join(self.path)}]" if self.single else f"{self.file} [[{'.'.join(self.path)}]]"


def must(name: str, holds: Holds, *to: str) -> Field:
    """A column or key that every row has."""
    return Field(name, holds, required=True, to=to)


def may(name: str, holds: Holds, *to: str) -> Field:
    """One that may be left out."""
    return Field(name, holds, to=to)
