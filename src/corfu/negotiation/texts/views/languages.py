"""A text in its languages: side by side, what is behind, what a translator has to do."""

from collections.abc import Iterator
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from corfu.acts import telling, writer
from corfu.acts.asking import now_of
from corfu.acts.door import Done, may, perform
from corfu.acts.refusals import Refusal
from corfu.negotiation.texts import asking, delivering, documents, queries, rules, told_acts, told_languages
from corfu.negotiation.texts.asking import Asked, of_text
from corfu.negotiation.texts.delivering import Given, Shelf
from corfu.negotiation.texts.language_acts import standings_of
from corfu.negotiation.texts.state import State

Row = dict[str, Any]
_EMPTIED: Final = _("An emptied field changes nothing: the translation stands as it was.")


@require_safe
@of_text
def languages(asked: Asked) -> HttpResponse:
    """Each language: complete or not, its standing, by whom."""
    rows = told_languages.overview(asked.text, asked.state())
    context = {"rows": rows, "original": told_languages.name(asked.text.lang)}
    return asking.page(asked, "languages.html", context, tab="languages")


@require_safe
@of_text
def language(asked: Asked, lang: str) -> HttpResponse:
    """Original and translation side by side; with `todo`, only what a translator has to do."""
    if lang == asked.text.lang:
        return redirect("texts:text", asked.text.slug)
    return _side_by_side(asked, lang)


def _side_by_side(asked: Asked, lang: str, refusal: Row | None = None) -> HttpResponse:
    state = asked.state()
    if lang not in told_languages.offered(asked.text):
        raise Http404
    todo = asked.request.GET.get("todo") == "1"
    queue, beside = state.once(
        (telling.language(), "beside", lang, todo), lambda: _beside(asked, state, _shelf(asked, lang), todo=todo)
    )
    context = {
        **_named(asked, lang),
        "beside": beside,
        "queue": queue,
        "todo": todo,
        "delivers": bool(standings_of(asked.actor)),
        "refusal": refusal,
    }
    return asking.page(asked, "language.html", context, tab="languages", status=refusal["status"] if refusal else 200)


def _shelf(asked: Asked, lang: str, seen: int | None = None) -> Shelf:
    if lang not in told_languages.offered(asked.text):
        raise Http404
    return Shelf.of(asked.text, lang, seen)


def _rows(asked: Asked, state: State, shelf: Shelf) -> list[Row]:
    """A row for each paragraph, `shown` being the original's cell; made once for what stands in both languages."""
    key = (telling.language(), "rows", shelf.lang, shelf.latest)
    kept = state.once(key, lambda: list(_made(asked, state, shelf)))
    return [dict(row) for row in kept]


def _made(asked: Asked, state: State, shelf: Shelf) -> Iterator[Row]:
    late = told_languages.late_versions(state, shelf.now)
    followed = {one.number: one for one in queries.revisions_of(asked.text, late)} if late else {}
    for row in told_languages.side_by_side(state, shelf.now, followed):
        given = {"row": row, "lang": asked.text.lang}
        yield row | {"shown": render_to_string("negotiation/texts/original.html", given)}


def _beside(asked: Asked, state: State, shelf: Shelf, *, todo: bool) -> tuple[Row, SafeString]:
    """What is to be done, and the table, which says the same to every reader."""
    rows = _rows(asked, state, shelf)
    shown = [row for row in rows if row["to_do"]] if todo else rows
    given = _named(asked, shelf.lang) | {"rows": shown, "todo": todo}
    table = render_to_string("negotiation/texts/beside.html", given) if shown else SafeString()
    return told_languages.queue(rows), table


def _named(asked: Asked, lang: str) -> Row:
    slug = asked.text.slug
    return {
        "lang": lang,
        "language": told_languages.name(lang),
        "original": told_languages.name(asked.text.lang),
        "url": reverse("texts:language", args=[slug, lang]),
        "deliver_url": reverse("texts:deliver", args=[slug, lang]),
        "file_url": f"{reverse('texts:base', args=[slug])}?lang={lang}",
    }


# Delivering


@require_http_methods(["GET", "HEAD", "POST"])
@of_text
def deliver(asked: Asked, lang: str) -> HttpResponse:
    """Fields to write in, what would be delivered, and the act."""
    post, state = asked.request.POST, asked.state()
    shelf = _shelf(asked, lang, _number(post.get("seen")))
    if asked.request.method != "POST" and standings_of(asked.actor):
        return _fields(asked, state, shelf, Given())
    if refusal := may(asked.actor, "language.deliver", _payload(asked, lang, state.number), now=now_of(asked.request)):
        return _side_by_side(asked, lang, _refused(asked, refusal))
    return _STEPS.get(post.get("step", ""), _preview)(asked, state, shelf)


def _number(given: str | None) -> int | None:
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 16 else None


def _payload(asked: Asked, lang: str, number: int) -> Row:
    offered = standings_of(asked.actor) or ("courtesy",)
    chosen = asked.request.POST.get("standing", "")
    standing = chosen if chosen in offered else offered[0]
    return {"text": asked.text.slug, "lang": lang, "standing": standing, "follows": number}


def _refused(asked: Asked, refusal: Refusal) -> Row:
    made = asking.went(asked, refusal, "")
    assert isinstance(made, dict)
    return made


def _fields(asked: Asked, state: State, shelf: Shelf, given: Given, refusal: Row | None = None) -> HttpResponse:
    """A field for each paragraph; with `todo`, for those that are missing or behind."""
    rows = _rows(asked, state, shelf)
    todo = asked.request.GET.get("todo") == "1"
    shown = [row for row in rows if not todo or row["to_do"] or row["id"] in given.typed]
    for row in shown:
        row["field"] = told_acts.shown(given.typed.get(row["id"], row["translation"]))
    context = {"rows": shown, "todo": todo, "queue": told_languages.queue(rows)}
    return _delivering(asked, "deliver.html", state, shelf, context, refusal)


def _preview(asked: Asked, state: State, shelf: Shelf) -> HttpResponse:
    return _show(asked, state, shelf, delivering.from_fields(asked.request.POST, state))


def _upload(asked: Asked, state: State, shelf: Shelf) -> HttpResponse:
    """What was understood in a file, before anything is delivered."""
    file = asked.request.FILES.get("file")
    if file is None or file.size is None:
        return _fields(asked, state, shelf, Given(), _unfit(asked, gettext("Choose a Word file first.")))
    data = file.read(delivering.LARGEST + 1)
    given = delivering.from_file(data, (file.name or "file.docx")[:120], state)
    if isinstance(given, str):
        return _fields(asked, state, shelf, Given(), _unfit(asked, given))
    return _show(asked, state, shelf, given)


def _unfit(asked: Asked, why: str) -> Row:
    return _refused(asked, Refusal("translation.file", "house.form", why.replace("%", "%%"), status=400))


def _edit(asked: Asked, state: State, shelf: Shelf) -> HttpResponse:
    return _fields(asked, state, shelf, delivering.from_fields(asked.request.POST, state))


def _show(asked: Asked, state: State, shelf: Shelf, given: Given, refusal: Row | None = None) -> HttpResponse:
    """What would be delivered, against what stands; and what is behind and was left as it is."""
    if why := delivering.fault(given, state):
        return _fields(asked, state, shelf, given, _unfit(asked, why))
    changed = given.changed(shelf)
    rows = _rows(asked, state, shelf)
    late = [row | {"holds": row["id"] in given.holds} for row in rows if row["behind"] and row["id"] not in changed]
    if not changed and not late:
        sentence = _EMPTIED if given.emptied(shelf) else _("Nothing differs from what stands already.")
        nothing = Refusal("translation.empty", "house.form", sentence, status=400)
        return _fields(asked, state, shelf, given, refusal or _refused(asked, nothing))
    for row in rows:
        row["pieces"] = told_acts.marks(row["translation"], told_acts.shown(changed.get(row["id"], "")))
        row["field"] = told_acts.shown(changed.get(row["id"], ""))
    context = {
        "rows": [row for row in rows if row["id"] in changed],
        "late": late,
        "notes": [*given.notes, *([_EMPTIED] if given.emptied(shelf) else ())],
        "standing": _payload(asked, shelf.lang, state.number)["standing"],
        "readers": asking.layer_name(asked.text.layer),
    }
    return _delivering(asked, "deliver_preview.html", state, shelf, context, refusal)


def _delivering(
    asked: Asked, template: str, state: State, shelf: Shelf, context: Row, refusal: Row | None
) -> HttpResponse:
    common = {
        **_named(asked, shelf.lang),
        "number": state.number,
        "seen": shelf.latest,
        "standings": [{"id": one, "name": told_languages.STANDINGS[one]} for one in standings_of(asked.actor)],
        "refusal": refusal,
    }
    status = refusal["status"] if refusal else 200
    return asking.page(asked, template, common | context, tab="languages", status=status)


def _deliver(asked: Asked, state: State, shelf: Shelf) -> HttpResponse:
    given = delivering.from_fields(asked.request.POST, state)
    if delivering.fault(given, state):
        return _show(asked, state, shelf, given)
    with writer.DOOR:  # of two who deliver at once, the later one is shown what the other did
        shelf = Shelf.of(asked.text, shelf.lang, shelf.seen)
        result = _crossed(asked, given, shelf) or _perform(asked, state, shelf, given)
    made = asking.went(asked, result, reverse("texts:language", args=[asked.text.slug, shelf.lang]))
    return made if isinstance(made, HttpResponse) else _show(asked, state, shelf, given, made)


def _perform(asked: Asked, state: State, shelf: Shelf, given: Given) -> Done | Refusal:
    value = {"paragraphs": given.delivered(shelf)}
    document = documents.document(asked.text, "translation", value, shelf.lang)
    payload = _payload(asked, shelf.lang, state.number)
    return perform(asked.actor, "language.deliver", payload, now=now_of(asked.request), documents=[document])


def _crossed(asked: Asked, given: Given, shelf: Shelf) -> Refusal | None:
    """Whether the text, or these paragraphs, became others since the giver looked."""
    if refusal := rules.standing_version(asked.text, _number(asked.request.POST.get("version")) or 0):
        return refusal
    if given.repeats(shelf):
        return Refusal("translation.done", "house.once", _("This was delivered already: it stands as you wrote it."))
    if not given.crossed(shelf):
        return None
    by = {telling.participant(shelf.now[id_].author).name for id_ in given.crossed(shelf)}
    sentence = _("%(who)s delivered some of these paragraphs since you looked: compare both, and send yours again.")
    return Refusal("translation.crossed", "house.text", sentence, {"who": ", ".join(sorted(by))})


_STEPS = {"edit": _edit, "upload": _upload, "deliver": _deliver}

urls: list[URLPattern] = [
    path("texts/<slug:slug>/languages/", languages, name="languages"),
    path("texts/<slug:slug>/languages/<str:lang>/", language, name="language"),
    path("texts/<slug:slug>/languages/<str:lang>/deliver/", deliver, name="deliver"),
]
