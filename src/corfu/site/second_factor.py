"""The second factor: an organisation may demand it of everyone who acts for its participants (`profile.toml`)."""

from typing import Final

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from corfu.acts import telling
from corfu.acts.actor import Actor

FACTORS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts: recovery codes alone do not."""


def demanded(actor: Actor) -> bool:
    """Whether the participant's organisation demands it; for the secretariat, the organisation whose pages these are."""
    if actor.code is None:
        return False
    organisation = telling.profile(actor.organisation) if actor.organisation else telling.house()
    return organisation.second_factor


def lacking(person: AbstractBaseUser | AnonymousUser, actor: Actor) -> bool:
    """Whether this person may not act yet, for want of it. One query, and only where it is demanded."""
    return demanded(actor) and not is_mfa_enabled(person, FACTORS)


class AddKey(AddWebAuthnForm):  # type: ignore[misc]
    """A security key or passkey, named by its owner."""

    name = forms.CharField(label=_("Name"), required=False, max_length=100)
    passwordless = forms.BooleanField(
        label=_("Let this key alone sign me in"),
        required=False,
        help_text=_("A passkey: it asks for your finger, your face or its own PIN instead of the password."),
    )


class RenameKey(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a security key."""

    name = forms.CharField(label=_("Name"), max_length=100)
