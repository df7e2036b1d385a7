"""Texts as far as the reader may see them. Their register tells everybody which texts there are, and for whom."""

import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable
from typing import Any, Final, Generic, NamedTuple, TypeVar

from django.db.models import Case, Exists, F, JSONField, Max, OuterRef, QuerySet, Subquery, When

from corfu.acts import writer
from corfu.acts.actor import Actor
from corfu.negotiation.texts.models import Amendment, Revision, Standing, Supporter, Text, Translation
from corfu.negotiation.texts.state import Behind, State, gather

T = TypeVar("T")


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


def all_texts() -> list[Text]:
    """Every text, whoever may read it: for whoever runs the installation, at the command line."""
    return list(Text.objects.order_by("place"))


def listed(slug: str, *, actor: Actor) -> Listed | None:
    """One text's line in the register."""
    one = Text.objects.filter(slug=slug).first()
    if one is None:
        return None
    return Listed(one.symbol, one.layer, one.reason, one.process, one if one.layer in actor.layers else None)


class Kept(Generic[T]):
    """What is computed from texts' rows, in memory: a function of them, which the index of the last act on it names."""

    def __init__(self, most: int) -> None:
        self._found: OrderedDict[tuple[object, ...], T] = OrderedDict()
        self._lock = threading.Lock()
        self._most = most

    def get(self, text: Text, *more: object) -> T | None:
        """What is kept of the text as it is."""
        with self._lock:
            return self._found.get((writer.home().folder, text.slug, text.touched, *more))

    def put(self, found: T, text: Text, *more: object) -> None:
        """Keep it, and let go of what was put first."""
        with self._lock:
            self._found[writer.home().folder, text.slug, text.touched, *more] = found
            while len(self._found) > self._most:
                self._found.popitem(last=False)

    def clear(self) -> None:
        """Let go of everything: for measuring."""
        with self._lock:
            self._found.clear()

    def forget(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._found.clear()


STATES: Final[Kept[State]] = Kept(64)


def state(text: Text, number: int | None = None) -> State | None:
    """A text that the actor may read (`text` gave it) at the version that stands, or at an earlier one."""
    wanted = text.number if number is None else number
    found = STATES.get(text, wanted)
    if found is None:
        found = read_state(text, wanted)
        if found is not None:
            STATES.put(found, text, wanted)
    return found


def read_state(text: Text, number: int) -> State | None:
    """The same from the database."""
    revision = text.revisions.filter(number=number).first()
    if revision is None:
        return None
    standings = Standing.objects.filter(text=text, number=number).select_related("amendment")
    suggestions = text.suggestions.filter(withdrawn=None)
    return gather(text, revision, standings, stood_behind([text.slug]), text.positions.all(), suggestions)


def stood_behind(texts: Collection[str]) -> dict[str, list[Behind]]:
    """Who ever stood behind each amendment of these texts, in the order in which they came."""
    rows = Supporter.objects.filter(amendment__text__slug__in=texts).order_by("place", "id")
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


def amendment(text: Text, id_: str) -> list[Standing]:
    """One amendment as it stood on each version, in order, with the author of the one that it goes on from."""
    parent = Amendment.objects.filter(pk=OuterRef("amendment__parent")).values("author")
    found = Standing.objects.filter(text=text, amendment=id_).select_related("amendment")
    return list(found.annotate(parent=Subquery(parent[:1])))


def supporters(amendment: Amendment) -> list[Behind]:
    """All who ever stood behind an amendment, in the order in which they came."""
    rows = amendment.supporters.values_list("participant", "place", "revision", "left")
    return [Behind(*one) for one in rows]


def amendments_of(text: Text, code: str) -> list[Standing]:
    """All that a participant ever asked or joined, as it stood on each version, in order. `behind`: whether it stands
    behind it still; `left`: the act by which it left last."""
    own = Supporter.objects.filter(participant=code, amendment=OuterRef("amendment"))
    mine = Supporter.objects.filter(participant=code, amendment__text=text).values("amendment_id")
    found = Standing.objects.filter(text=text, amendment__in=mine).select_related("amendment")
    left = Subquery(own.order_by("-place").values("left")[:1])
    return list(found.annotate(behind=Exists(own.filter(left=None)), left=left))


def translations(
    text: Text, lang: str | None = None, *, words: bool = True, upto: int | None = None
) -> dict[str, dict[str, Translation]]:
    """The latest translation of each paragraph, by language; without `words`, where only their standing counts.

    `upto`: as they were when the act at this place had been done.
    """
    rows = latest_translations([text], lang, upto)
    found: dict[str, dict[str, Translation]] = {}
    for one in rows if words else rows.defer("words"):
        found.setdefault(one.lang, {})[one.paragraph] = one
    return found


def latest_translations(
    texts: Iterable[Text], lang: str | None = None, upto: int | None = None
) -> QuerySet[Translation]:
    """The latest translation of each paragraph of some texts."""
    rows = Translation.objects.filter(text__in=[one.slug for one in texts])
    rows = rows if lang is None else rows.filter(lang=lang)
    rows = rows if upto is None else rows.filter(place__lte=upto)
    latest = rows.order_by().values("text", "lang", "paragraph").annotate(latest=Max("pk"))
    return Translation.objects.filter(pk__in=latest.values("latest")).order_by("place", "pk")


def behind(revision: Revision, translation: Translation) -> int:
    """In how many versions the words of the original became others since the one that a translation follows."""
    return sum(number > translation.follows for number in revision.since.get(translation.paragraph, ()))
