"""Opening a text: from a Word file or by typing, looked at before it comes on the table."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from corfu.acts import naming, telling
from corfu.acts.actor import Actor
from corfu.acts.asking import actor_of, now_of
from corfu.acts.door import perform
from corfu.acts.fields import LANGUAGES, instant
from corfu.formats.errors import BadInput
from corfu.formats.word.round import read_base
from corfu.meetings.acts import is_chair
from corfu.negotiation import queries as processes
from corfu.negotiation.models import Process
from corfu.negotiation.texts import documents, told_files
from corfu.negotiation.texts.asking import LAYERS, went
from corfu.negotiation.texts.given_words import fault, visible
from corfu.wording import plain
from corfu.wording.labels import kinds, typed_label
from corfu.wording.model import Kind, Paragraph

KINDS: Final = {
    Kind.TITLE: _("Title"),
    Kind.HEADING: _("Heading"),
    Kind.PREAMBULAR: _("Preambular paragraph"),
    Kind.OPERATIVE: _("Operative paragraph"),
    Kind.ITEM: _("Item of a list"),
    Kind.PLAIN: _("Plain paragraph"),
}
_NAMES: Final = {"en": "English", "fr": "Français", "de": "Deutsch", "it": "Italiano", "ru": "Русский", "es": "Español"}
_FIELDS: Final = (
    "process", "symbol", "slug", "kind", "lang", "layer", "reason", "opens", "number", "until", "title", "typed",
)  # fmt: skip


@dataclass
class Draft:
    """A text that is to be opened. `given`: the fields as they were typed. `faults`: what must be mended, by field."""

    given: dict[str, str]
    process: Process | None = None
    paragraphs: Sequence[Paragraph] = ()
    faults: dict[str, str] = field(default_factory=dict)


@require_http_methods(["GET", "HEAD", "POST"])
def open_text(request: HttpRequest) -> HttpResponse:
    """The form; what was understood of the file or the lines; and, with that looked at, the text on the table."""
    actor = actor_of(request)
    if not (actor.chairs or actor.is_secretariat):
        raise PermissionDenied
    chaired = [one for one in processes.processes(actor=actor) if is_chair(actor, one.body) and one.closed is None]
    if request.method != "POST":
        first = {"lang": telling.language(), "layer": "states", "number": "1"}
        return _form(request, Draft(first | {"process": request.GET.get("process", "")}), chaired)
    draft = _read(request, chaired)
    if draft.faults or request.POST.get("action") == "back":
        return _form(request, draft, chaired, status=400 if draft.faults else 200)
    if request.POST.get("action") != "open":
        return _preview(request, draft)
    return _open(request, actor, draft)


# What was sent


def _read(request: HttpRequest, chaired: Sequence[Process]) -> Draft:
    given = {name: request.POST.get(name, "").strip() for name in _FIELDS}
    draft = Draft(given, next((one for one in chaired if one.slug == given["process"]), None))
    given["slug"] = given["slug"] or _slug(given["symbol"])
    _read_paragraphs(request, draft)
    for name, sentence in _missing(draft):
        draft.faults.setdefault(name, sentence)
    return draft


def _slug(symbol: str) -> str:
    """A name for addresses from a symbol: "PC.DD/7" gives "pc.dd-7"."""
    return re.sub(r"[^a-z0-9.]+", "-", symbol.lower()).strip("-.")[:64]


def _missing(draft: Draft) -> list[tuple[str, str]]:
    """What else must be there before a text can be looked at; the rules say the rest."""
    given = draft.given
    found: list[tuple[str, str]] = []
    if draft.process is None:
        found.append(("process", gettext("Choose the process in which the text is negotiated.")))
    if not given["symbol"]:
        found.append(("symbol", gettext("Give the text its symbol.")))
    if given["layer"] != "public" and not given["reason"]:
        found.append(("reason", gettext("Say why this text is not public.")))
    if not (given["number"].isdecimal() and 0 < int(given["number"][:5]) < 1_000):
        found.append(("number", gettext("Give the number of the version, from 1.")))
    if given["until"] and _instant(given["until"]) is None:
        found.append(("until", gettext("Give a day and a time, in UTC.")))
    if draft.paragraphs and not given["title"]:
        found.append(("title", gettext("Give the text a title.")))
    return found


def _instant(given: str) -> str | None:
    try:
        return instant(datetime.fromisoformat(given).replace(tzinfo=UTC))
    except ValueError:
        return None


def _read_paragraphs(request: HttpRequest, draft: Draft) -> None:
    """The paragraphs: those that were looked at, else those of the file, else the lines that were typed."""
    file = request.FILES.get("file")
    if "paragraphs" in request.POST:
        draft.paragraphs = _looked_at(request)
    elif file is not None:
        try:
            found = read_base((file.name or "", file.read))
        except BadInput as error:
            draft.faults["file"] = told_files.sentence(error)
            return
        draft.paragraphs = [one for one in (replace(one, text=visible(one.text)) for one in found) if one.text]
        title = next((one.text for one in draft.paragraphs if one.kind is Kind.TITLE), "")
        draft.given["title"] = draft.given["title"] or title or Path(file.name or "").stem
    elif draft.given["typed"]:
        draft.paragraphs = _typed(draft.given["title"], draft.given["typed"])
    if not draft.paragraphs:
        draft.faults["file"] = gettext("Choose a Word file, or type the text.")
    elif why := next(filter(None, (fault(one.text) for one in draft.paragraphs)), ""):
        draft.faults["file"] = why


def _looked_at(request: HttpRequest) -> Sequence[Paragraph]:
    """The paragraphs that the preview showed, each as the kind that was chosen for it there."""
    try:
        found = plain.paragraphs_from(json.loads(request.POST["paragraphs"]))
    except (ValueError, RecursionError):
        return ()
    chosen = [request.POST.get(f"kind-{one.id}", "") for one in found]
    pairs = zip(found, chosen, strict=True)
    return [replace(one, kind=Kind(kind)) if kind in set(Kind) else one for one, kind in pairs]


def _typed(title: str, typed: str) -> list[Paragraph]:
    """The title and one paragraph a line, ids as a file's paragraphs have them."""
    lines = [line for line in (visible(line).strip() for line in (title, *typed.splitlines())) if line]
    found = kinds((line, "", bool(title) and n == 0, False, 0) for n, line in enumerate(lines))
    rows = enumerate(zip(lines, found, strict=True), start=1)
    return [Paragraph(f"p{n}", line, kind) for n, (line, kind) in rows]


# The act


def _open(request: HttpRequest, actor: Actor, draft: Draft) -> HttpResponse:
    """Open it; where that is refused, the preview again with the reason."""
    payload, given, process = _payload(draft), draft.given, draft.process
    assert process is not None
    value = {
        "title": {given["lang"]: given["title"]},
        "paragraphs": list(map(plain.paragraph_to, draft.paragraphs)),
    }
    document = documents.written("text", given["layer"], given["lang"], value)
    result = perform(actor, "text.open", payload, now=now_of(request), documents=[document])
    answer = went(request, result, telling.address(f"texts/{payload['slug']}/"))
    return answer if isinstance(answer, HttpResponse) else _preview(request, draft, answer)


def _payload(draft: Draft) -> dict[str, Any]:
    given, process = draft.given, draft.process
    assert process is not None
    payload: dict[str, Any] = {name: given[name] for name in ("slug", "symbol", "kind", "lang", "layer")}
    payload |= {"process": process.slug, "organisation": process.organisation, "body": process.body}
    payload["number"] = int(given["number"])
    payload |= {name: given[name] for name in ("reason", "opens") if given[name]}
    return payload | ({"until": _instant(given["until"])} if given["until"] else {})


# The pages


def _form(request: HttpRequest, draft: Draft, chaired: Sequence[Process], status: int = 200) -> HttpResponse:
    context = {
        "section": "texts",
        "given": draft.given,
        "faults": draft.faults,
        "processes": [{"id": one.slug, "name": telling.words(one).text} for one in chaired],
        "kinds": _kinds(chaired),
        "in_languages": [{"id": id_, "name": _NAMES[id_]} for id_ in LANGUAGES],
        "layers": [{"id": id_, "name": name} for id_, name in _layers(actor_of(request)).items()],
    }
    return render(request, "negotiation/texts/open.html", context, status=status)


def _kinds(chaired: Sequence[Process]) -> list[dict[str, str]]:
    """The kinds of texts that the organisations of these processes know."""
    found: dict[str, str] = {}
    for organisation in sorted({one.organisation for one in chaired} or {telling.house().id}):
        labels = telling.profile(organisation).labels
        known = {id_: name for id_, name in labels.items() if id_.startswith("text.")}
        found |= {id_.removeprefix("text."): telling.text(name).text for id_, name in known.items()}
    return [{"id": id_, "name": name} for id_, name in found.items()]


def _layers(actor: Actor) -> dict[str, str]:
    """For whom the actor may open a text: everybody, those who take part, States, groups that it is in."""
    named = {id_: str(name) for id_, name in LAYERS.items() if id_ in actor.layers}
    groups = sorted(one for one in actor.layers if one.startswith("group:"))
    return named | {id_: gettext("the group “%(name)s”") % {"name": id_.removeprefix("group:")} for id_ in groups}


def _preview(request: HttpRequest, draft: Draft, refusal: dict[str, Any] | None = None) -> HttpResponse:
    """The paragraphs as they were understood; kinds can be mended here."""
    given = draft.given
    context = {
        "section": "texts",
        "given": {name: value for name, value in given.items() if name != "typed"},
        "kept": [(name, given[name]) for name in _FIELDS],
        "layer": _layers(actor_of(request)).get(given["layer"], given["layer"]),
        "paragraphs": [_shown(one) for one in draft.paragraphs],
        "kinds": [{"id": str(id_), "name": str(name)} for id_, name in KINDS.items()],
        "json": json.dumps(list(map(plain.paragraph_to, draft.paragraphs)), ensure_ascii=False),
        "rules": naming.rules("text.open"),
        "refusal": refusal,
    }
    status = refusal["status"] if refusal else 200
    return render(request, "negotiation/texts/preview.html", context, status=status)


def _shown(paragraph: Paragraph) -> dict[str, str]:
    label = "" if typed_label(paragraph.text)[0] else paragraph.label
    return {"id": paragraph.id, "label": label, "text": paragraph.text, "kind": str(paragraph.kind)}


urls: list[URLPattern] = [path("texts/open/", open_text, name="open")]
