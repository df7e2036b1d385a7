"""How well a row is known, and from where: what every row of fact carries."""

from dataclasses import dataclass
from enum import StrEnum

from corfu.profiles.words import Words


class Standing(StrEnum):
    """How well a row is known."""

    CONFIRMED = "confirmed"  # seen in the source
    RECALLED = "recalled"  # known, not seen: check before use
    UNCERTAIN = "uncertain"  # sources leave it open
    SEED = "seed"  # from the page this project began from
    NOT_FOUND = "not-found"  # looked for and not read: the row only marks its place
    INVENTED = "invented"  # belongs to an exercise


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """What every row of fact carries. `source`: an address, the name of a document, or empty."""

    source: str
    standing: Standing
    note: Words

    @property
    def url(self) -> str:
        """The source where it is an address a reader can follow, else empty."""
        return self.source if self.source.startswith(("https://", "http://")) and " " not in self.source else ""
