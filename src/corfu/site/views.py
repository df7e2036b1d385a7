"""Pages that belong to no topic: the way to the reader's language, health, signing in to the exercise."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import rotate_token
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, get_language_from_request
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from corfu.acts import queries
from corfu.acts.actor import ANONYMOUS
from corfu.acts.asking import now_of
from corfu.community.queries import actor_of
from corfu.site.middleware import EXERCISE


@require_safe
def to_language(request: HttpRequest) -> HttpResponse:
    """Send whoever comes to / to the pages in their language."""
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    response.headers["Vary"] = "Accept-Language"
    return response


@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """Whether the database answers and holds a record."""
    acts = queries.log(actor=ANONYMOUS).count()
    return JsonResponse({"status": "ok", "acts": acts}, status=200 if acts else 503)


def not_offered(_request: HttpRequest) -> HttpResponse:
    """404, whatever is asked: the library that accounts come from has pages that this house has not."""
    raise Http404


@csrf_exempt  # there is nothing to win in the exercise, and whoever goes back to its steps goes on from there
@require_POST
def act_for(request: HttpRequest) -> HttpResponse:
    """In the exercise, and only there: one click signs in as a delegation, or out again; then on to a page of here."""
    if not settings.CORFU_EXERCISE:
        raise Http404
    code = request.POST.get("code", "")
    if not code:
        request.session.pop(EXERCISE, None)
    elif actor_of(code, on=now_of(request).date()) is None:
        raise Http404
    else:
        request.session.cycle_key()
        request.session[EXERCISE] = code
        rotate_token(request)  # a form that another tab shows was filled in for another delegation
    home, onward = f"/{get_language()}/", request.POST.get("next", "")
    ours = onward.startswith(home) and url_has_allowed_host_and_scheme(onward, allowed_hosts=None)
    return HttpResponseRedirect(onward if ours else home)
