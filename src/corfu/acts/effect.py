"""What an act changes: its kind's rows, and its line in the list of acts. Live and in a rebuild: the same."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from corfu.acts import registry
from corfu.acts.models import Entry
from corfu.acts.registry import Applied
from corfu.record.act import Act


def apply(act: Act, place: int, documents: Mapping[str, bytes]) -> None:
    """Apply an act that is in the record at `place`. One of a kind that nobody knows changes nothing but the list."""
    payload: dict[str, Any] = act.payload
    kind = registry.kind_of(act.kind)
    members = act.members
    if kind is not None:
        kind.apply(Applied(place, act.kind, str(members["at"]), act.author, str(members["id"]), payload, documents))
    Entry.objects.create(
        place=place,
        kind=act.kind,
        author=act.author,
        at=datetime.fromisoformat(str(members["at"])),
        about=kind.about(payload) if kind else "",
        words=_words(payload),
        dated=payload.get("dated", "") if isinstance(payload.get("dated", ""), str) else "",
    )


def _words(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The titles by language, for the list of acts; the rest stays with the act."""
    words = payload.get("words")
    if not isinstance(words, dict):
        return {}
    return {lang: {"title": one["title"]} for lang, one in words.items() if isinstance(one, dict) and "title" in one}
