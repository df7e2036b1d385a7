"""Addresses of this room."""

app_name = "public"
urlpatterns: list[object] = []
