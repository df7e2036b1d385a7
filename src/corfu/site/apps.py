"""The Django app of this room."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Templates, styles and catalogues; no acts and no tables of its own."""

    name = "corfu.site"
    label = "site"
