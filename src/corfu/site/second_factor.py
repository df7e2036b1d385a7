"""The second factor: an organisation may demand it of everyone who acts for its participants (`profile.toml`)."""

from typing import Final

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from corfu.acts import telling
from corfu.acts.actor import Actor

FACTORS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts: recovery codes alone do not."""


def demanded(actor: Actor) -> bool:
    """Whether the participant's organisation demands it; for the secretariat, that whose pages these are."""
    if actor.code is None:
        return False
    organisation = telling.profile(actor.organisation) if actor.organisation else telling.house()
    return organisation.second_factor


def lacking(person: AbstractBaseUser | AnonymousUser, actor: Actor) -> bool:
    """Whether this person may not act yet, for want of it. One query, and only where it is demanded."""
    return demanded(actor) and not is_mfa_enabled(person, FACTORS)
