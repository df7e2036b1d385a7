"""One round of returned files: read them all, against their base, into one compilation."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from corfu.formats.brackets import clean
from corfu.formats.compilation import Compilation, Returned
from corfu.formats.errors import BadFile, BadInput
from corfu.formats.word.returned import base_of, returned, returned_by_author, tracks_changes
from corfu.formats.word.views import read
from corfu.wording.compile import compile
from corfu.wording.model import Kind, Paragraph, Version

Source = tuple[str, Callable[[], bytes]]
"""A file's name and how to get its bytes: read one at a time, so that sixty files never lie in memory together."""


def read_base(source: Source) -> list[Paragraph]:
    """The base's paragraphs. Raises BadInput, also for a base that holds tracked changes: which text would it be?"""
    name, data = source
    file = read(data(), name)
    if tracks_changes(file):
        raise BadFile(
            "%(name)s is the base but holds tracked changes: accept or reject them in Word, and try again.", name=name
        )
    return base_of(file)


def compile_round(
    base: Source,
    files: Sequence[Source],
    names: Mapping[str, str],
    *,
    by_author: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> Compilation:
    """Compile the files that came back. `names`: the delegations by code, in the profile's order. `progress` is told
    how many files are read. Raises BadInput for the first file that cannot be read."""
    paragraphs = read_base(base)
    codes = {name: code for code, name in names.items()}
    found: list[Returned] = []
    for done, (name, data) in enumerate(files, start=1):
        file = read(data(), name)
        if by_author:
            found += returned_by_author(file, paragraphs, codes)
        else:
            found.append(returned(file, paragraphs, clean(Path(name).stem)))
        progress(done)
    _only_once(found, by_author)
    version = Version(0, tuple(paragraphs), tuple(f.amendment for f in found if f.amendment))
    title = next((p.text for p in paragraphs if p.kind is Kind.TITLE), Path(base[0]).stem)
    return Compilation(title, base[0], version, compile(version), _ordered(found, names), names)


def _only_once(found: Iterable[Returned], by_author: bool) -> None:
    twice = [name for name, n in Counter(f.by for f in found).items() if n > 1]
    if twice and not by_author:
        raise BadInput(f"{twice[0]} comes twice: two files have its name. Give only the one that counts.")


def _ordered(found: Iterable[Returned], names: Mapping[str, str]) -> tuple[Returned, ...]:
    rank = {code: n for n, code in enumerate(names)}
    return tuple(sorted(found, key=lambda f: (rank.get(f.by, len(rank)), f.by, f.file)))
