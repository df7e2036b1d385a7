"""Rows of who takes part, and who may act for whom."""

from django.conf import settings
from django.db import models

from corfu.acts.models import Fact


class Participant(Fact):
    """A State or organisation in the process. `code` is its author's code; `organisation` the profile it belongs to.

    `first` is the day of its admission; `left` the day it ceased to take part, if it did.
    """

    code = models.CharField(max_length=16, unique=True)
    organisation = models.CharField(max_length=40)
    kind = models.CharField(max_length=16)
    left = models.DateField(null=True)


class Term(Fact):
    """A term of office of a participant as the chair of a body."""

    organisation = models.CharField(max_length=40)
    body = models.CharField(max_length=64)
    participant = models.CharField(max_length=16)

    class Meta:
        """By date."""

        ordering = ("first", "place")


class Key(models.Model):
    """A delegation's key. `custody`: "server" or "delegation"; said wherever an act is shown that it signed."""

    vkey = models.CharField(max_length=200, primary_key=True)
    participant = models.CharField(max_length=16, db_index=True)
    custody = models.CharField(max_length=16)
    place = models.PositiveBigIntegerField()
    revoked = models.PositiveBigIntegerField(null=True)


class Credential(models.Model):
    """A person may act for a participant, from a day to a day. Who that is stands in a document, not in the record."""

    id = models.CharField(max_length=64, primary_key=True)
    participant = models.CharField(max_length=16, db_index=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="credentials")
    administrator = models.BooleanField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    place = models.PositiveBigIntegerField()


class Group(Fact):
    """Participants that confer among themselves. What is for the group has the layer "group:" and its slug."""

    slug = models.CharField(max_length=32, unique=True)
    organisation = models.CharField(max_length=40)


class Member(models.Model):
    """A participant belongs to a group. `place`: the act by which it does; `left`: the one by which it left."""

    group = models.ForeignKey(Group, models.CASCADE, to_field="slug", related_name="members")
    participant = models.CharField(max_length=16, db_index=True)
    place = models.PositiveBigIntegerField()
    left = models.PositiveBigIntegerField(null=True)

    class Meta:
        """In the order in which they came."""

        ordering = ("place", "id")
