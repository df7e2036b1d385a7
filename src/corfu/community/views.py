"""A delegation's own pages: its people, its credentials, its keys."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, time
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from corfu.acts import telling, writer
from corfu.acts.actor import Actor
from corfu.acts.asking import actor_of, now_of
from corfu.acts.door import Done, perform
from corfu.acts.fields import instant
from corfu.acts.refusals import Refusal
from corfu.acts.registry import Document
from corfu.community import queries
from corfu.community.forms import Accreditation
from corfu.community.models import Credential, Key

ACTING_FOR: Final = "acting_for"
"""In the session: the participant that a person with several credentials acts for now."""


@require_safe
def delegation(request: HttpRequest) -> HttpResponse:
    """The people who may act, the keys, and for whom the reader may act."""
    return _page(request, Accreditation())


def _page(request: HttpRequest, form: Accreditation, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    if actor.code is None:
        return redirect("account_login")
    context = {
        "who": telling.participant(actor.code),
        "colleagues": [
            _colleague(one, now_of(request)) for one in queries.colleagues(actor=actor).filter(participant=actor.code)
        ],
        "keys": [_key(one) for one in queries.keys(actor=actor, participant=actor.code)],
        "others": _others(request, actor),
        "administers": actor.administers,
        "form": form,
    }
    return render(request, "community/delegation.html", context, status=status)


def _colleague(one: Credential, now: datetime) -> dict[str, Any]:
    person = one.person
    return {
        "id": one.pk,
        "name": (person.get_full_name() or person.email) if person else gettext("erased"),
        "email": person.email if person else "",
        "administrator": one.administrator,
        "since": telling.instant(one.since.timestamp()),
        "until": telling.instant(one.until.timestamp()) if one.until else "",
        "ended": one.until is not None and one.until <= now,
    }


def _key(one: Key) -> dict[str, Any]:
    return {"vkey": one.vkey, "held": telling.held_by(one.custody), "place": one.place, "revoked": one.revoked}


def _others(request: HttpRequest, actor: Actor) -> list[telling.Named]:
    """For whom else a person with several credentials may act."""
    if actor.code is not None and actor.person is None:
        return []
    found = queries.credentials_of(request.user, now_of(request)) if isinstance(request.user, User) else []
    return [telling.participant(one.participant) for one in found if one.participant != actor.code]


def _for_who_acts(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    @wraps(view)
    def respond(request: HttpRequest) -> HttpResponse:
        if actor_of(request).code is None:
            raise PermissionDenied
        return view(request)

    return respond


@require_POST
@_for_who_acts
def accredit(request: HttpRequest) -> HttpResponse:
    """Let a person act for the delegation."""
    actor, now, form = actor_of(request), now_of(request), Accreditation(request.POST)
    if not form.is_valid():
        return _page(request, form, 400)
    given = form.cleaned_data
    payload: dict[str, Any] = {"for": actor.code or "", "administrator": given["administrator"], "since": instant(now)}
    if given["until"]:
        payload["until"] = instant(datetime.combine(given["until"], time(23, 59, 59), UTC))
    person = json.dumps({"email": given["email"], "name": given["person"]}, ensure_ascii=False).encode()
    document = Document("credential", f"group:{actor.code}", telling.language(), person)
    with writer.DOOR:  # of two who send the same at once, one is told that it is done
        if queries.accredited(given["email"], actor=actor, administrator=given["administrator"], now=now):
            messages.error(request, gettext("This person is accredited already: end that credential first."))
            return _page(request, form, 409)
        return _told(request, perform(actor, "delegation.accredit", payload, now=now, documents=[document]))


@require_POST
@_for_who_acts
def end(request: HttpRequest) -> HttpResponse:
    """End a credential."""
    payload = {"credential": request.POST.get("credential", "")[:64] or "-"}
    return _told(request, perform(actor_of(request), "credential.end", payload, now=now_of(request)))


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Act for another of the participants one may act for."""
    code = request.POST.get("code", "")
    if code not in {one.code for one in _others(request, actor_of(request))}:
        raise PermissionDenied
    request.session[ACTING_FOR] = code
    rotate_token(request)  # a form that another tab shows was filled in for another participant
    return redirect("community:delegation")


def _told(request: HttpRequest, result: Done | Refusal) -> HttpResponse:
    if isinstance(result, Done):
        messages.success(request, gettext("Done: it is act %(number)d of the record.") % {"number": result.index})
        return redirect("community:delegation")
    messages.error(request, str(result))
    return _page(request, Accreditation(), result.status)
