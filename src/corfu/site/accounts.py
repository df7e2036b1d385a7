"""Accounts: nobody signs up; whoever is accredited gets one (`delegation.accredit`)."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """What allauth asks about accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come with a credential, never by themselves."""
        del request
        return False
