"""Around every request: who acts, and what a page may load."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse

from corfu.acts.actor import ANONYMOUS, Actor
from corfu.community.queries import actor_for, actor_of
from corfu.community.views import ACTING_FOR
from corfu.site import second_factor

Next = Callable[[HttpRequest], HttpResponse]


EXERCISE: Final = "exercise"
"""In the session of the exercise: the delegation that one click signed in as."""

_POLICY: Final = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; font-src 'self';"
    " form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)


def policy(following: Next) -> Next:
    """Nothing is loaded from elsewhere, nothing inline is run."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = following(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    return respond


def actor(following: Next) -> Next:
    """Put `actor`, `waiting` and `now` on the request: views pass them on, rules and queries take them as arguments."""

    def respond(request: HttpRequest) -> HttpResponse:
        request.now = datetime.now(UTC)  # type: ignore[attr-defined]
        request.waiting = None  # type: ignore[attr-defined]
        request.actor = _actor(request)  # type: ignore[attr-defined]
        return following(request)

    return respond


def _actor(request: HttpRequest) -> Actor:
    now: datetime = request.now  # type: ignore[attr-defined]
    session = request.session
    if settings.CORFU_EXERCISE and EXERCISE in session:
        return actor_of(session[EXERCISE], on=now.date(), administers=True) or ANONYMOUS
    if isinstance(request.user, User):
        return _ready(request, actor_for(request.user, now, code=session.get(ACTING_FOR)))
    return ANONYMOUS


def _ready(request: HttpRequest, found: Actor) -> Actor:
    """Whoever still lacks the second factor that is demanded reads as the public does: `waiting` says for whom."""
    if not second_factor.lacking(request.user, found):
        return found
    request.waiting = found.code  # type: ignore[attr-defined]
    return ANONYMOUS
