"""My brief, as templates take it: what changed, where my words went, what waits for me, until when."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from corfu.acts import telling
from corfu.negotiation.texts import told, told_acts, told_languages
from corfu.negotiation.texts.brief_queries import Found, slug_of, waits
from corfu.negotiation.texts.models import Revision, Standing, Text
from corfu.negotiation.texts.state import State, gather
from corfu.wording.labels import addresses
from corfu.wording.model import Kind
from corfu.wording.tokens import words

Row = dict[str, Any]
A_MINUTE: Final = 200
"""Words that somebody reads in a minute."""


def waiting(found: Found, code: str) -> list[Row]:
    """What a participant is asked to do: to confirm, to renew, to answer."""
    return [
        *(row for one in found.mine if waits(one) for row in _touched(found, one, code)),
        *(row for state in found.states.values() for row in _positions(state, code)),
        *(row for one in found.suggestions if (row := _suggestion(found, one))),
    ]


def _bare(found: Found, slug: str) -> State:
    """A text's paragraphs and their names."""
    return found.states.get(slug) or gather(found.texts[slug], found.bases[slug])


def _wait(text: Text, what: str, url: str) -> Row:
    return {"symbol": text.symbol, "text_url": reverse("texts:text", args=[text.slug]), "what": what, "url": url}


def _touched(found: Found, one: Standing, code: str) -> Iterable[Row]:
    text, row = found.texts[slug_of(one)], one.amendment
    named = _spoken(_bare(found, text.slug), one)
    if one.asked and (row.author == code or not one.sponsored):  # type: ignore[attr-defined]
        what = gettext("Confirm your amendment to %(paragraph)s: its words were touched.")
        yield _wait(text, what % {"paragraph": named}, reverse("texts:confirm", args=[text.slug, row.pk]))
    if one.support < one.revision:  # type: ignore[attr-defined]
        what = gettext("Renew your support for the amendment to %(paragraph)s: its wording is another now.")
        yield _wait(text, what % {"paragraph": named}, reverse("texts:amendment", args=[text.slug, row.pk]))


def _spoken(state: State, one: Standing) -> str:
    """What an amendment speaks of first."""
    act = one.acts[0] if one.acts else one.asked[0]["act"]
    if act["act"] == "insert":
        return gettext("a new paragraph %(place)s") % {"place": told_acts.after(state, act["after"])}
    return told_acts.named(state, act["paragraph"])


def _positions(state: State, code: str) -> Iterable[Row]:
    """Where a position is on words that are gone, others are open there, and nothing is said of any of these yet."""
    mine = [one for one in state.latest_positions() if one.participant == code and one.stance != "none"]
    gone = dict.fromkeys((one.paragraph, one.kind) for one in mine if not state.on_the_table(one))
    said = {(one.paragraph, one.kind) for one in mine if state.on_the_table(one)}
    for paragraph, kind in gone:
        if (paragraph, kind) not in said and any(
            (spot.paragraph, spot.kind) == (paragraph, kind) for spot in state.spots
        ):
            what = gettext(
                "Renew your position on %(paragraph)s: the wording that it was on is not on the table any more."
            )
            named = told_acts.named(state, paragraph)
            yield _wait(state.text, what % {"paragraph": named}, told_acts.address(state.text, paragraph))


def _suggestion(found: Found, one: Any) -> Row | None:
    state = found.states[slug_of(one)]
    if one.spot not in state.spots:
        return None
    what = gettext("Answer the chair’s suggestion for %(paragraph)s.")
    named = told_acts.named(state, one.paragraph)
    return _wait(state.text, what % {"paragraph": named}, told_acts.address(state.text, one.paragraph))


def languages(texts: Mapping[str, Text], debts: Mapping[str, Mapping[str, tuple[int, int]]]) -> list[Row]:
    """What waits for the translators: a line for each text."""
    rows: list[Row] = []
    for slug, text in texts.items():
        owed = [_owed(lang, *debt) for lang, debt in debts.get(slug, {}).items() if any(debt)]
        if owed:
            rows.append(_wait(text, f"{'; '.join(owed)}.", reverse("texts:languages", args=[slug])))
    return rows


def _owed(lang: str, missing: int, late: int) -> str:
    said = gettext("%(language)s: paragraphs missing: %(missing)d, behind the original: %(behind)d")
    return said % {"language": told_languages.name(lang).capitalize(), "missing": missing, "behind": late}


# What changed


def issued(found: Found) -> list[Row]:
    """The versions that came, the latest first."""
    return [_issued(found.texts[slug_of(one)], one) for one in found.issued]


def _issued(text: Text, one: Revision) -> Row:
    opened = one.place == text.place
    compare = f"{reverse('texts:compare', args=[text.slug])}?from={one.number - 1}&to={one.number}"
    said = ngettext("%(count)d change", "%(count)d changes", len(one.changes)) % {"count": len(one.changes)}
    return {
        **_text(text),
        "number": one.number,
        "at": telling.instant(one.at.timestamp()),
        "first": one.at.isoformat(),
        "by": telling.participant(one.author).name,
        "said": gettext("a new text") if opened else said,
        "url": reverse("texts:text", args=[text.slug]) if opened else compare,
        "words": _whole(one) if opened else _differing(one),
    }


def _text(text: Text) -> Row:
    title = telling.words(text)
    return {"symbol": text.symbol, "title": title.text, "lang": title.lang}


def _whole(one: Revision) -> int:
    """How many words a new text has."""
    return sum(words(paragraph["text"]) for paragraph in one.paragraphs)


def _differing(one: Revision) -> int:
    """How many words differ from the version before: those that went, and those that came."""
    return sum(words(change["old"]) + words(change["new"]) for change in one.changes)


def amendments(found: Found) -> list[Row]:
    """New amendments of others to paragraphs where the participant asks something itself."""
    own: dict[str, set[str]] = defaultdict(set)
    for one in found.mine:
        own[slug_of(one)] |= set(map(_place, one.acts))
    rows = ((one, own[slug_of(one)] & set(map(_place, one.acts))) for one in found.others)
    return [_amendment(found, one, places) for one, places in rows if places]


def _place(act: Mapping[str, Any]) -> str:
    """Where an act is: the paragraph that it speaks of, or the one after which it puts a new one."""
    return f"+{act['after'] or ''}" if act["act"] == "insert" else str(act["paragraph"])


def _amendment(found: Found, one: Standing, places: Collection[str]) -> Row:
    text, row = found.texts[slug_of(one)], one.amendment
    state = _bare(found, text.slug)
    order = {id_: n for n, id_ in enumerate(state.base)}
    ids = sorted({place.removeprefix("+") for place in places}, key=lambda id_: order.get(id_, -1))
    return {
        **_text(text),
        "by": telling.participant(row.author),
        "paragraphs": [told_acts.named(state, id_) if id_ else gettext("the beginning") for id_ in ids],
        "at": telling.instant(row.at.timestamp()),
        "first": row.at.isoformat(),
        "url": reverse("texts:amendment", args=[text.slug, row.pk]),
        "words": sum(words(_said(act)) for act in one.acts),
    }


def _said(act: Mapping[str, Any]) -> str:
    return str(act["paragraph"]["text"] if act["act"] == "insert" else act.get("text", ""))


def reading(rows: Iterable[Row]) -> Row:
    """How long it takes to read what changed: an estimate."""
    count = sum(row["words"] for row in rows)
    return {"words": count, "minutes": -(-count // A_MINUTE)}


# Where my words went


def fates(found: Found) -> list[Row]:
    """For each version that came, the latest first, what became of the participant's words, in a word each."""
    rows: list[Row] = []
    for one in found.issued:
        of_it = (each for each in found.fates if (slug_of(each), each.number + 1) == (slug_of(one), one.number))
        outcomes = [outcome for standing in of_it for outcome in standing.outcomes]
        if outcomes:
            rows.append(_fates(found.texts[slug_of(one)], one, outcomes))
    return rows


def _fates(text: Text, one: Revision, outcomes: Iterable[dict[str, str]]) -> Row:
    called = _called(text, one)
    told_ = [{"name": called.get(each["paragraph"], "¶"), "fate": told.fate(each)} for each in outcomes]
    return {**_text(text), "number": one.number, "url": reverse("texts:mine", args=[text.slug]), "outcomes": told_}


def _called(text: Text, one: Revision) -> dict[str, str]:
    """What paragraphs of the version before are called, and those that are new in this one."""
    state = gather(text, one, ())
    new = {id_: state.names[id_] or told_acts.by_words(each.kind, each.text) for id_, each in state.base.items()}
    pairs = [(id_, label) for id_, label, _new, _labels in one.concordance if id_]
    kinds = ((label, Kind.ITEM if label.startswith("(") else Kind.OPERATIVE) for _, label in pairs)
    old = zip((id_ for id_, _ in pairs), addresses(kinds), strict=True)
    return new | {id_: name for id_, name in old if name}


# Until when


def deadlines(texts: Mapping[str, Text], now: datetime) -> list[Row]:
    """Until when answers are asked for, the nearest first."""
    ahead = sorted((one.until, slug) for slug, one in texts.items() if one.until is not None and one.until > now)
    return [
        {
            **_text(texts[slug]),
            "number": texts[slug].number,
            "url": reverse("texts:text", args=[slug]),
            "at": telling.instant(until.timestamp()),
            "there": telling.instant_in(until.timestamp(), telling.profile(texts[slug].organisation)),
            "first": until.isoformat(),
        }
        for until, slug in ahead
    ]
