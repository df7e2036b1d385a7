"""Addresses of this room."""

app_name = "meetings"
urlpatterns: list[object] = []
