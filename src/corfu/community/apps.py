"""The Django app of this room."""

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    """Registers this room's acts when it is loaded."""

    name = "corfu.community"
    label = "community"

    def ready(self) -> None:
        """Import the acts: importing registers them."""
        from corfu.community import acts, group_acts  # noqa: F401, PLC0415 - models must be loaded before
