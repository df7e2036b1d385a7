"""Finding what changed in a paragraph, and nothing else, beside two well-known libraries."""

import time
from collections.abc import Callable, Iterator, Sequence
from html import escape
from importlib import import_module
from statistics import median
from typing import Any

from benchmarks.generate import negotiation
from benchmarks.rows import Row, Setting, faster, seconds, skipped
from corfu.wording.diff import edits
from corfu.wording.tokens import fold

Pair = tuple[str, str]
Differ = Callable[[str, str], int]
"""Compares two texts; gives the number of changes it says there are."""


def diffing(setting: Setting) -> Iterator[Row]:
    """Every paragraph that a delegation changed, before and after: time, and into how many pieces each tool breaks
    what 2,000 amendments changed. Fewer pieces are easier to read; one amendment is one or two."""
    asked = negotiation(1, delegations=200, amendments=2_000)
    pairs = [(p.text, text) for p, text in asked.sent()]
    ours, pieces = _measured(_edits, pairs, setting.times)
    what = f"find the changes in {len(pairs):,} changed paragraphs"
    yield Row(what, f"{seconds(ours)}, {pieces:,} changes")
    for name, module, differ in (
        ("diff-match-patch", "diff_match_patch", _match_patch),
        ("lxml.html.diff", "lxml.html.diff", _html),
    ):
        try:
            run = differ(import_module(module))
        except ImportError as error:
            yield skipped(f"{what}, beside {name}", f"{name} cannot be imported: {error}")
            continue
        few = pairs if name != "lxml.html.diff" or setting.times > 1 else pairs[:: len(pairs) // 100]
        took, found = _measured(run, few, min(setting.times, 3))
        took, found = took * len(pairs) / len(few), round(found * len(pairs) / len(few))
        yield Row(
            "the same",
            f"{seconds(ours)}, {pieces:,} changes",
            name,
            f"{seconds(took)}, {found:,} changes",
            faster(ours, took),
        )


def _measured(differ: Differ, pairs: Sequence[Pair], times: int) -> tuple[float, int]:
    """The median seconds over all pairs, and the number of changes found."""
    took: list[float] = []
    found = 0
    for _ in range(times):
        fold.cache_clear()
        start = time.perf_counter()
        found = sum(differ(old, new) for old, new in pairs)
        took.append(time.perf_counter() - start)
    return median(took), found


def _edits(old: str, new: str) -> int:
    return len(edits("p", old, new))


def _match_patch(module: Any) -> Differ:
    tool = module.diff_match_patch()

    def run(old: str, new: str) -> int:
        found = tool.diff_main(old, new)
        tool.diff_cleanupSemantic(found)
        # A deletion and the insertion that follows it are one change, as they are one edit with us.
        return sum(how != 0 and (n == 0 or found[n - 1][0] == 0) for n, (how, _) in enumerate(found))

    return run


def _html(module: Any) -> Differ:
    def run(old: str, new: str) -> int:
        found: str = module.htmldiff(escape(old), escape(new))
        return _runs(found)

    return run


def _runs(marked: str) -> int:
    """How many stretches of <ins> and <del> there are, those that stand side by side counted as one."""
    closed = (
        marked.replace("</ins> <del>", "")
        .replace("</ins><del>", "")
        .replace("</del> <ins>", "")
        .replace("</del><ins>", "")
    )
    return closed.count("<ins>") + closed.count("<del>")
