"""The house of `tests.site.conftest`: an installation with the cast in it, on either database."""

from tests.site.conftest import house

__all__ = ["house"]
