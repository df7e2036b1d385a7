"""How wide a line of letters is, more or less: the server has no fonts, and a drawing needs no more than that."""

from typing import Final

WIDE: Final = 1000
NARROW: Final = 340

_NARROW_LETTERS: Final = frozenset("iljtfrI.,:;'’|!()[] ")
_BROAD_LETTERS: Final = frozenset("mwMWOQGDHNUAVЖШЩМЮФЫжшщмюфы@%—")


def line_width(text: str, size: float) -> float:
    """Width of `text` in the sans at `size`, estimated a little generously."""
    return size * sum(map(_letter_width, text))


def wrap(text: str, width: float, size: float) -> list[str]:
    """Break `text` at its spaces into lines that fit `width`; a single long word is left to stand out."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and line_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _letter_width(letter: str) -> float:
    if letter in _NARROW_LETTERS:
        return 0.29
    if letter in _BROAD_LETTERS:
        return 0.73
    return 0.57 if letter.isupper() or "Ѐ" <= letter <= "ӿ" else 0.5
