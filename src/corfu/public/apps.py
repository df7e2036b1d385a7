"""The Django app of this room."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Templates; no acts and no tables of its own."""

    name = "corfu.public"
    label = "public"
