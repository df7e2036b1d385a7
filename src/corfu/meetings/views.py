"""Meetings on screen: those to come and those held, their kinds, and each one."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from corfu.acts import telling
from corfu.acts.asking import actor_of, now_of
from corfu.acts.once import once
from corfu.acts.queries import title_of
from corfu.acts.telling import fact
from corfu.formats.svg import NARROW, YearCount, year_columns
from corfu.meetings import queries
from corfu.meetings.models import Meeting
from corfu.profiles.history import Step
from corfu.profiles.procedure import MeetingKind
from corfu.profiles.profile import Profile

PAGE: Final = 40


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """The sixteen kinds of meetings, those to come, and those held."""
    actor = actor_of(request)
    now = now_of(request)
    profile = telling.house()
    held = queries.past(actor=actor, on=now.date(), organisation=profile.id)
    page = Paginator(held, PAGE).get_page(request.GET.get("page"))
    kinds, years = queries.counts(actor=actor, organisation=profile.id)
    context = {
        "section": "meetings",
        "kinds": [_kind(one, profile) | {"held": kinds[one.id]} for one in profile.meeting_kinds],
        "next": [
            row(one, profile) for one in queries.next_ones(actor=actor, on=now.date(), organisation=profile.id)[:20]
        ],
        "held": [row(one, profile) for one in page],
        "page": page,
        "query": "",
        **_drawn(tuple(sorted(years.items()))),
    }
    return render(request, "meetings/meetings.html", context)


def _kind(one: MeetingKind, profile: Profile) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": telling.text(one.name).text,
        "url": telling.link("meetings:kind", one.id),
        "body": telling.text(profile.body(one.body).name).text if one.body else "",
        "body_url": telling.address(f"about/bodies/#{one.body}"),
        "rhythm": telling.text(one.frequency).text,
        "dimension": telling.text(profile.dimension(one.dimension).name).text if one.dimension else "",
        "note": telling.text(one.note).text,
        "standing": str(one.standing),
        "source": one.url,
    }


def row(one: Meeting, profile: Profile) -> dict[str, Any]:
    """A meeting as lists show it."""
    title = telling.words(one)
    return {
        "title": title.text,
        "lang": title.lang,
        "url": telling.link("meetings:meeting", one.slug),
        "when": telling.when(one.dated),
        "first": telling.machine(one.dated),
        "place": telling.words(one, "place").text,
        "body": _body_name(profile, one.body),
        "standing": one.standing,
        "source": one.source,
    }


def _body_name(profile: Profile, id_: str) -> str:
    try:
        return telling.text(profile.body(id_).name).text
    except KeyError:
        return ""


@once
def _drawn(years: tuple[tuple[int, int], ...]) -> Mapping[str, Any]:
    """How many meetings each year: a drawing and the table behind it."""
    if not years:
        return {}
    counted = Counter(dict(years))
    columns = [YearCount(year, counted[year]) for year in range(min(counted), max(counted) + 1)]
    title, words = gettext("Meetings by year"), gettext("How many meetings of each year the record holds.")
    return {
        "years": year_columns(columns, title, words),
        "years_narrow": year_columns(columns, title, words, NARROW),
        "year_heads": [gettext("Year"), gettext("Meetings")],
        "year_rows": [[str(one.year), str(one.count)] for one in columns if one.count],
    }


@require_safe
def kind(request: HttpRequest, id_: str) -> HttpResponse:
    """One kind of meeting: who meets, how often, and the meetings of this kind."""
    actor = actor_of(request)
    now = now_of(request)
    profile = telling.house()
    try:
        told = _kind(profile.meeting_kind(id_), profile)
    except KeyError:
        raise Http404 from None
    found = queries.meetings(actor=actor, organisation=profile.id, kind=id_)
    page = Paginator(found.filter(last__lt=now.date()).order_by("-first"), PAGE).get_page(request.GET.get("page"))
    facts = [
        fact(gettext("Body"), told["body"], url=told["body_url"]),
        fact(gettext("Rhythm"), told["rhythm"] or gettext("not known")),
        fact(gettext("Dimension"), told["dimension"]),
    ]
    context = {
        "section": "meetings",
        "kind": told,
        "facts": facts,
        "next": [row(one, profile) for one in found.filter(last__gte=now.date())[:20]],
        "held": [row(one, profile) for one in page],
        "page": page,
        "query": "",
    }
    return render(request, "meetings/kind.html", context)


@require_safe
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """One meeting: what, where, when, and what came of it."""
    actor = actor_of(request)
    found = queries.meeting(slug, actor=actor)
    if found is None:
        raise Http404
    profile = telling.profile(found.organisation)
    told, step = row(found, profile), _step(found, profile)
    facts = [fact(gettext("Date"), told["when"], first=told["first"])]
    if told["place"]:
        facts.append(fact(gettext("Place"), told["place"]))
    if found.kind:
        one = _kind(profile.meeting_kind(found.kind), profile)
        facts.append(fact(gettext("Kind of meeting"), one["name"], url=one["url"]))
    if told["body"]:
        facts.append(fact(gettext("Body"), told["body"], url=telling.address(f"about/bodies/#{found.body}")))
    if found.number:
        facts.append(fact(gettext("Number"), str(found.number)))
    if found.symbol:
        facts.append(fact(gettext("Journal"), found.symbol))
    if found.about:
        there = f"processes/{found.about}/"
        title = title_of(there, actor=actor) or gettext("the process")
        at = f"#{step.id}" if step else ""
        facts.append(fact(gettext("Part of"), title, url=telling.address(f"{there}{at}")))
    facts.append(fact(gettext("Act"), str(found.place), url=telling.link("acts:act", found.place)))
    context = {
        "section": "meetings",
        "meeting": told,
        "facts": facts,
        "outcome": telling.words(found, "outcome"),
        "note": telling.words(found, "note"),
        **(_as_step(step) if step else {}),
    }
    return render(request, "meetings/meeting.html", context)


def _step(found: Meeting, profile: Profile) -> Step | None:
    """The step of the organisation's history that a meeting was."""
    ids = {one.step for one in profile.meetings if one.id == found.slug and one.step}
    return next((one for one in profile.history.steps if one.id in ids), None) if profile.history else None


def _as_step(step: Step) -> dict[str, Any]:
    """What came of a meeting in the past, and who was there."""
    return {
        "outcome": telling.text(step.outcome),
        "attendance": telling.text(step.attendance),
        "participants": [telling.participant(code) for code in step.participants],
    }
