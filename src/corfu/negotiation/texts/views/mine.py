"""Where did my words go: all that a delegation asked or joined, act by act, with what became of it."""

from typing import Any, Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from corfu.acts import telling
from corfu.negotiation.texts import asking, queries, told_acts
from corfu.negotiation.texts.asking import Asked, of_text
from corfu.negotiation.texts.models import Amendment, Standing
from corfu.negotiation.texts.told_acts import Row
from corfu.negotiation.texts.told_fates import Teller, Trail, trails

GROUPS: Final = {
    "waits": _("Waits for you"),
    "open": _("Still on the table"),
    "taken": _("Taken"),
    "gone": _("Not taken, withdrawn or left"),
}


@require_safe
@of_text
def mine(asked: Asked) -> HttpResponse:
    """The page of the delegation that asks; others have no words in a text."""
    code = asked.actor.code if asked.negotiates else None
    if code is None:
        return asking.page(asked, "mine.html", {"nobody": True}, tab="mine")
    return asking.page(asked, "mine.html", {"groups": _groups(asked, code)}, tab="mine")


def _groups(asked: Asked, code: str) -> list[Row]:
    found: dict[str, list[Standing]] = {}
    for standing in queries.amendments_of(asked.text, code):
        found.setdefault(standing.amendment_id, []).append(standing)
    followed = [(several[0], trail) for several in found.values() for trail in trails(several)]
    numbers = {trail.steps[0].number for _, trail in followed}
    teller = Teller(asked.text, asked.state(), queries.history(asked.text, numbers))
    rows: dict[str, list[Row]] = {id_: [] for id_ in GROUPS}
    for standing, trail in sorted(followed, key=lambda pair: pair[0].amendment.place):
        told = _row(teller, standing, trail, code)
        rows[told["group"]].append(told)
    named = zip(GROUPS.items(), rows.values(), strict=True)
    return [{"id": id_, "name": name, "rows": several} for (id_, name), several in named if several]


def _row(teller: Teller, standing: Standing, trail: Trail, code: str) -> Row:
    one = standing.amendment
    told = teller.fate(one, trail)
    if told["group"] in {"open", "waits"}:
        told |= _gone(standing, told) if _left(standing) else _waiting(teller, one, told["group"], code)
    act = teller.act(trail.steps[0])
    if act["kind"] == "insert" and trail.last.outcome:  # another delegation's, where both brought the same
        act["url"] = told_acts.address(teller.text, str(trail.last.outcome["paragraph"]))
    return {
        **told,
        "act_told": act,
        "number": trail.steps[0].number,
        "url": reverse("texts:amendment", args=[teller.text.slug, one.pk]),
        "author": "" if one.author == code else telling.participant(one.author).name,
        "confirm_url": reverse("texts:confirm", args=[teller.text.slug, one.pk]),
        **telling.act_of(one.place),
    }


def _left(standing: Any) -> bool:
    """Whether the delegation stands behind the amendment no more."""
    return standing.amendment.withdrawn is None and not standing.behind


def _gone(standing: Any, told: Row) -> Row:
    line = {"text": gettext("You left the amendment."), "new": "", **telling.act_of(standing.left)}
    return {"group": "gone", "lines": [*told["lines"], line]}


def _waiting(teller: Teller, one: Amendment, group: str, code: str) -> Row:
    """For whom something waits: its sponsor confirms what was touched, and others renew their support."""
    assert teller.state is not None
    filed = teller.state.filed[one.pk]
    if group == "waits":
        sponsors = one.author == code or one.author not in filed.by
        return {"group": "waits" if sponsors else "open", "confirm": sponsors}
    return {"group": "waits" if code in filed.to_renew else "open", "renew": code in filed.to_renew}
