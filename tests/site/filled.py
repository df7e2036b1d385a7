"""A filled house for the walk: one row of every kind that has a page, open and in every restricted layer."""

from typing import Any, Final

from tests import cast

LAYERS: Final = ("participants", "states", "chair", "group:friends")
KINDS: Final = ("process", "step", "proposal", "meeting", "decision", "text", "amendment")
CREDENTIAL: Final = "Person of NOR"
"""Whom Norvale accredited."""


def mark(kind: str, layer: str) -> str:
    """The word by which a restricted row is known wherever it is shown."""
    return f"Marker-{kind}-{layer.replace(':', '-')}"


def slug(kind: str, layer: str) -> str:
    """A row's name in addresses."""
    return f"{kind}-{layer.replace(':', '-')}"


def fill() -> None:
    """Process, proposals, meetings, decisions: public ones, and one in each restricted layer. Keys come with the cast.

    No kind of act takes a layer yet, so the rows are moved into theirs after the act.
    """
    from corfu.profiles import load

    for code in ("FR", "KZ"):
        cast.done("participant.admit", {"code": code, "organisation": "osce", "kind": "state", "dated": "1975"})
    cast.process()
    kind = load("osce").meeting_kinds[0]
    for layer in ("public", *LAYERS):
        cast.done("process.open", _process(slug("process", layer)), by=cast.CHAIR)
        cast.done("step.note", _step(slug("step", layer)))
        cast.done("proposal.table", cast.proposal(slug("proposal", layer)), by=cast.SPONSOR)
        cast.done("meeting.call", _meeting(slug("meeting", layer), kind.id, kind.body))
        cast.done("decision.adopt", _decision(slug("decision", layer)))
    for group, members in (("friends", [cast.SPONSOR, cast.SECOND]), ("rivals", [cast.OBJECTOR])):
        form = {"slug": group, "organisation": "exercise", "members": members, "words": {"en": {"title": group}}}
        cast.done("group.form", form, by=members[0])
    for layer in ("public", *LAYERS):
        _negotiate(slug("text", layer))
    for layer in LAYERS:
        for row in KINDS:
            _restrict(row, layer)


def _negotiate(name: str) -> None:
    """A text at its second version, an amendment and a translation on it."""
    from corfu.negotiation.texts.documents import written
    from tests.negotiation.texts import table

    table.open_text(slug=name)
    acts = table.rewritten("p2", "48 hours", "24 hours", slug=name)
    table.file(acts, by=cast.SPONSOR, text=name)
    table.issue({}, text=name)
    said = {"paragraphs": {"p1": "Rappelant"}}
    payload = {"text": name, "lang": "fr", "standing": "official", "follows": 2}
    cast.done("language.deliver", payload, documents=[written("translation", "states", "fr", said)])


def _words() -> dict[str, Any]:
    return {"dated": "2026-09-02", "words": {"en": {"title": "Open to all"}}}


def _process(name: str) -> dict[str, Any]:
    return {"slug": name, "organisation": "exercise", "body": "council", "topics": ["incidents"], **_words()}


def _step(name: str) -> dict[str, Any]:
    return {"slug": name, "process": "harbours", "kind": "meeting", "main": True, **_words()}


def _meeting(name: str, kind: str, body: str) -> dict[str, Any]:
    return {"slug": name, "organisation": "osce", "kind": kind, "body": body, "process": "harbours", **_words()}


def _decision(name: str) -> dict[str, Any]:
    where = {"organisation": "osce", "body": "ministerial-council", "process": "harbours"}
    return {"slug": name, "kind": "decision", **where, **_words()}


def _restrict(kind: str, layer: str) -> None:
    from corfu.decisions.models import Decision
    from corfu.meetings.models import Meeting
    from corfu.negotiation.models import Process, Proposal, Step
    from corfu.negotiation.texts.models import Amendment, Text

    if kind == "amendment":  # read by whoever reads its text
        changed = Amendment.objects.filter(text__slug=slug("text", layer)).update(note=mark(kind, layer))
        assert changed == 1
        return
    models: dict[str, Any] = {
        "process": Process, "step": Step, "proposal": Proposal, "meeting": Meeting, "decision": Decision, "text": Text,
    }  # fmt: skip
    names = ("title", "summary", "text", "outcome", "note", "label", "line", "place", "mandate")
    words = {"en": dict.fromkeys(names, mark(kind, layer))}
    changed = models[kind].objects.filter(slug=slug(kind, layer)).update(layer=layer, words=words)
    assert changed == 1
