"""Word's own lists: which number a paragraph shows (ECMA-376 part 1, 17.9)."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from corfu.formats.word.names import COMPATIBILITY, VAL, W
from corfu.formats.word.numbers import written
from corfu.formats.word.styles import Styles, integer, value, whole

LEVELS: Final = 9
# What the bullets of the Symbol and Wingdings fonts look like in every other font.
BULLETS: Final = str.maketrans("\uf0b7\uf0a7\uf0a8\uf0d8\uf0fc\uf076\uf02d\uf0b0\uf06f", "•▪▫➢✓❖–°o")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. text: what it shows, with %1 … %9 for numbers; restart: the level, counted from 1, that
    starts it anew, 0 for never, None for any higher one; style: the paragraph style bound to it."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    style: str = ""
    width: int = 0  # zeros are put before figures up to this length


@dataclass(frozen=True, slots=True)
class List:
    """One w:num: lists that share `counter` count on one another; `starts`: the levels that this one begins anew."""

    counter: str
    levels: dict[int, Level]
    starts: frozenset[int]


@dataclass(slots=True)
class Numbering:
    """All lists of one file, each put together when it is first asked for."""

    styles: Styles
    root: etree._Element | None = None
    abstract: dict[str, etree._Element] = field(default_factory=dict)
    concrete: dict[int, etree._Element] = field(default_factory=dict)
    made: dict[int, List | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.root is None:
            return
        for node in self.root.iterchildren(f"{W}abstractNum"):
            self.abstract[node.get(f"{W}abstractNumId", "")] = node
        for node in self.root.iterchildren(f"{W}num"):
            number = whole(node.get(f"{W}numId"))
            if number is not None:
                self.concrete[number] = node

    def place(self, style: str, number: int | None, level: int | None) -> tuple[int, int] | None:
        """The list and level (from 0) of a paragraph with that style and direct numbering; None when it has none."""
        inherited = self.styles.get(style)
        direct = number if number is not None else inherited.number
        if not direct or self.get(direct) is None:
            return None
        if level is None:
            level = 0 if number is not None else self._level_of_style(direct, inherited.chain, inherited.level)
        return direct, min(max(level, 0), LEVELS - 1)

    def get(self, number: int) -> List | None:
        """The list with that w:numId; None when the file does not have it."""
        if number not in self.made:
            node = self.concrete.get(number)
            self.made[number] = None if node is None else self._make(node)
        return self.made[number]

    def _level_of_style(self, number: int, chain: tuple[str, ...], given: int | None) -> int:
        numbered = self.get(number)
        levels = numbered.levels if numbered else {}
        for style in chain:
            for level, spec in levels.items():
                if spec.style == style:
                    return level
        return given or 0

    def _make(self, node: etree._Element) -> List | None:
        name = value(node, "abstractNumId")
        if name not in self.abstract:
            return None
        name = self._behind_style(name)
        levels = dict(_levels(self.abstract[name]))
        starts: dict[int, int] = {}
        for change in node.iterchildren(f"{W}lvlOverride"):
            level = whole(change.get(f"{W}ilvl")) or 0
            start = integer(change, "startOverride")
            levels.update(_levels(change))
            if start is not None:
                starts[level] = start
        for level, start in starts.items():
            levels[level] = replace(levels.get(level, Level()), start=start)
        return List(name, levels, frozenset(starts))

    def _behind_style(self, name: str) -> str:
        """A list may only name a list style (w:numStyleLink); its levels are where that style's own list has them."""
        for _ in range(LEVELS):
            link = value(self.abstract[name], "numStyleLink")
            node = self.concrete.get(self.styles.get(link).number or 0) if link else None
            behind = name if node is None else value(node, "abstractNumId")
            if behind == name or behind not in self.abstract:
                break
            name = behind
        return name


@dataclass(slots=True)
class Counter:
    """Counts through one view of a document, from its first paragraph to its last."""

    numbering: Numbering
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[int] = field(default_factory=set)

    def label(self, number: int, level: int) -> str:
        """The label of the next paragraph of list `number` at `level` (from 0), such as '3.', '(b)' or '•'."""
        numbered = self.numbering.get(number)
        if numbered is None or level not in numbered.levels:
            return ""
        counts = self.counts.setdefault(numbered.counter, {})
        self._begin(number, numbered, counts)
        counts[level] = counts[level] + 1 if level in counts else numbered.levels[level].start
        for lower in [lower for lower in counts if lower > level]:
            restart = numbered.levels[lower].restart if lower in numbered.levels else None
            if restart is None or 0 < restart >= level + 1:
                del counts[lower]
        return _show(numbered.levels, level, counts)

    def _begin(self, number: int, numbered: List, counts: dict[int, int]) -> None:
        """At its first paragraph, a list with starts of its own forgets where its siblings stood."""
        if numbered.starts and number not in self.started:
            self.started.add(number)
            for level in numbered.starts:
                counts.pop(level, None)


def _show(levels: dict[int, Level], level: int, counts: dict[int, int]) -> str:
    spec = levels[level]
    if spec.kind == "bullet":
        return spec.text.translate(BULLETS)
    text = spec.text
    for other in range(level + 1) if "%" in text else ():
        mark = f"%{other + 1}"
        if mark in text:
            shown = levels.get(other, Level())
            count = counts.get(other, shown.start)
            text = text.replace(mark, written("decimal" if spec.legal else shown.kind, count).rjust(shown.width, "0"))
    return text


def _levels(node: etree._Element) -> Iterator[tuple[int, Level]]:
    for level in node.iterchildren(f"{W}lvl"):
        kind, width = _kind(level)
        start = integer(level, "start")
        legal = level.find(f"{W}isLgl")
        yield (
            whole(level.get(f"{W}ilvl")) or 0,
            Level(
                start=0 if start is None else start,
                kind=kind,
                text=value(level, "lvlText"),
                legal=legal is not None and legal.get(VAL, "1") not in ("0", "false", "off"),
                restart=integer(level, "lvlRestart"),
                style=value(level, "pStyle"),
                width=width,
            ),
        )


def _kind(level: etree._Element) -> tuple[str, int]:
    """The number format, and the width of figures for the newer format '001, 002, 003, …' ([MS-DOCX] 2.2.2)."""
    direct = level.find(f"{W}numFmt")
    choice = level.find(f".//{{{COMPATIBILITY}}}Choice/{W}numFmt")
    shape = "" if choice is None else choice.get(f"{W}format", "").partition(",")[0].strip()
    if shape.isdecimal():
        return "decimal", len(shape)
    if direct is None:
        direct = level.find(f".//{{{COMPATIBILITY}}}Fallback/{W}numFmt")
    return ("decimal" if direct is None else direct.get(VAL, "decimal")), 0
