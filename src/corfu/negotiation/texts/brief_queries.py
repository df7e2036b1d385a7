"""What one participant asks of all texts at once: what is new, what is its own. So many queries, however many texts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db.models import Case, Exists, F, JSONField, OuterRef, Q, QuerySet, Subquery, When

from corfu.acts.actor import Actor
from corfu.negotiation.texts import queries
from corfu.negotiation.texts.models import Amendment, Position, Revision, Spot, Standing, Suggestion, Supporter, Text
from corfu.negotiation.texts.state import State, gather

MOST: Final = 40
"""How many versions are told of; whoever was away for longer reads the texts themselves."""


@dataclass(frozen=True)
class Since:
    """From when on something is new: from a place in the record, or for whoever comes first, from an instant."""

    place: int | None
    at: datetime

    def q(self, prefix: str = "") -> Q:
        """The condition on rows that have `place` and `at`."""
        name, value = ("at", self.at) if self.place is None else ("place", self.place)
        return Q(**{f"{prefix}{name}__gte": value})

    def covers(self, place: int, at: datetime) -> bool:
        """Whether something that came then is new."""
        return at >= self.at if self.place is None else place >= self.place


@dataclass(frozen=True)
class Found:
    """What concerns a participant.

    `mine`: how its amendments stand on the versions that stand; `fates`: how they stood on versions that were followed
    by another since; `others`: new amendments of others to texts where it asked something. `states`: of the texts on
    which it took positions or was asked for an answer. `bases`: the versions that stand, of texts of which something is
    to be said.
    """

    texts: Mapping[str, Text]
    mine: list[Standing]
    fates: list[Standing]
    others: list[Standing]
    issued: list[Revision]
    positions: list[Position]
    suggestions: list[Suggestion]
    states: Mapping[str, State] = field(default_factory=dict)
    bases: Mapping[str, Revision] = field(default_factory=dict)


def slug_of(one: Standing | Revision | Position | Suggestion) -> str:
    """The name of the text that a row belongs to."""
    return str(one.text_id)


def find(actor: Actor, since: Since) -> Found:
    """All of it for a participant: at most seven queries."""
    code = actor.code or ""
    texts = {one.slug: one for one in queries.visible_to(actor).order_by("symbol", "slug")}
    positions = list(Position.objects.filter(participant=code, text__slug__in=texts))
    open_ = list(Suggestion.objects.filter(text__slug__in=texts, withdrawn=None)) if actor.kind == "state" else []
    unanswered = _unanswered(open_, positions)
    wanted = {slug_of(one) for one in positions} | {slug_of(one) for one in unanswered}
    states = {slug: kept for slug in wanted if (kept := queries.STATES.get(texts[slug], texts[slug].number))}
    missing = wanted - states.keys()
    standings = list(_standings(code, texts, since, missing))
    there = [one for one in standings if one.number == texts[slug_of(one)].number]
    mine = [one for one in there if _backs(one)]
    fates = [one for one in standings if one.number != texts[slug_of(one)].number]
    others = [one for one in there if not _backs(one) and _is_new(one, since)]
    spoken = {slug_of(one) for one in (*others, *filter(waits, mine))}
    revisions = list(_revisions(texts, since, missing | spoken, {slug_of(one) for one in fates}))
    bases = {slug_of(one): one for one in map(_whole, revisions) if one.closed is None and one.paragraphs}
    return Found(
        texts,
        mine,
        fates,
        others,
        [one for one in revisions if since.covers(one.place, one.at)],
        positions,
        unanswered,
        states | _gathered({slug: texts[slug] for slug in missing}, bases, there, open_),
        bases,
    )


def _unanswered(suggestions: Iterable[Suggestion], positions: Iterable[Position]) -> list[Suggestion]:
    """The suggestions of whose wording the participant said nothing."""
    said = {_towards(one) for one in positions}
    return [one for one in suggestions if _towards(one) not in said]


def _towards(one: Position | Suggestion) -> tuple[str, Spot, str]:
    return slug_of(one), one.spot, one.wording


def _backs(one: Standing) -> bool:
    """Whether the participant stands behind the amendment, in its wording or an earlier one."""
    return one.support is not None  # type: ignore[attr-defined]


def _is_new(one: Standing, since: Since) -> bool:
    """Whether an amendment came since, to a text of which the participant asks something."""
    asked: bool = one.asked_here  # type: ignore[attr-defined]
    return asked and since.covers(one.amendment.place, one.amendment.at)


def waits(one: Standing) -> bool:
    """Whether an amendment that the participant stands behind waits to be confirmed, or for its support."""
    return bool(one.asked) or one.support < one.revision  # type: ignore[attr-defined]


def _standings(code: str, texts: Collection[str], since: Since, missing: Collection[str]) -> QuerySet[Standing]:
    """With `support`, the wording that the participant stands behind; `sponsored`, whether who filed it still does;
    `asked_here`, whether the participant asks something of the text."""
    behind = Supporter.objects.filter(participant=code, left=None)
    author = Supporter.objects.filter(amendment=OuterRef("amendment"), left=None)
    following = Revision.objects.filter(since.q(), text=OuterRef("text"), number=OuterRef("number") + 1)
    asked = behind.values("amendment__text")
    new = Amendment.objects.filter(since.q(), text__in=asked, withdrawn=None)
    # By lists of ids, which the database finds by its indexes: a condition on each row would be asked of all there are.
    mine, stands = Q(amendment__in=behind.values("amendment")), Q(number=F("text__number"), amendment__withdrawn=None)
    found = Standing.objects.filter(mine | Q(amendment__in=new.values("pk")) | Q(text__slug__in=missing))
    found = found.filter(stands | (mine & Exists(following)), text__slug__in=texts)
    return found.select_related("amendment").annotate(
        support=Subquery(behind.filter(amendment=OuterRef("amendment")).values("revision")[:1]),
        sponsored=Exists(author.filter(participant=OuterRef("amendment__author"))),
        asked_here=Exists(behind.filter(amendment__text=OuterRef("text"))),
    )


def _revisions(
    texts: Collection[str], since: Since, whole: Collection[str], told: Collection[str]
) -> QuerySet[Revision]:
    """The latest versions since, and of some texts (`whole`) the one that stands; with their paragraphs only where
    these are needed: in new texts, in versions that stand, and in those of texts of which fates are `told`."""
    recent = Revision.objects.filter(since.q(), text__slug__in=texts).order_by("-place").values("pk")[:MOST]
    stands = Q(text__slug__in=whole, closed=None)
    found = Revision.objects.filter(Q(pk__in=recent) | stands).order_by("-place").defer("paragraphs", "since")
    kept = {"default": None, "output_field": JSONField()}
    return found.annotate(
        whole=Case(When(stands | Q(place=F("text__place")) | Q(text__slug__in=told), then=F("paragraphs")), **kept),
        whole_since=Case(When(stands, then=F("since")), **kept),
    )


def _whole(one: Revision) -> Revision:
    one.paragraphs, one.since = one.whole or [], one.whole_since or {}  # type: ignore[attr-defined]
    return one


def _gathered(
    texts: Mapping[str, Text],
    bases: Mapping[str, Revision],
    standings: Iterable[Standing],
    suggestions: Iterable[Suggestion],
) -> dict[str, State]:
    """The states of texts that are not in memory, to be kept there."""
    if not texts:
        return {}
    there = [one for one in standings if slug_of(one) in texts]
    behind = queries.stood_behind(texts.keys())
    positions = list(Position.objects.filter(text__slug__in=texts))
    found: dict[str, State] = {}
    for slug, text in texts.items():
        found[slug] = gather(
            text,
            bases[slug],
            [one for one in there if slug_of(one) == slug],
            behind,
            [one for one in positions if slug_of(one) == slug],
            [one for one in suggestions if slug_of(one) == slug],
        )
        queries.STATES.put(found[slug], text, text.number)
    return found


# Languages


DEBTS: Final[queries.Kept[dict[str, tuple[int, int]]]] = queries.Kept(1000)


def debts(texts: Iterable[Text], languages: Mapping[str, Collection[str]]) -> dict[str, dict[str, tuple[int, int]]]:
    """By text and language how many paragraphs are missing and how many behind: two queries at most.

    `languages`: those that are wanted, by organization.
    """
    found = {one.slug: kept for one in texts if (kept := DEBTS.get(one)) is not None}
    rest = {one.slug: one for one in texts if one.slug not in found}
    if not rest:
        return found
    follows: dict[tuple[str, str], dict[str, int]] = {}
    rows = queries.latest_translations(rest.values()).values_list("text_id", "lang", "paragraph", "follows")
    for slug, lang, paragraph, number in rows:
        follows.setdefault((str(slug), lang), {})[paragraph] = number
    for one in Revision.objects.filter(text__slug__in=rest, closed=None).only("text", "paragraphs", "since"):
        text = rest[slug_of(one)]
        wanted = [lang for lang in languages[text.organisation] if lang != text.lang]
        found[text.slug] = {lang: _debt(one, follows.get((text.slug, lang), {})) for lang in wanted}
        DEBTS.put(found[text.slug], text)
    return found


def _debt(one: Revision, follows: Mapping[str, int]) -> tuple[int, int]:
    ids = [paragraph["id"] for paragraph in one.paragraphs]
    late = sum(id_ in follows and max(one.since.get(id_, [0])) > follows[id_] for id_ in ids)
    return sum(id_ not in follows for id_ in ids), late
