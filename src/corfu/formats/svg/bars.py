"""Bars: how many of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from corfu.formats.svg.letters import WIDE, wrap
from corfu.formats.svg.markup import Markup, drawing, element, join, link, number, rect, text


@dataclass(frozen=True)
class Bar:
    """One thing counted: its name in the page's language, and where it leads."""

    name: str
    count: int
    href: str = ""


def topic_bar(count: int, largest: int) -> str:
    """A bar as wide as its box, for a list that says name and count in words: hidden from readers of screens."""
    filled = 100 * count / largest if largest > 0 else 0
    attributes: dict[str, str | float | int] = {
        "class": "d bar",
        "viewBox": "0 0 100 4",
        "preserveAspectRatio": "none",
        "aria-hidden": "true",
        "focusable": "false",
    }
    fill = [rect(0, 0, filled, 4, "d-fill")] if filled else []
    return element("svg", attributes, rect(0, 0, 100, 4, "d-track"), *fill)


def bar_chart(bars: Sequence[Bar], title: str, description: str, width: int = WIDE) -> str:
    """Horizontal bars, each with its name above it and its count at the right edge; in the order given."""
    largest = max((bar.count for bar in bars), default=0)
    parts: list[Markup] = []
    y = 0.0
    for bar in bars:
        part, height = _bar(bar, largest, y, width)
        parts.append(part)
        y += height
    return drawing(width, max(y, 1), title, description, *parts, group=any(bar.href for bar in bars))


def _bar(bar: Bar, largest: int, y: float, width: int) -> tuple[Markup, float]:
    lines = wrap(bar.name, width - 48, 14)
    names = join(text(0, y + 17 + 18 * row, line) for row, line in enumerate(lines))
    below = y + 18 * len(lines) + 7
    filled = width * bar.count / largest if largest > 0 else 0
    body = join(
        [
            names,
            text(width, y + 17, number(bar.count), "d-end d-strong"),
            rect(0, below, width, 6, "d-track", 3),
            rect(0, below, filled, 6, "d-fill", 3) if filled else Markup(""),
        ]
    )
    return link(bar.href, f"{bar.name}: {bar.count}", body), below + 22 - y
