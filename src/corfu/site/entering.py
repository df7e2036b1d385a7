"""What a profile says, entered by acts: participants, terms of office, and the history of a process.

Everything goes through `perform`, like any other act. History is entered by the secretariat, marked as such by `fact`,
and dated by its events.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from corfu.acts import writer
from corfu.acts.actor import SECRETARIAT, Actor
from corfu.acts.door import Done, perform
from corfu.acts.refusals import Refusal
from corfu.community.queries import actor_of
from corfu.profiles.dated import Dated
from corfu.profiles.history import History
from corfu.profiles.participants import Participant
from corfu.profiles.profile import Profile
from corfu.profiles.standing import Sourced
from corfu.profiles.words import Words

Act = tuple[str, dict[str, Any]]


class NotDone(Exception):
    """An act was refused: the profile's data and the rules do not agree."""


def enter(profile: Profile, now: datetime) -> None:
    """Admit everyone that a profile names, give offices their terms, tell its history. Raises `NotDone`.

    For a State of an exercise the server makes a key and holds it: somebody is to act for it by one click.
    """
    secretariat = actor_of(SECRETARIAT, on=now.date())
    assert secretariat is not None
    for kind, payload in _participants(profile):
        _done(secretariat, kind, payload, now)
        if profile.exercise and payload["kind"] == "state":
            key = {"key": writer.new_key(payload["code"]).vkey, "for": payload["code"], "custody": "server"}
            _done(secretariat, "key.enrol", key, now)
    years = exercise_years(profile, now)
    for kind, payload in [*_chairs(profile, years), *_process(profile)]:
        _done(secretariat, kind, payload, now)


def exercise_years(profile: Profile, now: datetime) -> int:
    """By how many years the terms of office of an exercise are moved: it takes place now, whenever it was written."""
    return now.year - profile.negotiation.first.year if profile.exercise and profile.negotiation else 0


def _done(actor: Actor, kind: str, payload: Mapping[str, Any], now: datetime) -> Done:
    done = perform(actor, kind, payload, now=now)
    if isinstance(done, Refusal):
        raise NotDone(f"{kind} {payload.get('slug') or payload.get('code')}: {done}")
    return done


def _participants(profile: Profile) -> Iterator[Act]:
    seen: set[str] = set()
    everyone = (*profile.states, *profile.former, *profile.partners, *profile.organisations)
    for one in everyone:
        if one.code not in seen:
            seen.add(one.code)
            yield "participant.admit", _participant(profile, one)


def _participant(profile: Profile, one: Participant) -> dict[str, Any]:
    payload = {
        "code": one.code,
        "organisation": profile.id,
        "kind": str(one.kind),
        "dated": _between(one.admitted, one.until) if one.until else str(one.admitted or "1975"),
        "words": words(title=one.name),
    }
    return payload if profile.exercise else payload | {"fact": fact(one)}


def _chairs(profile: Profile, years: int) -> Iterator[Act]:
    known = {one.code for one in (*profile.states, *profile.former)}
    for chair in profile.chairs:
        if chair.state not in known:
            continue
        bodies = [body.id for body in profile.bodies if body.offices == (chair.office,) and body.decides]
        for body in bodies:
            payload: dict[str, Any] = {
                "organisation": profile.id,
                "body": body,
                "participant": chair.state,
                "dated": f"{_moved(chair.first, years)}/{_moved(chair.last, years)}",
            }
            yield "chair.assume", payload if profile.exercise else payload | {"fact": fact(chair)}


def _moved(day: date, years: int) -> str:
    return f"{day.year + years}-{day:%m-%d}"


def _process(profile: Profile) -> Iterator[Act]:
    history = profile.history
    if history is None:
        return
    process = history.process
    yield (
        "process.open",
        {
            "slug": process.id,
            "organisation": profile.id,
            "body": "ministerial-council",
            "principles": list(process.principles),
            "topics": list(process.topics),
            "dated": str(process.first),
            "words": words(title=process.title, summary=process.summary, mandate=process.mandate),
            "fact": fact(process),
        },
    )
    acts = [*_meetings(profile, history), *_steps(history), *_proposals(history), *_decisions(profile, history)]
    yield from sorted(acts, key=lambda act: str(act[1]["dated"]))
    yield "process.close", _closing(history)


def _closing(history: History) -> dict[str, Any]:
    process = history.process
    outcome = history.main[-1]
    return {
        "slug": process.id,
        "dated": str(process.last or outcome.date),
        "words": words(outcome=outcome.outcome),
        "fact": fact(outcome),
    }


def _meetings(profile: Profile, history: History) -> Iterator[Act]:
    of_process = {one.id for one in history.meetings}
    for one in profile.meetings:
        payload: dict[str, Any] = {
            "slug": one.id,
            "organisation": profile.id,
            "dated": _between(one.date, one.end),
            "words": words(title=one.title, place=one.place.name if one.place else Words(), note=one.note),
            "fact": fact(one),
        }
        given = {"body": one.body, "kind": one.kind, "number": one.number, "symbol": one.symbol}
        given |= {"process": history.process.id} if one.id in of_process else {}
        yield "meeting.call", payload | {name: value for name, value in given.items() if value}


def _steps(history: History) -> Iterator[Act]:
    meetings = {one.step: one.id for one in history.meetings if one.step}
    crises = {one.step: one for one in history.concerns}
    for one in history.concerns:
        if not one.step:
            yield (
                "concern.raise",
                {
                    "slug": one.id,
                    "process": history.process.id,
                    "dated": str(one.date or history.process.first),
                    "words": words(title=one.title, outcome=one.text),
                    "fact": fact(one),
                },
            )
    for step in history.steps:
        payload: dict[str, Any] = {
            "slug": step.id,
            "process": history.process.id,
            "dated": _between(step.date, step.end),
            "main": step.main,
            "participants": list(step.participants),
            "topics": list(step.topics),
            "fact": fact(step),
            "words": words(
                title=step.title,
                outcome=step.outcome,
                place=step.place.name if step.place else Words(),
                label=step.label,
                line=step.line,
                attendance=step.attendance,
                note=step.note,
            ),
        }
        if step.symbols:
            payload["symbol"] = "; ".join(step.symbols)
        if step.id in crises:
            yield "concern.raise", payload
        else:
            held = {"meeting": meetings[step.id]} if step.id in meetings else {}
            yield "step.note", payload | {"kind": step.kind} | held


def _proposals(history: History) -> Iterator[Act]:
    for one in history.proposals:
        payload: dict[str, Any] = {
            "slug": one.id,
            "process": history.process.id,
            "kind": one.kind,
            "topic": one.topic,
            "sponsors": list(one.sponsors),
            "dated": str(one.date),
            "words": words(title=one.title, summary=one.summary, note=one.note),
            "fact": fact(one),
        }
        yield "proposal.table", payload | ({"symbol": one.symbol} if one.symbol else {})


def _decisions(profile: Profile, history: History) -> Iterator[Act]:
    meetings = {one.step: one.id for one in history.meetings if one.step}
    for one in history.decisions:
        payload: dict[str, Any] = {
            "slug": one.id,
            "organisation": profile.id,
            "kind": one.kind,
            "body": one.body,
            "process": history.process.id,
            "dated": str(one.date),
            "words": words(title=one.title, text=one.text, note=one.note),
            "fact": fact(one),
        }
        given = {"symbol": one.symbol, "meeting": meetings.get(one.step, "")}
        yield "decision.adopt", payload | {name: value for name, value in given.items() if value}


def words(**texts: Words) -> dict[str, dict[str, str]]:
    """Texts of a profile as acts hold them: by language, then by name."""
    found: dict[str, dict[str, str]] = {}
    for name, text in texts.items():
        for lang in text:
            found.setdefault(lang, {})[name] = text[lang]
    return found


def fact(row: Sourced) -> dict[str, str]:
    """Where a fact is from."""
    return {"source": row.source, "standing": str(row.standing)}


def _between(first: Dated | None, last: Dated | None) -> str:
    begins = str(first or last or "")
    return begins if last is None or str(last) == begins else f"{begins}/{last}"
