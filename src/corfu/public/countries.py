"""The pages of countries and organisations."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from corfu.acts import naming, telling
from corfu.acts import queries as record
from corfu.acts.actor import Actor
from corfu.acts.asking import actor_of, now_of
from corfu.acts.models import Entry
from corfu.community import queries as community
from corfu.negotiation import queries as negotiation
from corfu.negotiation import told as negotiated
from corfu.profiles.profile import Profile
from corfu.public import told, told_participants, told_structures
from corfu.public.told import Row
from corfu.public.told_participants import Found

_LATEST = 20


@require_safe
def countries(request: HttpRequest) -> HttpResponse:
    """All who take part, on a map and by name."""
    house, on = telling.house(), now_of(request).date()
    groups = told_participants.listed(house, on)
    context = {
        "section": "countries",
        "groups": groups,
        "states": len(house.states),
        "partners": sum(not one.until for one in house.partners),
        **told_participants.map_of_all(house, on),
    }
    return render(request, "public/countries.html", context)


@require_safe
def country(request: HttpRequest, slug: str) -> HttpResponse:
    """One participant: since when, which chairs, what it proposed and said on the public record."""
    found = told_participants.find(slug)
    if found is None:
        raise Http404
    profile, one = found
    if slug != one.slug:
        return redirect("public:country", one.slug, permanent=True)
    actor = actor_of(request)
    name = telling.text(one.name)
    context = {
        "section": "countries",
        "crumbs": told.crumbs((gettext("Countries"), "public:countries"), here=name.text),
        "country": {"code": one.code, "name": name, "over": _over(found), "lede": told_participants.lede(found)},
        "facts": told_participants.facts(found),
        "chairs": _chairs(found, actor),
        "has_chairs": one in (*profile.states, *profile.former),
        "operations": [told_structures.operation(each) for each in profile.field_operations if each.host == one.code],
        "names": told_participants.names(one, profile.languages),
        "map": told_participants.map_of_one(found),
        **told_participants.neighbours(found, now_of(request).date()),
        **_record(found, actor),
        **_history(found, actor),
    }
    return render(request, "public/country.html", context)


def _over(found: Found) -> str:
    what = told_participants.standing_of(found)
    return f"{telling.text(found.profile.name)} · {what}" if found.profile.exercise else what


def _chairs(found: Found, actor: Actor) -> list[Row]:
    profile, one = found
    places = term_places(profile, actor, one.code)
    return [told.term(chair, profile, places) for chair in profile.chairs_of(one.code)]


def term_places(profile: Profile, actor: Actor, code: str = "") -> dict[tuple[str, str], int]:
    """The acts that began terms, by office and first day: of one participant, or of all."""
    terms = community.terms(actor=actor, organisation=profile.id)
    offices = {body.id: body.offices[0] for body in profile.bodies if len(body.offices) == 1}
    chosen = terms.filter(participant=code) if code else terms
    found: dict[tuple[str, str], int] = {}
    for term in chosen:
        found.setdefault((offices.get(term.body, ""), str(term.first)), term.place)
    return found


def _history(found: Found, actor: Actor) -> Row:
    """What it proposed, and the steps of the organisation's process that it took part in."""
    profile, code = found.profile, found.one.code
    if profile.history is None:
        return {}
    process = profile.history.process
    proposals = negotiation.proposals(actor=actor, process=process.id, sponsor=code)
    steps = [step for step in negotiation.steps(process.id, actor=actor) if code in step.participants]
    return {
        "process": {
            "title": telling.text(process.title),
            "url": reverse("negotiation:process", args=[process.id]),
        },
        "proposals": negotiated.proposals(proposals, profile),
        "events": negotiated.events(steps),
    }


def _record(found: Found, actor: Actor) -> Row:
    """Its keys, and the latest acts that concern it."""
    one = found.one
    acts = record.about(f"countries/{one.slug}/", actor=actor).order_by("-place")[:_LATEST]
    return {
        "keys": [
            {
                "key": key.vkey,
                "custody": telling.held_by(key.custody),
                "revoked": key.revoked is not None,
                **telling.act_of(key.place),
            }
            for key in community.keys(actor=actor, participant=one.code)
        ],
        "acts": [_alike(list(entries)) for _, entries in groupby(acts, lambda entry: (entry.kind, entry.dated))],
    }


def _alike(entries: list[Entry]) -> Row:
    """Acts of one kind and date, such as those by which a State takes the chair of each body, in one line."""
    first = entries[-1]
    return {
        "summary": naming.summary(first.kind),
        "dated": telling.when(first.dated),
        "when": telling.day(first.at),
        "first": first.at.isoformat(),
        "acts": [telling.act_of(entry.place) for entry in reversed(entries)],
    }


urls: list[URLPattern] = [
    path("countries/", countries, name="countries"),
    path("countries/<slug:slug>/", country, name="country"),
]
