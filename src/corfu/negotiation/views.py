"""Processes and proposals on screen."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from corfu.acts import telling
from corfu.acts.actor import Actor
from corfu.acts.asking import actor_of, now_of
from corfu.acts.telling import fact
from corfu.community.queries import terms
from corfu.formats.svg import NARROW, Mark, Term
from corfu.meetings.queries import of_process
from corfu.negotiation import queries, told
from corfu.negotiation.models import Process, Step
from corfu.negotiation.texts import queries as texts
from corfu.negotiation.texts.asking import lines
from corfu.profiles.profile import Profile


@require_safe
def processes(request: HttpRequest) -> HttpResponse:
    """All processes, with their stage."""
    actor = actor_of(request)
    rows = [
        {
            "url": telling.link("negotiation:process", one.slug),
            "title": telling.words(one),
            "text": telling.words(one, "summary"),
            "over": told.stage(one),
            "when": telling.when(told.whole(one)),
            "first": telling.machine(one.dated),
        }
        for one in queries.processes(actor=actor)
    ]
    return render(request, "negotiation/processes.html", {"section": "processes", "processes": rows})


@require_safe
def process(request: HttpRequest, slug: str) -> HttpResponse:
    """A process: the line from concern to outcome, and every step, proposal, decision behind it."""
    actor = actor_of(request)
    found = queries.process(slug, actor=actor)
    if found is None:
        raise Http404
    profile = telling.profile(found.organisation)
    steps = list(queries.steps(slug, actor=actor))
    proposals = list(queries.proposals(actor=actor, process=slug))
    chairs = _chairs(found, profile, actor, now_of(request).date())
    proposed = told.proposals(proposals, profile)
    line = told.on_line([step for step in steps if step.main], chairs)
    context = {
        "section": "processes",
        "process": _head(found),
        "steps": line,
        "terms": told.spans(line, chairs),
        "principles": [_principle(profile, id_) for id_ in found.principles],
        "topics": told.topics(found, proposals, profile),
        "proposals": proposed,
        "sponsors": told.sponsors(proposed),
        "event_groups": told.by_chair(steps, chairs),
        "chairs": [chair for chair in chairs if chair["took"]] or chairs,
        "outcome": telling.words(found, "outcome"),
        "meetings": _meetings(slug, actor),
        "texts": lines(texts.register(actor=actor, process=slug), [found]),
        "facts": _facts(found, profile, steps, len(proposals)),
        **_to_scale(found, [step for step in steps if step.main], chairs),
    }
    return render(request, "negotiation/process.html", context)


def _head(found: Process) -> dict[str, Any]:
    title = telling.words(found)
    kind = gettext("Process, from the public record") if found.history else gettext("Process")
    return {
        "slug": found.slug,
        "title": title.text,
        "lang": title.lang,
        "lede": telling.words(found, "summary").text,
        "mandate": telling.words(found, "mandate").text,
        "over": f"{kind} · {telling.when(told.whole(found))} · {told.stage(found)}",
        "standing": found.standing,
        "source": found.source,
        **telling.act_of(found.place),
    }


def _principle(profile: Profile, id_: str) -> dict[str, str]:
    one = profile.principle(id_)
    return {"text": telling.text(one.title).text, "standing": str(one.standing), "source": one.source}


def _chairs(found: Process, profile: Profile, actor: Actor, today: date) -> list[dict[str, Any]]:
    """Who has held the chair of the process's body while it went on, and what each took over."""
    history = profile.history
    took = {part.state: telling.text(part.text).text for part in history.parts} if history and found.history else {}
    rows: list[dict[str, Any]] = []
    over = found.ended[:4] or str(today)
    for term in terms(actor=actor, organisation=found.organisation, body=found.body).filter(last__gte=found.first):
        if term.dated[: len(over)] > over:
            continue
        named = telling.participant(term.participant)
        rows.append(
            {
                "code": named.code,
                "name": named.name,
                "url": named.url,
                "first": term.first,
                "last": term.last,
                "when": telling.when(term.dated),
                "took": took.get(term.participant, ""),
                **telling.act_of(term.place),
                "standing": term.standing,
                "source": term.source,
            }
        )
    return rows


def _meetings(slug: str, actor: Actor) -> list[dict[str, Any]]:
    return [
        {
            "title": telling.words(one).text,
            "url": telling.link("meetings:meeting", one.slug),
            "when": telling.when(one.dated),
            "first": telling.machine(one.dated),
            "place": telling.words(one, "place").text,
        }
        for one in of_process(slug, actor=actor)
    ]


def _facts(found: Process, profile: Profile, steps: list[Step], proposals: int) -> list[dict[str, str]]:
    last = steps[-1] if steps else None
    counted = ngettext("%(count)d proposal or position", "%(count)d proposals and positions", proposals)
    return [
        fact(gettext("Organization"), telling.text(profile.name).text),
        fact(gettext("Began"), telling.when(found.dated), first=telling.machine(found.dated)),
        fact(gettext("Stage"), told.stage(found)),
        fact(gettext("On the table"), counted % {"count": proposals}),
        *([fact(gettext("Last step"), telling.words(last).text, url=f"#{last.slug}")] if last else []),
    ]


def _to_scale(found: Process, steps: list[Step], chairs: list[dict[str, Any]]) -> dict[str, Any]:
    """The steps as far apart as they were."""
    marks = tuple(
        Mark(told.label(step), telling.when(step.dated), step.first, told.look(step), f"#{step.slug}") for step in steps
    )
    held = tuple(Term(one["name"], one["first"], one["last"], one["url"]) for one in chairs)
    title, words = telling.words(found).text, gettext("The steps as far apart as they were, and who held the chair.")
    return {
        "to_scale": told.line_drawn(marks, held, title, words),
        "to_scale_narrow": told.line_drawn(marks, held, title, words, NARROW),
        "scale_heads": [gettext("When"), gettext("What"), gettext("Chair")],
        "scale_rows": [[mark.when, mark.name, _chair_at(mark, chairs)] for mark in marks],
    }


def _chair_at(mark: Mark, chairs: list[dict[str, Any]]) -> str:
    return next((str(one["name"]) for one in chairs if one["first"] <= mark.day <= one["last"]), "")


@require_safe
def topic(request: HttpRequest, slug: str, topic: str) -> HttpResponse:
    """What lies on the table for one topic of a process."""
    actor = actor_of(request)
    found = queries.process(slug, actor=actor)
    if found is None or topic not in found.topics:
        raise Http404
    profile = telling.profile(found.organisation)
    if topic not in {known.id for known in profile.topics}:  # an act may name one that this profile has not
        raise Http404
    one = profile.topic(topic)
    context = {
        "section": "processes",
        "process": _head(found),
        "number": one.nr,
        "title": telling.text(one.title),
        "note": telling.text(one.note),
        "document": one.document,
        "dimensions": [telling.text(profile.dimension(id_).name).text for id_ in one.dimensions],
        "proposals": told.proposals(queries.proposals(actor=actor, process=slug, topic=topic), profile),
        "events": told.events(step for step in queries.steps(slug, actor=actor) if topic in step.topics),
        "standing": str(one.standing),
        "source": one.source,
    }
    return render(request, "negotiation/topic.html", context)


@require_safe
def proposal(request: HttpRequest, slug: str) -> HttpResponse:
    """One proposal: what, by whom, on which topic, from which act and source."""
    actor = actor_of(request)
    found = queries.proposal(slug, actor=actor)
    within = None if found is None else queries.process(found.process, actor=actor)
    if found is None or within is None:
        raise Http404
    profile = telling.profile(within.organisation)
    (row,) = told.proposals([found], profile)
    facts = [
        fact(gettext("Kind"), row["kind_name"]),
        fact(gettext("Topic"), row["topic"], url=row["topic_url"]),
        fact(gettext("Date"), row["when"], first=row["first"]),
        fact(gettext("Symbol"), row["symbol"] or "–"),
        fact(gettext("Act"), str(row["act"]), url=row["act_url"]),
    ]
    context = {"section": "processes", "process": _head(within), "proposal": row, "facts": facts}
    return render(request, "negotiation/proposal.html", context)
