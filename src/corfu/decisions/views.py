"""Decisions on screen."""

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from corfu.acts import telling
from corfu.acts.asking import actor_of
from corfu.acts.queries import title_of
from corfu.acts.telling import fact
from corfu.decisions import queries
from corfu.decisions.models import Decision
from corfu.profiles.profile import Profile

PAGE: Final = 40


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """What was adopted, the latest first."""
    actor = actor_of(request)
    profile = telling.house()
    found = queries.decisions(actor=actor, organisation=profile.id)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [row(one, profile) for one in page]
    return render(
        request, "decisions/decisions.html", {"section": "decisions", "decisions": rows, "page": page, "query": ""}
    )


def row(one: Decision, profile: Profile) -> dict[str, Any]:
    """A decision as lists show it."""
    title = telling.words(one)
    return {
        "title": title.text,
        "lang": title.lang,
        "text": telling.words(one, "text").text,
        "url": telling.link("decisions:decision", one.slug),
        "symbol": one.symbol,
        "kind": telling.text(profile.label("decision", one.kind)).text,
        "body": telling.text(profile.body(one.body).name).text,
        "when": telling.when(one.dated),
        "first": telling.machine(one.dated),
        "standing": one.standing,
        "source": one.source,
    }


@require_safe
def decision(request: HttpRequest, slug: str) -> HttpResponse:
    """One decision, with the proof that it is in the record."""
    actor = actor_of(request)
    found = queries.decision(slug, actor=actor)
    if found is None:
        raise Http404
    told = row(found, telling.profile(found.organisation))
    facts = [
        fact(gettext("Symbol"), told["symbol"] or "–"),
        fact(gettext("Body"), told["body"], url=telling.address(f"about/bodies/#{found.body}")),
        fact(gettext("Date"), told["when"], first=told["first"]),
    ]
    if found.meeting:
        title = title_of(f"meetings/{found.meeting}/", actor=actor) or gettext("the meeting")
        facts.append(fact(gettext("Meeting"), title, url=telling.link("meetings:meeting", found.meeting)))
    if found.process:
        there = f"processes/{found.process}/"
        title = title_of(there, actor=actor) or gettext("the process")
        facts.append(fact(gettext("Part of"), title, url=telling.address(there)))
    facts.append(fact(gettext("Act"), str(found.place), url=telling.link("acts:act", found.place)))
    context = {"section": "decisions", "decision": told, "facts": facts, "place": found.place}
    return render(request, "decisions/decision.html", context | {"note": telling.words(found, "note")})
