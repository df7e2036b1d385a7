"""Decisions, as far as the reader may see them."""

from django.db.models import QuerySet

from corfu.acts.actor import Actor
from corfu.decisions.models import Decision


def visible_to(actor: Actor) -> QuerySet[Decision]:
    """All decisions that the actor may see, the latest first."""
    return Decision.objects.filter(layer__in=actor.layers)


def decisions(
    *, actor: Actor, organisation: str | None = None, process: str | None = None, meeting: str | None = None
) -> QuerySet[Decision]:
    """Decisions of an organisation, of a process or of a meeting."""
    found = visible_to(actor)
    asked = {"organisation": organisation, "process": process, "meeting": meeting}
    return found.filter(**{name: value for name, value in asked.items() if value})


def decision(slug: str, *, actor: Actor) -> Decision | None:
    """One decision by its name in addresses."""
    return visible_to(actor).filter(slug=slug).first()
