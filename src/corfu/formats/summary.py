"""What a person reads at the end of `corfu compile` and `corfu changes`."""

from collections.abc import Iterable, Iterator
from typing import Final

from corfu.formats import rolling_words as words
from corfu.formats.brackets import change_line, plain, shortened
from corfu.formats.compilation import Compilation, Returned
from corfu.wording.labels import label_of
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
    yield from _section(words.UNTRACKED, untracked_lines(c.files))
    yield from _section(words.NOT_UNDERSTOOD, (f"{f.file}: {note}" for f in c.files for note in f.not_understood))
    yield from _section(
        words.COMMENTS, (f"{f.file}: {shortened(plain(note), _LONG)}" for f in c.files for note in f.comments)
    )


def _flags(f: Returned) -> str:
    untracked = f"  {len(f.untracked)} of it untracked" if f.untracked else ""
    return untracked + (f"  {len(f.not_understood)} not understood" if f.not_understood else "")


def untracked_lines(files: Iterable[Returned]) -> Iterator[str]:
    """Each silent change as a line: file, paragraph, words before and after."""
    for f in files:
        for u in f.untracked:
            yield f"{f.file}, {_where(u.label, u.old or u.new)}: {_became(u.old, u.new)}"


def act_line(act: Act, base: dict[str, Paragraph]) -> str:
    """One act in words: where, and what becomes what. `base`: its paragraphs by id."""
    if isinstance(act, Insert):
        after = f"after {_place(act.after, base)}" if act.after else "at the beginning"
        return f"{words.new_paragraph(shortened(plain(act.paragraph.text), _LONG))} {after}"
    p = base[act.paragraph]
    where = _where(label_of(p), p.text)
    match act:
        case Edit():
            return f"{where}: {_became(''.join(tokenize(p.text)[act.start : act.end]), act.text)}"
        case Delete():
            return f"{where}: {words.DELETE_PARAGRAPH.lower()}"
        case Move():
            there = (
                f"after {_where(label_of(base[act.after]), base[act.after].text)}" if act.after else "to the beginning"
            )
            return f"{where}: move {there}"
        case Reserve():
            return f"{where}: {words.reservation(act.kind, act.on).lower()}"


def _place(after: str | None, base: dict[str, Paragraph]) -> str:
    return _where(label_of(base[after]), base[after].text) if after else ""


def _became(old: str, new: str) -> str:
    if new == SPLIT:
        return words.SPLIT
    return change_line(old.strip(), new.strip(), most=_LONG)


def _where(label: str, text: str) -> str:
    return f"paragraph {label}" if label else f"the paragraph “{shortened(plain(text), 30)}”"


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield ""
        yield f"{title}:"
        yield from (f"  {line}" for line in found)


def _n(number: int, what: str) -> str:
    return words.count(number, what, f"{what}s")
