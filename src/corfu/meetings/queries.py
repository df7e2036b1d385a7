"""Meetings, as far as the reader may see them."""

from datetime import date

from django.db.models import Count, QuerySet

from corfu.acts.actor import Actor
from corfu.meetings.models import Meeting


def visible_to(actor: Actor) -> QuerySet[Meeting]:
    """All meetings that the actor may see, by date."""
    return Meeting.objects.filter(layer__in=actor.layers)


def meetings(*, actor: Actor, organisation: str | None = None, kind: str | None = None) -> QuerySet[Meeting]:
    """Meetings of an organisation, or of one kind."""
    found = visible_to(actor)
    found = found.filter(organisation=organisation) if organisation else found
    return found.filter(kind=kind) if kind else found


def meeting(slug: str, *, actor: Actor) -> Meeting | None:
    """One meeting by its name in addresses."""
    return visible_to(actor).filter(slug=slug).first()


def past(*, actor: Actor, on: date, organisation: str | None = None) -> QuerySet[Meeting]:
    """Meetings before this day, the latest first."""
    return meetings(actor=actor, organisation=organisation).filter(last__lt=on).order_by("-first", "-place")


def next_ones(*, actor: Actor, on: date, organisation: str | None = None) -> QuerySet[Meeting]:
    """Meetings of this day and after it, the next first."""
    return meetings(actor=actor, organisation=organisation).filter(last__gte=on)


def of_process(process: str, *, actor: Actor) -> QuerySet[Meeting]:
    """The meetings of one process."""
    return visible_to(actor).filter(about=process)


def counts(*, actor: Actor, organisation: str) -> dict[str, int]:
    """How many meetings of each kind there are."""
    rows = meetings(actor=actor, organisation=organisation).order_by("kind").values("kind")
    return {row["kind"]: row["number"] for row in rows.annotate(number=Count("pk"))}


def years(*, actor: Actor, organisation: str) -> list[date]:
    """The first days of all meetings."""
    return list(meetings(actor=actor, organisation=organisation).values_list("first", flat=True))
