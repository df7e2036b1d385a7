"""A paragraph under its permanent address: what is open about it, who wants what, and its history."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from corfu.acts import telling
from corfu.negotiation.texts import asking, queries, told_acts, told_history, told_points
from corfu.negotiation.texts.asking import Asked, of_text
from corfu.negotiation.texts.models import Standing
from corfu.negotiation.texts.state import State
from corfu.negotiation.texts.told_acts import Row
from corfu.negotiation.texts.told_points import Reader
from corfu.wording import plain
from corfu.wording.model import Insert, Paragraph
from corfu.wording.rolling import RollingParagraph


@require_safe
@of_text
def paragraph(asked: Asked, paragraph: str) -> HttpResponse:
    """One paragraph: standing, proposed, or gone."""
    return show(asked, paragraph)


def show(asked: Asked, id_: str, refusal: Row | None = None, typed: dict[str, Row] | None = None) -> HttpResponse:
    """The page, also after an act was refused: with what was typed into its form."""
    state = asked.state()
    found = _found(state, id_)
    reader = Reader(state, (asked.actor.code or "") if asked.negotiates else "", typed or {})
    if found is not None:
        context = _standing(reader, found) | {"refusal": refusal}
        return asking.page(asked, "paragraph.html", context, status=refusal["status"] if refusal else 200)
    if id_ in state.revision.since:
        context = _head(state, None, id_) | {"history": told_history.history(state, id_)}
        return asking.page(asked, "paragraph.html", context)
    return _not_taken(asked, state, id_)


def _found(state: State, id_: str) -> RollingParagraph | None:
    """The paragraph in the rolling text: of the base, or a new one that somebody asks for."""
    for one in state.rolling.paragraphs:
        if not one.inserted and one.paragraph.id == id_:
            return one
        if one.inserted and one.moved_from is None and id_ in _ids(one):
            return one
    return None


def _ids(one: RollingParagraph) -> set[str]:
    return {one.paragraph.id, *(id_ for _, id_ in one.brought)}


def _head(state: State, found: RollingParagraph | None, id_: str) -> Row:
    name = told_acts.named(state, id_)
    if found is not None and found.inserted:
        name = gettext("new paragraph %(label)s") % {"label": found.label} if found.label else gettext("new paragraph")
    return {
        "name": told_acts.capital(name),
        "id": id_,
        "gone": found is None,
        "new": found is not None and bool(found.inserted),
        "url": told_acts.address(state.text, id_),
        "around": _around(state, id_),
        "version": state.number,
    }


def _around(state: State, id_: str) -> list[Row]:
    """The paragraphs before and after, in the base."""
    ids = list(state.base)
    at = ids.index(id_) if id_ in state.base else None
    if at is None:
        return []
    near = [("prev", at - 1), ("next", at + 1)]
    return [
        {"rel": rel, "name": told_acts.named(state, ids[n]), "url": told_acts.address(state.text, ids[n])}
        for rel, n in near
        if 0 <= n < len(ids)
    ]


def _standing(reader: Reader, found: RollingParagraph) -> Row:
    state, id_ = reader.state, found.paragraph.id
    mine = [one for one in state.points if one.paragraph == id_]
    return {
        **_head(state, found, id_),
        "no": "" if _typed(found.paragraph, found.label) else found.label,
        "words": told_points.words(found),
        "deleted": bool(found.delete),
        "points": told_points.points(reader, mine),
        "renew": told_points.to_renew(state, id_),
        "reservations": told_points.reservations(reader, found),
        "proposed": _proposed(state, id_),
        "history": [] if found.inserted else told_history.history(state, id_),
        "renderings": told_history.languages(state, queries.translations_of(state.text, id_)),
        "seen_by": asking.layer_name(state.text.layer),
        "acts_url": reverse("texts:act", args=[state.text.slug]),
        "edit_url": reverse("texts:edit", args=[state.text.slug, id_]),
        "add_url": f"{reverse('texts:add', args=[state.text.slug])}?after={id_}",
    }


def _typed(paragraph: Paragraph, label: str) -> bool:
    """Whether the label is part of the words: then it must not stand beside them as well."""
    return bool(label) and paragraph.text.startswith(label)


def _proposed(state: State, id_: str) -> list[Row]:
    """New paragraphs that are asked for right after this one."""
    found: list[Row] = []
    here = False
    for one in state.rolling.paragraphs:
        if not one.inserted:
            here = one.paragraph.id == id_
        elif here and one.moved_from is None:
            url = told_acts.address(state.text, one.paragraph.id)
            parties = told_acts.parties(state.text, one.inserted.by)
            found.append({"label": one.label, "text": one.paragraph.text, "parties": parties, "url": url})
    return found


def _not_taken(asked: Asked, state: State, id_: str) -> HttpResponse:
    """A new paragraph that was asked for and is on the table no more: taken under another's id, or not at all."""
    standing = queries.brought(asked.text, id_)
    at = _at(standing, id_) if standing else None
    if standing is None or at is None:
        raise Http404
    outcome: dict[str, Any] = standing.outcomes[at] if at < len(standing.outcomes) else {}
    other = outcome.get("paragraph", id_)
    if other != id_ and other in state.revision.since:
        return redirect(told_acts.address(asked.text, other))
    amendment = standing.amendment
    context = {
        **_head(state, None, id_),
        "name": gettext("New paragraph that was not taken"),
        "lapsed": {
            "text": standing.acts[at]["paragraph"]["text"],
            "author": telling.participant(amendment.author).name,
            "number": standing.number,
            "url": reverse("texts:amendment", args=[asked.text.slug, amendment.pk]),
        },
    }
    return asking.page(asked, "paragraph.html", context)


def _at(standing: Standing, id_: str) -> int | None:
    """Which act of a standing brings the new paragraph."""
    acts = plain.acts_from(standing.acts) if standing.acts else ()
    return next((n for n, one in enumerate(acts) if isinstance(one, Insert) and one.paragraph.id == id_), None)
