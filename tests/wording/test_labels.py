"""Labels as typed, and those of new paragraphs."""

import pytest

from corfu.wording.labels import bis, kinds, new_labels, typed_label
from corfu.wording.model import Kind, Paragraph


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("4. Also decides", "4"),
        ("5 bis. Decides", "5 bis"),
        ("12) decides", "12"),
        ("2.1. Decides", "2.1"),
        ("(a) to keep", "(a)"),
        ("(iv) to keep", "(iv)"),
        ("a) to keep", "a)"),
        ("(б) вести", "(б)"),
        ("٣. يقرر", "٣"),
        ("三、决定", "三"),
        ("5. Постановляет", "5"),
        ("The Council,", ""),
        ("1 March is the day", ""),
        ("48 hours", ""),
        ("(hereinafter “the channel”)", ""),
        ("", ""),
    ],
)
def test_a_typed_label_is_read(text: str, label: str) -> None:
    found, length = typed_label(text)
    assert found == label
    assert text[:length].startswith(found)


@pytest.mark.parametrize(
    ("before", "nth", "label"),
    [
        ("5", 1, "5 bis"),
        ("5", 2, "5 ter"),
        ("5 bis", 1, "5 ter"),
        ("(c)", 1, "(c) bis"),
        ("", 1, ""),
        ("5", 10, "5 (11)"),
    ],
)
def test_a_new_paragraph_is_numbered_after_the_one_before(before: str, nth: int, label: str) -> None:
    assert bis(before, nth) == label


def test_a_new_operative_paragraph_after_items_follows_the_operative_one() -> None:
    new = [Paragraph("x", "Decides;", Kind.OPERATIVE), Paragraph("y", "to report;", Kind.ITEM)]
    assert new_labels(new, {Kind.OPERATIVE: "7", Kind.ITEM: "(c)"}, "(c)") == ["7 bis", "(c) bis"]


def test_kinds_of_a_decision() -> None:
    texts = ["Draft", "The Council,", "Recalling", "1. Decides:", "(a) this;", "2. Decides.", "Annex"]
    rows = [(t, "", n == 0, False, 0) for n, t in enumerate(texts)]
    expected = "title preambular preambular operative item operative plain"
    assert [k.value for k in kinds(rows)] == expected.split()
