"""Texts as far as the reader may see them. Their register tells everybody which texts there are, and for whom."""

import threading
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from django.db.models import Case, F, JSONField, QuerySet, When

from corfu.acts import writer
from corfu.acts.actor import Actor
from corfu.negotiation.texts.models import Amendment, Revision, Standing, Supporter, Text, Translation
from corfu.negotiation.texts.state import Behind, State, gather

_KEPT: Final = 64


class Listed(NamedTuple):
    """A line of the register. `text` is None for whoever may not read it: then symbol, layer and reason are all."""

    symbol: str
    layer: str
    reason: str
    process: str
    text: Text | None


def visible_to(actor: Actor) -> QuerySet[Text]:
    """All texts that the actor may read."""
    return Text.objects.filter(layer__in=actor.layers)


def register(*, actor: Actor, process: str | None = None) -> list[Listed]:
    """Every text there is, the latest first."""
    found = Text.objects.order_by("-place")
    found = found.filter(process=process) if process else found
    return [
        Listed(one.symbol, one.layer, one.reason, one.process, one if one.layer in actor.layers else None)
        for one in found
    ]


def text(slug: str, *, actor: Actor) -> Text | None:
    """One text by its name in addresses."""
    return visible_to(actor).filter(slug=slug).first()


def listed(slug: str, *, actor: Actor) -> Listed | None:
    """One text's line in the register."""
    one = Text.objects.filter(slug=slug).first()
    if one is None:
        return None
    return Listed(one.symbol, one.layer, one.reason, one.process, one if one.layer in actor.layers else None)


class _States:
    """States of texts in memory: each a function of the text's rows, which the index of the last act on it names."""

    def __init__(self) -> None:
        self._found: OrderedDict[tuple[object, ...], State] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[object, ...]) -> State | None:
        with self._lock:
            return self._found.get(key)

    def put(self, key: tuple[object, ...], state: State) -> None:
        with self._lock:
            self._found[key] = state
            while len(self._found) > _KEPT:
                self._found.popitem(last=False)


_STATES: Final = _States()


def state(text: Text, number: int | None = None) -> State | None:
    """A text that the actor may read (`text` gave it) at the version that stands, or at an earlier one."""
    wanted = text.number if number is None else number
    key = (writer.home().folder, text.slug, wanted, text.touched)
    found = _STATES.get(key)
    if found is None:
        found = read_state(text, wanted)
        if found is not None:
            _STATES.put(key, found)
    return found


def read_state(text: Text, number: int) -> State | None:
    """The same from the database."""
    revision = text.revisions.filter(number=number).first()
    if revision is None:
        return None
    standings = Standing.objects.filter(text=text, number=number).select_related("amendment")
    suggestions = text.suggestions.filter(withdrawn=None)
    return gather(text, revision, standings, _behind(text), text.positions.all(), suggestions)


def _behind(text: Text) -> dict[str, list[Behind]]:
    """Who ever stood behind each amendment of a text, in the order in which they came."""
    rows = Supporter.objects.filter(amendment__text=text).order_by("place", "id")
    found: dict[str, list[Behind]] = {}
    for id_, code, place, revision, left in rows.values_list(
        "amendment_id", "participant", "place", "revision", "left"
    ):
        found.setdefault(id_, []).append(Behind(code, place, revision, left))
    return found


def revisions(text: Text) -> list[Revision]:
    """All versions of a text, without their paragraphs."""
    return list(text.revisions.defer("paragraphs", "since", "changes", "concordance"))


def revision(text: Text, number: int) -> Revision | None:
    """One version of a text."""
    return text.revisions.filter(number=number).first()


def revisions_of(text: Text, numbers: Iterable[int]) -> list[Revision]:
    """Some versions of a text, whole."""
    return list(text.revisions.filter(number__in=list(numbers)))


def changes(text: Text) -> list[Revision]:
    """All versions of a text with what each of them changed, without their paragraphs."""
    return list(text.revisions.defer("paragraphs", "since", "concordance", "counts"))


def history(text: Text, numbers: Iterable[int]) -> list[tuple[Revision, list[dict[str, Any]]]]:
    """All versions of a text with what each of them changed; the paragraphs of the named ones alone beside them."""
    whole = Case(When(number__in=list(numbers), then=F("paragraphs")), default=None, output_field=JSONField())
    found = text.revisions.defer("paragraphs", "since", "concordance", "counts").annotate(whole=whole)
    return [(one, one.whole or []) for one in found]


def translations_of(text: Text, paragraph: str) -> list[Translation]:
    """The latest translation of one paragraph in each language."""
    found = {one.lang: one for one in text.translations.filter(paragraph=paragraph)}
    return [found[lang] for lang in sorted(found)]


def brought(text: Text, paragraph: str) -> Standing | None:
    """How the amendment stood last that asked for a new paragraph with this id, whatever became of it."""
    found = Standing.objects.filter(text=text, acts__icontains=f'"{paragraph}"').select_related("amendment")
    return found.last()


def amendment(text: Text, id_: str) -> Amendment | None:
    """One amendment with its supporters and how it stood on each version."""
    found = text.amendments.filter(pk=id_)
    return found.prefetch_related("supporters", "standings").first()


def amendments_of(text: Text, code: str) -> list[Amendment]:
    """All that a participant ever asked or joined, with what became of it."""
    mine = Supporter.objects.filter(participant=code, amendment__text=text).values_list("amendment_id")
    return list(text.amendments.filter(pk__in=mine).prefetch_related("supporters", "standings"))


def translations(text: Text, lang: str | None = None) -> dict[str, dict[str, Translation]]:
    """The latest translation of each paragraph, by language."""
    found: dict[str, dict[str, Translation]] = {}
    rows = text.translations.all() if lang is None else text.translations.filter(lang=lang)
    for one in rows:
        found.setdefault(one.lang, {})[one.paragraph] = one
    return found


def behind(revision: Revision, translation: Translation) -> int:
    """In how many versions the words of the original became others since the one that a translation follows."""
    return sum(number > translation.follows for number in revision.since.get(translation.paragraph, ()))
