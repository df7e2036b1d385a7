"""compile(version) → rolling text: everything that is asked for, at the words it is asked of, with who asks."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from corfu.wording.apply import edited
from corfu.wording.labels import Numbering, Style, bis
from corfu.wording.merge import Landed, merged
from corfu.wording.model import (
    Act,
    Amendment,
    Delete,
    Edit,
    Insert,
    InvalidVersionError,
    Move,
    Paragraph,
    Reserve,
    ReserveKind,
    Version,
    problems,
)
from corfu.wording.rolling import Owned, Part, Reserved, RollingParagraph, RollingText, Span, Support, Variant
from corfu.wording.spans import Contest, contests
from corfu.wording.tokens import fold, tokenize

Place = str | None


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


_NOBODY: Final = Support()


@dataclass(slots=True)
class _Compiler:
    version: Version
    amendments: dict[str, Amendment]
    asked: dict[Place, _Asked]
    style: Style
    base: dict[str, Paragraph]
    spans: int = 0

    def text(self) -> RollingText:
        numbering = Numbering(self.version.paragraphs, self.style)
        paragraphs = self._new(None, numbering)
        for paragraph in self.version.paragraphs:
            label = numbering.stands(paragraph)
            if paragraph.id in self.asked:
                paragraphs.append(self._contested(paragraph, label, self.asked[paragraph.id]))
                paragraphs += self._new(paragraph.id, numbering)
            else:
                paragraphs.append(RollingParagraph(paragraph, label, (paragraph.text,)))
        return RollingText(self.version.number, tuple(paragraphs))

    def _support(self, ids: list[str]) -> Support:
        if len(ids) < 2:  # by far the commonest case, and the rest is dear
            return Support(self.amendments[ids[0]].by, (ids[0],)) if ids else _NOBODY
        by = {code for i in ids for code in self.amendments[i].by}
        return Support(tuple(sorted(by)), tuple(sorted(set(ids))))

    def _contested(self, paragraph: Paragraph, label: str, asked: _Asked) -> RollingParagraph:
        reserved = sorted(asked.reserve.items())
        return RollingParagraph(
            paragraph,
            label,
            self._parts(paragraph, asked.edits) if asked.edits else (paragraph.text,),
            delete=self._support([a.id for a in asked.delete]),
            move=self._support([a.id for a in asked.move]),
            reserved=tuple(Reserved(kind, on, self._support([a.id for a in who])) for (kind, on), who in reserved),
        )

    def _parts(self, paragraph: Paragraph, edits: list[Owned]) -> tuple[Part, ...]:
        tokens = tokenize(paragraph.text)
        parts: list[Part] = []
        at, tail = 0, ""
        for contest in contests(paragraph.id, tokens, edits):
            span = self._span(paragraph.id, contest)
            if before := tail + "".join(tokens[at : span.start]):
                parts.append(before)
            parts.append(span)
            at, tail = span.end, span.tail
        if rest := tail + "".join(tokens[at:]):
            parts.append(rest)
        return tuple(parts)

    def _span(self, paragraph: str, found: Contest) -> Span:
        self.spans += 1
        variants = self._variants(found.base, found.wanted)
        return Span(self.spans, paragraph, found.start, found.end, variants, found.tail, found.edits)

    def _variants(self, base: str, wanted: dict[str, list[str]]) -> tuple[Variant, ...]:
        """One variant for all texts that fold to the same, the base first, then in the order of who wants them."""
        alike: dict[str, list[str]] = defaultdict(list)
        for text in wanted:
            alike[fold(text)].append(text)
        same_as_base = alike.pop(fold(base), [])
        others = [self._variant(min(texts), texts, wanted) for texts in alike.values()]
        others.sort(key=lambda v: (v.support.by, v.text))
        return (self._variant(base, same_as_base, wanted, base=True), *others)

    def _variant(self, text: str, texts: list[str], wanted: dict[str, list[str]], *, base: bool = False) -> Variant:
        if texts == [text]:
            return Variant(text, self._support(wanted[text]), base)
        as_written = sorted((i, t) for t in texts if t != text for i in wanted[t])
        return Variant(text, self._support([i for t in texts for i in wanted[t]]), base, tuple(as_written))

    def _new(self, place: Place, numbering: Numbering) -> list[RollingParagraph]:
        """The new paragraphs at a place, equal ones once, each amendment's own in its order."""
        if place not in self.asked or not self.asked[place].after:
            return []
        groups = merged({i: [self._landed(i, act) for act in acts] for i, acts in self.asked[place].after.items()})
        here = numbering.here([group[0][1].paragraph for group in groups])
        return [self._inserted(group, here) for group in groups]

    def _landed(self, amendment: str, act: Insert | Move) -> Landed:
        if isinstance(act, Insert):
            return Landed(act.paragraph, None)
        own = [Edit(act.paragraph, s, e, t) for s, e, t, i in self.asked[act.paragraph].edits if i == amendment]
        return Landed(edited(self.base[act.paragraph], own), act.paragraph)

    def _inserted(self, group: list[tuple[str, Landed]], here: Numbering) -> RollingParagraph:
        first, moved_from = min(group, key=lambda item: (item[1].paragraph.text, item[0]))[1]
        return RollingParagraph(
            first,
            here.moved(first) if moved_from is not None else here.label(first),
            (first.text,),
            inserted=self._support([i for i, _ in group]),
            moved_from=moved_from,
            brought=tuple(sorted((i, n.paragraph.id) for i, n in group)),
            as_written=tuple(sorted((i, n.paragraph.text) for i, n in group if n.paragraph.text != first.text)),
        )
