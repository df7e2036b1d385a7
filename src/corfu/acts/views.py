"""The record on screen: the log, an act, its receipt, the checkpoint, the bundle, the verifier."""

import re
from importlib.resources import files
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from corfu.acts import naming, queries, registry, telling
from corfu.acts.actor import Actor
from corfu.acts.asking import actor_of
from corfu.acts.models import Entry
from corfu.acts.telling import fact

PAGE: Final = 50
_META: Final = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]+)"')


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """All acts, the latest first; of one kind or one author if asked."""
    kind, author = request.GET.get("kind", "")[:64], request.GET.get("author", "")[:16]
    actor = actor_of(request)
    page = Paginator(queries.log(actor=actor, kind=kind, author=author), PAGE).get_page(request.GET.get("page"))
    asked = {name: value for name, value in (("kind", kind), ("author", author)) if value}
    context = {
        "section": "record",
        "head": queries.head(),
        "acts": [_line(entry) for entry in page],
        "page": page,
        "query": f"{urlencode(asked)}&" if asked else "",
        "kinds": [(one, naming.summary(one)) for one in queries.kinds(actor=actor)],
        "kind": kind,
        "author": author,
    }
    return render(request, "acts/log.html", context)


def _line(entry: Entry) -> dict[str, Any]:
    concerned = naming.participant(entry.about)
    return {
        "index": entry.place,
        "url": telling.link("acts:act", entry.place),
        "when": f"{date_format(entry.at, 'SHORT_DATETIME_FORMAT')} UTC",
        "first": entry.at.isoformat(),
        "who": telling.participant(entry.author),
        "title": telling.words(entry.words, "title"),
        "dated": telling.when(entry.dated),
        "kind": entry.kind,
        "summary": naming.summary(entry.kind),
        "concerned": concerned.name if concerned else "",
        "rules": naming.rules(entry.kind),
    }


@require_safe
def act(request: HttpRequest, place: int) -> HttpResponse:
    """One act: who, when, under which rule, what it says, and the proof that it is in the record."""
    found = queries.act(place, actor=actor_of(request))
    if found is None:
        raise Http404
    last = queries.head()
    context = {
        "section": "record",
        "act": _line(found.entry) | {"hash": found.hash},
        "facts": _facts(found, actor_of(request)),
        "members": found.members,
        "receipt": queries.receipt(place).decode(),
        "previous": place - 1 if place else None,
        "next": place + 1 if last and place + 1 < last.size else None,
    }
    return render(request, "acts/act.html", context)


def _facts(found: queries.Signed, actor: Actor) -> list[dict[str, str]]:
    entry, payload = found.entry, found.payload
    kind, who = registry.kind_of(entry.kind), telling.participant(entry.author)
    said = payload.get("fact") or {}
    rows = [
        fact(gettext("Author"), who.name, url=who.url),
        fact(gettext("Signed with the key"), f"{found.key} ({_custody(found)})"),
        fact(gettext("Time, as its author says"), telling.instant(entry.at.timestamp())),
    ]
    if entry.dated:
        rows.append(fact(gettext("Date of the event"), telling.when(entry.dated), **said))
    if entry.about:
        name, url = naming.concerned(entry, actor=actor)
        rows.append(fact(gettext("What it concerns"), name, url=url))
    if body := naming.body(payload):
        rows.append(
            fact(gettext("Body"), body.text, lang=body.lang, url=telling.address(f"about/bodies/#{payload['body']}"))
        )
    if kind:
        rows.append(fact(gettext("Who may do it"), str(kind.who)))
    rows += [fact(gettext("Rule"), rule.text, url=rule.url) for rule in naming.rules(entry.kind)]
    rows.append(fact(gettext("Hash"), found.hash))
    return rows


def _custody(found: queries.Signed) -> str:
    """Who holds the key that signed an act, in words."""
    if found.key.startswith("registrar/"):
        return gettext("the registrar's own")
    return telling.held_by(queries.custody(found.key, found.entry.place))


@require_safe
def receipt(request: HttpRequest, place: int) -> HttpResponse:
    """The receipt of one act, to be kept."""
    if queries.act(place, actor=actor_of(request)) is None:
        raise Http404
    return _file(queries.receipt(place), f"{place}.tlog-proof", "text/plain; charset=utf-8")


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The last checkpoint, and which witnesses cosigned it when."""
    last, key = queries.head(), queries.log_key()
    cosigned = [(name, telling.instant(at)) for name, at in (last.cosigned if last else ())]
    context = {"section": "record", "head": last, "cosigned": cosigned, "vkey": key.vkey if key else ""}
    return render(request, "acts/checkpoint.html", context)


@require_safe
def checkpoint_note(_request: HttpRequest) -> HttpResponse:
    """The last checkpoint as a file."""
    last = queries.head()
    if last is None:
        raise Http404
    return _file(last.note.encode(), "checkpoint", "text/plain; charset=utf-8")


@require_safe
def bundle(request: HttpRequest) -> HttpResponse:
    """The whole record with the documents that this reader may have."""
    made = queries.bundle(actor=actor_of(request))
    if made is None:
        raise Http404
    return _file(made, "corfu-record.zip", "application/zip")


@require_safe
def verifier(_request: HttpRequest) -> HttpResponse:
    """The page that verifies a bundle in the browser; it brings its own policy, which is stricter than ours."""
    page = (files("corfu.record") / "standalone" / "verify.html").read_text()
    response = HttpResponse(page)
    found = _META.search(page)
    assert found is not None
    response.headers["Content-Security-Policy"] = found[1]
    return response


def _file(data: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
