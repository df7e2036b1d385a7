"""Steps, proposals and chairs as the templates take them (corfu/parts/…)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.utils.translation import gettext

from corfu.acts import telling
from corfu.acts.once import once
from corfu.acts.telling import Named
from corfu.formats.svg import process_line
from corfu.formats.svg.bars import topic_bar
from corfu.negotiation.models import Process, Proposal, Step
from corfu.profiles.profile import Profile
from corfu.profiles.sorting import sort_key

Row = dict[str, Any]

_LOOKS: Final = {
    "crisis": "crisis",
    "speech": "proposal",
    "informal-ministerial": "launch",
    "decision": "decision",
    "ministerial-council": "meeting",
    "summit": "summit",
}
"""How a kind of step is drawn on the line."""

line_drawn, _bar = once(process_line), once(topic_bar)
"""The line of a process as a drawing: `process_line`, of tuples."""


def look(step: Step) -> str:
    """The shape of a step on the line: what was decided stands out from what was discussed."""
    if step.kind == "ministerial-council" and step.symbol.startswith("MC.D"):
        return "decision"
    return _LOOKS.get(step.kind, "meeting")


def label(step: Step) -> str:
    """A step in a word or two, for a line."""
    return telling.words(step, "label").text or telling.words(step).text


def on_line(steps: Iterable[Step], terms: Sequence[Row]) -> list[Row]:
    """The main steps, for the line from concern to outcome; where a chair's term begins, that is said."""
    begun: set[str] = set()
    rows: list[Row] = []
    for step in steps:
        chair = next((term for term in terms if term["first"] <= step.first <= term["last"]), None)
        fresh = chair is not None and chair["code"] not in begun
        if chair:
            begun.add(chair["code"])
        rows.append(
            {
                "kind": look(step),
                "when": telling.when(step.dated),
                "first": telling.machine(step.dated),
                "title": label(step),
                "text": telling.words(step, "line").text,
                "url": f"#{step.slug}",
                "term": chair["name"] if chair and fresh else "",
                "chair": chair["code"] if chair else "",
                **telling.act_of(step.place),
                "standing": step.standing,
                "source": step.source,
            }
        )
    return rows


def spans(line: Sequence[Row], terms: Sequence[Row]) -> list[Row]:
    """How many steps of the line fall into each chair's term."""
    found = [term | {"span": sum(step["chair"] == term["code"] for step in line)} for term in terms]
    return [term for term in found if term["span"]]


def events(steps: Iterable[Step]) -> list[Row]:
    """Every step in full."""
    return [
        {
            "id": step.slug,
            "kind": look(step),
            "when": telling.when(step.dated),
            "first": telling.machine(step.dated),
            "place": telling.words(step, "place").text,
            "title": telling.words(step).text,
            "lang": telling.words(step).lang,
            "text": telling.words(step, "outcome").text,
            "attendance": telling.words(step, "attendance").text,
            "note": telling.words(step, "note").text,
            "participants": tuple(telling.participant(code) for code in step.participants),
            "symbol": step.symbol,
            **telling.act_of(step.place),
            "standing": step.standing,
            "source": step.source,
        }
        for step in steps
    ]


def by_chair(steps: Sequence[Step], terms: Sequence[Row]) -> list[Row]:
    """Every step in full, in groups: by chair and by year; `after`: the process's chairs had all left."""
    groups: list[Row] = []
    ended = max((term["last"] for term in terms), default=None)
    for step in steps:
        chair = next((str(term["name"]) for term in terms if term["first"] <= step.first <= term["last"]), "")
        if not groups or (groups[-1]["when"], groups[-1]["name"]) != (str(step.first.year), chair):
            after = ended is not None and step.first > ended
            groups.append({"when": str(step.first.year), "name": chair, "after": after, "steps": []})
        groups[-1]["steps"].append(step)
    return [one | {"events": events(one["steps"])} for one in groups]


def proposals(found: Iterable[Proposal], profile: Profile) -> list[Row]:
    """Proposals with those who stand behind them."""
    return [_proposal(one, profile) for one in found]


def _proposal(one: Proposal, profile: Profile) -> Row:
    told = telling.words(one)
    return {
        "id": one.slug,
        "url": telling.link("negotiation:proposal", one.slug),
        "when": telling.when(one.dated),
        "first": telling.machine(one.dated),
        "kind_name": telling.text(profile.label("proposal", one.kind)).text or one.kind,
        "title": told.text,
        "lang": told.lang,
        "text": telling.words(one, "summary").text,
        "note": telling.words(one, "note").text,
        "sponsors": tuple(telling.participant(sponsor.participant) for sponsor in one.sponsors.all()),
        "topic": topic_name(profile, one.topic),
        "topic_url": telling.link("negotiation:topic", one.process, one.topic),
        "symbol": one.symbol,
        **telling.act_of(one.place),
        "standing": one.standing,
        "source": one.source,
        "withdrawn": one.withdrawn is not None,
    }


def topic_name(profile: Profile, id_: str) -> str:
    """A topic's short name."""
    try:
        return telling.text(profile.topic(id_).short or profile.topic(id_).title).text
    except KeyError:
        return id_


def topics(process: Process, found: Sequence[Proposal], profile: Profile) -> list[Row]:
    """The topics with what lies on the table for each."""
    counts = {id_: sum(one.topic == id_ for one in found) for id_ in process.topics}
    largest = max(counts.values(), default=0)
    return [
        {
            "name": topic_name(profile, id_),
            "url": telling.link("negotiation:topic", process.slug, id_),
            "count": count,
            "bar": _bar(count, largest),
        }
        for id_, count in counts.items()
    ]


def sponsors(rows: Iterable[Row]) -> list[tuple[Named, int]]:
    """Who stands behind how many of these proposals, in the order of their names: a count, not a rank."""
    counts = Counter[Named](named for row in rows for named in row["sponsors"])
    return sorted(counts.items(), key=lambda pair: sort_key(pair[0].name, telling.language()))


def whole(process: Process) -> str:
    """From when to when a process went on, as dates are written in acts."""
    return f"{process.dated}/{process.ended}" if process.ended else process.dated


def stage(process: Process) -> str:
    """Where a process stands."""
    return gettext("concluded") if process.closed is not None else gettext("under way")
