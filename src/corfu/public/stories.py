"""Stories on screen: the list by category, and each story with its source, its box, its standing in each language."""

from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language_info, gettext, ngettext
from django.views.decorators.http import require_safe

from corfu.acts import telling
from corfu.acts.telling import fact
from corfu.profiles.profile import Profile
from corfu.profiles.structures import Story
from corfu.profiles.words import Words
from corfu.public.told import crumbs


@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    """All stories, the latest first; of one category if asked."""
    profile = telling.house()
    asked = request.GET.get("category", "")
    latest = sorted(profile.stories, key=lambda one: one.date, reverse=True)
    found = [one for one in latest if not asked or asked in one.categories]
    context = {
        "section": "stories",
        "tabs": _tabs(profile, asked),
        "stories": [_card(one, profile) for one in found],
        "asked": asked,
    }
    return render(request, "public/stories.html", context)


def _tabs(profile: Profile, asked: str) -> list[dict[str, Any]]:
    """Each category with the number of its stories, and all of them."""
    here = reverse("public:stories")
    ids = dict.fromkeys(id_ for one in profile.stories for id_ in one.categories)
    named = sorted((_category(profile, id_), id_) for id_ in ids)
    every = {"name": gettext("All"), "url": here, "current": not asked, "count": len(profile.stories)}
    return [every] + [
        {
            "name": name,
            "url": f"{here}?category={id_}",
            "current": id_ == asked,
            "count": sum(id_ in one.categories for one in profile.stories),
        }
        for name, id_ in named
    ]


def _category(profile: Profile, id_: str) -> str:
    return telling.text(profile.label("category", id_)).text or id_


def _card(one: Story, profile: Profile) -> dict[str, Any]:
    title = telling.text(one.title)
    return {
        "url": reverse("public:story", args=[one.id]),
        "title": title.text,
        "lang": title.lang,
        "text": telling.text(one.summary).text,
        "when": telling.when(one.date.text),
        "first": telling.machine(one.date.text),
        "over": " · ".join(_category(profile, id_) for id_ in one.categories),
    }


@require_safe
def story(request: HttpRequest, id_: str) -> HttpResponse:
    """One story."""
    profile = telling.house()
    try:
        one = profile.story(id_)
    except KeyError:
        raise Http404 from None
    title = telling.text(one.title)
    history = profile.history
    context = {
        "section": "stories",
        "crumbs": crumbs((gettext("Stories"), "public:stories"), here=title.text),
        "story": one,
        "title": title.text,
        "lang": title.lang,
        "behind": not title.lang and one.behind(telling.language()),
        "when": telling.when(one.date.text),
        "first": telling.machine(one.date.text),
        "facts": _facts(one),
        "categories": [
            {"name": _category(profile, each), "url": f"{reverse('public:stories')}?category={each}"}
            for each in one.categories
        ],
        "steps": _steps(one, profile),
        "process": history.process if history and one.steps else None,
        "standings": [_standing(one, code) for code in profile.languages],
        "related": [_card(profile.story(each), profile) for each in one.related],
    }
    return render(request, "public/story.html", context)


def _facts(one: Story) -> list[dict[str, str]]:
    note = telling.text(one.note)
    rows = [
        fact(gettext("Date"), telling.when(one.date.text), first=telling.machine(one.date.text)),
        fact(gettext("Source"), urlsplit(one.url).netloc or one.source, url=one.url, standing=str(one.standing)),
    ]
    return [*rows, fact(gettext("Note"), note.text, lang=note.lang)] if note.text else rows


def _steps(one: Story, profile: Profile) -> list[dict[str, str]]:
    """The steps of the process that a story tells of: each has its facts and its source on the process page."""
    if profile.history is None:
        return []
    found = {step.id: step for step in profile.history.steps}
    address = telling.address(f"processes/{profile.history.process.id}/")
    return [
        {
            "url": f"{address}#{id_}",
            "title": telling.text(found[id_].title).text,
            "lang": telling.text(found[id_].title).lang,
            "when": telling.when(found[id_].date.text),
            "first": telling.machine(found[id_].date.text),
        }
        for id_ in one.steps
        if id_ in found
    ]


def _texts(one: Story) -> list[Words]:
    texts = (one.title, one.summary, one.box_title, *one.paragraphs, *one.box)
    return [text for text in texts if text]


def _standing(one: Story, code: str) -> dict[str, Any]:
    """How a story stands in a language: the original, whole, or behind it by so many texts."""
    texts = _texts(one)
    missing = sum(text.behind(code) for text in texts)
    if code == "en":
        said = gettext("the original")
    elif missing == len(texts):
        said = gettext("not translated yet")
    elif missing:
        said = ngettext("behind by %(count)d text", "behind by %(count)d texts", missing) % {"count": missing}
    else:
        said = gettext("our translation, complete")
    name = str(get_language_info(code)["name_local"]).capitalize()
    return {"code": code, "name": name, "said": said, "behind": bool(missing), "url": f"/{code}/stories/{one.id}/"}


urls: list[URLPattern] = [
    path("stories/", stories, name="stories"),
    path("stories/<slug:id_>/", story, name="story"),
]
