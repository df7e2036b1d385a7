"""Participants, offices and chairs."""

from collections.abc import Iterable

from corfu.profiles.building.known import known
from corfu.profiles.participants import Chair, Kind, Office, Participant
from corfu.profiles.row import Row


def participants(rows: Iterable[Row], kind: Kind) -> tuple[Participant, ...]:
    """Participants of one kind."""
    return tuple(
        Participant(
            kind=kind,
            code=row.text("code"),
            iso3=row.text("iso3"),
            name=row.words("name"),
            sorts=row.sorts("sort"),
            admitted=row.dated("admitted"),
            until=row.dated("until"),
            group=row.text("group"),
            **known(row),
        )
        for row in rows
    )


def offices(rows: Iterable[Row]) -> tuple[Office, ...]:
    """The chairs that pass from State to State."""
    return tuple(
        Office(id=row.id, name=row.words("name"), term=row.words("term"), troika=row.truth("troika"), **known(row))
        for row in rows
    )


def chairs(rows: Iterable[Row]) -> tuple[Chair, ...]:
    """Who held them when."""
    return tuple(
        Chair(
            id=row.id,
            office=row.text("office"),
            year=row.whole("year") or 0,
            first=row.day("first"),
            last=row.day("last"),
            state=row.text("state"),
            person=row.words("person"),
            **known(row),
        )
        for row in rows
    )
