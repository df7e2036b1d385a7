"""allauth's forms where ours say something else."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class SignIn(LoginForm):  # type: ignore[misc]
    """Address and password; the way for who has no password stands beside the button."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


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
