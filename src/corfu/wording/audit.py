"""No silent change: hold any two versions against the changes that are said to lie between them.

Written apart from `advance`, and on purpose without its help: it replays the changes itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from corfu.wording.advance import Change
from corfu.wording.model import SPLIT, Paragraph, Version
from corfu.wording.points import PointKind
from corfu.wording.tokens import tokenize


def without_authority(old: Version, new: Version, changes: Iterable[Change]) -> list[str]:
    """Every difference between two versions that no change accounts for, one sentence each; empty: all is accounted
    for. A change that has no authority or no source, or that does not fit the old words, is one too."""
    changes = list(changes)
    faults = [fault for change in changes for fault in _faults(change, old)]
    replayed = _replayed(old.paragraphs, changes)
    return faults + list(_differences(replayed, [(p.id, p.text) for p in new.paragraphs]))


def _faults(change: Change, old: Version) -> Iterator[str]:
    where = f"the change to {change.paragraph!r}"
    if not change.authority.strip():
        yield f"{where} names no authority"
    if not change.source and not change.chair:
        yield f"{where} names no source"
    standing = next((p.text for p in old.paragraphs if p.id == change.paragraph), None)
    if change.kind is PointKind.INSERT:
        if standing is not None:
            yield f"{where} inserts a paragraph that was there"
    elif standing is None or "".join(tokenize(standing)[change.start : change.end]) != change.old:
        yield f"{where} replaces words that did not stand there: {change.old!r}"


def _replayed(paragraphs: Sequence[Paragraph], changes: list[Change]) -> list[tuple[str, str]]:
    """(id, text) of the paragraphs that the changes make of the old ones; a split one still in one piece."""
    spans = [c for c in changes if c.kind is PointKind.SPAN]
    gone = {c.paragraph for c in changes if c.kind in (PointKind.DELETE, PointKind.MOVE)}
    texts: dict[str, str] = {}
    for p in paragraphs:
        tokens: list[str | None] = [*tokenize(p.text)]
        added: dict[int, str] = {}
        for c in (c for c in spans if c.paragraph == p.id):
            tokens[c.start : c.end] = [None] * (c.end - c.start)
            added[c.start] = added.get(c.start, "") + c.new
        texts[p.id] = "".join(added.get(n, "") + (t or "") for n, t in enumerate([*tokens, ""]))
    result: list[tuple[str, str]] = []
    for after in (None, *(p.id for p in paragraphs)):
        if after is not None and after not in gone:
            result.append((after, texts[after]))
        for c in changes:
            if c.kind in (PointKind.INSERT, PointKind.MOVE) and c.after == after:
                result.append((c.paragraph, c.new if c.kind is PointKind.INSERT else texts[c.paragraph]))
    return result


def _differences(expected: list[tuple[str, str]], found: list[tuple[str, str]]) -> Iterator[str]:
    # The pieces of a broken paragraph are new paragraphs with new ids: only the first keeps the old one.
    lines = [(id if n == 0 else None, line) for id, text in expected for n, line in enumerate(text.split(SPLIT))]
    matcher = SequenceMatcher(None, [text for _, text in lines], [text for _, text in found], autojunk=False)
    for how, i, j, k, m in matcher.get_opcodes():
        if how != "equal":
            due, stands = (" / ".join(text for _, text in part) for part in (lines[i:j], found[k:m]))
            yield f"{due!r} should stand where {stands!r} stands, and no change says so"
            continue
        for (due_id, text), (id, _) in zip(lines[i:j], found[k:m], strict=True):
            if due_id not in (None, id):
                yield f"{text!r} stands under the id {id!r} and not, as before, under {due_id!r}"
