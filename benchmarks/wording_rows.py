"""compile and rebase, on values: no file is read."""

from collections.abc import Iterator

from benchmarks.measuring import cold, in_turn
from benchmarks.rows import Row, Setting, seconds, times

SIZE = "10,000 words, 200 paragraphs, 2,000 amendments by 200 delegations"


def compiling(setting: Setting) -> Iterator[Row]:
    """The heart: everything that is asked for, compiled, in a process that has compiled nothing before."""
    found = cold("compiling", setting.times, amendments=2_000)
    ours = found["compile"]
    yield Row(f"compile, cold: {SIZE}", seconds(ours), bar="≤ 0.15 s", met=ours <= 0.15)
    yield Row(
        "the same", seconds(ours), "tokenising the base and each paragraph as a delegation sends it, once",
        seconds(found["sent"]), times(ours, found["sent"]), "≤ 4 ×", ours <= 4 * found["sent"],
    )  # fmt: skip
    yield Row(
        "the same, read most strictly", seconds(ours), "tokenising the base and only the words of each amendment",
        seconds(found["bare"]), times(ours, found["bare"]), "≤ 4 ×", ours <= 4 * found["bare"],
    )  # fmt: skip
    one = cold("compiling", setting.times, amendments=2_000, joined=True)["compile"]
    yield Row("the same acts as 200 amendments, one for each delegation", seconds(one), bar="≤ 0.15 s", met=one <= 0.15)


def growth(setting: Setting) -> Iterator[Row]:
    """Ten times the amendments on the same text."""
    sizes = (200, 2_000, 20_000)
    found = in_turn("compiling", setting.times, [{"amendments": size} for size in sizes])
    took = [one["compile"] for one in found]
    for n in (1, 2):
        ratio = took[n] / took[n - 1]
        yield Row(
            f"compile, {sizes[n - 1]:,} → {sizes[n]:,} amendments on the same text", seconds(took[n]),
            f"{sizes[n - 1]:,} amendments", seconds(took[n - 1]), f"{ratio:.1f} ×", "≤ 12 ×", ratio <= 12,
        )  # fmt: skip


def rebasing(setting: Setting) -> Iterator[Row]:
    """The same amendments, moved on when the text does."""
    took = cold("rebasing", setting.times, amendments=2_000)["rebase"]
    what = "rebase the same 2,000 amendments, a tenth of the paragraphs changed"
    yield Row(what, seconds(took), bar="≤ 0.3 s", met=took <= 0.3)
