"""Asking for changes by a Word file with tracked changes: what was understood is shown, then filed, all or nothing."""

import json
from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from corfu.acts.asking import now_of
from corfu.acts.door import Doing, may, perform_together
from corfu.acts.refusals import Refusal
from corfu.formats.compilation import Returned
from corfu.formats.errors import BadInput
from corfu.formats.word.findings import Finding
from corfu.formats.word.package import LARGEST_FILE
from corfu.formats.word.returned import returned
from corfu.formats.word.views import read
from corfu.negotiation.texts import asking, documents, drafting, rules, told_acts, told_files
from corfu.negotiation.texts.asking import Asked, of_text
from corfu.negotiation.texts.state import State
from corfu.negotiation.texts.told_acts import Row
from corfu.wording import plain
from corfu.wording.model import Act
from corfu.wording.plain import UnreadableError

_MOST: Final = 1_000
"""Amendments that one file may make."""
_Groups = list[tuple[Act, ...]]


@require_http_methods(["GET", "HEAD", "POST"])
@of_text
def upload(asked: Asked) -> HttpResponse:
    """Choose a file, look at what was understood, file it."""
    state = asked.state()
    posted = asked.request.method == "POST"
    payload = {"text": asked.text.slug, "version": _number(asked) if posted else state.number}
    if refusal := may(asked.actor, "amendment.file", payload, now=now_of(asked.request)):
        return _refused(asked, refusal)
    if not posted:
        return _page(asked, {})
    return _filed(asked, state) if "acts" in asked.request.POST else _understood(asked, state)


def _number(asked: Asked) -> int:
    given = asked.request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0


def _page(asked: Asked, more: Row, status: int = 200) -> HttpResponse:
    url = reverse("texts:upload", args=[asked.text.slug])
    context = {"version": asked.text.number, "url": url, "seen_by": asking.layer_name(asked.text.layer), **more}
    return asking.page(asked, "upload.html", context, status=status)


def _refused(asked: Asked, refusal: Refusal, more: Row | None = None) -> HttpResponse:
    answer = asking.went(asked, refusal, "")
    assert isinstance(answer, dict)
    return _page(asked, {**(more or {}), "refusal": answer}, answer["status"])


# What the file says


def _understood(asked: Asked, state: State) -> HttpResponse:
    file = asked.request.FILES.get("file")
    if file is None or not file.name:
        return _page(asked, {"problem": gettext("Choose a Word file.")}, 400)
    if (file.size or 0) > LARGEST_FILE:
        return _page(
            asked, {"problem": gettext("The file is larger than 200 MB: send the text without pictures.")}, 400
        )
    try:
        found = returned(read(file.read(), file.name), state.paragraphs, asked.actor.code or "", state.number)
    except BadInput as error:
        return _page(asked, {"problem": told_files.sentence(error)}, 400)
    acts = drafting.seen(found.amendment.acts, state) if found.amendment else ()
    if why := next(filter(None, map(drafting.unfit, acts)), ""):
        return _page(asked, {"problem": why}, 400)
    groups = drafting.by_paragraph(acts)
    fresh = [group for group in groups if not _filed_already(asked, state, [group])]
    if not fresh and (refusal := _filed_already(asked, state, groups)):
        return _refused(asked, refusal)
    return _page(asked, _told(state, found, fresh) | {"repeated": len(groups) - len(fresh)})


def _filed_already(asked: Asked, state: State, groups: Sequence[Sequence[Act]]) -> Refusal | None:
    """What a file asks that its delegation has asked already: files that come twice are filed once."""
    own = [one for one in state.of(asked.actor.code) if one.row.author == asked.actor.code]
    twin = next((one for one in own for group in groups if drafting.alike(one.acts, group)), None)
    if twin is None:
        return None
    facts = {"act": str(twin.row.place)}
    sentence = _("You have filed this already, or a part of it: it is act %(act)s of the record. Nothing was done.")
    return Refusal("amendment.filed", "house.once", sentence, facts)


def _told(state: State, found: Returned, groups: Sequence[Sequence[Act]]) -> Row:
    return {
        "file": found.file,
        "groups": [told_acts.acts(group, state) for group in groups],
        "untracked": [
            {
                "name": told_acts.named(state, one.paragraph),
                "old": told_acts.shown(one.old),
                "new": told_acts.shown(one.new),
            }
            for one in found.untracked
        ],
        "typographic": [told_files.sentence(one) for one in found.not_understood if not isinstance(one, Finding)],
        "not_understood": [told_files.sentence(one) for one in found.not_understood if isinstance(one, Finding)],
        "comments": found.comments,
        "read": True,
        "acts": json.dumps([list(map(plain.act_to, group)) for group in groups], ensure_ascii=True) if groups else "",
    }


# Filing it


def _filed(asked: Asked, state: State) -> HttpResponse:
    note = asked.request.POST.get("note", "").strip()
    kept: Row = {"acts": asked.request.POST["acts"], "note": note, "read": True}
    try:
        groups = _groups(kept["acts"])
    except UnreadableError as error:
        return _refused(asked, rules.unreadable(error))
    kept["groups"] = [told_acts.acts(group, state) for group in groups]
    result = _filed_already(asked, state, groups) or perform_together(
        asked.actor, [_doing(asked, group, note) for group in groups], now=now_of(asked.request)
    )
    answer = asking.went(asked, result, reverse("texts:mine", args=[asked.text.slug]))
    return answer if isinstance(answer, HttpResponse) else _page(asked, {**kept, "refusal": answer}, answer["status"])


def _groups(given: str) -> _Groups:
    """The acts that the form brings back, read as whatever comes from outside: the rules check them again."""
    try:
        value: Any = json.loads(given)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, list) or not 0 < len(value) <= _MOST:
        raise UnreadableError("the acts of a file came back in a form that cannot be read: upload it again")
    return [plain.acts_from(one) for one in value]


def _doing(asked: Asked, acts: Sequence[Act], note: str) -> Doing:
    value = {"acts": list(map(plain.act_to, acts)), "note": note}
    payload = {"text": asked.text.slug, "version": _number(asked)}
    return Doing("amendment.file", payload, [documents.document(asked.text, "amendment", value)])
