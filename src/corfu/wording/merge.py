"""New paragraphs that several amendments put at one place: equal ones together, in an order that keeps each one's."""

from collections import Counter, defaultdict, deque
from itertools import pairwise
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
        if len(nodes) > 1 and _in_order(_linked(before, nodes)) is None:  # one alone cannot make a circle
            nodes = _nodes(items, amendment)
        before = _linked(before, nodes) if len(nodes) > 1 else before
        for node, item in zip(nodes, items, strict=True):
            before.setdefault(node, set())
            groups[node].append((amendment, item))
    return [groups[node] for node in _in_order(before) or ()]


def _linked(before: dict[Node, set[Node]], nodes: list[Node]) -> dict[Node, set[Node]]:
    linked = {node: set(earlier) for node, earlier in before.items()}
    linked.setdefault(nodes[0], set())
    for earlier, node in pairwise(nodes):
        linked.setdefault(node, set()).add(earlier)
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
    waits = {node: len(earlier) for node, earlier in before.items()}
    after: dict[Node, list[Node]] = defaultdict(list)
    for node, earlier in before.items():
        for one in sorted(earlier):
            after[one].append(node)
    ready = deque(node for node, count in waits.items() if not count)
    order: list[Node] = []
    while ready:
        node = ready.popleft()
        order.append(node)
        for later in after[node]:
            waits[later] -= 1
        ready.extendleft(later for later in reversed(after[node]) if not waits[later])
    return order if len(order) == len(before) else None
