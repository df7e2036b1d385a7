"""Addresses of the record."""

from django.urls import path

from corfu.acts import views

app_name = "acts"
urlpatterns = [
    path("", views.log, name="log"),
    path("acts/<int:place>/", views.act, name="act"),
    path("acts/<int:place>.tlog-proof", views.receipt, name="receipt"),
    path("checkpoints/", views.checkpoint, name="checkpoint"),
    path("checkpoint", views.checkpoint_note, name="checkpoint-note"),
    path("bundle.zip", views.bundle, name="bundle"),
    path("verify.html", views.verifier, name="verifier"),
]
