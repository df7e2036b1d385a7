"""Words as they come from a field or a file: what nobody sees is left out or refused before anything is filed."""

import re
from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

LONGEST: Final = 20_000
"""Characters of a paragraph."""
# Controls, marks that turn the direction, tags: they hide what is read or turn it round. A line break is none.
_HIDDEN: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# What word processors put between letters unasked: optional hyphens, zero-width spaces, marks of the byte order.
_UNASKED: Final = dict.fromkeys(map(ord, "\xad\u200b\u2060\ufeff"))
_SEEN: Final = re.compile(r"[^\s\u200c-\u200f]")


def visible(given: str) -> str:
    """The same with one kind of line break, tabs as spaces, and without what word processors put in unasked.

    "" where nothing is seen.
    """
    words = given.replace("\r\n", "\n").replace("\r", "\n").translate(_UNASKED).replace("\t", " ")
    return words if _SEEN.search(words) else ""


def has_controls(value: object) -> bool:
    """Whether characters stand anywhere in a document that hide or turn round what is read."""
    if isinstance(value, str):
        return _HIDDEN.search(value) is not None
    if isinstance(value, Mapping):
        return any(has_controls(one) for one in value.values())
    return isinstance(value, list) and any(map(has_controls, value))


def fault(words: str) -> str:
    """Why these cannot be the words of a paragraph, in a sentence; "" where they can."""
    if has_controls(words):
        return _("The words hold characters that nobody sees or that turn round what is read: take them out.")
    if len(words) > LONGEST:
        return _("A paragraph has 20,000 characters at most: shorten it.")
    return ""
