"""The line of a process: true to time, and no label over another."""

import re
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corfu.formats.svg import NARROW, WIDE, Mark, Term, process_line
from corfu.formats.svg.letters import line_width, wrap

LABEL = re.compile(r'<text x="([\d.]+)" y="([\d.]+)" font-size="13.5"><tspan class="d-strong">(.*?)</tspan>')
DAYS = st.lists(st.integers(0, 1000), min_size=1, max_size=9, unique=True)


def marks(days: list[int]) -> list[Mark]:
    start = date(2008, 1, 1)
    return [Mark(f"Step{day:04}", "1 May 2008", start + timedelta(day), "decision") for day in days]


@given(DAYS)
def test_labels_never_lie_over_one_another(days: list[int]) -> None:
    drawn = process_line(marks(days), [], "Line", "Line", WIDE)
    labels = sorted((float(y), float(x)) for x, y, _ in LABEL.findall(drawn))
    assert len(labels) == len(days)
    wide = line_width("Step0000 1 May 2008", 13.5)
    for (first_y, first_x), (second_y, second_x) in pairwise(labels):
        assert first_y != second_y or second_x - first_x >= wide


@given(DAYS)
def test_steps_come_in_the_order_of_time_however_they_are_given(days: list[int]) -> None:
    for width in (WIDE, NARROW):
        drawn = process_line(marks(days), [], "Line", "Line", width)
        names = re.findall(r">(Step\d{4})<", drawn)
        assert names == sorted(names)


def test_a_term_is_as_long_on_the_line_as_it_was() -> None:
    terms = [Term("A", date(2008, 1, 1), date(2008, 12, 31)), Term("B", date(2009, 1, 1), date(2010, 12, 31))]
    drawn = process_line(marks([10]), terms, "Line", "Line", WIDE)
    first, second = (float(width) for width in re.findall(r'width="([\d.]+)" height="26"', drawn))
    assert 1.9 < second / first < 2.1


def test_words_break_at_spaces_and_a_long_word_stands_alone() -> None:
    assert wrap("one two three", line_width("one two", 14), 14) == ["one two", "three"]
    assert wrap("Parliamentary-Assembly", 20, 14) == ["Parliamentary-Assembly"]
    assert wrap("", 20, 14) == []
