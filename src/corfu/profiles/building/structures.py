"""Places, dimensions, institutions, field operations, posts, pages and stories."""

from collections.abc import Iterable

from corfu.profiles.building.known import Places, Rows, known
from corfu.profiles.row import Row
from corfu.profiles.structures import Dimension, FieldOperation, Institution, Page, Place, Post, Sentence, Story
from corfu.profiles.words import Words


def places(rows: Iterable[Row]) -> dict[str, Place]:
    """Places by id."""
    return {
        row.id: Place(id=row.id, name=row.words("name"), lat=row.number("lat"), lon=row.number("lon")) for row in rows
    }


def labels(rows: Iterable[Row]) -> dict[str, Words]:
    """How kinds are called."""
    return {row.id: row.words("name") for row in rows}


def dimensions(rows: Iterable[Row]) -> tuple[Dimension, ...]:
    """The fields of work."""
    return tuple(
        Dimension(id=row.id, nr=row.whole("nr") or 0, name=row.words("name"), text=row.words("text"), **known(row))
        for row in rows
    )


def institutions(rows: Iterable[Row], where: Places) -> tuple[Institution, ...]:
    """The standing parts."""
    return tuple(
        Institution(
            id=row.id,
            name=row.words("name"),
            kind=row.text("kind"),
            seat=where.get(row.text("seat")),
            established=row.dated("established"),
            **known(row),
        )
        for row in rows
    )


def field_operations(rows: Iterable[Row], where: Places) -> tuple[FieldOperation, ...]:
    """Missions and offices, open and closed."""
    return tuple(
        FieldOperation(
            id=row.id,
            name=row.words("name"),
            host=row.text("host"),
            seat=where.get(row.text("seat")),
            open=row.text("stage") == "open",
            established=row.dated("established"),
            ended=row.dated("ended"),
            decision=row.words("decision"),
            **known(row),
        )
        for row in rows
    )


def posts(rows: Iterable[Row]) -> tuple[Post, ...]:
    """The leading posts."""
    return tuple(
        Post(
            id=row.id,
            nr=row.whole("nr") or 0,
            title=row.words("title"),
            kind=row.text("kind"),
            unit=row.text("unit"),
            **known(row),
        )
        for row in rows
    )


def pages(rows: Rows) -> tuple[Page, ...]:
    """What is told about the organization."""
    return tuple(
        Page(
            id=page.id,
            title=page.words("title"),
            sentences=tuple(
                Sentence(id=row.id, text=row.words("text"), **known(row)) for row in rows.below("sentence", page)
            ),
        )
        for page in rows.of("page")
    )


def stories(rows: Iterable[Row]) -> tuple[Story, ...]:
    """The stories for the public."""
    return tuple(
        Story(
            id=row.id,
            title=row.words("title"),
            summary=row.words("summary"),
            date=row.must_dated("date"),
            categories=row.texts("categories"),
            steps=row.texts("steps"),
            related=row.texts("related"),
            paragraphs=row.paragraphs("paragraphs"),
            box_title=row.words("box_title"),
            box=row.paragraphs("box"),
            **known(row),
        )
        for row in rows
    )
