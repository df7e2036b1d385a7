"""A returned Word file against the base it answers: the delegation's amendment, tracked or not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from corfu.formats.compilation import Returned
from corfu.formats.errors import BadFile
from corfu.formats.word.bookmarks import fits
from corfu.formats.word.links import Link, links
from corfu.formats.word.untracked import owners_of, untracked
from corfu.formats.word.views import ViewParagraph, WordFile
from corfu.wording.align import Pair, align
from corfu.wording.apply import apply
from corfu.wording.diff import edits
from corfu.wording.labels import kinds, label_of, typed_label
from corfu.wording.model import SPLIT, Act, Amendment, Delete, Insert, Kind, Move, Paragraph, Version
from corfu.wording.rebase import Rebasing, rebase

_RELATED: Final = 1 / 3
"""A file in which fewer of the base's paragraphs are found than this is no answer to it."""


def shown(view: Sequence[ViewParagraph]) -> list[ViewParagraph]:
    """The paragraphs with words: empty ones are layout."""
    return [p for p in view if p.text.strip()]


def base_of(file: WordFile, *, accept: bool = False) -> list[Paragraph]:
    """The paragraphs of a file that is to be the base: `accept` or reject what it tracks. Raises BadInput if empty."""
    view = shown(file.accept() if accept else file.reject())
    if not view:
        raise BadFile(
            "%(name)s has no text. Check that it is the file you meant.",
            name=file.name,
        )
    heads = [(n == 0 and (p.is_title or p.heading == 1), p.heading > 0 or p.is_title) for n, p in enumerate(view)]
    found = kinds((p.text, p.label, *head, p.level) for p, head in zip(view, heads, strict=True))
    taken: set[str] = set()
    paragraphs: list[Paragraph] = []
    for n, (p, kind) in enumerate(zip(view, found, strict=True), start=1):
        # Word tells names of bookmarks apart without regard to case.
        id = p.id if p.id and fits(p.id) and p.id.lower() not in taken else next(i for i in _fresh(n) if i not in taken)
        taken.add(id.lower())
        paragraphs.append(Paragraph(id, p.text, kind, p.level, p.label))
    return paragraphs


def _fresh(n: int) -> Iterator[str]:
    yield f"p{n}"
    yield from (f"p{n}.{k}" for k in range(1, 1_000_000))


def tracks_changes(file: WordFile) -> bool:
    """Whether the file's text depends on what is accepted."""
    return [p.text for p in shown(file.accept())] != [p.text for p in shown(file.reject())]


def returned(file: WordFile, base: Sequence[Paragraph], by: str, number: int = 0) -> Returned:
    """What a delegation's file asks for against the base. Raises BadInput for a file that answers another document."""
    before, after = shown(file.reject()), shown(file.accept())
    pairs = _against(file.name, base, before)
    acts = _Reading(base, pairs, before, after, by).acts()
    amendment = Amendment(by, (by,), number, tuple(acts)) if acts else None
    silent, notes = untracked(base, pairs, before)
    return Returned(by, file.name, amendment, silent, (*file.not_understood, *notes), _comments(file))


def returned_by_author(
    file: WordFile, base: Sequence[Paragraph], codes: Mapping[str, str], number: int = 0
) -> list[Returned]:
    """The same for a file in which several delegations wrote: one for each author inside, and one for the file itself
    if words were changed without tracking, which are nobody's.

    `codes` gives an author's delegation; the name itself stands where it does not.
    """
    before = shown(file.reject())
    pairs = _against(file.name, base, before)
    unsigned = _Reading(base, pairs, before, before, Path(file.name).stem).acts()
    old = [Paragraph(i, p.text) for i, p in zip(_ids(base, pairs, len(before)), before, strict=True)]
    found = [_by_author(file, author, codes, old, Version(number, tuple(base))) for author in file.authors]
    silent, more = untracked(base, pairs, before)
    notes = (*file.not_understood, *more, *_crossing(file))
    name = Path(file.name).stem
    whole = Amendment(f"{name}, untracked", (name,), number, tuple(unsigned)) if unsigned else None
    if whole or notes or not any(found):
        found.append(Returned(name, file.name, whole, silent, notes, _comments(file)))
    return [one for one in found if one]


def _by_author(
    file: WordFile, author: str, codes: Mapping[str, str], old: Sequence[Paragraph], base: Version
) -> Returned | None:
    before, after = shown(file.reject()), shown(file.view(lambda change: change.author == author))
    by = codes.get(author, author) or f"unnamed in {Path(file.name).stem}"
    name = f"{by} in {Path(file.name).stem}"  # one author may write in several files: the ids of new paragraphs differ
    acts = _Reading(old, [(n, n) for n in range(len(old))], before, after, name).acts()
    if not acts:
        return None
    mine = Amendment(f"{by}, {file.name}", (by,), base.number, tuple(acts))
    (moved,) = rebase(Version(base.number, tuple(old)), base, [mine])
    lost = [fate for fate in moved.acts if fate.how is not Rebasing.CARRIED]
    note = f"{len(lost)} changes by {by} touch words that were changed without tracking: compare them by eye"
    return Returned(by, file.name, moved.carried(), not_understood=(note,) if lost else ())


def _ids(base: Sequence[Paragraph], pairs: Sequence[Pair], size: int) -> list[str]:
    """The ids of a view's paragraphs: the base's where they are the base's."""
    known = {r: base[b].id for b, r in pairs if b is not None and r is not None}
    return [known.get(n, f"untracked {n}") for n in range(size)]


def _crossing(file: WordFile) -> Iterator[str]:
    """One author's change inside another's cannot be read for the one alone: say so."""
    seen: set[tuple[str, str]] = set()
    for n, paragraph in enumerate(file.physical, start=1):
        for piece in paragraph.pieces:
            names = [c.author for c in piece.changes]
            if len(set(names)) > 1 and (names[0], names[-1]) not in seen:
                seen.add((names[0], names[-1]))
                first, last = names[0], names[-1]
                yield f"{last} changes words of {first}'s own change (first in paragraph {n}): read for {first} only"


def _comments(file: WordFile) -> tuple[str, ...]:
    return tuple(f"{c.author or 'unnamed'}: {c.text}" for c in file.comments)


def _against(name: str, base: Sequence[Paragraph], before: Sequence[ViewParagraph]) -> list[Pair]:
    """Which paragraph of the base is which of the file with its changes rejected."""
    pairs = align([p.text for p in base], [p.text for p in before], [p.id for p in base], [p.id for p in before])
    found = sum(1 for b, r in pairs if b is not None and r is not None)
    if found < _RELATED * len(base):
        raise BadFile(
            "%(name)s is another document than the base: %(found)d of the base's %(all)d paragraphs are found in it. "
            "Check that it is the file you meant.",
            name=name,
            found=found,
            all=len(base),
        )
    return pairs


@dataclass(slots=True)
class _Reading:
    """Turns a base and the views of a file into acts. Indices: b in the base, r in the view with all rejected, a in
    the view with the changes accepted."""

    base: Sequence[Paragraph]
    pairs: Sequence[Pair]
    before: Sequence[ViewParagraph]
    after: Sequence[ViewParagraph]
    by: str
    _made: int = 0
    _known: set[str] = field(default_factory=set)

    def acts(self) -> list[Act]:
        """The acts that make exactly the accepted text of the base."""
        self._known = {p.id for p in self.base}
        acts = list(self._tracked(links(self.before, self.after), owners_of(self.base, self.pairs, self.before)))
        exact = _lines(self.base, acts) == [p.text for p in self.after]
        # Where the file's own account of its changes does not add up (as after a careless merge), its words decide.
        return acts if exact else list(self._plain())

    def _tracked(self, link: Link, owners: dict[int, int]) -> Iterator[Act]:
        own: dict[int, list[int]] = {}
        for a, r in sorted(link.same.items()):
            if r in owners:
                own.setdefault(owners[r], []).append(a)
        moved = {a: owners[r] for a, r in link.moved.items() if r in owners and owners[r] not in own}
        yield from self._changed(own, moved)
        yield from self._new(own, moved, link.follows)

    def _plain(self) -> Iterator[Act]:
        """Without regard to what is tracked: the accepted text aligned with the base."""
        ids, found = [p.id for p in self.base], [p.id for p in self.after]
        own = {b: [a] for b, a in align([p.text for p in self.base], [p.text for p in self.after], ids, found)
               if b is not None and a is not None}  # fmt: skip
        yield from self._changed(own, {})
        yield from self._new(own, {}, {})

    def _changed(self, own: dict[int, list[int]], moved: dict[int, int]) -> Iterator[Act]:
        went = {b: a for a, b in moved.items()}
        for b, p in enumerate(self.base):
            if b in own:
                yield from edits(p.id, p.text, SPLIT.join(self.after[a].text for a in own[b]))
            elif b in went:
                yield from edits(p.id, p.text, self.after[went[b]].text)
            else:
                yield Delete(p.id)

    def _new(self, own: dict[int, list[int]], moved: dict[int, int], follows: dict[int, int]) -> Iterator[Act]:
        """The paragraphs that stand at new places. `follows`: a → the r it stands after in the file."""
        at = {a: b for b, several in own.items() for a in several}
        behind = {r: b for b, r in self.pairs if b is not None and r is not None}
        for a, place in enumerate(self._places(at, behind, follows)):
            if a in at:
                continue
            after = self.base[place].id if place >= 0 else None
            yield Move(self.base[moved[a]].id, after) if a in moved else Insert(after, self._paragraph(a, place))

    def _places(self, at: dict[int, int], behind: dict[int, int], follows: dict[int, int]) -> Iterator[int]:
        """For each a the b after which it stands: as far down as the file says, not past the next one that stays."""
        ceiling = len(self.base)
        limits: list[int] = []
        for a in range(len(self.after) - 1, -1, -1):
            ceiling = at.get(a, ceiling)
            limits.append(ceiling - 1)
        floor = -1
        for a, limit in enumerate(reversed(limits)):
            floor = at[a] if a in at else max(floor, min(limit, behind.get(follows.get(a, -1), -1)))
            yield floor

    def _paragraph(self, a: int, place: int) -> Paragraph:
        new, near = self.after[a], self.base[max(place, 0)]
        self._made += 1
        while f"{self.by}-{self._made}" in self._known:
            self._made += 1
        typed = typed_label(new.text)[0]
        own = "" if typed or new.label in self._labels_after(place) else new.label
        return Paragraph(f"{self.by}-{self._made}", new.text, _kind_of(new, typed or new.label, near), new.level, own)

    def _labels_after(self, place: int) -> set[str]:
        """A number that Word's list gives to a new paragraph is shown only if no paragraph of the base has it."""
        return {label_of(p) for p in self.base[place + 1 :]}


def _kind_of(new: ViewParagraph, label: str, near: Paragraph) -> Kind:
    """What a new paragraph is: by its own number or heading; without one it is what the paragraph before it is, unless
    that one is a title or has a number from Word's list, which the new one then was not given."""
    if label or new.heading:
        return kinds([(new.text, label, False, new.heading > 0, new.level)])[0]
    numbered = bool(near.label) and not typed_label(near.text)[0]
    return Kind.PLAIN if numbered or near.kind in (Kind.TITLE, Kind.HEADING) else near.kind


def _lines(base: Sequence[Paragraph], acts: Sequence[Act]) -> list[str]:
    made = apply(base, Amendment("", (), 0, tuple(acts)))
    return [line for p in made for line in p.text.split(SPLIT)]
