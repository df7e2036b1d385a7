"""A text for people, in the languages it is known in."""

from collections.abc import Iterator, KeysView, Mapping
from types import MappingProxyType
from typing import Final

ENGLISH: Final = "en"


class Words:
    """An immutable mapping of language to text. English stands always, unless the text is empty.

    `words["fr"]` raises KeyError where there is no French; `words.get("fr")` gives English instead, and
    `words.behind("fr")` says that it does, so that a page can mark the text.
    """

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, str] | str = "") -> None:
        """From a mapping, or from English alone; empty texts are left out."""
        given = {ENGLISH: texts} if isinstance(texts, str) else texts
        self._texts: Final = MappingProxyType({language: text for language, text in given.items() if text})

    def __getitem__(self, language: str) -> str:
        """The text in this language; KeyError where there is none."""
        return self._texts[language]

    def __iter__(self) -> Iterator[str]:
        """Its languages."""
        return iter(self._texts)

    def __len__(self) -> int:
        """How many languages it is known in; 0, and so false, for an empty text."""
        return len(self._texts)

    def __contains__(self, language: object) -> bool:
        """Whether it is known in this language."""
        return language in self._texts

    def __eq__(self, other: object) -> bool:
        """The same texts in the same languages."""
        return self._texts == other._texts if isinstance(other, Words) else NotImplemented

    def __hash__(self) -> int:
        """By its texts."""
        return hash(frozenset(self._texts.items()))

    def __str__(self) -> str:
        """In English."""
        return self.get(ENGLISH)

    def __repr__(self) -> str:
        """As it would be made."""
        return f"Words({dict(self._texts)!r})"

    def keys(self) -> KeysView[str]:
        """Its languages: makes `dict(words)` work."""
        return self._texts.keys()

    def get(self, language: str) -> str:
        """The text in this language, else in English, else an empty text."""
        return self._texts.get(language) or self._texts.get(ENGLISH, "")

    def behind(self, language: str) -> bool:
        """Whether `get` gives English for want of this language."""
        return language not in self._texts and ENGLISH in self._texts


NOTHING: Final = Words()
