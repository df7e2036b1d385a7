"""The documents of a text's acts: what an act that was applied says in them, and how they are written."""

import json
from collections.abc import Mapping
from typing import Any

from corfu.acts.registry import Applied, Document
from corfu.negotiation.texts.models import Text


def said_by(applied: Applied) -> Mapping[str, Any]:
    """What the document of an act says; nothing where it was erased."""
    content = next(iter(applied.documents.values()), b"")
    return json.loads(content) if content else {}


def document(text: Text, kind: str, value: Mapping[str, Any], lang: str = "") -> Document:
    """A document about a text, for its readers."""
    return written(kind, text.layer, lang or text.lang, value)


def written(kind: str, layer: str, lang: str, value: Mapping[str, Any]) -> Document:
    """A document as it is committed to: JSON in UTF-8, its members sorted."""
    content = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Document(kind, layer, lang, content.encode())
