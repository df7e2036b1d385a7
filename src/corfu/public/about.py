"""About us on screen: the chair, the bodies, the leading posts, principles, rules, and what is told of the house."""

from datetime import date
from itertools import groupby
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from corfu.acts import registry, telling
from corfu.acts.asking import actor_of, now_of
from corfu.acts.telling import fact
from corfu.decisions.queries import decisions
from corfu.profiles.participants import Chair, Office
from corfu.profiles.procedure import Body
from corfu.profiles.profile import Profile
from corfu.profiles.structures import Post
from corfu.public import procedure, told
from corfu.public.told_structures import institution_url
from corfu.public.work import page_of

_PAGES: Final = {
    "finance": (
        _("Finance and administration"),
        _("Who decides on the money, who shares the cost, and who runs the administration."),
        ("director-management-finance",),
        ("acmf", "permanent-council"),
    ),
    "oversight": (
        _("Internal oversight"),
        _("Who looks at how the money is spent and the work is done."),
        ("director-oversight",),
        (),
    ),
    "employment": (
        _("Employment"),
        _("How people come to work here, and for how long."),
        (),
        ("ministerial-council",),
    ),
    "networks": (
        _("Networks and research"),
        _("Who thinks, teaches and keeps the papers beside the Organization."),
        (),
        (),
    ),
}
"""What each page is about in a sentence, and the posts and bodies that belong to it."""


def _here(name: str) -> dict[str, Any]:
    """What every page under "about us" has: its place in the menu, and the way back."""
    return {"section": "about", "crumbs": told.crumbs((gettext("About us"), "public:about"), here=name)}


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """The doors."""
    profile = telling.house()
    now = now_of(request)
    current = profile.troika(now.year).current
    context = {
        "section": "about",
        "profile": profile,
        "chair": telling.participant(current.state).name if current else "",
        "year": str(now.year),
        "deciding": sum(body.decides for body in profile.bodies),
        "houses": len({post.unit for post in profile.posts}),
        "pages": [
            {"id": id_, "title": str(title), "text": str(lede)}
            for id_, (title, lede, _posts, _bodies) in _PAGES.items()
        ],
    }
    return render(request, "public/about.html", context)


@require_safe
def chair(request: HttpRequest) -> HttpResponse:
    """Who chairs this year, with the chairs before and after, and what the chair does by the rules."""
    now = now_of(request)
    profile = telling.house()
    troika = profile.troika(now.year)
    places = (
        (gettext("Before"), troika.previous),
        (gettext("In the chair"), troika.current),
        (gettext("Next"), troika.next),
    )
    context = {
        **_here(gettext("Chair")),
        "year": str(now.year),
        "troika": [_term(name, one, now.date()) for name, one in places],
        "offices": [_office(one, profile, now.date()) for one in profile.offices],
        "subjects": procedure.of_the_chair(profile),
        "acts": [kind for kind in registry.kinds() if "house.chair" in kind.rules],
    }
    return render(request, "public/chair.html", context)


def _term(place: str, one: Chair | None, on: date) -> dict[str, Any]:
    if one is None:
        return {"place": place, "one": None}
    return {
        "place": place,
        "one": one,
        "state": telling.participant(one.state),
        "when": telling.when(f"{one.first}/{one.last}"),
        "now": one.first <= on <= one.last,
        "person": told.person(one),
    }


def _office(one: Office, profile: Profile, on: date) -> dict[str, Any]:
    """An office: how it passes on, which bodies it chairs, and who holds it, as far as that is known."""
    terms = [chair for chair in profile.chairs if chair.office == one.id]
    held = next((chair for chair in terms if chair.first <= on <= chair.last), None)
    before = [chair for chair in terms if chair.last < on]
    last = max(before, key=lambda chair: chair.last) if before and not held else None
    return {
        "one": one,
        "bodies": [body for body in profile.bodies if one.id in body.offices],
        "held": _term("", held, on),
        "last": _term("", last, on),
    }


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """Every body: who sits in it, when it meets, who chairs it, and how it decides."""
    profile = telling.house()
    found = [_body(one, profile) for one in profile.bodies]
    context = {
        **_here(gettext("Decision-making bodies")),
        "groups": [
            ("deciding", gettext("Bodies that decide"), [one for one in found if one["one"].decides]),
            ("preparing", gettext("Bodies that prepare and advise"), [one for one in found if not one["one"].decides]),
        ],
        "consensus": procedure.these(profile, ("consensus",)),
    }
    return render(request, "public/bodies.html", context)


def _body(one: Body, profile: Profile) -> dict[str, Any]:
    return {
        "one": one,
        "facts": _body_facts(one, profile),
        "rules": procedure.decides_by(one, profile),
        "kinds": [kind for kind in profile.meeting_kinds if kind.body == one.id],
    }


def _body_facts(one: Body, profile: Profile) -> list[dict[str, str]]:
    said = (
        (gettext("Who sits there"), one.level),
        (gettext("Meets"), one.meets),
        (gettext("Chair"), one.chair),
        (gettext("Decides on"), one.decides_on),
    )
    rows = [fact(name, telling.text(words).text, lang=telling.text(words).lang) for name, words in said if words]
    if one.parent:
        name = telling.text(profile.body(one.parent).name)
        rows.append(fact(gettext("Under"), name.text, url=f"#{one.parent}", lang=name.lang))
    if one.dimension:
        name = telling.text(profile.dimension(one.dimension).name)
        rows.append(fact(gettext("Dimension"), name.text, url=f"{reverse('public:fields')}#{one.dimension}"))
    return rows


@require_safe
def leadership(request: HttpRequest) -> HttpResponse:
    """The leading posts in groups, each with its house."""
    profile = telling.house()
    kinds = list(dict.fromkeys(post.kind for post in profile.posts))
    ordered = sorted(profile.posts, key=lambda post: (kinds.index(post.kind), post.nr))
    context = {
        **_here(gettext("Leadership")),
        "count": len(profile.posts),
        "groups": [
            {"id": kind, "name": profile.label("post", kind), "posts": [_post(one, profile) for one in posts]}
            for kind, posts in groupby(ordered, key=lambda post: post.kind)
        ],
    }
    return render(request, "public/leadership.html", context)


def _post(one: Post, profile: Profile) -> dict[str, Any]:
    for house in profile.institutions:
        if house.id == one.unit:
            return {"one": one, "house": house, "url": institution_url(house)}
    for operation in profile.field_operations:
        if operation.id == one.unit:
            return {"one": one, "house": operation, "url": reverse("public:field-operation", args=[operation.id])}
    return {"one": one, "house": None, "url": ""}


@require_safe
def principles(request: HttpRequest) -> HttpResponse:
    """The guiding principles, and the document that holds them."""
    actor = actor_of(request)
    profile = telling.house()
    symbols = {one.document for one in profile.principles}
    found = decisions(actor=actor, organisation=profile.id).filter(symbol__in=symbols)
    held = {one.symbol: one for one in found}
    context = {
        **_here(gettext("Our principles")),
        "principles": [{"one": one, "decision": held.get(one.document)} for one in profile.principles],
        "process": profile.history.process if profile.history else None,
        "topics": profile.topics,
    }
    return render(request, "public/principles.html", context)


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The rules as sentences, the mechanisms as steps, and the house's own rules."""
    profile = telling.house()
    context = {
        **_here(gettext("Rules of procedure")),
        "profile": profile,
        "subjects": procedure.subjects(profile),
        "house": procedure.house_rules(profile),
        "mechanisms": procedure.mechanisms(profile),
        "series": profile.symbols,
    }
    return render(request, "public/rules.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What we do so that everyone can read and use these pages, and what is not yet as it should be."""
    return render(request, "public/accessibility.html", _here(gettext("Accessibility")))


@require_safe
def page(request: HttpRequest, id_: str) -> HttpResponse:
    """What is told about one side of the organisation, each fact with its standing."""
    if id_ not in _PAGES:
        raise Http404
    title, lede, posts, bodies_ = _PAGES[id_]
    profile = telling.house()
    found = page_of(profile, id_)
    name = telling.text(found.title).text if found else str(title)
    context = {
        **_here(name),
        "title": name,
        "lede": str(lede),
        "sentences": found.sentences if found else (),
        "posts": [_post(one, profile) for one in profile.posts if one.id in posts],
        "bodies": [body for body in profile.bodies if body.id in bodies_],
        "others": [{"id": each, "title": str(_PAGES[each][0])} for each in _PAGES if each != id_],
    }
    return render(request, "public/about_page.html", context)


urls: list[URLPattern] = [
    path("about/", about, name="about"),
    path("about/chair/", chair, name="chair"),
    path("about/bodies/", bodies, name="bodies"),
    path("about/leadership/", leadership, name="leadership"),
    path("about/principles/", principles, name="principles"),
    path("about/rules/", rules, name="rules"),
    path("about/accessibility/", accessibility, name="accessibility"),
    path("about/<slug:id_>/", page, name="about-page"),
]
