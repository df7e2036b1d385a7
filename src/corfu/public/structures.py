"""The pages of the chair, institutions, field operations and the organisational chart."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from corfu.acts import telling
from corfu.acts.actor import Actor
from corfu.acts.asking import actor_of, now_of
from corfu.profiles.structures import Institution
from corfu.public import told, told_structures
from corfu.public.countries import term_places
from corfu.public.told import Row
from corfu.public.told_participants import main_office


def _page(request: HttpRequest, name: str, context: dict[str, Any], here: str, *above: tuple[str, str]) -> HttpResponse:
    way = told.crumbs((gettext("Structures and institutions"), "public:structures"), *above, here=here)
    return render(request, f"public/{name}.html", {"section": "structures", "crumbs": way, **context})


@require_safe
def structures(request: HttpRequest) -> HttpResponse:
    """Who chairs now, and the doors to everything else."""
    house = telling.house()
    kinds = {one.kind for one in house.institutions}
    context = {
        "section": "structures",
        "troika": told_structures.troika(house.troika(now_of(request).year)),
        "institutions": [told_structures.institution(one, house) for one in house.institutions if one.kind != "chair"],
        "open": sum(one.open for one in house.field_operations),
        "closed": sum(not one.open for one in house.field_operations),
        "operations": [told_structures.operation(one) for one in house.field_operations if one.open],
        "bodies": [one for one in told_structures.bodies(house) if one["decides"]],
        "has_assembly": "parliamentary" in kinds,
        "has_court": "treaty" in kinds,
    }
    return render(request, "public/structures.html", context)


@require_safe
def chairpersonship(request: HttpRequest) -> HttpResponse:
    """The chair by year, with the troika, and the other chairs that pass from State to State."""
    house, actor = telling.house(), actor_of(request)
    now = house.troika(now_of(request).year)
    offices = _offices(actor)
    main = next((one for one in offices if one["id"] == main_office(house)), None)
    rows = main["terms"] if main else []
    context = {
        "troika": told_structures.troika(now),
        "offices": offices,
        "main": main,
        "notes": told.numbered(row for office in offices for row in office["terms"]),
        **told_structures.strip(rows, now),
    }
    return _page(request, "chairpersonship", context, gettext("Chairpersonship"))


def _offices(actor: Actor) -> list[Row]:
    house = telling.house()
    places = term_places(house, actor)
    return [
        {
            "id": office.id,
            "in_troikas": office.id == main_office(house),
            "name": telling.text(office.name),
            "term": telling.text(office.term),
            "terms": _with_troika([told.term(one, house, places) for one in house.chairs if one.office == office.id]),
            **told.sure(office),
        }
        for office in house.offices
    ]


def _with_troika(rows: list[Row]) -> list[Row]:
    """Each term with those of the year before and the year after; the latest first."""
    years: dict[int, Row | None] = {}
    for row in rows:
        years[row["year"]] = None if row["year"] in years else row  # several in a year: no troika by years
    for row in rows:
        row["beside"] = tuple(other["state"] for step in (-1, 1) if (other := years.get(row["year"] + step)))
    return sorted(rows, key=lambda row: str(row["first"]), reverse=True)


@require_safe
def institutions(request: HttpRequest) -> HttpResponse:
    """The institutions, by kind."""
    house = telling.house()
    rows = [told_structures.institution(one, house) for one in house.institutions]
    groups = [
        {"name": kind, "institutions": [row for row in rows if row["kind"] == kind]}
        for kind in dict.fromkeys(row["kind"] for row in rows)
    ]
    return _page(request, "institutions", {"groups": groups}, gettext("Institutions"))


@require_safe
def institution(request: HttpRequest, slug: str) -> HttpResponse:
    """One institution; some kinds have a page of their own."""
    found = next((one for one in telling.house().institutions if one.id == slug), None)
    if found is None:
        raise Http404
    if (address := told_structures.institution_url(found)) != request.path:
        return redirect(address)
    return _institution(request, found, "institution")


@require_safe
def parliamentary_assembly(request: HttpRequest) -> HttpResponse:
    """The parliamentary body."""
    return _only(request, "parliamentary", "parliamentary_assembly")


@require_safe
def court(request: HttpRequest) -> HttpResponse:
    """The body that a treaty set up."""
    return _only(request, "treaty", "court")


def _only(request: HttpRequest, kind: str, template: str) -> HttpResponse:
    found = next((one for one in telling.house().institutions if one.kind == kind), None)
    if found is None:
        raise Http404
    return _institution(request, found, template)


def _institution(request: HttpRequest, one: Institution, template: str) -> HttpResponse:
    house = telling.house()
    row = told_structures.institution(one, house)
    context = {
        "institution": row,
        "facts": told_structures.institution_facts(one),
        "posts": told_structures.posts(one.id, house),
        "series": told_structures.series(one.id, house),
        "others": [told_structures.institution(each, house) for each in house.institutions if each.id != one.id],
    }
    return _page(request, template, context, row["name"].text, (gettext("Institutions"), "public:institutions"))


@require_safe
def field_operations(request: HttpRequest) -> HttpResponse:
    """Missions and offices in the field, at work and closed, on a map and in tables."""
    house = telling.house()
    rows = [told_structures.operation(one) for one in house.field_operations]
    groups = [
        {"id": "open", "name": gettext("At work"), "operations": [row for row in rows if row["open"]]},
        {"id": "closed", "name": gettext("Closed field activities"), "operations": _closed(rows)},
    ]
    context = {"groups": groups, **told_structures.map_of(house.field_operations, house)}
    return _page(request, "field_operations", context, gettext("Field operations"))


def _closed(rows: list[Row]) -> list[Row]:
    return sorted((row for row in rows if not row["open"]), key=lambda row: str(row["first"]))


@require_safe
def field_operation(request: HttpRequest, slug: str) -> HttpResponse:
    """One field operation: where, since when, by which decision."""
    house = telling.house()
    found = next((one for one in house.field_operations if one.id == slug), None)
    if found is None:
        raise Http404
    row = told_structures.operation(found)
    same = [one for one in house.field_operations if one.open == found.open]
    at = same.index(found)
    context = {
        "operation": row,
        "facts": told_structures.operation_facts(found),
        "posts": told_structures.posts(found.id, house),
        "there": [
            told_structures.operation(one)
            for one in house.field_operations
            if found.host and one.host == found.host and one is not found
        ],
        "map": told_structures.map_of([found], house)["map_narrow"],
        "previous": told_structures.operation(same[at - 1]) if at else None,
        "next": told_structures.operation(same[at + 1]) if at + 1 < len(same) else None,
    }
    above = (gettext("Field operations"), "public:field-operations")
    return _page(request, "field_operation", context, row["name"].text, above)


@require_safe
def chart(request: HttpRequest) -> HttpResponse:
    """The organisational chart, with the table behind it."""
    house = telling.house()
    context = {"bodies": told_structures.bodies(house), **told_structures.chart(house.id)}
    return _page(request, "chart", context, gettext("Organizational structure"))


urls: list[URLPattern] = [
    path("structures/", structures, name="structures"),
    path("structures/chairpersonship/", chairpersonship, name="chairpersonship"),
    path("structures/institutions/", institutions, name="institutions"),
    path("structures/institutions/<slug:slug>/", institution, name="institution"),
    path("structures/field-operations/", field_operations, name="field-operations"),
    path("structures/field-operations/<slug:slug>/", field_operation, name="field-operation"),
    path("structures/parliamentary-assembly/", parliamentary_assembly, name="parliamentary-assembly"),
    path("structures/court/", court, name="court"),
    path("structures/chart/", chart, name="chart"),
]
