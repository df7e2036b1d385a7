"""What all builders share: rows by kind, how well a row is known, places by id."""

from collections.abc import Iterable, Mapping
from typing import TypedDict

from corfu.profiles.row import Row
from corfu.profiles.standing import Standing
from corfu.profiles.structures import Place
from corfu.profiles.words import Words

Places = Mapping[str, Place]


class Known(TypedDict):
    """What `Sourced` asks for."""

    source: str
    standing: Standing
    note: Words


def known(row: Row) -> Known:
    """How well a row is known, and from where."""
    return {"source": row.text("source"), "standing": row.standing, "note": row.words("note")}


class Rows:
    """The rows of a profile by kind, in the order of their files."""

    def __init__(self, rows: Iterable[Row]) -> None:
        """Sort the rows out."""
        self._of: dict[str, list[Row]] = {}
        for row in rows:
            self._of.setdefault(row.kind, []).append(row)

    def of(self, kind: str) -> list[Row]:
        """Those of one kind."""
        return self._of.get(kind, [])

    def below(self, kind: str, parent: Row) -> list[Row]:
        """Those of one kind that stand in another row."""
        return [row for row in self.of(kind) if row.raw.parent == parent.id]
