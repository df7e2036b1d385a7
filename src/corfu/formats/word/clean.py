"""A text as a plain Word file: to be sent out, changed there with tracked changes, and returned.

What `corfu.formats.word.round.read_base` reads in it are the paragraphs it was made of, to the byte, by their ids.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final, NamedTuple

from corfu.formats.brackets import clean, is_rtl
from corfu.formats.word.bookmarks import bookmark_name
from corfu.formats.word.marks import SIGN, WRITTEN
from corfu.formats.word.names import local
from corfu.formats.word.rolling_parts import HANG, STEP, package
from corfu.wording.model import Kind, Paragraph

SPELLING: Final = {"en": "en-GB", "fr": "fr-FR", "de": "de-DE", "it": "it-IT", "ru": "ru-RU", "es": "es-ES"}
"""Languages of texts as Word names them when it checks spelling."""

_STYLES: Final = {Kind.TITLE: "Title", Kind.HEADING: "Heading2"}
_DEEPEST: Final = 8
_COUNTED: Final = re.compile(r"([^%]*?)(\d{1,6}|(?<![^\W_])[a-z])([^\w%]*)")


def text_docx(title: str, paragraphs: Sequence[Paragraph], lang: str = "en") -> bytes:
    """The file. `title` stands at the head of its pages and is no part of the text; `lang` is the text's language.

    Numbers typed in a paragraph's words stay typed; a label that its source gave it comes from a list, as there.
    Raises ValueError for ids that no bookmark can carry.
    """
    body = "".join(_paragraph(n, one) for n, one in enumerate(paragraphs, 1))
    lists = [_List.of(n, one) for n, one in enumerate(paragraphs, 1) if _listed(one)]
    said = escape(clean(title))
    header = f'<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{_runs(title, is_rtl(title))}</w:p>'
    return package(body, header, _FOOTER, said, escape(SPELLING.get(lang, lang)), _numbering(lists))


def _field(code: str) -> str:
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


_FOOTER: Final = (
    f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{_field("PAGE")}<w:r><w:t xml:space="preserve"> / </w:t></w:r>'
    f"{_field('NUMPAGES')}</w:p>"
)


def _paragraph(number: int, one: Paragraph) -> str:
    rtl = is_rtl(one.text)
    mark, name = f'w:id="{number}"', bookmark_name(one.id)
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{_STYLES.get(one.kind, "RollingText")}"/>{_layout(number, one, rtl)}</w:pPr>'
        f'<w:bookmarkStart {mark} w:name="{name}"/>{_runs(one.text, rtl)}<w:bookmarkEnd {mark}/></w:p>'
    )


def _layout(number: int, one: Paragraph, rtl: bool) -> str:
    """What a paragraph adds to its style, in the order of the schema: numPr, bidi, ind."""
    listed = ""
    if _listed(one):
        listed = f'<w:numPr><w:ilvl w:val="{min(one.level, _DEEPEST)}"/><w:numId w:val="{number}"/></w:numPr>'
    hanging = f' w:hanging="{STEP if one.kind is Kind.ITEM else HANG}"' if one.label else ""
    return f'{listed}{"<w:bidi/>" if rtl else ""}<w:ind w:left="{_indent(one)}"{hanging}/>'


def _indent(one: Paragraph) -> int:
    """Items stand further in than what they belong to; a label hangs before its paragraph's words."""
    deep = max(one.level, 1) if one.kind is Kind.ITEM else 0
    return deep * STEP + ((STEP if deep else HANG) if one.label else 0)


def _runs(text: str, rtl: bool) -> str:
    """A run; the signs that Word has elements for are written as these."""
    look = "<w:rPr><w:rtl/></w:rPr>" if rtl else ""
    pieces = filter(None, SIGN.split(clean(text)))
    inner = "".join(f"<w:{local(WRITTEN[piece])}/>" if piece in WRITTEN else _words(piece) for piece in pieces)
    return f"<w:r>{look}{inner}</w:r>"


def _words(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


# Labels


def _listed(one: Paragraph) -> bool:
    return bool(one.label or one.level)


class _List(NamedTuple):
    """The list of one paragraph, which begins at its own number: one that is added after it shows the next.

    `kind` "none" where the label is no count, and is shown as it is ("3 bis"); "bullet" where Word would take it for a
    count.
    """

    number: int
    level: int
    kind: str
    start: int
    text: str

    @classmethod
    def of(cls, number: int, one: Paragraph) -> "_List":
        level = min(one.level, _DEEPEST)
        found = _COUNTED.fullmatch(one.label)
        if found is None or found[2].startswith("0"):
            return cls(number, level, "bullet" if "%" in one.label else "none", 1, one.label)
        before, count, after = found.groups()
        decimal = count.isdecimal()
        start = int(count) if decimal else ord(count) - ord("a") + 1
        return cls(number, level, "decimal" if decimal else "lowerLetter", start, f"{before}%{level + 1}{after}")

    def abstract(self) -> str:
        """Its w:abstractNum."""
        suffix = "" if self.text else '<w:suff w:val="nothing"/>'
        return (
            f'<w:abstractNum w:abstractNumId="{self.number}"><w:multiLevelType w:val="multilevel"/>'
            f'<w:lvl w:ilvl="{self.level}"><w:start w:val="{self.start}"/><w:numFmt w:val="{self.kind}"/>{suffix}'
            f'<w:lvlText w:val="{escape(clean(self.text))}"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
        )

    def concrete(self) -> str:
        """Its w:num."""
        return f'<w:num w:numId="{self.number}"><w:abstractNumId w:val="{self.number}"/></w:num>'


def _numbering(lists: Iterable[_List]) -> str:
    found = list(lists)
    return "".join([one.abstract() for one in found] + [one.concrete() for one in found])
