"""The same negotiation as Word files: the base, and what each delegation sends back with tracked changes.

    files = as_word(negotiation(7), folder)                 folder/base.docx, folder/BAD.docx, …
    files = as_word(negotiation(7), folder, untracked=5)    in five of them one change was made without tracking

Written with string building and zipfile alone, so that what reads our own exports is not what wrote them. The files
look as Word leaves them: text broken into runs wherever somebody once stopped typing, revision marks on each.
"""

import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from benchmarks.generate import Negotiation
from corfu.wording.model import Amendment, Delete, Edit, Insert, Kind, Paragraph
from corfu.wording.tokens import tokenize

WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WHEN: Final = "2031-05-12T09:00:00Z"
STYLE: Final = {Kind.TITLE: "Title", Kind.HEADING: "Heading2", Kind.OPERATIVE: "Operative", Kind.ITEM: "Item"}
TONGUE: Final = {"en": "en-GB", "fr": "fr-FR", "ru": "ru-RU"}

Piece = tuple[str, str]
"""A stretch of a paragraph: "" (stands), "del" or "ins", and its text."""


@dataclass(frozen=True, slots=True)
class WordFiles:
    """Where the files are. `silent`: for each file with an untracked change, the edit that nobody sees in Word."""

    base: Path
    returned: tuple[Path, ...]
    silent: dict[str, Edit]


def as_word(negotiation: Negotiation, folder: Path, *, untracked: int = 0, bookmarks: bool = False) -> WordFiles:
    """Write base.docx and one CODE.docx for each delegation into `folder`, which must exist.

    In `untracked` of the files, spread evenly, the delegation's first edit is not tracked. With `bookmarks` each
    paragraph carries its id, as in files that Corfu exports. Reservations have no form in Word and are left out.
    """
    base = folder / "base.docx"
    base.write_bytes(_package(negotiation, _Writer(negotiation, "", (), bookmarks).document()))
    asked = {a.id: a for a in negotiation.joined()}
    editing = [code for code in negotiation.names if any(isinstance(a, Edit) for a in _acts(asked, code))]
    unseen = set(editing[:: max(1, len(editing) // untracked)][:untracked]) if untracked else set()
    silent: dict[str, Edit] = {}
    returned: list[Path] = []
    for code, name in negotiation.names.items():
        acts = _acts(asked, code)
        hidden = next((act for act in acts if isinstance(act, Edit)), None) if code in unseen else None
        if hidden is not None:
            silent[code] = hidden
        path = folder / f"{code}.docx"
        path.write_bytes(_package(negotiation, _Writer(negotiation, name, acts, bookmarks, hidden).document()))
        returned.append(path)
    return WordFiles(base, tuple(returned), silent)


Acts = Sequence[Edit | Delete | Insert]


def _acts(asked: dict[str, Amendment], code: str) -> Acts:
    return [act for act in asked[code].acts if isinstance(act, Edit | Delete | Insert)] if code in asked else []


class _Writer:
    """Writes one delegation's document."""

    def __init__(
        self, negotiation: Negotiation, author: str, acts: Acts, bookmarks: bool, hidden: Edit | None = None
    ) -> None:
        self.negotiation = negotiation
        self.author = f"w:author={quoteattr(author)} w:date={quoteattr(WHEN)}"
        self.language = TONGUE[negotiation.language]
        self.bookmarks = bookmarks
        self.hidden = hidden
        self.gone = {act.paragraph for act in acts if isinstance(act, Delete)}
        self.edits: dict[str, list[Edit]] = defaultdict(list)
        self.new: dict[str | None, list[Paragraph]] = defaultdict(list)
        for act in acts:
            if isinstance(act, Edit):
                self.edits[act.paragraph].append(act)
            elif isinstance(act, Insert):
                self.new[act.after].append(act.paragraph)
        self.ids = 0

    def document(self) -> str:
        body = "".join("".join(self._with_new(p)) for p in self.negotiation.paragraphs)
        page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
        return f'{HEAD}<w:document xmlns:w="{WORD}"><w:body>{body}{page}</w:body></w:document>'

    def _with_new(self, p: Paragraph) -> Iterator[str]:
        change = "del" if p.id in self.gone else ""
        yield self._paragraph(p, self._pieces(p), change)
        for new in self.new[p.id]:
            yield self._paragraph(new, [("ins", new.text)], "ins")

    def _pieces(self, p: Paragraph) -> Iterator[Piece]:
        if p.id in self.gone:
            yield "del", p.text
            return
        tokens, at = tokenize(p.text), 0
        for edit in sorted(self.edits[p.id], key=lambda e: e.start):
            yield "", "".join(tokens[at : edit.start])
            tracked = edit is not self.hidden
            if tracked:
                yield "del", "".join(tokens[edit.start : edit.end])
            yield "ins" if tracked else "", edit.text
            at = edit.end
        yield "", "".join(tokens[at:])

    def _paragraph(self, p: Paragraph, pieces: Iterator[Piece] | list[Piece], change: str) -> str:
        random = Random(f"{self.negotiation.seed} {p.id}")
        style = f'<w:pStyle w:val="{STYLE[p.kind]}"/>' if p.kind in STYLE else ""
        mark = f"<w:rPr>{self._change(change)}/></w:rPr>" if change else ""
        runs = "".join(self._runs(random, kind, text) for kind, text in pieces if text)
        start, end = self._bookmark(p) if self.bookmarks and change != "ins" else ("", "")
        properties = f'<w:pPr>{style}<w:spacing w:after="120"/><w:jc w:val="both"/>{mark}</w:pPr>'
        return f'<w:p w:rsidR="{_rsid(random)}" w:rsidRDefault="{_rsid(random)}">{properties}{start}{runs}{end}</w:p>'

    def _change(self, kind: str) -> str:
        self.ids += 1
        return f'<w:{kind} w:id="{self.ids}" {self.author}'

    def _bookmark(self, p: Paragraph) -> tuple[str, str]:
        self.ids += 1
        return f'<w:bookmarkStart w:id="{self.ids}" w:name="_corfu_{p.id}"/>', f'<w:bookmarkEnd w:id="{self.ids}"/>'

    def _runs(self, random: Random, kind: str, text: str) -> str:
        """A stretch of text in runs of six to thirty tokens."""
        tokens, runs, at = tokenize(text), "", 0
        tag = "delText" if kind == "del" else "t"
        while at < len(tokens):
            size = random.randint(6, 30)
            words = escape("".join(tokens[at : at + size]))
            runs += (
                f'<w:r w:rsidRPr="{_rsid(random)}"><w:rPr><w:lang w:val="{self.language}"/></w:rPr>'
                f'<w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'
            )
            at += size
        return f"{self._change(kind)}>{runs}</w:{kind}>" if kind else runs


def _rsid(random: Random) -> str:
    """A revision save id, as Word gives one to each session of work."""
    return f"00{random.choice('3A7C')}{random.randrange(16):X}5E1B"


def _package(negotiation: Negotiation, document: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (*_frame(negotiation), ("word/document.xml", document)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(entry, text.encode())
    return made.getvalue()


def _frame(negotiation: Negotiation) -> Iterator[tuple[str, str]]:
    """The parts around the text."""
    parts = {"document": "document.main", "styles": "styles", "settings": "settings"}
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{TYPE}.{kind}+xml"/>' for part, kind in parts.items()
    )
    default = '<Default Extension="{}" ContentType="application/{}xml"/>'
    defaults = default.format("rels", "vnd.openxmlformats-package.relationships+") + default.format("xml", "")
    yield "[Content_Types].xml", f'{HEAD}<Types xmlns="{PACKAGE}/content-types">{defaults}{overrides}</Types>'
    yield "_rels/.rels", _relations({"officeDocument": "word/document.xml"})
    yield "word/_rels/document.xml.rels", _relations({"styles": "styles.xml", "settings": "settings.xml"})
    yield "word/settings.xml", f'{HEAD}<w:settings xmlns:w="{WORD}"><w:trackRevisions/></w:settings>'
    yield "word/styles.xml", _styles(TONGUE[negotiation.language])


def _relations(targets: dict[str, str]) -> str:
    found = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{found}</Relationships>'


def _styles(language: str) -> str:
    def style(id: str, name: str, inside: str, default: str = "") -> str:
        based = "" if default else '<w:basedOn w:val="Normal"/>'
        return (
            f'<w:style w:type="paragraph"{default} w:styleId="{id}"><w:name w:val="{name}"/>{based}{inside}</w:style>'
        )

    defaults = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/>'
        f'<w:sz w:val="24"/><w:lang w:val="{language}"/></w:rPr></w:rPrDefault></w:docDefaults>'
    )
    bold = "<w:rPr><w:b/></w:rPr>"
    styles = (
        style("Normal", "Normal", "<w:qFormat/>", ' w:default="1"'),
        style("Title", "Title", bold),
        style("Heading2", "heading 2", f'<w:pPr><w:keepNext/><w:outlineLvl w:val="1"/></w:pPr>{bold}'),
        style("Operative", "Operative paragraph", ""),
        style("Item", "Item", '<w:pPr><w:ind w:left="720"/></w:pPr>'),
    )
    return f'{HEAD}<w:styles xmlns:w="{WORD}">{defaults}{"".join(styles)}</w:styles>'
