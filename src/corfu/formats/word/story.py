"""A Word document as it stands in the file: every paragraph, every piece of text, and the changes that enclose it.

Nothing is accepted or rejected here; `views` does that. The same piece has the same key in every view.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["ins", "del", "moveFrom", "moveTo", "format"]
Where = Literal["body", "cell", "box", "footnote", "endnote"]
ARRIVING: Final = ("ins", "moveTo", "format")  # what is there when such a change is accepted; the others leave


@dataclass(frozen=True, slots=True)
class Change:
    """One author's tracked change (ECMA-376 part 1, 17.13.5). Equal ones may stand in many places.

    author and date: as the file has them, '' where it has none (metadata scrubbed). move: the name that the two
    ends of a move share, '' for other kinds. 'format' is a change of paragraph properties that alters the
    paragraph's number, heading or style; it never encloses text.
    """

    kind: Kind
    author: str
    date: str
    move: str = ""


Changes = tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that one set of changes encloses, outermost first. key: unique in the file."""

    key: int
    text: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Properties:
    """What the paragraph's own properties say. style: its id, '' for the default; number and level: its w:numPr,
    None where the style decides; outline: 0 to 8 for a heading, 9 for plain text; label: one given outright."""

    style: str = ""
    number: int | None = None
    level: int | None = None
    outline: int | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """What holds paragraphs: the body, a table cell, a text box, a note.

    changes: those that the place stands and falls with (a tracked row, cell, note or drawing, outermost first).
    parent: the place that holds a cell's table. anchor: index of the body paragraph that a text box (or a cell
    in one) hangs on, -1 elsewhere.
    """

    kind: Where
    changes: Changes = ()
    parent: "Place | None" = None
    anchor: int = -1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One w:p. key: its index in the file. mark: the changes of its end mark, which joins it to the next when gone.

    former: each change of its properties, with the properties that hold where that change is rejected; the last
    rejected one decides. bookmark: what follows '_corfu_' in the name of a bookmark that begins in it.
    """

    key: int
    pieces: tuple[Piece, ...]
    mark: Changes
    properties: Properties
    former: tuple[tuple[Change, Properties], ...]
    bookmark: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment in the margin; paragraph: index of the physical paragraph it begins in, -1 when it hangs nowhere."""

    author: str
    text: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Story:
    """The whole document. authors: everyone who changed anything, in order of first appearance ('' for unnamed).

    lasts: for each place the index of its last paragraph. findings: plain phrases, one for each kind of change
    that `views` does not carry out, with author and paragraph.
    """

    paragraphs: tuple[Paragraph, ...]
    lasts: Mapping[Place, int]
    authors: tuple[str, ...]
    findings: tuple[str, ...]
    comments: tuple[Comment, ...]
