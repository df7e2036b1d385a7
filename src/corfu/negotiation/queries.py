"""Processes, their steps and proposals, as far as the reader may see them."""

from django.db.models import Prefetch, QuerySet

from corfu.acts.actor import Actor
from corfu.negotiation.models import Process, Proposal, Sponsor, Step


def visible_to(actor: Actor) -> QuerySet[Process]:
    """All processes that the actor may see, the latest first."""
    return Process.objects.filter(layer__in=actor.layers).order_by("-first", "place")


def processes(*, actor: Actor, organisation: str | None = None) -> QuerySet[Process]:
    """The processes of an organisation."""
    found = visible_to(actor)
    return found.filter(organisation=organisation) if organisation else found


def process(slug: str, *, actor: Actor) -> Process | None:
    """One process by its name in addresses."""
    return visible_to(actor).filter(slug=slug).first()


def steps(process: str, *, actor: Actor) -> QuerySet[Step]:
    """A process's steps, by date."""
    return Step.objects.filter(process=process, layer__in=actor.layers)


def proposals(
    *, actor: Actor, process: str | None = None, topic: str | None = None, sponsor: str | None = None
) -> QuerySet[Proposal]:
    """Proposals by date, with those who stand behind them."""
    standing = Sponsor.objects.filter(left=None)
    found = Proposal.objects.filter(layer__in=actor.layers).prefetch_related(Prefetch("sponsors", standing))
    if process:
        found = found.filter(process=process)
    if topic:
        found = found.filter(topic=topic)
    return found.filter(sponsors__participant=sponsor, sponsors__left=None).distinct() if sponsor else found


def proposal(slug: str, *, actor: Actor) -> Proposal | None:
    """One proposal by its name in addresses."""
    return proposals(actor=actor).filter(slug=slug).first()
