"""The Django app of this room."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Registers this room's acts when it is loaded."""

    name = "corfu.decisions"
    label = "decisions"

    def ready(self) -> None:
        """Import the acts: importing registers them."""
        from corfu.decisions import acts  # noqa: F401, PLC0415 - models must be loaded before
