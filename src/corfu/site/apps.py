"""The Django app of this room."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Registers this room's acts when it is loaded."""

    name = "corfu.site"
    label = "site"
