"""A paragraph through all versions: its words wherever they changed, by whose proposal and by which act.

It is followed by its permanent id, so renumbering is no matter.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext

from corfu.acts import telling
from corfu.negotiation.texts import queries, told_acts
from corfu.negotiation.texts.models import Revision, Text, Translation
from corfu.negotiation.texts.state import State
from corfu.negotiation.texts.told_acts import Row
from corfu.wording.labels import addresses, typed_label
from corfu.wording.model import Kind
from corfu.wording.points import PointKind

_OF_THE_WHOLE: Final = {PointKind.DELETE, PointKind.MOVE}


def history(state: State, paragraph: str) -> list[Row]:
    """The versions in which a paragraph came, changed, moved or went, the latest first."""
    since = state.revision.since.get(paragraph, [])
    rows: list[Row] = []
    before = ""
    for one, paragraphs in queries.history(state.text, since):
        if one.number in since or _went(one, paragraph):
            called, words = _at(paragraphs, paragraph)
            words = words or (before if _moved(one, paragraph) else "")
            rows.append(_moment(state.text, one, paragraph, called, before, words))
            before = words
    return rows[::-1]


def _moved(revision: Revision, paragraph: str) -> bool:
    return any(one["paragraph"] == paragraph and one["kind"] == PointKind.MOVE for one in revision.changes)


def _went(revision: Revision, paragraph: str) -> bool:
    """Whether a version moved a paragraph or left it out."""
    return any(one["paragraph"] == paragraph and one["kind"] in _OF_THE_WHOLE for one in revision.changes)


def _at(paragraphs: Sequence[Row], id_: str) -> tuple[str, str]:
    """What a paragraph was called in a version, and its words there; nothing where the version has it not."""
    names = addresses((typed_label(one["text"])[0] or one["label"], Kind(one["kind"])) for one in paragraphs)
    found = ((name, one["text"]) for one, name in zip(paragraphs, names, strict=True) if one["id"] == id_)
    return next(found, ("", ""))


def _moment(text: Text, revision: Revision, paragraph: str, called: str, before: str, words: str) -> Row:
    changes = [one for one in revision.changes if one["paragraph"] == _root(revision, paragraph)]
    return {
        "number": revision.number,
        "when": telling.instant(revision.at.timestamp()),
        "called": called,
        "marks": told_acts.marks(before or words, words),
        "what": _what(revision, paragraph, before, words, changes),
        "changes": [change(text, one) for one in changes],
        "version_url": telling.address(f"texts/{text.slug}/versions/{revision.number}/"),
        **telling.act_of(revision.place),
    }


def _root(revision: Revision, paragraph: str) -> str:
    """The paragraph that was broken up where this one came of it, else itself."""
    return next((old for old, heirs in revision.heirs.items() if paragraph in heirs), paragraph)


def _what(revision: Revision, paragraph: str, before: str, words: str, changes: Sequence[Row]) -> str:
    if not words:
        return gettext("It was deleted.")
    if any(one["kind"] == PointKind.MOVE for one in changes):
        return gettext("It was moved.")
    if before:
        return gettext("Its words were changed.")
    if _root(revision, paragraph) != paragraph:
        return gettext("It was broken off the paragraph before it.")
    return gettext("It came in as a new paragraph.") if changes else gettext("The text was opened with it.")


def change(text: Text, one: Row) -> Row:
    """A difference between two versions: what became what, from whom, by which act. `one` as in `Revision.changes`."""
    return {
        "kind": one["kind"],
        "old": told_acts.shown(one["old"]),
        "new": told_acts.shown(one["new"]),
        "chair": one["chair"],
        "parties": told_acts.parties(text, one["by"]),
        "amendments": [reverse("texts:amendment", args=[text.slug, id_]) for id_ in one["source"]],
        **telling.act_of(int(one["authority"])),
    }


def languages(state: State, found: Iterable[Translation]) -> list[Row]:
    """A paragraph in its other languages, each with its standing and how far it is behind."""
    return [
        {
            "lang": one.lang,
            "words": one.words,
            "standing": standing(one.standing),
            "follows": one.follows,
            "behind": queries.behind(state.revision, one),
            "url": telling.address(f"texts/{state.text.slug}/languages/{one.lang}/"),
            **telling.act_of(one.place),
        }
        for one in found
    ]


def standing(name: str) -> Any:
    """The standing of a translation in words."""
    names = {
        "authentic": gettext("authentic"),
        "official": gettext("official translation"),
        "courtesy": gettext("courtesy translation"),
    }
    return names.get(name, name)
