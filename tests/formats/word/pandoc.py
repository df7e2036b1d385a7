"""Pandoc as an independent reader: the paragraphs of a Word file, all changes accepted or all rejected."""

import json
import re
from pathlib import Path
from typing import Any

import pypandoc  # type: ignore[import-untyped]


def view(file: Path, verdict: str) -> list[str]:
    """The text of each paragraph that has any, white space folded. verdict: 'accept' or 'reject'."""
    made = pypandoc.convert_file(str(file), "json", extra_args=[f"--track-changes={verdict}"])
    found: list[str] = []
    _blocks(json.loads(made)["blocks"], found)
    return [text for text in found if text]


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _blocks(node: Any, found: list[str]) -> None:
    if isinstance(node, dict) and node.get("t") in ("Para", "Plain", "Header"):
        inlines = node["c"][2] if node["t"] == "Header" else node["c"]
        found.append(folded("".join(_inline(inline) for inline in inlines)))
    elif isinstance(node, dict):
        _blocks(node.get("c"), found)
    elif isinstance(node, list):
        for child in node:
            _blocks(child, found)


def _inline(node: Any) -> str:
    kind, inside = node["t"], node.get("c")
    if kind == "Str":
        return str(inside)
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind in ("Math", "Note", "Image", "Code", "RawInline"):
        return ""
    children = inside[1] if kind in ("Span", "Link", "Quoted", "Cite") else inside
    return "".join(_inline(child) for child in children)
