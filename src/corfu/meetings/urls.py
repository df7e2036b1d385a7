"""Addresses of meetings."""

from django.urls import path

from corfu.meetings import views

app_name = "meetings"
urlpatterns = [
    path("", views.meetings, name="meetings"),
    path("kinds/<slug:id_>/", views.kind, name="kind"),
    path("<slug:slug>/", views.meeting, name="meeting"),
]
