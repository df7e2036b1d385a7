"""Addresses of this room."""

app_name = "negotiation"
urlpatterns: list[object] = []
