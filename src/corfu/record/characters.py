"""Which characters may stand in an act, so that what is signed is what is read.

Text is in NFC (Unicode normalization form C, see `is_normal`), without control characters, bidirectional embeddings,
overrides and isolates, line and paragraph separators (U+2028, U+2029), and noncharacters (RFC 7493 §2.1). Marks that a
language needs (ZWJ, ZWNJ, LRM, RLM, no-break spaces) may stand.
"""

import re
import unicodedata
from typing import Final

from corfu.record.refusal import Refused, excerpt

_NONCHARACTERS: Final = "\ufdd0-\ufdef" + "".join(
    chr(plane + 0xFFFE) + chr(plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000)
)
_FORBIDDEN: Final = (
    (re.compile("[\x00-\x1f\x7f-\x9f]"), "json.control", "corfu/act/v1: no control characters"),
    (re.compile("[\u202a-\u202e\u2066-\u2069]"), "json.bidi", "corfu/act/v1: no bidirectional controls"),
    (re.compile("[\u2028\u2029]"), "json.separator", "corfu/act/v1: no line or paragraph separators"),
    (re.compile(f"[{_NONCHARACTERS}]"), "json.noncharacter", "RFC 7493 §2.1: no noncharacters"),
)
_ESCAPED_CONTROL: Final = re.compile(r'\\[^"\\]')
_ESCAPED: Final = re.compile(r'\\["\\]')


def check_characters(text: str) -> Refused | None:
    """Check the characters of `text`, which is canonical JSON: its escapes can only be those of RFC 8785 §3.2.2.2.

    The whole is looked at at once, not each string: between strings stand only characters that combine with nothing.
    """
    if "\\" in text and (escape := _ESCAPED_CONTROL.search(_ESCAPED.sub("", text))):
        return _bad(escape[0], "json.control", "corfu/act/v1: no control characters")
    if text.isascii():
        return _bad("\x7f", "json.control", "corfu/act/v1: no control characters") if "\x7f" in text else None
    if not is_normal(text):
        return _not_normal()
    # What is printable is none of the forbidden; French spaces and the like are not printable, and right.
    return None if text.isprintable() else _check_forbidden(text)


def is_normal(text: str) -> bool:
    """Whether `text` is in NFC as far as Unicode 3.2 goes: later characters combine with nothing.

    Verifiers of every year, in Python or in a browser, must say the same of the same bytes; each has a Unicode of its
    own, and a character that is new in it would else be judged otherwise. `check_assigned` asks for more.
    """
    if unicodedata.is_normalized("NFC", text):  # what is in it by a newer Unicode is so by an older one
        return True
    old = "".join("\0" if unicodedata.ucd_3_2_0.category(one) == "Cn" else one for one in text)
    return unicodedata.is_normalized("NFC", old)


def check_assigned(text: str) -> Refused | None:
    """Check that every character of `text` has a meaning in this Python's Unicode, and that it is in its NFC.

    For whoever admits acts, not for whoever verifies them: an unassigned character may get a decomposition later.
    """
    for character in () if text.isprintable() else sorted(set(text)):
        if unicodedata.category(character) == "Cn":
            return _bad(character, "json.unassigned", "corfu/act/v1: assigned characters only, so that NFC stays NFC")
    return None if unicodedata.is_normalized("NFC", text) else _not_normal()


def encodable(text: str) -> bool:
    """Whether `text` can be written in UTF-8: no surrogate stands alone."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def astral(text: str) -> bool:
    """Whether `text` has characters beyond U+FFFF, which UTF-16 sorts before U+E000."""
    return not text.isascii() and len(text.encode("utf-16-le")) != 2 * len(text)


def _check_forbidden(text: str) -> Refused | None:
    for pattern, code, rule in _FORBIDDEN:
        if found := pattern.search(text):
            return _bad(found[0], code, rule)
    return None


def _not_normal() -> Refused:
    rule = "corfu/act/v1: text in Unicode normalization form C"
    return Refused("json.nfc", rule, "a letter and its accent stand apart: normalise the text to NFC")


def _bad(character: str, code: str, rule: str) -> Refused:
    return Refused(code, rule, f"the text holds {excerpt(character)}: take it out")
