"""The process that a profile tells the history of."""

from collections.abc import Iterable

from corfu.profiles.building.known import Places, Rows, known
from corfu.profiles.history import Concern, Decision, History, Part, Process, Proposal, Step
from corfu.profiles.procedure import Meeting
from corfu.profiles.row import Row


def history(rows: Rows, where: Places, meetings: Iterable[Meeting]) -> History | None:
    """The history, where the profile has one."""
    steps = _steps(rows.of("step"), where)
    ids = {step.id for step in steps}
    for row in rows.of("process"):
        return History(
            process=_process(row),
            parts=_parts(rows.of("part")),
            concerns=_concerns(rows.of("concern"), where),
            steps=steps,
            proposals=_proposals(rows.of("proposal")),
            decisions=_decisions(rows.of("decision")),
            meetings=tuple(meeting for meeting in meetings if meeting.step in ids),
        )
    return None


def _process(row: Row) -> Process:
    return Process(
        id=row.id,
        title=row.words("title"),
        summary=row.words("summary"),
        mandate=row.words("mandate"),
        first=row.must_dated("first"),
        last=row.dated("last"),
        principles=row.texts("principles"),
        topics=row.texts("topics"),
        symbols=row.texts("symbols"),
        **known(row),
    )


def _parts(rows: Iterable[Row]) -> tuple[Part, ...]:
    return tuple(
        Part(
            id=row.id,
            state=row.text("state"),
            first=row.day("first"),
            last=row.day("last"),
            text=row.words("text"),
            **known(row),
        )
        for row in rows
    )


def _concerns(rows: Iterable[Row], where: Places) -> tuple[Concern, ...]:
    return tuple(
        Concern(
            id=row.id,
            kind=row.text("kind"),
            title=row.words("title"),
            text=row.words("text"),
            date=row.dated("date"),
            place=where.get(row.text("place")),
            step=row.text("step"),
            **known(row),
        )
        for row in rows
    )


def _steps(rows: Iterable[Row], where: Places) -> tuple[Step, ...]:
    return tuple(
        Step(
            id=row.id,
            date=row.must_dated("date"),
            end=row.dated("end"),
            place=where.get(row.text("place")),
            kind=row.text("kind"),
            title=row.words("title"),
            main=row.truth("main"),
            label=row.words("label"),
            line=row.words("line"),
            participants=row.texts("participants"),
            attendance=row.words("attendance"),
            outcome=row.words("outcome"),
            symbols=row.texts("symbols"),
            topics=row.texts("topics"),
            **known(row),
        )
        for row in rows
    )


def _decisions(rows: Iterable[Row]) -> tuple[Decision, ...]:
    return tuple(
        Decision(
            id=row.id,
            symbol=row.text("symbol"),
            date=row.must_dated("date"),
            body=row.text("body"),
            kind=row.text("kind"),
            step=row.text("step"),
            title=row.words("title"),
            text=row.words("text"),
            **known(row),
        )
        for row in rows
    )


def _proposals(rows: Iterable[Row]) -> tuple[Proposal, ...]:
    return tuple(
        Proposal(
            id=row.id,
            date=row.must_dated("date"),
            kind=row.text("kind"),
            sponsors=row.texts("sponsors"),
            topic=row.text("topic"),
            step=row.text("step"),
            title=row.words("title"),
            summary=row.words("summary"),
            symbol=row.text("symbol"),
            **known(row),
        )
        for row in rows
    )
