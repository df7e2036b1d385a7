"""The rolling text as a critical edition: the words in one column, beside it the apparatus that says who wants what.

Markup is put together here and not in a template, since a text has hundreds of brackets: every word that comes from
people is escaped on its way in. Styles: `text.css`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from corfu.acts import telling
from corfu.formats.brackets import Bracket, Gap, Piece, Wanted, pieces, split_label
from corfu.negotiation.texts import told_acts
from corfu.negotiation.texts.state import State
from corfu.wording.model import SOFT_BREAK, SPLIT, Kind
from corfu.wording.rolling import RollingParagraph

READING: Final = "reading"
BRACKETS: Final = "brackets"
_CARET: Final = '<span class="caret" aria-hidden="true">‸</span>'


@dataclass(frozen=True)
class View:
    """How a text is shown. `how`: reading, brackets, or the code of the delegation whose text it is. `only_open`: leave
    out what is agreed. `by`: leave out what this delegation asks nothing of. `behind`: by paragraph, how far the
    translation into the page's language lags; `edits`: whether the reader may ask for changes."""

    how: str = READING
    only_open: bool = False
    by: str = ""
    behind: tuple[tuple[str, int], ...] = ()
    edits: bool = False


class Edition:
    """A state as HTML, in the page's language."""

    def __init__(self, state: State, view: View) -> None:
        """Nothing is computed yet."""
        self.state, self.view = state, view
        self._codes: dict[tuple[str, ...], str] = {}
        other = state.text.lang != telling.language()
        self._lang = f' lang="{state.text.lang}"' if other else ""
        self._own_lang = f' lang="{telling.language()}"' if other else ""
        self._base = reverse("texts:text", args=[state.text.slug])
        self._behind = dict(view.behind)
        self._suggested = {state.spots[one.spot].key: one for one in state.suggestions if one.spot in state.spots}

    def html(self) -> SafeString:
        """All paragraphs that the view shows."""
        return mark_safe("".join(part for p in self.shown() for part in self._paragraph(p)))  # noqa: S308 - escaped here

    def shown(self) -> list[RollingParagraph]:
        """The paragraphs that the view shows. The title stands at the head of the page, unless it is open."""
        return [p for p in self.state.rolling.paragraphs if self._is_shown(p)]

    def _is_shown(self, p: RollingParagraph) -> bool:
        if p.paragraph.kind is Kind.TITLE and not p.open:
            return False
        if self.view.how not in {READING, BRACKETS} and p.inserted and self.view.how not in p.inserted.by:
            return False
        if self.view.by and self.view.by not in _who(p):
            return False
        return p.open or not self.view.only_open

    def _paragraph(self, p: RollingParagraph) -> Iterator[str]:
        label, parts = split_label(p)
        found = pieces(parts, self._order)
        classes = ["para"]
        classes += ["sub"] if p.paragraph.kind is Kind.ITEM or p.paragraph.level else []
        classes += ["head"] if p.paragraph.kind in {Kind.HEADING, Kind.TITLE} else []
        classes += ["added"] if p.inserted else []
        classes += ["dropped"] if self._drops(p) else []
        anchor = f"{'n' if p.inserted else 'p'}-{p.paragraph.id}"
        yield f'<div class="{" ".join(classes)}" id="{escape(anchor)}"><p class="words"{self._lang}>'
        yield self._number(p, label or p.label)
        yield f'<span class="t">{"".join(map(self._piece, found))}</span></p>'
        yield f'<div class="who">{"".join(self._apparatus(p, found))}</div></div>\n'

    def _drops(self, p: RollingParagraph) -> bool:
        if self.view.how in {READING, BRACKETS}:
            return bool(p.delete or p.move)
        return self.view.how in (*p.delete.by, *p.move.by)

    def _number(self, p: RollingParagraph, label: str) -> str:
        url = f"{self._base}paragraphs/{escape(p.paragraph.id)}/"
        title = escape(gettext("This paragraph and its history"))
        return f'<a class="no" href="{url}" title="{title}">{escape(label.strip()) or "¶"}</a>'

    # The words

    def _piece(self, piece: Piece) -> str:
        if isinstance(piece, Bracket):
            return escape(piece.head) + self._bracket(piece) + escape(piece.foot)
        if isinstance(piece, Gap):
            return " " if self.view.how == BRACKETS else ""
        return _words(piece.text)

    def _bracket(self, piece: Bracket) -> str:
        if not piece.wanted:
            return _words(piece.base)
        if self.view.how == READING:
            return self._reading(piece)
        if self.view.how == BRACKETS:
            return self._inline(piece)
        return self._own(piece)

    def _reading(self, piece: Bracket) -> str:
        n = piece.span.number
        hidden = gettext("contested:")
        contested = f'<span class="unseen"{self._own_lang}>{escape(hidden)} </span>'
        words = _words(piece.base) if piece.base else _CARET
        return f'<span class="span" id="s{n}">{contested}{words}<sup><a href="#w{n}">{n}</a></sup></span>'

    def _inline(self, piece: Bracket) -> str:
        parts = [_boxed(_words(piece.base))] if piece.base else []
        parts += [_boxed(f"{self.codes(one.by)}: {self._wanted(one)}") for one in piece.wanted]
        return f'<span id="s{piece.span.number}">{" ".join(parts)}</span>'

    def _own(self, piece: Bracket) -> str:
        mine = next((one for one in piece.wanted if self.view.how in one.by), None)
        if mine is None:
            return _words(piece.base)
        gone = f"<del>{_words(piece.base)}</del>" if piece.base else ""
        space = " " if gone and mine.text else ""
        return gone + space + (f"<ins>{_words(mine.text)}</ins>" if mine.text else "")

    def _wanted(self, one: Wanted) -> str:
        gone = gettext("delete")
        return _words(one.text) if one.text else f'<span class="gone">{escape(gone)}</span>'

    # The apparatus

    def _apparatus(self, p: RollingParagraph, found: Sequence[Piece]) -> Iterator[str]:
        yield from self._notes(p)
        brackets = [piece for piece in found if isinstance(piece, Bracket) and piece.wanted]
        if brackets and self.view.how == READING:
            lines = "".join(line for piece in brackets for line in self._variants(p, piece))
            yield f'<ul class="variants"{self._lang}>{lines}</ul>'
        if late := self._behind.get(p.paragraph.id, 0):
            yield f'<p class="behind-here">{escape(_late(late))}</p>'
        if self.view.edits and not p.inserted:
            url = f"{self._base}paragraphs/{escape(p.paragraph.id)}/edit/"
            name = told_acts.named(self.state, p.paragraph.id)
            hidden = f'<span class="unseen"> {escape(name)}</span>'
            said = gettext("Edit")
            yield f'<p class="edit"><a href="{url}">{escape(said)}{hidden}</a></p>'

    def _variants(self, p: RollingParagraph, piece: Bracket) -> Iterator[str]:
        n = piece.span.number
        ref = f'<a class="ref" id="w{n}" href="#s{n}">{n}</a>'
        for one in piece.wanted:
            yield f'<li>{ref}<span><span class="wording">{self._wanted(one)}</span> {self.codes(one.by)}</span></li>'
            ref = "<span></span>"
        suggested = self._suggested.get(f"{p.paragraph.id}:span:{n}")
        if suggested:
            said = gettext("Chair suggests")
            name = f'<span class="tag">{escape(said)}</span>'
            words = f'<span class="wording">{_words(suggested.wording)}</span>'
            yield f'<li class="suggested">{ref}<span>{words} {name}</span></li>'

    def _notes(self, p: RollingParagraph) -> Iterator[str]:
        if p.inserted:
            yield self._note("tag-done", self._origin(p), p.inserted.by)
        if p.delete:
            yield self._note("tag-gone", gettext("Delete the paragraph"), p.delete.by)
        if p.move:
            yield self._note("tag-open", gettext("Move it elsewhere"), p.move.by)
        for reserved in p.reserved:
            said = told_acts.reservation(reserved)
            yield self._note("tag-open", told_acts.capital(said), reserved.support.by)

    def _origin(self, p: RollingParagraph) -> str:
        if p.moved_from is None:
            return gettext("New paragraph")
        return gettext("Moved here: %(what)s") % {"what": told_acts.named(self.state, p.moved_from)}

    def _note(self, tag: str, said: str, by: tuple[str, ...]) -> str:
        return f'<p class="about"><span class="tag {tag}">{escape(said)}</span> {self.codes(by)}</p>'

    # Who

    def codes(self, by: tuple[str, ...]) -> str:
        """Codes with the names behind them, in the order of the page's language."""
        if by not in self._codes:
            named = ((code, telling.participant(code).name) for code in self._order(by))
            chips = (f'<abbr class="code" title="{escape(name)}">{escape(code)}</abbr>' for code, name in named)
            self._codes[by] = " ".join(chips)
        return self._codes[by]

    def _order(self, codes: Iterable[str]) -> list[str]:
        return told_acts.in_order(self.state.text, codes)


def _late(count: int) -> str:
    said = ngettext(
        "The translation is %(count)d version behind here", "The translation is %(count)d versions behind here", count
    )
    return said % {"count": count}


def _who(p: RollingParagraph) -> set[str]:
    """Everyone who asks something of a paragraph."""
    found = {code for span in p.spans for variant in span.variants for code in variant.by}
    for support in (p.delete, p.move, p.inserted, *(one.support for one in p.reserved)):
        found |= set(support.by)
    return found


def _boxed(html: str) -> str:
    return f'<span class="mark-open">[</span>{html}<span class="mark-open">]</span>'


def _words(text: str) -> str:
    shown = escape(text).replace(SPLIT, ' <span class="pil">¶</span> ')
    return str(shown).replace(SOFT_BREAK, "<br>")


def asking(state: State) -> list[str]:
    """Everyone who asks something of the text, in the order of the page's language."""
    codes = {code for p in state.rolling.paragraphs for code in _who(p)}
    return told_acts.in_order(state.text, codes)
