"""Where the edits of a paragraph meet: the contested spans, and what each amendment wants there."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corfu.wording.model import InvalidVersionError
from corfu.wording.rolling import Owned
from corfu.wording.tokens import tokenize


class Contest(NamedTuple):
    """A span before it has names: tokens `start:end`, the base's text there and each text that is wanted instead or
    again (as written) with its amendments; `tail`, the space that all of them end with, is left out of the texts."""

    start: int
    end: int
    base: str
    wanted: dict[str, list[str]]
    tail: str
    edits: tuple[Owned, ...]


def contests(paragraph: str, tokens: list[str], edits: list[Owned]) -> Iterator[Contest]:
    """The contested spans of a paragraph, in order. Raises InvalidVersionError for an edit that does not fit it."""
    for component in _components(_joined(edits, paragraph, len(tokens))):
        found = _contest(tokens, component)
        if found is not None:
            yield found


def _contest(tokens: list[str], edits: list[Owned]) -> Contest | None:
    """What a connected component of edits contests; None when they change nothing."""
    start, end = edits[0][0], max([e[1] for e in edits])  # they are in the order of the text
    mine: dict[str, list[Owned]] = defaultdict(list)
    for edit in edits:
        mine[edit[3]].append(edit)
    wanted: dict[str, list[str]] = defaultdict(list)
    for amendment, own in mine.items():
        wanted[_reading(tokens, own, start, end)].append(amendment)
    base = "".join(tokens[start:end])
    if list(wanted) == [base]:
        return None
    head, foot, tail = _shared(base, list(wanted), tokens, start, end)
    cut = slice(head[1], -(foot[1] + len(tail)) or None)
    left = {text[cut]: ids for text, ids in wanted.items()}
    return Contest(start + head[0], end - foot[0], base[cut], left, tail, tuple(edits))


def _joined(edits: list[Owned], paragraph: str, size: int) -> list[Owned]:
    """The edits in the order of the text, those of one amendment that touch made one."""
    last: dict[str, int] = {}
    joined: list[Owned] = []
    for edit in sorted(edits, key=_span_of):  # stable: insertions at one point keep the order of the acts
        start, end, text, amendment = edit
        if end > size:
            where = f"tokens {start}:{end} of paragraph {paragraph!r}, which has {size}"
            raise InvalidVersionError(f"amendment {amendment!r} changes {where}")
        if amendment in last and start <= joined[last[amendment]][1]:
            start0, end0, text0, _ = joined[last[amendment]]
            if start < end0:
                raise InvalidVersionError(f"amendment {amendment!r} changes the same words of {paragraph!r} twice")
            joined[last[amendment]] = (start0, end, text0 + text, amendment)
        else:
            last[amendment] = len(joined)
            joined.append(edit)
    joined.sort(key=_span_of)
    return joined


def _span_of(edit: Owned) -> tuple[int, int]:
    return edit[0], edit[1]


def _components(edits: list[Owned]) -> Iterator[list[Owned]]:
    """Edits that overlap or touch, together; two replaced ranges that merely stand side by side do not touch."""
    component: list[Owned] = []
    end = insertion = -1
    for edit in edits:
        at, to = edit[0], edit[1]
        if component and (at < end or (at == end and (at == to or insertion == at))):
            component.append(edit)
        else:
            if component:
                yield component
            component = [edit]
        end = max(end, to)
        if at == to:
            insertion = at
    if component:
        yield component


def _reading(tokens: list[str], own: list[Owned], start: int, end: int) -> str:
    """Tokens `start:end` with one amendment's edits, which are in order, made."""
    pieces: list[str] = []
    at = start
    for edit in own:
        pieces += tokens[at : edit[0]]
        pieces.append(edit[2])
        at = edit[1]
    pieces += tokens[at:end]
    return "".join(pieces)


def _shared(
    base: str, texts: list[str], tokens: Sequence[str], start: int, end: int
) -> tuple[tuple[int, int], tuple[int, int], str]:
    """What all variants begin and end with: ((tokens, characters), (tokens, characters), space at the end)."""
    if not base or not all(texts):
        return (0, 0), (0, 0), ""
    head = foot = (0, 0)
    if start < end and all(text.startswith(tokens[start]) for text in texts):
        head = _run(tokens[start:end], [tokenize(text) for text in texts])
    if start + head[0] < end and all(text.endswith(tokens[end - 1]) for text in texts):
        rest = [tokenize(text[head[1] :])[::-1] for text in texts]
        foot = _run(tokens[start + head[0] : end][::-1], rest)
    remaining = [text[head[1] : len(text) - foot[1]] for text in (base, *texts)]
    space = base[head[1] : len(base) - foot[1]]
    tail = space[len(space.rstrip(" \u00a0")) :]
    ends_alike = tail and all(text.endswith(tail) and text[: -len(tail)][-1:].strip() for text in remaining)
    return head, foot, tail if ends_alike else ""


def _run(base: Sequence[str], others: list[list[str]]) -> tuple[int, int]:
    count = length = 0
    for token, *rest in zip(base, *others, strict=False):
        if any(other != token for other in rest):
            break
        count, length = count + 1, length + len(token)
    return count, length
