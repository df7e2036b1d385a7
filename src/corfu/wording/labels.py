"""Labels: what a reader calls a paragraph ("3", "3 bis", "(a)"). A view: an address is always the id."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from corfu.wording.model import Kind, Paragraph

_ORDINALS: Final = ("", "bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies")
_BIS: Final = "(?:bis|ter|quater|quinquies|sexies|septies|octies|novies|decies)"
# A number or a letter as people type it before the words: "3.", "3 bis.", "12)", "(a)", "(iv)", "а)", "٣.", "三、".
_OPERATIVE: Final = re.compile(
    rf"(\d{{1,4}}(?:\.\d{{1,3}})*(?:\s{_BIS})?)(?:[.)]\s|[.)\uff0e\u3001]|\s?[\u2013\u2014-]\s)\s*"
)
_HAN_NUMBER: Final = re.compile(r"([一二三四五六七八九十百]{1,5})[、．.]\s*")
_ITEM: Final = re.compile(rf"(\((?:[^\W\d_]{{1,2}}|[ivxlc]{{1,6}}|\d{{1,2}})(?:\s{_BIS})?\)|[^\W\d_]\))\s*")

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
    """The classic style: "5 bis", "5 ter"; "(c) bis". Nothing where the paragraph before has no label."""
    if not before:
        return ""
    stem = re.sub(rf"\s{_BIS}$", "", before)
    start = _ORDINALS.index(before[len(stem) + 1 :]) if stem != before else 0
    return f"{stem} {_ORDINALS[start + nth] if start + nth < len(_ORDINALS) else f'({start + nth + 1})'}"


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


def new_labels(inserted: Sequence[Paragraph], before: Mapping[Kind, str], anchor: str, style: Style = bis) -> list[str]:
    """Labels of the new paragraphs that stand together at a place; what they bring typed stands.

    `before`: by kind, the label of the last paragraph of that kind above; `anchor`: that of the last one of any kind.
    """
    counted: Counter[str] = Counter()
    labels: list[str] = []
    for paragraph in inserted:
        above = before.get(paragraph.kind, anchor)
        counted[above] += 1
        labels.append(label_of(paragraph) or style(above, counted[above]))
    return labels
