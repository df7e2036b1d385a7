"""The acts by which groups come to be, and participants join and leave them."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from corfu.acts.actor import Actor
from corfu.acts.facts import fact_of
from corfu.acts.fields import CODES, ID, WORDS, Field, is_slug
from corfu.acts.refusals import Refusal
from corfu.acts.registry import Applied, Kind, Payload, register
from corfu.community.models import Group, Member
from corfu.community.queries import are_participants

GROUP = Field(lambda value: is_slug(value) and len(value) <= 32, _("a short name of a-z, 0-9, hyphens and points"))


def _may_form(actor: Actor, payload: Payload, _now: datetime) -> Refusal | None:
    if actor.kind not in {"state", "secretariat"}:
        return Refusal("group.who", "equality", _("A participating State forms a group."), status=403)
    if not payload["members"] or not are_participants(payload["members"]):
        sentence = _("Among the members is one that does not take part: mend its code.")
        return Refusal("participant.unknown", "house.register", sentence, status=400)
    if Group.objects.filter(slug=payload["slug"]).exists():
        sentence = _("There is a group “%(slug)s” already: give this one another name.")
        return Refusal("name.taken", "house.once", sentence, {"slug": payload["slug"]})
    return None


def _form(applied: Applied) -> None:
    payload = applied.payload
    group = Group.objects.create(slug=payload["slug"], organisation=payload["organisation"], **fact_of(applied))
    members = dict.fromkeys(payload["members"])
    Member.objects.bulk_create(Member(group=group, participant=code, place=applied.index) for code in members)


register(
    Kind(
        "group.form",
        _("Participants form a group that confers among itself; that it exists is no secret."),
        _("participating State, or the secretariat"),
        ("equality", "house.layer"),
        {"slug": GROUP, "organisation": ID, "members": CODES, "words": WORDS},
        _may_form,
        _form,
        lambda _: "countries/",
    )
)


def _group(payload: Payload) -> Group | Refusal:
    found = Group.objects.filter(slug=payload["slug"]).first()
    sentence = _("There is no group “%(slug)s”: mend the name.")
    return found or Refusal("group.unknown", "house.register", sentence, {"slug": payload["slug"]}, 404)


def _belongs(group: Group, actor: Actor) -> bool:
    return group.members.filter(participant=actor.code, left=None).exists()


def _may_align(actor: Actor, payload: Payload, _now: datetime) -> Refusal | None:
    """A member brings another participant in: nobody reads what is for a group by their own word alone."""
    found = _group(payload)
    if isinstance(found, Refusal):
        return found
    if not _belongs(found, actor):
        return Refusal("group.member", "house.layer", _("Only a member brings another into a group."), status=403)
    if not are_participants(payload["members"]):
        sentence = _("Among the members is one that does not take part: mend its code.")
        return Refusal("participant.unknown", "house.register", sentence, status=400)
    if found.members.filter(participant__in=payload["members"], left=None).exists():
        return Refusal("group.joined", "house.once", _("One of them belongs to the group already."))
    return None


def _align(applied: Applied) -> None:
    group = Group.objects.get(slug=applied.payload["slug"])
    members = dict.fromkeys(applied.payload["members"])
    Member.objects.bulk_create(Member(group=group, participant=code, place=applied.index) for code in members)


def _may_part(actor: Actor, payload: Payload, _now: datetime) -> Refusal | None:
    found = _group(payload)
    if isinstance(found, Refusal):
        return found
    if not _belongs(found, actor):
        return Refusal("group.not_joined", "house.once", _("You do not belong to this group."))
    return None


def _part(applied: Applied) -> None:
    Member.objects.filter(
        group_id=applied.payload["slug"], participant=applied.author, left=None
    ).update(left=applied.index)  # fmt: skip


register(
    Kind(
        "group.align",
        _("Further participants join a group, brought in by one of its members."),
        _("a member of the group"),
        ("house.layer",),
        {"slug": GROUP, "members": CODES},
        _may_align,
        _align,
        lambda _: "countries/",
    )
)
register(
    Kind(
        "group.part",
        _("A participant leaves a group."),
        _("a member of the group"),
        ("house.layer",),
        {"slug": GROUP},
        _may_part,
        _part,
        lambda _: "countries/",
    )
)
