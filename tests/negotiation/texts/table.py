"""A small text on the table, and what the cast does to it: each function is an act that must succeed, or is tried."""

import secrets
from collections.abc import Sequence
from typing import Any, Final

from corfu.wording import plain
from corfu.wording.diff import edits
from corfu.wording.model import Act, Insert, Kind, Paragraph
from tests import cast

SLUG: Final = "harbour-text"
BASE: Final = (
    Paragraph("t", "Draft decision on the safety of harbours", Kind.TITLE),
    Paragraph("p1", "Recalling the incidents of last August,", Kind.PREAMBULAR),
    Paragraph("p2", "1. Decides that States shall reply in writing within 48 hours;", Kind.OPERATIVE),
    Paragraph("p3", "2. Tasks the Secretariat to keep a record of every request;", Kind.OPERATIVE),
    Paragraph("p4", "3. Decides to review this Decision after two years.", Kind.OPERATIVE),
)


def open_text(layer: str = "states", slug: str = SLUG, *, by: str = cast.CHAIR) -> Any:
    """The chair opens it; the process is made where there is none."""
    from corfu.negotiation.models import Process
    from corfu.negotiation.texts.documents import written

    if not Process.objects.filter(slug="harbours").exists():
        cast.process()
    payload = {
        "slug": slug, "process": "harbours", "organisation": "exercise", "body": "council", "symbol": f"DD/{slug}",
        "kind": "draft-decision", "lang": "en", "layer": layer, "number": 1, "reason": "Under negotiation",
    }  # fmt: skip
    said = {"title": {"en": "Safety of harbours"}, "paragraphs": list(map(plain.paragraph_to, BASE))}
    return cast.done("text.open", payload, by=by, documents=[written("text", layer, "en", said)])


def text(slug: str = SLUG) -> Any:
    from corfu.negotiation.texts.models import Text

    return Text.objects.get(slug=slug)


def state(slug: str = SLUG, number: int | None = None) -> Any:
    from corfu.negotiation.texts import queries

    return queries.state(text(slug), number)


def rewritten(paragraph: str, old: str, new: str, slug: str = SLUG) -> list[Act]:
    """The acts of who writes `new` where `old` stands in a paragraph of the version that stands."""
    words = state(slug).base[paragraph].text
    assert old in words
    return list(edits(paragraph, words, words.replace(old, new)))


def added(after: str, words: str) -> list[Act]:
    """A new paragraph."""
    return [Insert(after, Paragraph(f"n{secrets.token_hex(4)}", words, Kind.OPERATIVE))]


def attempt(kind: str, value: dict[str, Any] | None, *, by: str, document: str = "amendment", **payload: Any) -> Any:
    """Try an act about the text; gives `Done` or the refusal."""
    from corfu.negotiation.texts import documents

    whole = {"text": SLUG, **payload}
    given = [] if value is None else [documents.document(text(whole["text"]), document, value)]
    return cast.attempt(kind, whole, by=by, documents=given)


def done(kind: str, value: dict[str, Any] | None, *, by: str, **more: Any) -> Any:
    from corfu.acts.door import Done

    result = attempt(kind, value, by=by, **more)
    assert isinstance(result, Done), str(result)
    return result


def file(acts: Sequence[Act], *, by: str, **more: Any) -> str:
    """File an amendment on the version that stands; gives its id."""
    from corfu.negotiation.texts.models import Amendment

    number = text(more.get("text", SLUG)).number
    result = done("amendment.file", asked(acts), by=by, version=number, **more)
    return str(Amendment.objects.get(place=result.index).pk)


def asked(acts: Sequence[Act], note: str = "") -> dict[str, Any]:
    return {"acts": list(map(plain.act_to, acts)), "note": note}


def issue(choices: dict[str, Any], *, by: str = cast.CHAIR, **more: Any) -> Any:
    """The chair issues the next version; `choices` by the key of their point."""
    there = state(more.get("text", SLUG))
    value = {"choices": plain.choices_to(choices), "on": there.version.sha256()}
    return done("version.issue", value, by=by, document="dispositions", number=there.number + 1, **more)
