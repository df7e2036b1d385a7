"""Spaces around words that somebody puts into a text without seeing what stands beside them."""

import re
from typing import Final

# Marks that stand close to the word before them, and to the word after them.
_CLOSING: Final = ",.;:!?)]}%’”»…/-\u2010\u2011\u2013"
_OPENING: Final = "([{‘“«/-\u2010\u2011\u2013"
# Chinese has no spaces: see corfu.wording.tokens.
_HAN: Final = re.compile("[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]")


def spaced(before: str, words: str, after: str) -> str:
    """`words` with the spaces at their ends that keep them apart from what stands before and after them."""
    if not words:
        return words
    head = " " if _meet(before, words) else ""
    tail = " " if _meet(words, after) else ""
    return f"{head}{words}{tail}"


def _meet(left: str, right: str) -> bool:
    """Whether two texts would run into each other."""
    if not left or not right or left[-1].isspace() or right[0].isspace():
        return False
    if left[-1] in _OPENING or right[0] in _CLOSING:
        return False
    return not (_HAN.match(left[-1]) or _HAN.match(right[0]))
