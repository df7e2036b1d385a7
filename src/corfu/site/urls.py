"""Addresses: stable, readable, under a language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from corfu.site import views

urlpatterns = [
    path("", views.to_language),
    path("healthz", views.health, name="health"),
    *i18n_patterns(
        path("account/", include("allauth.urls")),
        path("act-for/", views.act_for, name="act-for"),
        path("delegation/", include("corfu.community.urls")),
        path("record/", include("corfu.acts.urls")),
        path("meetings/", include("corfu.meetings.urls")),
        path("", include("corfu.negotiation.urls")),
        path("decisions/", include("corfu.decisions.urls")),
        path("", include("corfu.public.urls")),
    ),
]
