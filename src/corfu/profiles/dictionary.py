"""The words of a profile in its other languages: words/<language>.toml, and what is missing there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from corfu.profiles import folder as files
from corfu.profiles.problem import Code, Problem, excerpt
from corfu.profiles.words import ENGLISH, Words

SAME: Final = "same"
_LISTED: Final = 12

Key = tuple[str, str, str]  # kind, id, field


@dataclass(slots=True)
class Language:
    """One language: the words there are, and those that were asked for."""

    name: str
    file: str
    given: dict[Key, str] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)
    used: set[Key | str] = field(default_factory=set)
    missing: list[tuple[str, Key | None, str]] = field(default_factory=list)  # for people; key and English

    def find(self, key: Key, english: str) -> str:
        """The words for a text, or an empty text."""
        self.used |= {key, english}
        return self.given.get(key) or self.same.get(english, "")


class Dictionary:
    """Gives every text of a profile its words, and remembers which were missing."""

    def __init__(self, folder: Path, languages: Sequence[str]) -> None:
        """`languages`: the profile's; English stands in the main files."""
        self.languages: Final = [Language(name, f"words/{name}.toml") for name in languages if name != ENGLISH]
        self.problems: Final[list[Problem]] = []
        for language in self.languages:
            self.problems.extend(_load(folder, language))

    def words(self, key: Key, english: str, *, name: bool = False) -> Words:
        """The words of one text. A `name` is the same in a language that does not give it."""
        texts = {ENGLISH: english}
        for language in self.languages:
            found = language.find(key, english)
            if not found and not name:
                language.missing.append((_shown(key), key, english))
            texts[language.name] = found or (english if name else "")
        return Words(texts)

    def lacks(self, language: str, what: str) -> None:
        """Note that a text of the main files is missing in a language."""
        for known in self.languages:
            if known.name == language:
                known.missing.append((what, None, ""))

    def unwritten(self, language: str) -> list[tuple[Key, str]]:
        """The texts that words/<language>.toml lacks: key and English."""
        found = [each for known in self.languages if known.name == language for each in known.missing]
        return [(key, english) for _, key, english in found if key]

    def findings(self) -> list[Problem]:
        """What is wrong with the words, once every text has been asked for."""
        return [*self.problems, *(problem for language in self.languages for problem in _findings(language))]


def _shown(key: Key) -> str:
    kind, id_, name = key
    return f"[{kind}.{id_}] {name}"


def _load(folder: Path, language: Language) -> Iterator[Problem]:
    data = files.read_bytes(folder, language.file)
    if isinstance(data, Problem):
        if data.code != Code.NO_FILE:  # a missing file is told with the words that are missing
            yield data
        return
    text = files.as_text(data, language.file)
    whole = text if isinstance(text, Problem) else files.as_toml(text, language.file)
    if isinstance(whole, Problem):
        yield whole
        return
    for kind, tables in whole.items():
        yield from _take(language, kind, tables)


def _take(language: Language, kind: str, tables: object) -> Iterator[Problem]:
    if not isinstance(tables, dict):
        yield _bad(language, kind, tables, "a table such as [state.FR]")
        return
    for id_, texts in tables.items():
        if kind == SAME:
            yield from _same(language, id_, texts)
        elif isinstance(texts, dict):
            yield from _given(language, kind, id_, texts)
        else:
            yield _bad(language, f"{kind}.{id_}", texts, "a table such as [state.FR]")


def _same(language: Language, english: str, text: object) -> Iterator[Problem]:
    if isinstance(text, str) and text.strip():
        language.same[english] = text.strip()
    else:
        yield _bad(language, f"[{SAME}] {excerpt(english)}", text, "the text in quotes")


def _given(language: Language, kind: str, id_: str, texts: Mapping[str, object]) -> Iterator[Problem]:
    for name, text in texts.items():
        key = (kind, id_, name)
        if isinstance(text, str) and text.strip():
            language.given[key] = text.strip()
        else:
            yield _bad(language, _shown(key), text, "the text in quotes")


def _bad(language: Language, place: str, value: object, wanted: str) -> Problem:
    return Problem(
        Code.BAD_VALUE, language.file, excerpt(place)[1:-1], f"{excerpt(value)} is no text", f"write {wanted}"
    )


def _findings(language: Language) -> Iterator[Problem]:
    if language.missing:
        cause = f"{len(language.missing)} texts have no words: {_some([shown for shown, *_ in language.missing])}"
        yield Problem(Code.NO_WORDS, language.file, "", cause, "add them, or English is shown in their place")
    strays = [_shown(key) for key in language.given if key not in language.used]
    strays += [f"[{SAME}] {excerpt(english)}" for english in language.same if english not in language.used]
    if strays:
        cause = f"{len(strays)} texts belong to nothing: {_some(strays)}"
        yield Problem(Code.STRAY_WORDS, language.file, "", cause, "correct their names, or remove them")


def _some(texts: Sequence[str]) -> str:
    more = f" and {len(texts) - _LISTED} more" if len(texts) > _LISTED else ""
    return ", ".join(excerpt(text)[1:-1] for text in texts[:_LISTED]) + more
