"""The acts by which participants, their people, keys and chairs come and go."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from corfu.acts.actor import SECRETARIAT, Actor
from corfu.acts.facts import fact_of
from corfu.acts.fields import BOOLEAN, CODE, DATED, FACT, ID, INSTANT, SLUG, TEXT, WORDS, Field, one_of, optional
from corfu.acts.kinds import only_secretariat
from corfu.acts.refusals import Refusal
from corfu.acts.registry import Applied, Kind, Payload, register
from corfu.community.models import Credential, Key, Participant, Term


def _may_admit(actor: Actor, payload: Payload, now: datetime) -> Refusal | None:
    if Participant.objects.filter(code=payload["code"]).exists():
        facts = {"code": payload["code"]}
        return Refusal("participant.there", "house.once", _("%(code)s takes part already: choose another code."), facts)
    return only_secretariat(actor, payload, now)


def _admit(applied: Applied) -> None:
    payload = applied.payload
    Participant.objects.create(
        code=payload["code"], organisation=payload["organisation"], kind=payload["kind"], **fact_of(applied)
    )


register(
    Kind(
        "participant.admit",
        _("A State or an organisation takes part from now on."),
        _("secretariat"),
        ("equality",),
        {
            "code": CODE,
            "organisation": ID,
            "kind": one_of("state", "partner", "organisation", "secretariat"),
            "dated": DATED,
            "fact": optional(FACT),
            "words": optional(WORDS),
        },
        _may_admit,
        _admit,
        lambda payload: f"countries/{payload['code'].lower()}/",
    )
)


def unknown(code: str) -> Refusal | None:
    """A refusal where this is no participant's code."""
    if Participant.objects.filter(code=code).exists():
        return None
    sentence = _("%(code)s does not take part: admit it first, or mend the code.")
    return Refusal("participant.unknown", "house.register", sentence, {"code": code[:16]}, 400)


def _may_assume(actor: Actor, payload: Payload, now: datetime) -> Refusal | None:
    return unknown(payload["participant"]) or only_secretariat(actor, payload, now)


def _assume(applied: Applied) -> None:
    payload = applied.payload
    Term.objects.create(
        organisation=payload["organisation"],
        body=payload["body"],
        participant=payload["participant"],
        **fact_of(applied),
    )


register(
    Kind(
        "chair.assume",
        _("A participant takes the chair of a body, for a term."),
        _("secretariat"),
        ("house.chair",),
        {
            "organisation": ID,
            "body": SLUG,
            "participant": CODE,
            "dated": DATED,
            "fact": optional(FACT),
            "words": optional(WORDS),
        },
        _may_assume,
        _assume,
        lambda payload: f"countries/{payload['participant'].lower()}/",
    )
)


def _may_accredit(actor: Actor, payload: Payload, _now: datetime) -> Refusal | None:
    own = actor.administers and actor.code == payload["for"]
    if not own and not actor.is_secretariat:
        sentence = _("Only the administrator of this delegation, or the secretariat, accredits its people.")
        return Refusal("credential.administrator", "house.credential", sentence, status=403)
    if payload.get("until", "9999") <= payload["since"]:
        return Refusal("credential.dates", "house.credential", _("A credential ends after it begins: mend the date."))
    return None if payload["for"] == SECRETARIAT else unknown(payload["for"])


def _accredit(applied: Applied) -> None:
    payload = applied.payload
    said: list[Mapping[str, str]] = payload.get("documents", [])
    known = next((applied.documents[one["commitment"]] for one in said if one["commitment"] in applied.documents), None)
    Credential.objects.create(
        id=applied.id,
        participant=payload["for"],
        person=_person(json.loads(known)) if known else None,
        administrator=payload["administrator"],
        since=datetime.fromisoformat(payload["since"]),
        until=datetime.fromisoformat(payload["until"]) if "until" in payload else None,
        place=applied.index,
    )


def _person(known: Mapping[str, str]) -> User:
    """The account of this address, made without a password where there is none: its owner sets one."""
    email = known["email"].lower()
    user, made = User.objects.get_or_create(
        username=email, defaults={"email": email, "first_name": known.get("name", "")[:150]}
    )
    if made:
        user.set_unusable_password()
        user.save()
    return user


register(
    Kind(
        "delegation.accredit",
        _("A person may act for a participant. Who it is stands in a document that only the delegation reads."),
        _("the delegation's administrator, or the secretariat"),
        ("house.credential",),
        {
            "for": CODE,
            "administrator": BOOLEAN,
            "since": INSTANT,
            "until": optional(INSTANT),
            "documents": optional(Field(lambda value: isinstance(value, list), _("documents"))),
        },
        _may_accredit,
        _accredit,
        lambda _: "delegation/",
    )
)


def _may_end(actor: Actor, payload: Payload, now: datetime) -> Refusal | None:
    found = Credential.objects.filter(pk=payload["credential"]).first()
    if found is None or (found.until is not None and found.until <= now):
        return Refusal("credential.unknown", "house.credential", _("This credential has ended, or never was."))
    if actor.is_secretariat or (actor.administers and actor.code == found.participant):
        return None
    sentence = _("Only the administrator of this delegation, or the secretariat, ends a credential.")
    return Refusal("credential.administrator", "house.credential", sentence, status=403)


def _end(applied: Applied) -> None:
    ended = datetime.fromisoformat(applied.at)
    Credential.objects.filter(pk=applied.payload["credential"]).update(until=ended)


register(
    Kind(
        "credential.end",
        _("A person may no longer act for a participant."),
        _("the delegation's administrator, or the secretariat"),
        ("house.credential",),
        {"credential": TEXT},
        _may_end,
        _end,
        lambda _: "delegation/",
    )
)


def _may_enrol(actor: Actor, payload: Payload, now: datetime) -> Refusal | None:
    return unknown(payload["for"]) or only_secretariat(actor, payload, now)


def _enrol(applied: Applied) -> None:
    payload = applied.payload
    Key.objects.create(vkey=payload["key"], participant=payload["for"], custody=payload["custody"], place=applied.index)


register(
    Kind(
        "key.enrol",
        _("A key may sign for a participant, and says who holds it: the delegation, or the server for it."),
        _("secretariat"),
        ("house.key",),
        {"key": TEXT, "for": CODE, "custody": one_of("server", "delegation")},
        _may_enrol,
        _enrol,
        lambda payload: f"countries/{payload['for'].lower()}/",
    )
)


def _may_revoke(actor: Actor, payload: Payload, _now: datetime) -> Refusal | None:
    found = Key.objects.filter(pk=payload["key"], revoked=None).first()
    if found is None:
        return Refusal("key.unknown", "house.key", _("This key is not enrolled, or was revoked."))
    if actor.is_secretariat or actor.code == found.participant:
        return None
    return Refusal("key.holder", "house.key", _("Only its holder or the secretariat revokes a key."), status=403)


def _revoke(applied: Applied) -> None:
    Key.objects.filter(pk=applied.payload["key"]).update(revoked=applied.index)


register(
    Kind(
        "key.revoke",
        _("A key signs nothing from now on."),
        _("secretariat, or the key's holder"),
        ("house.key",),
        {"key": TEXT},
        _may_revoke,
        _revoke,
    )
)
