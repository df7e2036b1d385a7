"""The rolling text as a Word file that a chair can hand out: brackets and names in bold as plain text.

Nothing in it is a tracked change, a field to update or a list that numbers itself, but for the page numbers: what is
printed is what was compiled.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

from corfu.formats import rolling_words as words
from corfu.formats.brackets import Bracket, Gap, Piece, Wanted, change_line, clean, is_rtl, plain, visible
from corfu.formats.compilation import Compilation
from corfu.formats.edition import Ask, Delegation, Edition, Entry, Note, Sort
from corfu.formats.word.rolling_parts import ACCENT, HANG, RULE, STEP, WIDTH, package
from corfu.wording.model import SOFT_BREAK, SPLIT, Kind

_COLUMNS: Final = (1531, WIDTH - 1531 - 1400 - 2154, 1400, 2154)
_UNTRACKED_COLUMNS: Final = (1474, 1474, WIDTH - 2948)
_NOTE_STYLES: Final = {Sort.NEW: "RollingNew", Sort.DELETE: "RollingDelete", Sort.TYPOGRAPHY: "RollingQuiet"}


def rolling_docx(c: Compilation, lang: str = "en-GB") -> bytes:
    """The whole file. `lang` is the language in which Word checks the spelling of the text."""
    edition = Edition(c)
    title = _text(edition.title)
    before, between = words.page_of()
    header = _paragraph("Header", _run(edition.title) + "<w:r><w:tab/></w:r>" + _run(words.ROLLING_TEXT))
    footer = _paragraph("Footer", _run(before) + _field("PAGE") + _run(between) + _field("NUMPAGES"))
    return package("".join(_body(edition)), header, footer, title, _text(lang))


def _body(edition: Edition) -> Iterator[str]:
    yield _paragraph("RollingKicker", _run(words.ROLLING_TEXT))
    heading = edition.heading
    rtl = is_rtl(edition.title)
    title = _run(edition.title, "", rtl)
    yield _paragraph("Title", _bookmarked(heading, title) if heading else title, "<w:bidi/>" if rtl else "")
    yield _paragraph("RollingAbout", _run(edition.about()))
    yield _paragraph("RollingAbout", _figures(edition))
    yield _paragraph("RollingLegend", _legend())
    for entry in edition.shown:
        yield from _entry(entry)
    yield from _asked(edition)
    yield from _untracked(edition)
    yield from _told(edition)


def _figures(edition: Edition) -> str:
    figures = edition.figures()
    runs = [_run(figure, "RollingAct") + _run(f" {what}") for figure, what in figures]
    if edition.untracked:
        figure, what = words.untracked_figure(len(edition.untracked))
        runs.append(_run(f"! {figure} {what}", "RollingDelete"))
    return _run("  ·  ").join(runs)


def _legend() -> str:
    runs = []
    for (codes, what), meaning in words.LEGEND_WORD:
        if not codes:
            runs.append(_run(what, "RollingAct"))
        else:
            deleted = "RollingDeletion" if what == words.DELETE else ""
            runs.append(_run("[") + _run(f"{codes}:", "RollingCode") + _run(" ") + _run(what, deleted) + _run("]"))
        runs.append(_run(meaning))
    return "".join(runs)


# Paragraphs


def _entry(entry: Entry) -> Iterator[str]:
    """A paragraph, and under it, in small type, what is about the whole of it."""
    kind = entry.paragraph.paragraph.kind
    style = "Heading2" if kind in {Kind.HEADING, Kind.TITLE} else "RollingText"
    rtl = is_rtl(entry.paragraph.paragraph.text)
    runs = "".join(_run_of(piece, rtl) for piece in entry.pieces)
    new = next((note for note in entry.notes if entry.paragraph.inserted), None)
    if new:
        runs = _bracket_open(new.by, rtl) + runs + _run("]", "RollingBracket", rtl)
    elif entry.paragraph.delete:
        runs = _run("[", "RollingBracket", rtl) + runs + _run("]", "RollingBracket", rtl)
    label = _run(entry.label.strip(), "", rtl) + "<w:r><w:tab/></w:r>" if entry.label else ""
    yield _paragraph(style, _bookmarked(entry, label + runs), _layout(entry, rtl))
    for n, note in enumerate(entry.notes):
        yield _note(note, _indent(entry), n == len(entry.notes) - 1)


def _layout(entry: Entry, rtl: bool) -> str:
    """What the paragraph adds to its style, in the order of the schema: keepNext, bidi, spacing, ind."""
    found = "<w:keepNext/>" if entry.notes else ""
    found += "<w:bidi/>" if rtl else ""
    found += '<w:spacing w:after="60"/>' if entry.notes else ""
    left = _indent(entry)
    hanging = f' w:hanging="{STEP if entry.indent else HANG}"' if entry.label else ""
    if entry.paragraph.paragraph.kind in {Kind.HEADING, Kind.TITLE} and not entry.label:
        left = 0
    return found + f'<w:ind w:left="{left}"{hanging}/>'


def _indent(entry: Entry) -> int:
    return HANG + STEP * entry.indent


def _run_of(piece: Piece, rtl: bool) -> str:
    if isinstance(piece, Bracket):
        return _bracket(piece, rtl)
    return _run(piece.text, "", rtl)


def _bracket(bracket: Bracket, rtl: bool) -> str:
    if not bracket.wanted:
        return _run(bracket.head + bracket.base + bracket.foot, "", rtl)
    groups = [_wanted(one, rtl) for one in bracket.wanted]
    if bracket.base:
        base = _run("[", "RollingBracket", rtl) + _run(bracket.base, "", rtl) + _run("]", "RollingBracket", rtl)
        groups.insert(0, base)
    return _run(bracket.head, "", rtl) + _run(Gap().text, "", rtl).join(groups) + _run(bracket.foot, "", rtl)


def _wanted(one: Wanted, rtl: bool) -> str:
    inner = _run(visible(one.text), "", rtl) if one.text else _run(words.DELETE, "RollingDeletion")
    return _bracket_open(one.by, rtl) + inner + _run("]", "RollingBracket", rtl)


def _bracket_open(by: Sequence[str], rtl: bool) -> str:
    return _run("[", "RollingBracket", rtl) + _run(f"{', '.join(by)}:", "RollingCode") + _run(" ", "", rtl)


def _note(note: Note, left: int, last: bool) -> str:
    layout = "" if last else "<w:keepNext/>"
    if note.sort is Sort.UNTRACKED:
        said, what = words.changed_untracked(", ".join(note.by), note.text)
        runs = _run(f"! {said}", "RollingDelete") + _run(what, "", is_rtl(what))
        # The thick line at the left stands inside the text's column.
        return _paragraph("RollingWarning", runs, f'{layout}{_after(last)}<w:ind w:left="{left + 170}"/>')
    runs = _run(f"{note.text}: ", _NOTE_STYLES.get(note.sort, "RollingAct")) + _run(", ".join(note.by), "RollingCode")
    if note.sort is not Sort.TYPOGRAPHY:
        runs = _run("[", "RollingBracket") + runs + _run("]", "RollingBracket")
    return _paragraph("RollingNote", runs, f'{layout}{_after(last)}<w:ind w:left="{left}"/>')


def _after(last: bool) -> str:
    return '<w:spacing w:after="180"/>' if last else ""


# Who asked for what


def _asked(edition: Edition) -> Iterator[str]:
    yield _paragraph("Heading1", _run(words.ASKED))
    if not edition.delegations:
        yield _paragraph("RollingAbout", _run(words.NOTHING_OPEN))
        return
    rows = [_head_row(words.ASKED_COLUMNS, _COLUMNS)]
    for delegation in edition.delegations:
        rows.append(_delegation(delegation))
        rows += [_ask(ask, n == len(delegation.asks)) for n, ask in enumerate(delegation.asks, 1)]
    yield _table(rows, _COLUMNS)


def _delegation(d: Delegation) -> str:
    code = _run(f" {d.code}", "RollingCode") if d.code != d.name else ""
    files = ", ".join(file.file for file in d.files)
    told = "  ".join(filter(None, (words.asks(len(d.asks)), files)))
    name = _paragraph("RollingDelegation", _run(d.name, "RollingName") + code + _run(f"   {told}", "RollingQuiet"))
    return _row(_cell(name, WIDTH, span=len(_COLUMNS), rule=ACCENT))


def _ask(ask: Ask, last: bool) -> str:
    others = ", ".join(ask.others) or words.ALONE
    cells = (
        _paragraph("RollingCell", _linked(ask.entry, _run(ask.entry.name, "", is_rtl(ask.entry.name)))),
        _paragraph("RollingCellWords", _run(ask.text, "", is_rtl(ask.text)), "<w:bidi/>" if is_rtl(ask.text) else ""),
        _paragraph("RollingCell", _run(others, "RollingCode" if ask.others else "RollingQuiet")),
        _paragraph("RollingCell", _run(words.stands(0, ask.wordings), "RollingQuiet")),
    )
    rule = "" if last else RULE
    return _row("".join(_cell(cell, width, rule=rule) for cell, width in zip(cells, _COLUMNS, strict=True)))


def _untracked(edition: Edition) -> Iterator[str]:
    if not edition.files:
        yield _paragraph("RollingAbout", "")  # Word wants a paragraph after the last table
        return
    yield _paragraph("Heading1", _run(words.UNTRACKED))
    if not edition.untracked:
        yield _paragraph("RollingAbout", _run(words.NONE_UNTRACKED))
        return
    rows = [_head_row(words.UNTRACKED_COLUMNS, _UNTRACKED_COLUMNS)]
    for file, change in edition.untracked:
        place = edition.places.get(change.paragraph)
        what = change_line(change.old, change.new)
        cells = (
            _paragraph("RollingCell", _run(f"! {file.by}", "RollingCode")),
            _paragraph("RollingCell", _linked(place, _run(place.name)) if place else _run(change.label)),
            _paragraph("RollingCellWords", _run(what, "", is_rtl(what))),
        )
        row = (_cell(cell, width, rule=RULE) for cell, width in zip(cells, _UNTRACKED_COLUMNS, strict=True))
        rows.append(_row("".join(row)))
    yield _table(rows, _UNTRACKED_COLUMNS)


def _told(edition: Edition) -> Iterator[str]:
    """What could not be understood, and the comments in the margin, file by file."""
    for title, kind in ((words.NOT_UNDERSTOOD, 0), (words.COMMENTS, 1)):
        rows = [(f.by, line) for f in edition.files for line in (f.not_understood, f.comments)[kind]]
        if rows:
            yield _paragraph("Heading1", _run(title))
        for by, line in rows:
            yield _paragraph("RollingCell", _run(by, "RollingCode") + _run(f"  {plain(line)}", "", is_rtl(line)))


# WordprocessingML


def _paragraph(style: str, runs: str, layout: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{layout}</w:pPr>{runs}</w:p>'


def _run(text: str, style: str = "", rtl: bool = False) -> str:
    """Runs of one look; a line break for a soft one, a visible sign where a paragraph would be split."""
    if not text:
        return ""
    look = (f'<w:rStyle w:val="{style}"/>' if style else "") + ("<w:rtl/>" if rtl else "")
    inner = _text(text).replace(SPLIT, " ¶ ")
    for mark, element in ((SOFT_BREAK, "br"), ("\t", "tab")):
        inner = inner.replace(mark, f'</w:t><w:{element}/><w:t xml:space="preserve">')
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{inner}</w:t></w:r>'


def _text(text: str) -> str:
    return escape(clean(text))


def _field(code: str) -> str:
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _bookmarked(entry: Entry, runs: str) -> str:
    """The paragraph's runs where links lead to. The names are ours, not those of the ids in files that we send out."""
    mark = f'w:id="{entry.number}"'
    return f'<w:bookmarkStart {mark} w:name="rolling_{entry.number}"/>{runs}<w:bookmarkEnd {mark}/>'


def _linked(entry: Entry, runs: str) -> str:
    return f'<w:hyperlink w:anchor="rolling_{entry.number}" w:history="1">{runs}</w:hyperlink>'


def _table(rows: Iterable[str], widths: Sequence[int]) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="142" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _head_row(columns: Sequence[str], widths: Sequence[int]) -> str:
    cells = (
        _cell(_paragraph("RollingCellHead", _run(column)), width, rule="808080")
        for column, width in zip(columns, widths, strict=True)
    )
    return _row("".join(cells), "<w:tblHeader/>")


def _row(cells: str, more: str = "") -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>{cells}</w:tr>"


def _cell(block: str, width: int, span: int = 1, rule: str = "") -> str:
    look = f'<w:tcW w:w="{width}" w:type="dxa"/>' + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
    if rule:
        look += f'<w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="{rule}"/></w:tcBorders>'
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{block}</w:tc>"
