"""What is a function of its arguments, of the page's language and of the organisations' data is made once.

Nothing kept here is ever stale: whatever it depends on is in its key. Who reads, and the record, are not.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final, ParamSpec, TypeVar

from django.conf import settings
from django.utils.translation import get_language

_KEPT: Final = 10_000
"""Of each function; then what was not asked for longest goes."""

_P = ParamSpec("_P")
_T = TypeVar("_T")


def once(make: Callable[_P, _T]) -> Callable[_P, _T]:
    """Keep what a pure function gives, in each language; its arguments are hashable, and nobody changes its results."""

    @lru_cache(maxsize=_KEPT, typed=True)  # typed: markup and the same words as plain text are not the same
    def kept(_language: str | None, _profiles: tuple[str, ...], *given: _P.args, **named: _P.kwargs) -> _T:
        return make(*given, **named)

    @wraps(make)
    def found(*given: _P.args, **named: _P.kwargs) -> _T:
        here = get_language(), tuple(settings.CORFU_PROFILES)
        return kept(*here, *given, **named)  # type: ignore[arg-type] # hashable, as is asked for above

    return found
