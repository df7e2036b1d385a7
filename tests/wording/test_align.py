"""Which paragraph is which."""

from random import Random

import pytest
from hypothesis import given

from corfu.wording.align import align
from tests.wording.strategies import WORDS, phrase, randoms

OLD = [
    "Recalling its earlier decisions,",
    "1. Decides to open a channel;",
    "2. Requests a yearly report;",
    "3. Reviews it.",
]


def test_equal_texts_are_paired_one_by_one() -> None:
    assert align(OLD, OLD) == [(0, 0), (1, 1), (2, 2), (3, 3)]


def test_a_paragraph_rewritten_is_still_the_same() -> None:
    new = [OLD[0], "1. Decides to establish a channel for all States;", OLD[2], OLD[3]]
    assert align(OLD, new) == [(0, 0), (1, 1), (2, 2), (3, 3)]


def test_new_and_missing_paragraphs_stand_alone() -> None:
    new = [OLD[0], OLD[1], "1 bis. Thanks the host country;", OLD[3]]
    assert align(OLD, new) == [(0, 0), (1, 1), (2, None), (None, 2), (3, 3)]


def test_a_permanent_id_outweighs_the_words() -> None:
    new = [OLD[0], "Entirely other words here.", OLD[2], OLD[3]]
    ids = ["a", "b", "c", "d"]
    assert align(OLD, new)[1:3] == [(1, None), (None, 1)]
    assert align(OLD, new, ids, ids)[1] == (1, 1)


def test_ids_that_changed_places_do_not_cross() -> None:
    found = align(["a", "b"], ["b", "a"], ["1", "2"], ["2", "1"])
    assert len([pair for pair in found if None not in pair]) == 1


def test_a_copied_id_counts_once() -> None:
    assert align(["a x y"], ["a x y", "b"], ["1"], ["1", "1"]) == [(0, 0), (None, 1)]


@given(randoms)
def test_every_paragraph_stands_once_and_in_order(random: Random) -> None:
    language = random.choice(sorted(WORDS))
    old = [phrase(random, language) for _ in range(random.randint(0, 6))]
    new = [random.choice(old) if old and random.random() < 0.5 else phrase(random, language) for _ in range(5)]
    ids = [random.choice(["x", "y", "z", None]) for _ in old]
    pairs = align(old, new, ids, [random.choice(["x", "y", "z", None]) for _ in new])
    assert [a for a, _ in pairs if a is not None] == list(range(len(old)))
    assert [b for _, b in pairs if b is not None] == list(range(len(new)))


@pytest.mark.parametrize(("old", "new"), [([], []), ([], ["a"]), (["a"], [])])
def test_nothing_on_one_side(old: list[str], new: list[str]) -> None:
    assert len(align(old, new)) == len(old) + len(new)


def test_a_figure_changed_in_a_table_stays_in_its_cell() -> None:
    old = ["Staff", "–", "Travel", "100", "1. Decides to pay."]
    assert align(old, ["Staff", "40", "Travel", "250", "1. Decides to pay."]) == [(n, n) for n in range(5)]


def test_a_long_text_in_which_every_paragraph_changed_is_still_that_text() -> None:
    old = [f"{n}. Decides to report on item {n} in the year 2025;" for n in range(600)]
    assert align(old, [t.replace("2025", "2026") for t in old]) == [(n, n) for n in range(600)]


def test_among_equal_paragraphs_the_changed_one_is_found() -> None:
    old = ["First."] + ["Idem,"] * 200 + ["Last."]
    new = ["First!"] + ["Idem,"] * 100 + ["Item,"] + ["Idem,"] * 99 + ["Last!"]
    assert [pair for pair in align(old, new) if None in pair] == []
