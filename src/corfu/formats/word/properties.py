"""A paragraph's own properties (w:pPr, ECMA-376 part 1, 17.3.1.26), as far as text, headings and labels need them."""

import re
from typing import Final

from lxml import etree

from corfu.formats.word.names import VAL, W
from corfu.formats.word.numbers import written
from corfu.formats.word.story import Properties
from corfu.formats.word.styles import whole

STYLE: Final = f"{W}pStyle"
LIST: Final = f"{W}numPr"
OUTLINE: Final = f"{W}outlineLvl"
NUMBER: Final = f"{W}numId"
LEVEL: Final = f"{W}ilvl"
# w:original of w:numberingChange: %level:value:format:text, once for each level shown (17.13.5.19).
ORIGINAL: Final = re.compile(r"%\d:(\d{1,6}):(\d+):([^%]*)")
ORIGINAL_FORMATS: Final = ("decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal")


def own_properties(node: etree._Element) -> Properties:
    """What a w:pPr says of style, list and outline level."""
    style, number, level, outline = "", None, None, None
    for child in node:
        tag = child.tag
        if tag == STYLE:
            style = child.get(VAL, "")
        elif tag == LIST:
            number, level = _list(child)
        elif tag == OUTLINE:
            outline = whole(child.get(VAL))
    return Properties(style, number, level, outline)


def original_label(original: str) -> str:
    """The label before a w:numberingChange: '%1:2:4:)' was 'b)'. What is in no such form was the label itself."""
    levels = ORIGINAL.findall(original)
    return "".join(written(_format(int(code)), int(count)) + text for count, code, text in levels) or original


def _format(code: int) -> str:
    return ORIGINAL_FORMATS[code] if code < len(ORIGINAL_FORMATS) else "none" if code == 255 else "decimal"


def _list(node: etree._Element) -> tuple[int | None, int | None]:
    number = level = None
    for child in node:
        if child.tag == NUMBER:
            number = whole(child.get(VAL))
        elif child.tag == LEVEL:
            level = whole(child.get(VAL))
    return number, level
