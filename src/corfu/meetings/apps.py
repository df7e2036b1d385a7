"""The Django app of this room."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Registers this room's acts when it is loaded."""

    name = "corfu.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Import the acts: importing registers them."""
        from corfu.meetings import acts  # noqa: F401, PLC0415 - models must be loaded before
