"""No silent change: every version of a text held against the acts in the record, apart from the code that writes.

Reads the acts and documents themselves, not the rows that their effects made, and replays differences by
`corfu.wording.audit`, which is written apart from `corfu.wording.advance`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from corfu.acts import writer
from corfu.acts.chain import documents_of
from corfu.negotiation.texts.models import Revision, Text
from corfu.record import act as acts
from corfu.record.act import Act
from corfu.wording import plain
from corfu.wording.advance import Change
from corfu.wording.audit import without_authority
from corfu.wording.model import Version


def changes_without_authority(texts: Iterable[Text]) -> list[str]:
    """What stands in versions of these texts and no act accounts for: one sentence each, none if all is well."""
    recorded = _recorded()
    return [f"{text.symbol}: {fault}" for text in texts for fault in _faults(text, recorded)]


def _recorded() -> dict[int, tuple[Act, list[Mapping[str, Any]]]]:
    """Every act about a text, by its place, with what its documents say."""
    store = writer.store()
    known = {row.commitment: row.document for row in store.documents() if row.document is not None}
    found: dict[int, tuple[Act, list[Mapping[str, Any]]]] = {}
    for entry in store.entries(0):
        parsed = acts.parse(entry.note)
        if isinstance(parsed, Act) and parsed.kind in {"text.open", "version.issue", "amendment.file"}:
            names = [one["commitment"] for one in documents_of(parsed)]
            found[entry.place] = parsed, [json.loads(known[name]) for name in names if name in known]
    return found


def _faults(text: Text, recorded: Mapping[int, tuple[Act, list[Mapping[str, Any]]]]) -> Iterator[str]:
    revisions = list(text.revisions.all())
    first = recorded.get(revisions[0].place)
    if first is None or first[0].kind != "text.open" or first[1][0]["paragraphs"] != revisions[0].paragraphs:
        yield f"Rev.{revisions[0].number} is not what the act that opened the text says"
    filed = {str(act.members["id"]): act for act, _ in recorded.values() if act.kind == "amendment.file"}
    for old, new in pairwise(revisions):
        changes = [plain.change_from(one) for one in new.changes]
        for fault in without_authority(_version(old), _version(new), changes):
            yield f"Rev.{new.number}: {fault}"
        for change in changes:
            yield from (f"Rev.{new.number}: {fault}" for fault in _unfounded(change, text, new, recorded, filed))


def _version(revision: Revision) -> Version:
    return Version(revision.number, plain.paragraphs_from(revision.paragraphs))


def _unfounded(
    change: Change,
    text: Text,
    new: Revision,
    recorded: Mapping[int, tuple[Act, list[Mapping[str, Any]]]],
    filed: Mapping[str, Act],
) -> Iterator[str]:
    """Whether the act that a change names issued this very version, and its sources are amendments of this text."""
    where = f"the change to {change.paragraph!r}"
    act, said = recorded.get(int(change.authority), (None, []))
    if (
        act is None
        or act.kind != "version.issue"
        or act.payload["text"] != text.slug
        or int(change.authority) != new.place
    ):
        yield f"{where} names act {change.authority}, which issued another version or none"
    elif change.chair and change.new.strip() not in {one["text"].strip() for one in said[0]["choices"].values()}:
        yield f"{where} is said to be the chair’s wording, and the chair did not write it"
    for id_ in change.source:
        if id_ not in filed or filed[id_].payload["text"] != text.slug:
            yield f"{where} names the amendment {id_}, which nobody filed on this text"
