"""Tokens: a word, a number or a mark, each with the space that follows it. Joined, they are the text, byte for byte."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Han characters are one token each: Chinese has no spaces and its words cannot be told apart without a dictionary.
_HAN: Final = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
# Marks that belong to the letter before them but are no letters to `re`: accents, Hebrew and Arabic vowels, joiners.
_MARK: Final = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u200c\u200d"
)
_LETTERS: Final = rf"(?:[^\W{_HAN}]|[{_MARK}])"
_SEPARATOR: Final = "[.,'\u2019\u00a0\u202f\u066b\u066c]"
_SPACE: Final = r"[^\S\n]*"
_TOKEN: Final = re.compile(
    rf"""(?:
      \d+(?:{_SEPARATOR}\d+)*(?!{_LETTERS})      # 9,000  48.5  140 000 with a no-break space
    | [{_HAN}]
    | {_LETTERS}+(?:[-'\u2019\u2010\u2011]{_LETTERS}+)*   # co-operative, l'Etat, 1st
    | [^\s]                                      # a mark
    ){_SPACE}
    | \n                                         # the break of a split paragraph
    | [^\S\n]+                                   # space that nothing precedes
    """,
    re.VERBOSE,
)
_WORD: Final = re.compile(r"\w")

_FOLD: Final = str.maketrans(
    dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"')
    | dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\u00ad\u200b\ufeff", None)
)


def tokenize(text: str) -> list[str]:
    """The tokens of `text`, in order; their concatenation is `text`."""
    return _TOKEN.findall(text)


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """`text` for comparison only: NFC, any run of spaces as one and none at the ends, one kind of quote and of dash."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_FOLD)
    # The break of a split paragraph is no space: "a b" in two paragraphs is not "a b" in one.
    return "\n".join(" ".join(line.split()) for line in text.split("\n")) if "\n" in text else " ".join(text.split())


def is_word(token: str) -> bool:
    """Whether the token is a word or a number, not a mark or a space."""
    return _WORD.search(token) is not None


def words(text: str) -> int:
    """How many words and numbers (in Chinese: characters) `text` has."""
    return sum(1 for token in _TOKEN.findall(text) if _WORD.search(token))
