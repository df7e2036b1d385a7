"""The chair's desk: what came in, what is open, a trial of a compromise, and the next version."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from django.http import HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from corfu.acts import naming, telling
from corfu.acts.asking import now_of
from corfu.acts.door import Done, perform
from corfu.acts.fields import instant
from corfu.acts.refusals import Refusal
from corfu.meetings.acts import not_chair
from corfu.negotiation.texts import as_filed, desk_html, desk_told, documents, given_words, places, queries, rules
from corfu.negotiation.texts.asking import Asked, of_text, page, refused, went
from corfu.negotiation.texts.places import Chosen, Form
from corfu.negotiation.texts.trial import tried
from corfu.negotiation.texts.views import opening
from corfu.wording import plain
from corfu.wording.points import InvalidChoiceError

Context = dict[str, Any]
_NEWEST: Final = 30
"""Amendments in the inbox; the others have a page of their own."""


@require_http_methods(["GET", "HEAD", "POST"])
@of_text
def desk(asked: Asked) -> HttpResponse:
    """The inbox and every open point. Posted: a trial of the choices, the question before they are issued, or that."""
    if not asked.chairs:
        return chair_only(asked)
    if asked.request.method != "POST":
        return show(asked, Chosen())
    form = form_of(asked)
    match asked.request.POST.get("action"):
        case "try":
            return _try(asked, form)
        case "ask":
            return _ask(asked, form)
        case "issue":
            return _issue(asked, form)
        case _:
            chosen = places.read(form, asked.state())
            chosen.faults.clear()  # whoever turns to another part, or comes back, is asked for nothing yet
            return show(asked, chosen, came=_stale(asked, form, chosen) is not None)


def form_of(asked: Asked) -> Form:
    """What was posted, every value by its name."""
    posted = asked.request.POST
    return {name: posted.getlist(name) for name in posted}


def chair_only(asked: Asked) -> HttpResponse:
    """The page for whoever is not the chair."""
    return page(asked, "frame.html", {"refusal": refused(not_chair(asked.text.body))}, status=403)


def show(asked: Asked, chosen: Chosen, refusal: Context | None = None, **more: Any) -> HttpResponse:
    """The desk with what was chosen so far."""
    state, suggest_url = asked.state(), reverse("texts:suggest", args=[asked.text.slug])
    came_in = state.once("came in", lambda: as_filed.came_in(state))
    at = _number(form_of(asked), "part") - 1
    folded = desk_told.Folded.of(state, chosen, at, refused=refusal is not None)
    context = {
        "inbox": state.once((telling.language(), "inbox"), lambda: as_filed.html(came_in[-_NEWEST:], state)),
        "came_in": len(came_in),
        "newest": _NEWEST,
        "waiting": desk_told.waiting(state),
        "parts": desk_told.parts_of(chosen, folded),
        "faults": chosen.faults,
        "part": folded.at + 1,
        "other_parts": desk_html.kept(desk_told.other_parts(state, chosen, folded)),
        "points": desk_html.points(desk_told.points(state, chosen, folded), state.text.lang, suggest_url),
        "chosen": chosen,
        "on": state.sha256,
        "next": state.number + 1,
        "refusal": refusal,
        **more,
    }
    status = refusal["status"] if refusal else 400 if chosen.faults else 200
    return page(asked, "desk.html", context, tab="desk", status=status)


def again(asked: Asked) -> Asked:
    """The same request after an act, or one that was refused: the text as it stands now."""
    return asked._replace(text=queries.text(asked.text.slug, actor=asked.actor) or asked.text)


def _stale(asked: Asked, form: Form, chosen: Chosen) -> Refusal | None:
    """Whether something was issued or filed since the chair looked, on any part of the desk."""
    on = "" if chosen.fresh else (form.get("on") or ("",))[0]
    return rules.standing_version(asked.text, _number(form)) or rules.looked_at(asked.state(), on)


def _number(form: Form, name: str = "number") -> int:
    given = (form.get(name) or ("",))[-1]  # the button to another part stands after the number of this one
    return int(given) if given.isdecimal() and len(given) < 8 else 0


def _tried(asked: Asked, chosen: Chosen) -> Context | Refusal:
    try:
        return tried(asked.state(), chosen.choices)
    except InvalidChoiceError as error:
        return rules.unreadable(error)


def _try(asked: Asked, form: Form) -> HttpResponse:
    """What would come of the choices, above the choices themselves; what came in since is marked."""
    chosen = places.read(form, asked.state())
    if chosen.faults:
        return show(asked, chosen)
    trial = _tried(asked, chosen)
    if isinstance(trial, Refusal):
        return show(asked, chosen, refused(trial))
    return show(asked, chosen, trial=trial, came=_stale(asked, form, chosen) is not None)


def _ask(asked: Asked, form: Form, fault: str = "") -> HttpResponse:
    """The question before the next version is issued: who will see it, and what happens to whose words."""
    chosen = places.read(form, asked.state())
    if refusal := _stale(asked, form, chosen):
        return show(asked, chosen, refused(refusal))
    trial = _tried(asked, chosen) if not chosen.faults else None
    if not isinstance(trial, dict):
        return show(asked, chosen, refused(trial) if trial else None)
    context = {
        "trial": trial,
        "kept": list(kept(form)),
        "desk_url": reverse("texts:desk", args=[asked.text.slug]),
        "rules": naming.rules("version.issue"),
        "until": asked.request.POST.get("until", ""),
        "fault": fault,
    }
    return page(asked, "issue.html", context, tab="desk", status=400 if fault else 200)


def kept(form: Form) -> Iterator[tuple[str, str]]:
    """The fields of the desk's form, to be carried through another page."""
    for name, values in form.items():
        if name in {"number", "on", "seen", "part"} or name.startswith(("how-", "text-", "draws-")):
            yield from ((name, value) for value in values)


def _issue(asked: Asked, form: Form) -> HttpResponse:
    """Issue the next version; where it is refused, the desk as it stands now, with the choices."""
    until = _until(asked)
    if isinstance(until, str):
        return _ask(asked, form, until)
    chosen = places.read(form, asked.state())
    if chosen.faults:
        return show(asked, chosen)
    if chosen.fresh and (refusal := _stale(asked, form, chosen)):
        return show(asked, chosen, refused(refusal))
    payload: Context = {"text": asked.text.slug, "number": _number(form) + 1}
    if until:
        payload["until"] = instant(until)
    value = {"choices": plain.choices_to(chosen.choices), "on": (form.get("on") or ("",))[0]}
    result: Done | Refusal = perform(
        asked.actor,
        "version.issue",
        payload,
        now=now_of(asked.request),
        documents=[documents.document(asked.text, "dispositions", value)],
    )
    answer = went(asked, result, telling.address(f"texts/{asked.text.slug}/"))
    if isinstance(answer, HttpResponse):
        return answer
    now = again(asked)
    return show(now, places.read(form, now.state()), answer)


def _until(asked: Asked) -> datetime | str | None:
    """The instant up to which answers are asked for, in UTC; or what is wrong with what was given."""
    given = asked.request.POST.get("until", "").strip()
    if not given:
        return None
    try:
        found = datetime.fromisoformat(given).replace(tzinfo=UTC)
    except ValueError:
        return gettext("Give a day and a time, in UTC.")
    return found if found > now_of(asked.request) else gettext("This instant is over already: give a later one.")


# The chair's suggestions


@require_http_methods(["GET", "HEAD", "POST"])
@of_text
def suggest(asked: Asked) -> HttpResponse:
    """The chair's suggestion for one point: written, filed, taken back. The choices of the desk are carried along."""
    if not asked.chairs:
        return chair_only(asked)
    form = form_of(asked)
    if taken_back := asked.request.POST.get("withdraw"):
        payload = {"text": asked.text.slug, "suggestion": taken_back[:64]}
        return _back(asked, form, perform(asked.actor, "wording.withdraw", payload, now=now_of(asked.request)))
    key = asked.request.POST.get("point") or asked.request.GET.get("point", "")
    found = ((group, one) for group in places.groups(asked.state()) for one in group.places)
    place = next(((group, one) for group, one in found if one.key == key and one.worded), None)
    if place is None:
        sentence = gettext("These words are not contested any more: nothing was done. Look at the text as it stands.")
        return _back(asked, form, Refusal("text.point", "house.text", sentence))
    if asked.request.POST.get("action") == "file":
        return _file(asked, form, *place)
    return _suggesting(asked, form, *place)


def _back(asked: Asked, form: Form, result: Done | Refusal) -> HttpResponse:
    """The desk after an act on a suggestion, its choices kept."""
    answer = went(asked, result, reverse("texts:desk", args=[asked.text.slug]))
    if isinstance(answer, HttpResponse) and not form.get("seen"):
        return answer
    now = again(asked)
    return show(now, places.read(form, now.state()), answer if isinstance(answer, dict) else None)


def _file(asked: Asked, form: Form, group: places.Group, place: places.Place) -> HttpResponse:
    """File a suggestion; where it is refused, its page again with what was written."""
    value = {
        **asked.state().spot(place.point)._asdict(),
        "wording": _written(form, "wording"),
        "draws_on": list(form.get("draws_on", ())),
        "note": _written(form, "note"),
    }
    if why := given_words.fault(value["wording"] + value["note"]):
        return _suggesting(asked, form, group, place, fault=why)
    if not value["wording"]:
        return _suggesting(asked, form, group, place, fault=gettext("Write the wording that you suggest."))
    payload = {"text": asked.text.slug, "version": _number(form)}
    document = documents.document(asked.text, "suggestion", value)
    result = perform(asked.actor, "wording.suggest", payload, now=now_of(asked.request), documents=[document])
    if isinstance(result, Refusal):
        return _suggesting(asked, form, group, place, refused(result))
    return _back(asked, form, result)


def _written(form: Form, name: str) -> str:
    return given_words.visible((form.get(name) or ("",))[0]).strip()


def _suggesting(
    asked: Asked, form: Form, group: places.Group, place: places.Place, refusal: Context | None = None, fault: str = ""
) -> HttpResponse:
    """The page on which a suggestion is written."""
    state = asked.state()
    given = places.read(form, state).given.get(place.key, places.Given())
    drawn = set(form.get("draws_on", ())) if "wording" in form else _ingredients(place, given)
    context = {
        "point": desk_told.suggesting(state, group, place, drawn),
        "wording": _written(form, "wording") if "wording" in form else given.text,
        "note": _written(form, "note"),
        "fault": fault,
        "number": state.number,
        "kept": [one for one in kept(form) if one[0] != "number"],
        "desk_url": reverse("texts:desk", args=[asked.text.slug]),
        "rules": naming.rules("wording.suggest"),
        "refusal": refusal,
    }
    status = refusal["status"] if refusal else 400 if fault else 200
    return page(asked, "suggest.html", context, tab="desk", status=status)


def _ingredients(place: places.Place, given: places.Given) -> set[str]:
    """The amendments behind the variants that are ticked at the desk."""
    variants = zip(place.names, place.point.variants, strict=True)
    return {id_ for name, one in variants if name in given.draws for id_ in one.support.amendments}


urls: list[URLPattern] = [
    *opening.urls,
    path("texts/<slug:slug>/desk/", desk, name="desk"),
    path("texts/<slug:slug>/desk/suggest/", suggest, name="suggest"),
]
