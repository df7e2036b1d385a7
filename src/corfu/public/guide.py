"""The first steps of the exercise: what to try, as whom, on which page; each begins with one click."""

from importlib.resources import files

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from corfu.acts import telling
from corfu.acts.asking import actor_of
from corfu.profiles.negotiation import Guide, GuideStep
from corfu.public.told import Row

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _guide() -> Guide:
    found = [one.negotiation.guide for one in telling.all_profiles() if one.exercise and one.negotiation]
    if not settings.CORFU_EXERCISE or not found or found[0] is None:
        raise Http404
    return found[0]


@require_safe
def exercise(request: HttpRequest) -> HttpResponse:
    """The steps, in order."""
    guide, actor = _guide(), actor_of(request)
    context = {
        "section": "texts",
        "title": telling.text(guide.title),
        "summary": telling.text(guide.summary),
        "steps": [_step(one, actor.code or "") for one in guide.steps],
    }
    return render(request, "public/exercise.html", context)


def _step(one: GuideStep, acting: str) -> Row:
    return {
        "title": telling.text(one.title),
        "text": telling.text(one.text),
        "code": one.acting,
        "name": telling.participant(one.acting).name if one.acting else "",
        "acting": one.acting == acting,
        "url": telling.address(one.path),
        "becomes": one.becomes,
        "file": reverse("public:exercise-file", args=[one.file]) if one.file else "",
        "file_name": one.file,
    }


@require_safe
def file(_request: HttpRequest, name: str) -> HttpResponse:
    """A file that a step asks to upload."""
    if name not in {one.file for one in _guide().steps if one.file}:
        raise Http404
    content = (files("corfu.profiles") / "exercise" / "negotiation" / name).read_bytes()
    return HttpResponse(content, _WORD, headers={"Content-Disposition": f'attachment; filename="{name}"'})


urls: list[URLPattern] = [
    path("exercise/", exercise, name="exercise"),
    path("exercise/<str:name>", file, name="exercise-file"),
]
