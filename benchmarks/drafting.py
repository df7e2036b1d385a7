"""Drafts a text: paragraphs composed of phrases, with the places (slots) at which delegations will disagree."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Final

from benchmarks.phrases import Phrases
from corfu.wording.model import Kind, Paragraph
from corfu.wording.tokens import tokenize, words

TAILS: Final = ("means", "condition", "time", "purpose")
OPTIONAL: Final = (*TAILS, "adverb")
"""Slots that a clause can do without: an edit may delete what stands there."""
QUALIFIED: Final = (*TAILS, "object", "recalled")
"""Slots after which a qualification makes sense."""
LETTERS: Final = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "fr": "abcdefghijklmnopqrstuvwxyz",
    "ru": "абвгдежзиклмнопрстуфхцчшщэюя",
}


@dataclass(frozen=True, slots=True)
class Slot:
    """Tokens `start:end` of a paragraph, which are one phrase of that kind."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Drafted:
    """A paragraph and its slots, in order."""

    paragraph: Paragraph
    slots: tuple[Slot, ...]


@dataclass(slots=True)
class _Sentence:
    """Phrases put together; the characters at which slots begin and end are remembered."""

    text: str = ""
    places: list[tuple[str, int, int]] = field(default_factory=list)

    def add(self, phrase: str, slot: str = "") -> None:
        gap = " " if self.text and phrase[0] not in ",;:" and not self.text.endswith((" ", "\u00a0")) else ""
        self.text += gap + phrase
        if slot:
            self.places.append((slot, len(self.text) - len(phrase), len(self.text)))

    def slots(self) -> Iterator[Slot]:
        at, index = 0, {0: 0}
        for n, token in enumerate(tokenize(self.text), start=1):
            at += len(token)
            index[at] = index[at - len(token) + len(token.rstrip())] = n
        for kind, start, end in self.places:
            yield Slot(kind, index[start], index[end])


@dataclass(slots=True)
class Drafter:
    """Drafts one text of `paragraphs` paragraphs and about `words` words (within 2 % for a hundred paragraphs)."""

    random: Random
    phrases: Phrases
    letters: str
    paragraphs: int
    words: int
    made: list[Drafted] = field(default_factory=list)
    number: int = 0
    written: int = 0

    def draft(self) -> list[Drafted]:
        """Title, body, preamble, then sections of operative paragraphs, some of them with items."""
        self._plain(self.phrases.title, Kind.TITLE)
        self._plain(self.phrases.body, Kind.PREAMBULAR)
        for _ in range(max(1, self.paragraphs // 8)):
            self._add(self.preambular(self._target()), Kind.PREAMBULAR)
        section = 0
        while len(self.made) < self.paragraphs:
            if section < len(self.phrases.headings) and (len(self.made) >= self._section_starts(section)):
                self._plain(self.phrases.headings[section], Kind.HEADING)
                section += 1
            self._operative()
        return self.made[: self.paragraphs]

    def _section_starts(self, section: int) -> int:
        preamble = self.paragraphs // 8 + 2
        return preamble + section * (self.paragraphs - preamble) // len(self.phrases.headings)

    def _operative(self) -> None:
        """One operative paragraph, or one that tasks somebody with its items."""
        self.number += 1
        if self.random.random() < 0.12 and len(self.made) + 5 < self.paragraphs:
            self._plain(f"{self.number}. {self.random.choice(self.phrases.tasking)}", Kind.OPERATIVE)
            for letter in self.letters[: self.random.randint(2, 4)]:
                self._add(self._item(letter, self._target() // 2), Kind.ITEM)
        else:
            self._add(self.operative(f"{self.number}.", self._target()), Kind.OPERATIVE)

    def _target(self) -> int:
        """How long the next paragraph should be, so that the whole comes out as long as asked."""
        mean = (self.words - self.written) / max(1, self.paragraphs - len(self.made))
        return max(8, round(mean * self.random.uniform(0.6, 1.4)))

    def _plain(self, text: str, kind: Kind) -> None:
        self._add(_Sentence(text), kind)

    def _add(self, sentence: _Sentence, kind: Kind) -> None:
        self.written += words(sentence.text)
        self.made.append(Drafted(Paragraph(f"p{len(self.made) + 1}", sentence.text, kind), tuple(sentence.slots())))

    def _pick(self, sentence: _Sentence, slot: str) -> None:
        sentence.add(self.random.choice(self.phrases.of(slot)), slot)

    def preambular(self, target: int) -> _Sentence:
        """A sentence of about `target` words that decides nothing."""
        made = _Sentence()
        self._pick(made, "recalling")
        links = self.random.sample(self.phrases.also, len(self.phrases.also))
        for n, recalled in enumerate(self.random.sample(self.phrases.recalled, len(self.phrases.recalled))):
            if n:
                made.add(links[n % len(links)])
            made.add(recalled, "recalled")
            if words(made.text) > target - 5:
                break
        made.text += ","
        return made

    def operative(self, label: str, target: int) -> _Sentence:
        """A numbered sentence of about `target` words; with an empty label one without number."""
        made = _Sentence(label)
        self._pick(made, "deciding")
        while True:
            self._pick(made, "actor")
            self._pick(made, "modal")
            self._rest_of_clause(made, target)
            if words(made.text) > target - 8:
                break
            made.add(self.random.choice(self.phrases.that))
        made.text += ";"
        return made

    def _item(self, letter: str, target: int) -> _Sentence:
        made = _Sentence(self.phrases.item.format(letter))
        self._rest_of_clause(made, target)
        made.text += ";"
        return made

    def _rest_of_clause(self, made: _Sentence, target: int) -> None:
        if self.random.random() < 0.2:
            self._pick(made, "adverb")
        self._pick(made, "verb")
        self._pick(made, "object")
        for tail in TAILS:
            if words(made.text) < target - 3 and self.random.random() < 0.75:
                self._pick(made, tail)
