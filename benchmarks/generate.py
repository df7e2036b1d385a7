"""Realistic negotiations out of a seed: a text, delegations, and what they ask for.

    asked = negotiation(7, paragraphs=200, words=10_000, delegations=57, amendments=2_000, language="ru")
    asked.version()                 the base with the amendments as filed, each by one delegation, each with one act
    asked.version(joined=True)      the same, all of one delegation's acts as one amendment, as from a returned file
    asked.next_version()            a next version of the base, to rebase them to

The same arguments give the same bytes on every machine. See benchmarks/README.md for how texts and proposals are made.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final

from benchmarks.delegations import delegations as invented
from benchmarks.drafting import LETTERS, OPTIONAL, QUALIFIED, TAILS, Drafted, Drafter, Slot
from benchmarks.phrases import LANGUAGES, Phrases
from corfu.wording.apply import apply, edited
from corfu.wording.model import Act, Amendment, Delete, Edit, Insert, Kind, Paragraph, Reserve, ReserveKind, Version
from corfu.wording.tokens import tokenize

CONTESTED: Final = 0.15
"""The share of the paragraphs with words to disagree about that are contested ones."""
IN_CONTESTED: Final = 0.8
"""The share of new edits that are made there, most of them at a few spots."""
REPEATS: Final = 0.4
"""The share of amendments that repeat what another delegation has proposed, what many propose most often."""
NEW, DELETED, RESERVED = 0.04, 0.015, 0.02
"""The shares of new paragraphs, deleted paragraphs and reservations among new proposals."""


@dataclass(frozen=True, slots=True)
class Negotiation:
    """A base text, the delegations (code → name) and the amendments in the order in which they were filed."""

    seed: int
    language: str
    paragraphs: tuple[Paragraph, ...]
    names: dict[str, str]
    amendments: tuple[Amendment, ...]
    contested: tuple[str, ...]
    repeats: int

    def joined(self) -> tuple[Amendment, ...]:
        """One amendment for each delegation that asks for something, its id the delegation's code."""
        acts: dict[str, list[Act]] = defaultdict(list)
        for amendment in self.amendments:
            acts[amendment.by[0]] += amendment.acts
        return tuple(Amendment(code, (code,), 0, tuple(acts[code])) for code in sorted(acts))

    def version(self, *, joined: bool = False) -> Version:
        """The base with everything that is asked for."""
        return Version(0, self.paragraphs, self.joined() if joined else self.amendments)

    def text_of(self, code: str) -> list[str]:
        """The paragraphs' texts as that delegation wants them."""
        own = next((a for a in self.joined() if a.id == code), Amendment(code, (code,), 0, ()))
        return [p.text for p in apply(self.paragraphs, own)]

    def sent(self) -> Iterator[tuple[Paragraph, str]]:
        """Every paragraph that a delegation edits, and its words as that delegation sends them."""
        base = {p.id: p for p in self.paragraphs}
        for amendment in self.joined():
            own: dict[str, list[Edit]] = defaultdict(list)
            for act in amendment.acts:
                if isinstance(act, Edit):
                    own[act.paragraph].append(act)
            for id, edits in own.items():
                yield base[id], edited(base[id], edits).text

    def next_version(self, share: float = 0.1) -> Version:
        """The base after a round in which that share of its paragraphs changed, mostly contested ones: some words of
        somebody's proposals taken up; one paragraph is gone, and one that somebody proposed is new."""
        random = Random(f"{self.seed} next")
        by_paragraph: dict[str, list[Edit]] = defaultdict(list)
        for amendment in self.amendments:
            for act in amendment.acts:
                if isinstance(act, Edit):
                    by_paragraph[act.paragraph].append(act)
        hot, cold = _split(random, sorted(by_paragraph), set(self.contested))
        count = max(1, round(share * len(self.paragraphs)))
        changing = [*hot[: round(0.8 * count)], *cold][:count]
        taken = {id: _some(random, by_paragraph[id]) for id in changing}
        made = [edited(p, taken[p.id]) if p.id in taken else p for p in self.paragraphs]
        gone = random.choice([id for id in cold if id not in taken] or [None])
        made = [p for p in made if p.id != gone]
        if new := [act for a in self.amendments for act in a.acts if isinstance(act, Insert) and act.after != gone]:
            act = random.choice(new)
            at = next((n for n, p in enumerate(made, start=1) if p.id == act.after), 0)
            made.insert(at, act.paragraph)
        return Version(1, tuple(made))


def _split(random: Random, ids: Sequence[str], contested: set[str]) -> tuple[list[str], list[str]]:
    shuffled = random.sample(ids, len(ids))
    return [i for i in shuffled if i in contested], [i for i in shuffled if i not in contested]


def _some(random: Random, edits: list[Edit]) -> list[Edit]:
    """One to three of the edits that do not touch one another."""
    chosen: list[Edit] = []
    for edit in random.sample(edits, min(3, len(edits))):
        if all(edit.end < other.start or other.end < edit.start for other in chosen):
            chosen.append(edit)
    return chosen


def negotiation(
    seed: int,
    *,
    paragraphs: int = 200,
    words: int = 10_000,
    delegations: int = 57,
    amendments: int = 2_000,
    language: str = "en",
) -> Negotiation:
    """A negotiation. `language` is one of benchmarks.phrases.LANGUAGES. Every amendment has one act and one sponsor;
    no two of one delegation touch the same words."""
    random, phrases = Random(seed), LANGUAGES[language]
    drafter = Drafter(random, phrases, LETTERS[language], paragraphs, words)
    text = drafter.draft()
    names = invented(random, delegations)
    filing = _Filing(random, phrases, drafter, text)
    codes = [code for _ in range(-(-amendments // delegations)) for code in random.sample(list(names), delegations)]
    filed = tuple(filing.file(f"A{n:05}", code) for n, code in enumerate(codes[:amendments], start=1))
    base = tuple(d.paragraph for d in text)
    contested = tuple(d.paragraph.id for d in filing.contested)
    return Negotiation(seed, language, base, names, filed, contested, filing.repeats)


@dataclass(slots=True)
class _Filing:
    """Files amendments one by one; knows what each delegation has asked for already."""

    random: Random
    phrases: Phrases
    drafter: Drafter
    text: list[Drafted]
    contested: list[Drafted] = field(default_factory=list)
    calm: list[Drafted] = field(default_factory=list)
    spots: dict[str, list[Slot]] = field(default_factory=dict)
    unwanted: list[Drafted] = field(default_factory=list)
    gaps: list[Drafted] = field(default_factory=list)
    proposed: list[Act] = field(default_factory=list)
    repeats: int = 0
    _own: dict[tuple[str, str], list[Act]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        worded = [d for d in self.text if len(d.slots) > 1]
        shuffled = self.random.sample(worded, len(worded))
        count = max(1, round(CONTESTED * len(self.text)))
        self.contested, self.calm = shuffled[:count], shuffled[count:] or shuffled[:1]
        for d in self.contested:
            self.spots[d.paragraph.id] = self.random.sample(d.slots, min(len(d.slots), self.random.randint(2, 4)))
        few = max(2, len(self.text) // 40)
        self.unwanted = self.random.sample(worded[:-1], min(few, len(worded) - 1))
        operative = [d for d in self.text[:-1] if d.paragraph.kind is Kind.OPERATIVE and d.slots]
        self.gaps = self.random.sample(operative, min(2 * few, len(operative)))

    def file(self, id: str, code: str) -> Amendment:
        """The next amendment of a delegation."""
        act = self._repeated(code) if self.proposed and self.random.random() < REPEATS else None
        if act is None:
            act = next(act for act in self._ideas(f"{code}-{id}") if self._free(code, act))
        else:
            self.repeats += 1
        if isinstance(act, Insert):
            act = replace(act, paragraph=replace(act.paragraph, id=f"{code}-{id}"))
        self.proposed.append(act)
        self._own[code, self._where(act)].append(act)
        return Amendment(id, (code,), 0, (act,))

    def _repeated(self, code: str) -> Act | None:
        """A proposal that was made before. Drawn from all amendments filed, those that many support come most often:
        their numbers fall as in Zipf's law."""
        for _ in range(30):
            act = self.random.choice(self.proposed)
            if self._free(code, act):
                return act
        return None

    def _where(self, act: Act) -> str:
        return f"after {act.after}" if isinstance(act, Insert) else act.paragraph

    def _free(self, code: str, act: Act) -> bool:
        """Whether the delegation has asked for nothing that would touch it."""
        others = self._own[code, self._where(act)]
        if not isinstance(act, Edit):
            return not others
        return all(isinstance(o, Edit) and (act.end < o.start or o.end < act.start) for o in others)

    def _ideas(self, id: str) -> Iterator[Act]:
        """New proposals, until one fits. After many misses only edits anywhere: somebody has asked for all the rest."""
        for tries in range(10_000):
            chance = self.random.random()
            if tries > 50:
                yield self._edit(self.random.choice([*self.contested, *self.calm]), at_spot=False)
            elif chance < NEW:
                yield self._new(id)
            elif chance < NEW + DELETED:
                yield Delete(self.random.choice(self.unwanted).paragraph.id)
            elif chance < NEW + DELETED + RESERVED:
                yield Reserve(self.random.choice(self.contested).paragraph.id, self.random.choice(list(ReserveKind)))
            elif self.random.random() < IN_CONTESTED:
                yield self._edit(self.random.choice(self.contested), at_spot=self.random.random() < 0.9)
            else:
                yield self._edit(self.random.choice(self.calm), at_spot=False)

    def _new(self, id: str) -> Insert:
        place = self.random.choice(self.gaps).paragraph
        label = place.text.split(".", maxsplit=1)[0]
        sentence = self.drafter.operative(f"{label} bis.", self.random.randint(20, 50))
        return Insert(place.id, Paragraph(id, sentence.text, Kind.OPERATIVE))

    def _edit(self, d: Drafted, *, at_spot: bool) -> Edit:
        slots = self.spots[d.paragraph.id] if at_spot else d.slots
        slot = slots[min(int(self.random.expovariate(1.0)), len(slots) - 1)] if at_spot else self.random.choice(slots)
        tokens = tokenize(d.paragraph.text)
        chance = self.random.random()
        if chance < 0.2 and slot.kind == "verb":
            return Edit(d.paragraph.id, slot.start, slot.start, f"{self.random.choice(self.phrases.adverb)} ")
        if chance < 0.2 and slot.kind in QUALIFIED:
            return self._added(d.paragraph.id, slot, tokens)
        if chance < 0.32 and slot.kind in OPTIONAL:
            return self._cut(d.paragraph.id, slot, tokens)
        return self._replaced(d, slot, tokens)

    def _added(self, id: str, slot: Slot, tokens: list[str]) -> Edit:
        """A qualification after the slot's words. Before a mark there is no space to be kept."""
        rider = self.random.choice(self.phrases.rider)
        text = f"{rider} " if tokens[slot.end - 1][-1].isspace() else f" {rider}"
        return Edit(id, slot.end, slot.end, text)

    def _cut(self, id: str, slot: Slot, tokens: list[str]) -> Edit:
        """The slot's words out; the space before them too where a mark follows."""
        if tokens[slot.end - 1][-1].isspace():
            return Edit(id, slot.start, slot.end, "")
        return Edit(id, slot.start - 1, slot.end, tokens[slot.start - 1].rstrip())

    def _replaced(self, d: Drafted, slot: Slot, tokens: list[str]) -> Edit:
        """Other words in the slot; a third of the time the next slot goes too, so that proposals overlap."""
        text, end = self._other(slot.kind, "".join(tokens[slot.start : slot.end])), slot.end
        following = next((s for s in d.slots if s.start == slot.end), None)
        if following and self.random.random() < 0.33:
            text += " " + self._other(following.kind, "".join(tokens[following.start : following.end]))
            end = following.end
        if slot.kind in TAILS and self.random.random() < 0.25:
            text += " " + self.random.choice(self.phrases.rider)
        last = tokens[end - 1]
        return Edit(d.paragraph.id, slot.start, end, text + last[len(last.rstrip()) :])

    def _other(self, kind: str, now: str) -> str:
        return self.random.choice([phrase for phrase in self.phrases.of(kind) if phrase != now.strip()])
