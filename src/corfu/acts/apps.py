"""The Django app of this room."""

from django.apps import AppConfig


class ActsConfig(AppConfig):
    """The record as rows, and the log's own tables beside them."""

    name = "corfu.acts"
    label = "acts"

    def ready(self) -> None:
        """Import the acts: importing registers them."""
        from corfu.acts import kinds  # noqa: F401, PLC0415 - models must be loaded before
