"""The negotiation that a profile brings."""

from collections.abc import Iterable

from corfu.profiles.building.known import Rows
from corfu.profiles.negotiation import (
    Answer,
    Draft,
    DraftAct,
    Guide,
    GuideStep,
    Negotiation,
    Place,
    Position,
    Reword,
    Rewrite,
    Round,
    Stance,
    Suggestion,
    Text,
    Translation,
)
from corfu.profiles.row import Row
from corfu.profiles.words import ENGLISH
from corfu.wording.model import Delete, Insert, Kind, Move, Paragraph, Reserve, ReserveKind

FORMS = ("becomes", "insert", "delete", "move", "reserve")
"""What makes an act of an amendment what it is: each has exactly one of them."""


def negotiation(rows: Rows) -> Negotiation | None:
    """The negotiation, where the profile has one."""
    texts = rows.of("text")
    for row in rows.of("negotiation"):
        return Negotiation(
            id=row.id,
            title=row.words("title"),
            summary=row.words("summary"),
            mandate=row.words("mandate"),
            first=row.day("first"),
            body=row.text("body"),
            principles=row.texts("principles"),
            topics=row.texts("topics"),
            text=_text(texts[0]),
            paragraphs=tuple(_paragraph(each, "text") for each in rows.of("text-paragraph")),
            rounds=tuple(_round(each, rows) for each in rows.of("round")),
            translations=_translations(rows.of("translation")),
            guide=_guide(rows),
        )
    return None


def _text(row: Row) -> Text:
    return Text(
        id=row.id,
        symbol=row.text("symbol"),
        kind=row.text("kind"),
        layer=row.text("layer"),
        chair=row.text("chair"),
        lang=ENGLISH,
        title=row.words("title"),
    )


def _paragraph(row: Row, words: str, id_: str = "") -> Paragraph:
    kind = Kind(row.text("kind") or Kind.PLAIN)
    return Paragraph(row.text("id") or id_, row.text(words), kind, row.whole("level") or 0)


def _round(row: Row, rows: Rows) -> Round:
    number = row.whole("number") or 0

    def mine(kind: str) -> Iterable[Row]:
        return (each for each in rows.of(kind) if each.whole("round") == number)

    return Round(
        number=number,
        issued=row.instant("issued"),
        closes=row.instant("closes"),
        drafts=tuple(_draft(each, rows) for each in mine("amendment")),
        positions=tuple(_position(each) for each in mine("position")),
        suggestions=tuple(_suggestion(each, rows) for each in mine("suggestion")),
        take=row.texts("take"),
        rewords=tuple(_reword(each) for each in rows.below("reword", row)),
        keep_open=row.texts("keep_open"),
    )


def _draft(row: Row, rows: Rows) -> Draft:
    acts = enumerate(rows.below("amendment-act", row), 1)
    return Draft(
        key=row.id,
        by=row.text("by"),
        joined=row.texts("joined"),
        explanation=row.text("explanation"),
        acts=tuple(_act(each, f"{row.id}-{number}") for number, each in acts),
    )


def _act(row: Row, id_: str) -> DraftAct:
    """The act; a new paragraph whose id is not written gets `id_`."""
    after = row.text("after") or None
    form = next(name for name in FORMS if row.text(name))
    match form:
        case "becomes":
            return Rewrite(row.text("paragraph"), row.text("becomes"))
        case "insert":
            return Insert(after, _paragraph(row, "insert", id_))
        case "delete":
            return Delete(row.text("delete"))
        case "move":
            return Move(row.text("move"), after)
        case _:
            return Reserve(row.text("reserve"), ReserveKind(row.text("kind") or ReserveKind.GENERAL), row.text("on"))


def _position(row: Row) -> Position:
    return Position(
        by=row.text("by"),
        stance=Stance(row.text("stance")),
        to=Place(paragraph=row.text("paragraph"), key=row.text("amendment"), find=row.text("find")),
        reason=row.text("reason"),
    )


def _reword(row: Row) -> Reword:
    return Reword(
        paragraph=row.text("paragraph"),
        find=row.text("find"),
        text=row.text("text"),
        draws_on=row.texts("draws_on"),
    )


def _suggestion(row: Row, rows: Rows) -> Suggestion:
    return Suggestion(
        id=row.id,
        by=row.text("by"),
        words=_reword(row),
        explanation=row.text("explanation"),
        answers=tuple(
            Answer(by=each.text("by"), stance=Stance(each.text("stance")), reason=each.text("reason"))
            for each in rows.below("answer", row)
        ),
    )


def _translations(rows: Iterable[Row]) -> tuple[Translation, ...]:
    return tuple(
        Translation(
            lang=row.raw.parent,
            paragraph=row.text("id"),
            follows=row.whole("follows") or 0,
            status=row.text("status"),
            text=row.text("text"),
        )
        for row in rows
    )


def _guide(rows: Rows) -> Guide | None:
    for row in rows.of("guide"):
        steps = tuple(_step(each) for each in rows.below("guide-step", row))
        return Guide(id=row.id, title=row.words("title"), summary=row.words("summary"), steps=steps)
    return None


def _step(row: Row) -> GuideStep:
    return GuideStep(
        nr=row.whole("nr") or 0,
        acting=row.text("as"),
        path=row.text("path"),
        title=row.words("title"),
        text=row.words("text"),
        paragraph=row.text("paragraph"),
        becomes=row.text("becomes"),
        file=row.text("file"),
    )
