"""What an organization consists of beside its participants and bodies, and what is told about it."""

from dataclasses import dataclass

from corfu.profiles.dated import Dated
from corfu.profiles.standing import Sourced
from corfu.profiles.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place, with its position in degrees where a map can show it."""

    id: str
    name: Words
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension(Sourced):
    """A field of work."""

    id: str
    nr: int
    name: Words
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution(Sourced):
    """A standing part of the organization. `seat`: None where it changes. `kind`: of a label `institution.…`."""

    id: str
    name: Words
    kind: str
    seat: Place | None
    established: Dated | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldOperation(Sourced):
    """A mission or office in the field. `host`: the State's code, or empty; `decision`: what set it up."""

    id: str
    name: Words
    host: str
    seat: Place | None
    open: bool
    established: Dated | None
    ended: Dated | None
    decision: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Post(Sourced):
    """A leading post. `unit`: the institution or field operation it belongs to. `kind`: of a label `post.…`."""

    id: str
    nr: int
    title: Words
    kind: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence(Sourced):
    """One fact about the organization."""

    id: str
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is told about one side of the organization: "finance", "employment"."""

    id: str
    title: Words
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story(Sourced):
    """A story for the public. `steps`: of the process; `related`: other stories; `categories`: of `category.…`."""

    id: str
    title: Words
    summary: Words
    date: Dated
    categories: tuple[str, ...]
    steps: tuple[str, ...]
    related: tuple[str, ...]
    paragraphs: tuple[Words, ...]
    box_title: Words
    box: tuple[Words, ...]

    def behind(self, language: str) -> bool:
        """Whether any of its text is missing in a language."""
        texts = (self.title, self.summary, self.box_title, *self.paragraphs, *self.box)
        return any(text.behind(language) for text in texts)
