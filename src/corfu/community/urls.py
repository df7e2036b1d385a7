"""Addresses of a delegation's own pages."""

from django.urls import path

from corfu.community import views

app_name = "community"
urlpatterns = [
    path("", views.delegation, name="delegation"),
    path("accredit/", views.accredit, name="accredit"),
    path("end/", views.end, name="end"),
    path("choose/", views.choose, name="choose"),
]
