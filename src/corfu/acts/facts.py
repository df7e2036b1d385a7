"""From an act to the columns that every row of a topic has."""

from typing import Any

from corfu.acts.fields import span
from corfu.acts.models import Fact
from corfu.acts.registry import Applied


def fact_of(applied: Applied) -> dict[str, Any]:
    """The columns that every row of a topic has (`corfu.acts.models.Fact`), from an act."""
    payload = applied.payload
    dated = payload.get("dated") or applied.at[:10]
    first, last = span(dated)
    fact = payload.get("fact") or {}
    return {
        "place": applied.index,
        "words": payload.get("words") or {},
        "dated": dated,
        "first": first,
        "last": last,
        "source": fact.get("source", ""),
        "standing": fact.get("standing", ""),
        "layer": payload.get("layer") or "public",
    }


def add_words(row: Fact, applied: Applied) -> None:
    """Add what an act says to the words of a row that an earlier act made; the caller saves it."""
    for lang, texts in applied.payload["words"].items():
        row.words.setdefault(lang, {}).update(texts)
