"""Who acts or reads: passed to every rule and query, never fetched inside one."""

from dataclasses import dataclass
from typing import Final

PUBLIC: Final = "public"
PARTICIPANTS: Final = "participants"
STATES: Final = "states"
CHAIR: Final = "chair"

SECRETARIAT: Final = "SEC"
"""The code of the secretariat, which is the record's registrar."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A reader, or somebody who acts for a participant.

    `code`: the participant acted for, None for who only reads; `organisation`: the profile it belongs to, empty for the
    secretariat. `person`: the account, never written into the record.
    `chairs`: the bodies whose chair this participant holds. `layers`: what may be read, from public inwards.
    """

    code: str | None = None
    kind: str | None = None
    person: int | None = None
    administers: bool = False
    chairs: frozenset[str] = frozenset()
    layers: frozenset[str] = frozenset({PUBLIC})
    organisation: str = ""

    @property
    def is_secretariat(self) -> bool:
        """Whether this is the secretariat, which keeps the registers and enters history."""
        return self.kind == "secretariat"


ANONYMOUS: Final = Actor()


def layers_of(kind: str, *, chairs: bool = False) -> frozenset[str]:
    """What a participant of this kind reads. Partners and invited organisations do not read what is for States."""
    found = {PUBLIC, PARTICIPANTS}
    if kind in {"state", "secretariat"}:
        found.add(STATES)
    if chairs or kind == "secretariat":
        found.add(CHAIR)
    return frozenset(found)
