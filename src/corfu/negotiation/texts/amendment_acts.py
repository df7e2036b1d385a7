"""The acts by which participants say what they want changed in a text, and stand behind what others want."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from corfu.acts.actor import Actor
from corfu.acts.fields import NUMBER, SLUG, Field, optional
from corfu.acts.refusals import Refusal
from corfu.acts.registry import Applied, Document, Kind, Payload, register
from corfu.negotiation.texts import rules
from corfu.negotiation.texts.documents import said_by
from corfu.negotiation.texts.models import Amendment, Standing, Supporter, Text
from corfu.negotiation.texts.queries import state
from corfu.negotiation.texts.text_acts import about, touch

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

AN_ID: Final = Field(lambda value: isinstance(value, str) and 0 < len(value) <= 64, _("the id of an act"))
_LONGEST_NOTE: Final = 2_000


def _may_file(actor: Actor, payload: Payload, _now: datetime) -> Refusal | None:
    found = rules.negotiated_by(actor, payload)
    if isinstance(found, Refusal):
        return found
    if refusal := rules.standing_version(found, payload["version"]):
        return refusal
    if "parent" in payload:
        parent = rules.amendment_of(found, payload["parent"])
        return parent if isinstance(parent, Refusal) else None
    return None


def _read_amendment(actor: Actor, payload: Payload, documents: Sequence[Document]) -> Refusal | None:
    found = rules.text_of(actor, payload["text"])
    if isinstance(found, Refusal):
        return found
    given = rules.only_document(documents, "amendment", found.layer)
    if isinstance(given, Refusal):
        return given
    if refusal := note_too_long(given.get("note", "")):
        return refusal
    acts = rules.acts_that_fit(found, given.get("acts"))
    if isinstance(acts, Refusal):
        return acts
    there = state(found)
    assert there is not None
    twin = next((one for one in there.of(actor.code) if one.row.author == actor.code and one.acts == acts), None)
    if twin:
        facts = {"act": str(twin.row.place)}
        sentence = _("You have filed exactly this already: it is act %(act)s of the record.")
        return Refusal("amendment.filed", "house.once", sentence, facts)
    return None


def note_too_long(note: object) -> Refusal | None:
    """A remark beside what is asked: a text of 2,000 characters at most."""
    if isinstance(note, str) and len(note) <= _LONGEST_NOTE:
        return None
    return Refusal("text.note", "house.form", _("A remark has 2,000 characters at most: shorten it."), status=400)


def _file(applied: Applied) -> None:
    payload, given = applied.payload, said_by(applied)
    amendment = Amendment.objects.create(
        id=applied.id,
        text_id=payload["text"],
        author=applied.author,
        number=payload["version"],
        place=applied.index,
        at=datetime.fromisoformat(applied.at),
        parent=payload.get("parent", ""),
        note=given.get("note", ""),
    )
    Supporter.objects.create(amendment=amendment, participant=applied.author, place=applied.index)
    Standing.objects.create(
        amendment=amendment, text_id=payload["text"], number=payload["version"], acts=given.get("acts", [])
    )
    touch(payload["text"], applied)


register(
    Kind(
        "amendment.file",
        _("A State asks for changes to the version of a text that stands."),
        _("participating State"),
        ("house.amendment",),
        {"text": SLUG, "version": NUMBER, "parent": optional(AN_ID)},
        _may_file,
        _file,
        about,
        _read_amendment,
    )
)


def _named(actor: Actor, payload: Payload) -> tuple[Text, Amendment] | Refusal:
    """The text and the live amendment that an act names."""
    found = rules.negotiated_by(actor, payload)
    if isinstance(found, Refusal):
        return found
    row = rules.amendment_of(found, payload["amendment"])
    return row if isinstance(row, Refusal) else (found, row)


def _may_join(actor: Actor, payload: Payload, _now: datetime) -> Refusal | None:
    named = _named(actor, payload)
    if isinstance(named, Refusal):
        return named
    _text, row = named
    if row.supporters.filter(participant=actor.code, left=None, revision__gte=row.revision).exists():
        return Refusal("amendment.joined", "house.once", _("You stand behind this amendment already."))
    return None


def _join(applied: Applied) -> None:
    row = Amendment.objects.get(pk=applied.payload["amendment"])
    _leaves(row, applied)
    Supporter.objects.create(
        amendment=row, participant=applied.author, place=applied.index, revision=row.revision
    )  # fmt: skip
    touch(row.text_id, applied)


def _leaves(row: Amendment, applied: Applied) -> None:
    row.supporters.filter(participant=applied.author, left=None).update(left=applied.index)


def _behind(actor: Actor, payload: Payload) -> tuple[Text, Amendment] | Refusal:
    """The same, if the actor stands behind it."""
    named = _named(actor, payload)
    if isinstance(named, Refusal) or rules.stands_behind(named[1], actor):
        return named
    return Refusal("amendment.not_joined", "house.once", _("You do not stand behind this amendment."))


def _may_leave(actor: Actor, payload: Payload, _now: datetime) -> Refusal | None:
    named = _behind(actor, payload)
    if isinstance(named, Refusal):
        return named
    if named[1].supporters.filter(left=None).count() == 1:
        sentence = _("Nobody else stands behind this amendment: withdraw it instead.")
        return Refusal("amendment.last", "house.amendment", sentence)
    return None


def _leave(applied: Applied) -> None:
    row = Amendment.objects.get(pk=applied.payload["amendment"])
    _leaves(row, applied)
    touch(row.text_id, applied)


def _may_withdraw(actor: Actor, payload: Payload, _now: datetime) -> Refusal | None:
    named = _behind(actor, payload)
    if isinstance(named, Refusal):
        return named
    if named[1].supporters.filter(left=None).count() > 1:
        sentence = _("Others stand behind this amendment: you can leave it, and it stays on the table.")
        return Refusal("amendment.shared", "house.amendment", sentence)
    return None


def _withdraw(applied: Applied) -> None:
    row = Amendment.objects.get(pk=applied.payload["amendment"])
    row.withdrawn = applied.index
    row.save()
    touch(row.text_id, applied)


_Act = tuple[str, "StrOrPromise", Callable[[Actor, Payload, datetime], Refusal | None], Callable[[Applied], None]]
_ACTS: Final[tuple[_Act, ...]] = (
    ("amendment.join", _("A State stands behind an amendment, in its wording of now."), _may_join, _join),
    ("amendment.leave", _("A State no longer stands behind an amendment that others support."), _may_leave, _leave),
    ("amendment.withdraw", _("The last that stands behind an amendment withdraws it."), _may_withdraw, _withdraw),
)
for _name, _summary, _check, _effect in _ACTS:
    members = {"text": SLUG, "amendment": AN_ID}
    register(Kind(_name, _summary, _("participating State"), ("house.amendment",), members, _check, _effect, about))


# After the words that an amendment was about have changed


def _may_confirm(actor: Actor, payload: Payload, _now: datetime) -> Refusal | None:
    named = _behind(actor, payload)
    if isinstance(named, Refusal):
        return named
    text, row = named
    if refusal := rules.standing_version(text, payload["version"]):
        return refusal
    if row.author != actor.code and rules.author_stands(row):
        sentence = _("The State that filed this amendment confirms it: wait for it, or file your own.")
        return Refusal("amendment.sponsor", "house.amendment", sentence, status=403)
    if not row.standings.get(number=text.number).asked:
        return Refusal("amendment.confirmed", "house.once", _("Nothing of this amendment waits to be confirmed."))
    return None


def _read_confirmed(actor: Actor, payload: Payload, documents: Sequence[Document]) -> Refusal | None:
    named = _named(actor, payload)
    if isinstance(named, Refusal):
        return named
    given = rules.only_document(documents, "amendment", named[0].layer)
    if isinstance(given, Refusal):
        return given
    acts = _confirmed(named[1].standings.get(number=named[0].number), given)
    fit = rules.acts_that_fit(named[0], acts, without=named[1].pk) if acts else ()
    return fit if isinstance(fit, Refusal) else None


def _confirmed(standing: Standing, given: Any) -> list[dict[str, Any]]:
    """What stands of an amendment after its sponsor has said what it wants in place of what was touched."""
    acts = given.get("acts", [])
    return [*standing.acts, *(acts if isinstance(acts, list) else [None])]


def _confirm(applied: Applied) -> None:
    row = Amendment.objects.get(pk=applied.payload["amendment"])
    standing = row.standings.get(number=applied.payload["version"])
    row.revision += 1
    row.save()
    standing.acts, standing.asked = _confirmed(standing, said_by(applied)), []
    standing.revision = row.revision
    standing.save()
    _leaves(row, applied)
    Supporter.objects.create(amendment=row, participant=applied.author, place=applied.index, revision=row.revision)
    touch(row.text_id, applied)


register(
    Kind(
        "amendment.confirm",
        _("The sponsor says what it wants now where the words of its amendment were touched. Support is given anew."),
        _("the State that filed it"),
        ("house.amendment",),
        {"text": SLUG, "version": NUMBER, "amendment": AN_ID},
        _may_confirm,
        _confirm,
        about,
        _read_confirmed,
    )
)
