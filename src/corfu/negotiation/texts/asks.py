"""All that one delegation asks of a text, as one amendment."""

from corfu.negotiation.texts.state import State
from corfu.wording.model import Act, Amendment, Edit, Insert, Move, Reserve


def of(state: State, code: str) -> Amendment | None:
    """What a delegation stands behind in its present wording; None where that is nothing.

    Where two of its amendments speak of the same words, its own comes before one that it joined, the earlier before the
    later: one text cannot be both.
    """
    mine = [one for one in state.filed.values() if code in one.current and one.acts]
    mine.sort(key=lambda one: (one.row.author != code, one.row.place))
    kept: list[Act] = []
    for one in mine:
        kept += [act for act in one.acts if act not in kept and not any(_meet(act, other) for other in kept)]
    return Amendment(code, (code,), state.number, tuple(kept)) if kept else None


def _meet(one: Act, other: Act) -> bool:
    """Whether two acts of different amendments meet in the same words, or send one paragraph two ways."""
    if isinstance(one, Insert | Reserve) or isinstance(other, Insert | Reserve) or one.paragraph != other.paragraph:
        return False
    if isinstance(one, Edit) and isinstance(other, Edit):
        start, end = max(one.start, other.start), min(one.end, other.end)
        adds = one.start == one.end or other.start == other.end
        return start < end or (adds and start == end)
    return not (Move in {type(one), type(other)} and Edit in {type(one), type(other)})
