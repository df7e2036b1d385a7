"""What somebody gives as a translation: typed in fields, or in a Word file; against what stands already."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext, ngettext

from corfu.formats.errors import BadInput
from corfu.formats.word.returned import shown, tracks_changes
from corfu.formats.word.views import read
from corfu.negotiation.texts import given_words, queries, told_acts, told_files
from corfu.negotiation.texts.given_words import visible
from corfu.negotiation.texts.models import Text, Translation
from corfu.negotiation.texts.state import State
from corfu.wording.model import SOFT_BREAK

FIELD: Final = "words."
HOLDS: Final = "holds."
LARGEST: Final = 20_000_000
"""Bytes of a file."""


@dataclass(frozen=True)
class Shelf:
    """What stands in a language, now and as the giver saw it: `seen` is the place of the latest act that they saw."""

    lang: str
    seen: int
    now: Mapping[str, Translation]
    then: Mapping[str, Translation]

    @property
    def latest(self) -> int:
        """The place of the latest act that delivered something of what stands now."""
        return _latest(self.now)

    @classmethod
    def of(cls, text: Text, lang: str, seen: int | None = None) -> "Shelf":
        now = queries.translations(text, lang).get(lang, {})
        latest = _latest(now)
        if seen is None or seen >= latest:
            return cls(lang, latest, now, now)
        return cls(lang, seen, now, queries.translations(text, lang, upto=seen).get(lang, {}))


@dataclass(frozen=True)
class Given:
    """What somebody gives. `typed`: all words by paragraph. `holds`: words that stay as they are, and follow the new
    original too. `notes`: what of a file could not be used, in sentences."""

    typed: Mapping[str, str] = field(default_factory=dict)
    holds: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()

    def changed(self, shelf: Shelf) -> dict[str, str]:
        """The words that differ from what the giver saw."""
        return {id_: said for id_, said in self.typed.items() if said and said != _words(shelf.then.get(id_))}

    def emptied(self, shelf: Shelf) -> bool:
        """Whether somebody emptied a field: a translation is replaced, never taken away."""
        return any(not said and id_ in shelf.then for id_, said in self.typed.items())

    def kept(self, shelf: Shelf) -> dict[str, str]:
        """The words that are said to hold still."""
        still = self.holds & (shelf.then.keys() - self.changed(shelf).keys())
        return {id_: _words(shelf.then[id_]) for id_ in sorted(still)}

    def delivered(self, shelf: Shelf) -> dict[str, str]:
        """All that would be delivered."""
        return self.changed(shelf) | self.kept(shelf)

    def crossed(self, shelf: Shelf) -> list[str]:
        """Of these the paragraphs that somebody else delivered since the giver looked."""
        return [id_ for id_ in self.delivered(shelf) if id_ in shelf.now and shelf.now[id_].place > shelf.seen]

    def repeats(self, shelf: Shelf) -> bool:
        """Whether all of it stands already: the same was sent twice."""
        asked = self.delivered(shelf)
        return bool(self.crossed(shelf)) and all(_words(shelf.now.get(id_)) == said for id_, said in asked.items())


def _latest(now: Mapping[str, Translation]) -> int:
    return max((one.place for one in now.values()), default=0)


def _words(one: Translation | None) -> str:
    return one.words if one else ""


def from_fields(post: Mapping[str, Any], state: State) -> Given:
    """What was typed."""
    typed = {one: written(str(post[FIELD + one])) for one in state.base if FIELD + one in post}
    return Given(typed, frozenset(one for one in state.base if HOLDS + one in post))


def written(typed: str) -> str:
    """The words of one paragraph from a field: its line breaks are breaks inside the paragraph."""
    lines = visible(typed).replace(SOFT_BREAK, "\n").strip().split("\n")
    return SOFT_BREAK.join(lines)


def fault(given: Given, state: State) -> str:
    """What of it cannot be the words of a paragraph, in a sentence that names it; "" where all can."""
    for id_, words in given.typed.items():
        if why := given_words.fault(words):
            return gettext("%(paragraph)s: %(why)s") % {
                "paragraph": told_acts.capital(told_acts.named(state, id_)),
                "why": why,
            }
    return ""


def from_file(data: bytes, name: str, state: State) -> Given | str:
    """What a Word file of the translated text gives, or why it cannot be used, in a sentence.

    Its paragraphs are known by their bookmarks; where it has none, by their order, if there are as many as in the text.
    """
    if len(data) > LARGEST:
        return gettext("This file is larger than any text for negotiation: send the text alone.")
    try:
        file = read(data, name)
    except BadInput as error:
        return told_files.sentence(error)
    if tracks_changes(file):
        return gettext("This file holds tracked changes: accept or reject them in Word, and upload it again.")
    found = shown(file.accept())
    named = {str(one.id): written(one.text) for one in found if one.id in state.base}
    if named:
        # The file for translators holds the original where there is no translation yet: that is none.
        given = {id_: said for id_, said in named.items() if said != written(state.base[id_].text)}
        return Given(given, notes=_left_out(len(found) - len(named)))
    if len(found) == len(state.paragraphs):
        return Given({one.id: written(line.text) for one, line in zip(state.paragraphs, found, strict=True)})
    facts = {"file": len(found), "text": len(state.paragraphs)}
    sentence = gettext(
        "This file has %(file)d and the text %(text)d paragraphs, and none of them bears its mark: download the"
        " Word file for translators, write in it, and upload that."
    )
    return sentence % facts


def _left_out(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    said = ngettext(
        "%(count)d paragraph of the file bears no mark of this text and was left out.",
        "%(count)d paragraphs of the file bear no mark of this text and were left out.",
        count,
    )
    return (said % {"count": count},)
