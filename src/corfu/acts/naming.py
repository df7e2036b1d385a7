"""How the record's pages name what an act concerns and the rules it follows: for people, never by an id alone."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy

from corfu.acts import queries, registry, telling
from corfu.acts.actor import Actor
from corfu.acts.house_rules import HOUSE_RULES
from corfu.acts.models import Entry
from corfu.acts.once import once

_SHORT: Final = 60
_PLACES: Final = {
    "record/": gettext_lazy("The record"),
    "structures/chairpersonship/": gettext_lazy("Chairpersonship"),
}


class Rule(NamedTuple):
    """A rule as pages cite it: `name` where there is little room, its whole sentence, the address of both."""

    id: str
    name: str
    text: str
    url: str


@once
def rule(id_: str) -> Rule:
    """A rule by the id that acts and refusals cite: an organisation's own, else the house's."""
    url = telling.address(f"about/rules/#{id_}")
    for own in telling.house().rules:
        if own.id == id_:
            text = telling.text(own.text).text
            return Rule(id_, Truncator(text).chars(_SHORT), f"{text}.", url)
    for kept in HOUSE_RULES:
        if kept.id == id_:
            return Rule(id_, str(kept.name), str(kept.text), url)
    return Rule(id_, id_, id_, "")


def rules(kind: str) -> tuple[Rule, ...]:
    """The rules that acts of a kind follow."""
    known = registry.kind_of(kind)
    return tuple(rule(id_) for id_ in known.rules) if known else ()


def summary(kind: str) -> str:
    """What acts of a kind do, in a sentence."""
    known = registry.kind_of(kind)
    return str(known.summary) if known else kind


def participant(about: str) -> telling.Named | None:
    """The participant that an act concerns, if it concerns one: no query."""
    first, _, slug = about.strip("/").partition("/")
    return telling.participant(slug.upper()) if first == "countries" and slug else None


def body(payload: Mapping[str, Any]) -> telling.Told | None:
    """The body that an act names, if it names one that its organisation has."""
    for known in telling.all_profiles():
        if known.id == payload.get("organisation"):
            return next((telling.text(one.name) for one in known.bodies if one.id == payload.get("body")), None)
    return None


def body_called(id_: str) -> str:
    """A body by its name, whichever organisation has it; by its id, where none has."""
    found = (one for known in telling.all_profiles() for one in known.bodies if one.id == id_)
    return next((telling.text(one.name).text for one in found), id_)


def concerned(entry: Entry, *, actor: Actor) -> tuple[str, str]:
    """What an act concerns, as people call it, and its address: empty where it has no page."""
    if named := participant(entry.about):
        return named.name, named.url
    url = telling.address(entry.about)
    if entry.about in _PLACES:
        return str(_PLACES[entry.about]), url
    return queries.title_of(entry.about, actor=actor) or gettext("What it concerns"), url
