"""The Django app of this room."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Registers this room's acts when it is loaded."""

    name = "corfu.public"
    label = "public"
