"""One amendment: what it asks, who is behind it, what became of it; and the acts that answer it."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corfu.acts import telling
from corfu.acts.asking import now_of
from corfu.acts.door import Done, may, perform
from corfu.acts.refusals import Refusal
from corfu.negotiation.texts import as_filed, asking, documents, queries, told_acts, told_points
from corfu.negotiation.texts.asking import Asked, of_text
from corfu.negotiation.texts.confirming import confirmed, waiting
from corfu.negotiation.texts.drafting import UnfitError
from corfu.negotiation.texts.models import Amendment, Standing
from corfu.negotiation.texts.state import Behind, Filed
from corfu.negotiation.texts.told_acts import Row
from corfu.negotiation.texts.told_fates import Teller, Trail, trails
from corfu.negotiation.texts.views import paragraph
from corfu.wording import plain

ACTS: Final = {"join": "join", "renew": "join", "leave": "leave", "withdraw": "withdraw"}
"""What may be done to an amendment, and the act that does it."""
_PAGE: Final = 50


@require_safe
@of_text
def amendments(asked: Asked) -> HttpResponse:
    """All that is on the table, the newest first."""
    state = asked.state()
    found = Paginator(as_filed.on_the_table(state)[::-1], _PAGE).get_page(asked.request.GET.get("page"))
    context = {"amendments": as_filed.html(found.object_list, state), "page": found}
    return asking.page(asked, "amendments.html", context)


@require_safe
@of_text
def amendment(asked: Asked, id_: str) -> HttpResponse:
    """An amendment under its permanent address."""
    return _show(asked, _found(asked, id_))


def _found(asked: Asked, id_: str) -> list[Standing]:
    """How it stood on each version: whatever else is told of it comes from there."""
    found = queries.amendment(asked.text, id_)
    if not found:
        raise Http404
    return found


def _show(asked: Asked, standings: list[Standing], refusal: Row | None = None) -> HttpResponse:
    one, followed = standings[0].amendment, trails(standings)
    # Only of what stands must be known where: the version that stands is put together from many rows.
    state = asked.state() if one.withdrawn is None and standings[-1].number == asked.text.number else None
    filed = state.filed.get(one.pk) if state else None
    numbers = {step.number for trail in followed for step in trail.steps}
    teller = Teller(asked.text, state, queries.history(asked.text, numbers))
    supporters = filed.ever if filed else queries.supporters(one)
    context = {
        "refusal": refusal,
        "amendment": _head(asked, standings[0]),
        "supporters": [_supporter(one, each) for each in _ordered(asked, supporters)],
        "trails": [_trail(teller, one, trail) for trail in followed],
        "asked_of": len(filed.standing.asked) if filed else 0,
        "may_confirm": filed is not None and _confirms(asked, filed),
        "do": told_points.offered(asked.actor.code or "", filed) if filed and asked.negotiates else "",
        "version": asked.text.number,
        "seen_by": asking.layer_name(asked.text.layer),
    }
    return asking.page(asked, "amendment.html", context, status=refusal["status"] if refusal else 200)


def _confirms(asked: Asked, filed: Filed) -> bool:
    """Whether something waits for the reader: the sponsor, or any supporter once that one has left."""
    sponsors = filed.row.author == asked.actor.code or filed.row.author not in filed.by
    return bool(filed.standing.asked) and asked.negotiates and asked.actor.code in filed.by and sponsors


def _head(asked: Asked, standing: Any) -> Row:
    one: Amendment = standing.amendment
    parent = {
        "author": telling.participant(standing.parent).name,
        "url": reverse("texts:amendment", args=[asked.text.slug, one.parent]),
    } if one.parent else {}  # fmt: skip
    return {
        "id": one.pk,
        "author": telling.participant(one.author).name,
        "code": one.author,
        "when": telling.instant(one.at.timestamp()),
        "number": one.number,
        "note": one.note,
        "parent": parent,
        "withdrawn": telling.act_of(one.withdrawn),
        "url": reverse("texts:amendment", args=[asked.text.slug, one.pk]),
        "confirm_url": reverse("texts:confirm", args=[asked.text.slug, one.pk]),
        **telling.act_of(one.place),
    }


def _ordered(asked: Asked, rows: Iterable[Behind]) -> list[Behind]:
    found = list(rows)
    order = told_acts.in_order(asked.text, {each.participant for each in found})
    return sorted(found, key=lambda each: (order.index(each.participant), each.place))


def _supporter(one: Amendment, each: Behind) -> Row:
    return {
        "name": telling.participant(each.participant).name,
        "code": each.participant,
        "left": telling.act_of(each.left),
        "renew": each.left is None and each.revision < one.revision,
        **telling.act_of(each.place),
    }


def _trail(teller: Teller, one: Amendment, trail: Trail) -> Row:
    versions = [
        {"number": step.number, **teller.act(step)}
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
    if "/" in f"{given.get('paragraph', '')}{given.get('amendment', '')}":  # no address of ours
        raise Http404
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
    standings, state, given = _found(asked, id_), asked.state(), asked.request.POST.dict()
    filed, posted = state.filed.get(id_), asked.request.method == "POST"
    if filed is not None and not posted and _confirms(asked, filed):
        return _confirm_page(asked, standings, filed, given, {}, 200)
    payload = {"text": asked.text.slug, "amendment": id_, "version": _number(given) if posted else state.number}
    refusal = may(asked.actor, "amendment.confirm", payload, now=now_of(asked.request))
    if refusal or filed is None:
        assert refusal is not None  # what is not on the table is not confirmed
        refused = asking.went(asked, refusal, "")
        assert isinstance(refused, dict)
        if filed is not None and _confirms(asked, filed):  # a stale page: what was written stands in the new one
            return _confirm_page(asked, standings, filed, given, {"refusal": refused}, refused["status"])
        return _show(asked, standings, refused)
    try:
        acts = confirmed(state, filed, given)
    except UnfitError as error:
        return _confirm_page(asked, standings, filed, given, {"problem": str(error)}, 400)
    document = documents.document(asked.text, "amendment", {"acts": list(map(plain.act_to, acts))})
    result = perform(asked.actor, "amendment.confirm", payload, now=now_of(asked.request), documents=[document])
    answer = asking.went(asked, result, reverse("texts:amendment", args=[asked.text.slug, id_]))
    if isinstance(answer, HttpResponse):
        return answer
    return _confirm_page(asked, standings, filed, given, {"refusal": answer}, answer["status"])


def _confirm_page(
    asked: Asked, standings: list[Standing], filed: Filed, given: Mapping[str, Any], more: Row, status: int
) -> HttpResponse:
    teller = Teller(asked.text, asked.state(), queries.history(asked.text, {each.number for each in standings}))
    others = [each for each in told_acts.parties(asked.text, filed.by) if each["code"] != asked.actor.code]
    context = {
        "amendment": _head(asked, standings[0]),
        "waiting": waiting(asked.state(), filed, given, standings, teller.bases),
        "others": others,
        "version": asked.text.number,
        "seen_by": asking.layer_name(asked.text.layer),
        "stays": gettext("The rest of the amendment stays as it is.") if filed.acts else "",
    }
    return asking.page(asked, "confirm.html", {**context, **more}, status=status)
