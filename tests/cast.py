"""The standing cast of invented States: who they are in every test."""

from collections.abc import Mapping
from typing import Any, Final

from tests.house import NOW

CHAIR: Final = "LUM"
"""Lumera chairs the Council."""
SPONSOR: Final = "NOR"
"""Norvale tables proposals."""
SECOND: Final = "SAR"
"""Sarn joins them."""
OBJECTOR: Final = "VEL"
"""Velmara objects."""
PARTNER: Final = "QUA"
"""A partner: reads what participants read."""
ORGANISATION: Final = "HARBOUR"
"""An invited organisation."""

KINDS: Final[Mapping[str, str]] = {
    CHAIR: "state", SPONSOR: "state", SECOND: "state", OBJECTOR: "state",
    PARTNER: "partner", ORGANISATION: "organisation",
}  # fmt: skip


def done(kind: str, payload: Mapping[str, Any], *, by: str = "SEC", **more: Any) -> Any:
    """Do an act that must succeed; gives `Done`."""
    from corfu.acts.door import Done

    result = attempt(kind, payload, by=by, **more)
    assert isinstance(result, Done), str(result)
    return result


def attempt(kind: str, payload: Mapping[str, Any], *, by: str = "SEC", **more: Any) -> Any:
    """Try an act; gives `Done` or the refusal."""
    from corfu.acts.door import perform
    from corfu.community.queries import actor_of

    actor = actor_of(by, on=NOW.date(), administers=True)
    assert actor is not None
    return perform(actor, kind, payload, now=NOW, **more)


def assemble() -> None:
    """Admit the cast, with keys that the server holds, and give Lumera the chair."""
    from corfu.acts import writer

    for code, kind in KINDS.items():
        done("participant.admit", {"code": code, "organisation": "exercise", "kind": kind, "dated": "2001-05-01"})
        done("key.enrol", {"key": writer.new_key(code).vkey, "for": code, "custody": "server"})
    term = {"organisation": "exercise", "body": "council", "participant": CHAIR, "dated": "2026"}
    done("chair.assume", term)


def process(slug: str = "harbours") -> str:
    """Open a process, as the chair."""
    texts = {"en": {"title": "Safety of harbours", "summary": "After the incidents of last August."}}
    payload = {"slug": slug, "organisation": "exercise", "body": "council", "dated": "2026-09-01", "words": texts}
    done("process.open", payload, by=CHAIR)
    return slug


def proposal(slug: str = "channel", *, by: str = SPONSOR, on: str = "harbours") -> dict[str, Any]:
    """The payload of a proposal."""
    return {
        "slug": slug, "process": on, "kind": "proposal", "topic": "conflict-cycle", "sponsors": [by],
        "dated": "2026-09-03", "words": {"en": {"title": "A channel for incidents"}},
    }  # fmt: skip
