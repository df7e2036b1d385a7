"""Who asks, and when: what the site's middleware put on a request, for views to pass on."""

from datetime import datetime
from typing import cast

from django.http import HttpRequest

from corfu.acts.actor import Actor


def actor_of(request: HttpRequest) -> Actor:
    """Who reads or acts."""
    return cast("Actor", request.actor)  # type: ignore[attr-defined]


def now_of(request: HttpRequest) -> datetime:
    """The instant at which the request came, in UTC."""
    return cast("datetime", request.now)  # type: ignore[attr-defined]
