"""The names of the bookmarks that carry a paragraph's permanent id through Word (ECMA-376 part 1, 17.13.6)."""

import re
from typing import Final

BOOKMARK: Final = "_corfu_"  # Word hides bookmarks whose names begin with an underscore
LONGEST_NAME: Final = 40  # characters, in Word
_PLAIN_ID: Final = re.compile(r"(?:_?[A-Za-z0-9])+_?")
_ENCODED: Final = re.compile(r"__([0-9a-f]{1,5}|10[0-9a-f]{4})_")


def fits(id: str) -> bool:
    """Whether a bookmark can carry the id."""
    return len(_name(id)) - len(BOOKMARK) > 0 and len(_name(id)) <= LONGEST_NAME


def bookmark_name(id: str) -> str:
    """The name of the bookmark for the paragraph with that id.

    Word allows ASCII letters, digits and underscores, 40 in all; other characters of an id become `__hex_`. Raises
    ValueError for an id that does not fit.
    """
    if not fits(id):
        raise ValueError(f"the paragraph id {id!r} is too long for the name of a bookmark in Word")
    return _name(id)


def _name(id: str) -> str:
    pieces = (id,) if _PLAIN_ID.fullmatch(id) else [c if c.isascii() and c.isalnum() else f"__{ord(c):x}_" for c in id]
    return BOOKMARK + "".join(pieces)


def paragraph_id(name: str) -> str | None:
    """The id in a bookmark's name, `bookmark_name` undone; None for a bookmark that is not ours."""
    if not name.startswith(BOOKMARK):
        return None
    return _ENCODED.sub(lambda found: chr(int(found[1], 16)), name.removeprefix(BOOKMARK)) or None
