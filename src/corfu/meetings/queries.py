"""Meetings, as far as the reader may see them."""

from collections import Counter
from datetime import date

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr

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


def counts(*, actor: Actor, organisation: str) -> tuple[Counter[str], Counter[int]]:
    """How many meetings there are of each kind, and how many began in each year."""
    began = meetings(actor=actor, organisation=organisation).annotate(year=Substr("dated", 1, 4))
    kinds, years = Counter[str](), Counter[int]()
    for row in began.order_by().values("kind", "year").annotate(number=Count("pk")):
        kinds[row["kind"]] += row["number"]
        years[int(row["year"])] += row["number"]
    return kinds, years
