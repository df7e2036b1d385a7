"""The acts of a process: concern, opening, steps, proposals, close."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from corfu.acts.actor import Actor
from corfu.acts.facts import add_words, fact_of
from corfu.acts.fields import BOOLEAN, CODES, DATED, FACT, ID, NAMES, SLUG, SLUGS, SYMBOL, WORDS, optional
from corfu.acts.kinds import only_secretariat
from corfu.acts.refusals import Refusal
from corfu.acts.registry import Applied, Kind, Payload, register
from corfu.community.queries import are_participants
from corfu.meetings.acts import is_chair, not_chair
from corfu.negotiation.models import Process, Proposal, Sponsor, Step

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _there(sentence: "StrOrPromise", slug: str) -> Refusal:
    return Refusal("name.taken", "house.once", sentence, {"slug": slug})


def _unknown_process(slug: str) -> Refusal | None:
    if Process.objects.filter(slug=slug).exists():
        return None
    sentence = _("There is no process “%(slug)s”: open it first, or mend the name.")
    return Refusal("process.unknown", "house.register", sentence, {"slug": slug}, 404)


def _may_open(actor: Actor, payload: Payload, _now: datetime) -> Refusal | None:
    if not is_chair(actor, payload["body"]):
        return not_chair(payload["body"])
    if Process.objects.filter(slug=payload["slug"]).exists():
        return _there(_("There is a process “%(slug)s” already: give this one another name."), payload["slug"])
    return None


def _open(applied: Applied) -> None:
    payload = applied.payload
    Process.objects.create(
        slug=payload["slug"],
        organisation=payload["organisation"],
        body=payload["body"],
        principles=payload.get("principles", []),
        topics=payload.get("topics", []),
        history="fact" in payload,
        **fact_of(applied),
    )


def _process_address(payload: Payload) -> str:
    return f"processes/{payload['slug']}/"


register(
    Kind(
        "process.open",
        _("A dialogue begins: its mandate, its principles and its topics."),
        _("chair"),
        ("house.chair",),
        {
            "slug": SLUG,
            "organisation": ID,
            "body": SLUG,
            "principles": optional(SLUGS),
            "topics": optional(SLUGS),
            "words": WORDS,
            "dated": DATED,
            "fact": optional(FACT),
        },
        _may_open,
        _open,
        _process_address,
    )
)


def _may_close(actor: Actor, payload: Payload, _now: datetime) -> Refusal | None:
    refusal = _unknown_process(payload["slug"])
    if refusal:
        return refusal
    found = Process.objects.get(slug=payload["slug"])
    if not is_chair(actor, found.body):
        return not_chair(found.body)
    return Refusal("process.closed", "house.once", _("This process is closed already.")) if found.closed else None


def _close(applied: Applied) -> None:
    found = Process.objects.get(slug=applied.payload["slug"])
    add_words(found, applied)
    found.closed, found.ended = applied.index, applied.payload.get("dated") or applied.at[:10]
    found.save()


register(
    Kind(
        "process.close",
        _("A dialogue ends, with its outcome."),
        _("chair"),
        ("house.chair",),
        {"slug": SLUG, "words": WORDS, "dated": optional(DATED), "fact": optional(FACT)},
        _may_close,
        _close,
        _process_address,
    )
)

_STEP = {
    "slug": SLUG,
    "process": SLUG,
    "words": WORDS,
    "dated": DATED,
    "main": optional(BOOLEAN),
    "participants": optional(NAMES),
    "topics": optional(SLUGS),
    "symbol": optional(SYMBOL),
    "fact": optional(FACT),
}


def _free_step(payload: Payload) -> Refusal | None:
    if Step.objects.filter(slug=payload["slug"]).exists():
        return _there(_("There is a step “%(slug)s” already: give this one another name."), payload["slug"])
    return None


def _may_raise(actor: Actor, payload: Payload, _now: datetime) -> Refusal | None:
    if actor.kind not in {"state", "secretariat"}:
        return Refusal("concern.state", "equality", _("A participating State raises a concern."), status=403)
    return _free_step(payload)


def _may_note(actor: Actor, payload: Payload, now: datetime) -> Refusal | None:
    return only_secretariat(actor, payload, now) or _unknown_process(payload["process"]) or _free_step(payload)


def _step(applied: Applied) -> None:
    payload = applied.payload
    Step.objects.create(
        slug=payload["slug"],
        process=payload["process"],
        kind=payload.get("kind", "crisis"),
        main=payload.get("main", False),
        meeting=payload.get("meeting", ""),
        symbol=payload.get("symbol", ""),
        participants=payload.get("participants", []),
        topics=payload.get("topics", []),
        **fact_of(applied),
    )


def _step_address(payload: Payload) -> str:
    return f"processes/{payload['process']}/"


register(
    Kind(
        "concern.raise",
        _("A concern is put before all: a crisis, an incident, a risk. A process may come of it."),
        _("participating State"),
        ("equality",),
        _STEP,
        _may_raise,
        _step,
        _step_address,
    )
)
register(
    Kind(
        "step.note",
        _("A step of a process that was no act here: a speech, a visit, a meeting, as the public record has it."),
        _("secretariat"),
        ("house.history",),
        {**_STEP, "kind": ID, "meeting": optional(SLUG)},
        _may_note,
        _step,
        _step_address,
    )
)


def _may_table(actor: Actor, payload: Payload, _now: datetime) -> Refusal | None:
    if not actor.is_secretariat:
        if actor.kind not in {"state", "organisation"}:
            return Refusal("proposal.who", "who-tables", _("A State or several table a proposal."), status=403)
        if payload["sponsors"] != [actor.code]:
            sentence = _("You table a proposal for yourself alone; others join it by an act of their own.")
            return Refusal("proposal.sponsors", "who-tables", sentence, status=403)
    if not payload["sponsors"] or not are_participants(payload["sponsors"]):
        sentence = _("Among the sponsors is one that does not take part: mend its code.")
        return Refusal("participant.unknown", "house.register", sentence, status=400)
    if Proposal.objects.filter(slug=payload["slug"]).exists():
        return _there(_("There is a proposal “%(slug)s” already: give this one another name."), payload["slug"])
    return _unknown_process(payload["process"])


def _table(applied: Applied) -> None:
    payload = applied.payload
    proposal = Proposal.objects.create(
        slug=payload["slug"],
        process=payload["process"],
        kind=payload["kind"],
        topic=payload["topic"],
        symbol=payload.get("symbol", ""),
        **fact_of(applied),
    )
    Sponsor.objects.bulk_create(
        Sponsor(proposal=proposal, participant=code, place=applied.index) for code in payload["sponsors"]
    )


def _proposal_address(payload: Payload) -> str:
    return f"proposals/{payload['slug']}/"


register(
    Kind(
        "proposal.table",
        _("A paper or a position on a topic is tabled in a process."),
        _("one State or several, or the chair"),
        ("who-tables",),
        {
            "slug": SLUG,
            "process": SLUG,
            "kind": ID,
            "topic": SLUG,
            "sponsors": CODES,
            "symbol": optional(SYMBOL),
            "words": WORDS,
            "dated": DATED,
            "fact": optional(FACT),
        },
        _may_table,
        _table,
        _proposal_address,
    )
)


def _proposal_of(payload: Payload) -> Proposal | Refusal:
    found = Proposal.objects.filter(slug=payload["slug"], withdrawn=None).first()
    if found is None:
        sentence = _("There is no such proposal on the table: “%(slug)s”.")
        return Refusal("proposal.unknown", "house.register", sentence, {"slug": payload["slug"]}, 404)
    return found


def _stands_behind(proposal: Proposal, actor: Actor) -> bool:
    return proposal.sponsors.filter(participant=actor.code, left=None).exists()


def _may_join(actor: Actor, payload: Payload, _now: datetime) -> Refusal | None:
    found = _proposal_of(payload)
    if isinstance(found, Refusal):
        return found
    if actor.kind != "state":
        return Refusal("proposal.who", "who-tables", _("A State joins a proposal."), status=403)
    if _stands_behind(found, actor):
        return Refusal("proposal.joined", "house.once", _("You stand behind this proposal already."))
    return None


def _join(applied: Applied) -> None:
    proposal = Proposal.objects.get(slug=applied.payload["slug"])
    Sponsor.objects.create(proposal=proposal, participant=applied.author, place=applied.index)


def _may_leave(actor: Actor, payload: Payload, _now: datetime) -> Refusal | None:
    found = _proposal_of(payload)
    if isinstance(found, Refusal):
        return found
    if not _stands_behind(found, actor):
        return Refusal("proposal.not_joined", "house.once", _("You do not stand behind this proposal."))
    return None


def _leave(applied: Applied) -> None:
    Sponsor.objects.filter(
        proposal__slug=applied.payload["slug"], participant=applied.author, left=None
    ).update(left=applied.index)  # fmt: skip


def _may_withdraw(actor: Actor, payload: Payload, now: datetime) -> Refusal | None:
    refusal = _may_leave(actor, payload, now)
    if refusal:
        return refusal
    if Sponsor.objects.filter(proposal__slug=payload["slug"], left=None).count() > 1:
        sentence = _("Others stand behind this proposal: you can leave it, and it stays on the table.")
        return Refusal("proposal.shared", "who-tables", sentence)
    return None


def _withdraw(applied: Applied) -> None:
    Proposal.objects.filter(slug=applied.payload["slug"]).update(withdrawn=applied.index)


for _name, _summary, _check, _effect in (
    ("proposal.join", _("A State stands behind a proposal from now on."), _may_join, _join),
    ("proposal.leave", _("A State no longer stands behind a proposal."), _may_leave, _leave),
    (
        "proposal.withdraw",
        _("The last that stands behind a proposal takes it from the table."),
        _may_withdraw,
        _withdraw,
    ),
):
    register(Kind(_name, _summary, _("a sponsor"), ("who-tables",), {"slug": SLUG}, _check, _effect, _proposal_address))
