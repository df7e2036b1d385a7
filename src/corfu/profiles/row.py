"""A row that was understood: its values by name, each of the type it must have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, TypeVar

from corfu.profiles.dated import Dated
from corfu.profiles.dictionary import Dictionary
from corfu.profiles.problem import Code, Problem
from corfu.profiles.rows import RawRow
from corfu.profiles.shape import Field, Holds
from corfu.profiles.standing import Standing
from corfu.profiles.values import NotThat, Value, parse
from corfu.profiles.words import ENGLISH, NOTHING, Words

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Row:
    """What one row says. A value that may be left out, and was, reads as the type's empty value, or as None."""

    raw: RawRow
    values: Mapping[str, Value] = field(repr=False)

    @property
    def kind(self) -> str:
        """The kind of row, such as "state"."""
        return self.raw.table.kind

    @property
    def id(self) -> str:
        """Its id among the rows of its kind."""
        return self.raw.id

    def words(self, name: str) -> Words:
        """A text for people."""
        return self._of(name, Words) or NOTHING

    def paragraphs(self, name: str) -> tuple[Words, ...]:
        """A list of texts for people."""
        return tuple(item for item in self._of(name, tuple) or () if isinstance(item, Words))

    def text(self, name: str) -> str:
        """A text that is the same in every language."""
        return self._of(name, str) or ""

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of such texts."""
        return tuple(item for item in self._of(name, tuple) or () if isinstance(item, str))

    def dated(self, name: str) -> Dated | None:
        """A date as it is known."""
        return self._of(name, Dated)

    def must_dated(self, name: str) -> Dated:
        """A date that every such row has."""
        found = self._of(name, Dated)
        assert found
        return found

    def day(self, name: str) -> date:
        """A day that every such row has."""
        found = self._of(name, date)
        assert found
        return found

    def instant(self, name: str) -> datetime:
        """An instant, in UTC, that every such row has."""
        found = self._of(name, datetime)
        assert found
        return found

    def whole(self, name: str) -> int | None:
        """A whole number."""
        return self._of(name, int)

    def number(self, name: str) -> float | None:
        """A number."""
        return self._of(name, float)

    def truth(self, name: str) -> bool:
        """True, or false: also where it was left out."""
        return self._of(name, bool) or False

    def sorts(self, name: str) -> Mapping[str, str]:
        """Language to what a name is sorted by."""
        return self._of(name, dict) or {}

    @property
    def standing(self) -> Standing:
        """How well it is known."""
        return self._of("standing", Standing) or Standing.UNCERTAIN

    def _of(self, name: str, kind: type[_T]) -> _T | None:
        value = self.values.get(name)
        return value if isinstance(value, kind) else None


def understand(raw: RawRow, dictionary: Dictionary, languages: Sequence[str]) -> tuple[Row, list[Problem]]:
    """The row and what is wrong with its values; a value that is wrong is left out of it."""
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    for each in raw.table.fields:
        try:
            if each.holds in {Holds.NAMES, Holds.SORTS}:
                values[each.name] = _columns(each, raw, dictionary, languages)
            elif each.name in raw.values:
                values[each.name] = _worded(each, raw, dictionary)
            elif each.required:
                problems.append(raw.problem(Code.NO_VALUE, each.name, "is missing", "fill it in"))
        except NotThat as reason:
            problems.append(reason.at(raw, each.name))
    return Row(raw, values), problems


def _worded(each: Field, raw: RawRow, dictionary: Dictionary) -> Value:
    """The value; a text for people with its words in every language."""
    value = parse(each, raw.values[each.name])
    key = (raw.table.kind, raw.id, each.name)
    if isinstance(value, str) and each.holds in {Holds.WORDS, Holds.NAME}:
        return dictionary.words(key, value, name=each.holds is Holds.NAME)
    if isinstance(value, tuple) and each.holds is Holds.PARAGRAPHS:
        return tuple(
            dictionary.words((raw.table.kind, raw.id, f"{each.name}_{number}"), str(text))
            for number, text in enumerate(value, 1)
        )
    return value


_PLAIN: Final = Field("", Holds.PLAIN)


def _columns(each: Field, raw: RawRow, dictionary: Dictionary, languages: Sequence[str]) -> Value:
    """The columns name_en, name_fr … of a row, together."""
    found: dict[str, str] = {}
    for language in languages:
        column = f"{each.name}_{language}"
        if column in raw.values:
            found[language] = str(parse(_PLAIN, raw.values[column]))
        elif each.holds is Holds.NAMES and language == ENGLISH:
            raise NotThat(Code.NO_VALUE, f"{column} is missing", "fill it in")
        elif each.holds is Holds.NAMES:
            dictionary.lacks(language, f"{raw.file}, {raw.place}, {column}")
    return Words(found) if each.holds is Holds.NAMES else found
