"""Rules and mechanisms as pages tell them: in groups by subject, steps with their limits."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from corfu.acts import telling
from corfu.acts.house_rules import HOUSE_RULES, HouseRule
from corfu.profiles.procedure import Body, Mechanism, MechanismStep, Rule
from corfu.profiles.profile import Profile
from corfu.profiles.structures import Dimension

# Ids are those of osce/rules.toml, which other profiles take over where their procedure is the same.
_SUBJECTS: Final = (
    (
        "who",
        _("Who takes part, who chairs"),
        ("equality", "admission", "chair-term", "who-tables", "summit-call"),
    ),
    (
        "deciding",
        _("How a decision is made"),
        ("consensus", "binding", "two-ways", "ministers-to-formal", "reservation"),
    ),
    (
        "silence",
        _("The silence procedure, step by step"),
        (
            "silence-start",
            "silence-text",
            "silence-break",
            "silence-adopt",
            "silence-announce",
            "silence-issue",
            "silence-mc",
        ),
    ),
    (
        "meetings",
        _("Meetings, statements and their journal"),
        ("languages", "speakers", "response", "alignment", "journal", "numbering", "distribution"),
    ),
)
_CHAIRS: Final = {"chair-term", "who-tables", "silence-start", "silence-break", "silence-adopt", "silence-announce"}

# A body decides by what all bodies decide by, and by what it has of its own.
_BY_CONSENSUS: Final = ("consensus", "two-ways")
_IN_SHORT: Final = {
    "consensus": _("by consensus"),
    "two-ways": _("at a meeting, or by silence procedure"),
    "summit-call": _("held only if all agree to hold it"),
    "silence-mc": _("between its meetings, by a silence procedure of its own"),
}
_OWN: Final = {"summit": ("summit-call",), "ministerial-council": ("silence-mc",)}


class Subject(NamedTuple):
    """Rules on one subject, under an anchor of its own."""

    id: str
    name: str
    rules: list[Rule]


def subjects(profile: Profile) -> list[Subject]:
    """A profile's rules by subject; those that the house does not know stand last."""
    known = {id_ for _anchor, _name, ids in _SUBJECTS for id_ in ids}
    found = [Subject(anchor, str(name), these(profile, ids)) for anchor, name, ids in _SUBJECTS]
    others = [rule for rule in profile.rules if rule.id not in known]
    return [one for one in (*found, Subject("others", gettext("Other rules"), others)) if one.rules]


def of_the_chair(profile: Profile) -> list[Subject]:
    """The rules that say what the chair does, by subject."""
    found = [one._replace(rules=[rule for rule in one.rules if rule.id in _CHAIRS]) for one in subjects(profile)]
    return [one for one in found if one.rules]


def these(profile: Profile, ids: Iterable[str]) -> list[Rule]:
    """The rules of these ids, in this order, as far as the profile has them."""
    found = {rule.id: rule for rule in profile.rules}
    return [found[id_] for id_ in ids if id_ in found]


class Way(NamedTuple):
    """A rule a body decides by, in a few words."""

    rule: Rule
    name: str


def decides_by(body: Body, profile: Profile) -> list[Way]:
    """The rules a body decides by; none where it takes no decisions."""
    rules = these(profile, (*_BY_CONSENSUS, *_OWN.get(body.id, ()))) if body.decides else []
    return [Way(rule, str(_IN_SHORT[rule.id])) for rule in rules]


def house_rules(profile: Profile) -> list[HouseRule]:
    """The house's own rules; where a profile has a rule of the same id, that one holds."""
    own = {rule.id for rule in profile.rules}
    return [rule for rule in HOUSE_RULES if rule.id not in own]


class Group(NamedTuple):
    """Mechanisms of one dimension."""

    dimension: Dimension
    mechanisms: list[dict[str, Any]]


def mechanisms(profile: Profile) -> list[Group]:
    """Mechanisms by dimension, each with its steps."""
    found = [
        Group(dimension, [_mechanism(one) for one in profile.mechanisms if one.dimension == dimension.id])
        for dimension in profile.dimensions
    ]
    return [group for group in found if group.mechanisms]


class Step(NamedTuple):
    """A step, and within what it is to be done."""

    step: MechanismStep
    limit: str


def _mechanism(one: Mechanism) -> dict[str, Any]:
    steps = tuple(Step(step, limit(step)) for step in one.steps)
    return {"one": one, "numbers": tuple(_numbers(one)), "steps": steps}


def _numbers(one: Mechanism) -> Iterator[tuple[str, str]]:
    """What is counted in a mechanism, as names and values."""
    yield gettext("Consensus"), gettext("needed") if one.needs_consensus else gettext("not needed")
    counted = (
        (gettext("States it takes"), one.states_needed),
        (gettext("States that must second it"), one.states_seconding),
        (gettext("States not counted"), one.excluded_from_consensus),
        (gettext("Experts at most"), one.experts_max),
        (gettext("To be accepted in a year"), one.quota_passive_per_year),
    )
    yield from ((name, str(number)) for name, number in counted if number is not None)


def limit(step: MechanismStep) -> str:
    """Within what a step is to be done: "48 hours", "6 experts", "15 December"; empty where nothing is laid down."""
    if step.month_day:
        month, _dash, day = step.month_day.partition("-")
        return telling.written(date(2000, int(month), int(day)), "MONTH_DAY_FORMAT")  # 2000: it has a 29 February
    if step.limit_value is None:
        return ""
    return _of(step.limit_unit, step.limit_value) % {"count": step.limit_value}


def _of(unit: str, count: int) -> str:
    if unit == "hours":
        return ngettext("%(count)d hour", "%(count)d hours", count)
    if unit == "days":
        return ngettext("%(count)d day", "%(count)d days", count)
    return ngettext("%(count)d expert", "%(count)d experts", count)
