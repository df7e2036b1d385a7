"""A text at one of its versions, put together from its rows: what pages show and rules judge by."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeVar

from corfu.negotiation.texts.models import Amendment, Position, Revision, Spot, Standing, Suggestion, Text
from corfu.wording import plain
from corfu.wording.compile import compile
from corfu.wording.labels import addresses, label_of
from corfu.wording.model import Act, Paragraph, Version
from corfu.wording.model import Amendment as Wished
from corfu.wording.points import Point, points
from corfu.wording.rolling import RollingText, counts

T = TypeVar("T")
_MOST: Final = 32


class Behind(NamedTuple):
    """Who stands behind an amendment: as `corfu.negotiation.texts.models.Supporter`."""

    participant: str
    place: int
    revision: int
    left: int | None


@dataclass(frozen=True)
class Filed:
    """An amendment on one version: its row, how it stands there, who stood behind it while the version stood.

    `ever`: all who came to stand behind it until the version stood no more, those who left too.
    """

    row: Amendment
    standing: Standing
    supporters: tuple[Behind, ...]
    ever: tuple[Behind, ...] = ()

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """What it asks on this version; nothing where all of it waits for its sponsor."""
        return plain.acts_from(self.standing.acts) if self.standing.acts else ()

    @property
    def by(self) -> tuple[str, ...]:
        """The codes of those behind it."""
        return tuple(one.participant for one in self.supporters)

    @property
    def to_renew(self) -> tuple[str, ...]:
        """Those whose support was for an earlier wording: they stand behind it no more until they join anew."""
        return tuple(one.participant for one in self.supporters if one.revision < self.standing.revision)

    @property
    def current(self) -> tuple[str, ...]:
        """Those whose support is for the wording as it is."""
        return tuple(one.participant for one in self.supporters if one.revision >= self.standing.revision)


@dataclass(frozen=True)
class State:
    """A text at one version. `filed`: its live amendments by id, those that wait for their sponsor too."""

    text: Text
    revision: Revision
    filed: dict[str, Filed]
    positions: tuple[Position, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    paragraphs: tuple[Paragraph, ...] = field(default=())
    _kept: dict[Hashable, Any] = field(default_factory=dict, compare=False)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was made of it, under a key that names how: it never changes, so neither does that.

        Some are kept, so that whoever tries every view of a long text does not fill the memory.
        """
        if key not in self._kept:
            made = make()
            for oldest in list(self._kept)[: max(0, 1 + len(self._kept) - _MOST)]:
                self._kept.pop(oldest, None)
            self._kept[key] = made
            return made
        found: T = self._kept.get(key) or make()  # another thread may just have dropped it
        return found

    @property
    def number(self) -> int:
        """The number of the version."""
        return self.revision.number

    @property
    def stands(self) -> bool:
        """Whether it is the version that stands."""
        return self.revision.closed is None

    @cached_property
    def version(self) -> Version:
        """The base with the amendments that ask something of it."""
        wished = tuple(Wished(id_, one.current, self.number, one.acts) for id_, one in self.filed.items() if one.acts)
        return Version(self.number, self.paragraphs, wished)

    @cached_property
    def sha256(self) -> str:
        """The hash of the base and of what is asked of it: whoever decides says what was looked at."""
        return self.version.sha256()

    @cached_property
    def rolling(self) -> RollingText:
        """The text with everything that is asked of it."""
        return compile(self.version)

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """What is open."""
        return tuple(points(self.rolling))

    @cached_property
    def counted(self) -> dict[str, int]:
        """How much is open: what the version says of itself since the next one was issued, else what is found now."""
        if self.revision.counts:
            return dict(self.revision.counts)
        found = counts(self.rolling)
        return {name: getattr(found, name) for name in found.__slots__}

    @cached_property
    def names(self) -> dict[str, str]:
        """What the room calls each paragraph of the base, by id: "4", "7(b)"; "" for one without a number."""
        called = addresses((label_of(one), one.kind) for one in self.paragraphs)
        return {one.id: name for one, name in zip(self.paragraphs, called, strict=True)}

    @cached_property
    def base(self) -> dict[str, Paragraph]:
        """The paragraphs of the base by id."""
        return {one.id: one for one in self.paragraphs}

    def point(self, key: str) -> Point | None:
        """An open point by its key."""
        return next((one for one in self.points if one.key == key), None)

    @cached_property
    def spots(self) -> dict[Spot, Point]:
        """The open points by what a position or a suggestion says of them."""
        found: dict[Spot, Point] = {}
        for point in self.points:
            spot = Spot(point.paragraph, str(point.kind), point.variants[0].text)
            while spot in found:
                spot = spot._replace(nth=spot.nth + 1)
            found[spot] = point
        return found

    @cached_property
    def _spot_of(self) -> dict[str, Spot]:
        return {point.key: spot for spot, point in self.spots.items()}

    def spot(self, point: Point) -> Spot:
        """How a position or a suggestion names an open point."""
        return self._spot_of[point.key]

    def latest_positions(self) -> Iterator[Position]:
        """The latest position of each participant on each wording."""
        found = {(one.participant, one.spot, one.wording): one for one in self.positions}
        return iter(found.values())

    def on_the_table(self, position: Position) -> bool:
        """Whether the exact wording that a position is towards is still on the table; else it needs renewal."""
        point = self.spots.get(position.spot)
        if point is None:
            return False
        offered = {one.wording for one in self.suggestions_on(point)}
        return position.wording in {one.text for one in point.variants} | offered

    def suggestions_on(self, point: Point) -> list[Suggestion]:
        """The chair's suggestions for an open point."""
        return [one for one in self.suggestions if one.spot == self.spot(point)]

    def of(self, code: str | None) -> list[Filed]:
        """The amendments that a participant stands behind, in its wording or an earlier one."""
        return [one for one in self.filed.values() if code in one.by]


def gather(
    text: Text,
    revision: Revision,
    standings: Iterable[Standing] = (),
    behind: Mapping[str, Sequence[Behind]] = MappingProxyType({}),
    positions: Iterable[Position] = (),
    suggestions: Iterable[Suggestion] = (),
) -> State:
    """The state from its rows: each standing with its amendment, and by its id those who ever stood behind it."""
    closed = revision.closed
    filed = (_filed(one, behind.get(one.amendment_id, ()), closed) for one in standings if _lived(one, closed))
    live = {one.row.pk: one for one in filed if one.supporters and (one.standing.acts or one.standing.asked)}
    base = plain.paragraphs_from(revision.paragraphs) if revision.paragraphs else ()
    return State(text, revision, live, tuple(positions), tuple(suggestions), base)


def _filed(standing: Standing, behind: Sequence[Behind], closed: int | None) -> Filed:
    there = [one for one in behind if closed is None or one.place < closed]
    stayed = [one for one in there if one.left is None or (closed is not None and one.left > closed)]
    return Filed(standing.amendment, standing, tuple(stayed), tuple(there))


def _lived(standing: Standing, closed: int | None) -> bool:
    withdrawn = standing.amendment.withdrawn
    return withdrawn is None or (closed is not None and withdrawn > closed)
