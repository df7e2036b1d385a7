"""Every sentence that the rolling text says in its own voice, as web page and as Word file. English is the source.

One place, so that a translation replaces one module. `lang` is the language of these words; the text under
negotiation has its own.
"""

from collections.abc import Sequence
from typing import Final

from corfu.wording.model import ReserveKind

LANG: Final = "en"

ROLLING_TEXT: Final = "Rolling text"
THE_TEXT: Final = "The text"
SKIP: Final = "Skip to the text"
VIEW: Final = "View"
READING: Final = "Reading"
BRACKETS: Final = "Brackets"
ONE_DELEGATION: Final = "One delegation"
WHOSE: Final = "Whose text"
OPEN_ONLY: Final = "Open paragraphs only"
NO_PARAGRAPHS: Final = "The base has no text. Name another file as the base."
NOTHING_OPEN: Final = "Nothing is open: no delegation asks for a change."

DELETE: Final = "delete"
ADD: Final = "add"
SPLIT: Final = "new paragraph begins here"
END: Final = ", end of bracket"

NEW_PARAGRAPH: Final = "New paragraph"
DELETE_PARAGRAPH: Final = "Delete the paragraph"
TYPOGRAPHY: Final = "Same words, other spaces, quotes or dashes"

ASKED: Final = "Who asked for what"
ASKED_COLUMNS: Final = ("Paragraph", "What is asked", "Together with", "Where it stands")
ASKS_NOTHING: Final = "asks for no change"
ALONE: Final = "alone"
UNTRACKED: Final = "Changed without tracking"
UNTRACKED_COLUMNS: Final = ("Delegation", "Paragraph", "What was changed")
NONE_UNTRACKED: Final = "None: every change in the returned files was tracked."
NOT_UNDERSTOOD: Final = "What could not be understood"
COMMENTS: Final = "Comments in the margin"


def count(number: int, one: str, many: str) -> str:
    """A number with its noun: count(1, "file", "files") is "1 file"."""
    return f"{number:,} {one if number == 1 else many}".replace(",", "\u00a0")


def compiled_from(base: str, files: int, delegations: int) -> str:
    """What the page is, in one line. Without files what is asked came otherwise, as on the site."""
    asked = f"what {count(delegations, 'delegation asks', 'delegations ask')} for"
    if not files:
        return f"The text of {base} with {asked}." if delegations else f"{base}, with no file returned yet."
    return f"The text of {base} with {asked}, from {count(files, 'returned file', 'returned files')}."


def figures(open_: int, paragraphs: int, new: int, brackets: int, share: float) -> list[tuple[str, str]]:
    """How much is open, each as (figure, what it counts)."""
    percent = "under 1\u00a0%" if 0 < share < 0.01 else f"{share * 100:.0f}\u00a0%"
    found = [
        (str(open_), f"of {count(paragraphs, 'paragraph', 'paragraphs')} open"),
        (str(brackets), "bracket" if brackets == 1 else "brackets"),
        (percent, "of the words contested"),
    ]
    if new:
        found.insert(1, (str(new), "new paragraph proposed" if new == 1 else "new paragraphs proposed"))
    return found


def untracked_figure(number: int) -> tuple[str, str]:
    """The figure that no chair should miss."""
    return str(number), "change made without tracking" if number == 1 else "changes made without tracking"


def listed(names: Sequence[str]) -> str:
    """Names as a sentence has them: "Ilvesia, Norvale and Sarn"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def contested(number: int, base: str) -> str:
    """What a screen reader says before the base wording of a span, or in its place when nothing stands there."""
    return f"contested {number}, base: " if base else f"contested {number}, nothing in the base"


def propose(names: Sequence[str], deletion: bool) -> str:
    """What a screen reader says before a variant."""
    verb = "proposes" if len(names) == 1 else "propose"
    return f"; {listed(names)} {verb} {'to ' if deletion else ''}"


def reservation(kind: ReserveKind, on: str) -> str:
    """A reservation by its kind; `on` names what a linked one waits for."""
    match kind:
        case ReserveKind.SCRUTINY:
            return "Scrutiny reservation"
        case ReserveKind.LINKED:
            return f"Reservation, linked to {on}" if on else "Reservation, linked to another point"
        case _:
            return "Reservation"


def move_to(place: str) -> str:
    """A paragraph that some want elsewhere: after the one with this name, "" for the beginning."""
    return f"Move the paragraph to after {place}" if place else "Move the paragraph to the beginning"


def moved_from(place: str) -> str:
    """The new place of a paragraph that stands elsewhere in the base."""
    return f"Moved here from {place}"


def change(old: str, new: str, before: str = "") -> str:
    """One change on one line. `before` are the words that what is added follows."""
    if old and new:
        return f"“{old}” → “{new}”"
    if new:
        return f"add “{new}”" + (f" after “{before}”" if before else "")
    return f"delete “{old}”"


def new_paragraph(text: str) -> str:
    """A new paragraph on one line."""
    return f"new paragraph “{text}”"


def asks(number: int) -> str:
    """How much a delegation asks for."""
    return count(number, "point", "points") if number else ASKS_NOTHING


def stands(bracket: int, wordings: int) -> str:
    """Where something asked for stands: in which bracket (0: not numbered), as one of how many wordings."""
    if wordings == 1:
        return "noted, no bracket"
    where = f"in bracket {bracket}" if bracket else "in brackets"
    return f"{where}, {wordings} wordings" if wordings else where


def changed_untracked(who: str, what: str) -> tuple[str, str]:
    """A change that a returned file hides, as (warning, words)."""
    return f"Changed without tracking by {who}: ", what


def apparatus(name: str) -> str:
    """The name of the notes beside a paragraph, for a screen reader."""
    return f"Who wants what in {name}"


def page_of() -> tuple[str, str]:
    """What stands before the page's number and between it and the number of pages."""
    return "Page ", " of "


LEGEND_READING: Final = (
    "Underlined words are contested. The number leads to who wants what instead; ‸ is where words would be added."
)
LEGEND_BRACKETS: Final = (
    "The first bracket holds the words of the base, those after it what the named delegations want instead. "
    "A bracket with a name that stands alone adds words."
)
LEGEND_ONE: Final = "The text as this delegation wants it: what it changes is marked, what others want is left out."

# Runs of the Word file's legend: what stands in brackets as the reader will see it, then what it means.
LEGEND_WORD: Final = (
    (("", "[words]"), " stand in the base and are contested. "),
    (("ABC, DEF", "words"), " is what these delegations want instead; alone, it is what they want to add. "),
    (("ABC", DELETE), " means that the words in the bracket before it should go. "),
    (("", f"[{DELETE_PARAGRAPH}: ABC]"), " and other notes in small type are about the whole paragraph above them."),
)
