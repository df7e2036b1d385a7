"""Who takes part, as far as the reader may see; and who somebody is when they act."""

from collections.abc import Collection
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from corfu.acts.actor import ANONYMOUS, SECRETARIAT, Actor, layers_of
from corfu.community.models import Credential, Group, Key, Member, Participant, Term


def participants(*, actor: Actor, organisation: str | None = None) -> QuerySet[Participant]:
    """All participants that the actor may see."""
    found = Participant.objects.filter(layer__in=actor.layers)
    return found.filter(organisation=organisation) if organisation else found


def participant(code: str, *, actor: Actor) -> Participant | None:
    """One participant by its code."""
    return participants(actor=actor).filter(code=code).first()


def terms(*, actor: Actor, organisation: str, body: str | None = None) -> QuerySet[Term]:
    """Terms of office, by date."""
    found = Term.objects.filter(layer__in=actor.layers, organisation=organisation)
    return found.filter(body=body) if body else found


def chair_of(body: str, *, organisation: str, on: date) -> str | None:
    """Who chairs a body on a day."""
    found = Term.objects.filter(organisation=organisation, body=body, first__lte=on, last__gte=on)
    return found.values_list("participant", flat=True).first()


def groups(*, actor: Actor) -> QuerySet[Group]:
    """The groups that there are: anyone may know of them, and who belongs to them."""
    return Group.objects.filter(layer__in=actor.layers).prefetch_related("members")


def keys(*, actor: Actor, participant: str | None = None) -> QuerySet[Key]:
    """Keys as enrolled: anyone may see them."""
    del actor
    found = Key.objects.order_by("place")
    return found.filter(participant=participant) if participant else found


def colleagues(*, actor: Actor) -> QuerySet[Credential]:
    """The credentials of the actor's own delegation, or of all for the secretariat."""
    found = Credential.objects.select_related("person").order_by("participant", "since")
    return found if actor.is_secretariat else found.filter(participant=actor.code or "")


def accredited(email: str, *, actor: Actor, administrator: bool, now: datetime) -> bool:
    """Whether the person with this address may act for the actor's delegation already, with no less of a right."""
    found = Credential.objects.filter(_valid(now), participant=actor.code or "", person__username=email.lower())
    return found.filter(administrator__gte=administrator).exists()


def are_participants(codes: Collection[str]) -> bool:
    """Whether each of these codes is a participant's."""
    return Participant.objects.filter(code__in=set(codes)).count() == len(set(codes))


def actor_of(code: str, *, on: date, person: int | None = None, administers: bool = False) -> Actor | None:
    """Whoever acts for this participant on that day."""
    if code == SECRETARIAT:
        return Actor(code, "secretariat", person, administers, frozenset(), layers_of("secretariat"))
    found = Participant.objects.filter(code=code).first()
    if found is None or (found.left is not None and found.left <= on):
        return None
    held = Term.objects.filter(participant=code, first__lte=on, last__gte=on).values_list("body", flat=True)
    chairs = frozenset(held)
    groups = Member.objects.filter(participant=code, left=None).values_list("group_id", flat=True)
    layers = layers_of(found.kind, chairs=bool(chairs)) | {f"group:{slug}" for slug in groups}
    return Actor(code, found.kind, person, administers, chairs, layers, found.organisation)


def credentials_of(user: User, now: datetime) -> list[Credential]:
    """For whom a person may act at this instant."""
    return list(Credential.objects.filter(_valid(now), person=user).order_by("since"))


def _valid(now: datetime) -> Q:
    return Q(since__lte=now) & (Q(until=None) | Q(until__gt=now))


def actor_for(user: User | None, now: datetime, *, code: str | None = None) -> Actor:
    """Who a signed-in person is: the participant chosen among their credentials, else the first; or a mere reader."""
    if user is None or not user.is_authenticated:
        return ANONYMOUS
    for credential in credentials_of(user, now):
        if code is None or credential.participant == code:
            found = actor_of(
                credential.participant, on=now.date(), person=user.pk, administers=credential.administrator
            )
            return found or ANONYMOUS
    return ANONYMOUS
