"""A contested paragraph as readers see it: agreed words, and brackets with the names of who wants what.

Both renderings of the rolling text (web page, Word file) are made from these pieces, so that they cannot differ in
what is said, in whose name, or in where a space stands.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from corfu.formats import rolling_words as words
from corfu.wording.diff import regions
from corfu.wording.labels import typed_label
from corfu.wording.model import SOFT_BREAK, SPLIT
from corfu.wording.rolling import Part, RollingParagraph, Span
from corfu.wording.tokens import tokenize

Order = Callable[[Iterable[str]], list[str]]
"""Puts delegations' codes in the profile's order."""

_SPACES: Final = "".join(c for c in map(chr, range(0x3001)) if c.isspace() and c not in (SPLIT, SOFT_BREAK))
# What XML 1.0 has no way to write, and lone halves of surrogate pairs, which UTF-8 has none for.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_OPENING: Final = "([{“‘«„‚‹¿¡（「『《〈【"
_CLOSING: Final = ")]}”’»›,;:.!?%‰…،؛؟。，、；：！？）」』》〉】"


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand in the base, and its spaces, exactly as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A space that is not in the base: it stands only between a bracket and its neighbours."""

    text: str = " "


@dataclass(frozen=True, slots=True)
class Wanted:
    """A wording and who wants it, in order; empty `text`: the words should go.

    `head` and `foot` are the spaces at its ends, which show only where it stands in the base's place.
    """

    by: tuple[str, ...]
    text: str
    head: str = ""
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Bracket:
    """A contested span: the base's words, the spaces at their ends (`head`, `foot`), and what is wanted instead.

    Empty base words: something is to be added. Nothing wanted: the span is about spaces, quotes or dashes only, and
    is shown without brackets.
    """

    span: Span
    base: str
    wanted: tuple[Wanted, ...]
    head: str = ""
    foot: str = ""


Piece = Words | Gap | Bracket


def clean(text: str) -> str:
    """The text with every character that no XML or HTML file may hold shown as the replacement character."""
    return _FORBIDDEN.sub("\ufffd", text.replace("\r", " "))


def trimmed(text: str) -> tuple[str, str, str]:
    """The text in three: the spaces at its head, its words, the spaces at its foot; breaks are no spaces."""
    core = text.strip(_SPACES)
    at = text.index(core) if core else len(text)
    return text[:at], core, text[at + len(core) :]


def is_rtl(text: str) -> bool:
    """Whether the first letter with a direction of its own is written from right to left (UAX #9, rule P2)."""
    if text.isascii():
        return False
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind for kind in kinds if kind in {"L", "R", "AL"}), "L") != "L"


def split_label(p: RollingParagraph) -> tuple[str, tuple[Part, ...]]:
    """The number typed at the head of the paragraph with the space after it, and the parts that are left.

    "" when none is typed, or when it is itself contested.
    """
    length = typed_label(p.paragraph.text)[1]
    first = p.parts[0] if p.parts else ""
    if not length or not isinstance(first, str) or len(first) < length or first[:length] != p.paragraph.text[:length]:
        return "", p.parts
    rest = (first[length:],) if first[length:] else ()
    return first[:length], (*rest, *p.parts[1:])


def pieces(parts: Sequence[Part], order: Order) -> list[Piece]:
    """The parts of a paragraph as pieces. `Words` and what brackets hold of the base are the base, byte for byte."""
    found: list[Piece] = []
    for n, part in enumerate(parts):
        if isinstance(part, Span):
            found += _bracketed(part, order, _end(found), _start(parts[n + 1 :]))
        elif part:
            found.append(Words(clean(part)))
    return found


def _bracketed(span: Span, order: Order, before: str, after: str) -> list[Piece]:
    head, core, foot = trimmed(clean(span.variants[0].text))
    bracket = Bracket(span, core, wanted(span, order), head, foot)
    if not bracket.wanted:
        return [bracket]
    texts = [variant.text for variant in span.variants if variant.text]
    left = [Gap()] if not head and _gap_before(before, texts) else []
    right = [Gap()] if not foot and _gap_after(after, texts) else []
    return [*left, bracket, *right]


def wanted(span: Span, order: Order) -> tuple[Wanted, ...]:
    """What is wanted instead of the base, in the order of who wants it: never first come first."""
    rest = span.variants[1:]
    rank = {code: n for n, code in enumerate(order({code for variant in rest for code in variant.by}))}
    found = []
    for variant in rest:
        head, core, foot = trimmed(clean(variant.text))
        found.append(Wanted(tuple(sorted(variant.by, key=rank.__getitem__)), core, head, foot))
    return tuple(sorted(found, key=lambda w: ([rank[code] for code in w.by], w.text)))


def _end(found: Sequence[Piece]) -> str:
    """The last character before a bracket; a bracket's own for one that stands right before it."""
    last = found[-1] if found else Words("")
    if isinstance(last, Bracket):
        return last.foot or ("]" if last.wanted else last.base[-1:])
    return last.text[-1:]


def _start(parts: Sequence[Part]) -> str:
    """The first character after a bracket."""
    first = next((part for part in parts if part), "")
    if isinstance(first, Span):
        return first.variants[0].text[:1] or "["
    return first[:1]


def _gap_before(before: str, texts: Sequence[str]) -> bool:
    if not before or before.isspace() or before in _OPENING:
        return False
    spaced = any(text[0] in _SPACES for text in texts)
    return before == "]" or spaced or _spaced_script(before)


def _gap_after(after: str, texts: Sequence[str]) -> bool:
    if not after or after.isspace() or after in _CLOSING:
        return False
    # The bracket that follows sees to the space itself, unless it stands for nothing in the base.
    return any(text[-1] in _SPACES for text in texts) or _spaced_script(after)


def _spaced_script(letter: str) -> bool:
    """Whether the letter or figure is of a script that puts spaces between words."""
    return letter.isalnum() and unicodedata.east_asian_width(letter) not in "WF"


def marked(base: str, text: str) -> list[tuple[str, bool]]:
    """A wording in pieces, each with whether it is new against the base's words; one piece where little is kept."""
    old, new = tokenize(base), tokenize(text)
    found: list[tuple[str, bool]] = []
    at = kept = 0
    for region in regions(old, new):
        found += [("".join(new[at : region.start2]), False), ("".join(new[region.start2 : region.end2]), True)]
        kept += region.start2 - at
        at = region.end2
    found.append(("".join(new[at:]), False))
    kept += len(new) - at
    return [piece for piece in found if piece[0]] if 2 * kept >= len(new) else [(text, False)]


def visible(text: str) -> str:
    """A wanted wording as it is shown: a line break is seen at the end of a line, but not where nothing else stands."""
    return text if text.strip() else text.replace(SOFT_BREAK, "↵")


def plain(text: str) -> str:
    """Words for a line of their own: breaks shown as ¶ and ↵, spaces single."""
    shown = clean(text).replace(SPLIT, " ¶ ").replace(SOFT_BREAK, " ↵ ")
    return " ".join(shown.split())


def shortened(text: str, most: int) -> str:
    """At most `most` characters, cut between words, with a sign that something is left out."""
    if len(text) <= most:
        return text
    cut = text[:most]
    return (cut[: cut.rindex(" ")] if " " in cut[most // 2 :] else cut).rstrip(" ,;:") + " …"


def change_line(old: str, new: str, before: str = "", most: int = 240) -> str:
    """One change on one line of plain text: “48 hours” → “24 hours”; add “…” after “…”; delete “…”.

    `before` is the text in front of words that are added; its last few words are shown.
    """
    if plain(old) == plain(new):
        return words.TYPOGRAPHY.lower()
    where = " ".join(plain(before).split()[-3:])[-40:]
    return words.change(shortened(plain(old), most), shortened(plain(new), most), where)
