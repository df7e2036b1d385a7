"""What a reader says: when it cannot read, and of what it read."""

from typing import Self


class Said(str):
    """A sentence in English, made of a pattern and its facts: where people read another language, the same facts go
    into the translation of the pattern. `pattern`: as `str % dict` takes it; tools/messages.py gathers it."""

    __slots__ = ("facts", "pattern")

    pattern: str
    facts: dict[str, str | int]

    def __new__(cls, pattern: str, **facts: str | int) -> Self:
        """The sentence with its facts in their places."""
        made = super().__new__(cls, pattern % facts)
        made.pattern, made.facts = pattern, facts
        return made


def says(pattern: str) -> str:
    """A pattern that stands elsewhere than in the call that takes it: marks it for tools/messages.py."""
    return pattern


class BadInput(Exception):
    """A file that cannot be read, and why.

    str(error) is one sentence or two for the person at the keyboard: it begins with the file's name, says what is
    wrong with it and what to do next. It is shown as it is, without a traceback; the command line exits with 2.
    """


class BadFile(BadInput):
    """The same of a file that came to the site or to the command line; `said` can be told in other languages."""

    def __init__(self, pattern: str, **facts: str | int) -> None:
        """The pattern and its facts, as `Said` takes them."""
        self.said = Said(pattern, **facts)
        super().__init__(self.said)
