"""Addresses of decisions."""

from django.urls import path

from corfu.decisions import views

app_name = "decisions"
urlpatterns = [
    path("", views.decisions, name="decisions"),
    path("<slug:slug>/", views.decision, name="decision"),
]
