"""New paragraphs that several amendments put at one place: equal ones together, in an order that keeps each one's."""

from collections import Counter, defaultdict
from typing import NamedTuple

from corfu.wording.model import Paragraph
from corfu.wording.tokens import fold


class Landed(NamedTuple):
    """A paragraph as it would stand at a new place, and its id if it comes from elsewhere in the text."""

    paragraph: Paragraph
    moved_from: str | None

    def key(self) -> tuple[str, str]:
        """What equal ones have in common."""
        return self.moved_from or "", fold(self.paragraph.text)


Node = tuple[tuple[str, str], int, str]
"""A new paragraph in a merge: its key, the how-manieth of that key, and the amendment it stands apart for, if any."""


def merged(sequences: dict[str, list[Landed]]) -> list[list[tuple[str, Landed]]]:
    """Per new paragraph at a place, in order: each amendment that wants it there, with the paragraph as it has it.

    `sequences`: what each amendment wants there, by its id. One that wants equal paragraphs in another order than
    those before it has its own stand apart.
    """
    groups: dict[Node, list[tuple[str, Landed]]] = defaultdict(list)
    before: dict[Node, set[Node]] = {}
    for amendment, items in sorted(sequences.items(), key=lambda s: ([item.key() for item in s[1]], s[0])):
        nodes = _nodes(items, "")
        if _in_order(_linked(before, nodes)) is None:
            nodes = _nodes(items, amendment)
        before = _linked(before, nodes)
        for node, item in zip(nodes, items, strict=True):
            groups[node].append((amendment, item))
    return [groups[node] for node in _in_order(before) or ()]


def _linked(before: dict[Node, set[Node]], nodes: list[Node]) -> dict[Node, set[Node]]:
    linked = {node: set(earlier) for node, earlier in before.items()}
    for earlier, node in zip([None, *nodes], nodes, strict=False):
        linked.setdefault(node, set()).update([earlier] if earlier else [])
    return linked


def _nodes(items: list[Landed], apart: str) -> list[Node]:
    seen: Counter[tuple[str, str]] = Counter()
    nodes: list[Node] = []
    for item in items:
        seen[item.key()] += 1
        nodes.append((item.key(), seen[item.key()], apart))
    return nodes


def _in_order(before: dict[Node, set[Node]]) -> list[Node] | None:
    """The nodes, each after those before it, and directly after one where it can be; None if they run in a circle."""
    left, done, order = dict(before), set[Node](), list[Node]()
    while left:
        ready = [node for node, earlier in left.items() if earlier <= done]
        if not ready:
            return None
        node = next((n for n in ready if order and order[-1] in left[n]), ready[0])
        del left[node]
        done.add(node)
        order.append(node)
    return order
