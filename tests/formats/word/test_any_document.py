"""Random paragraphs with random revisions: what each view says is known from how the document was made."""

from dataclasses import dataclass
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from corfu.formats.word.views import WordFile, read
from tests.formats.word.build import DATE, cell, change, docx, par, row, run, table

WORDS: Final = st.text(alphabet="ab ;é協ش\u00a0<&", min_size=1, max_size=6)
AUTHORS: Final = st.sampled_from(["Norvale", "Sarn", "Velmara"])
KINDS: Final = st.sampled_from(["ins", "del", "moveTo", "moveFrom"])
ARRIVING: Final = ("ins", "moveTo")


@dataclass(frozen=True)
class Made:
    """A run inside no, one or two changes, outermost first: (kind, author)."""

    text: str
    changes: tuple[tuple[str, str], ...]

    def xml(self) -> str:
        inside = run(self.text, tag="delText" if any(kind == "del" for kind, _ in self.changes) else "t")
        for kind, author in reversed(self.changes):
            inside = change(kind, inside, author)
        return inside


@dataclass(frozen=True)
class Paragraph:
    runs: tuple[Made, ...]
    mark: tuple[tuple[str, str], ...]

    def xml(self) -> str:
        return par(
            "".join(made.xml() for made in self.runs), mark="".join(change(kind, "", by) for kind, by in self.mark)
        )


CHANGES: Final = st.lists(st.tuples(KINDS, AUTHORS), max_size=2).map(tuple)
RUNS: Final = st.lists(st.builds(Made, WORDS, CHANGES), max_size=5).map(tuple)
MARKS: Final = st.one_of(st.just(()), st.lists(st.tuples(KINDS, AUTHORS), min_size=1, max_size=2).map(tuple))
PARAGRAPHS: Final = st.lists(st.builds(Paragraph, RUNS, MARKS), min_size=1, max_size=6)


def stands(changes: tuple[tuple[str, str], ...], accepted: frozenset[str]) -> bool:
    return all((author in accepted) == (kind in ARRIVING) for kind, author in changes)


def told(paragraphs: list[Paragraph], accepted: frozenset[str]) -> list[str]:
    """The rule in its plainest form: write down what stands, and break the line at each mark that stands."""
    tape = ""
    for paragraph in paragraphs:
        tape += "".join(made.text for made in paragraph.runs if stands(made.changes, accepted))
        tape += "\n" if stands(paragraph.mark, accepted) else ""
    lines = tape.split("\n")
    return lines if lines[-1] else lines[:-1] or [""]


def shown(file: WordFile, accepted: frozenset[str]) -> list[str]:
    return [paragraph.text for paragraph in file.view(lambda change: change.author in accepted)]


@given(PARAGRAPHS, st.frozensets(AUTHORS))
@settings(max_examples=400)
def test_body(paragraphs: list[Paragraph], accepted: frozenset[str]) -> None:
    file = read(docx("".join(paragraph.xml() for paragraph in paragraphs)), "x.docx")
    assert shown(file, accepted) == told(paragraphs, accepted)
    everyone = frozenset({"Norvale", "Sarn", "Velmara"})
    assert [paragraph.text for paragraph in file.accept()] == told(paragraphs, everyone)
    assert [paragraph.text for paragraph in file.reject()] == told(paragraphs, frozenset())


@given(PARAGRAPHS, PARAGRAPHS, PARAGRAPHS, CHANGES.filter(lambda changes: len(changes) < 2), st.frozensets(AUTHORS))
@settings(max_examples=200)
def test_body_with_a_table(
    before: list[Paragraph],
    inside: list[Paragraph],
    after: list[Paragraph],
    of_row: tuple[tuple[str, str], ...],
    accepted: frozenset[str],
) -> None:
    """A table ends the paragraph before it, unless it is gone: then what stood around it may join."""
    cells = [cell("".join(paragraph.xml() for paragraph in inside))]
    rows = row(*cells, properties="".join(change(kind, "", by) for kind, by in of_row))
    body = "".join(p.xml() for p in before) + table(rows) + "".join(p.xml() for p in after)
    said = shown(read(docx(body), "x.docx"), accepted)
    if not stands(of_row, accepted):
        assert said == told(before + after, accepted)
    else:
        head = told(before, accepted)
        if head == [""] and not any(stands(paragraph.mark, accepted) for paragraph in before):
            head = []  # nothing stands before the table, and the text after it is a paragraph enough
        tail = told(after, accepted)
        if tail == [""] and head and not any(stands(paragraph.mark, accepted) for paragraph in after):
            tail = []
        assert said == head + told(inside, accepted) + tail


@given(PARAGRAPHS)
@settings(max_examples=200)
def test_what_both_views_share_is_what_no_change_encloses(paragraphs: list[Paragraph]) -> None:
    file = read(docx("".join(paragraph.xml() for paragraph in paragraphs)), "x.docx")
    in_both = {key for p in file.accept() for key, _ in p.keys} & {key for p in file.reject() for key, _ in p.keys}
    free = {piece.key for paragraph in file.physical for piece in paragraph.pieces if not piece.changes}
    assert in_both == free
    assert all(found.date == DATE for p in file.physical for piece in p.pieces for found in piece.changes)
