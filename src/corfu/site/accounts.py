"""Accounts: nobody signs up; whoever is accredited gets one (`delegation.accredit`)."""

from typing import Final

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from corfu.acts import telling

_THIS_MACHINE: Final = {"127.0.0.1", "::1", ""}


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """What allauth asks about accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come with a credential, never by themselves."""
        del request
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Home, in the language of the page where the reader signed in."""
        del request
        return telling.address("")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Home, in the same language."""
        del request
        return telling.address("")

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whose failed attempts are counted together: where the web server before us is on this machine, it says who.

        Otherwise all readers would have one address, and anybody could shut the door for everyone.
        """
        here = str(request.META.get("REMOTE_ADDR", ""))
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        return told if told and here in _THIS_MACHINE else here
