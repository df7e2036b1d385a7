"""Labels as typed, and those of new paragraphs."""

import pytest

from corfu.wording.labels import Numbering, bis, kinds, label_of, labelled, typed_label
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
        ("(a bis) to keep", "(a bis)"),
        ("(a) bis to keep", "(a) bis"),
        ("(a) bistro", "(a)"),
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
        ("5.", 1, "5 bis."),
        ("5 bis.", 1, "5 ter."),
        ("", 1, ""),
        ("5", 10, "5 (11)"),
    ],
)
def test_a_new_paragraph_is_numbered_after_the_one_before(before: str, nth: int, label: str) -> None:
    assert bis(before, nth) == label


# Below, a text is written in one line: "3" stands, "+" is new, "+99" new with a typed number, "<5" was moved there;
# a label that begins with a bracket, and "+i", are items, "+h" is a heading, "-" a plain one without a number.


def read(text: str) -> tuple[list[Paragraph], list[str], list[str]]:
    """The paragraphs, and the ids of those that are new and of those that were moved."""
    signs = [one.replace("_", " ") for one in text.split()]
    found = []
    for n, sign in enumerate(signs):
        bare = sign.lstrip("+<-ih")
        kind = Kind.ITEM if bare.startswith("(") or sign == "+i" else Kind.HEADING if sign == "+h" else Kind.OPERATIVE
        typed = sign.startswith("+") and bare
        words = (f"{bare} decides" if bare.startswith("(") else f"{bare}. decides") if typed else "decides"
        found.append(Paragraph(f"p{n}", words, Kind.PLAIN if sign == "-" else kind, 0, "" if typed else bare))
    new, moved = ([f"p{n}" for n, sign in enumerate(signs) if sign.startswith(mark)] for mark in "+<")
    return found, new, moved


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("3 + 4", "3 3_bis 4"),
        ("3 + + 4", "3 3_bis 3_ter 4"),
        ("3 +99 + 4", "3 99 3_bis 4"),
        ("3 +3_bis + 4", "3 3_bis 3_ter 4"),
        ("3 + +3_bis 4", "3 3_ter 3_bis 4"),
        ("3 3_bis + 4", "3 3_bis 3_ter 4"),
        ("3 + 3_bis 4", "3 3_ter 3_bis 4"),
        ("3 3_bis + 3_ter 4", "3 3_bis 3_quater 3_ter 4"),
        ("3 + 3_bis + 4 +", "3 3_ter 3_bis 3_quater 4 4_bis"),
        ("3. + 3_bis. 4.", "3. 3_ter. 3_bis. 4."),
        ("3 3_ter 4", "3 3_ter 4"),
        ("2 <5 + 3", "2 5 2_bis 3"),
        ("- + 1", "- - 1"),
        ("3 +h + 4", "3 - 3_bis 4"),
        ("3 +i 4", "3 (a) 4"),
        ("3 +i +i 4", "3 (a) (b) 4"),
        ("3 +(a) +i 4", "3 (a) (b) 4"),
        ("3 (a) (b) +i (c)", "3 (a) (b) (b)_bis (c)"),
        ("3 (a) (b) (b)_bis +i (c)", "3 (a) (b) (b)_bis (b)_ter (c)"),
        ("3 (a) + (b) +i", "3 (a) 3_bis (b) (b)_bis"),
        ("2 (a) (b) 3 +i 4", "2 (a) (b) 3 (a) 4"),
        ("3 +i (a) (b)", "3 (c) (a) (b)"),
        ("- (a) - +i", "- (a) - (a)"),
        ("3 + +i 4", "3 3_bis (a) 4"),
        ("3 • +i 4", "3 • • 4"),
    ],
)
def test_new_paragraphs_are_counted_among_those_that_stand(text: str, labels: str) -> None:
    paragraphs, new, moved = read(text.replace("•", "(•"))
    made = labelled(paragraphs, new, moved)
    assert [label_of(one).replace("(•", "•") for one in made] == [
        one.replace("_", " ").strip("-") for one in labels.split()
    ]
    assert [one.id for one in made] == [one.id for one in paragraphs]
    assert [one for one in made if one.id not in new] == [one for one in paragraphs if one.id not in new]


def test_a_list_that_is_new_goes_on_after_z() -> None:
    made = labelled(*read("3 " + "+i " * 28))
    assert [one.label for one in made][-4:] == ["(y)", "(z)", "(aa)", "(bb)"]


def test_what_is_asked_for_at_a_place_takes_no_number_that_stands_below_and_starts_no_list_there() -> None:
    text, _, _ = read("3 (a) 3_bis")
    numbering = Numbering(text)
    assert [numbering.stands(one) for one in text[:2]] == ["3", "(a)"]
    asked = [Paragraph("x", "Decides;", Kind.OPERATIVE), Paragraph("y", "to report;", Kind.ITEM)]
    here = numbering.here(asked)
    assert [here.label(one) for one in asked] == ["3 ter", "(a)"]
    assert numbering.here(asked[1:]).label(asked[1]) == "(a) bis"


def test_kinds_of_a_decision() -> None:
    texts = ["Draft", "The Council,", "Recalling", "1. Decides:", "(a) this;", "2. Decides.", "Annex"]
    rows = [(t, "", n == 0, False, 0) for n, t in enumerate(texts)]
    expected = "title preambular preambular operative item operative plain"
    assert [k.value for k in kinds(rows)] == expected.split()
