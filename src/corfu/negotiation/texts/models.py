"""Rows of texts. Brackets are in none of them: the rolling text is compiled from a version and its amendments."""

from typing import NamedTuple

from django.db import models

from corfu.acts.models import Fact


class Spot(NamedTuple):
    """A contested place as positions and suggestions name it, by its words, so that it lasts from version to version.

    `nth`: of several with the same words in one paragraph ("shall … shall") which one it is, from 0.
    """

    paragraph: str
    kind: str
    base: str
    nth: int = 0


class Text(Fact):
    """A draft under negotiation. `words`: title. `lang`: the language that it is negotiated in.

    `number`: the version that stands. `touched`: index of the last act on it, so that whatever is computed from its
    rows may be kept under (slug, touched). `until`: the instant up to which answers are asked for. `reason`: why it is
    not public. `opens`: the day on which its layer is to be reviewed.
    """

    slug = models.CharField(max_length=64, unique=True)
    process = models.CharField(max_length=64, db_index=True)
    organisation = models.CharField(max_length=40)
    body = models.CharField(max_length=64)
    symbol = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    lang = models.CharField(max_length=2)
    number = models.PositiveIntegerField()
    touched = models.PositiveBigIntegerField()
    until = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    opens = models.DateField(null=True)


class Revision(models.Model):
    """One version of a text as it was issued, by the act at `place` and at the instant `at`.

    `paragraphs`: the base, as `corfu.wording.plain` writes it. `since`: by paragraph id, the numbers of the versions in
    which its words became others (the first one that had it included). `changes`: what differs from the version before,
    each with source and authority. `concordance`: rows [old id, old label, [new ids], [new labels]]. `heirs`: what
    stands in the place of paragraphs that were broken up. `counts`: how much was open when the next version was issued,
    by the act at `closed`; empty while it stands.
    """

    text = models.ForeignKey(Text, models.CASCADE, to_field="slug", related_name="revisions")
    number = models.PositiveIntegerField()
    place = models.PositiveBigIntegerField()
    closed = models.PositiveBigIntegerField(null=True)
    at = models.DateTimeField()
    author = models.CharField(max_length=16)
    sha256 = models.CharField(max_length=64)
    paragraphs = models.JSONField()
    since = models.JSONField()
    changes = models.JSONField(default=list)
    concordance = models.JSONField(default=list)
    heirs = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)

    class Meta:
        """In their order."""

        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["text", "number"], name="one_revision_of_a_number"),)


class Amendment(models.Model):
    """What a participant asked to be changed, and others joined. Its id is that of the act that filed it.

    `number`: the version it was filed on. `parent`: the amendment whose wording it goes on from. `note`: why, in the
    author's words. `revision`: how often its sponsor confirmed it anew after its words were touched.
    """

    id = models.CharField(max_length=64, primary_key=True)
    text = models.ForeignKey(Text, models.CASCADE, to_field="slug", related_name="amendments")
    author = models.CharField(max_length=16, db_index=True)
    number = models.PositiveIntegerField()
    place = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    parent = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveBigIntegerField(null=True)

    class Meta:
        """In the order of the record."""

        ordering = ("place",)


class Supporter(models.Model):
    """A participant stands behind an amendment, in its wording of `revision`."""

    amendment = models.ForeignKey(Amendment, models.CASCADE, related_name="supporters")
    participant = models.CharField(max_length=16, db_index=True)
    place = models.PositiveBigIntegerField()
    revision = models.PositiveIntegerField(default=0)
    left = models.PositiveBigIntegerField(null=True)

    class Meta:
        """In the order in which they came."""

        ordering = ("place", "id")


class Standing(models.Model):
    """An amendment as it stands on one version. `acts`: what it asks there; with none of them it asks nothing more.

    `asked`: what its sponsor is asked to confirm, since the words were touched: {act, acts}, the act as it stood on the
    version before and what is suggested in its place, maybe nothing. `revision`: the amendment's, while it stood so.
    `outcomes`, once the next version was issued: what became of each of `acts`, as {paragraph, disposition, rebased}.
    """

    amendment = models.ForeignKey(Amendment, models.CASCADE, related_name="standings")
    text = models.ForeignKey(Text, models.CASCADE, to_field="slug", related_name="+")
    number = models.PositiveIntegerField()
    acts = models.JSONField()
    asked = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=0)
    outcomes = models.JSONField(default=list)

    class Meta:
        """By version."""

        ordering = ("number", "amendment__place")
        constraints = (models.UniqueConstraint(fields=["amendment", "number"], name="one_standing_on_a_revision"),)
        indexes = (models.Index(fields=["text", "number"]),)


class Suggestion(models.Model):
    """The chair's suggestion for a contested place: `wording` in place of `base`, drawing on the amendments `draws_on`.

    `kind` and `paragraph`: of the open point, as in `corfu.wording.points`; `nth`: which one it is, from 0, of those
    with the same words in the base. `wording` may be one of the variants.
    """

    id = models.CharField(max_length=64, primary_key=True)
    text = models.ForeignKey(Text, models.CASCADE, to_field="slug", related_name="suggestions")
    number = models.PositiveIntegerField()
    author = models.CharField(max_length=16)
    place = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    paragraph = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    base = models.TextField(blank=True)
    nth = models.PositiveIntegerField(default=0)
    wording = models.TextField(blank=True)
    draws_on = models.JSONField(default=list)
    note = models.TextField(blank=True)
    withdrawn = models.PositiveBigIntegerField(null=True)

    class Meta:
        """In the order of the record."""

        ordering = ("place",)

    @property
    def spot(self) -> "Spot":
        """Which contested place it is for."""
        return Spot(self.paragraph, self.kind, self.base, self.nth)


class Position(models.Model):
    """A participant's standing towards one exact wording of a contested place, or towards a suggestion of the chair.

    The latest of a participant on the same wording counts. One whose wording is not on the table any more needs
    renewal: that is computed, from the words.
    """

    text = models.ForeignKey(Text, models.CASCADE, to_field="slug", related_name="positions")
    number = models.PositiveIntegerField()
    participant = models.CharField(max_length=16, db_index=True)
    place = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    suggestion = models.ForeignKey(Suggestion, models.CASCADE, null=True, related_name="answers")
    paragraph = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    base = models.TextField(blank=True)
    nth = models.PositiveIntegerField(default=0)
    wording = models.TextField(blank=True)
    stance = models.CharField(max_length=16)
    note = models.TextField(blank=True)

    class Meta:
        """In the order of the record."""

        ordering = ("place",)

    @property
    def spot(self) -> "Spot":
        """Which contested place it is about."""
        return Spot(self.paragraph, self.kind, self.base, self.nth)


class Translation(models.Model):
    """A paragraph in another language: `standing` "authentic", "official" or "courtesy"; `follows`: the version of the
    original that it renders. The latest of a paragraph in a language counts."""

    text = models.ForeignKey(Text, models.CASCADE, to_field="slug", related_name="translations")
    lang = models.CharField(max_length=2)
    paragraph = models.CharField(max_length=64)
    words = models.TextField()
    standing = models.CharField(max_length=16)
    follows = models.PositiveIntegerField()
    author = models.CharField(max_length=16)
    place = models.PositiveBigIntegerField()

    class Meta:
        """In the order of the record."""

        ordering = ("place",)
        indexes = (models.Index(fields=["text", "lang"]),)
