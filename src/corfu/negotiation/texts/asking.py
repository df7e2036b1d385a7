"""What every page of a text begins and ends with: may the reader read it, its head, what came of an act."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Final, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from corfu.acts import naming, telling
from corfu.acts.actor import Actor
from corfu.acts.asking import actor_of
from corfu.acts.door import Done
from corfu.acts.refusals import Refusal
from corfu.meetings.acts import is_chair
from corfu.negotiation import queries as processes
from corfu.negotiation.models import Process
from corfu.negotiation.texts import queries
from corfu.negotiation.texts.models import Text
from corfu.negotiation.texts.state import State

LAYERS: Final = {
    "public": _("everybody"),
    "participants": _("all who take part"),
    "states": _("participating States"),
    "chair": _("the chair"),
}


class Asked(NamedTuple):
    """A request for a page of a text by somebody who may read it. `negotiates`: a State of its organization."""

    request: HttpRequest
    actor: Actor
    text: Text
    negotiates: bool
    chairs: bool

    def state(self, number: int | None = None) -> State:
        """The text at the version that stands, or at an earlier one; 404 where there is none."""
        found = queries.state(self.text, number)
        if found is None:
            raise Http404
        return found


View = Callable[..., HttpResponse]


def of_text(view: View) -> View:
    """Hand a view an `Asked` in place of request and slug; whoever may not read the text sees its line in the register.

    The text's own address answers them with 200, as the register does; the pages below it with 403.
    """

    @wraps(view)
    def respond(request: HttpRequest, slug: str, **more: Any) -> HttpResponse:
        actor = actor_of(request)
        found = queries.listed(slug, actor=actor)
        if found is None:
            raise Http404
        if found.text is None:
            whole = request.method in {"GET", "HEAD"} and request.path.endswith(f"/texts/{slug}/")
            context = {"section": "texts", "line": lines([found], processes.processes(actor=actor))[0]}
            return render(request, "negotiation/texts/closed.html", context, status=200 if whole else 403)
        text = found.text
        negotiates = actor.kind == "state" and actor.organisation == text.organisation
        asked = Asked(request, actor, text, negotiates, actor.code is not None and is_chair(actor, text.body))
        return view(asked, **more)

    return respond


def lines(found: Iterable[queries.Listed], known: Iterable[Process]) -> list[dict[str, Any]]:
    """Texts as lines of the register: whoever may not read one learns that it exists, for whom and why.

    `known`: the processes that the page has at hand; the others are not named.
    """
    by_slug = {one.slug: one for one in known}
    return [_line(one, by_slug.get(one.process)) for one in found]


def _line(found: queries.Listed, process: Process | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "symbol": found.symbol,
        "layer": layer_name(found.layer),
        "reason": found.reason,
        "process": telling.words(process).text if process else "",
        "process_url": telling.address(f"processes/{found.process}/") if process else "",
    }
    if found.text is None:
        return row
    title = telling.words(found.text)
    url = telling.address(f"texts/{found.text.slug}/")
    return row | {"title": title.text, "lang": title.lang, "url": url, "number": found.text.number}


def layer_name(layer: str) -> str:
    """For whom something is, in words."""
    group = layer.removeprefix("group:")
    return gettext("the group “%(name)s”") % {"name": group} if group != layer else str(LAYERS[layer])


def page(asked: Asked, template: str, context: dict[str, Any], *, tab: str = "", status: int = 200) -> HttpResponse:
    """A page of a text under its head and tabs. `tab`: the name of the tab that it is."""
    whole = {"section": "texts", "text": head(asked), "tabs": tabs(asked, tab), **context}
    return render(asked.request, f"negotiation/texts/{template}", whole, status=status)


def head(asked: Asked) -> dict[str, Any]:
    """What stands at the head of every page of a text."""
    text = asked.text
    title = telling.words(text)
    kind = telling.text(telling.profile(text.organisation).label("text", text.kind)).text
    return {
        "slug": text.slug,
        "symbol": text.symbol,
        "title": title.text,
        "title_lang": title.lang,
        "lang": text.lang,
        "kind": kind,
        "number": text.number,
        "layer": layer_name(text.layer),
        "until": telling.instant(text.until.timestamp()) if text.until else "",
        "url": telling.address(f"texts/{text.slug}/"),
        "negotiates": asked.negotiates,
        "chairs": asked.chairs,
    }


def tabs(asked: Asked, current: str) -> list[dict[str, Any]]:
    """The pages of a text that the reader may use, each with its address."""
    named = [
        ("", gettext("Text")),
        ("versions", gettext("Versions")),
        ("compare", gettext("Compare")),
        ("languages", gettext("Languages")),
        *([("mine", gettext("My words"))] if asked.negotiates else ()),
        *([("desk", gettext("Chair’s desk"))] if asked.chairs else ()),
    ]
    base = telling.address(f"texts/{asked.text.slug}/")
    return [{"name": name, "url": f"{base}{id_}/" if id_ else base, "current": id_ == current} for id_, name in named]


def went(asked: Asked | HttpRequest, result: Done | list[Done] | Refusal, to: str) -> HttpResponse | dict[str, Any]:
    """After an act: on to the page `to`, which says so; or, for the page to be shown again, what was refused.

    The latter as template corfu/parts/refusal.html reads it, with the `status` to answer with.
    """
    if isinstance(result, Refusal):
        return refused(result)
    done = result if isinstance(result, list) else [result]
    said = gettext("Done: it is act %(number)d of the record.") % {"number": done[-1].index}
    if len(done) > 1:
        ends = {"first": done[0].index, "last": done[-1].index}
        said = gettext("Done: they are acts %(first)d to %(last)d of the record.") % ends
    messages.success(asked.request if isinstance(asked, Asked) else asked, said)
    return redirect(to)


def refused(refusal: Refusal) -> dict[str, Any]:
    """A refusal as template corfu/parts/refusal.html reads it, with the `status` to answer with."""
    rule = naming.rule(refusal.rule)
    return {"why": str(refusal), "rule": rule.name, "rule_url": rule.url, "status": refusal.status}
