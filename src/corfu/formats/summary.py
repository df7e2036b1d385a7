"""What a person reads at the end of `corfu compile` and `corfu changes`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from corfu.formats import rolling_words as words
from corfu.formats.brackets import change_line, plain, shortened
from corfu.formats.compilation import Compilation, Returned
from corfu.wording.labels import addresses, label_of
from corfu.wording.model import SPLIT, Act, Delete, Edit, Insert, Move, Paragraph, Reserve
from corfu.wording.rolling import counts
from corfu.wording.tokens import tokenize

_LONG: Final = 70


def summary(c: Compilation) -> str:
    """The round in a few lines: files, amendments, spans, variants, untracked changes, what was not understood."""
    return "\n".join(_lines(c)) + "\n"


def _lines(c: Compilation) -> Iterator[str]:
    found = counts(c.rolling)
    new = sum(1 for p in c.rolling.paragraphs if p.inserted)
    out = sum(1 for p in c.rolling.paragraphs if p.delete)
    share = 100 * found.words_contested / found.words if found.words else 0
    yield c.title
    yield f"{_n(len(c.files), 'file')}, {_n(sum(f.asks for f in c.files), 'amendment')}"
    yield f"{_n(found.spans, 'contested span')} with {_n(found.variants, 'variant')}, the base's included"
    yield f"{found.open} of {_n(found.paragraphs, 'paragraph')} open, {share:.0f} % of the words contested"
    yield f"{_n(new, 'new paragraph')}, {_n(out, 'paragraph')} that somebody wants deleted"
    yield ""
    width = max((len(f.file) for f in c.files), default=0)
    for f in c.files:
        # In a file in which several wrote, the line says who.
        who = "" if f.file.removesuffix(".docx") == f.by else f"  {f.by}"
        yield f"  {f.file:{width}}  {_n(f.asks, 'amendment'):14}{who}{_flags(f)}".rstrip()
    yield from _section(words.UNTRACKED, untracked_lines(c.files, c.version.paragraphs))
    yield from _section(words.NOT_UNDERSTOOD, (f"{f.file}: {note}" for f in c.files for note in f.not_understood))
    yield from _section(
        words.COMMENTS, (f"{f.file}: {shortened(plain(note), _LONG)}" for f in c.files for note in f.comments)
    )


def _flags(f: Returned) -> str:
    untracked = f"  {len(f.untracked)} of it untracked" if f.untracked else ""
    return untracked + (f"  {len(f.not_understood)} not understood" if f.not_understood else "")


def untracked_lines(files: Iterable[Returned], base: Sequence[Paragraph]) -> Iterator[str]:
    """Each silent change as a line: file, paragraph, words before and after."""
    names = _names(base)
    for f in files:
        for u in f.untracked:
            yield f"{f.file}, {names[u.paragraph]}: {_became(u.old, u.new)}"


def act_lines(acts: Iterable[Act], base: Sequence[Paragraph]) -> Iterator[str]:
    """Each act in words: where, and what becomes what."""
    names, texts = _names(base), {p.id: tokenize(p.text) for p in base}
    for act in acts:
        match act:
            case Insert():
                after = f"after {names[act.after]}" if act.after else "at the beginning"
                yield f"{words.new_paragraph(shortened(plain(act.paragraph.text), _LONG))} {after}"
            case Edit():
                old = "".join(texts[act.paragraph][act.start : act.end])
                yield f"{names[act.paragraph]}: {_became(old, act.text, ''.join(texts[act.paragraph][: act.start]))}"
            case Delete():
                yield f"{names[act.paragraph]}: {words.DELETE_PARAGRAPH.lower()}"
            case Move():
                place = names[act.after] if act.after else ""
                yield f"{names[act.paragraph]}: {words.move_to(place).lower()}"
            case Reserve():
                yield f"{names[act.paragraph]}: {words.reservation(act.kind, act.on).lower()}"


def _names(base: Sequence[Paragraph]) -> dict[str, str]:
    found = addresses((label_of(p), p.kind) for p in base)
    return {p.id: f"paragraph {name}" if name else _by_words(p) for p, name in zip(base, found, strict=True)}


def _by_words(p: Paragraph) -> str:
    return f"the paragraph “{shortened(plain(p.text), 30)}”"


def _became(old: str, new: str, before: str = "") -> str:
    if new == SPLIT:
        return words.SPLIT
    return change_line(old.strip(" \u00a0"), new.strip(" \u00a0"), before, most=_LONG)


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield ""
        yield f"{title}:"
        yield from (f"  {line}" for line in found)


def _n(number: int, what: str) -> str:
    return words.count(number, what, f"{what}s")
