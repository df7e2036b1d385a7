"""The order of names in each language, without a library of locales.

What each language asks for, and no more:

- all: capital and small letters alike; accents decide only between names that are otherwise the same; a hyphen counts
  as a space, an apostrophe not at all; ø, đ, ł, ı, æ, œ, ß and þ as the Latin letters they are written for;
- an article at the beginning is passed over: The Netherlands stands under N;
- German: ä, ö, ü as a, o, u (DIN 5007-1); Spanish: ñ is a letter of its own, after n;
- Russian: ё as е, except between names that are otherwise the same; й is a letter of its own, after и.

A name that an organization sorts by another word than its first has its `sort_<language>` in the profile: in French,
"Russie (Fédération de)".
"""

import re
import unicodedata
from typing import Final

_ARTICLES: Final = {
    "en": re.compile(r"the "),
    "fr": re.compile(r"les? |la |l['’]"),
    "de": re.compile(r"d(?:er|ie|as) "),
    "it": re.compile(r"il |lo |la |i |gli |le |l['’]"),
    "es": re.compile(r"el |las? |los "),
}
_AS: Final = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_LETTERS: Final = {"es": {"ñ": "n\uffff"}, "ru": {"й": "и\uffff"}}  # after every other continuation of that letter

SortKey = tuple[str, str, str]


def sort_key(name: str, language: str) -> SortKey:
    """What to sort a name by in a language: its letters first, then its accents, then the name itself."""
    folded = unicodedata.normalize("NFC", name).casefold()
    if article := _ARTICLES.get(language):
        folded = article.sub("", folded, count=1) if article.match(folded) else folded
    own = _LETTERS.get(language, {})
    letters = "".join(own.get(letter) or _plain(letter) for letter in folded)
    return " ".join(letters.split()), folded, name


def _plain(letter: str) -> str:
    if letter in "'’‘":
        return ""
    bare = unicodedata.normalize("NFD", letter.translate(_AS))
    kept = "".join(part for part in bare if not unicodedata.combining(part))
    return kept if kept.isalnum() else " "
