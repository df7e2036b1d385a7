"""Addresses: stable, readable, under a language."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path

from corfu.site import views

NOT_OFFERED = ["signup", "email", "confirm-email", "login/code"]
"""What allauth brings and this house has not: an account comes with a credential, and so does its address."""
if not settings.SOCIALACCOUNT_PROVIDERS:
    NOT_OFFERED += ["3rdparty", "social", "oidc"]

handler400 = "corfu.site.trouble.bad_request"
handler403 = "corfu.site.trouble.forbidden"
handler404 = "corfu.site.trouble.not_found"
handler429 = "corfu.site.trouble.too_many"
handler500 = "corfu.site.trouble.failed"
urlpatterns = [
    path("", views.to_language),
    path("healthz", views.health, name="health"),
    *i18n_patterns(
        *[re_path(rf"^account/{name}/", views.not_offered) for name in NOT_OFFERED],
        path("account/", include("allauth.urls")),
        path("act-for/", views.act_for, name="act-for"),
        path("delegation/", include("corfu.community.urls")),
        path("record/", include("corfu.acts.urls")),
        path("meetings/", include("corfu.meetings.urls")),
        path("", include("corfu.negotiation.texts.urls")),
        path("", include("corfu.negotiation.urls")),
        path("decisions/", include("corfu.decisions.urls")),
        path("", include("corfu.public.urls")),
    ),
]
