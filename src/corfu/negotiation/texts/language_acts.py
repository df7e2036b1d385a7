"""The act by which paragraphs of a text are delivered in another language."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from corfu.acts.actor import Actor
from corfu.acts.fields import NUMBER, SLUG, is_text, one_of
from corfu.acts.refusals import Refusal
from corfu.acts.registry import Applied, Document, Kind, Payload, register
from corfu.negotiation.texts import rules
from corfu.negotiation.texts.documents import said_by
from corfu.negotiation.texts.models import Translation
from corfu.negotiation.texts.text_acts import LANG, about, touch

STANDINGS = ("authentic", "official", "courtesy")


def standings_of(actor: Actor) -> tuple[str, ...]:
    """With which standings somebody may deliver, the usual one first; with none, they may not."""
    if actor.is_secretariat:
        return ("official", "authentic", "courtesy")
    return ("courtesy",) if actor.kind == "state" else ()


def _may_deliver(actor: Actor, payload: Payload, _now: datetime) -> Refusal | None:
    found = rules.text_of(actor, payload["text"])
    if isinstance(found, Refusal):
        return found
    if payload["lang"] == found.lang:
        sentence = _("The text is negotiated in this language: deliver another one.")
        return Refusal("translation.original", "house.translation", sentence, status=400)
    if payload["standing"] != "courtesy" and not actor.is_secretariat:
        sentence = _("The secretariat delivers translations; what a delegation gives has the standing “courtesy”.")
        return Refusal("translation.who", "house.translation", sentence, status=403)
    if actor.kind not in {"state", "secretariat"}:
        sentence = _("The secretariat or a participating State delivers a translation.")
        return Refusal("translation.who", "house.translation", sentence, status=403)
    if payload["follows"] == found.number or found.revisions.filter(number=payload["follows"]).exists():
        return None
    facts = {"number": str(payload["follows"])}
    sentence = _("There is no Rev.%(number)s that it could follow: say which version it renders.")
    return Refusal("translation.follows", "house.translation", sentence, facts, 400)


def _read_translation(actor: Actor, payload: Payload, documents: Sequence[Document]) -> Refusal | None:
    found = rules.text_of(actor, payload["text"])
    if isinstance(found, Refusal):
        return found
    given = rules.only_document(documents, "translation", found.layer)
    if isinstance(given, Refusal):
        return given
    paragraphs = given.get("paragraphs")
    if not isinstance(paragraphs, dict) or not paragraphs or not all(map(is_text, paragraphs.values())):
        return Refusal("translation.empty", "house.form", _("Give the words of one paragraph at least."), status=400)
    revision = found.revisions.get(number=payload["follows"])
    if paragraphs.keys() <= {one["id"] for one in revision.paragraphs}:
        return None
    sentence = _("It holds a paragraph that the version does not have: say which version it renders.")
    return Refusal("translation.paragraph", "house.translation", sentence, status=400)


def _deliver(applied: Applied) -> None:
    payload, given = applied.payload, said_by(applied)
    Translation.objects.bulk_create(
        Translation(
            text_id=payload["text"],
            lang=payload["lang"],
            paragraph=paragraph,
            words=words,
            standing=payload["standing"],
            follows=payload["follows"],
            author=applied.author,
            place=applied.index,
        )
        for paragraph, words in given.get("paragraphs", {}).items()
    )
    touch(payload["text"], applied)


register(
    Kind(
        "language.deliver",
        _("Paragraphs of a text are delivered in another language, and say which version they follow."),
        _("secretariat; with the standing of a courtesy, a participating State"),
        ("house.translation",),
        {"text": SLUG, "lang": LANG, "standing": one_of(*STANDINGS), "follows": NUMBER},
        _may_deliver,
        _deliver,
        about,
        _read_translation,
    )
)
