"""A text as a plain Word file: read again it is the text, by its ids; other programs read the same words."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corfu.formats.word.clean import text_docx
from corfu.formats.word.names import W
from corfu.formats.word.returned import returned
from corfu.formats.word.round import read_base
from corfu.formats.word.tracked import redline, tracked, with_ids
from corfu.formats.word.views import read
from corfu.wording.apply import apply
from corfu.wording.labels import kinds
from corfu.wording.model import Kind, Paragraph, Version
from tests.formats.word import office, pandoc
from tests.formats.word.checked import DATE, check_xml, document, folded, lines_of, views
from tests.wording import strategies

LABELS = ("", "", "", "3.", "12)", "(a)", "(iv)", "3 bis.", "1.2.", "а)", "•", "A.", "007", "%1.", "10 %", "é)")
SIGNS = ("\t", "\u2028", "\u2011", "\u00ad", "<&>\"'", "  ", "\u00a0", "")


def text_of(random: Random) -> tuple[str, list[Paragraph]]:
    """A text as it may come from Word or from a form: typed numbers, lists, signs, ids of any form."""
    language = random.choice(sorted(strategies.WORDS))
    heads: list[tuple[bool, bool]] = []
    rows: list[tuple[str, str, int]] = []
    for n in range(random.randint(1, 9)):
        words = f"{strategies.phrase(random, language)}{random.choice(SIGNS)}{random.choice(['', 'x', ' '])}"
        typed = random.choice(("", "", "1. ", "(b) ", "12 bis. "))
        heads.append((n == 0 and random.random() < 0.5, random.random() < 0.15))
        rows.append((typed + (words if words.strip() else "one"), random.choice(LABELS), random.choice((0, 0, 1, 2))))
    found = kinds((text, label, *head, level) for (text, label, level), head in zip(rows, heads, strict=True))
    ids = random.sample(["a", "p1", "b-2", "x_y", "_z", "ж", "NOR-12", "n 3", "0f" * 8, "t"], len(rows))
    parts = zip(ids, found, rows, strict=True)
    return language, [Paragraph(id, text, kind, level, label) for id, kind, (text, label, level) in parts]


@given(strategies.randoms)
@settings(max_examples=300)
def test_what_is_read_back_is_the_text(random: Random) -> None:
    language, paragraphs = text_of(random)
    data = text_docx("DD/7", paragraphs, language)
    check_xml(data)
    assert read_base(("base.docx", lambda: data)) == paragraphs
    assert read(data, "base.docx").not_understood == ()
    assert text_docx("DD/7", paragraphs, language) == data
    assert read_base(("again.docx", lambda: with_ids(data, "base.docx", paragraphs))) == paragraphs


@given(strategies.randoms)
@settings(max_examples=150)
def test_any_amendment_can_be_tracked_on_it_and_is_read_back(random: Random) -> None:
    language, paragraphs = text_of(random)
    amendment = strategies.amendment(random, "a", Version(0, tuple(paragraphs)), language)
    data = tracked(text_docx("A", paragraphs), "base.docx", paragraphs, amendment, "Norvale", DATE)
    check_xml(data)
    accepted, rejected = views(data)
    assert rejected == [p.text for p in paragraphs]
    assert accepted == lines_of(apply(paragraphs, amendment))
    again = returned(read(data, "NOR.docx"), paragraphs, "NOR")
    assert not again.untracked
    assert lines_of(apply(paragraphs, again.amendment or amendment)) == accepted


@given(strategies.randoms)
@settings(max_examples=100)
def test_two_versions_are_compared(random: Random) -> None:
    language, old = text_of(random)
    amendment = strategies.amendment(random, "a", Version(0, tuple(old)), language)
    new = [p for p in apply(old, amendment) if p.text.strip() and "\n" not in p.text]
    data = redline(text_docx("A", old, language), "old.docx", old, new, "Lumera", DATE)
    assert views(data) == ([p.text for p in new], [p.text for p in old])


@given(st.integers(1, 999_999), st.sampled_from(["{}.", "({})", "1.{}"]))
def test_a_paragraph_added_after_a_counted_one_shows_the_next_number(number: int, form: str) -> None:
    one = Paragraph("p1", "Decides", Kind.OPERATIVE, 0, form.format(number))
    data = text_docx("A", [one, Paragraph("p2", "Requests", Kind.OPERATIVE)])
    root = document(data, "word/numbering.xml")
    (count,) = root.iter(f"{W}start")
    assert count.get(f"{W}val") == str(number)


def test_pandoc_reads_the_same_words(tmp_path: Path) -> None:
    path = tmp_path / "text.docx"
    for seed in range(40):
        language, paragraphs = text_of(Random(seed))
        path.write_bytes(text_docx("A", paragraphs, language))
        want = ["".join(p.text.replace("\u00ad", "").split()) for p in paragraphs]
        assert ["".join(line.replace("\u00ad", "").split()) for line in pandoc.view(path, "accept")] == want, seed


@pytest.mark.slow
@pytest.mark.office
def test_libreoffice_reads_the_same_words(dd7: Path, tmp_path: Path) -> None:
    base = read_base(("base.docx", (dd7 / "base.docx").read_bytes))
    files = {"dd7": text_docx("DD/7/Rev.4", base), "list": text_docx("L", LIST)}
    found = office.views(files, tmp_path)
    assert folded(found["dd7"][0]) == folded([p.text for p in base])
    labelled = [f"{p.label} {p.text}" for p in LIST]
    assert folded(found["list"][0]) == folded(labelled)


LIST = [
    Paragraph("a", "Decides", Kind.OPERATIVE, 0, "1."),
    Paragraph("b", "to begin", Kind.ITEM, 1, "(a)"),
    Paragraph("c", "to end", Kind.ITEM, 1, "(b)"),
    Paragraph("d", "Tasks", Kind.OPERATIVE, 0, "1 bis."),
    Paragraph("e", "Requests", Kind.OPERATIVE, 0, "2."),
]


def test_an_id_that_no_bookmark_can_carry_is_refused() -> None:
    with pytest.raises(ValueError, match="too long for the name of a bookmark"):
        text_docx("A", [Paragraph("x" * 50, "one")])
