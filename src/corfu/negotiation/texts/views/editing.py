"""Asking for changes by typing: the words of a paragraph are edited, the amendment is derived, shown, then filed."""

from collections.abc import Sequence
from typing import Any, Final

from django.http import Http404, HttpResponse, QueryDict
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from corfu.acts import telling
from corfu.acts.asking import now_of
from corfu.acts.door import Doing, may, perform_together
from corfu.negotiation.texts import asking, documents, drafting, told_acts, told_points
from corfu.negotiation.texts.asking import Asked, of_text
from corfu.negotiation.texts.drafting import UnfitError
from corfu.negotiation.texts.state import Filed, State
from corfu.negotiation.texts.told_acts import Row
from corfu.negotiation.texts.views import amending, mine, paragraph, uploading
from corfu.wording import plain
from corfu.wording.model import Act, Insert, Kind, Paragraph
from corfu.wording.rolling import RollingParagraph, RollingText

KINDS: Final = {
    Kind.OPERATIVE: _("operative paragraph"),
    Kind.ITEM: _("item under a paragraph, as (a)"),
    Kind.PREAMBULAR: _("preambular paragraph"),
    Kind.HEADING: _("heading"),
    Kind.PLAIN: _("other"),
}
WAYS: Final = {
    "words": _("Change the words"),
    "delete": _("Delete the paragraph"),
    "move": _("Move it"),
    "reserve": _("Reserve it"),
}
RESERVATIONS: Final = {
    "general": _("in general"),
    "scrutiny": _("to study it"),
    "linked": _("until something else is settled"),
}
_either = require_http_methods(["GET", "HEAD", "POST"])


@_either
@of_text
def edit(asked: Asked, paragraph: str) -> HttpResponse:
    """Ask for a change to a paragraph, or to what another delegation wants in its place."""
    state = asked.state()
    if paragraph in state.base:
        return _Desk(asked, state, state.base[paragraph]).answer()
    new = _proposed(state, paragraph, _given(asked).get("from", ""))
    if new is None:
        raise Http404
    return _Desk(asked, state, new[1].paragraph, new[0], new[1]).answer()


@_either
@of_text
def add(asked: Asked) -> HttpResponse:
    """Ask for a new paragraph."""
    return _Desk(asked, asked.state(), None).answer()


def _given(asked: Asked) -> QueryDict:
    return asked.request.POST if asked.request.method == "POST" else asked.request.GET


def _proposed(state: State, id_: str, amendment: str) -> tuple[Filed, Insert] | None:
    """A new paragraph on the table, and the amendment that brings it: the one that is named, if several do."""
    found = [(filed, act) for filed in state.filed.values() for act in filed.acts if isinstance(act, Insert)]
    brought = [one for one in found if one[1].paragraph.id == id_]
    return next((one for one in brought if one[0].row.pk == amendment), brought[0] if brought else None)


class _Desk:
    """One form: for a paragraph of the base, for one that is only proposed (`bringing` it), or for a new one (None)."""

    def __init__(
        self,
        asked: Asked,
        state: State,
        about: Paragraph | None,
        brought: Filed | None = None,
        bringing: Insert | None = None,
    ) -> None:
        self.asked, self.state, self.about = asked, state, about
        self.bringing = bringing
        self.given = {name: str(value) for name, value in _given(asked).dict().items()}
        self.given["id"] = drafting.same_id(self.given.get("id", ""))
        self.parent = state.filed.get(self.given.get("from", "")) or brought

    def answer(self) -> HttpResponse:
        """The form, its preview, or, once the amendment is filed, the paragraph."""
        payload = {"text": self.asked.text.slug, "version": self._version()}
        if refusal := may(self.asked.actor, "amendment.file", payload, now=now_of(self.asked.request)):
            refused = asking.went(self.asked, refusal, "")
            assert isinstance(refused, dict)
            return self._page({"refusal": refused}, refused["status"])
        if self.asked.request.method != "POST":
            return self._page({}, 200)
        try:
            acts = self._acts()
        except UnfitError as error:
            return self._page({"problem": str(error)}, 400)
        if self.given.get("step") == "file" and self.given.get("seen") == drafting.digest(acts):
            return self._filed(acts)
        return self._page(self._preview(acts), 200)

    def _version(self) -> int:
        given = self.given.get("version", "")
        return int(given) if given.isdecimal() and len(given) < 10 else self.state.number

    def _acts(self) -> tuple[Act, ...]:
        if self.about is not None and self.bringing is None:
            return drafting.of_form(self.state, self.about, self.given)
        if self.bringing is None:
            return drafting.new_paragraph(self.state, self.given)
        paragraph = self.bringing.paragraph
        place = {"after": self.bringing.after or "", "kind": str(paragraph.kind)}
        acts = drafting.new_paragraph(self.state, {**self.given, **place})
        if isinstance(acts[0], Insert) and acts[0].paragraph.text == paragraph.text:
            raise UnfitError(gettext("The words are as they are proposed already: join that amendment instead."))
        return acts

    # Filing

    def _filed(self, acts: Sequence[Act]) -> HttpResponse:
        asked, value = self.asked, {"acts": list(map(plain.act_to, acts)), "note": self.given.get("note", "").strip()}
        payload: dict[str, Any] = {"text": asked.text.slug, "version": self._version()}
        if self.parent and not self._replaces():
            payload["parent"] = self.parent.row.pk
        doings = [Doing("amendment.file", payload, [documents.document(asked.text, "amendment", value)])]
        if self._replaces() and self.parent:
            old = {"text": asked.text.slug, "amendment": self.parent.row.pk}
            doings.append(Doing(f"amendment.{told_points.offered(asked.actor.code or '', self.parent)}", old))
        result = perform_together(asked.actor, doings, now=now_of(asked.request))
        answer = asking.went(asked, result, told_acts.address(asked.text, self._at(acts)))
        if isinstance(answer, HttpResponse):
            return answer
        return self._page({**self._preview(acts), "refusal": answer}, answer["status"])

    def _at(self, acts: Sequence[Act]) -> str:
        return next((one.paragraph.id for one in acts if isinstance(one, Insert)), self.about.id if self.about else "")

    def _mine(self) -> bool:
        """Whether what is gone on from is the reader's own."""
        return self.parent is not None and self.asked.actor.code in self.parent.current

    def _replaces(self) -> bool:
        return self._mine() and bool(self.given.get("replaces"))

    # Showing

    def _page(self, more: Row, status: int) -> HttpResponse:
        context = {**self._head(), **self._form(), **self._choices(), **more}
        return asking.page(self.asked, "edit.html", context, status=status)

    def _head(self) -> Row:
        name = told_acts.named(self.state, self.about.id) if self.about and not self.bringing else ""
        parent = self.parent
        return {
            "name": name[:1].upper() + name[1:],
            "new": self.about is None or self.bringing is not None,
            "adds": self.about is None,
            "back": told_acts.address(self.asked.text, self.about.id) if self.about else "",
            "parent": {
                "author": telling.participant(parent.row.author).name,
                "url": reverse("texts:amendment", args=[self.asked.text.slug, parent.row.pk]),
                "mine": self._mine(),
            }
            if parent
            else {},
            "own": self._own(),
            "seen_by": asking.layer_name(self.asked.text.layer),
        }

    def _own(self) -> list[Row]:
        """What the reader asks of this paragraph already, besides what it goes on from."""
        if self.about is None:
            return []
        mine = [one for one in self.state.of(self.asked.actor.code) if one is not self.parent]
        here = [one for one in mine if any(getattr(act, "paragraph", "") == self.about.id for act in one.acts)]
        return [
            {"url": reverse("texts:amendment", args=[self.asked.text.slug, one.row.pk]), "act": one.row.place}
            for one in here
        ]

    def _form(self) -> Row:
        """What stands in the fields: what was typed, else the words as they stand or as another delegation has them."""
        given = self.given
        kind = self.state.base[given["after"]].kind if given.get("after") in self.state.base else Kind.OPERATIVE
        return {
            "version": self._version(),
            "from": self.parent.row.pk if self.parent else "",
            "words": given.get("words", self._words()),
            "what": given.get("what", "words"),
            "after": given.get("after", ""),
            "kind": given.get("kind", str(kind if kind in KINDS else Kind.OPERATIVE)),
            "reservation": given.get("reservation", "general"),
            "on": given.get("on", ""),
            "note": given.get("note", ""),
            "replaces": bool(given.get("replaces")) if self.asked.request.method == "POST" else True,
            "id": given["id"],
        }

    def _words(self) -> str:
        if self.about is None:
            return ""
        if self.parent is None or self.bringing is not None:
            return self.about.text.strip()
        return drafting.variant(self.state, self.about, self.parent.row.pk).strip()

    def _choices(self) -> Row:
        places = [(id_, told_acts.after(self.state, id_)) for id_ in self.state.base]
        return {
            "ways": list(WAYS.items()),
            "kinds": list(KINDS.items()),
            "reservations": list(RESERVATIONS.items()),
            "places": [("", told_acts.after(self.state, None)), *places],
        }

    def _preview(self, acts: Sequence[Act]) -> Row:
        without = self.parent.row.pk if self.parent and self._replaces() else ""
        rolling = drafting.with_acts(self.state, self.asked.actor.code or "", acts, without)
        return {
            "preview": {
                "acts": told_acts.acts(acts, self.state),
                "seen": drafting.digest(acts),
                "rolling": [self._rolled(rolling, one) for one in _about(rolling, self._at(acts))],
            }
        }

    def _rolled(self, rolling: RollingText, one: RollingParagraph) -> Row:
        """A paragraph as it would stand in the rolling text."""
        found = [point for point in told_points.all_points(rolling) if point.paragraph == one.paragraph.id]
        return {
            "label": "" if one.paragraph.text.startswith(one.label) else one.label,
            "words": told_points.words(one),
            "deleted": bool(one.delete),
            "points": [
                {"title": told_points.title(point), "variants": told_points.variants(self.state, point)}
                for point in found
            ],
            "reservations": [
                {
                    "text": told_acts.reservation(reserved),
                    "parties": told_acts.parties(self.state.text, reserved.support.by),
                }
                for reserved in one.reserved
            ],
        }


def _about(rolling: RollingText, id_: str) -> list[RollingParagraph]:
    return [one for one in rolling.paragraphs if id_ in {one.paragraph.id, *(new for _, new in one.brought)}]


_PARAGRAPH: Final = "texts/<slug:slug>/paragraphs/<str:paragraph>/"
_AMENDMENT: Final = "texts/<slug:slug>/amendments/<str:id_>/"
urls: list[URLPattern] = [
    path(_PARAGRAPH, paragraph.paragraph, name="paragraph"),
    path(f"{_PARAGRAPH}edit/", edit, name="edit"),
    path("texts/<slug:slug>/add/", add, name="add"),
    path("texts/<slug:slug>/upload/", uploading.upload, name="upload"),
    path("texts/<slug:slug>/amendments/", amending.amendments, name="amendments"),
    path(_AMENDMENT, amending.amendment, name="amendment"),
    path(f"{_AMENDMENT}confirm/", amending.confirm, name="confirm"),
    path("texts/<slug:slug>/act/", amending.act, name="act"),
    path("texts/<slug:slug>/mine/", mine.mine, name="mine"),
]
