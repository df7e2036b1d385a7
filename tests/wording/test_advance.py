"""The next version: nothing changes without a source and an authority, and no amendment is ever lost."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings

from corfu.wording.advance import Advanced, Disposition, advance
from corfu.wording.audit import without_authority
from corfu.wording.compile import compile
from corfu.wording.diff import edits
from corfu.wording.labels import label_of
from corfu.wording.model import SPLIT, Act, Amendment, Delete, Edit, Insert, Kind, Move, Paragraph, Reserve, Version
from corfu.wording.points import BASE, OPEN, Choice, InvalidChoiceError, Point, PointKind, points, take, word
from corfu.wording.rebase import Rebasing, rebase
from corfu.wording.tokens import tokenize
from tests.wording.strategies import WORDS, amendment, phrase, randoms, version, versions


def some_choices(random: Random, found: list[Point]) -> dict[str, Choice]:
    """Dispositions at random, each that fits its point; some points get none."""
    choices: dict[str, Choice] = {}
    placed: set[str] = set()
    for point in found:
        choice = random.choice([BASE, OPEN, take(random.randrange(len(point.variants)))])
        if point.kind in (PointKind.DELETE, PointKind.MOVE):
            choice = BASE if point.paragraph in placed else choice
            placed |= {point.paragraph} if choice.variant else set()
        elif random.random() < 0.2:
            text = phrase(random, "en", 3) + (SPLIT + "more" if point.span and random.random() < 0.3 else "")
            choice = word(text, tuple({random.randrange(len(point.variants))}))
        if random.random() < 0.9:
            choices[point.key] = choice
    return choices


def advanced(random: Random, version: Version) -> Advanced:
    return advance(version, some_choices(random, points(compile(version))), "act 7")


@given(versions, randoms)
def test_no_difference_between_versions_is_without_authority(version: Version, random: Random) -> None:
    after = advanced(random, version)
    assert without_authority(version, after.version, after.changes) == []


@given(versions, randoms)
def test_a_change_left_out_of_the_list_is_found(version: Version, random: Random) -> None:
    after = advanced(random, version)
    silent = [c for c in after.changes if c.kind is PointKind.SPAN and c.old != c.new]
    for change in silent:
        told = [c for c in after.changes if c is not change]
        assert without_authority(version, after.version, told)


@given(versions, randoms)
def test_a_silent_change_is_found(version: Version, random: Random) -> None:
    after = advanced(random, version)
    if after.version.paragraphs:
        place = random.randrange(len(after.version.paragraphs))
        paragraphs = list(after.version.paragraphs)
        paragraphs[place] = replace(paragraphs[place], text=paragraphs[place].text + " silently")
        found = without_authority(version, replace(after.version, paragraphs=tuple(paragraphs)), after.changes)
        assert any("silently" in fault for fault in found)


@given(versions, randoms)
def test_every_act_has_one_outcome_and_the_concordance_shows_it(version: Version, random: Random) -> None:
    after = advanced(random, version)
    asked = Counter((a.id, act) for a in version.amendments for act in a.acts)
    assert Counter((o.amendment, o.act) for o in after.outcomes) == asked
    assert Counter((o.amendment, o.act) for row in after.concordance for o in row.outcomes) == asked
    assert [row.old for row in after.concordance if row.old] == [p.id for p in version.paragraphs]
    assert {i for row in after.concordance for i in row.new} == {p.id for p in after.version.paragraphs}
    live = {a.id for a in after.version.amendments}
    assert live == {o.amendment for o in after.outcomes if o.rebased is Rebasing.CARRIED}


@given(versions, randoms)
def test_nothing_is_taken_in_a_paragraph_that_is_gone(version: Version, random: Random) -> None:
    after = advanced(random, version)
    gone = {p.id for p in version.paragraphs} - {p.id for p in after.version.paragraphs}
    assert all(c.kind is PointKind.DELETE for c in after.changes if c.paragraph in gone)
    lost = [o for o in after.outcomes if o.paragraph in gone and not isinstance(o.act, Delete)]
    assert {(o.disposition, o.rebased) for o in lost} <= {(Disposition.LAPSED, Rebasing.ORPHANED)}


@given(versions)
def test_leaving_all_open_changes_nothing(version: Version) -> None:
    after = advance(version, {}, "act 7")
    assert [p.text for p in after.version.paragraphs] == [p.text for p in version.paragraphs]
    assert after.changes == ()
    before = [[v.text for v in s.variants] for s in compile(version).spans()]
    assert [[v.text for v in s.variants] for s in compile(after.version).spans()] == before


@settings(deadline=None)
@given(randoms)
def test_no_amendment_is_lost_in_a_negotiation_of_ten_versions(random: Random) -> None:
    text = version(random)
    language = random.choice(sorted(WORDS))
    fates: Counter[str] = Counter()
    filed = sum(len(a.acts) for a in text.amendments)
    for round in range(10):
        old, after = text, advanced(random, text)
        assert without_authority(old, after.version, after.changes) == []
        late = amendment(random, f"late{round}", old, language)  # filed on the version before, as this one is issued
        filed += len(late.acts)
        (moved,) = rebase(old, after.version, [late], after.heirs)
        assert [fate.act for fate in moved.acts] == list(late.acts)
        fates.update(o.disposition for o in after.outcomes if o.rebased is not Rebasing.CARRIED)
        fates.update(fate.how for fate in moved.acts if fate.how is not Rebasing.CARRIED)
        live = [*after.version.amendments, *filter(None, [moved.carried()])]
        for outcome in after.outcomes:
            if outcome.rebased is Rebasing.CONTESTED and outcome.acts and random.random() < 0.5:
                live.append(Amendment(f"{outcome.amendment}+{round}.{len(live)}", outcome.by, round + 1, outcome.acts))
                filed += len(outcome.acts)
        text = replace(after.version, amendments=tuple(live))
        compile(text)  # every act that was carried or confirmed fits the new version
    standing = sum(len(a.acts) for a in text.amendments)
    assert sum(fates.values()) + standing == filed


# By name, as it would be told in the room.

BASE_TEXT = (
    Paragraph("p1", "1. Decides to open a channel;"),
    Paragraph("p2", "2. States shall reply within 48 hours;"),
    Paragraph("p3", "3. Decides to review it."),
)


def filed(code: str, *acts: Act) -> Amendment:
    return Amendment(code, (code,), 4, acts)


def changed(paragraph: int, new: str) -> tuple[Edit, ...]:
    return tuple(edits(f"p{paragraph}", BASE_TEXT[paragraph - 1].text, new))


def rev4(*amendments: Amendment) -> Version:
    return Version(4, BASE_TEXT, amendments)


NOR = filed("NOR", *changed(2, "2. States shall reply within 24 hours;"))
KAR = filed("KAR", *changed(2, "2. States shall reply within ten working days;"))


def test_a_variant_taken_is_taken_for_its_sponsors_and_lapses_for_the_others() -> None:
    after = advance(rev4(NOR, KAR), {"p2:span:1": take(2)}, "version.issue 5")
    assert after.version.paragraphs[1].text == "2. States shall reply within 24 hours;"
    assert {o.amendment: o.disposition for o in after.outcomes} == {"NOR": Disposition.TAKEN, "KAR": Disposition.LAPSED}
    (change,) = after.changes
    assert (change.old, change.new, change.by, change.authority) == (
        "48 hours",
        "24 hours",
        ("NOR",),
        "version.issue 5",
    )


def test_the_chairs_wording_is_taken_with_changes_for_those_it_draws_on() -> None:
    after = advance(rev4(NOR, KAR), {"p2:span:1": word("72 hours", (2,))}, "version.issue 5")
    assert after.version.paragraphs[1].text == "2. States shall reply within 72 hours;"
    found = {o.amendment: o.disposition for o in after.outcomes}
    assert found == {"NOR": Disposition.TAKEN_WITH_CHANGES, "KAR": Disposition.LAPSED}
    assert after.changes[0].chair


@pytest.mark.parametrize("choice", [take(2), word("72 hours", (2,)), BASE, OPEN])
def test_what_is_asked_of_a_paragraph_that_is_deleted_lapses_with_it_whatever_is_chosen(choice: Choice) -> None:
    text = rev4(NOR, KAR, filed("ZEN", Delete("p2")), filed("SAR", Edit("p2", 1, 2, tokenize(BASE_TEXT[1].text)[1])))
    after = advance(text, {"p2:span:1": choice, "p2:delete": take(1)}, "version.issue 5")
    gone = (Disposition.LAPSED, Rebasing.ORPHANED)
    found = {o.amendment: (o.disposition, o.rebased) for o in after.outcomes}
    assert found == {"NOR": gone, "KAR": gone, "SAR": gone, "ZEN": (Disposition.TAKEN, None)}
    (change,) = after.changes
    assert (change.kind, change.by, change.old) == (PointKind.DELETE, ("ZEN",), BASE_TEXT[1].text)
    assert without_authority(text, after.version, after.changes) == []


def test_words_taken_in_a_paragraph_that_stays_after_all_are_taken() -> None:
    text = rev4(NOR, filed("ZEN", Delete("p2")))
    after = advance(text, {"p2:span:1": take(1), "p2:delete": BASE}, "version.issue 5")
    assert {o.amendment: o.disposition for o in after.outcomes} == {"NOR": Disposition.TAKEN, "ZEN": Disposition.LAPSED}


def test_an_open_point_stays_bracketed_beside_one_that_is_closed() -> None:
    two = filed("SAR", *changed(2, "2. Participating States should reply within 48 hours;"))
    after = advance(rev4(NOR, two), {"p2:span:1": take(1)}, "version.issue 5")
    assert after.version.paragraphs[1].text.startswith("2. Participating States")
    (span, *_) = compile(after.version).spans()
    assert {o.disposition for o in after.outcomes} == {Disposition.TAKEN, Disposition.STILL_BRACKETED}
    assert span.number == 1


def test_a_paragraph_that_is_split_keeps_its_id_and_the_second_half_gets_one() -> None:
    split = filed("SAR", *changed(2, "2. States shall reply\nwithin 48 hours;"))
    after = advance(rev4(split, NOR), {"p2:span:1": take(1)}, "version.issue 5")
    assert [p.id for p in after.version.paragraphs] == ["p1", "p2", "p2.5.1", "p3"]
    # Norvale's words stand in the second half now: its amendment has followed them.
    (norvale,) = after.version.amendments
    assert [a.paragraph for a in norvale.acts if isinstance(a, Edit)] == ["p2.5.1"]
    assert compile(after.version).paragraphs[2].spans[0].variants[1].text == "24"


def test_a_new_paragraph_a_move_and_a_deletion() -> None:
    new = Paragraph("n1", "2 bis. Adds this;")
    acts = filed("SAR", Insert("p2", new), Delete("p1"), Move("p3", None))
    choices = {"n1:insert": take(1), "p1:delete": take(1), "p3:move:SAR": take(1)}
    after = advance(rev4(acts), choices, "version.issue 5")
    assert [p.id for p in after.version.paragraphs] == ["p3", "p2", "n1"]
    assert without_authority(rev4(), after.version, after.changes) == []
    assert {o.disposition for o in after.outcomes} == {Disposition.TAKEN}


def test_a_reservation_stays_until_its_author_lifts_it() -> None:
    after = advance(rev4(filed("SAR", Reserve("p2"))), {}, "version.issue 5")
    assert after.version.amendments[0].acts == (Reserve("p2"),)


@pytest.mark.parametrize(
    ("new", "how"),
    [
        ("2. All States shall reply within 48 hours;", Rebasing.CARRIED),
        ("2. States shall reply within 24 hours;", Rebasing.SATISFIED),
        ("2. States shall reply within 72 hours;", Rebasing.CONTESTED),
        (None, Rebasing.ORPHANED),
    ],
)
def test_rebase_tells_the_four_fates_apart(new: str | None, how: Rebasing) -> None:
    paragraphs = [replace(p, text=new) if p.id == "p2" and new else p for p in BASE_TEXT if p.id != "p2" or new]
    (moved,) = rebase(rev4(), Version(5, tuple(paragraphs)), [NOR])
    (fate,) = moved.acts
    assert fate.how is how
    assert moved.need_renewal() == (("NOR",) if how is Rebasing.CONTESTED else ())
    if how is Rebasing.CONTESTED:
        assert fate.acts == (Edit("p2", 6, 7, "24 "),)


def test_a_disposition_that_does_not_fit_is_refused() -> None:
    version = rev4(NOR, filed("SAR", Delete("p1"), Move("p1", "p3")))
    for choices, complaint in (
        ({"p9:span:1": BASE}, "no open point 'p9:span:1'"),
        ({"p2:span:1": take(7)}, "has 2 variants, not number 7"),
        ({"p1:delete": word("x")}, "takes no wording"),
        ({"p1:delete": take(1), "p1:move:SAR": take(1)}, "cannot go to two places"),
    ):
        with pytest.raises(InvalidChoiceError, match=complaint):
            advance(version, choices, "version.issue 5")
    with pytest.raises(ValueError, match="authority"):
        advance(version, {}, " ")


def test_two_new_paragraphs_with_the_same_words_have_fates_of_their_own() -> None:
    twice = filed("SAR", Insert("p1", Paragraph("n1", "Thanks;")), Insert("p3", Paragraph("n2", "Thanks;")))
    after = advance(rev4(twice), {"n1:insert": BASE, "n2:insert": take(1)}, "version.issue 5")
    assert [o.disposition for o in after.outcomes] == [Disposition.LAPSED, Disposition.TAKEN]


def test_a_new_paragraph_beside_a_change_of_quotes() -> None:
    base = Version(4, (Paragraph("p1", "the “channel”;"),))
    acts: tuple[Act, ...] = (
        *edits("p1", base.paragraphs[0].text, 'the "channel";'),
        Insert("p1", Paragraph("n1", "Thanks;")),
    )
    after = advance(replace(base, amendments=(filed("SAR", *acts),)), {"n1:insert": take(1)}, "version.issue 5")
    assert [o.disposition for o in after.outcomes] == [Disposition.STILL_BRACKETED, Disposition.TAKEN]


def after_three(*new: str, kind: Kind = Kind.OPERATIVE, level: int = 0) -> Version:
    """Three numbered paragraphs, and what three delegations want after the last of them."""
    base = tuple(replace(p, kind=Kind.OPERATIVE) for p in (*BASE_TEXT, Paragraph("p4", "4. Ends.")))
    asked = [
        filed(code, Insert("p3", Paragraph(f"n{n}", text, kind, level)))
        for n, (code, text) in enumerate(zip(("NOR", "KAR", "SAR"), new, strict=False))
    ]
    return Version(4, base, tuple(asked))


@pytest.mark.parametrize(
    ("taken", "labels"),
    [
        ("n0", ["3 bis"]),
        ("n1", ["3 bis"]),
        ("n2", ["99"]),
        ("n0 n1", ["3 bis", "3 ter"]),
        ("n1 n2", ["3 bis", "99"]),
        ("n0 n1 n2", ["3 bis", "3 ter", "99"]),
    ],
)
def test_only_new_paragraphs_that_are_added_are_counted(taken: str, labels: list[str]) -> None:
    text = after_three("Adds a fund;", "Begins talks;", "99. Closes it;")
    shown = [p.label for p in compile(text).paragraphs if p.inserted]
    assert sorted(shown) == ["3 bis", "3 ter", "99"]
    choices = {p.key: take(1) if p.paragraph in taken.split() else BASE for p in points(compile(text))}
    after = advance(text, choices, "version.issue 5")
    new = [row for row in after.concordance if row.old is None and row.new]
    assert sorted(label for row in new for label in row.new_labels) == labels
    assert [label_of(p) for p in after.version.paragraphs if p.id.startswith("p")] == ["1", "2", "3", "4"]


def test_what_is_added_later_is_counted_after_what_stands() -> None:
    text = after_three("Adds a fund;", "Begins talks;")
    first = advance(text, {"n1:insert": take(1)}, "version.issue 5").version
    assert [label_of(p) for p in first.paragraphs] == ["1", "2", "3", "3 bis", "4"]
    assert [p.label for p in compile(first).paragraphs if p.inserted] == ["3 ter"]
    more = replace(
        first, amendments=(*first.amendments, filed("ZEN", Insert("n1", Paragraph("z", "Votes;", Kind.OPERATIVE))))
    )
    second = advance(more, {"n0:insert": take(1), "z:insert": take(1)}, "version.issue 6").version
    labels = {p.id: label_of(p) for p in second.paragraphs}
    assert labels["n1"] == "3 bis"
    assert {labels["n0"], labels["z"]} == {"3 ter", "3 quater"}


def test_a_new_paragraph_is_not_counted_after_one_that_goes_as_it_comes() -> None:
    text = after_three("Adds a fund;")
    text = replace(text, amendments=(*text.amendments, filed("ZEN", Delete("p3"))))
    after = advance(text, {"n0:insert": take(1), "p3:delete": take(1)}, "version.issue 5")
    assert [label_of(p) for p in after.version.paragraphs] == ["1", "2", "2 bis", "4"]


def test_the_chairs_words_for_a_new_paragraph_bring_a_number_or_get_one() -> None:
    text = after_three("99. Closes it;")
    for words, label in (("Closes it all;", "3 bis"), ("3 ter. Closes it all;", "3 ter")):
        after = advance(text, {"n0:insert": word(words, (1,))}, "version.issue 5")
        assert label_of(after.version.paragraphs[3]) == label


def test_items_added_under_a_paragraph_without_any_are_a_list() -> None:
    text = after_three("to meet;", "to report;", kind=Kind.ITEM, level=1)
    assert [p.label for p in compile(text).paragraphs if p.inserted] == ["(a)", "(b)"]
    after = advance(text, {"n1:insert": take(1)}, "version.issue 5").version
    assert [label_of(p) for p in after.paragraphs] == ["1", "2", "3", "(a)", "4"]


@given(versions, randoms)
def test_no_number_changes_and_none_is_given_twice(version: Version, random: Random) -> None:
    numbered = tuple(replace(p, label=f"{n}." if n % 2 else "") for n, p in enumerate(version.paragraphs))
    text = replace(version, paragraphs=numbered)
    after = advanced(random, text)
    own = {p.id: p.label for p in numbered}
    assert all(p.label == own[p.id] for p in after.version.paragraphs if p.id in own)
    heads = {id for ids in after.heirs.values() for id in ids[1:]}
    made = [p for p in after.version.paragraphs if p.id not in own and p.id not in heads and p.label]
    given = Counter(p.label for p in made if p.kind is not Kind.ITEM)
    assert all(count == 1 for count in given.values()) and not set(given) & set(own.values())
