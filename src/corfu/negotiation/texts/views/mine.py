"""Where did my words go: all that a delegation asked or joined, act by act, with what became of it."""

from typing import Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from corfu.acts import telling
from corfu.negotiation.texts import asking, queries, told_acts
from corfu.negotiation.texts.asking import Asked, of_text
from corfu.negotiation.texts.models import Amendment
from corfu.negotiation.texts.state import State, gather
from corfu.negotiation.texts.told_acts import Row
from corfu.negotiation.texts.told_fates import Teller, Trail, trails
from corfu.wording import plain
from corfu.wording.model import Insert

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
    found = queries.amendments_of(asked.text, code)
    teller = Teller(asked.state(), queries.changes(asked.text))
    followed = [(one, trail) for one in found for trail in trails(list(one.standings.all()))]
    bases = told_bases(asked.state(), {trail.steps[0].number for _, trail in followed})
    rows: dict[str, list[Row]] = {id_: [] for id_ in GROUPS}
    for one, trail in followed:
        told = _row(teller, bases, one, trail, code)
        rows[told["group"]].append(told)
    named = zip(GROUPS.items(), rows.values(), strict=True)
    return [{"id": id_, "name": name, "rows": several} for (id_, name), several in named if several]


def told_bases(state: State, numbers: set[int]) -> dict[int, State]:
    """The bases of some versions of a text, without their amendments."""
    bases = {state.number: state}
    for one in queries.revisions_of(state.text, numbers - {state.number}):
        bases[one.number] = gather(state.text, one)
    return bases


def _row(teller: Teller, bases: dict[int, State], one: Amendment, trail: Trail, code: str) -> Row:
    first = trail.steps[0]
    (act,) = plain.acts_from([first.act])
    told = teller.fate(one, trail)
    left = _left(one, code)
    if left and told["group"] in {"open", "waits"}:
        told = {"group": "gone", "lines": [*told["lines"], left]}
    elif told["group"] in {"open", "waits"}:
        told = told | _waiting(teller.state, one, told["group"], code)
    paragraph = told_acts.address(teller.state.text, _where(trail, act.paragraph.id if isinstance(act, Insert) else ""))
    return {
        **told,
        "act_told": told_acts.act(act, bases[first.number]) | ({"url": paragraph} if isinstance(act, Insert) else {}),
        "number": first.number,
        "url": reverse("texts:amendment", args=[teller.state.text.slug, one.pk]),
        "author": "" if one.author == code else telling.participant(one.author).name,
        "confirm_url": reverse("texts:confirm", args=[teller.state.text.slug, one.pk]),
        **telling.act_of(one.place),
    }


def _waiting(state: State, one: Amendment, group: str, code: str) -> Row:
    """For whom something waits: its sponsor confirms what was touched, and others renew their support."""
    filed = state.filed[one.pk]
    if group == "waits":
        sponsors = one.author == code or one.author not in filed.by
        return {"group": "waits" if sponsors else "open", "confirm": sponsors}
    return {"group": "waits" if code in filed.to_renew else "open", "renew": code in filed.to_renew}


def _where(trail: Trail, id_: str) -> str:
    """The id under which a new paragraph stands: another delegation's, where both brought the same."""
    return str(trail.last.outcome["paragraph"]) if trail.last.outcome else id_


def _left(one: Amendment, code: str) -> Row:
    """That the delegation left the amendment, if it stands behind it no more."""
    own = [supporter for supporter in one.supporters.all() if supporter.participant == code]
    if any(supporter.left is None for supporter in own) or one.withdrawn is not None:
        return {}
    return {"text": str(_("You left the amendment.")), "new": "", **telling.act_of(own[-1].left)}
