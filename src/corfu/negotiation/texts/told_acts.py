"""What amendments ask, as templates take it: plain strings, the words before and after, who is behind it, in order.

An act is told on the version whose words it speaks of: {kind, name, url, before, old, new, after, place}.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, Protocol

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext

from corfu.acts import telling
from corfu.formats.brackets import plain as one_line
from corfu.negotiation.texts.models import Text
from corfu.wording.diff import edits, regions
from corfu.wording.model import SOFT_BREAK, SPLIT, Act, Delete, Edit, Insert, Kind, Move, Paragraph, Reserve
from corfu.wording.tokens import tokenize

Row = dict[str, Any]
_BESIDE: Final = 8
"""How many tokens are shown before and after what changes."""


class Base(Protocol):
    """A version's paragraphs: a `State`, or one gathered without amendments."""

    @property
    def text(self) -> Text: ...
    @property
    def base(self) -> Mapping[str, Paragraph]: ...
    @property
    def names(self) -> Mapping[str, str]: ...


@lru_cache(maxsize=64)
def _ranks(_profiles: tuple[str, ...], organisation: str, language: str) -> Mapping[str, int]:
    return {one.code: n for n, one in enumerate(telling.profile(organisation).in_order(language))}


def in_order(text: Text, codes: Iterable[str]) -> list[str]:
    """Participants in the alphabetical order of the page's language, each once: never first come first."""
    ranks = _ranks(tuple(settings.CORFU_PROFILES), text.organisation, telling.language())
    return sorted(set(codes), key=lambda code: (ranks.get(code, len(ranks)), code))


def parties(text: Text, codes: Iterable[str]) -> list[Row]:
    """The same as {code, name} for the template parts/parties.html."""
    return [{"code": code, "name": telling.participant(code).name} for code in in_order(text, codes)]


def names(text: Text, codes: Iterable[str]) -> str:
    """The same in one line."""
    return ", ".join(one["name"] for one in parties(text, codes))


def capital(said: str) -> str:
    """A sentence or a name at the beginning of a line."""
    return said[:1].upper() + said[1:]


def named(base: Base, id_: str) -> str:
    """What a paragraph is called in a sentence: "paragraph 7(b)", or by its first words."""
    if name := base.names.get(id_):
        return gettext("paragraph %(name)s") % {"name": name}
    found = base.base.get(id_)
    return by_words(found.kind, found.text) if found else gettext("a paragraph that is gone")


def by_words(kind: Kind, words: str) -> str:
    """A paragraph without a number by its first words."""
    if kind is Kind.TITLE:
        return gettext("the title")
    return gettext("the paragraph “%(words)s”") % {"words": Truncator(one_line(words)).words(4, truncate=" …")}


def after(base: Base, id_: str | None) -> str:
    """A place: "after paragraph 3"."""
    if id_ is None:
        return gettext("at the beginning")
    return gettext("after %(paragraph)s") % {"paragraph": named(base, id_)}


def address(text: Text, paragraph: str) -> str:
    """The permanent address of a paragraph."""
    return reverse("texts:paragraph", args=[text.slug, paragraph])


def shown(words: str) -> str:
    """Words with the breaks that they bring made visible."""
    return words.replace(SPLIT, " ¶ ").replace(SOFT_BREAK, "\n")


def act(one: Act, base: Base) -> Row:
    """One act of an amendment, told on the version that it speaks of."""
    told = _TOLD[type(one)](one, base)
    paragraph = one.paragraph.id if isinstance(one, Insert) else one.paragraph
    whole = {"before": "", "old": "", "new": "", "after": "", "place": "", **told}
    return whole | {
        "kind": type(one).__name__.lower(),
        "name": capital(told["name"]),
        "url": address(base.text, paragraph),
    }


def acts(several: Iterable[Act], base: Base) -> list[Row]:
    """All acts of an amendment."""
    return [act(one, base) for one in several]


def _edit(one: Edit, base: Base) -> Row:
    found = base.base.get(one.paragraph)
    tokens = tokenize(found.text) if found else []
    return {
        "name": named(base, one.paragraph),
        "before": _cut(tokens[: one.start], head=False),
        "old": "".join(tokens[one.start : one.end]),
        "new": shown(one.text),
        "after": _cut(tokens[one.end :], head=True),
    }


def _cut(tokens: Sequence[str], *, head: bool) -> str:
    if len(tokens) <= _BESIDE + 2:
        return "".join(tokens)
    return f"{''.join(tokens[:_BESIDE])}…" if head else f"…{''.join(tokens[-_BESIDE:])}"


def _insert(one: Insert, base: Base) -> Row:
    where = {"place": after(base, one.after)}
    return {"name": gettext("a new paragraph %(place)s") % where, "new": shown(one.paragraph.text), **where}


def _delete(one: Delete, base: Base) -> Row:
    found = base.base.get(one.paragraph)
    return {"name": named(base, one.paragraph), "old": found.text if found else ""}


def _move(one: Move, base: Base) -> Row:
    return {"name": named(base, one.paragraph), "place": after(base, one.after)}


def _reserve(one: Reserve, base: Base) -> Row:
    return {"name": named(base, one.paragraph), "place": reservation(one)}


_TOLD: Final[Mapping[type, Any]] = {
    Edit: _edit, Insert: _insert, Delete: _delete, Move: _move, Reserve: _reserve,
}  # fmt: skip


def reservation(one: Reserve | Any) -> str:
    """A reservation in words; whatever has its `kind` and `on`."""
    if one.kind == "linked":
        return gettext("reserved until this is settled: %(what)s") % {"what": one.on}
    if one.kind == "scrutiny":
        return pgettext("a reservation", "reserved, to study it")
    return pgettext("a reservation", "reserved in general")


def marks(old: str, new: str) -> list[Row]:
    """New words with what differs from the old ones marked: pieces {text, mark}, mark "", "ins" or "del"."""
    before, now = tokenize(old), tokenize(new)
    found: list[Row] = []
    at = 0
    for one in edits("", old, new):
        found += [_piece(before[at : one.start], ""), _piece(before[one.start : one.end], "del")]
        found.append(_piece([one.text], "ins"))
        at = one.end
    found.append(_piece(before[at:], ""))
    kept = [piece for piece in found if piece["text"]]
    little = 2 * sum(len(before[r.start : r.end]) for r in regions(before, now)) > len(before) + len(now)
    return [_piece([old], "del"), _piece([new], "ins")] if little and old and new else kept


def _piece(tokens: Sequence[str], mark: str) -> Row:
    return {"text": shown("".join(tokens)), "mark": mark}
