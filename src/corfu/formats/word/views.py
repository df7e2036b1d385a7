"""A Word file read: what it says when its tracked changes are accepted, rejected, or judged one by one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from corfu.formats.errors import BadFile
from corfu.formats.word.numbering import Counter, Numbering
from corfu.formats.word.package import open_package
from corfu.formats.word.reading import read_story
from corfu.formats.word.story import (
    ARRIVING,
    Change,
    Changes,
    Comment,
    Paragraph,
    Piece,
    Place,
    Properties,
    Story,
    Where,
)
from corfu.formats.word.styles import Style, Styles
from corfu.formats.word.walk import TooLong

Decide = Callable[[Change], bool]


@dataclass(frozen=True, slots=True)
class ViewParagraph:
    """One paragraph of a view.

    text: U+2028 for a line break inside it, a tab for a tab. keys: (key of a piece, its length in characters), in
    the order of the text; a key that two views share is text that stands in both. mark: index in
    `WordFile.physical` of the paragraph whose end mark closes this one and whose properties it has.
    id: what follows '_corfu_' in the name of its bookmark. heading: 0 none, 1 to 9. label: what Word's own list
    shows, such as '3.' or '(b)', '' for none; level: the list level, from 0. moved: names of the moves whose text
    or mark it holds. place: 'body', 'cell', 'box', 'footnote' or 'endnote'.
    """

    text: str
    keys: tuple[tuple[int, int], ...]
    mark: int
    id: str | None
    style: str
    heading: int
    is_title: bool
    label: str
    level: int
    moved: frozenset[str]
    place: Where


@dataclass(frozen=True, slots=True)
class WordFile:
    """A file that has been read. not_understood: phrases to be shown as they are. has_changes: whether any tracked
    change of text, paragraphs, rows, cells, numbers or styles is in it; formatting alone is in not_understood."""

    name: str
    story: Story
    styles: Styles = field(repr=False)
    numbering: Numbering = field(repr=False)

    @property
    def physical(self) -> tuple[Paragraph, ...]:
        return self.story.paragraphs

    @property
    def authors(self) -> tuple[str, ...]:
        return self.story.authors

    @property
    def has_changes(self) -> bool:
        return bool(self.story.authors)

    @property
    def not_understood(self) -> tuple[str, ...]:
        return self.story.findings

    @property
    def comments(self) -> tuple[Comment, ...]:
        return self.story.comments

    def accept(self) -> tuple[ViewParagraph, ...]:
        """The text with every change accepted."""
        return self.view(lambda _: True)

    def reject(self) -> tuple[ViewParagraph, ...]:
        """The text with every change rejected."""
        return self.view(lambda _: False)

    def view(self, decide: Decide) -> tuple[ViewParagraph, ...]:
        """The text with those changes accepted for which decide(change) is true; equal changes are asked for once."""
        counter = Counter(self.numbering)
        judge = Judge(decide)
        return tuple(self._shown(joined, judge, counter) for joined in Weaver(self.story, judge).weave())

    def _shown(self, joined: "Joined", judge: "Judge", counter: Counter) -> ViewParagraph:
        closing = joined.closing
        properties = judge.properties(closing)
        style = self.styles.get(properties.style)
        spot = self.numbering.place(properties.style, properties.number, properties.level)
        label = counter.label(*spot) if spot else ""
        moves = [change.move for piece in joined.pieces for change in piece.changes if change.move]
        moves += [change.move for change in closing.mark if change.move]
        return ViewParagraph(
            text="".join([piece.text for piece in joined.pieces]),
            keys=tuple([(piece.key, len(piece.text)) for piece in joined.pieces]),
            mark=closing.key,
            id=joined.bookmark(),
            style=style.name,
            heading=_heading(properties, style),
            is_title=style.name.lower() == "title",
            label=label if properties.label is None else properties.label,
            level=spot[1] if spot else 0,
            moved=frozenset(moves),
            place=closing.place.kind,
        )


def read(data: bytes, name: str) -> WordFile:
    """Read a .docx or .docm file; `name` is how messages call it. Raises BadInput for whatever is not one."""
    package = open_package(data, name)
    try:
        styles = Styles(package.related_tree("styles"))
        return WordFile(name, read_story(package), styles, Numbering(styles, package.related_tree("numbering")))
    except TooLong:
        raise BadFile(
            "%(name)s is refused: it has more than 100,000 paragraphs. Send the text alone.", name=name
        ) from None
    except RecursionError:
        raise BadFile(
            "%(name)s is refused: it is nested deeper than any text. Save the text in Word anew.", name=name
        ) from None


@dataclass(slots=True)
class Joined:
    """Physical paragraphs that a view shows as one; the last one closes it."""

    parts: list[tuple[Paragraph, int]] = field(default_factory=list)  # with the number of pieces it brings
    pieces: list[Piece] = field(default_factory=list)

    @property
    def closing(self) -> Paragraph:
        return self.parts[-1][0]

    def bookmark(self) -> str | None:
        """The id of the first paragraph that brings text; else of the closing one; else any."""
        if len(self.parts) == 1:
            return self.parts[0][0].bookmark
        bring = [part.bookmark for part, live in self.parts if live and part.bookmark]
        rest = [part.bookmark for part, _ in reversed(self.parts) if part.bookmark]
        return next(iter(bring + rest), None)


class Judge:
    """What stands and what is gone under one set of decisions."""

    def __init__(self, decide: Decide) -> None:
        self._decide = decide
        self._known: dict[Change, bool] = {}
        self._sets: dict[int, bool] = {id(()): True}

    def stands(self, changes: Changes) -> bool:
        """Whether what these changes enclose is there. Sets are told apart by identity: a story has one of each."""
        known = self._sets.get(id(changes))
        if known is None:
            known = self._sets[id(changes)] = all(self._accepts(c) == (c.kind in ARRIVING) for c in changes)
        return known

    def properties(self, paragraph: Paragraph) -> Properties:
        """The paragraph's own properties, or those before the changes that are rejected."""
        for change, before in reversed(paragraph.former):
            if not self._accepts(change):
                return before
        return paragraph.properties

    def _accepts(self, change: Change) -> bool:
        if change not in self._known:
            self._known[change] = self._decide(change)
        return self._known[change]


class Weaver:
    """Joins physical paragraphs whose marks are gone to those that follow them in the same place."""

    def __init__(self, story: Story, judge: Judge) -> None:
        self.story = story
        self.judge = judge
        self.open: dict[Place, Joined] = {}
        self.shown: set[Place] = set()
        self.done: list[Joined] = []
        self.ends: dict[int, int] = {}  # physical index → index of the mark that closes its text

    def weave(self) -> list[Joined]:
        boxes = False
        for paragraph in self.story.paragraphs:
            if self.judge.stands(paragraph.place.changes):
                boxes = boxes or paragraph.place.anchor >= 0
                self._add(paragraph)
        if boxes:  # a text box follows the paragraph that it hangs on, wherever that one ends
            self.done.sort(key=self._order)
        return self.done

    def _add(self, paragraph: Paragraph) -> None:
        place, stands = paragraph.place, self.judge.stands
        above = place.parent
        while above is not None:  # a table ends the paragraph before it, whatever became of its mark
            if above in self.open:
                self._end(above)
            above = above.parent
        joined = self.open.setdefault(place, Joined())
        live = [piece for piece in paragraph.pieces if stands(piece.changes)]
        joined.parts.append((paragraph, len(live)))
        joined.pieces += live
        if stands(paragraph.mark):
            self._close(place)
        elif self.story.lasts[place] == paragraph.key:
            self._end(place)

    def _end(self, place: Place) -> None:
        """No paragraph follows to join. What has text stays a paragraph; the rest goes, unless the place would be
        left without any, which Word does not allow."""
        last = self.story.lasts[place] == self.open[place].closing.key
        if self.open[place].pieces or (last and place not in self.shown):
            self._close(place)
        else:
            del self.open[place]

    def _close(self, place: Place) -> None:
        joined = self.open.pop(place)
        self.shown.add(place)
        self.done.append(joined)
        for part, _ in joined.parts:
            self.ends[part.key] = joined.closing.key

    def _order(self, joined: Joined) -> tuple[int, int]:
        closing, anchor = joined.closing, joined.closing.place.anchor
        return (closing.key, 0) if anchor < 0 else (self.ends.get(anchor, anchor), 1)


def _heading(properties: Properties, style: Style) -> int:
    outline = style.outline if properties.outline is None else properties.outline
    if outline is not None:
        return outline + 1 if 0 <= outline < 9 else 0
    word, _, number = style.name.lower().partition(" ")
    return int(number) if word == "heading" and number in NUMBERS else 0


NUMBERS: Final = tuple("123456789")
