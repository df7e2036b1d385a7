"""The few SVG elements that the drawings need, written as escaped text."""

from collections.abc import Iterable
from html import escape
from typing import NewType
from urllib.parse import urlsplit

Markup = NewType("Markup", str)
Number = float | int

NOTHING = Markup("")


def number(value: Number) -> str:
    """A coordinate with at most one decimal: more is noise on any screen."""
    return f"{value:.1f}".removesuffix(".0")


def join(parts: Iterable[Markup]) -> Markup:
    """Put elements one after the other."""
    return Markup("".join(parts))


def element(name: str, attributes: dict[str, str | Number], *children: Markup) -> Markup:
    """One element. Attribute values are escaped, and left out where they are empty; children are markup already."""
    written = "".join(f' {key}="{_value(value)}"' for key, value in attributes.items() if value != "")
    return Markup(f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>")


def words(text: str) -> Markup:
    """Text for people, escaped."""
    return Markup(escape(text, quote=False))


def text(x: Number, y: Number, content: str, classes: str = "", size: Number = 14) -> Markup:
    """A line of text with its baseline at (x, y)."""
    attributes: dict[str, str | Number] = {"x": x, "y": y, "class": classes, "font-size": size}
    return element("text", attributes, words(content)) if content else NOTHING


def rect(x: Number, y: Number, width: Number, height: Number, classes: str, round_by: Number = 0) -> Markup:
    """A rectangle, its corners rounded by `round_by`."""
    shape: dict[str, str | Number] = {"x": x, "y": y, "width": width, "height": height, "class": classes}
    return element("rect", shape | ({"rx": round_by} if round_by else {}))


def circle(x: Number, y: Number, radius: Number, classes: str) -> Markup:
    """A circle around (x, y)."""
    return element("circle", {"cx": x, "cy": y, "r": radius, "class": classes})


def path(data: str, classes: str) -> Markup:
    """A path. `data` holds numbers and commands that we wrote ourselves."""
    return element("path", {"d": data, "class": classes})


def rule(x1: Number, y1: Number, x2: Number, y2: Number, classes: str) -> Markup:
    """A straight line."""
    return element("line", {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "class": classes})


def link(href: str, name: str, *children: Markup, current: bool = False) -> Markup:
    """A link with an accessible name; without `href`, a group. Only web and relative addresses become links."""
    if not href or urlsplit(href).scheme not in ("", "http", "https"):
        return element("g", {}, *children)
    state = {"aria-current": "true"} if current else {}
    return element("a", {"href": href, "aria-label": name, **state}, *children)


def drawing(width: Number, height: Number, title: str, description: str, *children: Markup, group: bool = False) -> str:
    """The whole drawing. `group` is for drawings with links in them: an image would hide these from readers."""
    attributes: dict[str, str | Number] = {
        "xmlns": "http://www.w3.org/2000/svg",
        "class": "d",
        "viewBox": f"0 0 {number(width)} {number(height)}",
        "width": width,
        "height": height,
        "role": "group" if group else "img",
        "aria-label": title,
    }
    about = [element("title", {}, words(title)), element("desc", {}, words(description))] if title else []
    return element("svg", attributes, *about, *children)


def _value(value: str | Number) -> str:
    return escape(value) if isinstance(value, str) else number(value)
