"""JCS in general (RFC 8785): members sorted by UTF-16, numbers as ECMAScript writes them.

Acts have integers and, as good as always, members within the Basic Multilingual Plane: `corfu.record.canonical` is
faster for them and comes here only for other members. Floats stand here for what others sign (W3C eddsa-jcs-2022) and
for the published vectors.
"""

import json
import math
from typing import Final

from corfu.record.refusal import Refused, excerpt

MAX_DEPTH: Final = 100
"""Nesting beyond this is refused: it keeps the recursion far from Python's own limit."""

_MAX_EXACT: Final = 2**53
# RFC 8785 §3.2.2.2 and Python's encoder agree: two-character escapes where JSON has them, else \u00xx in lower case.
_TEXT: Final = json.JSONEncoder(ensure_ascii=False).encode


class _Unwritable(Exception):
    """Carries a refusal out of the recursion."""

    def __init__(self, refused: Refused) -> None:
        self.refused = refused


def jcs(value: object) -> bytes | Refused:
    """The canonical bytes of `value`: None, bool, int, float, str, list and dict with text members, nested."""
    try:
        return _written(value, MAX_DEPTH).encode()
    except _Unwritable as stop:
        return stop.refused
    except UnicodeEncodeError:
        rule = "RFC 8785 §3.2.2.2: no lone surrogates"
        return Refused("json.surrogate", rule, "half of a character stands alone in a text: repair the text")


def number(value: float) -> str | Refused:
    """A finite double as ECMAScript's Number::toString writes it (ECMA-262 §6.1.6.1.20, RFC 8785 §3.2.2.3)."""
    if not math.isfinite(value):
        return Refused(
            "json.number",
            "RFC 8785 §3.2.2.3: numbers are finite",
            f"{value} is not a number in JSON: write null or text",
        )
    if value == 0:
        return "0"  # minus zero too
    # repr gives the fewest digits that read back as the same double, as ECMAScript asks; only the layout differs.
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    leading = len(whole) if whole != "0" else len(digits) - len(fraction)
    return ("-" if value < 0 else "") + _laid_out(digits.rstrip("0"), leading + int(exponent or 0))


def utf16(name: object) -> bytes:
    """What member names are sorted by (RFC 8785 §3.2.3); a lone surrogate is refused when it is written."""
    if not isinstance(name, str):
        rule = "RFC 8259 §4: member names are text"
        raise _Unwritable(Refused("json.member", rule, f"the member {excerpt(name)} is not text: name it by text"))
    return name.encode("utf-16-be", "surrogatepass")


def _laid_out(digits: str, point: int) -> str:
    """`digits` with the decimal point after the first `point` of them (ECMA-262: k digits, n = point)."""
    if 0 < point <= 21:
        padded = digits.ljust(point, "0")
        return padded[:point] + ("." + padded[point:] if len(padded) > point else "")
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    tail = "." + digits[1:] if len(digits) > 1 else ""
    return f"{digits[0]}{tail}e{point - 1:+d}"


def _written(value: object, depth: int) -> str:
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return _TEXT(value)
    if isinstance(value, int | float):
        return _number(value)
    if depth == 0:
        rule = f"corfu: at most {MAX_DEPTH} levels"
        raise _Unwritable(
            Refused("json.depth", rule, f"lists and objects are nested more than {MAX_DEPTH} deep: flatten them")
        )
    if isinstance(value, list):
        return "[" + ",".join(_written(item, depth - 1) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(_member(name, value[name], depth) for name in sorted(value, key=utf16)) + "}"
    raise _Unwritable(
        Refused("json.type", "RFC 8259 §3", f"{excerpt(type(value).__name__)} has no form in JSON: turn it into text")
    )


def _member(name: str, value: object, depth: int) -> str:
    return f"{_TEXT(name)}:{_written(value, depth - 1)}"


def _number(value: float) -> str:
    if isinstance(value, int) and abs(value) >= _MAX_EXACT:
        rule = "RFC 7493 §2.2: integers within ±(2^53 − 1)"
        raise _Unwritable(Refused("json.number", rule, "this whole number is too large: write it as text"))
    text = str(value) if isinstance(value, int) else number(value)
    if isinstance(text, Refused):
        raise _Unwritable(text)
    return text
