"""Our work on screen: the fields of work, the topics in them, and projects; field operations lead to the structures."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from corfu.acts import telling
from corfu.acts.actor import Actor
from corfu.acts.asking import actor_of
from corfu.negotiation import queries, told
from corfu.profiles.procedure import Topic
from corfu.profiles.profile import Profile
from corfu.profiles.structures import Dimension, FieldOperation, Page
from corfu.public.told import crumbs


@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """The doors: fields of work, field operations, projects."""
    profile = telling.house()
    context = {
        "section": "our-work",
        "profile": profile,
        "dimensions": [one for one in profile.dimensions if _topics_of(one, profile) or one.id != "cross"],
        "open": _by_name([one for one in profile.field_operations if one.open]),
        "closed": sum(not one.open for one in profile.field_operations),
        "projects": page_of(profile, "projects"),
    }
    return render(request, "public/work.html", context)


def _by_name(operations: list[FieldOperation]) -> list[FieldOperation]:
    return sorted(operations, key=lambda one: telling.text(one.name).text)


def page_of(profile: Profile, id_: str) -> Page | None:
    """What a profile tells about one side of the organisation, if anything."""
    return next((page for page in profile.about if page.id == id_), None)


def _here(name: str) -> dict[str, Any]:
    """What every page under "our work" has: its place in the menu, and the way back."""
    return {"section": "our-work", "crumbs": crumbs((gettext("Our work"), "public:work"), here=name)}


def _topics_of(dimension: Dimension, profile: Profile) -> list[Topic]:
    """Each topic once: under its dimension, or across them if it runs through several."""
    return [
        one
        for one in profile.topics
        if one.dimensions == (dimension.id,) or (dimension.id == "cross" and len(one.dimensions) > 1)
    ]


@require_safe
def fields(request: HttpRequest) -> HttpResponse:
    """The dimensions, each with its topics, bodies and kinds of meeting."""
    actor = actor_of(request)
    profile = telling.house()
    on_table = _on_table(profile, actor)
    context = {
        **_here(gettext("Fields of work")),
        "sentences": page_of(profile, "fields-of-work"),
        "fields": [_field(one, profile, on_table) for one in profile.dimensions],
        "notes": list(dict.fromkeys(one.note for one in profile.topics if one.note)),
        "process": profile.history.process if profile.history else None,
    }
    return render(request, "public/fields.html", context)


def _field(dimension: Dimension, profile: Profile, on_table: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "one": dimension,
        "topics": [{"one": topic, **on_table.get(topic.id, {})} for topic in _topics_of(dimension, profile)],
        "bodies": [one for one in profile.bodies if one.dimension == dimension.id],
        "kinds": [one for one in profile.meeting_kinds if one.dimension == dimension.id],
        "mechanisms": sum(one.dimension == dimension.id for one in profile.mechanisms),
    }


def _on_table(profile: Profile, actor: Actor) -> dict[str, dict[str, Any]]:
    """For each topic of the process: its address, how many proposals lie on the table, and that as a bar."""
    found = queries.process(profile.history.process.id, actor=actor) if profile.history else None
    if found is None:
        return {}
    proposals = list(queries.proposals(actor=actor, process=found.slug))
    return dict(zip(found.topics, told.topics(found, proposals, profile), strict=True))


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """What projects are, who pays for them and who carries them out."""
    profile = telling.house()
    page = page_of(profile, "projects")
    context = {
        **_here(gettext("Projects")),
        "sentences": page.sentences if page else (),
        "open": _by_name([one for one in profile.field_operations if one.open]),
    }
    return render(request, "public/projects.html", context)


@require_safe
def field_operations(_request: HttpRequest) -> HttpResponse:
    """The field operations stand under structures."""
    return redirect("public:field-operations")


urls: list[URLPattern] = [
    path("our-work/", work, name="work"),
    path("our-work/fields/", fields, name="fields"),
    path("our-work/field-operations/", field_operations, name="work-field-operations"),
    path("our-work/projects/", projects, name="projects"),
]
