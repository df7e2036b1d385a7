"""An organisational chart: columns from left to right where there is room, an indented tree where there is none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corfu.formats.svg.letters import WIDE, wrap
from corfu.formats.svg.markup import Markup, drawing, join, link, path, rect, text

_STEP, _PAD, _GAP = 17, 9, 10
_LOOKS = {"decides": "k-decides", "chair": "k-lead"}


@dataclass(frozen=True)
class Node:
    """A body and what stands under it. `kind`: "decides" (filled), "chair" (heavy frame) or "" (light frame)."""

    name: str
    note: str = ""
    href: str = ""
    kind: str = ""
    children: Sequence["Node"] = ()


@dataclass(frozen=True)
class _Placed:
    node: Node
    x: float
    y: float
    width: float
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    children: tuple["_Placed", ...]

    @property
    def height(self) -> float:
        return _STEP * (len(self.lines) + len(self.notes)) + 2 * _PAD - 3

    @property
    def bottom(self) -> float:
        return max([self.y + self.height, *(child.bottom for child in self.children)])


def organisation_chart(roots: Sequence[Node], title: str, description: str, width: int = WIDE) -> str:
    """Draw the trees one under the other: from left to right if `width` is 560 or more, indented if it is less."""
    depth = max((_depth(root) for root in roots), default=1)
    columns = width >= 560
    placed: list[_Placed] = []
    y = 1.0
    for root in roots:
        placed.append(_in_columns(root, 0, y, depth, width) if columns else _indented(root, 0, y, width))
        y = placed[-1].bottom + _GAP + 8
    draw = _joined_in_columns if columns else _joined_indented
    body = [join([*_links(root, draw), *_boxes(root)]) for root in placed]
    return drawing(width, max(y - _GAP - 6, 1), title, description, *body, group=True)


def _depth(node: Node) -> int:
    return 1 + max((_depth(child) for child in node.children), default=0)


def _in_columns(node: Node, level: int, y: float, depth: int, width: int) -> _Placed:
    gap = 34
    column = (width - gap * (depth - 1) - 2) / depth
    children: list[_Placed] = []
    below = y
    for child in node.children:
        children.append(_in_columns(child, level + 1, below, depth, width))
        below = children[-1].bottom + _GAP
    return _place(node, 1 + level * (column + gap), y, column, children)


def _indented(node: Node, level: int, y: float, width: int) -> _Placed:
    x = 1 + 18 * level
    children: list[_Placed] = []
    below = _place(node, x, y, width - x - 1, ()).bottom + _GAP
    for child in node.children:
        children.append(_indented(child, level + 1, below, width))
        below = children[-1].bottom + _GAP
    return _place(node, x, y, width - x - 1, children)


def _place(node: Node, x: float, y: float, width: float, children: Sequence[_Placed]) -> _Placed:
    lines = tuple(wrap(node.name, width - 22, 14 * 1.04))
    return _Placed(node, x, y, width, lines, tuple(wrap(node.note, width - 22, 12.5)), tuple(children))


def _boxes(placed: _Placed) -> list[Markup]:
    letters = "d-strong" + (" d-on" if placed.node.kind == "decides" else "")
    soft = "d-on" if placed.node.kind == "decides" else "d-soft"
    start = placed.y + _PAD + 12
    body = [
        rect(placed.x, placed.y, placed.width, placed.height, f"d-tile {_LOOKS.get(placed.node.kind, 'k-plain')}", 4),
        *(text(placed.x + 11, start + _STEP * i, line, letters) for i, line in enumerate(placed.lines)),
        *(
            text(placed.x + 11, start + _STEP * (len(placed.lines) + i), line, soft, 12.5)
            for i, line in enumerate(placed.notes)
        ),
    ]
    name = f"{placed.node.name}, {placed.node.note}" if placed.node.note else placed.node.name
    own = link(placed.node.href, name, *body)
    return [own, *(box for child in placed.children for box in _boxes(child))]


def _links(placed: _Placed, draw: Callable[[_Placed, _Placed], Markup]) -> list[Markup]:
    own = [draw(placed, child) for child in placed.children]
    return [*own, *(line for child in placed.children for line in _links(child, draw))]


def _joined_in_columns(parent: _Placed, child: _Placed) -> Markup:
    start, middle = parent.x + parent.width, child.x - 17
    top, level = parent.y + 20, child.y + 20
    return path(f"M{start:.1f} {top:.1f}H{middle:.1f}V{level:.1f}H{child.x:.1f}", "d-link")


def _joined_indented(parent: _Placed, child: _Placed) -> Markup:
    x = parent.x + 8
    return path(f"M{x:.1f} {parent.y + parent.height:.1f}V{child.y + 20:.1f}H{child.x:.1f}", "d-link")
