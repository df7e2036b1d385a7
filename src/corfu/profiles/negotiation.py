"""A negotiation under way: a text from its first revision on, what delegations want of it, translations, a guide.

The paragraphs of later revisions are not written down: `rounds.play` makes them of the first and of what the chair
took. All texts of delegations are in the text's own language.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from corfu.profiles.words import Words
from corfu.wording.model import Delete, Insert, Move, Paragraph, Reserve


class Stance(StrEnum):
    """How a delegation stands towards a wording."""

    SUPPORTS = "supports"
    CAN_LIVE_WITH = "can-live-with"
    RESERVES = "reserves"
    OBJECTS = "objects"


@dataclass(frozen=True, slots=True, kw_only=True)
class Negotiation:
    """A process with the one text that is negotiated in it. `principles`, `topics`: ids; `body`: who decides."""

    id: str
    title: Words
    summary: Words
    mandate: Words
    first: date
    body: str
    principles: tuple[str, ...]
    topics: tuple[str, ...]
    text: "Text"
    paragraphs: tuple[Paragraph, ...]
    rounds: tuple["Round", ...]
    translations: tuple["Translation", ...]
    guide: "Guide | None"

    def round(self, number: int) -> "Round":
        """The round on a revision. KeyError for one that there is not."""
        found = {each.number: each for each in self.rounds}
        return found[number]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What the text is. `id`: its place in addresses; `chair`: the State that issues its revisions; `lang`: of the
    original; `layer`: who may read it."""

    id: str
    symbol: str
    kind: str
    layer: str
    chair: str
    lang: str
    title: Words


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A paragraph's whole new words: the edits are derived from them."""

    paragraph: str
    becomes: str


DraftAct = Rewrite | Insert | Delete | Move | Reserve


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An amendment as a delegation writes it. `by`: who files it; `joined`: who joins, in that order."""

    key: str
    by: str
    joined: tuple[str, ...]
    explanation: str
    acts: tuple[DraftAct, ...]

    @property
    def supporters(self) -> tuple[str, ...]:
        """Everyone behind it."""
        return (self.by, *self.joined)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A wording in a revision's rolling text: what the amendment `key` wants in the paragraph, or the base for an
    empty key. `find`: the base's words at the contested place, where the paragraph has more than one."""

    paragraph: str
    key: str
    find: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """How a delegation stands towards one wording."""

    by: str
    stance: Stance
    to: Place
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reword:
    """The chair's own words at a contested place, drawn from the variants of the amendments `draws_on`."""

    paragraph: str
    find: str
    text: str
    draws_on: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a delegation says to the chair's suggestion."""

    by: str
    stance: Stance
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Words that the chair suggests for a contested place, with what they are made of; not yet a disposition."""

    id: str
    by: str
    words: Reword
    explanation: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A revision and what was done on it until the next was issued, in UTC.

    `take`, `rewords`, `keep_open`: the chair's dispositions, the amendments by key; what none of them names lapses. In
    the last round, which is under way, there are none.
    """

    number: int
    issued: datetime
    closes: datetime
    drafts: tuple[Draft, ...]
    positions: tuple[Position, ...]
    suggestions: tuple[Suggestion, ...]
    take: tuple[str, ...]
    rewords: tuple[Reword, ...]
    keep_open: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A paragraph in another language. `follows`: the revision whose original it renders."""

    lang: str
    paragraph: str
    follows: int
    status: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideStep:
    """One thing to try. `acting`: the State one acts as, or empty; `path`: of the page, below the language.

    `paragraph`, `becomes`: what to write there; `file`: the file to upload.
    """

    nr: int
    acting: str
    path: str
    title: Words
    text: Words
    paragraph: str
    becomes: str
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """First steps through the negotiation."""

    id: str
    title: Words
    summary: Words
    steps: tuple[GuideStep, ...]
