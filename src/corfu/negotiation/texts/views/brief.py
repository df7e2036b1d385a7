"""My brief: what changed, where my words went, what waits for me."""

from datetime import timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from corfu.acts import queries as record
from corfu.acts import telling
from corfu.acts.asking import actor_of, now_of
from corfu.negotiation.texts import brief_queries, told_brief
from corfu.negotiation.texts.brief_queries import MOST, Since

BOOKMARK: Final = "brief"
"""In the session: by participant, how many acts the record had when the reader had read them all."""
FIRST: Final = timedelta(days=7)
"""How far back whoever has no bookmark yet is told."""


@require_http_methods(["GET", "HEAD", "POST"])
def brief(request: HttpRequest) -> HttpResponse:
    """What concerns the reader's delegation in all texts; the bookmark moves by the button alone."""
    actor = actor_of(request)
    if actor.code is None:
        return redirect("account_login")
    size = (record.brief() or (0, ""))[0]
    seen = _seen(request, actor.code)
    if request.method == "POST":
        _move(request, actor.code, max(seen or 0, min(_number(request.POST.get("size", "")), size)))
        return redirect("texts:brief")
    since = Since(None if seen is None else min(seen, size), now_of(request) - FIRST)
    found = brief_queries.find(actor, since)
    issued, amendments = told_brief.issued(found), told_brief.amendments(found)
    waits = told_brief.waiting(found, actor.code)
    if actor.is_secretariat:
        spoken = {one.id: one.languages for one in telling.all_profiles()}
        debts = brief_queries.debts(found.texts.values(), spoken)
        waits += told_brief.languages(found.texts, debts)
    context: dict[str, Any] = {
        "section": "texts",
        "who": telling.participant(actor.code).name,
        "seen": seen,
        "size": size,
        "waits": waits,
        "issued": issued,
        "many": len(issued) == MOST and MOST,
        "amendments": amendments,
        "fates": told_brief.fates(found),
        "deadlines": told_brief.deadlines(found.texts, now_of(request)),
        "reading": told_brief.reading([*issued, *amendments]),
    }
    return render(request, "negotiation/texts/brief.html", context)


def _seen(request: HttpRequest, code: str) -> int | None:
    kept = request.session.get(BOOKMARK, {}).get(code)
    return kept if isinstance(kept, int) else None


def _move(request: HttpRequest, code: str, size: int) -> None:
    request.session[BOOKMARK] = request.session.get(BOOKMARK, {}) | {code: size}


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else 0


urls: list[URLPattern] = [path("brief/", brief, name="brief")]
