"""The text under negotiation as values: paragraphs, amendments and the acts they are made of, versions.

Everything here is immutable and has no behaviour but its own checks. A paragraph is addressed by its
permanent `id`, never by its number: labels are a view (`labels.py`).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Final

SOFT_BREAK: Final = "\u2028"
"""A line break inside one paragraph (Word's Shift+Enter); a paragraph holds no other."""

SPLIT: Final = "\n"
"""Inside the text of an edit: here the paragraph is broken in two."""


class Kind(StrEnum):
    """What a paragraph is in the text."""

    TITLE = "title"
    HEADING = "heading"
    PREAMBULAR = "preambular"
    OPERATIVE = "operative"
    ITEM = "item"
    PLAIN = "plain"


class ReserveKind(StrEnum):
    """Why a delegation reserves a paragraph: on principle, to study it, or until another point is settled."""

    GENERAL = "general"
    SCRUTINY = "scrutiny"
    LINKED = "linked"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a version. `label` is the number its source shows when that is not typed in `text`."""

    id: str
    text: str
    kind: Kind = Kind.PLAIN
    level: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the tokens `start:end` of a paragraph by `text`: an insertion when the range is empty, a deletion
    when `text` is."""

    paragraph: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Insert:
    """A new paragraph (with its own permanent id) at the place after `after`; None: before the first one.

    Places are those of the base, whatever the same amendment does to the paragraph it names; several at one place
    stand in the order of the acts.
    """

    after: str | None
    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class Delete:
    """Take the paragraph out."""

    paragraph: str


@dataclass(frozen=True, slots=True)
class Move:
    """Take the paragraph, with this amendment's own edits to it, to the place after `after` (as in `Insert`)."""

    paragraph: str
    after: str | None


@dataclass(frozen=True, slots=True)
class Reserve:
    """A reservation on the paragraph; `on` names what a linked one waits for."""

    paragraph: str
    kind: ReserveKind = ReserveKind.GENERAL
    on: str = ""


Act = Edit | Insert | Delete | Move | Reserve


@dataclass(frozen=True, slots=True)
class Amendment:
    """What the delegations `by` want changed in version `on`: their codes sorted, their acts in order."""

    id: str
    by: tuple[str, ...]
    on: int
    acts: tuple[Act, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "by", tuple(sorted(set(self.by))))
        object.__setattr__(self, "acts", tuple(self.acts))


@dataclass(frozen=True, slots=True)
class Version:
    """A text at one moment: its base paragraphs and the amendments that are live on it."""

    number: int
    paragraphs: tuple[Paragraph, ...]
    amendments: tuple[Amendment, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "paragraphs", tuple(self.paragraphs))
        object.__setattr__(self, "amendments", tuple(self.amendments))

    def sha256(self) -> str:
        """The SHA-256, in hex, of number, paragraphs and amendments; the order of the amendments is no part of it."""
        amendments = sorted((_plain(a) for a in self.amendments), key=lambda a: str(a["id"]))
        whole = {"amendments": amendments, "number": self.number, "paragraphs": [asdict(p) for p in self.paragraphs]}
        data = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(data.encode()).hexdigest()


def _plain(amendment: Amendment) -> dict[str, object]:
    acts = [{"act": type(act).__name__.lower(), **asdict(act)} for act in amendment.acts]
    return {"id": amendment.id, "by": amendment.by, "on": amendment.on, "acts": acts}


class InvalidVersionError(ValueError):
    """A version whose amendments do not fit its paragraphs; the message names the first misfit."""


def touched(act: Act) -> str | None:
    """The id of the base paragraph an act changes; None for an insertion, which changes none."""
    return None if isinstance(act, Insert) else act.paragraph


def problems(version: Version) -> Iterator[str]:
    """What stands against compiling this version: one sentence each. Token ranges are checked by `compile`."""
    ids = [p.id for p in version.paragraphs]
    yield from (f"paragraph id {i!r} stands twice" for i in _twice(ids))
    yield from (f"amendment id {i!r} stands twice" for i in _twice(a.id for a in version.amendments))
    known = set(ids)
    for amendment in version.amendments:
        for act in amendment.acts:
            yield from (f"amendment {amendment.id!r} {fault}" for fault in _faults(act, known))


def _faults(act: Act, known: set[str]) -> Iterator[str]:
    named = touched(act)
    if named is not None and named not in known:
        yield f"names paragraph {named!r}, which the version does not have"
    if isinstance(act, Insert | Move) and act.after is not None and act.after not in known:
        yield f"names a place after {act.after!r}, which the version does not have"
    if isinstance(act, Insert) and (SPLIT in act.paragraph.text or act.paragraph.id in known):
        yield f"inserts {act.paragraph.id!r}, whose text is two paragraphs or whose id is taken"
    if isinstance(act, Edit) and not 0 <= act.start <= act.end:
        yield f"has the impossible token range {act.start}:{act.end}"


def _twice(ids: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return sorted({i for i in ids if i in seen or seen.add(i)})  # type: ignore[func-returns-value]
