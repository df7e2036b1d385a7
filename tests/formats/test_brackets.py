"""The pieces that both renderings of the rolling text are made from."""

import re
from itertools import pairwise

import pytest
from hypothesis import given

from corfu.formats.brackets import (
    Bracket,
    Gap,
    Piece,
    Words,
    change_line,
    clean,
    is_rtl,
    marked,
    pieces,
    plain,
    shortened,
    split_label,
)
from corfu.wording.compile import compile
from corfu.wording.diff import edits
from corfu.wording.model import Amendment, Kind, Paragraph, Version
from corfu.wording.rolling import RollingParagraph
from tests.wording.strategies import versions


def paragraph(base: str, **wanted: str) -> RollingParagraph:
    """One paragraph that each delegation wants to read otherwise."""
    amendments = tuple(Amendment(by, (by,), 0, tuple(edits("p", base, text))) for by, text in wanted.items())
    return compile(Version(0, (Paragraph("p", base),), amendments)).paragraphs[0]


def line(found: list[Piece]) -> str:
    """The pieces as a reader of the brackets sees them."""
    return "".join(_shown(piece) for piece in found)


def _shown(piece: Piece) -> str:
    if not isinstance(piece, Bracket):
        return piece.text
    if not piece.wanted:
        return piece.head + piece.base + piece.foot
    groups = [f"[{piece.base}]"] if piece.base else []
    groups += [f"[{', '.join(one.by)}: {one.text or 'delete'}]" for one in piece.wanted]
    return piece.head + " ".join(groups) + piece.foot


def base_of(found: list[Piece]) -> str:
    return "".join(
        p.text if isinstance(p, Words) else p.head + p.base + p.foot if isinstance(p, Bracket) else "" for p in found
    )


@pytest.mark.parametrize(
    ("base", "wanted", "shown"),
    [
        ("within 48 hours;", {"NOR": "within 24 hours;"}, "within [48] [NOR: 24] hours;"),
        ("at sea (the channel)", {"NOR": "at sea and in cyberspace (the channel)"},
         "at sea [NOR: and in cyberspace] (the channel)"),
        ("nine sailors, and", {"NOR": "nine sailors and others, and"}, "nine sailors [NOR: and others], and"),
        ("the Strait, which was hit.", {"NOR": "the Strait."}, "the Strait [, which was hit] [NOR: delete]."),
        ("may ask", {"NOR": "may always ask", "SAR": "may never ask"}, "may [NOR: always] [SAR: never] ask"),
        ("to all", {"NOR": "to all, and soon"}, "to all [NOR: , and soon]"),
        ("the end", {"NOR": "and the end"}, "[NOR: and] the end"),
        ("so (often) now", {"NOR": "so (rarely) now"}, "so ([often] [NOR: rarely]) now"),
        ("在48小时内", {"NOR": "在24小时内"}, "在[48] [NOR: 24]小时内"),
        ("dans les 48 heures\u00a0;", {"NOR": "dans les 48 jours\u00a0;"}, "dans les 48 [heures] [NOR: jours]\u00a0;"),
        ("a “b” c", {"NOR": "a \"b\" c"}, "a “b” c"),
        ("one\u2028two", {"NOR": "one\u2028three"}, "one\u2028[two] [NOR: three]"),
    ],
)  # fmt: skip
def test_one_space_stands_between_brackets_and_words_and_none_before_a_mark(
    base: str, wanted: dict[str, str], shown: str
) -> None:
    assert line(pieces(paragraph(base, **wanted).parts, sorted)) == shown


def test_names_and_wordings_stand_in_the_order_of_the_profile() -> None:
    profile = ["SAR", "NOR", "ILV", "BEL"]
    found = pieces(
        paragraph("in 48 h", BEL="in 12 h", ILV="in 24 h", NOR="in 24 h", SAR="in 36 h").parts,
        lambda codes: sorted(codes, key=profile.index),
    )
    (bracket,) = (piece for piece in found if isinstance(piece, Bracket))
    assert [(one.by, one.text) for one in bracket.wanted] == [
        (("SAR",), "36"),
        (("NOR", "ILV"), "24"),
        (("BEL",), "12"),
    ]


@given(versions)
def test_the_words_and_the_bases_of_the_brackets_are_the_base(version: Version) -> None:
    for p in compile(version).paragraphs:
        assert base_of(pieces(p.parts, sorted)) == clean(p.paragraph.text)


@given(versions)
def test_no_wording_is_lost_and_no_space_is_doubled(version: Version) -> None:
    for p in compile(version).paragraphs:
        found = pieces(p.parts, sorted)
        brackets = [piece for piece in found if isinstance(piece, Bracket)]
        assert [b.span for b in brackets] == list(p.spans)
        for bracket in brackets:
            kept = {(tuple(sorted(one.by)), one.head + one.text + one.foot) for one in bracket.wanted}
            assert kept == {(v.by, v.text) for v in bracket.span.variants[1:]}
        for before, after in pairwise(found):
            assert not (isinstance(before, Gap) and isinstance(after, Gap))
            assert not (isinstance(after, Gap) and isinstance(before, Words) and before.text[-1:].isspace())


@pytest.mark.parametrize(
    ("base", "wanted", "label"),
    [
        ("4. Decides", "4. Agrees", "4. "),
        ("4. Decides", "5. Decides", ""),
        ("(a) to keep", "(a) to hold", "(a) "),
        ("Decides", "Agrees", ""),
    ],
)
def test_a_typed_label_stands_apart_unless_it_is_contested(base: str, wanted: str, label: str) -> None:
    p = paragraph(base, NOR=wanted)
    head, parts = split_label(p)
    assert head == label
    assert head + base_of(pieces(parts, sorted)) == base


@pytest.mark.parametrize(
    ("old", "new", "before", "shown"),
    [
        ("48 hours", "24 hours", "", "“48 hours” → “24 hours”"),
        ("", "and in cyberspace ", "at sea and in the air ", "add “and in cyberspace” after “in the air”"),
        ("", "and", "", "add “and”"),
        (", which cost ", "", "Strait", "delete “, which cost”"),
        ("a; b", "a;\nb", "", "“a; b” → “a; ¶ b”"),
    ],
)
def test_a_change_on_one_line(old: str, new: str, before: str, shown: str) -> None:
    assert change_line(old, new, before) == shown


def test_a_long_change_is_cut_between_words() -> None:
    text = "word " * 100
    assert len(shortened(text, 40)) <= 42
    assert shortened(text, 40).endswith("word …")
    assert shortened("理" * 100, 40) == "理" * 40 + " …"


def test_what_is_new_in_a_wording_is_marked_where_most_is_kept() -> None:
    assert marked("48 hours", "24 hours") == [("24 ", True), ("hours", False)]
    assert marked("near its borders", "that affects its security") == [("that affects its security", False)]


@given(versions)
def test_marking_keeps_the_words(version: Version) -> None:
    for span in compile(version).spans():
        for variant in span.variants[1:]:
            assert "".join(text for text, _ in marked(span.variants[0].text, variant.text)) == variant.text


def test_characters_that_no_file_may_hold_are_replaced_in_sight() -> None:
    assert clean("a\x00b\x07c\ud800d\ufffee\x85f\tg\nh\u2028") == "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\tg\nh\u2028"
    assert plain("a\u2028 b\n c") == "a ↵ b ¶ c"
    assert not re.search(r"[\x00-\x08]", change_line("\x00", "\x01"))


def test_the_direction_of_a_text_is_that_of_its_first_letter() -> None:
    assert is_rtl("4. يقرر")
    assert is_rtl("“שלום” a")
    assert not is_rtl("A, يقرر")
    assert not is_rtl("48 …")


def test_a_paragraph_without_words_has_no_pieces() -> None:
    assert pieces(RollingParagraph(Paragraph("p", "", Kind.PLAIN), "", ("",)).parts, sorted) == []
