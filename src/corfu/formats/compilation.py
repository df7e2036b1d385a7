"""What came out of a round of returned files: the rolling text and, file by file, what was read in it.

The three renderings (`rolling_json`, `rolling_html`, `word.rolling`) take this and nothing else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from corfu.wording.model import Amendment, Version
from corfu.wording.rolling import RollingText


@dataclass(frozen=True, slots=True)
class Untracked:
    """Words that a returned file changed without a tracked change: `old` in the base's paragraph became `new`.

    `paragraph` is the base paragraph's id, or that of the one after which a new paragraph stands untracked.
    """

    paragraph: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Returned:
    """One returned file: whose it is, what it asks for, what was changed in it silently, what could not be read."""

    by: str
    file: str
    amendment: Amendment | None
    untracked: tuple[Untracked, ...] = ()
    not_understood: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()

    @property
    def asks(self) -> int:
        """How many changes it asks for."""
        return len(self.amendment.acts) if self.amendment else 0


@dataclass(frozen=True, slots=True)
class Compilation:
    """A round: the base and its live amendments, their rolling text, and the files they came in.

    `names` are the delegations' names by code, in the order in which the profile lists them.
    """

    title: str
    base: str
    version: Version
    rolling: RollingText
    files: tuple[Returned, ...]
    names: Mapping[str, str] = field(default_factory=dict)

    def in_order(self, codes: Iterable[str]) -> list[str]:
        """Codes in the profile's order, never first come first; codes it does not know after them, by the alphabet."""
        rank = {code: n for n, code in enumerate(self.names)}
        return sorted(codes, key=lambda code: (rank.get(code, len(rank)), code))
