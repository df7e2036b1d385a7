"""compile(version) → rolling text: everything that is asked for, at the words it is asked of, with who asks."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as altered
from typing import NamedTuple

from corfu.wording.apply import edited
from corfu.wording.labels import Style, bis, label_of, new_labels
from corfu.wording.model import (
    Act,
    Amendment,
    Delete,
    Edit,
    Insert,
    Kind,
    Move,
    Paragraph,
    Reserve,
    ReserveKind,
    Version,
    problems,
)
from corfu.wording.rolling import Owned, Part, Reserved, RollingParagraph, RollingText, Span, Support, Variant
from corfu.wording.tokens import fold, tokenize


class InvalidVersionError(ValueError):
    """A version whose amendments do not fit its paragraphs; the message names the first misfit."""


Place = str | None


class _Landed(NamedTuple):
    """A paragraph as it would stand at a new place, and its id if it comes from elsewhere in the text."""

    paragraph: Paragraph
    moved_from: str | None

    def key(self) -> tuple[str, str]:
        return self.moved_from or "", fold(self.paragraph.text)


Node = tuple[tuple[str, str], int, str]
"""A new paragraph in a merge: its key, the how-manieth of that key, and the amendment it stands apart for, if any."""


@dataclass(slots=True)
class _Asked:
    """What all amendments ask of one base paragraph, and of the place after it."""

    edits: list[Owned] = field(default_factory=list)
    delete: list[Amendment] = field(default_factory=list)
    move: list[Amendment] = field(default_factory=list)
    reserve: dict[tuple[ReserveKind, str], list[Amendment]] = field(default_factory=dict)
    after: dict[str, list[Insert | Move]] = field(default_factory=dict)


def compile(version: Version, style: Style = bis) -> RollingText:
    """Compile the live amendments of a version into its rolling text.

    The order of the amendments has no influence. Raises InvalidVersionError for an amendment that does not fit.
    """
    if fault := next(problems(version), None):
        raise InvalidVersionError(fault)
    amendments = {a.id: a for a in sorted(version.amendments, key=lambda a: a.id)}
    base = {p.id: p for p in version.paragraphs}
    return _Compiler(version, amendments, _asked(amendments.values()), style, base).text()


def _asked(amendments: Iterable[Amendment]) -> dict[Place, _Asked]:
    asked: dict[Place, _Asked] = defaultdict(_Asked)
    for amendment in amendments:
        for act in amendment.acts:
            _note(asked, amendment, act)
    return asked


def _note(asked: dict[Place, _Asked], amendment: Amendment, act: Act) -> None:
    match act:
        case Edit():
            asked[act.paragraph].edits.append((act.start, act.end, act.text, amendment.id))
        case Delete():
            asked[act.paragraph].delete.append(amendment)
        case Reserve():
            asked[act.paragraph].reserve.setdefault((act.kind, act.on), []).append(amendment)
        case Insert() | Move():
            asked[act.after].after.setdefault(amendment.id, []).append(act)
    if isinstance(act, Move):
        asked[act.paragraph].move.append(amendment)


@dataclass(slots=True)
class _Compiler:
    version: Version
    amendments: dict[str, Amendment]
    asked: dict[Place, _Asked]
    style: Style
    base: dict[str, Paragraph]
    spans: int = 0

    def text(self) -> RollingText:
        paragraphs = self._new(None, "", {})
        last: dict[Kind, str] = {}
        for paragraph in self.version.paragraphs:
            label = last[paragraph.kind] = label_of(paragraph)
            if paragraph.id in self.asked:
                paragraphs.append(self._contested(paragraph, label, self.asked[paragraph.id]))
                paragraphs += self._new(paragraph.id, label, last)
            else:
                paragraphs.append(RollingParagraph(paragraph, label, (paragraph.text,)))
        return RollingText(self.version.number, tuple(paragraphs))

    def _support(self, ids: Iterable[str]) -> Support:
        ids = sorted(set(ids))
        by = {code for i in ids for code in self.amendments[i].by}
        return Support(tuple(sorted(by)), tuple(ids))

    def _contested(self, paragraph: Paragraph, label: str, asked: _Asked) -> RollingParagraph:
        reserved = sorted(asked.reserve.items())
        return RollingParagraph(
            paragraph,
            label,
            self._parts(paragraph, asked.edits) if asked.edits else (paragraph.text,),
            delete=self._support(a.id for a in asked.delete),
            move=self._support(a.id for a in asked.move),
            reserved=tuple(Reserved(kind, on, self._support(a.id for a in who)) for (kind, on), who in reserved),
        )

    def _parts(self, paragraph: Paragraph, edits: list[Owned]) -> tuple[Part, ...]:
        tokens = tokenize(paragraph.text)
        parts: list[Part] = []
        at, tail = 0, ""
        for component in _components(_joined(edits, paragraph, len(tokens))):
            span = self._span(paragraph.id, tokens, component)
            if span is None:
                continue
            if before := tail + "".join(tokens[at : span.start]):
                parts.append(before)
            parts.append(span)
            at, tail = span.end, span.tail
        if rest := tail + "".join(tokens[at:]):
            parts.append(rest)
        return tuple(parts)

    def _span(self, paragraph: str, tokens: list[str], edits: list[Owned]) -> Span | None:
        start, end = min(e[0] for e in edits), max(e[1] for e in edits)
        mine: dict[str, list[Owned]] = defaultdict(list)
        for edit in edits:
            mine[edit[3]].append(edit)
        wanted: dict[str, list[str]] = defaultdict(list)  # the text, as written → the amendments that want it
        for amendment, own in mine.items():
            wanted[_reading(tokens, own, start, end)].append(amendment)
        base = "".join(tokens[start:end])
        if list(wanted) == [base]:
            return None
        head, foot, tail = _shared(base, list(wanted), tokens, start, end)
        start, end, cut = start + head[0], end - foot[0], slice(head[1], -(foot[1] + len(tail)) or None)
        self.spans += 1
        variants = self._variants(base[cut], {text[cut]: ids for text, ids in wanted.items()})
        return Span(self.spans, paragraph, start, end, variants, tail, tuple(edits))

    def _variants(self, base: str, wanted: dict[str, list[str]]) -> tuple[Variant, ...]:
        """One variant for all texts that fold to the same, the base first, then in the order of who wants them."""
        alike: dict[str, list[str]] = defaultdict(list)
        for text in wanted:
            alike[fold(text)].append(text)
        same_as_base = alike.pop(fold(base), [])
        others = [self._variant(min(texts), texts, wanted) for texts in alike.values()]
        others.sort(key=lambda v: (v.by, v.text))
        return (altered(self._variant(base, same_as_base, wanted), base=True), *others)

    def _variant(self, text: str, texts: list[str], wanted: dict[str, list[str]]) -> Variant:
        as_written = sorted((i, t) for t in texts if t != text for i in wanted[t])
        return Variant(text, self._support(i for t in texts for i in wanted[t]), as_written=tuple(as_written))

    def _new(self, place: Place, anchor: str, before: Mapping[Kind, str]) -> list[RollingParagraph]:
        """The new paragraphs at a place, equal ones once, each amendment's own in its order."""
        if place not in self.asked or not self.asked[place].after:
            return []
        merged = _merged({i: [self._landed(i, act) for act in acts] for i, acts in self.asked[place].after.items()})
        labels = new_labels([group[0][1].paragraph for group in merged], before, anchor, self.style)
        return [self._inserted(group, label) for group, label in zip(merged, labels, strict=True)]

    def _landed(self, amendment: str, act: Insert | Move) -> _Landed:
        if isinstance(act, Insert):
            return _Landed(act.paragraph, None)
        own = [Edit(act.paragraph, s, e, t) for s, e, t, i in self.asked[act.paragraph].edits if i == amendment]
        return _Landed(edited(self.base[act.paragraph], own), act.paragraph)

    def _inserted(self, group: list[tuple[str, _Landed]], label: str) -> RollingParagraph:
        first, moved_from = min(group, key=lambda item: (item[1].paragraph.text, item[0]))[1]
        return RollingParagraph(
            first,
            label,
            (first.text,),
            inserted=self._support(i for i, _ in group),
            moved_from=moved_from,
            as_written=tuple(sorted((i, n.paragraph.text) for i, n in group if n.paragraph.text != first.text)),
        )


def _joined(edits: list[Owned], paragraph: Paragraph, size: int) -> list[Owned]:
    """The edits in the order of the text, those of one amendment that touch made one."""
    last: dict[str, int] = {}
    joined: list[Owned] = []
    for edit in sorted(edits, key=_span_of):  # stable: insertions at one point keep the order of the acts
        start, end, text, amendment = edit
        if end > size:
            where = f"tokens {start}:{end} of paragraph {paragraph.id!r}, which has {size}"
            raise InvalidVersionError(f"amendment {amendment!r} changes {where}")
        if amendment in last and start <= joined[last[amendment]][1]:
            start0, end0, text0, _ = joined[last[amendment]]
            if start < end0:
                raise InvalidVersionError(f"amendment {amendment!r} changes the same words of {paragraph.id!r} twice")
            joined[last[amendment]] = (start0, end, text0 + text, amendment)
        else:
            last[amendment] = len(joined)
            joined.append(edit)
    joined.sort(key=_span_of)
    return joined


def _span_of(edit: Owned) -> tuple[int, int]:
    return edit[0], edit[1]


def _components(edits: list[Owned]) -> Iterable[list[Owned]]:
    """Edits that overlap or touch, together; two replaced ranges that merely stand side by side do not touch."""
    component: list[Owned] = []
    end = insertion = -1
    for edit in edits:
        at, to = edit[0], edit[1]
        if component and (at < end or (at == end and (at == to or insertion == at))):
            component.append(edit)
        else:
            if component:
                yield component
            component = [edit]
        end = max(end, to)
        if at == to:
            insertion = at
    if component:
        yield component


def _reading(tokens: list[str], own: list[Owned], start: int, end: int) -> str:
    """Tokens `start:end` with one amendment's edits, which are in order, made."""
    pieces: list[str] = []
    at = start
    for edit in own:
        pieces += tokens[at : edit[0]]
        pieces.append(edit[2])
        at = edit[1]
    pieces += tokens[at:end]
    return "".join(pieces)


def _shared(
    base: str, texts: list[str], tokens: Sequence[str], start: int, end: int
) -> tuple[tuple[int, int], tuple[int, int], str]:
    """What all variants begin and end with: ((tokens, characters), (tokens, characters), space at the end)."""
    if not base or not all(texts):
        return (0, 0), (0, 0), ""
    head = foot = (0, 0)
    if start < end and all(text.startswith(tokens[start]) for text in texts):
        head = _run(tokens[start:end], [tokenize(text) for text in texts])
    if start + head[0] < end and all(text.endswith(tokens[end - 1]) for text in texts):
        rest = [tokenize(text[head[1] :])[::-1] for text in texts]
        foot = _run(tokens[start + head[0] : end][::-1], rest)
    remaining = [text[head[1] : len(text) - foot[1]] for text in (base, *texts)]
    space = base[head[1] : len(base) - foot[1]]
    tail = space[len(space.rstrip(" \u00a0")) :]
    ends_alike = tail and all(text.endswith(tail) and text[: -len(tail)][-1:].strip() for text in remaining)
    return head, foot, tail if ends_alike else ""


def _run(base: Sequence[str], others: list[list[str]]) -> tuple[int, int]:
    count = length = 0
    for token, *rest in zip(base, *others, strict=False):
        if any(other != token for other in rest):
            break
        count, length = count + 1, length + len(token)
    return count, length


def _merged(sequences: dict[str, list[_Landed]]) -> list[list[tuple[str, _Landed]]]:
    """The new paragraphs of all amendments at one place: equal ones together, in an order that keeps that of each.

    An amendment that wants equal paragraphs in another order than those before it has its own stand apart.
    """
    groups: dict[Node, list[tuple[str, _Landed]]] = defaultdict(list)
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


def _nodes(items: list[_Landed], apart: str) -> list[Node]:
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
