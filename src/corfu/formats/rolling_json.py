"""The rolling text as JSON, version 1 (docs/cli.md describes it; later versions only add)."""

from collections.abc import Iterable
from typing import Any

from corfu.formats.compilation import Compilation, Returned
from corfu.wording.rolling import Part, RollingParagraph, Variant, counts

Json = dict[str, Any]
Codes = dict[str, tuple[str, ...]]
"""Whose an amendment is, by its id."""


def rolling_json(c: Compilation) -> Json:
    """The compilation as JSON values. The parts of a paragraph with each span's base variant are the base's text,
    with a delegation's variants its own, byte for byte."""
    by = {f.amendment.id: f.amendment.by for f in c.files if f.amendment}
    found = counts(c.rolling)
    return {
        "corfu": 1,
        "title": c.title,
        "base": c.base,
        "version_sha256": c.version.sha256(),
        "files": [_file(file) for file in c.files],
        "paragraphs": [_paragraph(p, by) for p in c.rolling.paragraphs],
        "counts": {
            "paragraphs": found.paragraphs,
            "paragraphs_open": found.open,
            "spans": found.spans,
            "variants": found.variants,
            "words": found.words,
            "words_contested": found.words_contested,
        },
    }


def _file(file: Returned) -> Json:
    return {
        "by": file.by,
        "file": file.file,
        "amendments": file.asks,
        "untracked": len(file.untracked),
        "untracked_changes": [
            {"paragraph": u.paragraph, "label": u.label, "old": u.old, "new": u.new} for u in file.untracked
        ],
        "not_understood": list(file.not_understood),
        "comments": list(file.comments),
    }


def _paragraph(p: RollingParagraph, by: Codes) -> Json:
    row: Json = {"label": p.label, "kind": p.paragraph.kind.value}
    if p.inserted:
        row |= {"id": _new_id(p), "inserted_by": list(p.inserted.by)}
        if p.moved_from is not None:
            row["moved_from"] = p.moved_from
        row |= _as_written(p.as_written, by)
    else:
        row |= {
            "id": p.paragraph.id,
            "delete_by": sorted({*p.delete.by, *p.move.by}),
            "reserve_by": sorted({code for r in p.reserved for code in r.support.by}),
        }
        if p.move:
            row["moved_by"] = list(p.move.by)
    row["parts"] = [_part(part, by) for part in p.parts]
    return row


def _new_id(p: RollingParagraph) -> str:
    """A moved paragraph stands twice in the rolling text: at its new place the id says for whom."""
    return p.paragraph.id if p.moved_from is None else f"{p.paragraph.id}@{p.inserted.amendments[0]}"


def _part(part: Part, by: Codes) -> str | Json:
    if isinstance(part, str):
        return part
    return {"span": part.number, "variants": [_variant(v, by) for v in part.variants]}


def _variant(v: Variant, by: Codes) -> Json:
    row: Json = {"text": v.text}
    if v.base:
        row["base"] = True
    return row | {"by": list(v.by)} | _as_written(v.as_written, by)


def _as_written(found: Iterable[tuple[str, str]], by: Codes) -> Json:
    """Who wrote the same words with other quotes or spaces, and how."""
    written = {code: text for amendment, text in found for code in by.get(amendment, ())}
    return {"as_written": written} if written else {}
