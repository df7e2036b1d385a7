"""The register of texts; a text as a critical edition; its versions, any two compared, the concordance table."""

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from corfu.acts import telling
from corfu.acts.asking import actor_of
from corfu.negotiation import queries as processes
from corfu.negotiation.texts import asking, edition, queries, told, told_acts, told_languages
from corfu.negotiation.texts.asking import Asked, of_text
from corfu.negotiation.texts.edition import BRACKETS, READING, Edition, View
from corfu.negotiation.texts.models import Revision
from corfu.negotiation.texts.state import State

PAGE: Final = 50


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Every text there is: its title for those who may read it, for whom it is for everybody."""
    actor = actor_of(request)
    page = Paginator(queries.register(actor=actor), PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "texts",
        "lines": asking.lines(page.object_list, processes.processes(actor=actor)),
        "page": page,
        "opens": bool(actor.chairs) or actor.is_secretariat,
    }
    return render(request, "negotiation/texts/register.html", context)


@require_safe
@of_text
def text(asked: Asked) -> HttpResponse:
    """The rolling text of the version that stands."""
    return _edition(asked, asked.state(), edits=asked.negotiates)


@require_safe
@of_text
def version(asked: Asked, number: int) -> HttpResponse:
    """The rolling text of a version as it was when the next one was issued."""
    return _edition(asked, asked.state(number), tab="versions")


def _edition(asked: Asked, state: State, *, edits: bool = False, tab: str = "") -> HttpResponse:
    given = asked.request.GET
    wanting = edition.asking(state)
    how, by = given.get("view", READING), given.get("by", "")
    view = View(
        how if how == BRACKETS or how in wanting else READING,
        given.get("only") == "open",
        by if by in wanting else "",
        tuple(sorted(_behind(asked, state).items())),
        edits,
    )
    revisions = queries.revisions(asked.text)
    context = {
        "edition": _kept(state, view),
        "openness": told.openness(state.counted, _before(revisions, state.number)),
        "views": _views(asked, state, view),
        "delegations": told_acts.parties(asked.text, wanting),
        "view": view,
        "number": state.number,
        "stands": state.stands,
        "own": telling.participant(view.how).name if view.how in wanting else "",
        "at": telling.instant(state.revision.at.timestamp()),
        **telling.act_of(state.revision.place),
    }
    return asking.page(asked, "text.html", context, tab=tab)


def _behind(asked: Asked, state: State) -> dict[str, int]:
    return told_languages.behind_marks(asked.text, state, telling.language()) if state.stands else {}


def _kept(state: State, view: View) -> SafeString:
    """The edition in the page's language, made once."""
    return state.once((telling.language(), view), lambda: Edition(state, view).html())


def _before(revisions: list[Revision], number: int) -> float | None:
    """How much of the version before was open at its end."""
    found = next((one for one in revisions if one.number == number - 1), None)
    return told.share(found.counts) if found else None


def _views(asked: Asked, state: State, view: View) -> list[dict[str, Any]]:
    """The views of one address: reading, brackets, one delegation’s text."""
    wanting = edition.asking(state)
    own = asked.actor.code if asked.actor.code in wanting else None
    one = view.how if view.how in wanting else own
    named = [(READING, gettext("Reading")), (BRACKETS, gettext("Brackets"))]
    if one:
        named.append((one, gettext("Text of %(name)s") % {"name": telling.participant(one).name}))
    return [{"name": name, "url": f"?view={how}", "current": how == view.how} for how, name in named]


@require_safe
@of_text
def versions(asked: Asked) -> HttpResponse:
    """All versions, and how much was open in each."""
    revisions, now = queries.revisions(asked.text), asked.state().counted
    context = {
        "versions": told.versions(revisions, now, asked.text.slug),
        "chart": told.chart(revisions, now),
        "first": revisions[0].number,
    }
    return asking.page(asked, "versions.html", context, tab="versions")


@require_safe
@of_text
def compare(asked: Asked) -> HttpResponse:
    """Any two versions: every difference with its source and its authority."""
    revisions = queries.revisions(asked.text)
    numbers = [one.number for one in revisions]
    old, new = _asked_number(asked, "from", numbers, -2), _asked_number(asked, "to", numbers, -1)
    old, new = min(old, new), max(old, new)
    rows = asked.state().once((telling.language(), "compare", old, new), lambda: _compared(asked, old, new))
    context = {
        "numbers": numbers,
        "old": old,
        "new": new,
        "rows": rows,
        "differing": sum(row["differs"] for row in rows),
        "unaccounted": told.unaccounted(rows),
        "download": f"{reverse('texts:text', args=[asked.text.slug])}compare.docx?from={old}&to={new}",
    }
    return asking.page(asked, "compare.html", context, tab="compare")


def _compared(asked: Asked, old: int, new: int) -> list[dict[str, Any]]:
    between = queries.revisions_of(asked.text, range(old, new + 1))
    return told.compared(between[0], between[-1], between[1:], asked.text.slug)


def _asked_number(asked: Asked, name: str, numbers: list[int], place: int) -> int:
    """The version that the reader asked for; else the last two."""
    given = asked.request.GET.get(name, "")
    if not given:
        return numbers[max(place, -len(numbers))]
    number = int(given[:9]) if given.isascii() and given.isdigit() else -1
    if number not in numbers:
        raise Http404
    return number


@require_safe
@of_text
def concordance(asked: Asked, number: int) -> HttpResponse:
    """From the version before to this one: old paragraph, new paragraph, and what became of every act."""
    new = queries.revision(asked.text, number)
    if new is None:
        raise Http404
    rows = told.concordance(new, asked.state(number - 1))
    context = {"rows": rows, "old": number - 1, "new": number, **telling.act_of(new.place)}
    return asking.page(asked, "concordance.html", context, tab="versions")


urls: list[URLPattern] = [
    path("texts/", register, name="register"),
    path("texts/<slug:slug>/", text, name="text"),
    path("texts/<slug:slug>/versions/", versions, name="versions"),
    path("texts/<slug:slug>/versions/<int:number>/", version, name="version"),
    path("texts/<slug:slug>/versions/<int:number>/concordance/", concordance, name="concordance"),
    path("texts/<slug:slug>/compare/", compare, name="compare"),
]
