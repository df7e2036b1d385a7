"""The six properties of `compile` (see docs/wording.md), for every input that Hypothesis can think of."""

import re
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corfu.wording.apply import apply, edited
from corfu.wording.compile import compile
from corfu.wording.diff import edits
from corfu.wording.model import (
    Act,
    Amendment,
    Delete,
    Edit,
    Insert,
    InvalidVersionError,
    Move,
    Paragraph,
    Reserve,
    Version,
)
from corfu.wording.provenance import provenance
from corfu.wording.rolling import RollingText, project
from corfu.wording.tokens import fold, tokenize
from tests.wording.strategies import WORDS, phrase, randoms, versions

thousands = settings(max_examples=250)
"""Of each property; some ten of them stand here."""


def lines(paragraphs: list[Paragraph]) -> list[str]:
    return [line for p in paragraphs for line in p.text.split("\n")]


@thousands
@given(versions)
def test_without_amendments_the_rolling_text_is_the_base_and_has_no_brackets(version: Version) -> None:
    rolling = compile(replace(version, amendments=()))
    assert project(rolling) == [p.text for p in version.paragraphs]
    assert not list(rolling.spans()) and not any(p.open for p in rolling.paragraphs)


@thousands
@given(versions)
def test_choosing_nothing_gives_the_base_whatever_is_asked(version: Version) -> None:
    assert project(compile(version)) == [p.text for p in version.paragraphs]


@thousands
@given(versions)
def test_choosing_one_amendment_gives_exactly_what_it_alone_makes_of_the_base(version: Version) -> None:
    rolling = compile(version)
    for amendment in version.amendments:
        assert project(rolling, [amendment.id]) == lines(apply(version.paragraphs, amendment))


@thousands
@given(versions, st.integers())
def test_the_order_of_the_amendments_changes_nothing(version: Version, seed: int) -> None:
    mixed = list(version.amendments)
    Random(seed).shuffle(mixed)
    assert compile(replace(version, amendments=tuple(mixed))) == compile(version)
    assert replace(version, amendments=tuple(mixed)).sha256() == version.sha256()


@thousands
@given(versions)
def test_a_withdrawn_amendment_leaves_no_trace(version: Version) -> None:
    for gone in version.amendments:
        rest = tuple(a for a in version.amendments if a.id != gone.id)
        assert repr(gone.id) not in repr(compile(replace(version, amendments=rest)))


@thousands
@given(versions)
def test_text_outside_spans_is_left_alone_by_every_amendment(version: Version) -> None:
    rolling = {p.paragraph.id: p for p in compile(version).paragraphs if not p.inserted}
    for paragraph in version.paragraphs:
        parts = rolling[paragraph.id].parts
        pattern = "".join(re.escape(part) if isinstance(part, str) else "(?s:.*)" for part in parts)
        for amendment in version.amendments:
            own = [a for a in amendment.acts if isinstance(a, Edit) and a.paragraph == paragraph.id]
            assert re.fullmatch(pattern, edited(paragraph, own).text)


@thousands
@given(versions)
def test_every_token_knows_its_source(version: Version) -> None:
    ids = {a.id for a in version.amendments}
    for p in compile(version).paragraphs:
        found = list(provenance(p))
        shown = "".join(part if isinstance(part, str) else "".join(v.text for v in part.variants) for part in p.parts)
        assert "".join(s.token for s in found) == shown
        assert {i for s in found for i in s.amendments} <= ids
        if not p.open:
            assert not any(s.amendments for s in found)


@thousands
@given(versions)
def test_what_is_said_to_be_the_bases_stands_in_the_base(version: Version) -> None:
    for p in compile(version).paragraphs:
        base = {fold(token) for token in tokenize(p.paragraph.text)} | {""}
        if not p.inserted:
            assert all(fold(s.token) in base for s in provenance(p) if not s.amendments)


@thousands
@given(versions)
def test_spans_are_minimal(version: Version) -> None:
    for span in compile(version).spans():
        assert span.variants[0].base and not any(v.base for v in span.variants[1:])
        assert len({fold(v.text) for v in span.variants}) == len(span.variants)
        written = {t for v in span.variants for _, t in v.as_written} | {v.text for v in span.variants}
        assert len(written) > 1
        tokens = [tokenize(text + span.tail) for text in written]
        if all(tokens):
            assert len({t[0] for t in tokens}) > 1, "all variants begin alike"
            assert len({t[-1] for t in tokens}) > 1, "all variants end alike"


@thousands
@given(versions)
def test_spans_are_numbered_through_the_text_and_stand_where_they_say(version: Version) -> None:
    rolling = compile(version)
    assert [s.number for s in rolling.spans()] == list(range(1, len(list(rolling.spans())) + 1))
    texts = {p.id: tokenize(p.text) for p in version.paragraphs}
    for span in rolling.spans():
        assert "".join(texts[span.paragraph][span.start : span.end]) == span.variants[0].text + span.tail


@given(randoms)
def test_derived_edits_give_the_typed_text_back(random: Random) -> None:
    language = random.choice(sorted(WORDS))
    old, new = phrase(random, language), phrase(random, language)
    found = edits("p", old, new)
    assert edited(Paragraph("p", old), found).text == new
    assert all(a.end < b.start for a, b in pairwise(found)), "two edits touch"


# The examples of the design, by name.


def compiled(text: str, **wanted: str) -> RollingText:
    made = [Amendment(code, (code,), 0, tuple(edits("p", text, new))) for code, new in wanted.items()]
    return compile(Version(0, (Paragraph("p", text),), tuple(made)))


def shown(rolling: RollingText) -> list[list[tuple[str, tuple[str, ...]]]]:
    return [[(v.text, v.by) for v in span.variants] for span in rolling.spans()]


REPLY = "shall reply in writing within 48 hours;"


def test_equal_wordings_are_one_variant_with_all_who_want_it() -> None:
    rolling = compiled(
        REPLY,
        NOR=REPLY.replace("48", "24"),
        SAR=REPLY.replace("48 hours", "24\u00a0hours"),
        KAR=REPLY.replace("48 hours", "ten working days"),
        BEL="should reply in writing within 48 hours, and in any case within five days;",
    )
    assert shown(rolling) == [
        [("shall", ()), ("should", ("BEL",))],
        [
            ("48 hours", ()),
            ("48 hours, and in any case within five days", ("BEL",)),
            ("ten working days", ("KAR",)),
            ("24 hours", ("NOR", "SAR")),
        ],
    ]
    assert project(rolling, ["SAR"]) == [REPLY.replace("48 hours", "24\u00a0hours")]


def test_an_island_of_two_words_does_not_break_a_change_in_two() -> None:
    rolling = compiled("an activity near its borders;", VEL="an activity that affects its security;")
    assert shown(rolling) == [[("near its borders", ()), ("that affects its security", ("VEL",))]]


def test_replaced_words_side_by_side_stay_two_spans() -> None:
    rolling = compiled("from existing resources;", DOR="within existing resources;", SAR="from a voluntary fund;")
    assert shown(rolling) == [
        [("from", ()), ("within", ("DOR",))],
        [("existing resources", ()), ("a voluntary fund", ("SAR",))],
    ]


def test_insertions_at_one_point_compete() -> None:
    rolling = compiled("all States;", NOR="all participating States;", VEL="all interested States;")
    assert shown(rolling) == [[("", ()), ("participating ", ("NOR",)), ("interested ", ("VEL",))]]


def test_a_change_of_quotes_alone_is_typographic() -> None:
    rolling = compiled("the “channel”;", NOR='the "channel";')
    (span,) = rolling.spans()
    assert span.typographic and span.variants[0].by == ("NOR",)
    assert project(rolling, ["NOR"]) == ['the "channel";']


def test_a_number_with_its_separators_is_one_token() -> None:
    assert tokenize("140\u00a0000 men, 9,000; 48.5 %") == ["140\u00a0000 ", "men", ", ", "9,000", "; ", "48.5 ", "%"]
    assert tokenize("九月30日") == ["九", "月", "30", "日"]


@given(st.text())
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(tokenize(text)) == text


def test_equal_new_paragraphs_stand_once_and_each_order_is_kept() -> None:
    base = (Paragraph("p", "5. Decides;"),)
    new = {c: [Paragraph(f"{c}{n}", t) for n, t in enumerate(ts)] for c, ts in
           {"A": ["x", "y"], "B": ["y", "z"], "C": ["x", "z"]}.items()}  # fmt: skip
    made = [Amendment(c, (c,), 0, tuple[Act, ...](Insert("p", p) for p in ps)) for c, ps in new.items()]
    rolling = compile(Version(0, base, tuple(made)))
    found = [(p.paragraph.text, p.inserted.by, p.label) for p in rolling.paragraphs[1:]]
    assert found == [("x", ("A", "C"), "5 bis"), ("y", ("A", "B"), "5 ter"), ("z", ("B", "C"), "5 quater")]


def test_a_moved_paragraph_shows_at_both_places() -> None:
    base = (Paragraph("p", "One word."), Paragraph("q", "Two."))
    acts: tuple[Act, ...] = (Move("p", "q"), *edits("p", "One word.", "One better word."))
    rolling = compile(Version(0, base, (Amendment("a", ("NOR",), 0, acts),)))
    assert [(p.paragraph.id, bool(p.move), p.moved_from) for p in rolling.paragraphs] == [
        ("p", True, None), ("q", False, None), ("p", False, "p")]  # fmt: skip
    assert project(rolling, ["a"]) == ["Two.", "One better word."]


BASE = (Paragraph("p", "One two three."), Paragraph("q", "Four."))


@pytest.mark.parametrize(
    ("acts", "complaint"),
    [
        ((Edit("x", 0, 1, ""),), "names paragraph 'x'"),
        ((Edit("p", 2, 9, ""),), "tokens 2:9 of paragraph 'p', which has 4"),
        ((Edit("p", 2, 1, ""),), "impossible token range 2:1"),
        ((Edit("p", 0, 2, "a"), Edit("p", 1, 3, "b")), "changes the same words of 'p' twice"),
        ((Insert("x", Paragraph("n", "New.")),), "names a place after 'x'"),
        ((Insert("p", Paragraph("q", "New.")),), "inserts 'q'"),
        ((Move("p", "z"),), "names a place after 'z'"),
        ((Delete("z"), Reserve("p")), "names paragraph 'z'"),
    ],
)
def test_an_amendment_that_does_not_fit_is_refused_by_name(acts: tuple[Act, ...], complaint: str) -> None:
    with pytest.raises(InvalidVersionError, match=complaint):
        compile(Version(0, BASE, (Amendment("a", ("NOR",), 0, acts),)))


def test_two_amendments_or_paragraphs_with_one_id_are_refused() -> None:
    with pytest.raises(InvalidVersionError, match="'a' stands twice"):
        compile(Version(0, BASE, (Amendment("a", ("NOR",), 0, ()), Amendment("a", ("SAR",), 0, ()))))
    with pytest.raises(InvalidVersionError, match="'p' stands twice"):
        compile(Version(0, (BASE[0], BASE[0])))


def test_span_knows_its_edits() -> None:
    (span,) = compiled("one two", NOR="one three").spans()
    assert span.edits == ((1, 2, "three", "NOR"),)
