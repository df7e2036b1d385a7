"""What cannot be answered: a page of its own for each, in the reader's language, that says what to do instead.

`asked` stands outermost of our own: what no page could make sense of is refused before any page is asked.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, NamedTuple

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from corfu.site.context import OWN_NAMES, Language

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NUL: Final = "\0"


class _Page(NamedTuple):
    title: "StrOrPromise"
    text: "StrOrPromise"


_PAGES: Final = {
    400: _Page(
        _("This request cannot be understood"),
        _("Something in the address, or in what was sent, is not as it should be. Go back and try again."),
    ),
    403: _Page(_("Not for this reader"), _("Sign in for a delegation that may see or do this.")),
    404: _Page(
        _("There is no such page"),
        _("The address may be mistyped, or what it names was never in the record. The menu leads to all there is."),
    ),
    405: _Page(_("Not done this way"), _("This address does not answer such a request. Begin at the page itself.")),
    429: _Page(_("Too many attempts"), _("Nothing was done. Wait a few minutes, then try again.")),
    500: _Page(
        _("This page cannot be shown now"),
        _("The fault is ours. Whatever you were told is done is in the record; try the rest again in a while."),
    ),
}
_STALE: Final = _Page(
    _("This page is too old to be sent"),
    _("Nothing was done. Go back, load the page anew, and send it again; your browser must accept cookies from here."),
)


def asked(following: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse NUL, which no database holds; answer HEAD without a body; give a refused method its sentence."""

    def respond(request: HttpRequest) -> HttpResponse:
        if _has_nul(request):
            raise BadRequest("NUL in a request")
        response = following(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            response.content = _shown(request, 405).content
        return response

    return respond


def bodiless(following: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """HEAD is answered as GET would be, without the body: the server would have to drop it, and complain."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = following(request)
        if request.method == "HEAD" and not response.streaming:
            response.content = b""
        return response

    return respond


def _has_nul(request: HttpRequest) -> bool:
    given = [*request.GET.lists(), *(request.POST.lists() if request.method == "POST" else ())]
    return NUL in request.path or any(NUL in text for name, values in given for text in (name, *values))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    del exception
    return _shown(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    del exception
    return _shown(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    del exception
    return _shown(request, 404)


def too_many(request: HttpRequest) -> HttpResponse:
    """429: allauth counts failed attempts."""
    return _shown(request, 429)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without its token."""
    del reason
    return _shown(request, 403, _STALE)


def failed(_request: HttpRequest) -> HttpResponse:
    """500: without the request and all that hangs on it, since nobody knows what of it has failed."""
    page, current = _PAGES[500], get_language() or "en"
    languages = tuple(Language(code, name, f"/{code}/", code == current) for code, name in OWN_NAMES.items())
    context = {"title": page.title, "text": page.text, "languages": languages}
    return HttpResponse(render_to_string("corfu/trouble.html", context), status=500)


def _shown(request: HttpRequest, status: int, page: _Page | None = None) -> HttpResponse:
    said = page or _PAGES[status]
    context = {"title": said.title, "text": said.text}
    return HttpResponse(render_to_string("corfu/trouble.html", context, request), status=status)
