"""Rows of the record as pages list it, and what every row that an act made carries."""

from django.db import models


class Entry(models.Model):
    """One act, indexed for reading. The act itself lies in the log's own tables; this can be made from it anew.

    `about`: the address, without language, of what the act concerns.
    """

    place = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=64)
    author = models.CharField(max_length=16, db_index=True)
    at = models.DateTimeField()
    about = models.CharField(max_length=200, db_index=True)
    words = models.JSONField(default=dict)
    dated = models.CharField(max_length=25)

    class Meta:
        """By place: the order of the record."""

        ordering = ("place",)
        indexes = (models.Index(fields=["kind", "place"]),)


class Fact(models.Model):
    """What every row of a topic carries: the act that made it, its words, its date as far as known, its source.

    `words`: texts by language and name. `dated`: "2008", "2008-08" or "2008-08-08", with "/…" for the last day of
    several; `first` and `last` are the days that it spans, for sorting. `standing`: as in the profiles; empty for what
    is done live. `place`: index of the act.
    """

    place = models.PositiveBigIntegerField(db_index=True)
    layer = models.CharField(max_length=40, default="public")
    words = models.JSONField(default=dict)
    dated = models.CharField(max_length=25)
    first = models.DateField()
    last = models.DateField()
    source = models.TextField(blank=True)
    standing = models.CharField(max_length=12, blank=True)

    class Meta:
        """Nothing of its own in the database."""

        abstract = True
