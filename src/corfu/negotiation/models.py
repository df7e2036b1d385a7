"""Rows of processes: concerns, steps, proposals."""

from django.db import models

from corfu.acts.models import Fact
from corfu.negotiation.texts import models as texts

__all__ = ["Process", "Proposal", "Sponsor", "Step", "texts"]


class Process(Fact):
    """A named dialogue with an origin, a mandate, principles, topics and an outcome. `words`: title, summary, mandate.

    `principles` and `topics` are ids of the profile's. `closed`: the index of the act that closed it; `words` then
    holds the outcome too. `history`: entered from the public record.
    """

    slug = models.CharField(max_length=64, unique=True)
    organisation = models.CharField(max_length=40)
    body = models.CharField(max_length=64)
    principles = models.JSONField(default=list)
    topics = models.JSONField(default=list)
    history = models.BooleanField(default=False)
    closed = models.PositiveBigIntegerField(null=True)
    ended = models.CharField(max_length=25, blank=True)


class Step(Fact):
    """One step of a process on its line from concern to outcome. `kind`: "crisis", "speech", "summit" and so on.

    `main`: drawn on the line. `meeting`: the meeting that it was. `words`: title, outcome, place, note.
    """

    slug = models.CharField(max_length=64, unique=True)
    process = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=40)
    main = models.BooleanField(default=False)
    meeting = models.CharField(max_length=64, blank=True)
    symbol = models.CharField(max_length=80, blank=True)
    participants = models.JSONField(default=list)
    topics = models.JSONField(default=list)

    class Meta:
        """By date; of two on one day, in the order of the record."""

        ordering = ("first", "place")


class Proposal(Fact):
    """A paper or a stated position on a topic. `kind`: "proposal", "position", "interpretative-statement" and so on.

    `withdrawn`: the index of the act that withdrew it.
    """

    slug = models.CharField(max_length=64, unique=True)
    process = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=40)
    topic = models.CharField(max_length=64, db_index=True)
    symbol = models.CharField(max_length=80, blank=True)
    withdrawn = models.PositiveBigIntegerField(null=True)

    class Meta:
        """By date; of two on one day, in the order of the record."""

        ordering = ("first", "place")


class Sponsor(models.Model):
    """A participant stands behind a proposal. `place`: the act by which it does; `left`: the one by which it left."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, to_field="slug", related_name="sponsors")
    participant = models.CharField(max_length=16, db_index=True)
    place = models.PositiveBigIntegerField()
    left = models.PositiveBigIntegerField(null=True)

    class Meta:
        """In the order in which they came."""

        ordering = ("place", "id")
