"""Labels: what a reader calls a paragraph ("3", "3 bis", "(a)"). A view: an address is always the id."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import InitVar, dataclass, field, replace
from string import ascii_lowercase
from typing import Final

from corfu.wording.model import Kind, Paragraph

_ORDINALS: Final = ("", "bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies")
_BIS: Final = "(?:bis|ter|quater|quinquies|sexies|septies|octies|novies|decies)"
# A number or a letter as people type it before the words: "3.", "3 bis.", "12)", "(a)", "(iv)", "а)", "٣.", "三、".
_OPERATIVE: Final = re.compile(
    rf"(\d{{1,4}}(?:\.\d{{1,3}})*(?:\s{_BIS})?)(?:[.)]\s|[.)\uff0e\u3001]|\s?[\u2013\u2014-]\s)\s*"
)
_HAN_NUMBER: Final = re.compile(r"([一二三四五六七八九十百]{1,5})[、．.]\s*")
_ITEM: Final = re.compile(
    rf"(\((?:[^\W\d_]{{1,2}}|[ivxlc]{{1,6}}|\d{{1,2}})(?:\s{_BIS})?\)(?:\s{_BIS}\b)?|[^\W\d_]\))\s*"
)

Style = Callable[[str, int], str]
"""(label of the paragraph before, how many new ones stand after it, counted from 1) → the label of the new one."""


def typed_label(text: str) -> tuple[str, int]:
    """The number typed at the head of `text` as shown ("3", "(a)"), and how many characters it takes, space included.

    ("", 0) when there is none.
    """
    if found := _OPERATIVE.match(text) or _HAN_NUMBER.match(text):
        return found[1], found.end()
    if found := _ITEM.match(text):
        return found[1], found.end()
    return "", 0


def bis(before: str, nth: int) -> str:
    """The classic style: "5 bis", "5 ter"; after "5." it is "5 bis."; "(c) bis".

    Nothing where the paragraph before has no label.
    """
    if not before:
        return ""
    bare = before.removesuffix(".")
    stem = re.sub(rf"\s{_BIS}$", "", bare)
    start = _ORDINALS.index(bare[len(stem) + 1 :]) if stem != bare else 0
    ordinal = _ORDINALS[start + nth] if start + nth < len(_ORDINALS) else f"({start + nth + 1})"
    return f"{stem} {ordinal}{before[len(bare) :]}"


def label_of(paragraph: Paragraph) -> str:
    """The label of a paragraph that stands in a version: typed in its words, else given by its source."""
    return typed_label(paragraph.text)[0] or paragraph.label


def addresses(labelled: Iterable[tuple[str, Kind]]) -> list[str]:
    """What people in the room call each paragraph, given as (label, kind): "4", an item "7(b)"; "" without a label."""
    found: list[str] = []
    above = ""
    for label, kind in labelled:
        shown = label.strip().rstrip(".")
        if kind is Kind.ITEM and shown.startswith("("):
            found.append(f"{above}{shown}")
        else:
            found.append(shown)
            above = shown or above
    return found


def kinds(paragraphs: Iterable[tuple[str, str, bool, bool, int]]) -> list[Kind]:
    """The kinds of a text's paragraphs, each given as (text, label, is title, is heading, list level).

    A numbered paragraph is operative, a lettered or deeper one an item, what precedes the first operative one
    preambular, the rest plain. In a text without operative paragraphs all the rest is plain.
    """
    rows = list(paragraphs)
    found = [_kind(*row) for row in rows]
    first = next((n for n, kind in enumerate(found) if kind is Kind.OPERATIVE), 0)
    return [Kind.PREAMBULAR if kind is Kind.PLAIN and n < first else kind for n, kind in enumerate(found)]


def _kind(text: str, label: str, is_title: bool, is_heading: bool, level: int) -> Kind:
    if is_title:
        return Kind.TITLE
    if is_heading:
        return Kind.HEADING
    shown = typed_label(text)[0] or label
    if not shown:
        return Kind.PLAIN
    return (
        Kind.OPERATIVE if level == 0 and not shown.startswith("(") and any(c.isnumeric() for c in shown) else Kind.ITEM
    )


def labelled(paragraphs: Sequence[Paragraph], new: Collection[str], moved: Collection[str]) -> list[Paragraph]:
    """The paragraphs of a version that is issued, those with the ids `new` with labels counted among what stands.

    Those that stood, and those that were `moved`, keep theirs.
    """
    numbering = Numbering(paragraphs)
    found: list[Paragraph] = []
    for one in paragraphs:
        if one.id in new:
            label = numbering.label(one)
            one = replace(one, label="" if typed_label(one.text)[0] else label)
        elif one.id in moved:
            numbering.moved(one)
        else:
            numbering.stands(one)
        found.append(one)
    return found


@dataclass(slots=True)
class Numbering:
    """Gives new paragraphs their labels on the way down a text: the next ones that nothing in the text has.

    What is typed, or comes with its source's number, stays. An item is counted in the list that it stands in, under
    the last paragraph that is none; where there is no list yet, new items begin one: "(a)", "(b)".
    """

    text: InitVar[Iterable[Paragraph]]
    style: Style = bis
    _last: dict[Kind, str] = field(default_factory=dict)
    _anchor: str = ""
    _head: str = ""
    _taken: set[tuple[str, str]] = field(default_factory=set)
    _counted: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __post_init__(self, text: Iterable[Paragraph]) -> None:
        self._keep(text)

    def stands(self, paragraph: Paragraph) -> str:
        """Pass a paragraph that stands in the text; its label."""
        label = self.moved(paragraph)
        self._last[paragraph.kind] = self._anchor = label
        return label

    def moved(self, paragraph: Paragraph) -> str:
        """Pass one that comes from elsewhere; its label. What is new after 2 is "2 bis", also if 5 has come between."""
        self._pass(paragraph)
        return label_of(paragraph)

    def here(self, new: Sequence[Paragraph]) -> "Numbering":
        """A numbering for what is asked for at this place: the text below knows of it only which labels are given."""
        return replace(self, text=new, _last=dict(self._last))  # `_taken` and `_counted` are common to both

    def label(self, new: Paragraph) -> str:
        """The label of a new paragraph at this place."""
        self._pass(new)
        label = label_of(new) or self._free(new.kind)
        self._taken.add(self._key(new.kind, label))
        return label

    def _pass(self, paragraph: Paragraph) -> None:
        if paragraph.kind is not Kind.ITEM:
            self._head = paragraph.id
            self._last.pop(Kind.ITEM, None)

    def _keep(self, paragraphs: Iterable[Paragraph]) -> None:
        """Give nobody else the labels that these have of their own."""
        head = self._head
        for one in paragraphs:
            self._head = self._head if one.kind is Kind.ITEM else one.id
            self._taken.add(self._key(one.kind, label_of(one)))
        self._head = head

    def _free(self, kind: Kind) -> str:
        """The next free label after the last paragraph of this kind above; but for headings, after any if none is."""
        begins = kind is Kind.ITEM and kind not in self._last
        before = self._last.get(kind, "" if begins or kind in (Kind.HEADING, Kind.TITLE) else self._anchor)
        if not begins and not any(map(str.isalnum, before)):
            return before  # nothing, or a bullet
        label = ""
        for _ in range(len(self._taken) + 1):  # one more than are taken: one of them is free
            self._counted[self._head, before] += 1
            nth = self._counted[self._head, before]
            label = _letter(nth) if begins else self.style(before, nth)
            if self._key(kind, label) not in self._taken:
                break
        return label

    def _key(self, kind: Kind, label: str) -> tuple[str, str]:
        """What a label is unique by: an item's in its list, any other in the text. Spaces and a last point aside."""
        return self._head if kind is Kind.ITEM else "", " ".join(label.split()).rstrip(".")


def _letter(nth: int) -> str:
    """The label of an item in a list that is new: "(a)", "(b)", after "(z)" "(aa)", "(bb)"."""
    more, letter = divmod(nth - 1, len(ascii_lowercase))
    return f"({ascii_lowercase[letter] * (more + 1)})"
