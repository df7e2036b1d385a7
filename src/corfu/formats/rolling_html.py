"""The rolling text as one HTML file that needs nothing else: no script, no font, no picture from anywhere.

Each paragraph stands in the page once. The three views (reading, brackets, one delegation's text) show and hide parts
of it with CSS alone, so that a link to a bracket leads to the same words in each of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import Final

from corfu.formats import rolling_words as words
from corfu.formats.brackets import (
    Bracket,
    Gap,
    Piece,
    Wanted,
    change_line,
    clean,
    is_rtl,
    marked,
    plain,
    trimmed,
    visible,
)
from corfu.formats.compilation import Compilation
from corfu.formats.edition import Ask, Delegation, Edition, Entry, Note, Sort
from corfu.wording.model import SOFT_BREAK, SPLIT

_OPEN: Final = '<i class="k">[</i>'
_CLOSE: Final = '<i class="k">]</i>'
_CARET: Final = '<span class="caret" aria-hidden="true">‸</span>'
_PILCROW: Final = '<span class="pil" aria-hidden="true"> ¶ </span><span class="vh"> ({}) </span>'

# One delegation's view: its wordings in place of the base's, its new paragraphs, what it wants deleted struck.
_ONE: Final = (
    '.bar:has(#v3:checked):has(option[value="@"]:checked) ~ section{'
    ".v.d@:not(.o){display:inline}.s.e@>.y,.s.e@:not(.o@)>.b{display:none}"
    ".s.o@>.b,.x@>.words>.t{text-decoration:line-through var(--gone) 1.5px;color:var(--soft)}"
    ".para.new.d@{display:grid}tbody[class]:not(.d@){display:none}}\n"
)


def rolling_html(c: Compilation, lang: str = "en") -> str:
    """The whole page as text, to be written as UTF-8. `lang` is the language of the text under negotiation."""
    return "".join(_Page(Edition(c), lang).lines())


@cache
def _style() -> str:
    return files("corfu.formats").joinpath("rolling_html.css").read_text(encoding="utf-8")


class _Page:
    """One page in the making; `index` numbers the delegations for the classes that the views choose by."""

    def __init__(self, edition: Edition, lang: str) -> None:
        self.edition = edition
        self.index = {code: n for n, code in enumerate(edition.codes)}
        # The words under negotiation may be in another language than those around them.
        other = lang != words.LANG
        self.lang = f' lang="{_text(lang)}"' if other else ""
        self.ours = f' lang="{words.LANG}"' if other else ""
        self._codes: dict[tuple[str, ...], str] = {}

    def lines(self) -> Iterator[str]:
        """The page, in order."""
        yield from self._head()
        yield '<main class="wrap">'
        yield from self._bar()
        yield f'<section id="text" aria-labelledby="text-h"><h2 id="text-h" class="vh">{words.THE_TEXT}</h2>'
        yield from self._legends()
        yield '<div class="text">\n'
        for entry in self.edition.shown:
            yield from self._paragraph(entry)
        yield "</div></section>\n"
        yield from self._asked()
        yield from self._untracked()
        yield from self._told()
        yield "</main></body></html>\n"

    # Above the text

    def _head(self) -> Iterator[str]:
        e = self.edition
        anchor = f' id="{e.heading.anchor}"' if e.heading else ""
        yield f'<!doctype html>\n<html lang="{words.LANG}"><head><meta charset="utf-8">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield '<meta name="color-scheme" content="light dark"><meta name="generator" content="Corfu">'
        yield f"<title>{_text(e.title)} · {words.ROLLING_TEXT}</title>\n"
        yield f"<style>\n{_style()}{self._rules()}</style></head>\n"
        yield f'<body><a class="skip" href="#text">{words.SKIP}</a><header class="head wrap">'
        yield f'<p class="kicker">{words.ROLLING_TEXT}</p><h1{anchor}{self.lang} dir="auto">{_text(e.title)}</h1>'
        yield f'<p class="about">{_text(e.about())}</p><ul class="figures">'
        yield from (f"<li><b>{_text(figure)}</b> {_text(what)}</li>" for figure, what in e.figures())
        if e.untracked:
            figure, what = words.untracked_figure(len(e.untracked))
            yield f'<li class="alarm"><b>! {figure}</b> <a href="#untracked">{what}</a></li>'
        yield "</ul></header>\n"

    def _rules(self) -> str:
        """The rules of one delegation's view, for each of them."""
        return f"@layer views {{\n{''.join(_ONE.replace('@', str(n)) for n in self.index.values())}}}\n"

    def _bar(self) -> Iterator[str]:
        views = [(1, words.READING), (2, words.BRACKETS)]
        views += [(3, words.ONE_DELEGATION)] if self.index else []
        yield f'<div class="bar" role="group" aria-label="{words.VIEW}"><div class="seg">'
        for n, name in views:
            checked = " checked" if n == 1 else ""
            yield f'<label><input type="radio" name="view" id="v{n}"{checked}>{name}</label>'
        yield "</div>"
        if self.index:
            yield f'<span class="whose"><label class="vh" for="whose">{words.WHOSE}</label><select id="whose">'
            for code, n in self.index.items():
                yield f'<option value="{n}">{_text(self._full(code))}</option>'
            yield "</select></span>"
        yield f'<label class="check"><input type="checkbox" id="open">{words.OPEN_ONLY}</label>'
        yield f'<a class="to" href="#asked">{words.ASKED}</a></div>\n'

    def _legends(self) -> Iterator[str]:
        if not self.edition.entries:
            yield f'<p class="legend one">{words.NO_PARAGRAPHS}</p>'
        elif not any(entry.paragraph.open for entry in self.edition.entries):
            yield f'<p class="legend one">{words.NOTHING_OPEN}</p>'
        else:
            yield f'<p class="legend one">{words.LEGEND_READING}</p>'
            yield f'<p class="legend two">{words.LEGEND_BRACKETS}</p><p class="legend three">{words.LEGEND_ONE}</p>'

    def _full(self, code: str) -> str:
        name = self.edition.name(code)
        return name if name == code else f"{name} ({code})"

    # The text

    def _paragraph(self, entry: Entry) -> Iterator[str]:
        yield f'<div class="{" ".join(self._classes(entry))}" id="{entry.anchor}">'
        tag = "h3" if entry.paragraph.paragraph.kind in {"heading", "title"} else "p"
        rtl = ' dir="rtl"' if is_rtl(entry.paragraph.paragraph.text) else ' dir="ltr"'
        yield f'<{tag} class="words"{rtl}{self.lang}>'
        if entry.label:
            given = "" if entry.typed else " given"
            yield f'<span class="no{given}"><a href="#{entry.anchor}">{_text(entry.label)}</a></span>'
        yield '<span class="t">'
        new = next((note for note in entry.notes if entry.paragraph.inserted and note.by), None)
        bracketed = bool(new or entry.paragraph.delete)
        if bracketed:
            yield _OPEN
        if new:
            yield f'<b class="c">{_text(", ".join(new.by))}: </b>'
        yield from (self._piece(piece) for piece in entry.pieces)
        if bracketed:
            yield _CLOSE
        yield f"</span></{tag}>"
        if entry.notes or entry.brackets:
            yield from self._apparatus(entry)
        yield "</div>\n"

    def _classes(self, entry: Entry) -> Iterator[str]:
        p = entry.paragraph
        yield "para"
        if p.paragraph.kind in {"heading", "title"}:
            yield p.paragraph.kind.value
        if entry.indent:
            yield f"in{entry.indent}"
        yield from ("open",) if p.open else ()
        yield from ("new", *self._marks("d", p.inserted.by)) if p.inserted else ()
        yield from ("drop",) if p.delete else ()
        yield from ("away",) if p.move else ()
        yield from self._marks("x", {*p.delete.by, *p.move.by})

    def _marks(self, letter: str, codes: Iterable[str]) -> list[str]:
        return [f"{letter}{n}" for n in sorted(self.index[code] for code in codes)]

    def _piece(self, piece: Piece) -> str:
        if isinstance(piece, Bracket):
            return self._bracket(piece)
        if isinstance(piece, Gap):
            return f'<i class="x">{piece.text}</i>'
        return _prose(piece.text)

    def _bracket(self, bracket: Bracket) -> str:
        """The base's words, marked and numbered; then the other wordings, in the reading view for screen readers only.

        <i class="y"> holds spaces of the base that go where another wording takes its place, <i class="z"> those that
        this wording brings, <i class="x"> those that stand only between brackets.
        """
        number = bracket.span.number
        mark = f'<sup aria-hidden="true">{number}</sup>'
        if not bracket.wanted:
            base = f'<span class="b">{_prose(bracket.base)}</span>'
            return f'{bracket.head}<span class="s quiet" id="s{number}">{base}{mark}</span>{bracket.foot}'
        base = f'<span class="b"{_dir(bracket.base)}>{_OPEN}{_prose(bracket.base)}{_CLOSE}</span>'
        others = "".join(self._variant(one, bool(n or bracket.base)) for n, one in enumerate(bracket.wanted))
        said = self._said(words.contested(number, bracket.base))
        return (
            f'<span class="{" ".join(self._span_classes(bracket))}" id="s{number}">{_space("y", bracket.head)}{said}'
            f'{base if bracket.base else _CARET}{mark}<span class="alts">{others}{self._said(words.END)}</span>'
            f"{_space('y', bracket.foot)}</span>"
        )

    def _span_classes(self, bracket: Bracket) -> Iterator[str]:
        yield "s"
        yield from () if bracket.base else ("ins",)
        for one in bracket.wanted:
            yield from self._marks("e", one.by)
            yield from () if one.text else self._marks("o", one.by)

    def _variant(self, one: Wanted, spaced: bool) -> str:
        said = self._said(words.propose([self.edition.name(code) for code in one.by], not one.text))
        classes = " ".join(["v", *self._marks("d", one.by), *([] if one.text else ["o"])])
        return (
            f'{_space("x", " " if spaced else "")}<span class="{classes}">{_space("z", one.head)}{_OPEN}'
            f'<b class="c" aria-hidden="true">{_text(", ".join(one.by))}: </b>'
            f"{said}{self._wording(one.text)}{_CLOSE}{_space('z', one.foot)}</span>"
        )

    def _said(self, text: str) -> str:
        """Words for screen readers, in the reading view alone: brackets and names say the same to everyone."""
        return f'<span class="vh r"{self.ours}>{_text(text)}</span>'

    def _wording(self, text: str, base: str = "") -> str:
        """A wanted wording, what is new against the base marked in it; the word "delete" where nothing is to stand."""
        if not text:
            return f'<span class="how delete"{self.ours}>{words.DELETE}</span>'
        text = visible(text)
        shown = [_fresh(some) if new else _prose(some) for some, new in marked(base, text)] if base else [_prose(text)]
        return f'<span class="w" dir="auto"{self.lang}>{"".join(shown)}</span>'

    # Beside the text

    def _apparatus(self, entry: Entry) -> Iterator[str]:
        yield f'<div class="who" role="note" aria-label="{_text(words.apparatus(entry.name))}">'
        notes = [f'<li class="{note.sort}">{self._note(note)}</li>' for note in entry.notes]
        if notes:
            yield f'<ul class="acts">{"".join(notes)}</ul>'
        if rows := [row for bracket in entry.brackets for row in self._rows(bracket)]:
            yield f'<div class="vars">{"".join(rows)}</div>'
        yield "</div>"

    def _note(self, note: Note) -> str:
        if note.sort is Sort.UNTRACKED:
            said, what = words.changed_untracked(", ".join(note.by), note.text)
            return f"<b>! {_text(said)}</b><bdi>{_text(what)}</bdi>"
        number = f'<a class="n" href="#s{note.number}">{note.number}</a> ' if note.number else ""
        left, right = ("", "") if note.sort is Sort.TYPOGRAPHY else (_OPEN, _CLOSE)
        return f"{number}<span>{left}<b>{_text(note.text)}:</b> {self._by(note.by)}{right}</span>"

    def _rows(self, bracket: Bracket) -> Iterator[str]:
        number = bracket.span.number
        for n, one in enumerate(bracket.wanted):
            mark = "<span></span>" if n else f'<a class="n" href="#s{number}">{number}</a>'
            how = "" if bracket.base or not one.text else f'<span class="how">{words.ADD}</span> '
            what = f"{how}{self._wording(one.text, bracket.base)} {self._by(one.by)}"
            yield f'<div class="e">{mark}<div>{what}</div></div>'

    def _by(self, codes: tuple[str, ...]) -> str:
        if codes not in self._codes:
            self._codes[codes] = f'<span class="by">{" ".join(self._code(code) for code in codes)}</span>'
        return self._codes[codes]

    def _code(self, code: str) -> str:
        """A delegation's code that says its name; as it is where the profile has no name for it."""
        name = self.edition.name(code)
        return _text(code) if name == code else f'<abbr title="{_text(name)}">{_text(code)}</abbr>'

    # After the text

    def _asked(self) -> Iterator[str]:
        yield f'<section id="asked" class="after" aria-labelledby="asked-h"><h2 id="asked-h">{words.ASKED}</h2>'
        if not self.edition.delegations:
            yield f'<p class="none">{words.NOTHING_OPEN}</p></section>\n'
            return
        yield _table_head(words.ASKED_COLUMNS, (1, 3))
        for delegation in self.edition.delegations:
            yield f'<tbody class="d{self.index[delegation.code]}"><tr><th colspan="4" scope="rowgroup">'
            yield f"{self._heading(delegation)}</th></tr>\n"
            yield from (_ask(ask) for ask in delegation.asks)
            yield "</tbody>"
        yield "</table></section>\n"

    def _heading(self, d: Delegation) -> str:
        found = ", ".join(clean(file.file) for file in d.files)
        code = f' <span class="by">{_text(d.code)}</span>' if d.name != d.code else ""
        told = " · ".join(filter(None, (words.asks(len(d.asks)), found)))
        return f"<b>{_text(d.name)}</b>{code} <span>{_text(told)}</span>"

    def _untracked(self) -> Iterator[str]:
        if not self.edition.files:
            return
        yield '<section id="untracked" class="after" aria-labelledby="untracked-h">'
        alarm = ' class="alarm-head"' if self.edition.untracked else ""
        yield f'<h2 id="untracked-h"{alarm}>{words.UNTRACKED}</h2>'
        if not self.edition.untracked:
            yield f'<p class="none">{words.NONE_UNTRACKED}</p></section>\n'
            return
        yield _table_head(words.UNTRACKED_COLUMNS, (2,), ' class="plain"') + "<tbody>"
        for file, change in self.edition.untracked:
            place = self.edition.places.get(change.paragraph)
            where = f'<a href="#{place.anchor}">{_text(place.name)}</a>' if place else _text(clean(change.label))
            what = _text(change_line(change.old, change.new))
            yield f"<tr><td>{self._by((file.by,))}</td><td>{where}</td>"
            yield f'<td dir="auto">{what}</td></tr>\n'
        yield "</tbody></table></section>\n"

    def _told(self) -> Iterator[str]:
        """What could not be understood, and the comments, file by file."""
        for id, title, kind in (("lost", words.NOT_UNDERSTOOD, 0), ("comments", words.COMMENTS, 1)):
            rows = [
                f"<li>{self._by((file.by,))} <bdi>{_text(plain(line))}</bdi></li>"
                for file in self.edition.files
                for line in (file.not_understood, file.comments)[kind]
            ]
            if rows:
                yield f'<section id="{id}" class="after" aria-labelledby="{id}-h"><h2 id="{id}-h">{title}</h2>'
                yield f'<ul class="files">{"".join(rows)}</ul></section>\n'


def _table_head(columns: Sequence[str], told: Iterable[int], kind: str = "") -> str:
    """The head of a table; on narrow screens, where it is not shown, the columns `told` say their names in each row."""
    names = ";".join(f"--c{n}:'{columns[n - 1]} '" for n in told)
    cells = "".join(f'<th scope="col">{column}</th>' for column in columns)
    return f'<table{kind} style="{names}"><thead><tr>{cells}</tr></thead>\n'


def _ask(ask: Ask) -> str:
    others = f"<td>{_text(', '.join(ask.others))}</td>" if ask.others else f'<td class="a">{words.ALONE}</td>'
    stands = words.stands(ask.bracket, ask.wordings)
    if ask.bracket:
        stands = f'<a href="#s{ask.bracket}">{stands}</a>'
    return (
        f'<tr><td><a href="#{ask.entry.anchor}">{_text(ask.entry.name)}</a></td><td>{_text(ask.text)}</td>'
        f"{others}<td>{stands}</td></tr>\n"
    )


def _fresh(text: str) -> str:
    head, core, foot = trimmed(text)
    return f"{head}<em>{_prose(core)}</em>{foot}" if core else text


def _space(kind: str, text: str) -> str:
    return f'<i class="{kind}">{text}</i>' if text else ""


def _dir(text: str) -> str:
    return ' dir="auto"' if not text.isascii() else ""


def _prose(text: str) -> str:
    """Words with their breaks: a soft one ends the line, a split shows where a new paragraph begins."""
    return _text(text).replace(SOFT_BREAK, "<br>").replace(SPLIT, _PILCROW.format(words.SPLIT))


def _text(text: str) -> str:
    return escape(clean(text))
