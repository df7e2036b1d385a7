"""Rows of what was adopted."""

from django.db import models

from corfu.acts.models import Fact


class Decision(Fact):
    """A text that a body adopted. `symbol`: its number in its series. `kind`: "decision", "declaration" and so on."""

    slug = models.CharField(max_length=64, unique=True)
    organisation = models.CharField(max_length=40)
    symbol = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=40)
    body = models.CharField(max_length=64)
    meeting = models.CharField(max_length=64, blank=True, db_index=True)
    process = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        """The latest first."""

        ordering = ("-first", "place")
        indexes = (
            models.Index(fields=["organisation", "-first", "layer"]),
            models.Index(fields=["-first", "place", "layer"]),
        )
