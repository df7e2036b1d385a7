"""What the reader of Word files says, in the page's language: it speaks English, and gives the facts beside."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from corfu.formats.errors import BadInput, Said
from corfu.formats.word.findings import Finding

_FORMATTING: Final = _("changes of formatting")
_TABLES: Final = _("changes of a table’s form")
_CONTROLS: Final = _("content controls inserted, deleted or moved")
_PICTURES: Final = _("pictures or objects")
CALLED: Final = {
    "ins": _("tracked insertions"),
    "del": _("tracked deletions"),
    "moveFrom": _("texts moved away"),
    "moveTo": _("texts moved here"),
    **dict.fromkeys(("rPrChange", "pPrChange", "sectPrChange"), _FORMATTING),
    **dict.fromkeys(
        ("tblPrChange", "tblPrExChange", "tblGridChange", "tcPrChange", "trPrChange", "cellMerge"), _TABLES
    ),
    **dict.fromkeys((f"customXml{kind}RangeStart" for kind in ("Ins", "Del", "MoveFrom", "MoveTo")), _CONTROLS),
    **dict.fromkeys(("drawing", "object", "pict"), _PICTURES),
    "numberingChange": _("changes of numbering"),
    "altChunk": _("imported documents, whose text is not read"),
    "subDoc": _("linked documents, whose text is not read"),
    "field": _("a field that never ends; its text is taken as it stands"),
    "text": _("text outside of any paragraph; it is left out"),
}
"""What an element is called, by its name; the names are those of `corfu.formats.word.findings.CALLED`."""
_INSIDE: Final = {
    " inside an insertion": _("inside an insertion"),
    " inside a deletion": _("inside a deletion"),
    " of a formula's structure": _("in a formula"),
}
_PLACES: Final = {
    "a footnote that nothing refers to": _("in a footnote that nothing refers to"),
    "an endnote that nothing refers to": _("in an endnote that nothing refers to"),
    "a header": _("in a header"),
    "a footer": _("in a footer"),
    "the last section": _("in the last section"),
}


def sentence(said: str | BadInput) -> str:
    """A sentence of the reader, or why it could not read."""
    words = getattr(said, "said", said)
    if isinstance(words, Finding):
        return _finding(words)
    return gettext(words.pattern) % words.facts if isinstance(words, Said) else str(words)


def _finding(one: Finding) -> str:
    count = len(one.paragraphs)
    what = str(CALLED.get(one.tag, _("changes of another kind")))
    several = gettext("%(what)s: %(count)d") % {"what": what, "count": count}
    said = [several if count > 1 else what, f"w:{one.tag}"]
    said += [str(_INSIDE[one.inside])] if one.inside in _INSIDE else []
    if one.author is not None:
        said.append(gettext("by %(author)s") % {"author": one.author or gettext("somebody without a name")})
    said.append(str(_PLACES[one.place]) if one.place in _PLACES else _paragraphs(sorted(set(one.paragraphs))))
    return " · ".join(said)


def _paragraphs(found: Sequence[int]) -> str:
    """Which paragraphs of the file, counted from its first."""
    listed = ", ".join(str(one + 1) for one in found[:4]) + (", …" if len(found) > 4 else "")
    said = ngettext("in paragraph %(numbers)s of the file", "in paragraphs %(numbers)s of the file", len(found))
    return said % {"numbers": listed}
