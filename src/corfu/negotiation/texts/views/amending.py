"""One amendment: what it asks, who is behind it, what became of it; and the acts that answer it."""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corfu.acts import telling
from corfu.acts.asking import now_of
from corfu.acts.door import Done, may, perform
from corfu.acts.refusals import Refusal
from corfu.negotiation.texts import asking, documents, queries, told_acts, told_points
from corfu.negotiation.texts.asking import Asked, of_text
from corfu.negotiation.texts.confirming import confirmed, waiting
from corfu.negotiation.texts.drafting import UnfitError
from corfu.negotiation.texts.models import Amendment, Supporter
from corfu.negotiation.texts.state import State
from corfu.negotiation.texts.told_acts import Row
from corfu.negotiation.texts.told_fates import Teller, Trail, trails
from corfu.negotiation.texts.views import paragraph
from corfu.negotiation.texts.views.mine import told_bases
from corfu.wording import plain

ACTS: Final = {"join": "join", "renew": "join", "leave": "leave", "withdraw": "withdraw"}
"""What may be done to an amendment, and the act that does it."""


@require_safe
@of_text
def amendment(asked: Asked, id_: str) -> HttpResponse:
    """An amendment under its permanent address."""
    return _show(asked, _found(asked, id_))


def _found(asked: Asked, id_: str) -> Amendment:
    found = queries.amendment(asked.text, id_)
    if found is None:
        raise Http404
    return found


def _show(asked: Asked, one: Amendment, refusal: Row | None = None) -> HttpResponse:
    state = asked.state()
    followed = trails(list(one.standings.all()))
    bases = told_bases(state, {step.number for trail in followed for step in trail.steps})
    teller = Teller(state, queries.changes(asked.text))
    filed = state.filed.get(one.pk)
    context = {
        "refusal": refusal,
        "amendment": _head(asked, one),
        "supporters": [_supporter(one, each) for each in _ordered(asked, one)],
        "trails": [_trail(teller, bases, one, trail) for trail in followed],
        "asked_of": len(filed.standing.asked) if filed else 0,
        "may_confirm": filed is not None and bool(filed.standing.asked) and _confirms(asked, state, one),
        "do": told_points.offered(asked.actor.code or "", filed) if filed and asked.negotiates else "",
        "version": state.number,
        "seen_by": asking.layer_name(asked.text.layer),
    }
    return asking.page(asked, "amendment.html", context, status=refusal["status"] if refusal else 200)


def _confirms(asked: Asked, state: State, one: Amendment) -> bool:
    """Whether it is for the reader to confirm: the sponsor, or any supporter once that one has left."""
    by = state.filed[one.pk].by
    return asked.negotiates and asked.actor.code in by and (one.author == asked.actor.code or one.author not in by)


def _head(asked: Asked, one: Amendment) -> Row:
    parent = queries.amendment(asked.text, one.parent) if one.parent else None
    return {
        "id": one.pk,
        "author": telling.participant(one.author).name,
        "code": one.author,
        "when": telling.instant(one.at.timestamp()),
        "number": one.number,
        "note": one.note,
        "parent": {
            "author": telling.participant(parent.author).name,
            "url": reverse("texts:amendment", args=[asked.text.slug, parent.pk]),
        }
        if parent
        else {},
        "withdrawn": telling.act_of(one.withdrawn),
        "url": reverse("texts:amendment", args=[asked.text.slug, one.pk]),
        "confirm_url": reverse("texts:confirm", args=[asked.text.slug, one.pk]),
        **telling.act_of(one.place),
    }


def _ordered(asked: Asked, one: Amendment) -> list[Supporter]:
    rows = list(one.supporters.all())
    order = told_acts.in_order(asked.text, {each.participant for each in rows})
    return sorted(rows, key=lambda each: (order.index(each.participant), each.place))


def _supporter(one: Amendment, each: Supporter) -> Row:
    return {
        "name": telling.participant(each.participant).name,
        "code": each.participant,
        "left": telling.act_of(each.left),
        "renew": each.left is None and each.revision < one.revision,
        **telling.act_of(each.place),
    }


def _trail(teller: Teller, bases: Mapping[int, State], one: Amendment, trail: Trail) -> Row:
    versions = [
        {"number": step.number, **told_acts.act(plain.acts_from([step.act])[0], bases[step.number])}
        for n, step in enumerate(trail.steps)
        if n == 0 or step.act != trail.steps[n - 1].act
    ]
    return {"versions": versions, **teller.fate(one, trail)}


# Acts on an amendment or a wording


@require_POST
@of_text
def act(asked: Asked) -> HttpResponse:
    """Join, leave, withdraw, or take a position: each from a button on a page, to which it leads back."""
    given = asked.request.POST.dict()
    what = str(given.get("do", ""))
    result = _position(asked, given) if what == "position" else _amended(asked, what, given)
    answer = asking.went(asked, result, _back(asked, given))
    if isinstance(answer, HttpResponse):
        return answer
    if given.get("paragraph"):
        typed = {"stance": given.get("stance", ""), "note": given.get("note", ""), "open": True}
        return paragraph.show(asked, str(given["paragraph"]), answer, {told_points.typed(given): typed})
    return _show(asked, _found(asked, str(given.get("amendment", ""))), answer)


def _back(asked: Asked, given: Mapping[str, Any]) -> str:
    if given.get("paragraph"):
        return told_acts.address(asked.text, str(given["paragraph"]))
    return reverse("texts:amendment", args=[asked.text.slug, str(given.get("amendment")) or "-"])


def _amended(asked: Asked, what: str, given: Mapping[str, Any]) -> Done | Refusal:
    if what not in ACTS:
        return Refusal("act.kind", "house.form", _("There is no such button: go back to the page."), status=400)
    payload = {"text": asked.text.slug, "amendment": str(given.get("amendment", ""))}
    return perform(asked.actor, f"amendment.{ACTS[what]}", payload, now=now_of(asked.request))


def _position(asked: Asked, given: Mapping[str, Any]) -> Done | Refusal:
    try:
        about = json.loads(str(given.get("about", "")))
    except (ValueError, RecursionError):
        about = None
    place = about if isinstance(about, dict) else {}
    value = {**place, "stance": given.get("stance", ""), "note": str(given.get("note", "")).strip()}
    payload: dict[str, Any] = {"text": asked.text.slug, "version": _number(given)}
    if given.get("suggestion"):
        payload["suggestion"] = str(given["suggestion"])
    document = documents.document(asked.text, "position", value)
    return perform(asked.actor, "position.take", payload, now=now_of(asked.request), documents=[document])


def _number(given: Mapping[str, Any]) -> int:
    version = str(given.get("version", ""))
    return int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else 0


# After its words were touched


@require_http_methods(["GET", "HEAD", "POST"])
@of_text
def confirm(asked: Asked, id_: str) -> HttpResponse:
    """The sponsor says what it wants in place of what was touched: the suggestion, other words, or nothing."""
    one, state, given = _found(asked, id_), asked.state(), asked.request.POST.dict()
    posted = asked.request.method == "POST"
    payload = {"text": asked.text.slug, "amendment": one.pk, "version": _number(given) if posted else state.number}
    if refusal := may(asked.actor, "amendment.confirm", payload, now=now_of(asked.request)):
        refused = asking.went(asked, refusal, "")
        assert isinstance(refused, dict)
        return _show(asked, one, refused)
    if not posted:
        return _confirm_page(asked, one, state, given, {}, 200)
    try:
        acts = confirmed(state, state.filed[one.pk], given)
    except UnfitError as error:
        return _confirm_page(asked, one, state, given, {"problem": str(error)}, 400)
    document = documents.document(asked.text, "amendment", {"acts": list(map(plain.act_to, acts))})
    result = perform(asked.actor, "amendment.confirm", payload, now=now_of(asked.request), documents=[document])
    answer = asking.went(asked, result, reverse("texts:amendment", args=[asked.text.slug, one.pk]))
    if isinstance(answer, HttpResponse):
        return answer
    return _confirm_page(asked, one, state, given, {"refusal": answer}, answer["status"])


def _confirm_page(
    asked: Asked, one: Amendment, state: State, given: Mapping[str, Any], more: Row, status: int
) -> HttpResponse:
    context = {
        "amendment": _head(asked, one),
        "waiting": waiting(state, state.filed[one.pk], given, _before(asked, one)),
        "others": [
            each for each in told_acts.parties(asked.text, state.filed[one.pk].by) if each["code"] != one.author
        ],
        "version": state.number,
        "seen_by": asking.layer_name(asked.text.layer),
        "stays": gettext("The rest of the amendment stays as it is.") if state.filed[one.pk].acts else "",
    }
    return asking.page(asked, "confirm.html", {**context, **more}, status=status)


def _before(asked: Asked, one: Amendment) -> dict[int, State]:
    """The versions on which the amendment stood, without amendments: the words that it spoke of."""
    return told_bases(asked.state(), {each.number for each in one.standings.all()})
