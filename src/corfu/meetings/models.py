"""Rows of meetings."""

from django.db import models

from corfu.acts.models import Fact


class Meeting(Fact):
    """A meeting of a body. `kind`: one of the profile's meeting kinds. `words`: title, place, and once closed outcome.

    `closed`: the index of the act that closed it. `about`: the process it belongs to, if to one.
    """

    slug = models.CharField(max_length=64, unique=True)
    organisation = models.CharField(max_length=40)
    body = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=64, blank=True, db_index=True)
    number = models.PositiveIntegerField(null=True)
    about = models.CharField(max_length=64, blank=True, db_index=True)
    symbol = models.CharField(max_length=80, blank=True)
    participants = models.JSONField(default=list)
    closed = models.PositiveBigIntegerField(null=True)

    class Meta:
        """By date; of two on one day, in the order of the record."""

        ordering = ("first", "place")
        indexes = (
            models.Index(fields=["organisation", "first", "layer", "last", "kind", "dated"]),  # all that is counted
            models.Index(fields=["kind", "first"]),
        )
