"""The acts by which decisions are adopted. The adoption of live texts, with its checks, comes with the silence
procedure; here stands what the chair declares adopted."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from corfu.acts.actor import Actor
from corfu.acts.facts import fact_of
from corfu.acts.fields import DATED, FACT, ID, SLUG, SYMBOL, WORDS, optional
from corfu.acts.refusals import Refusal
from corfu.acts.registry import Applied, Kind, Payload, register
from corfu.decisions.models import Decision
from corfu.meetings.acts import is_chair, not_chair


def _may_adopt(actor: Actor, payload: Payload, _now: datetime) -> Refusal | None:
    if not is_chair(actor, payload["body"]):
        return not_chair(payload["body"])
    if Decision.objects.filter(slug=payload["slug"]).exists():
        sentence = _("There is a decision “%(slug)s” already: give this one another name.")
        return Refusal("decision.there", "house.once", sentence, {"slug": payload["slug"]})
    return None


def _adopt(applied: Applied) -> None:
    payload = applied.payload
    Decision.objects.create(
        slug=payload["slug"],
        organisation=payload["organisation"],
        symbol=payload.get("symbol", ""),
        kind=payload["kind"],
        body=payload["body"],
        meeting=payload.get("meeting", ""),
        process=payload.get("process", ""),
        **fact_of(applied),
    )


register(
    Kind(
        "decision.adopt",
        _("A body adopts a text by consensus."),
        _("chair"),
        ("consensus", "binding"),
        {
            "slug": SLUG,
            "organisation": ID,
            "kind": ID,
            "body": SLUG,
            "symbol": optional(SYMBOL),
            "meeting": optional(SLUG),
            "process": optional(SLUG),
            "words": WORDS,
            "dated": DATED,
            "fact": optional(FACT),
        },
        _may_adopt,
        _adopt,
        lambda payload: f"decisions/{payload['slug']}/",
    )
)
