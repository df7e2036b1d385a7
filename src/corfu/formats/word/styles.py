"""Paragraph styles: what a style is called, which heading it makes, which list it numbers (ECMA-376 part 1, 17.7)."""

from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from corfu.formats.word.names import VAL, W

STYLE_ID: Final = f"{W}styleId"
LONGEST_CHAIN: Final = 20  # styles based on styles; Word allows 11, and a circle must end


@dataclass(frozen=True, slots=True)
class Style:
    """One style with what it inherits. outline: 0 to 8 for headings, 9 or None for plain text; number 0: no list."""

    name: str = ""
    outline: int | None = None
    number: int | None = None
    level: int | None = None
    chain: tuple[str, ...] = ()  # its own id and those it is based on, nearest first


@dataclass(slots=True)
class Styles:
    """All styles of one file, each put together when it is first asked for."""

    root: etree._Element | None = None
    raw: dict[str, etree._Element] = field(default_factory=dict)
    made: dict[str, Style] = field(default_factory=dict)
    default: str = ""

    def __post_init__(self) -> None:
        for style in () if self.root is None else self.root.iterchildren(f"{W}style"):
            name = style.get(STYLE_ID, "")
            self.raw[name] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                self.default = name

    def get(self, name: str) -> Style:
        """The style with that id; '' is the default one. One that the file does not have is called by its id."""
        name = name or self.default
        if name not in self.made:
            self.made[name] = self._make(name)
        return self.made[name]

    def _make(self, name: str) -> Style:
        chain: list[str] = []
        outline = number = level = None
        nearest = self.raw.get(name)
        title = name if nearest is None else value(nearest, "name") or name
        while name in self.raw and name not in chain and len(chain) < LONGEST_CHAIN:
            chain.append(name)
            style = self.raw[name]
            outline = integer(style, "pPr/outlineLvl") if outline is None else outline
            if number is None:
                number = integer(style, "pPr/numPr/numId")
                level = integer(style, "pPr/numPr/ilvl") if level is None else level
            name = value(style, "basedOn")
        return Style(title, outline, number, level, tuple(chain))


def value(node: etree._Element, path: str) -> str:
    """The w:val of the element at that path of local names; '' when there is none."""
    found = node.find("/".join(W + step for step in path.split("/")))
    return "" if found is None else found.get(VAL, "")


def integer(node: etree._Element, path: str) -> int | None:
    """The same as a whole number; None when there is none or it is no number."""
    return whole(value(node, path))


def whole(text: str | None) -> int | None:
    """The text as a whole number of at most nine digits; None when it is none."""
    figures = text.strip() if text else ""
    return int(figures) if figures.removeprefix("-").isdecimal() and len(figures) < 10 else None
