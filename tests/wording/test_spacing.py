"""Words that are put in keep apart from their neighbours, and marks stay close."""

import pytest

from corfu.wording.spacing import spaced


@pytest.mark.parametrize(
    ("before", "words", "after", "made"),
    [
        ("9,000 troops", "or more", ";", " or more"),
        ("no timely reply ", "or none", "is given", "or none "),
        ("within ", "24 hours", " of", "24 hours"),
        ("the Strait", ", which is narrow", ",", ", which is narrow"),
        ("(", "hereinafter", ")", "hereinafter"),
        ("", "Recalling", "the Declaration", "Recalling "),
        ("reply", "at once", "", " at once"),
        ("决定", "再次", "举行会议", "再次"),
        ("reply ", "", "at once", ""),
        ("co-", "operation", "", "operation"),
    ],
)
def test_spaces_are_added_where_words_would_meet(before: str, words: str, after: str, made: str) -> None:
    assert spaced(before, words, after) == made
