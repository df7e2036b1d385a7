"""The acts by which a text is opened and its versions are issued."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from corfu.acts.actor import PUBLIC, Actor
from corfu.acts.facts import fact_of
from corfu.acts.fields import (
    DATED,
    ID,
    INSTANT,
    LANGUAGES,
    LAYER,
    NUMBER,
    SLUG,
    SYMBOL,
    TEXT,
    is_text,
    one_of,
    optional,
)
from corfu.acts.refusals import Refusal
from corfu.acts.registry import Applied, Document, Kind, Payload, register
from corfu.formats.word.bookmarks import fits
from corfu.meetings.acts import is_chair, not_chair
from corfu.negotiation.models import Process
from corfu.negotiation.texts import rules
from corfu.negotiation.texts.documents import said_by
from corfu.negotiation.texts.models import Revision, Standing, Text
from corfu.negotiation.texts.queries import read_state, state
from corfu.negotiation.texts.state import State
from corfu.wording import plain
from corfu.wording.advance import Advanced, Disposition, Outcome, advance
from corfu.wording.model import Version
from corfu.wording.plain import UnreadableError
from corfu.wording.points import InvalidChoiceError
from corfu.wording.rebase import Rebasing
from corfu.wording.rolling import counts

LANG: Final = one_of(*LANGUAGES)
NO_SLUGS: Final = frozenset({"open"})
"""What no text is called: `texts/open/` is the page on which one is opened."""


def about(payload: Payload) -> str:
    """The address of the text that an act is about."""
    return f"texts/{payload['text']}/"


def touch(slug: str, applied: Applied) -> None:
    """Whatever was computed from the rows of this text is computed anew from now on."""
    Text.objects.filter(slug=slug).update(touched=applied.index)


# Opening


def _may_open(actor: Actor, payload: Payload, now: datetime) -> Refusal | None:
    if not is_chair(actor, payload["body"]):
        return not_chair(payload["body"])
    if not Process.objects.filter(slug=payload["process"], layer__in=actor.layers).exists():
        sentence = _("There is no process “%(slug)s”: open it first, or mend the name.")
        return Refusal("process.unknown", "house.register", sentence, {"slug": payload["process"]}, 404)
    if payload["layer"] not in actor.layers:
        sentence = _("Nobody opens a text for readers of whom they are none: choose another layer.")
        return Refusal("text.layer", "house.layer", sentence, status=403)
    if refusal := rules.deadline_over(payload, now):
        return refusal
    if payload["layer"] != PUBLIC and "reason" not in payload:
        return Refusal("text.reason", "house.layer", _("Say why this text is not public."), status=400)
    if payload["slug"] in NO_SLUGS:
        sentence = _("No text is called “%(slug)s”, for a page has this address: give it another name.")
        return Refusal("name.taken", "house.once", sentence, {"slug": payload["slug"]})
    if Text.objects.filter(slug=payload["slug"]).exists():
        sentence = _("There is a text “%(slug)s” already: give this one another name.")
        return Refusal("name.taken", "house.once", sentence, {"slug": payload["slug"]})
    return None


def _read_text(_actor: Actor, payload: Payload, documents: Sequence[Document]) -> Refusal | None:
    given = rules.only_document(documents, "text", payload["layer"])
    if isinstance(given, Refusal):
        return given
    try:
        paragraphs = plain.paragraphs_from(given.get("paragraphs"))
    except UnreadableError as error:
        return rules.unreadable(error)
    title = given.get("title")
    if not isinstance(title, dict) or not title or not all(map(is_text, title.values())):
        return Refusal("text.title", "house.form", _("Give the text a title."), status=400)
    ids = [one.id.lower() for one in paragraphs]
    if len(set(ids)) < len(ids) or not all(fits(one.id) for one in paragraphs):
        sentence = _("Two paragraphs have the same id, or one is too long for Word’s bookmarks: mend the ids.")
        return Refusal("text.ids", "house.form", sentence, status=400)
    return None


def _open(applied: Applied) -> None:
    payload, given = applied.payload, said_by(applied)
    titles = {lang: {"title": title} for lang, title in given.get("title", {}).items()}
    opens = payload.get("opens")
    text = Text.objects.create(
        **{**fact_of(applied), "words": titles},
        **{name: payload[name] for name in ("slug", "process", "organisation", "body", "symbol", "kind", "lang")},
        number=payload.get("number", 1),
        touched=applied.index,
        until=payload.get("until") and datetime.fromisoformat(payload["until"]),
        reason=payload.get("reason", ""),
        opens=opens and datetime.fromisoformat(opens).date(),
    )
    paragraphs = plain.paragraphs_from(given["paragraphs"]) if given else ()
    since = {one.id: [text.number] for one in paragraphs}
    _issued(text, Version(text.number, paragraphs), applied, since=since)


def _issued(text: Text, version: Version, applied: Applied, **more: Any) -> None:
    Revision.objects.create(
        text=text,
        number=version.number,
        place=applied.index,
        at=datetime.fromisoformat(applied.at),
        author=applied.author,
        sha256=version.sha256(),
        paragraphs=list(map(plain.paragraph_to, version.paragraphs)),
        **more,
    )


register(
    Kind(
        "text.open",
        _("A text comes on the table, to be negotiated: its first version."),
        _("chair"),
        ("house.chair", "house.text", "house.layer"),
        {
            "slug": SLUG,
            "process": SLUG,
            "organisation": ID,
            "body": SLUG,
            "symbol": SYMBOL,
            "kind": ID,
            "lang": LANG,
            "layer": LAYER,
            "reason": optional(TEXT),
            "opens": optional(DATED),
            "number": optional(NUMBER),
            "until": optional(INSTANT),
        },
        _may_open,
        _open,
        lambda payload: f"texts/{payload['slug']}/",
        _read_text,
    )
)


# The next version


def _may_issue(actor: Actor, payload: Payload, now: datetime) -> Refusal | None:
    found = rules.text_of(actor, payload["text"])
    if isinstance(found, Refusal):
        return found
    if not is_chair(actor, found.body):
        return not_chair(found.body)
    return rules.standing_version(found, payload["number"] - 1) or rules.deadline_over(payload, now)


def _read_dispositions(actor: Actor, payload: Payload, documents: Sequence[Document]) -> Refusal | None:
    found = rules.text_of(actor, payload["text"])
    if isinstance(found, Refusal):
        return found
    given = rules.only_document(documents, "dispositions", found.layer)
    if isinstance(given, Refusal):
        return given
    there = state(found)
    assert there is not None
    try:
        made = advance(there.version, plain.choices_from(given.get("choices")), "the next act")
    except (UnreadableError, InvalidChoiceError) as error:
        return rules.unreadable(error)
    if not made.version.paragraphs:
        return Refusal("text.empty", "house.text", _("Nothing of the text would be left: keep one paragraph."))
    return rules.looked_at(there, given.get("on"))


def _issue(applied: Applied) -> None:
    text = Text.objects.get(slug=applied.payload["text"])
    before = read_state(text, text.number)
    assert before is not None
    choices = plain.choices_from(said_by(applied).get("choices", {}))
    made = advance(before.version, choices, str(applied.index))
    _close(before, made, applied)
    text.number, text.touched = made.version.number, applied.index
    until = applied.payload.get("until")
    text.until = datetime.fromisoformat(until) if until else None
    text.save()
    _issued(
        text,
        Version(made.version.number, made.version.paragraphs),
        applied,
        since=_since(before, made),
        changes=list(map(plain.change_to, made.changes)),
        concordance=[[row.old, row.old_label, list(row.new), list(row.new_labels)] for row in made.concordance],
        heirs={id_: list(heirs) for id_, heirs in made.heirs.items()},
    )
    _carry(before, made)


def _close(before: State, made: Advanced, applied: Applied) -> None:
    """What the version that stood says of itself for ever: how much was open, and what became of every act."""
    open_ = counts(before.rolling)
    before.revision.counts = {name: getattr(open_, name) for name in open_.__slots__}
    before.revision.closed = applied.index
    before.revision.save()
    by_amendment: dict[str, list[Outcome]] = {}
    for outcome in made.outcomes:
        by_amendment.setdefault(outcome.amendment, []).append(outcome)
    for id_, outcomes in by_amendment.items():
        standing = before.filed[id_].standing
        standing.outcomes = list(map(_outcome, outcomes))
        standing.save()


def _outcome(outcome: Outcome) -> dict[str, Any]:
    rebased = str(outcome.rebased) if outcome.rebased else ""
    return {"paragraph": outcome.paragraph, "disposition": str(outcome.disposition), "rebased": rebased}


def _since(before: State, made: Advanced) -> dict[str, list[int]]:
    """In which versions each paragraph's words became others; those of a paragraph that is gone are kept."""
    found: dict[str, list[int]] = {id_: list(numbers) for id_, numbers in before.revision.since.items()}
    for one in made.version.paragraphs:
        if one.id not in before.base or before.base[one.id].text != one.text:
            found.setdefault(one.id, []).append(made.version.number)
    return found


def _carry(before: State, made: Advanced) -> None:
    """Every amendment that still asks for something stands on the new version; so does what waits for its sponsor."""
    carried = {one.id: one.acts for one in made.version.amendments}
    asked: dict[str, list[dict[str, Any]]] = {}
    for outcome in made.outcomes:
        if outcome.rebased is Rebasing.CONTESTED and outcome.disposition is Disposition.STILL_BRACKETED:
            suggested = {"act": plain.act_to(outcome.act), "acts": list(map(plain.act_to, outcome.acts))}
            asked.setdefault(outcome.amendment, []).append(suggested)
    for id_, filed in before.filed.items():
        waiting = [*filed.standing.asked, *asked.get(id_, ())] if _all_there(filed.standing, made) else asked.get(id_)
        if id_ in carried or waiting:
            Standing.objects.create(
                amendment_id=id_,
                text=before.text,
                number=made.version.number,
                acts=list(map(plain.act_to, carried.get(id_, ()))),
                asked=waiting or [],
                revision=filed.standing.revision,
            )


def _all_there(standing: Standing, made: Advanced) -> bool:
    """Whether what waited for its sponsor already can still wait: its paragraphs are all there, in these words."""
    there = {one.id for one in made.version.paragraphs}
    changed = {one.paragraph for one in made.changes}
    named = {act["paragraph"] for one in standing.asked for act in one["acts"] if act["act"] != "insert"}
    return bool(standing.asked) and named <= there - changed


register(
    Kind(
        "version.issue",
        _("The chair disposes of what is open, point by point, and issues the next version of a text."),
        _("chair"),
        ("house.chair", "house.text"),
        {"text": SLUG, "number": NUMBER, "until": optional(INSTANT)},
        _may_issue,
        _issue,
        about,
        _read_dispositions,
    )
)
