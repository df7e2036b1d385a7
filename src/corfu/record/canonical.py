"""Canonical JSON: the bytes of RFC 8785 (JCS), narrowed so that every reader agrees on them for ever.

Our rules beyond RFC 8785: integers only, |n| ≤ 2^53 − 1 (what JavaScript reads exactly); nesting at most 8; at most
65,535 bytes; characters as `corfu.record.characters` says.

`encode(decode(line)) == line` for every line that `decode` accepts.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, NoReturn, TypeAlias

from corfu.record.characters import astral, check_characters, encodable
from corfu.record.jcs import jcs, utf16
from corfu.record.refusal import Refused, excerpt

Value: TypeAlias = "bool | int | str | list[Value] | dict[str, Value] | None"
"""What canonical JSON says."""

MAX_BYTES: Final = 65_535
MAX_DEPTH: Final = 8
MAX_INTEGER: Final = 2**53 - 1

_STRING: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)  # an open string too: then each quote is read once
_SPACE: Final = re.compile(r"\s")


class _BadNumber(ValueError):
    """A number that JSON allows and we do not."""


def decode(line: bytes) -> "Value | Refused":
    """Read one canonical value, checking the very bytes received."""
    if len(line) > MAX_BYTES:
        return _too_long(len(line))
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        return Refused(
            "json.utf8", "RFC 8785 §3.2.4: UTF-8", f"byte {error.start} is not UTF-8: write the text in UTF-8"
        )
    # The count of brackets bounds the nesting; only where it does not settle the matter the text is walked.
    if text.count("{") + text.count("[") > MAX_DEPTH and _depth(text) > MAX_DEPTH:
        return _too_deep()
    try:
        value, end = _DECODER.raw_decode(text)
    except _BadNumber as error:
        return _bad_number(str(error))
    except ValueError as error:
        return Refused("json.form", "RFC 8259: JSON", f"the line is not JSON ({error}): write it with a JSON encoder")
    # Written anew and compared, all at once: order, duplicates, spaces, escapes, spelling of numbers, anything after.
    if (jcs(value) != line) if astral(text) else (_written(value) != text):
        return _why_not_canonical(text, end)
    problem = check_characters(text)
    return value if problem is None else problem


def encode(value: object) -> bytes | Refused:
    """The canonical bytes of a value: None, bool, int, str, list and dict with text members, no subclass of these."""
    if problem := _check_value(value):
        return problem
    text = _written(value)
    if not encodable(text):
        rule = "RFC 8785 §3.2.2.2: no lone surrogates"
        return Refused("json.surrogate", rule, "half of a character stands alone in a text: repair the text")
    line = jcs(value) if astral(text) else text.encode()
    if isinstance(line, bytes) and len(line) > MAX_BYTES:
        return _too_long(len(line))
    return check_characters(text) or line


def member_names(value: object) -> Iterator[str]:
    """The names of all members, at every depth."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Mapping):
            yield from item
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)


def _integer(text: str) -> int:
    if len(text) > 17 or abs(number := int(text)) > MAX_INTEGER:  # by length first: 10^5000 is never computed
        raise _BadNumber(text)
    return number


def _no_number(text: str) -> NoReturn:
    raise _BadNumber(text)


_DECODER: Final = json.JSONDecoder(parse_int=_integer, parse_float=_no_number, parse_constant=_no_number)
# It sorts by code point, which is RFC 8785's UTF-16 order up to U+FFFF, and escapes as §3.2.2.2 does.
_written: Final = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False
).encode


def _depth(text: str) -> int:
    """How deep lists and objects are nested, without recursion; text that is not JSON may get any number."""
    depth = deepest = 0
    for character in _STRING.sub("", text):
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def _check_value(value: object) -> Refused | None:
    """Check types, integers and nesting, without recursion and within a bounded number of steps."""
    waiting = [(value, 1)]
    steps = 0
    while waiting:
        item, depth = waiting.pop()
        steps += 1
        if steps > MAX_BYTES:  # a value takes a byte or more; a list that holds one list many times would take for ever
            return _too_long(steps)
        if isinstance(item, dict | list):
            if depth > MAX_DEPTH:
                return _too_deep()
            if problem := _check_names(item):
                return problem
            waiting.extend((inner, depth + 1) for inner in (item.values() if isinstance(item, dict) else item))
        elif problem := _check_scalar(item):
            return problem
    return None


def _check_names(item: dict[object, object] | list[object]) -> Refused | None:
    if type(item) not in {dict, list}:
        return _bad_type(item)
    for name in item if isinstance(item, dict) else ():
        if type(name) is not str:
            return Refused(
                "json.member",
                "RFC 8259 §4: member names are text",
                f"the member {excerpt(name)} is not text: name it by text",
            )
    return None


def _check_scalar(item: object) -> Refused | None:
    if type(item) is int:
        return None if abs(item) <= MAX_INTEGER else _bad_number("beyond 2^53")
    if item is None or type(item) in {bool, str}:
        return None
    return _bad_number(str(item)) if type(item) is float else _bad_type(item)


def _why_not_canonical(text: str, end: int) -> Refused:
    """Name the first rule broken by JSON that is not as we would have written it; `end`: where its value ends."""
    problems: list[Refused] = []

    def look(pairs: list[tuple[str, object]]) -> None:
        problems.extend(_check_order([name for name, _ in pairs]))

    json.JSONDecoder(object_pairs_hook=look).raw_decode(text)
    if problems:
        return problems[0]
    if text[end:].strip():
        return Refused("json.form", "RFC 8259 §2: one value", "more text follows the value: take it away")
    if _SPACE.search(_STRING.sub("", text)):
        rule = "RFC 8785 §3.2.1: no spaces between tokens"
        return Refused("json.space", rule, "spaces stand between the parts of the JSON: take them out")
    rule = "RFC 8785 §3.2.2: one spelling for each text and number"
    return Refused(
        "json.spelling", rule, "a text is escaped, or a number spelled, otherwise than JCS does: write it by JCS"
    )


def _check_order(names: list[str]) -> Iterator[Refused]:
    if len(set(names)) < len(names):
        twice = Counter(names).most_common(1)[0][0]
        rule = "RFC 8785 §3.1, RFC 7493 §2.3: no duplicate members"
        yield Refused("json.duplicate", rule, f"the member {excerpt(twice)} stands twice: keep one")
    elif names != sorted(names, key=utf16):
        rule = "RFC 8785 §3.2.3: members are sorted"
        yield Refused("json.order", rule, f"the members {excerpt(', '.join(names))} are out of order: sort them by JCS")


def _too_long(size: int) -> Refused:
    rule = f"corfu/act/v1: at most {MAX_BYTES:,} bytes"
    return Refused(
        "json.size", rule, f"the line has {size:,} bytes or more: put long text in a document and commit to it"
    )


def _too_deep() -> Refused:
    rule = f"corfu/act/v1: nesting at most {MAX_DEPTH}"
    return Refused("json.depth", rule, f"lists and objects are nested more than {MAX_DEPTH} deep: flatten them")


def _bad_number(text: str) -> Refused:
    rule = "corfu/act/v1: integers only, |n| ≤ 2^53 − 1"
    return Refused(
        "json.number", rule, f"the number {excerpt(text)} is not one of these: write it as text or in a smaller unit"
    )


def _bad_type(item: object) -> Refused:
    rule = "corfu/act/v1: null, booleans, whole numbers, text, lists and objects"
    return Refused("json.type", rule, f"a value is of type {excerpt(type(item).__name__)}: turn it into one of these")
