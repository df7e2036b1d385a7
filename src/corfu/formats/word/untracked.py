"""What was changed in a returned file without tracking: the base against the file with all its changes rejected."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from corfu.formats.compilation import Untracked
from corfu.formats.errors import Said, says
from corfu.formats.word.views import ViewParagraph
from corfu.wording.align import Pair
from corfu.wording.diff import edits
from corfu.wording.labels import label_of
from corfu.wording.model import SPLIT, Paragraph
from corfu.wording.tokens import fold, tokenize


def untracked(
    base: Sequence[Paragraph], pairs: Sequence[Pair], before: Sequence[ViewParagraph]
) -> tuple[tuple[Untracked, ...], tuple[str, ...]]:
    """The words that were changed silently, and a note where only quotes, dashes or spaces were: a word processor
    changes those by itself, and a list of them would hide the words."""
    found = list(_differences(base, pairs, before))
    words = tuple(u for u in found if fold(u.old) != fold(u.new))
    others = len({u.paragraph for u in found if fold(u.old) == fold(u.new)})
    if not others:
        return words, ()
    if others == 1:
        return words, (
            Said("quotes, dashes or spaces changed without tracking in one paragraph, the words being the same"),
        )
    many = says("quotes, dashes or spaces changed without tracking in %(count)d paragraphs, the words being the same")
    return words, (Said(many, count=others),)


def owners_of(base: Sequence[Paragraph], pairs: Sequence[Pair], before: Sequence[ViewParagraph]) -> dict[int, int]:
    """For each paragraph of the view whose base paragraph it is; one that was broken off the one before it without
    tracking is that one's."""
    owners: dict[int, int] = {}
    for b, r in pairs:
        if b is not None and r is not None:
            owners[r] = b
        elif r is not None and r - 1 in owners and _split_off(base, owners[r - 1], before, r):
            owners[r] = owners[r - 1]
    return owners


def _split_off(base: Sequence[Paragraph], b: int, before: Sequence[ViewParagraph], r: int) -> bool:
    end = fold(base[b].text)[-len(fold(before[r].text)) :]
    return len(end) > 1 and end == fold(before[r].text) and not fold(before[r - 1].text).endswith(end)


def _differences(
    base: Sequence[Paragraph], pairs: Sequence[Pair], before: Sequence[ViewParagraph]
) -> Iterator[Untracked]:
    """Every difference between the base and the file with its changes rejected: nobody tracked it."""
    owners = owners_of(base, pairs, before)
    own: dict[int, list[str]] = defaultdict(list)
    for at, owner in owners.items():
        own[owner].append(before[at].text)
    last = base[0]
    for b, r in pairs:
        if b is not None:
            last = base[b]
            yield from _silent(last, SPLIT.join(own[b]))
        elif r is not None and r not in owners:
            yield Untracked(last.id, label_of(last), "", before[r].text)


def _silent(paragraph: Paragraph, text: str) -> Iterator[Untracked]:
    if paragraph.text == text:
        return
    tokens, label = tokenize(paragraph.text), label_of(paragraph)
    for edit in edits(paragraph.id, paragraph.text, text):
        yield Untracked(paragraph.id, label, "".join(tokens[edit.start : edit.end]), edit.text)
