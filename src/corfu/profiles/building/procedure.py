"""Bodies, meetings, rules, mechanisms, symbols, principles and topics."""

from collections.abc import Iterable

from corfu.profiles.building.known import Places, Rows, known
from corfu.profiles.procedure import (
    Body,
    Mechanism,
    MechanismStep,
    Meeting,
    MeetingKind,
    Principle,
    Rule,
    SymbolSeries,
    Topic,
)
from corfu.profiles.row import Row


def bodies(rows: Iterable[Row]) -> tuple[Body, ...]:
    """Who meets."""
    return tuple(
        Body(
            id=row.id,
            name=row.words("name"),
            symbol=row.text("symbol"),
            decides=row.truth("decides"),
            parent=row.text("parent"),
            dimension=row.text("dimension"),
            level=row.words("level"),
            meets=row.words("meets"),
            chair=row.words("chair"),
            offices=row.texts("offices"),
            decides_on=row.words("decides_on"),
            **known(row),
        )
        for row in rows
    )


def meeting_kinds(rows: Iterable[Row]) -> tuple[MeetingKind, ...]:
    """The kinds of meeting."""
    return tuple(
        MeetingKind(
            id=row.id,
            name=row.words("name"),
            body=row.text("body"),
            dimension=row.text("dimension"),
            frequency=row.words("frequency"),
            **known(row),
        )
        for row in rows
    )


def meetings(rows: Iterable[Row], where: Places) -> tuple[Meeting, ...]:
    """The meetings that took place."""
    return tuple(
        Meeting(
            id=row.id,
            kind=row.text("kind"),
            body=row.text("body"),
            number=row.whole("number"),
            title=row.words("title"),
            date=row.must_dated("date"),
            end=row.dated("end"),
            place=where.get(row.text("place")),
            step=row.text("step"),
            symbol=row.text("symbol"),
            **known(row),
        )
        for row in rows
    )


def rules(rows: Iterable[Row]) -> tuple[Rule, ...]:
    """The rules of procedure."""
    return tuple(
        Rule(
            id=row.id,
            text=row.words("text"),
            paragraph=row.text("paragraph"),
            number=row.whole("number"),
            **known(row),
        )
        for row in rows
    )


def mechanisms(rows: Rows) -> tuple[Mechanism, ...]:
    """The mechanisms with their steps."""
    return tuple(
        Mechanism(
            id=row.id,
            name=row.words("name"),
            dimension=row.text("dimension"),
            document=row.words("document"),
            trigger=row.words("trigger"),
            invoker=row.words("invoker"),
            needs_consensus=row.truth("needs_consensus"),
            states_needed=row.whole("states_needed"),
            states_seconding=row.whole("states_seconding"),
            experts_max=row.whole("experts_max"),
            quota_passive_per_year=row.whole("quota_passive_per_year"),
            quota_rule=row.words("quota_rule"),
            decision_rule=row.words("decision_rule"),
            excluded_from_consensus=row.whole("excluded_from_consensus"),
            steps=tuple(_step(step) for step in rows.below("mechanism-step", row)),
            **known(row),
        )
        for row in rows.of("mechanism")
    )


def _step(row: Row) -> MechanismStep:
    return MechanismStep(
        id=row.id,
        nr=row.whole("nr") or 0,
        action=row.words("action"),
        by=row.words("by"),
        limit_value=row.whole("limit_value"),
        limit_unit=row.text("limit_unit"),
        kind=row.words("kind"),
        month_day=row.text("month_day"),
        **known(row),
    )


def symbols(rows: Iterable[Row]) -> tuple[SymbolSeries, ...]:
    """The series of document symbols."""
    return tuple(
        SymbolSeries(
            series=row.text("series"),
            pattern=row.text("pattern"),
            example=row.text("example"),
            unit=row.text("unit"),
            kind=row.words("kind"),
            numbering=row.words("numbering"),
            counter=row.text("counter"),
            **known(row),
        )
        for row in rows
    )


def principles(rows: Iterable[Row]) -> tuple[Principle, ...]:
    """The guiding principles."""
    return tuple(
        Principle(
            id=row.id,
            nr=row.whole("nr") or 0,
            title=row.words("title"),
            document=row.text("document"),
            **known(row),
        )
        for row in rows
    )


def topics(rows: Iterable[Row]) -> tuple[Topic, ...]:
    """The topics under discussion."""
    return tuple(
        Topic(
            id=row.id,
            nr=row.whole("nr") or 0,
            title=row.words("title"),
            short=row.words("short"),
            dimensions=row.texts("dimensions"),
            document=row.text("document"),
            **known(row),
        )
        for row in rows
    )
