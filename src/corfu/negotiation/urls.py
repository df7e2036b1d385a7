"""Addresses of processes and proposals."""

from django.urls import path

from corfu.negotiation import views

app_name = "negotiation"
urlpatterns = [
    path("processes/", views.processes, name="processes"),
    path("processes/<slug:slug>/", views.process, name="process"),
    path("processes/<slug:slug>/topics/<slug:topic>/", views.topic, name="topic"),
    path("proposals/<slug:slug>/", views.proposal, name="proposal"),
]
