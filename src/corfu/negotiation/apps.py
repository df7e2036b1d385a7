"""The Django app of this room."""

from django.apps import AppConfig


class NegotiationConfig(AppConfig):
    """Registers this room's acts when it is loaded."""

    name = "corfu.negotiation"
    label = "negotiation"

    def ready(self) -> None:
        """Import the acts: importing registers them."""
        from corfu.negotiation import acts  # noqa: F401, PLC0415 - models must be loaded before
        from corfu.negotiation.texts import (  # noqa: F401, PLC0415
            amendment_acts,
            answer_acts,
            language_acts,
            text_acts,
        )
